"""Show beside the editor what a formula may use: functions, KPIs, and the networks' own measures."""

from typing import Final

import streamlit as st

from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from app_pages.workshop import choose, load
from app_pages.workshop.choose import Choice
from domain.formula_function import SWEDISH_NAMES, Function
from domain.message import to_translate
from domain.network_measure import MeasureSource

SIGNS: Final = ("+ − * / ( )", to_translate("räknesätt och parenteser; tal med decimalkomma eller punkt"))
FUNCTIONS: Final = {
    Function.SHARE: ("(del; helhet)", to_translate("100 gånger delen genom helheten, i procent")),
    Function.PER_INHABITANT: ("(x)", to_translate("per invånare; ange annars vad som räknas: (x; N01938)")),
    Function.PER_1000_INHABITANTS: ("(x)", to_translate("per 1 000 invånare")),
    Function.PER_100000_INHABITANTS: ("(x)", to_translate("per 100 000 invånare")),
    Function.CHANGE: ("(x)", to_translate("förändring sedan förra året")),
    Function.MOVING_MEAN: ("(x; 3)", to_translate("medel över de senaste så många åren")),
    Function.MEAN: ("(x; y; …)", to_translate("medelvärdet")),
    Function.SUM: ("(x; y; …)", to_translate("summan")),
    Function.MIN: ("(x; y; …)", to_translate("det minsta")),
    Function.MAX: ("(x; y; …)", to_translate("det största")),
    Function.ABS: ("(x)", to_translate("utan minustecken")),
    Function.FIRST_AVAILABLE: ("(x; y; …)", to_translate("det första som har ett värde")),
}


def beside(choice: Choice) -> None:
    """Show the KPI search first, then functions and own names where a formula can use them."""
    if choice.source is MeasureSource.OWN:
        return
    choose.search_control(choice, load.matching_measures(choice))
    if choice.source is MeasureSource.FORMULA:
        with st.expander(_("Funktioner")):
            _show_functions()
        with st.expander(_("Nätverkens egna mått och variabler")):
            choose.own_names(choice)


def _show_functions() -> None:
    """Show how each function is written and what it gives."""
    rows = [SIGNS, *((f"{SWEDISH_NAMES[name][0]}{form}", text) for name, (form, text) in FUNCTIONS.items())]
    note = _(
        "Argument skiljs åt med semikolon. Engelska funktionsnamn går också bra. Saknas ett värde som behövs, saknas "
        "resultatet. Kvoter räknas för gruppen som summa genom summa."
    )
    show_template("workshop/formula_help.html", rows=rows, note=note)
