"""The order in which measures that are made of each other can be computed."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from domain.errors.measures import MeasureCycleError


def order_of_computing(inputs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Every measure after those that it is made of; inputs: measure → what its formula names.

    Names that are no measures here (KPIs, own variables) are left out. Raises `MeasureCycleError`, which names the ring.
    """
    made_of = {
        name: sorted(dependency for dependency in needed if dependency in inputs)
        for name, needed in sorted(inputs.items())
    }
    try:
        return tuple(TopologicalSorter(made_of).static_order())
    except CycleError as error:
        ring: list[str] = error.args[1]
        least = ring.index(min(ring[:-1]))  # the same ring is told the same way, whoever closed it
        turned = ring[least:-1] + ring[:least]
        raise MeasureCycleError(ring=" ← ".join([*turned, turned[0]])) from None
