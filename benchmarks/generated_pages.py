"""Raw pages in Kolada's form, with as many generated values as asked for."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from data.reference import places
from domain.place import PlaceKind
from pipelines.kolada.page_forms import read_envelope
from pipelines.kolada.raw_pages import RawPage, RawPages, raw_folder
from pipelines.kolada.request_plan import MOST_IDS_IN_A_SEGMENT, ROWS_ON_A_PAGE
from pipelines.kolada.transform import RequestedScope

YEARS = tuple(range(2000, 2025))
GENDERS = 3
SOURCE = "http://127.0.0.1/v3"

PAGES_OF_A_CHAIN = """
with cells as (
    select
        kpi,
        place,
        year,
        round(50 + 30 * sin(hash(kpi, place)::double) + 5 * sin(hash(kpi, place, year)::double), 6) as value,
        hash(place, year, kpi) % 50 = 0 as is_suppressed
    from unnest($kpis) as k (kpi), unnest($places) as p (place), unnest($years) as y (year)
),
records as (
    select
        row_number() over (order by kpi, place, year) - 1 as number,
        '{"kpi":"' || kpi || '","period":' || year || ',"municipality":"' || place || '","values":['
        || '{"gender":"T","count":1,"status":"","value":' || value || ',"isdeleted":false},'
        || if(
            is_suppressed,
            '{"gender":"K","count":1,"status":"Privacy","value":null,"isdeleted":false},'
            || '{"gender":"M","count":1,"status":"Privacy","value":null,"isdeleted":false}',
            '{"gender":"K","count":1,"status":"","value":' || (value - 1) || ',"isdeleted":false},'
            || '{"gender":"M","count":1,"status":"","value":' || (value + 1) || ',"isdeleted":false}'
        )
        || ']}' as record
    from cells
)
select '{"values":[' || string_agg(record, ',' order by number) || '],"count":' || count(*) || ',"next_url":null}'
from records
group by number // $rows_on_a_page
order by number // $rows_on_a_page
"""


def place_codes() -> list[str]:
    return sorted(places())


def kpi_ids(value_count: int) -> list[str]:
    """As many made-up ids as it takes to hold this many values."""
    values_of_a_kpi = len(place_codes()) * len(YEARS) * GENDERS
    return [f"N{number:05d}" for number in range(1, max(value_count // values_of_a_kpi, 1) + 1)]


def municipality_codes() -> list[str]:
    return [place.code for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]


def land(home: Path, value_count: int) -> tuple[RawPages, list[list[RawPage]], RequestedScope]:
    """Land the pages that hold the values, in chains as a sync would have fetched them."""
    landing = RawPages.begin(raw_folder(home), "generated", {"generated": str(value_count)})
    kpis = kpi_ids(value_count)
    chains = [
        [
            landing.keep(f"{SOURCE}/{start}?page={number}", body, read_envelope(body), None)
            for number, body in enumerate(_bodies(kpis[start : start + MOST_IDS_IN_A_SEGMENT]), start=1)
        ]
        for start in range(0, len(kpis), MOST_IDS_IN_A_SEGMENT)
    ]
    scope = RequestedScope(frozenset(kpis), frozenset(YEARS), frozenset(place_codes()), takes_any_place=False)
    return landing, chains, scope


def _bodies(kpis: list[str]) -> Iterator[bytes]:
    with duckdb.connect() as connection:
        pages = connection.execute(
            PAGES_OF_A_CHAIN,
            {
                "kpis": kpis,
                "places": place_codes(),
                "years": list(YEARS),
                "rows_on_a_page": ROWS_ON_A_PAGE,
            },
        ).fetchall()
    for (page,) in pages:
        yield page.encode()
