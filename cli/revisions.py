"""`jamfor revisions`: what the newest release changed in an earlier one."""

from typing import Annotated, Any

import typer

from answers.revisions import find_revisions as answer
from cli.opening import opened_library
from cli.output import release_time, sentences, write_json, write_sentences, write_table
from cli.words import _, language
from domain.message import to_translate
from domain.release import Release, read_moment
from domain.revision import Revision, RevisionReport
from language.numbers import number
from language.rendering import render


def revisions(
    measure: Annotated[
        str | None, typer.Argument(metavar="[MEASURE]", help=to_translate("Ett mått; utan det räknas alla."))
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE-OR-TIME",
            help=to_translate(
                "Allt som ändrats sedan den dagen började eller den tidpunkten; utan det sedan utgåvan närmast före."
            ),
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=to_translate("Skriv JSON."))] = False,
) -> None:
    """Find the revisions and write them."""
    with opened_library() as library:
        moment = read_moment(since, before_the_day=True) if since else None
        report = answer(library, since=moment, measure_id=measure, most=None)
    if as_json:
        write_json(_as_json(report))
    else:
        _show(report)


def _as_json(report: RevisionReport) -> dict[str, Any]:
    kinds = ("new", "changed", "rounded", "withdrawn", "redefined")
    return {
        "since": _release(report.since),
        "until": _release(report.until),
        "is_made_up": report.until.is_made_up,
        "source": render(report.until.source, _),
        "counts": {kind: sum(getattr(measure, kind) for measure in report.measures) for kind in kinds},
        "measures": [
            {
                "measure": measure.measure.id,
                "title": measure.measure.title,
                **{kind: getattr(measure, kind) for kind in kinds},
                "factor": measure.factor,
            }
            for measure in report.measures
        ],
        "revisions": [_revision(revision) for revision in report.revisions],
        "notes": sentences(report.notes),
    }


def _release(release: Release | None) -> str | None:
    return None if release is None else release_time(release)


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "measure": revision.measure_id,
        "code": revision.place_code,
        "year": revision.year,
        "period": revision.period,
        "gender": revision.gender.value,
        "kind": revision.kind.value,
        "old_value": revision.old_value,
        "old_status": revision.old_status.value,
        "new_value": revision.new_value,
        "new_status": revision.new_status.value,
        "because": revision.because,
    }


def _show(report: RevisionReport) -> None:
    if report.since is not None:
        typer.echo(
            _("Utgåvan {until} jämförd med {since}").format(
                until=report.until.known_at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
                since=report.since.known_at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
            )
        )
        typer.echo("")
    if report.measures:
        write_table(
            [_("Mått"), "", _("Nya"), _("Ändrade"), _("Avrundade"), _("Indragna"), _("Omdefinierade")],
            [
                [
                    measure.measure.id,
                    measure.measure.short_title[:50],
                    *(
                        number(count, 0, language())
                        for count in (
                            measure.new,
                            measure.changed,
                            measure.rounded,
                            measure.withdrawn,
                            measure.redefined,
                        )
                    ),
                ]
                for measure in report.measures
            ],
            right_aligned=(2, 3, 4, 5, 6),
        )
    elif report.since is not None:
        typer.echo(_("Inget skiljer dem åt."))
    write_sentences(*report.notes)
    typer.echo(_("Värden: {source}").format(source=render(report.until.source, _)))
