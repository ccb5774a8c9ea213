"""`jamfor similar`: the places most similar to one, by chosen variables and weights."""

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
        similar_places = answer(
            library,
            code,
            variables=_words(variables),
            weights=None if weights is None else [_weight(word) for word in _words(weights)],
            most=most,
        )
        names = {
            code: library.places.find(code).name
            for source_list in similar_places.source_lists
            for code in source_list.agreeing
        }
    if as_json:
        write_json(_as_json(similar_places))
    else:
        _show(similar_places, names)


def _words(text: str) -> list[str]:
    """Split by commas, or by semicolons where a number may contain a comma."""
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def _weight(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise SimilarityError(SimilarityError.UNUSABLE_WEIGHT, weight=text) from None


def _as_json(similar_places: SimilarPlaces) -> dict[str, Any]:
    return {
        "code": similar_places.focus.code,
        "name": similar_places.focus.name,
        "release": release_time(similar_places.release),
        "is_made_up": similar_places.release.is_made_up,
        "source": render(similar_places.source, _),
        "variables": [
            {
                "id": variable.id,
                "name": render(variable.name, _),
                "unit": variable.unit,
                "year": variable.year,
                "weight": variable.weight,
                "is_logged": variable.is_logged,
                "value": value,
            }
            for variable, value in zip(similar_places.variables, similar_places.focus_values, strict=True)
        ],
        "similar": [_place(similar_place) for similar_place in similar_places.nearest],
        "left_out": [
            {"code": other.place.code, "name": other.place.name, "weight_present": other.weight_present}
            for other in similar_places.left_out
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
            for source_list in similar_places.source_lists
        ],
        "method": sentences(similar_places.method),
        "notes": sentences(similar_places.notes),
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


def _show(similar_places: SimilarPlaces, names: dict[str, str]) -> None:
    typer.echo(_("Mest lika {place}").format(place=similar_places.focus.name))
    for variable, value in zip(similar_places.variables, similar_places.focus_values, strict=True):
        shown = "–" if value is None else number(value, variable.decimals, language())
        weight = number(100 * variable.weight, 0, language())
        typer.echo(
            f"  {render(variable.name, _)} {variable.year}: {shown} {variable.unit} ({_('vikt')} {weight} %)"
        )
    typer.echo("")
    headings = [
        _("Kommun"),
        _("Skillnad"),
        *(_("Del: {name}").format(name=render(variable.name, _)) for variable in similar_places.variables),
    ]
    rows = [
        [
            f"{similar_place.place.code} {similar_place.place.name}",
            number(similar_place.distance, 2, language()),
            *(f"{number(100 * share, 0, language())} %" for share in similar_place.shares),
        ]
        for similar_place in similar_places.nearest
    ]
    write_table(headings, rows, right_aligned=range(1, len(headings)))
    if similar_places.source_lists:
        typer.echo("")
        typer.echo(_("Koladas egna listor över liknande:"))
        for source_list in similar_places.source_lists:
            agreeing = ", ".join(names[code] for code in source_list.agreeing) or "–"
            typer.echo(
                _("  {area} {year}: {n} av {total} är desamma ({places})").format(
                    area=source_list.area,
                    year=source_list.year,
                    n=len(source_list.agreeing),
                    total=len(source_list.codes),
                    places=agreeing,
                )
            )
    typer.echo("")
    write_sentences(*similar_places.notes, *similar_places.method)
    typer.echo(_("Värden: {source}").format(source=render(similar_places.source, _)))
