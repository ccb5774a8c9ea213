"""How likeness looks: who is nearest in a sentence, the nearest with what sets them apart, and the source's own lists."""

from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from app_pages.parts import address, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page
from app_pages.parts.words import _, language, ngettext
from app_pages.similar.choose import Choice
from domain.errors import UserError
from domain.group import GroupKind
from domain.place import PlaceKind
from domain.similarity import SimilarPlace, SimilarPlaces, SourceList, StructureVariable
from language.numbers import day, number
from language.rendering import render

SHADES: Final = 8
SMALLEST_SHOWN: Final = 0.5  # percent: less is no visible part of a bar


def head(choice: Choice) -> None:
    view = choice.view
    is_region = view.municipality.kind is PlaceKind.REGION
    title = _("Regioner som liknar {place}") if is_region else _("Kommuner som liknar {place}")
    when = _("läget så som det var känt {day}").format(day=day(view.release.known_at))
    frame.head(
        title.format(place=view.municipality.name), f"{_('efter de variabler som du väljer')} · {when}", view
    )


def nothing(error: UserError) -> None:
    frame.box(
        _("Det går inte att likna efter det här"), [render(error.message, _), _("Välj andra variabler.")]
    )


def lead(choice: Choice, found: SimilarPlaces) -> None:
    """The nearest, and what mostly sets them apart."""
    if not found.nearest:
        nothing_near = _("Ingen annan har värden för det som är valt.")
        st.html(f'<p class="lead">{escape(nothing_near)}</p>')
        return
    first, *others = found.nearest
    sentence = _("Mest lik {place} är {first}").format(place=found.focus.name, first=first.place.name)
    if others:
        names = [one.place.name for one in others[:2]]
        sentence += _(", sedan {names}").format(names=_(" och ").join(names))
    apart = _sets_apart(found, first)
    st.html(f'<p class="lead">{escape(sentence)}.<small>{escape(apart)}</small></p>')
    notes = "".join(f"<span>{escape(render(note, _))}</span>" for note in found.notes)
    if notes:
        st.html(f'<p class="chart-notes">{notes}</p>')


def _sets_apart(found: SimilarPlaces, one: SimilarPlace) -> str:
    """Which variable makes up most of the distance to the nearest."""
    share, variable = max(zip(one.shares, found.variables, strict=True), key=lambda pair: pair[0])
    if not share:
        return _("De är lika i allt som är valt.")
    if len(found.variables) == 1:
        return _("Skillnaden är {distance} standardavvikelser.").format(
            distance=number(one.distance, 2, language())
        )
    return _("Det som mest skiljer dem åt är {variable} ({share} % av skillnaden).").format(
        share=number(100 * share, 0, language()), variable=_in_sentence(render(variable.name, _))
    )


def _in_sentence(name: str) -> str:
    """The name as it stands within a sentence: small first letter, unless it is written in capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def nearest(choice: Choice, found: SimilarPlaces) -> None:
    """The nearest in a table: how far, what of it is which variable, and everybody's own values."""
    if not found.nearest:
        return
    caption = _(
        "De {count} mest lika {place}. Skillnaden räknas i standardavvikelser; stapeln visar hur stor del av den som "
        "är vilken variabel."
    ).format(count=len(found.nearest), place=found.focus.name)
    general = found.source_lists[0] if found.source_lists else None
    heads = [
        f'<th scope="col">{escape(_("Kommun") if choice.view.municipality.kind is PlaceKind.MUNICIPALITY else _("Region"))}</th>',
        f'<th scope="col" class="number">{escape(_("Skillnad"))}</th>',
        f'<th scope="col">{escape(_("Vad den består av"))}</th>',
        *(_variable_head(place, one) for place, one in enumerate(found.variables)),
    ]
    if general is not None:
        heads.append(f'<th scope="col">{escape(_("Även i Koladas lista"))}</th>')
    rows = [_focus_row(found, general), *(_row(found, one, general) for one in found.nearest)]
    st.html(
        f'<div class="figures"><div class="scroll likeness" tabindex="0" role="region" '
        f'aria-label="{escape(_("De mest lika"))}"><table class="plain-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></div>"
    )


def _variable_head(place: int, one: StructureVariable) -> str:
    weight = _("vikt {share} %").format(share=number(100 * one.weight, 0, language()))
    facts = " · ".join(part for part in (one.unit, str(one.year), weight) if part)
    return (
        f'<th scope="col" class="number"><i class="shade shade-{place % SHADES}" aria-hidden="true"></i>'
        f"{escape(render(one.name, _))}<small>{escape(facts)}</small></th>"
    )


def _focus_row(found: SimilarPlaces, general: SourceList | None) -> str:
    values = "".join(
        f'<td class="number">{_value(value, one)}</td>'
        for value, one in zip(found.focus_values, found.variables, strict=True)
    )
    last = "<td></td>" if general is not None else ""
    return (
        f'<tr class="mine"><th scope="row">{escape(found.focus.name)}</th><td class="number"></td><td></td>'
        f"{values}{last}</tr>"
    )


def _row(found: SimilarPlaces, one: SimilarPlace, general: SourceList | None) -> str:
    cells = "".join(
        f'<td class="number">{_value(value, variable)}<small>{number(100 * share, 0, language())} %</small></td>'
        for value, share, variable in zip(one.values, one.shares, found.variables, strict=True)
    )
    if general is not None:
        is_there = one.place.code in general.codes
        cells += f"<td>{escape(_('ja') if is_there else _('nej'))}</td>"
    return (
        f'<tr><th scope="row">{escape(one.place.name)}</th>'
        f'<td class="number">{number(one.distance, 2, language())}</td><td>{_bar(found, one)}</td>{cells}</tr>'
    )


