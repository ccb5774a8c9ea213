"""The text of every reason that computations give: one table, one file per subject."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from language import effect_reasons, evidence_reasons

TEXTS: Final[Mapping[Enum, str]] = {**effect_reasons.TEXTS, **evidence_reasons.TEXTS}
