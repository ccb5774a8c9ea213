"""Show the most similar places with what sets them apart, and the source's own lists."""

from typing import Final

import pandas as pd
import streamlit as st

from app_pages.parts import address, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.blocks import (
    show_chart_heading,
    show_folded,
    show_lead,
    show_link,
    show_notes,
    show_text,
)
from app_pages.parts.charts import on_page
from app_pages.parts.error_advice import explain
from app_pages.parts.templates import render_macro, show_template
from app_pages.parts.words import _, language, ngettext
from app_pages.similar.choose import Choice
from domain.errors.user_error import UserError
from domain.group import GroupKind
from domain.place import PlaceKind
from domain.similarity import SimilarPlace, SimilarPlaces
from language.numbers import day, number
from language.rendering import render

SHADES: Final = 8
SMALLEST_SHOWN: Final = 0.5  # percent: less is no visible part of a bar


def show_head(choice: Choice) -> None:
    view = choice.view
    is_region = view.municipality.kind is PlaceKind.REGION
    title = _("Regioner som liknar {place}") if is_region else _("Kommuner som liknar {place}")
    when = _("läget så som det var känt {day}").format(day=day(view.release.known_at))
    frame.show_head(
        title.format(place=view.municipality.name), f"{_('efter de variabler som du väljer')} · {when}", view
    )


def nothing(error: UserError) -> None:
    frame.show_box(_("Det går inte att likna efter det här"), [explain(error), _("Välj andra variabler.")])


def show_answer(choice: Choice, similar_places: SimilarPlaces) -> None:
    """Show the most similar places, and what mostly sets them apart."""
    if not similar_places.nearest:
        show_lead(_("Ingen annan har värden för det som är valt."))
        return
    first, *others = similar_places.nearest
    sentence = _("Mest lik {place} är {first}").format(
        place=similar_places.focus.name, first=first.place.name
    )
    if others:
        names = [other.place.name for other in others[:2]]
        sentence += _(", sedan {names}").format(names=_(" och ").join(names))
    show_lead(f"{sentence}.", _sets_apart(similar_places, first))
    show_notes(similar_places.notes)


def _sets_apart(similar_places: SimilarPlaces, similar_place: SimilarPlace) -> str:
    """Return the variable that makes up most of the distance to a similar place."""
    share, variable = max(
        zip(similar_place.shares, similar_places.variables, strict=True), key=lambda pair: pair[0]
    )
    if not share:
        return _("De är lika i allt som är valt.")
    if len(similar_places.variables) == 1:
        return _("Skillnaden är {distance} standardavvikelser.").format(
            distance=number(similar_place.distance, 2, language())
        )
    return _("Det som mest skiljer dem åt är {variable} ({share} % av skillnaden).").format(
        share=number(100 * share, 0, language()), variable=_in_sentence(render(variable.name, _))
    )


def _in_sentence(name: str) -> str:
    """Return the name as it is within a sentence: a small first letter, unless it is an abbreviation in capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def nearest(choice: Choice, similar_places: SimilarPlaces) -> None:
    """Show the nearest places in a table: the distance, the share of each variable, and everybody's values."""
    if not similar_places.nearest:
        return
    caption = _(
        "De {count} mest lika {place}. Skillnaden räknas i standardavvikelser; stapeln visar hur stor del av den som "
        "är vilken variabel."
    ).format(count=len(similar_places.nearest), place=similar_places.focus.name)
    longest = max(place.distance for place in similar_places.nearest) or 1.0
    show_template(
        "similar/nearest.html",
        caption=caption,
        is_region=choice.view.municipality.kind is PlaceKind.REGION,
        similar=similar_places,
        general=similar_places.source_lists[0] if similar_places.source_lists else None,
        shades=SHADES,
        smallest_shown=SMALLEST_SHOWN / 100,
        lengths=[max(100 * place.distance / longest, 2) for place in similar_places.nearest],
    )


