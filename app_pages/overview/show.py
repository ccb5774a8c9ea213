"""How the overview looks: what matters in sentences, then the table, then the legend and the source."""

from contextlib import AbstractContextManager
from html import escape

import streamlit as st

from app_pages.overview.choose import Order, ordered
from app_pages.overview.export import export, sources
from app_pages.overview.picture import drawn
from app_pages.overview.table import Speech, footnotes, legend
from app_pages.overview.table import table as rug
from app_pages.parts import address, frame
from app_pages.parts import downloads as files
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts.on_page import picture_footer, pictures, source_words
from app_pages.parts.choices import View, group_name
from app_pages.parts.learn_link import learn_href
from app_pages.parts.words import _, language, ngettext, translator
from domain.comparison import ColourAmong
from domain.measure import Measure
from domain.overview import Overview
from domain.value import Gender
from domain.wording import said
from language.numbers import day
from language.sentences import (
    Finding,
    missing_or_uncertain,
    moved_most,
    standing_poorly,
    standing_well,
)


def title(view: View) -> str:
    """Who, among whom."""
    return _("{place} bland {group}").format(place=view.municipality.name, group=group_name(view.group))


def subtitle(view: View) -> str:
    """What, how recent, as known when."""
    count = len(view.measure_set.measure_ids)
    what = ngettext("{set}, {count} mått", "{set}, {count} mått", count).format(
        set=view.measure_set.name, count=count
    )
    parts = [what, _("senaste år med värde"), _("känt {day}").format(day=day(view.release.known_at))]
    if view.gender is not Gender.TOTAL:
        parts.insert(1, _("kvinnor") if view.gender is Gender.WOMEN else _("män"))
    return " · ".join(parts)


def head(view: View) -> None:
    """The title, the line under it, and a word to who comes for the first time."""
    text = _("Välj din kommun här nedanför. {place} är ett exempel.")
    welcome = text.format(place=view.municipality.name) if view.is_first_visit else ""
    frame.head(title(view), subtitle(view), view, welcome=welcome)


def measure_link(measure: Measure, **changes: str) -> str:
    """The measure's own page with everything that is chosen here."""
    return address.link(PageName.MEASURE, **{Name.MEASURE: measure.id, **changes})


def sentences(overview: Overview) -> None:
    """Four boxes: where we stand well, where poorly, what moved most, what is not there."""
    translate, spoken = translator(), language()
    poorly = standing_poorly(overview, translate, spoken)
    learn = (
        f'<p class="way-on"><a data-page href="{escape(learn_href(poorly[0].measure))}">'
        f"{escape(_('Se vilka som är lika oss men bättre'))}</a></p>"
        if poorly
        else ""
    )
    boxes = [
        (
            _("Här ligger vi bra till"),
            _found(
                standing_well(overview, translate, spoken),
                _("Inget mått ligger bland de bästa 25 procenten."),
            ),
        ),
        (
            _("Här ligger vi sämre"),
            _found(poorly, _("Inget mått ligger bland de sämsta 25 procenten.")) + learn,
        ),
        (
            _("Störst förändring"),
            _found(moved_most(overview, translate, spoken), _("Det finns inga förändringar att berätta om.")),
        ),
        (
            _("Saknas eller osäkert"),
            "".join(f"<p>{escape(one)}</p>" for one in missing_or_uncertain(overview, translate, spoken)),
        ),
    ]
    st.html(
        f'<section class="sentences" aria-label="{escape(_("Det viktigaste"))}">'
        + "".join(f"<div><h2>{escape(heading)}</h2>{text}</div>" for heading, text in boxes)
        + "</section>"
    )


def _found(findings: list[Finding], otherwise: str) -> str:
    if not findings:
        return f"<p>{escape(otherwise)}</p>"
    return "".join(
        f'<p><a data-page href="{escape(measure_link(one.measure))}">{escape(one.measure.short_title)}</a>: '
        f"{escape(one.text)}</p>"
        for one in findings
    )


