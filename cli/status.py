"""`jamfor status`: what is stored, how fresh it is, and how the latest runs went."""

import json
from contextlib import suppress
from typing import Annotated, Any, Final

import typer

from cli.error_advice import explain
from cli.opening import get_stores
from cli.words import _, language
from data.reference import corrections
from data.store.figures import Figures
from data.workspace.run_log import PipelineRun, runs
from domain.errors.storage import NothingKeptError
from domain.message import to_translate
from language.numbers import number

RUNS_SHOWN: Final = 5


def status(
    as_json: Annotated[bool, typer.Option("--json", help=to_translate("Skriv läget som JSON."))] = False,
) -> None:
    """Write what the home holds. A home without any figures is a state, not an error."""
    stores = get_stores()
    status: dict[str, Any] = {
        "home": str(stores.home),
        "is_made_up": None,
        "release": None,
        "release_upload": None,
        "kpis": 0,
        "values": 0,
    }
    status |= {"places": 0, "years": None, "releases": 0, "redefinitions": [], "coverage": None}
    with suppress(NothingKeptError):
        status |= _figures(stores.lakes.figures())
    status["runs"] = [_run(run) for run in runs(stores, most=RUNS_SHOWN)]
    status["corrections"] = [
        {
            "id": correction.id,
            "kpi_id": correction.kpi_id,
            "action": str(correction.action),
            "reason": correction.reason,
        }
        for correction in corrections()
    ]
    typer.echo(json.dumps(status, ensure_ascii=False, indent=2) if as_json else _in_words(status))


def _figures(figures: Figures) -> dict[str, Any]:
    release = figures.latest_release()
    kpis = figures.stored_kpis(release)
    breaks = figures.level_breaks(release)
    coverage = figures.coverage()
    return {
        "is_made_up": release.is_made_up,
        "release": release.known_at.isoformat(),
        "release_number": release.number,
        "release_description": release.description,
        "release_upload": release.upload_id,
        "releases": len(figures.releases()),
        "kpis": len(kpis),
        "values": int(kpis["value_count"].sum()),
        "rows": int(kpis["row_count"].sum()),
        "years": [int(kpis["first_year"].min()), int(kpis["last_year"].max())] if len(kpis) else None,
        "places": len(figures.municipalities(release)),
        "coverage": _coverage(coverage["fetched_at"].tolist()),
        "redefinitions": json.loads(breaks.to_json(orient="records")),
    }


def _coverage(days: list[str]) -> dict[str, Any] | None:
    return {"oldest": min(days), "newest": max(days), "kpis": len(days)} if days else None


def _run(run: PipelineRun) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "kind": run.kind,
        "status": str(run.status),
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "scope": dict(run.scope),
        "counts": dict(run.counts),
        "message": run.message,
    }


def _in_words(status: dict[str, Any]) -> str:
    lines = [_("Allt ligger i {home}.").format(home=status["home"])]
    if status["release"] is None:
        lines.append(explain(NothingKeptError()))
    else:
        if status["is_made_up"]:
            lines.append(_("Värdena är påhittade demonstrationsvärden."))
        first, last = status["years"] or ("–", "–")
        lines.append(
            _("{values} värden av {kpis} nyckeltal, {first}–{last}. Känt {release}.").format(
                values=number(status["values"], 0, language()),
                kpis=status["kpis"],
                first=first,
                last=last,
                release=status["release"][:16],
            )
        )
        text = _("{kpi} har omdefinierats: nivån är {factor} gånger den gamla.")
        lines += [
            text.format(kpi=item["kpi_id"], factor=number(item["factor"], 2, language()))
            for item in status["redefinitions"]
        ]
    lines += [
        " ".join(filter(None, (item["started_at"][:16], item["run_id"], item["status"], item["message"])))
        for item in status["runs"]
    ]
    return "\n".join(lines)
