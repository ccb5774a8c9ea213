"""Forty places with sixteen years and known effects: the same two movements for all, in different mixtures."""

import numpy as np
import pandas as pd

from data.reference import places
from data.store.writing import write_release
from domain.place import PlaceKind
from tests.homes import home_at

YEARS = range(2008, 2024)
TREATED = "0136"  # Haninge
TREATED_FROM = 2018
EFFECT = 6.0
SAME_ELSEWHERE = {"0180": 2016, "1480": 2018, "1280": 2020}  # minus five in each
ELSEWHERE_EFFECT = -5.0
N_PLACES = 40
MEASURES = {
    "N15428": "Elever i åk 9 behöriga till yrkesprogram, andel (%)",  # plus six in Haninge from 2018
    "N15508": "Elever i åk 9 med godkänt i alla ämnen, andel (%)",  # nothing anywhere
    "N17461": "Gymnasieelever med examen inom 4 år, andel (%)",  # a new definition in 2015
    "U07417": "Anmälda stölder, antal/1 000 inv",  # the whole history moved by a factor
    "N11821": "Barn 3-5 år inskrivna i förskola, andel (%)",  # begins in 2015
    "N07914": "Trångboddhet, norm 3, andel (%)",  # three places, one year after another
    "N00945": "Pappors andel av vabdagarna, andel (%)",  # holes of every kind
}
ROW = ["kpi_id", "municipality_id", "year", "gender", "value", "reason", "is_deleted"]


def codes():
    """Haninge, the three, and the first others by code."""
    chosen = [TREATED, *SAME_ELSEWHERE]
    others = [place.code for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]
    return chosen + [other for other in sorted(others) if other not in chosen][: N_PLACES - len(chosen)]


def values():
    """(measure, place, year) → number."""
    chance = np.random.default_rng(11)
    years = np.arange(len(YEARS))
    numbers = {}
    for kpi_id in MEASURES:
        movements = np.array([0.3 * years, np.cumsum(chance.normal(0, 1.0, years.size))])
        mixtures = chance.dirichlet([8.0, 8.0], N_PLACES)
        level = chance.normal(70, 4, (N_PLACES, 1))
        series = level + mixtures @ movements + chance.normal(0, 0.4, (N_PLACES, years.size))
        for code, row in zip(codes(), series, strict=True):
            for year, value in zip(YEARS, row, strict=True):
                numbers[kpi_id, code, year] = float(value)
    for kpi_id, code, year in numbers:
        if kpi_id in {"N15428", "U07417", "N17461", "N00945"} and code == TREATED and year >= TREATED_FROM:
            numbers[kpi_id, code, year] += EFFECT
        if kpi_id == "N07914" and year >= SAME_ELSEWHERE.get(code, 9999):
            numbers[kpi_id, code, year] += ELSEWHERE_EFFECT
    return {
        (kpi_id, code, year): value
        for (kpi_id, code, year), value in numbers.items()
        if kpi_id != "N11821" or year >= 2015
    }


HOLES = {
    (TREATED, 2012): "suppressed",
    ("0180", 2010): "suppressed",
    ("1280", 2011): "missing",
    ("1480", 2013): "not_applicable",
}


def rows():
    for (kpi_id, code, year), value in values().items():
        reason = HOLES.get((code, year)) if kpi_id == "N00945" else None
        yield kpi_id, code, year, "T", None if reason else value, reason, False


def made(home, *, is_made_up=False):
    """A home with one release of it."""
    places_of = home_at(home)
    location = places_of.demonstration if is_made_up else places_of.figures

    def write(writer):
        writer.replace_kpis(_catalogue())
        writer.replace_municipalities(
            pd.DataFrame([("0000", "Riket", "L"), ("0136", "Haninge", "K")], columns=["id", "title", "type"])
        )
        breaks = [
            ("U07417", None, 100.0, 1.0, "run-1", "between_releases"),
            ("N17461", 2015, 1.25, 1.0, "run-1", "between_years"),
        ]
        columns = ["kpi_id", "first_year", "factor", "share_of_places", "found_by_run", "kind"]
        writer.replace_level_breaks(pd.DataFrame(breaks, columns=columns).astype({"first_year": "Int32"}))
        table = pd.DataFrame(list(rows()), columns=ROW).astype({"value": "float64", "year": "int32"})
        table.to_parquet(home / "rows.parquet")
        return writer.merge_indicator_values([home / "rows.parquet"])

    write_release(location, write, run_id="run-1", description="kända effekter")
    return home


def _catalogue():
    return pd.DataFrame(
        [
            {
                "id": id_,
                "title": title,
                "unit": "%",
                "description": "",
                "is_divided_by_gender": False,
                "municipality_type": "K",
                "operating_area": "Skola",
                "perspective": "Kvalitet",
                "publication_date": "2026-08-28",
                "prel_publication_date": None,
                "publication_period": None,
            }
            for id_, title in MEASURES.items()
        ]
    )
