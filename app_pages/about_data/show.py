"""Show how fresh the data are, fetching, the catalogue, the runs, and the known errors."""

from collections.abc import Iterable
from typing import Final

import pandas as pd
import streamlit as st

from app_pages.about_data import choose, fetching, load
from app_pages.about_data.choose import Choice
from app_pages.about_data.load import KeptMeasure
from app_pages.parts import address, frame, kept
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_links, show_text
from app_pages.parts.charts import on_page
from app_pages.parts.charts.wording import direction_words, unit_words
from app_pages.parts.choices import View
from app_pages.parts.error_advice import explain
from app_pages.parts.opening import get_stores
from app_pages.parts.templates import show_template
from app_pages.parts.words import Translate, _, language, ngettext, translator
from data.workspace.run_log import PipelineRun, RunStatus
from domain.correction import CorrectionAction
from domain.measure import Measure
from domain.message import to_translate
from language.enum_words import GENDER_WORDS
from language.numbers import day, number
from language.rendering import render
from pipelines.kolada.sync_report import SyncReport

MOST_SHOWN: Final = 40  # more hits than this are not read; search narrower
SECONDS_BETWEEN_LOOKS: Final = 1.0
STATUS: Final = {
    RunStatus.RUNNING: to_translate("pågår"),
    RunStatus.DONE: to_translate("klar"),
    RunStatus.FAILED: to_translate("misslyckades"),
    RunStatus.INTERRUPTED: to_translate("avbruten"),
}
ACTION: Final = {
    CorrectionAction.SET_REASON: to_translate("talet tas bort"),
    CorrectionAction.MULTIPLY: to_translate("talet räknas om"),
    CorrectionAction.SET_UNIT: to_translate("enheten rättas"),
}
COUNTED: Final = {
    "new": to_translate("nya"),
    "changed": to_translate("ändrade"),
    "withdrawn": to_translate("borttagna"),
    "unchanged": to_translate("oförändrade"),
}


def show_head(view: View) -> None:
    """Show what the values are, how many there are and how fresh they are."""
    table = kept.kpis(view)
    with_values = table[table["value_count"] > 0]
    line = _("{measures} mått med {values} värden").format(
        measures=number(len(with_values), 0, language()),
        values=number(int(with_values["value_count"].sum()), 0, language()),
    )
    if len(with_values):
        line += f", {int(with_values['first_year'].min())}–{int(with_values['last_year'].max())}"
    known = _("läget så som det var känt {day}").format(day=day(view.release.known_at))
    source = render(view.release.source, _)
    frame.show_head(
        _("Om data: vad som finns, hur färskt det är och varifrån det kommer"),
        f"{source} · {line} · {known}",
        view,
    )


def fetch(view: View) -> None:
    """Show the button that fetches real values, or the progress of a running fetch."""
    running = fetching.the_fetch()
    if running.is_running:
        _watch()
        return
    if running.error is not None and running.is_news:
        frame.show_box(
            _("Hämtningen gick inte att göra"),
            [explain(running.error), _("Värdena är som de var förut.")],
        )
    if running.report is not None and running.is_news:
        _done(running.report)
    with st.container(horizontal=True, key="fetch", vertical_alignment="center", gap="small"):
        if fetching.is_allowed():
            label = (
                _("Hämta riktiga värden från Kolada")
                if view.release.is_made_up
                else _("Hämta nytt från Kolada")
            )
            if st.button(label, type="primary", key="fetch-now"):
                running.start(get_stores(), fetching.source_url())
                st.rerun()
            explanation = _(
                "Måttsamlingarna och allt som redan är hämtat. Det tar några minuter första gången."
            )
        else:
            explanation = _("Värden hämtas på servern med kommandot: jamfor kolada sync")
        show_text(explanation, "chart-notes")


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _watch() -> None:
    """Redraw each second while the fetch is running, then the whole page once it has ended."""
    running = fetching.the_fetch()
    if not running.is_running:
        st.rerun(scope="app")
    progress = running.progress
    share = min(progress.done / progress.total, 1.0) if progress and progress.total else 0.0
    text = render(progress.message, _) if progress else _("Börjar …")
    st.progress(share, text=text)
    explanation = _(
        "Du kan lämna sidan; hämtningen fortsätter. Inget ändras förrän allt är hämtat och kontrollerat."
    )
    show_text(explanation, "chart-notes")


def _done(report: SyncReport) -> None:
    counts = report.counts
    sentences = [
        _("{new} nya värden, {changed} ändrade, {withdrawn} borttagna, {unchanged} oförändrade.").format(
            new=number(counts.new, 0, language()),
            changed=number(counts.changed, 0, language()),
            withdrawn=number(counts.withdrawn, 0, language()),
            unchanged=number(counts.unchanged, 0, language()),
        ),
        *(render(warning, _) for warning in report.warnings),
    ]
    frame.show_box(_("Hämtningen är klar"), sentences)
    if counts.changed or counts.withdrawn:
        show_links([(address.link(PageName.CHANGED), _("Se vad som har ändrats"))], kind="chart-notes")


def show_parts(choice: Choice) -> None:
    """Show the catalogue, the runs and the known errors; only what is open is loaded."""
    names = [_("Måtten"), _("Hämtningar"), _("Rättelser och brott")]
    draw = (_catalogue, _runs, _known_errors)
    for tab, show in zip(st.tabs(names, key="del", bind="query-params"), draw, strict=True):
        if tab.open:
            with tab:
                show(choice)


