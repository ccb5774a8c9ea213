"""`jamfor formula`: check a formula's unit, inputs and errors, and list the functions."""

from typing import Annotated, Any, Final

import typer

from answers.formula_check import FormulaCheck, check_formula
from cli.error_advice import explain
from cli.opening import opened_library
from cli.output import write_json, write_table
from cli.words import _, language
from domain.dimension import Unit
from domain.errors.choices import UnreadableChoiceError
from domain.formula_function import EXPLAINED
from domain.message import to_translate
from language.rendering import render

formula_app = typer.Typer(no_args_is_help=True)

_HINT: Final = to_translate("Skriv namn=enhet, till exempel platser=antal.")


@formula_app.command(
    help=to_translate("Kontrollera en formel: enhet, vad den behöver, och vad som är fel var."),
    context_settings={"ignore_unknown_options": True},  # a formula may begin with a minus
)
def check(
    formula: Annotated[str, typer.Argument(help=to_translate("Formeln, till exempel ”N00001 / N01951”."))],
    variable: Annotated[
        list[str] | None,
        typer.Option(
            "--variable",
            help=to_translate("En egen variabel och dess enhet, till exempel platser=antal. Flera går bra."),
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=to_translate("Skriv JSON."))] = False,
) -> None:
    """Check a formula and write the result; exit code 1 if anything is wrong."""
    own = dict(_read_variable(text) for text in variable or ())
    with opened_library() as library:
        checked = check_formula(library, formula, own)
    if as_json:
        write_json(_as_json(checked))
    else:
        _show(checked)
    if not checked.is_right:
        raise typer.Exit(1)


@formula_app.command(help=to_translate("Visa vilka funktioner en formel kan ha."))
def functions() -> None:
    """Write each function in Swedish and English, and what it returns."""
    rows = [[swedish, function.value, _(returns)] for function, (swedish, returns) in EXPLAINED.items()]
    write_table([_("Skrivs"), _("På engelska"), _("Ger")], rows, right_aligned=())


def _read_variable(text: str) -> tuple[str, tuple[str, Unit]]:
    name, separator, unit = (part.strip() for part in text.partition("="))
    if not name or not separator:
        raise UnreadableChoiceError(value=text, kind=_("egen variabel"), hint=_(_HINT))
    return name, (name, Unit.read(unit))


def _as_json(checked: FormulaCheck) -> dict[str, Any]:
    return {
        "formula": checked.text,
        "written": None if checked.formula is None else checked.formula.to_text(language()),
        "is_right": checked.is_right,
        "unit": None if checked.unit is None else str(checked.unit),
        "is_ratio": checked.formula is not None and checked.formula.ratio is not None,
        "inputs": [
            {"name": item.name, "title": render(item.title, _), "unit": item.unit, "is_known": item.is_known}
            for item in checked.inputs
        ],
        "errors": [
            {"position": error.values["position"], "message": explain(error)} for error in checked.errors
        ],
    }


def _show(checked: FormulaCheck) -> None:
    if checked.formula is not None:
        typer.echo(checked.formula.to_text(language()))
    if checked.inputs:
        typer.echo("")
        rows = [[item.name, item.unit, render(item.title, _)] for item in checked.inputs]
        write_table([_("Ingår"), _("Enhet"), _("Namn")], rows, right_aligned=())
    if checked.unit is not None:
        typer.echo("")
        typer.echo(_("Resultatets enhet: {unit}").format(unit=render(checked.unit.in_words, _)))
    for error in checked.errors:
        typer.echo(explain(error), err=True)
