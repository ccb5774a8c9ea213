"""The arrays that every method takes and gives: NaN is "no value", the last axis holds the members."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Words = NDArray[np.object_]  # holds the codes of an enum
