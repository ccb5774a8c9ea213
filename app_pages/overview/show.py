"""Show the overview: what matters in sentences, then the table, the legend and the source."""

from contextlib import AbstractContextManager

import streamlit as st

from app_pages.overview.choose import Order, sort_rows
from app_pages.overview.export import export, sources
from app_pages.overview.picture import draw_overview
from app_pages.parts import address, frame
from app_pages.parts import downloads as files
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts.on_page import picture_footer, pictures, source_words
from app_pages.parts.choices import View, group_name
from app_pages.parts.comparison_table import show_comparison_notes, show_comparison_table
from app_pages.parts.learn_link import learn_href
from app_pages.parts.templates import show_template
from app_pages.parts.words import Speech, _, language, ngettext, translator
from domain.comparison import ColourAmong
from domain.measure import Measure
from domain.overview import Overview
from domain.value import Gender
from language.numbers import day
from language.rendering import render
from language.sentences import (
    missing_or_uncertain,
    moved_most,
    standing_poorly,
    standing_well,
)


def title(view: View) -> str:
    """Return who is compared, and among whom."""
    return _("{place} bland {group}").format(place=view.municipality.name, group=group_name(view.group))


def subtitle(view: View) -> str:
    """Return what is shown, how recent, and as known when."""
    count = len(view.measure_set.measure_ids)
    what = ngettext("{set}, {count} mått", "{set}, {count} mått", count).format(
        set=view.measure_set.name, count=count
    )
    parts = [what, _("senaste år med värde"), _("känt {day}").format(day=day(view.release.known_at))]
    if view.gender is not Gender.TOTAL:
        parts.insert(1, _("kvinnor") if view.gender is Gender.WOMEN else _("män"))
    return " · ".join(parts)


def show_head(view: View) -> None:
    """Show the title, the subtitle, and a welcome to first-time visitors."""
    text = _("Välj din kommun här nedanför. {place} är ett exempel.")
    welcome = text.format(place=view.municipality.name) if view.is_first_visit else ""
    frame.show_head(title(view), subtitle(view), view, welcome=welcome)


def measure_href(measure: Measure) -> str:
    """Return the address of the measure's own page with the choices made here."""
    return address.link(PageName.MEASURE, **{Name.MEASURE: measure.id})


def sentences(overview: Overview) -> None:
    """Show four boxes: where the focus does well, where poorly, what moved most, and what is missing."""
    translate, spoken = translator(), language()
    poorly = standing_poorly(overview, translate, spoken)
    show_template(
        "overview/sentences.html",
        well=standing_well(overview, translate, spoken),
        poorly=poorly,
        moved=moved_most(overview, translate, spoken),
        missing=missing_or_uncertain(overview, translate, spoken),
        measure_href=measure_href,
        learn_href=learn_href(poorly[0].measure) if poorly else "",
    )


def empty(view: View) -> None:
    """Show why there is no table, and what to do."""
    sentences = [
        _("Ingen i gruppen har värden för måtten i samlingen {name}.").format(name=view.measure_set.name)
    ]
    if view.gender is not Gender.TOTAL:
        sentences.append(
            _("Många mått redovisas inte för kvinnor och män var för sig. Välj totalt under Kön.")
        )
    sentences.append(_("Välj en annan samling, eller hämta fler värden på sidan Om data."))
    frame.show_box(_("Här finns inga värden"), sentences)


def table(view: View, overview: Overview, order: Order) -> None:
    """Show the table with its legend and remarks."""
    rows = sort_rows(overview.rows, order)
    show_comparison_table(
        overview,
        rows,
        caption=_("{title}: mått i rader, kommuner i kolumner.").format(title=title(view)),
        has_sections=order is Order.SUBJECT,
        measure_href=measure_href,
        learn_href=learn_href,
    )
    among = (
        _("Färg bland alla kommuner.")
        if overview.colour_among is ColourAmong.ALL
        else _("Färg bland gruppen.")
    )
    show_comparison_notes(rows, f"{among} {_(files.COLOUR_NOTE)}")
    if remarks := _remarks(view, overview):
        show_template("overview/remarks.html", remarks=remarks)


def _remarks(view: View, overview: Overview) -> list[str]:
    """Return what to know before trusting the table: about the group, single measures, and those left out."""
    noted = [(row.comparison.measure.short_title, row.comparison.notes) for row in overview.rows]
    of_all = [note for note in (noted[0][1] if noted else ()) if all(note in notes for _name, notes in noted)]
    remarks = [render(note, _) for note in of_all]
    remarks += [f"{name}: {render(note, _)}" for name, notes in noted for note in notes if note not in of_all]
    left_out = [view.library.catalogue.measure(measure_id) for measure_id in overview.without_values]
    undivided = [measure.short_title for measure in left_out if not measure.is_divided_by_gender]
    if overview.gender is not Gender.TOTAL and undivided:
        text = _("Redovisas inte för kvinnor och män var för sig: {names}.")
        remarks.append(text.format(names=", ".join(undivided)))
        left_out = [measure for measure in left_out if measure.is_divided_by_gender]
    if left_out:
        names = ", ".join(measure.short_title for measure in left_out)
        remarks.append(_("Utan värden i gruppen: {names}.").format(names=names))
    return remarks


def toolbar() -> AbstractContextManager[object]:
    """Return the container of the line above the table: its order to the left, downloads to the right."""
    return st.container(horizontal=True, key="toolbar", gap="small", vertical_alignment="bottom")


def downloads(view: View, overview: Overview) -> None:
    """Show the address as a link, and the table as files and pictures."""
    heading, line, translate, spoken = title(view), subtitle(view), translator(), language()
    frame.share_button()
    files.menu(
        lambda: export(heading, line, overview, translate),
        key="overview",
        file_name="oversikt",
        also=lambda: pictures(
            lambda: draw_overview(heading, line, overview, Speech(translate, spoken)),
            name="overview",
            footer=picture_footer(view.release, translate, source=sources(overview, translate)),
            file_name="oversikt",
        ),
    )


def show_foot(view: View, overview: Overview) -> None:
    """Show the source line; the note on colour is in the legend already."""
    source = sources(overview, translator()) or view.release.source
    frame.show_foot(source_words(source, translator()), has_colour=False)