def codes(similar_places: SimilarPlaces) -> tuple[str, ...]:
    """Return the codes of the focus and the nearest places."""
    return (
        similar_places.focus.code,
        *(similar_place.place.code for similar_place in similar_places.nearest),
    )


def use(choice: Choice, similar_places: SimilarPlaces) -> None:
    """Show what can be done with the nearest places: compare, share, download."""
    if not similar_places.nearest:
        return
    group = f"{GroupKind.CODES}:{','.join(codes(similar_places))}"
    with st.container(horizontal=True, key="likeness-take-along", vertical_alignment="center", gap="small"):
        href = address.link(PageName.OVERVIEW, **{Name.GROUP: group})
        show_link(href, _("Jämför med dessa"), "way", width="content")
        frame.share_button()
        table = _table(similar_places)
        on_page.table_along(
            table,
            lambda: _full_table(similar_places),
            title=_("Kommuner som liknar {place}").format(place=similar_places.focus.name),
            subtitle=", ".join(
                f"{render(variable.name, _)} {number(100 * variable.weight, 0, language())} %"
                for variable in similar_places.variables
            ),
            release=choice.view.release,
            method=similar_places.method,
            decimals=2,
            key="likeness",
            file_name="liknande",
        )


def _table(similar_places: SimilarPlaces) -> pd.DataFrame:
    return pd.DataFrame([_cells(similar_places, similar_place) for similar_place in similar_places.nearest])


def _full_table(similar_places: SimilarPlaces) -> pd.DataFrame:
    """Return all places, with how much of the weight is known for each."""
    return pd.DataFrame(
        [
            {**_cells(similar_places, similar_place), _("Känd vikt, %"): 100 * similar_place.weight_present}
            for similar_place in similar_places.ordered
        ]
    )


def _cells(similar_places: SimilarPlaces, similar_place: SimilarPlace) -> dict[str, object]:
    cells: dict[str, object] = {
        _("Kod"): similar_place.place.code,
        _("Kommun"): similar_place.place.name,
        _("Skillnad"): similar_place.distance,
    }
    for variable, value, share in zip(
        similar_places.variables, similar_place.values, similar_place.shares, strict=True
    ):
        name = render(variable.name, _)
        cells[f"{name} ({variable.year})"] = value
        cells[_("Del av skillnaden, %: {name}").format(name=name)] = 100 * share
    return cells


def source_lists(choice: Choice, similar_places: SimilarPlaces) -> None:
    """Show the source's own lists beside ours: how many places are on both, and which."""
    if not similar_places.source_lists:
        text = _("Kolada har inga listor över liknande kommuner för {place} i det här uttaget.")
        show_text(text.format(place=similar_places.focus.name), "chart-notes")
        return
    names = {code: place.name for code, place in choice.view.library.places.by_code.items()}
    agreeing = len(similar_places.source_lists[0].agreeing)
    show_chart_heading(_("Koladas egna listor"))
    show_template(
        "similar/source_lists.html",
        caption=ngettext(
            "Koladas egna listor över liknande. {count} av dem på den första är också bland våra närmaste; de står i fet stil.",
            "Koladas egna listor över liknande. {count} av dem på den första är också bland våra närmaste; de står i fet stil.",
            agreeing,
        ).format(count=agreeing),
        lists=[
            (
                source_list,
                [(names[code], code in source_list.agreeing) for code in source_list.codes if code in names],
            )
            for source_list in similar_places.source_lists
        ],
    )


def method(similar_places: SimilarPlaces) -> None:
    """Show how similarity is computed."""
    show_folded(_("Så är det räknat"), render_macro("notes", similar_places.method))


def show_foot(choice: Choice) -> None:
    source = render(choice.view.release.source, _)
    frame.show_foot(f"{_('Värden')}: {source}. {_('Skillnaderna är egna beräkningar.')}", has_colour=False)
