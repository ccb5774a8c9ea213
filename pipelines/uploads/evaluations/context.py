"""What is needed to read and check a file of evaluation results: for whom it is, and what its measures may be called."""

from collections.abc import Mapping
from dataclasses import dataclass

from answers.library import build_library
from answers.network_snapshot import load_network_snapshot
from data.stores import Stores
from domain.errors.uploads import NotAMemberForUploadError
from domain.network import Network
from domain.place import Place


@dataclass(frozen=True)
class EvaluationContext:
    """One municipality of a network. measures: names by id, of the network's measures and of the catalogue."""

    network: Network
    place: Place
    places: Mapping[str, Place]
    measures: Mapping[str, str]
    is_made_up: bool = False


def load_evaluation_context(stores: Stores, *, network: str, municipality: str) -> EvaluationContext:
    """Return the context of a municipality's evaluation results; network and municipality by id, code or name.

    Raises `UnknownNetworkError`, `UnknownPlaceError`, `NotAMemberForUploadError`, `NothingKeptError`.
    """
    figures = stores.lakes.figures()
    library = build_library(
        figures, figures.latest_release(), lambda: load_network_snapshot(stores.workspace)
    )
    chosen = library.own_measures.snapshot.network(network)
    place = library.places.find(municipality)
    if place.code not in library.own_measures.snapshot.members(chosen):
        raise NotAMemberForUploadError(place=place.name, network=chosen.name)
    measures = {
        measure.id: measure.definition.name for measure in library.own_measures.snapshot.of_network(chosen.id)
    }
    titles = figures.kpis(library.release)[["id", "title"]].itertuples(index=False, name=None)
    return EvaluationContext(
        network=chosen,
        place=place,
        places=library.places.by_code,
        measures={**measures, **dict(titles)},
        is_made_up=library.release.is_made_up,
    )