def empty(view: View) -> None:
    """Why there is no table, and what to do."""
    sentences = [
        _("Ingen i gruppen har värden för måtten i samlingen {name}.").format(name=view.measure_set.name)
    ]
    if view.gender is not Gender.TOTAL:
        sentences.append(
            _("Många mått redovisas inte för kvinnor och män var för sig. Välj totalt under Kön.")
        )
    sentences.append(_("Välj en annan samling, eller hämta fler värden på sidan Om data."))
    frame.box(_("Här finns inga värden"), sentences)


def table(view: View, overview: Overview, order: Order) -> None:
    """The table with its legend and what one should know about it."""
    speech = Speech(translator(), language())
    st.html(
        rug(
            overview,
            ordered(overview.rows, order),
            caption=_("{title}: mått i rader, kommuner i kolumner.").format(title=title(view)),
            has_sections=order is Order.SUBJECT,
            link=measure_link,
            learn=learn_href,
            speech=speech,
        )
    )
    among = (
        _("Färg bland alla kommuner.")
        if overview.colour_among is ColourAmong.ALL
        else _("Färg bland gruppen.")
    )
    st.html(f'<div class="under">{legend(speech)}<p>{escape(among)} {escape(_(files.COLOUR_NOTE))}</p></div>')
    notes = footnotes(ordered(overview.rows, order), speech)
    if notes:
        label = escape(_("Jämförbarhet och förklaringar"))
        st.html(f'<section class="remarks" aria-label="{label}">{notes}</section>')
    remarks = _remarks(view, overview)
    if remarks:
        items = "".join(f"<li>{escape(one)}</li>" for one in remarks)
        st.html(f'<section class="remarks" aria-label="{escape(_("Att veta"))}"><ul>{items}</ul></section>')


def _remarks(view: View, overview: Overview) -> list[str]:
    """What one should know before trusting the table: of the group, of single measures, of those left out."""
    noted = [(row.comparison.measure.short_title, row.comparison.notes) for row in overview.rows]
    of_all = [note for note in (noted[0][1] if noted else ()) if all(note in notes for _name, notes in noted)]
    remarks = [said(note, _) for note in of_all]
    remarks += [f"{name}: {said(note, _)}" for name, notes in noted for note in notes if note not in of_all]
    left_out = [view.library.measure(one) for one in overview.without_values]
    undivided = [one.short_title for one in left_out if not one.is_divided_by_gender]
    if overview.gender is not Gender.TOTAL and undivided:
        text = _("Redovisas inte för kvinnor och män var för sig: {names}.")
        remarks.append(text.format(names=", ".join(undivided)))
        left_out = [one for one in left_out if one.is_divided_by_gender]
    if left_out:
        names = ", ".join(one.short_title for one in left_out)
        remarks.append(_("Utan värden i gruppen: {names}.").format(names=names))
    return remarks


def toolbar() -> AbstractContextManager[object]:
    """The line above the table: its order to the left, what can be taken along to the right."""
    return st.container(horizontal=True, key="toolbar", gap="small", vertical_alignment="bottom")


def downloads(view: View, overview: Overview) -> None:
    """The address as a link, and the table as files and pictures."""
    heading, line, translate, spoken = title(view), subtitle(view), translator(), language()
    frame.share_button()
    files.menu(
        lambda: export(heading, line, overview, translate),
        key="overview",
        file_name="oversikt",
        also=lambda: pictures(
            lambda: drawn(heading, line, overview, Speech(translate, spoken)),
            name="overview",
            footer=picture_footer(view.release, translate, source=sources(overview, translate)),
            file_name="oversikt",
        ),
    )


def foot(view: View, overview: Overview) -> None:
    """The source line; the note on colour already stands with the legend."""
    source = sources(overview, translator()) or view.release.source
    frame.foot(source_words(source, translator()), has_colour=False)
