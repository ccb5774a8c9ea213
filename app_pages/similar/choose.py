"""Read from the address by which variables similarity is computed, and the weight of each."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from answers.similar import POPULATION
from app_pages.parts import address
from app_pages.parts.choices import View
from app_pages.parts.words import _
from data.reference import curated_measures
from domain.measure import MeasureKind
from language.numbers import number
from language.similarity_texts import POPULATION_NAME

VARIABLES: Final = "variabler"
WEIGHTS: Final = "vikter"
FOUND: Final = "bilda"  # the form that makes a network of the nearest stands open

HEAVIEST: Final = 10.0
EVEN_WEIGHT: Final = 1.0
MOST_BY_DEFAULT: Final = 3
MOST_VARIABLES: Final = 8
FEWEST_VALUES: Final = 290  # one a municipality: less and most places would be left out
WEIGHTS_IN_A_ROW: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """`weights` are in the order of `variables`; `names` holds every variable that can be chosen, with its name."""

    view: View
    variables: tuple[str, ...]
    weights: tuple[float, ...]
    names: dict[str, str]
    is_founding: bool


def load_choice(view: View) -> Choice:
    """Read the choice from the address; what cannot be read is reported and replaced by the default."""
    words = view.address
    offered = _offered(view)

    def variables_of(word: str) -> tuple[str, ...]:
        read = [part.strip() for part in word.split(",") if part.strip()]
        ids = [
            POPULATION if variable.casefold() == POPULATION else view.library.catalogue.measure(variable).id
            for variable in read
        ]
        return tuple(dict.fromkeys(ids))[:MOST_VARIABLES]

    default = _default(view, offered)
    variables = words.read(VARIABLES, variables_of, default, kind=_("variabler")) or default

    def weights_of(word: str) -> tuple[float, ...]:
        read = tuple(float(part) for part in word.split(","))
        if (
            len(read) != len(variables)
            or not all(0 <= weight <= HEAVIEST for weight in read)
            or not any(read)
        ):
            raise ValueError(word)
        return read

    even = (EVEN_WEIGHT,) * len(variables)
    hint = _("Skriv {count} tal från 0 till 10, åtskilda med komma, minst ett större än 0.").format(
        count=len(variables)
    )
    names = dict(offered)
    for variable in variables:
        names.setdefault(
            variable, view.library.catalogue.measure(variable).short_title if variable != POPULATION else ""
        )
    return Choice(
        view=view,
        variables=variables,
        weights=words.read(WEIGHTS, weights_of, even, kind=_("vikter"), hint=hint),
        names=names,
        is_founding=bool(words.text(FOUND)),
    )


def _offered(view: View) -> dict[str, str]:
    """Return inhabitants, then structural variables, then the other curated measures that have values."""
    fetched_kpis = view.library.figures.stored_kpis(view.release)
    with_values = set(fetched_kpis.loc[fetched_kpis["value_count"] > 0, "kpi_id"])
    curated = sorted(
        curated_measures().values(),
        key=lambda measure: measure.kind is not MeasureKind.CONDITIONS,
    )
    names = {POPULATION: _(POPULATION_NAME)}
    return names | {
        measure.kpi_id: measure.short_title for measure in curated if measure.kpi_id in with_values
    }


def _default(view: View, offered: dict[str, str]) -> tuple[str, ...]:
    """Return inhabitants and a few shares that nearly every municipality has, as the default variables."""
    fetched_kpis = view.library.figures.stored_kpis(view.release)
    common = set(fetched_kpis.loc[fetched_kpis["value_count"] >= FEWEST_VALUES, "kpi_id"])
    structure = [
        measure.kpi_id
        for measure in curated_measures().values()
        if measure.kind is MeasureKind.CONDITIONS
        and measure.kpi_id in common
        and measure.kpi_id in offered
        and view.library.catalogue.measure(measure.kpi_id).unit == "%"
    ]
    return (POPULATION, *structure)[:MOST_BY_DEFAULT]


def controls(chosen: Choice) -> None:
    """Show the choice of variables, and under it one weight each."""
    key = f"choice-{VARIABLES}"
    st.session_state[key] = list(chosen.variables)
    by_name = {name.casefold(): variable for variable, name in chosen.names.items()}

    def write() -> None:
        variables = [
            by_name.get(str(variable).strip().casefold(), str(variable)) for variable in st.session_state[key]
        ]
        weight_by_variable = dict(zip(chosen.variables, chosen.weights, strict=True))
        weights = [weight_by_variable.get(variable, EVEN_WEIGHT) for variable in variables]
        address.change(
            **{
                VARIABLES: ",".join(variables),
                WEIGHTS: _format_weights(weights) if len(set(weights)) > 1 else None,
            }
        )

    st.multiselect(
        _("Likna efter"),
        list(chosen.names),
        format_func=lambda variable: chosen.names.get(variable, variable),
        key=key,
        on_change=write,
        max_selections=MOST_VARIABLES,
        accept_new_options=True,
        placeholder=_("Välj variabler"),
        help=_("Andra nyckeltal går också bra: skriv beteckningen, till exempel N01951."),
    )
    with st.container(key="weight-choices"):
        for place, variable in enumerate(chosen.variables):
            _weight(chosen, place, chosen.names.get(variable) or variable)


def _weight(chosen: Choice, place: int, name: str) -> None:
    key = f"choice-{WEIGHTS}-{chosen.variables[place]}"
    st.session_state[key] = chosen.weights[place]

    def write() -> None:
        weights = list(chosen.weights)
        weights[place] = float(st.session_state[key])
        address.change(**{WEIGHTS: _format_weights(weights)})

    total = sum(chosen.weights)
    share = number(100 * chosen.weights[place] / total, 0) if total else "0"
    st.slider(
        _("{name}, vikt {share} %").format(name=name, share=share),
        0.0,
        HEAVIEST,
        step=0.5,
        format="%g",
        key=key,
        on_change=write,
    )


def _format_weights(weights: list[float]) -> str:
    return ",".join(f"{weight:g}" for weight in weights)