def _catalogue(choice: Choice) -> None:
    choose.search_controls(choice)
    measures = load.matching_measures(choice)
    if not measures:
        frame.show_box(
            _("Inget mått passar"),
            [
                _("Inget mått passar orden ”{words}”.").format(words=choice.words),
                _("Pröva andra ord, eller sök i hela katalogen."),
            ],
        )
        return
    count = ngettext("{count} mått.", "{count} mått.", len(measures)).format(
        count=number(len(measures), 0, language())
    )
    if len(measures) > MOST_SHOWN:
        count += " " + _("De {count} första visas; alla följer med när du laddar ner.").format(
            count=MOST_SHOWN
        )
    show_template(
        "about_data/catalogue.html", count=count, rows=[_row(measure) for measure in measures[:MOST_SHOWN]]
    )
    translate = translator()
    on_page.table_along(
        _catalogue_table(measures[:MOST_SHOWN], translate),
        lambda: _catalogue_table(measures, translate),
        title=_("Mått"),
        subtitle=choice.words,
        release=choice.view.release,
        method=(),
        decimals=0,
        key="catalogue",
        file_name="matt",
    )


def _row(measure: KeptMeasure) -> tuple[Measure, bool, str, str]:
    """Return a table row: the measure, whether it has values, its unit and direction, and its years."""
    facts = filter(None, (unit_words(measure.measure, _), direction_words(measure.measure, _)))
    return measure.measure, measure.last_year is not None, " · ".join(facts), _years(measure, _)


def _years(measure: KeptMeasure, _: Translate) -> str:
    if measure.first_year is None:
        return _("inte hämtat")
    return f"{measure.first_year}–{measure.last_year}"


def _catalogue_table(measures: Iterable[KeptMeasure], _: Translate) -> pd.DataFrame:
    """Return the catalogue as a table. It may be called after the run, so it uses its own `_`."""
    return pd.DataFrame(
        [
            {
                _("Beteckning"): measure.measure.id,
                _("Mått"): measure.measure.short_title,
                _("Fullständigt namn"): measure.measure.title,
                _("Enhet"): unit_words(measure.measure, _),
                _("Riktning"): direction_words(measure.measure, _),
                _("År med värden"): _years(measure, _),
                _("Nästa publicering"): measure.measure.next_publication or "",
                _("I korthet"): _(measure.measure.resident_sentence)
                if measure.measure.resident_sentence
                else "",
                _("Beskrivning"): measure.measure.description,
            }
            for measure in measures
        ]
    )


def _runs(_choice: Choice) -> None:
    """Show what has been fetched, when, and how it went."""
    runs = load.runs()
    if not runs:
        frame.show_box(
            _("Ingen hämtning är gjord"), [_("När värden hämtas syns här vad som kom och hur det gick.")]
        )
        return
    table = pd.DataFrame(
        [
            {
                _("Började"): f"{run.started_at.astimezone():%Y-%m-%d %H:%M}",
                _("Från"): {"kolada": "Kolada"}.get(run.kind, _("Demonstration")),
                _("Hur det gick"): _(STATUS[run.status]),
                _("Tog"): _duration(run),
                _("Värden"): _counts(run),
                _("Meddelande"): run.message,
            }
            for run in runs
        ]
    )
    _show_plain_table(table, _("De senaste hämtningarna."))


def _duration(run: PipelineRun) -> str:
    if run.finished_at is None:
        return ""
    seconds = (run.finished_at - run.started_at).total_seconds()
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _counts(run: PipelineRun) -> str:
    explanation = [
        f"{number(int(run.counts[name]), 0, language())} {_(word)}"
        for name, word in COUNTED.items()
        if run.counts.get(name)
    ]
    return ", ".join(explanation)


def _known_errors(choice: Choice) -> None:
    """Show what is corrected, and which measures have a redefined level."""
    library = choice.view.library
    kept_ids = set(kept.kpis(choice.view)["kpi_id"])
    explanation: dict[tuple[str, ...], list[str]] = {}
    for correction in load.corrections():
        facts = (
            library.catalogue.measure(correction.kpi_id).short_title
            if correction.kpi_id in kept_ids
            else correction.kpi_id,
            library.places.find(correction.municipality_id).name if correction.municipality_id else _("alla"),
            str(correction.year or _("alla")),
            _(ACTION[correction.action]),
            _(correction.reason),
            _(correction.source),
        )
        explanation.setdefault(facts, []).append(
            _(GENDER_WORDS[correction.gender]) if correction.gender else _("alla")
        )
    heads = (_("Mått"), _("Kommun"), _("År"), _("Vad som görs"), _("Varför"), _("Varifrån vi vet det"))
    table = pd.DataFrame(
        [
            dict(
                zip(
                    (*heads[:3], _("Kön"), *heads[3:]),
                    (*facts[:3], ", ".join(genders), *facts[3:]),
                    strict=True,
                )
            )
            for facts, genders in explanation.items()
        ]
    )
    _show_plain_table(table, _("Kända fel i källan, som rättas vid varje hämtning."))
    breaks = load.level_breaks(choice.view)
    if len(breaks):
        shown = pd.DataFrame(
            [
                {
                    _("Mått"): library.catalogue.measure(str(row["kpi_id"])).short_title,
                    _("Från och med"): _("hela serien")
                    if pd.isna(row["first_year"])
                    else str(row["first_year"]),
                    _("Ny nivå gånger den gamla"): number(float(row["factor"]), 2, language()),
                    _(
                        "Andel av kommunerna"
                    ): f"{number(100 * float(row['share_of_places']), 0, language())} %",
                }
                for row in breaks.to_dict("records")
            ]
        )
        _show_plain_table(shown, _("Mått som har fått en ny nivå. Ingen förändring räknas däröver."))


def _show_plain_table(table: pd.DataFrame, caption: str) -> None:
    st.html(on_page.table(table, caption=caption, decimals=0, kind="plain-table"))


def show_foot(view: View) -> None:
    frame.show_foot(f"{_('Värden')}: {render(view.release.source, _)}.", has_colour=False)