def _bar(found: SimilarPlaces, one: SimilarPlace) -> str:
    """The parts of the distance; the whole bar is as long as the distance is to the farthest of those shown."""
    told = ", ".join(
        f"{render(variable.name, _)} {number(100 * share, 0, language())} %"
        for variable, share in zip(found.variables, one.shares, strict=True)
    )
    longest = max(other.distance for other in found.nearest) or 1.0
    parts = "".join(
        f'<i class="shade-{place % SHADES}" style="width:{100 * share:.1f}%"></i>'
        for place, share in enumerate(one.shares)
        if 100 * share >= SMALLEST_SHOWN
    )
    return (
        f'<span class="parts" role="img" aria-label="{escape(told)}" '
        f'style="width:{max(100 * one.distance / longest, 2):.1f}%">{parts}</span>'
    )


def _value(value: float | None, variable: StructureVariable) -> str:
    return escape(_("saknas")) if value is None else number(value, variable.decimals, language())


def codes(found: SimilarPlaces) -> tuple[str, ...]:
    """Mine and the nearest."""
    return (found.focus.code, *(one.place.code for one in found.nearest))


def use(choice: Choice, found: SimilarPlaces) -> None:
    """What can be done with the nearest: compared with, shared, taken along."""
    if not found.nearest:
        return
    group = f"{GroupKind.CODES}:{','.join(codes(found))}"
    compare = escape(address.link(PageName.OVERVIEW, **{Name.GROUP: group}))
    with st.container(horizontal=True, key="likeness-take-along", vertical_alignment="center", gap="small"):
        st.html(
            f'<a data-page class="way" href="{compare}">{escape(_("Jämför med dessa"))}</a>', width="content"
        )
        frame.share_button()
        table = _table(found)
        on_page.table_along(
            table,
            lambda: _full_table(found),
            title=_("Kommuner som liknar {place}").format(place=found.focus.name),
            subtitle=", ".join(
                f"{render(one.name, _)} {number(100 * one.weight, 0, language())} %"
                for one in found.variables
            ),
            release=choice.view.release,
            method=found.method,
            decimals=2,
            key="likeness",
            file_name="liknande",
        )


def _table(found: SimilarPlaces) -> pd.DataFrame:
    return pd.DataFrame([_cells(found, one) for one in found.nearest])


def _full_table(found: SimilarPlaces) -> pd.DataFrame:
    """Everybody who could be likened, and what of the weight is known of each."""
    return pd.DataFrame(
        [{**_cells(found, one), _("Känd vikt, %"): 100 * one.weight_present} for one in found.ordered]
    )


def _cells(found: SimilarPlaces, one: SimilarPlace) -> dict[str, object]:
    cells: dict[str, object] = {
        _("Kod"): one.place.code,
        _("Kommun"): one.place.name,
        _("Skillnad"): one.distance,
    }
    for variable, value, share in zip(found.variables, one.values, one.shares, strict=True):
        name = render(variable.name, _)
        cells[f"{name} ({variable.year})"] = value
        cells[_("Del av skillnaden, %: {name}").format(name=name)] = 100 * share
    return cells


def source_lists(choice: Choice, found: SimilarPlaces) -> None:
    """The source's own lists beside ours: how many agree, and who."""
    if not found.source_lists:
        told = _("Kolada har inga listor över liknande kommuner för {place} i det här uttaget.")
        st.html(f'<p class="chart-notes">{escape(told.format(place=found.focus.name))}</p>')
        return
    library = choice.view.library
    rows = []
    for one in found.source_lists:
        names = ", ".join(
            f"<b>{escape(library.places.by_code[code].name)}</b>"
            if code in one.agreeing
            else escape(library.places.by_code[code].name)
            for code in one.codes
            if code in library.places.by_code
        )
        agreeing = _("{n} av {total}").format(n=len(one.agreeing), total=len(one.codes))
        rows.append(
            f'<tr><th scope="row">{escape(one.area)} ({one.year})</th><td class="number">{agreeing}</td>'
            f"<td>{names}</td></tr>"
        )
    agreeing = ngettext(
        "Koladas egna listor över liknande. {count} av dem på den första är också bland våra närmaste; de står i fet stil.",
        "Koladas egna listor över liknande. {count} av dem på den första är också bland våra närmaste; de står i fet stil.",
        len(found.source_lists[0].agreeing),
    ).format(count=len(found.source_lists[0].agreeing))
    heads = (
        f'<th scope="col">{escape(_("Område"))}</th><th scope="col" class="number">{escape(_("Samma som våra"))}</th>'
        f'<th scope="col">{escape(_("Kommuner"))}</th>'
    )
    st.html(f'<div class="chart-head"><h2>{escape(_("Koladas egna listor"))}</h2></div>')
    st.html(
        f'<div class="figures"><div class="scroll" tabindex="0" role="region" aria-label="{escape(_("Koladas egna listor"))}">'
        f'<table class="plain-table"><caption>{escape(agreeing)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></div>"
    )


def method(found: SimilarPlaces) -> None:
    """How likeness is reckoned."""
    lines = "".join(f"<span>{escape(render(one, _))}</span>" for one in found.method)
    st.html(
        f'<details class="figures"><summary>{escape(_("Så är det räknat"))}</summary>'
        f'<p class="chart-notes">{lines}</p></details>'
    )


def foot(choice: Choice) -> None:
    source = render(choice.view.release.source, _)
    frame.foot(f"{_('Värden')}: {source}. {_('Skillnaderna är egna beräkningar.')}", has_colour=False)
