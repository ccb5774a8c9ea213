"""Keeps a file with results of projects as a draft, which is then published and undone as any other upload."""

from datetime import UTC, datetime

import pandas as pd

from answers.library import build_library
from answers.network_snapshot import load_network_snapshot
from data.stores import Stores
from data.workspace import uploads as kept
from data.workspace.changing import today
from data.workspace.upload_content import UploadContent
from data.workspace.workspace import Workspace
from domain.errors import FindingsStopError, NotAMemberForUploadError
from domain.rights import Person
from domain.upload import Upload, UploadState
from pipelines.uploads.evaluations.review import EvaluationContext, EvaluationReview
from pipelines.uploads.resolved_cells import KEPT_COLUMNS


def load_evaluation_context(stores: Stores, *, network: str, municipality: str) -> EvaluationContext:
    """What is known before the file is read; network and municipality by id, code or name.

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
    measures = {one.id: one.definition.name for one in library.own_measures.snapshot.of_network(chosen.id)}
    titles = figures.kpis(library.release)[["id", "title"]].itertuples(index=False, name=None)
    return EvaluationContext(
        network=chosen,
        place=place,
        places=library.places.by_code,
        measures={**measures, **dict(titles)},
        is_made_up=library.release.is_made_up,
    )


def keep_evaluations(
    workspace: Workspace, actor: Person, review: EvaluationReview, content: bytes, *, file_name: str
) -> Upload:
    """Keep the file and its results. Raises `FindingsStopError`, `NotAllowedError`, `NotAMemberForUploadError`."""
    if review.stops:
        raise FindingsStopError(count=len(review.stops), first=review.stops[0].message)
    new = Upload(
        id="",
        network_id=review.context.network.id,
        municipality_code=review.context.place.code,
        period=_year(review.results),
        file_name=file_name,
        checksum="",
        person_id=actor.id,
        person_name=actor.name,
        created_at=datetime.now(UTC),
        state=UploadState.DRAFT,
        is_made_up=review.context.is_made_up,
        counts={"evaluations": len(review.results)},
    )
    parts = UploadContent(
        values=pd.DataFrame(columns=list(KEPT_COLUMNS)).astype(dict.fromkeys(("value", "basis"), "float64")),
        mapping=review.mapping,
        findings=review.findings,
        notes=review.read.notes,
        evaluations=review.results,
    )
    return kept.keep_draft(workspace, actor, new, content, parts)


def _year(results: pd.DataFrame) -> str:
    """The reporting year that the file stands under in lists: when the last of it was measured."""
    years = [int(day[:4]) for day in (*results["after_day"], *results["before_day"]) if day]
    return str(min(max(years, default=today().year), today().year))
