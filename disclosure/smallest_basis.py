"""Whether too few persons or cases stand behind a value for it to be shown."""

import numpy as np

from metrics.arrays import Booleans, Floats


def may_be_too_small(bases: Floats, smallest: Floats) -> Booleans:
    """Where fewer stand behind a reported value than must, or nobody says how many; never where `smallest` is 0.

    A missing basis is no proof of a large one.
    """
    return np.asarray((smallest > 0) & ~(bases >= smallest))


def is_known_too_small(bases: Floats, smallest: float) -> Booleans:
    """Where fewer stand behind a computed value than must; its parts are published, so an unknown basis suppresses nothing."""
    return np.asarray(bases < smallest)
