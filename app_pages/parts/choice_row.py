"""Show the choices that pages share as one row; a widget writes its choice to the address."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from answers.network_snapshot import SET_PREFIX
from app_pages.parts import address
from app_pages.parts.address import Name
from app_pages.parts.choices import GENDER_WORDS, View, municipality_names, offered_groups, offered_sets
from app_pages.parts.words import _
from domain.comparison import ColourAmong
from domain.group import Group, GroupKind
from domain.measure import MeasureSet
from domain.release import Release
from language.numbers import day
from language.rendering import render

FULL_ROW: Final = (
    Name.MUNICIPALITY,
    Name.GROUP,
    Name.MEASURE_SET,
    Name.COLOUR_AMONG,
    Name.GENDER,
    Name.KNOWN,
)

NOW: Final = ""  # the address has no moment

OWN_CHOICE: Final = "codes"  # the option to choose single municipalities


def show_choices(
    view: View,
    *,
    shown: tuple[str, ...] = FULL_ROW,
    own: Mapping[str, Callable[[View], None]] | None = None,
) -> None:
    """Show the choices in one row, or two per row on a phone. `shown` lists those that the page uses.

    `own` draws the choices of this page alone.
    """
    draw: dict[str, Callable[[View], None]] = {
        Name.MUNICIPALITY: _municipality,
        Name.GROUP: _groups,
        Name.MEASURE_SET: _sets,
        Name.COLOUR_AMONG: _colour_among,
        Name.GENDER: _gender,
        Name.KNOWN: _known,
        **(own or {}),
    }
    with st.container(horizontal=True, key="choices", vertical_alignment="bottom", gap="small"):
        for name in shown:
            draw[name](view)
    if Name.GROUP in shown and view.group.reference.kind is GroupKind.CODES:
        _own_choice(view)


def select(
    name: str,
    label: str,
    options: dict[str, str],
    chosen: str,
    *,
    also: Callable[[str], dict[str, str | None]] | None = None,
) -> None:
    """Show one choice whose word is in the address: `options` maps each word to its label.

    `also` returns which other words of the address change with it.
    """
    key = f"choice-{name}"
    st.session_state[key] = str(chosen) if chosen in options else next(iter(options))

    def write() -> None:
        word = st.session_state[key]
        address.change(**{name: word, **(also(word) if also else {})})

    st.selectbox(
        label, list(options), format_func=lambda word: options.get(word, word), key=key, on_change=write
    )


def _municipality(view: View) -> None:
    def also(code: str) -> dict[str, str | None]:
        return {Name.GROUP: _group_after_move(view, code)}

    names = municipality_names(view.library)
    names.setdefault(view.municipality.code, view.municipality.name)  # a region, when the address names one
    select(Name.MUNICIPALITY, _("Min kommun"), names, view.municipality.code, also=also)


def _group_after_move(view: View, code: str) -> str | None:
    """Return the same group where it contains the new municipality, else the same kind of group where sensible."""
    if code in view.group.codes:
        return str(view.group.reference)
    place = view.library.places.find(code)
    match view.group.reference.kind:
        case GroupKind.SIMILAR:
            return f"similar:{code}"
        case GroupKind.COUNTY:
            return f"county:{place.county_code}"
        case GroupKind.SKR:
            return f"skr:{place.skr_group}"
    return None


def _groups(view: View) -> None:
    names = {
        str(group.reference): _listed_name(group) for group in offered_groups(view.library, view.municipality)
    }
    chosen = str(view.group.reference)
    if view.group.reference.kind is GroupKind.CODES:
        chosen = OWN_CHOICE
    elif chosen not in names:
        names[chosen] = _listed_name(view.group)
    names[OWN_CHOICE] = _("Eget val …")

    def also(word: str) -> dict[str, str | None]:
        return {Name.GROUP: _group_of_codes(view.group.codes) if word == OWN_CHOICE else word}

    select(Name.GROUP, _("Jämför med"), names, chosen, also=also)


def _listed_name(group: Group) -> str:
    """Return the group's name as it is listed, with its size."""
    names = {
        GroupKind.ALL: _("Alla kommuner"),
        GroupKind.SIMILAR: _("Liknande kommuner"),
    }
    return f"{names.get(group.reference.kind, render(group.name, _))} ({len(group.codes)})"


def _group_of_codes(codes: tuple[str, ...]) -> str:
    return f"{GroupKind.CODES}:{','.join(codes)}"


def _own_choice(view: View) -> None:
    """Show the choice of single municipalities; the focus is always one of them."""
    key = "choice-own"
    names = municipality_names(view.library)
    st.session_state[key] = [code for code in view.group.codes if code in names]

    def write() -> None:
        mine = view.municipality.code
        others = [code for code in st.session_state[key] if code != mine]
        address.change(**{Name.GROUP: _group_of_codes((mine, *others))})

    st.multiselect(
        _("Kommuner i jämförelsen"),
        list(names),
        format_func=lambda code: names.get(code, code),
        placeholder=_("Välj kommuner"),
        key=key,
        on_change=write,
    )


def _sets(view: View) -> None:
    names = {
        measure_set.id: _set_name(measure_set)
        for measure_set in offered_sets(view.library, view.municipality)
    }
    names.setdefault(view.measure_set.id, _set_name(view.measure_set))
    select(Name.MEASURE_SET, _("Mått"), names, view.measure_set.id)


def _set_name(measure_set: MeasureSet) -> str:
    is_of_network = measure_set.id.startswith(SET_PREFIX)
    return (
        _("{network}, nätverkets mått").format(network=measure_set.name)
        if is_of_network
        else measure_set.name
    )


def _colour_among(view: View) -> None:
    names = {
        "alla": _("alla kommuner"),
        "gruppen": _("gruppen"),
    }
    select(
        Name.COLOUR_AMONG,
        _("Färg bland"),
        names,
        "alla" if view.colour_among is ColourAmong.ALL else "gruppen",
    )


def _gender(view: View) -> None:
    names = {"totalt": _("totalt"), "kvinnor": _("kvinnor"), "man": _("män")}
    words = {gender: word for word, gender in GENDER_WORDS.items()}
    select(Name.GENDER, _("Kön"), names, words[view.gender])


def _known(view: View) -> None:
    """Show the choice of release: the latest or an earlier one, with the time of day only where needed."""
    names = {NOW: _("i dag"), **release_names(tuple(reversed(view.releases[:-1])))}
    select(Name.KNOWN, _("Känt till och med"), names, NOW if view.is_latest else moment_word(view.release))


def release_names(releases: Sequence[Release]) -> dict[str, str]:
    """Return the names of releases by their word in the address: the day, and which upload made it, if any."""
    times_a_day = Counter(day(release.known_at) for release in releases)
    names = {}
    for release in releases:
        local = release.known_at.astimezone()
        when = f"{local:%Y-%m-%d %H:%M}" if times_a_day[day(local)] > 1 else day(local)
        names[moment_word(release)] = f"{when} · {release.description}" if release.upload_id else when
    return names


def moment_word(release: Release) -> str:
    """Return the moment of a release as in the address: local time, at full precision."""
    return release.known_at.astimezone().replace(tzinfo=None).isoformat()
