"""Who is shown something."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reader:
    """Everybody, or somebody who may read the drafts of one municipality and so the numbers that it has reported."""

    drafts_of: str = ""

    def may_read_numbers_of(self, municipality_code: str) -> bool:
        return bool(self.drafts_of) and self.drafts_of == municipality_code


EVERYBODY: Final = Reader()
