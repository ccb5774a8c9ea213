"""The same thing published twice: equal but for how it was rounded."""

from typing import Final

import numpy as np

from metrics.arrays import Booleans, Floats

_EXACT: Final = 1e-9  # of the value: what binary numbers cannot hold


def agrees(values: Floats, published: Floats, *, decimals: int) -> Booleans:
    """Which values are the published one when both are shown with the measure's decimals; True where either is missing."""
    is_missing = np.isnan(values) | np.isnan(published)
    allowed = 0.5 * 10.0**-decimals + _EXACT * np.fmax(np.abs(published), 1)
    return np.asarray(is_missing | (np.abs(values - published) <= allowed), dtype=np.bool_)
