"""`jamfor similar`: the places most like one place, by variables and weights of one's own choice."""

from typing import Annotated, Any

import typer

from answers.similar import POPULATION
from answers.similar import find_similar_places as answer
from cli.compare import AsOf
from cli.opening import opened_library
from cli.output import release_time, sentences, write_json, write_sentences, write_table
from cli.words import _, language
from domain.errors.choices import SimilarityError
from domain.message import to_translate
from domain.similarity import SimilarPlace, SimilarPlaces
from language.numbers import number
from language.rendering import render


def similar(
    code: Annotated[str, typer.Argument(help=to_translate("Kommunen eller regionen: kod eller namn."))],
    variables: Annotated[
        str,
        typer.Option(
            "--variables", help=to_translate("Nyckeltal åtskilda med komma, eller population för folkmängd.")
        ),
    ] = POPULATION,
    weights: Annotated[
        str | None,
        typer.Option(
            "--weights",
            help=to_translate("En vikt för varje variabel, åtskilda med komma. Annars väger alla lika."),
        ),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=1, max=50, help=to_translate("Hur många de mest lika är."))
    ] = 7,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help=to_translate("Skriv JSON."))] = False,
) -> None:
    """Find the similar places and write them."""
    with opened_library(as_of) as library:
        found = answer(
            library,
            code,
            variables=_words(variables),
            weights=None if weights is None else [_weight(word) for word in _words(weights)],
            most=most,
        )
        names = {
            one: library.places.find(one).name for listed in found.source_lists for one in listed.agreeing
        }
    if as_json:
        write_json(_as_json(found))
    else:
        _show(found, names)


def _words(text: str) -> list[str]:
    """Separated by commas, or by semicolons where a comma is needed within a number."""
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def _weight(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise SimilarityError(SimilarityError.UNUSABLE_WEIGHT, weight=text) from None


def _as_json(found: SimilarPlaces) -> dict[str, Any]:
    return {
        "code": found.focus.code,
        "name": found.focus.name,
        "release": release_time(found.release),
        "is_made_up": found.release.is_made_up,
        "source": render(found.source, _),
        "variables": [
            {
                "id": one.id,
                "name": render(one.name, _),
                "unit": one.unit,
                "year": one.year,
                "weight": one.weight,
                "is_logged": one.is_logged,
                "value": value,
            }
            for one, value in zip(found.variables, found.focus_values, strict=True)
        ],
        "similar": [_place(similar_place) for similar_place in found.nearest],
        "left_out": [
            {"code": one.place.code, "name": one.place.name, "weight_present": one.weight_present}
            for one in found.left_out
        ],
        "source_lists": [
            {
                "group": source_list.group_id,
                "area": source_list.area,
                "year": source_list.year,
                "codes": list(source_list.codes),
                "agreeing": list(source_list.agreeing),
                "n_agreeing": len(source_list.agreeing),
            }
            for source_list in found.source_lists
        ],
        "method": sentences(found.method),
        "notes": sentences(found.notes),
    }


def _place(similar_place: SimilarPlace) -> dict[str, Any]:
    return {
        "code": similar_place.place.code,
        "name": similar_place.place.name,
        "distance": similar_place.distance,
        "weight_present": similar_place.weight_present,
        "values": list(similar_place.values),
        "shares": list(similar_place.shares),
    }


def _show(found: SimilarPlaces, names: dict[str, str]) -> None:
    typer.echo(_("Mest lika {place}").format(place=found.focus.name))
    for one, value in zip(found.variables, found.focus_values, strict=True):
        shown = "–" if value is None else number(value, one.decimals, language())
        weight = number(100 * one.weight, 0, language())
        typer.echo(f"  {render(one.name, _)} {one.year}: {shown} {one.unit} ({_('vikt')} {weight} %)")
    typer.echo("")
    headings = [
        _("Kommun"),
        _("Skillnad"),
        *(_("Del: {name}").format(name=render(variable.name, _)) for variable in found.variables),
    ]
    rows = [
        [
            f"{similar_place.place.code} {similar_place.place.name}",
            number(similar_place.distance, 2, language()),
            *(f"{number(100 * share, 0, language())} %" for share in similar_place.shares),
        ]
        for similar_place in found.nearest
    ]
    write_table(headings, rows, right_aligned=range(1, len(headings)))
    if found.source_lists:
        typer.echo("")
        typer.echo(_("Koladas egna listor över liknande:"))
        for listed in found.source_lists:
            agreeing = ", ".join(names[code] for code in listed.agreeing) or "–"
            typer.echo(
                _("  {area} {year}: {n} av {total} är desamma ({places})").format(
                    area=listed.area,
                    year=listed.year,
                    n=len(listed.agreeing),
                    total=len(listed.codes),
                    places=agreeing,
                )
            )
    typer.echo("")
    write_sentences(*found.notes, *found.method)
    typer.echo(_("Värden: {source}").format(source=render(found.source, _)))
