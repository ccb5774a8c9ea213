"""What the change of an uploaded value since the year before was compared with."""

from enum import StrEnum


class ChangeBaseline(StrEnum):
    """What a change was compared with."""

    MANY = "many"
    OWN = "own"
    NETWORK = "network"
    DOUBLING = "doubling"
