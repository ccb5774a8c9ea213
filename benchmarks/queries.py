"""The questions behind Översikt and Mått: the product's answers against bare SQL over the same store.

The bare SQL gives the same figures (values, places, quartiles) as rows, without a method, a status or a verdict.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from answers.library import build_library
from answers.overview import build_overview
from answers.trend import compare_development
from benchmarks.generated_pages import YEARS, kpi_ids, municipality_codes
from benchmarks.measuring import Row, measured, median_seconds
from data.reference import places
from data.settings import read_settings
from data.store.connection import connect
from data.store.lake import open_figures
from data.store.writing import FiguresWriter, write_release
from domain.comparison import ColourAmong
from domain.group import GroupReference
from domain.place import PlaceKind

MEMBERS = 8
MEASURES = 40

# One scan, and quartiles by group instead of by window: twice as fast as the question written naively.
BARE_OVERVIEW = """
with cells as materialized (
    select kpi_id, municipality_id, year, value
    from lake.indicator_value
    where kpi_id between $first and $last and list_contains($kpis::VARCHAR[], kpi_id) and gender = 'T'
        and municipality_id >= '0100' and value is not null
),
latest as (select kpi_id, max(year) as year from cells group by kpi_id),
everybody as (
    select kpi_id, municipality_id, value,
        rank() over (partition by kpi_id order by value desc) as place
    from cells semi join latest using (kpi_id, year)
),
figures as (
    select kpi_id, quantile_cont(value, [0.25, 0.5, 0.75]) as quartiles, avg(value) as mean from everybody group by kpi_id
),
series as (
    select kpi_id, municipality_id, list(value order by year) as series
    from cells where list_contains($members::VARCHAR[], municipality_id) group by kpi_id, municipality_id
)
select * from everybody join figures using (kpi_id) join series using (kpi_id, municipality_id)
"""

BARE_MEASURE = """
select
    municipality_id, year, value,
    rank() over (partition by year order by value desc) as place,
    quantile_cont(value, [0.25, 0.5, 0.75]) over (partition by year) as quartiles,
    avg(value) over (partition by year) as mean
from lake.indicator_value
where kpi_id = $kpi and gender = 'T' and municipality_id >= '0100'
"""


def write_catalogue(home: Path, value_count: int) -> None:
    """The names of the generated KPIs and of the places, which the answers look up."""
    kpis = pd.DataFrame({"id": kpi_ids(value_count)})
    kpis["title"] = "Generated " + kpis["id"] + ", andel (%)"
    kpis = kpis.assign(
        unit="%",
        description="",
        is_divided_by_gender=True,
        municipality_type="A",
        operating_area="",
        perspective="",
        publication_date=None,
        prel_publication_date=None,
        publication_period=None,
    )
    named = pd.DataFrame(
        [
            (place.code, place.name, "K" if place.kind is PlaceKind.MUNICIPALITY else "L")
            for place in places().values()
        ],
        columns=["id", "title", "type"],
    )

    def work(writer: FiguresWriter) -> None:
        writer.replace_kpis(kpis)
        writer.replace_municipalities(named)

    write_release(
        read_settings(home).figures, work, run_id="generated-catalogue", description="generated names"
    )


def query_rows(home: Path, value_count: int) -> list[Row]:
    """Both questions, bare and answered. As in the app, one library is kept for a release; no question comes twice."""
    write_catalogue(home, value_count)
    kpis = kpi_ids(value_count)
    chosen = kpis[:: max(len(kpis) // MEASURES, 1)][:MEASURES]
    members = municipality_codes()[:MEMBERS]
    parameters = {"kpis": chosen, "first": min(chosen), "last": max(chosen), "members": members}

    with (
        connect(read_settings(home).figures, read_only=True) as bare,
        open_figures(read_settings(home)) as figures,
    ):
        library = build_library(figures, figures.latest_release())
        group = library.groups.resolve(GroupReference.parse(f"codes:{','.join(members)}"))
        everybody = library.groups.resolve(GroupReference.parse("all"))
        next_bare, next_ours = iter(kpis), iter(kpis)

        def our_overview() -> None:
            build_overview(
                library, measure_ids=chosen, group=group, focus=members[0], colour_among=ColourAmong.ALL
            )

        return [
            _row(
                f"Översikt: {MEMBERS} municipalities × {len(chosen)} measures, latest year, places among all",
                lambda: bare.execute(BARE_OVERVIEW, parameters).fetchall(),
                our_overview,
                limit=1.5,
            ),
            _row(
                f"Mått: one measure × {len(everybody.codes)} municipalities × {len(YEARS)} years",
                lambda: bare.execute(BARE_MEASURE, {"kpi": next(next_bare)}).fetchall(),
                lambda: compare_development(library, measure_id=next(next_ours), group=everybody),
                limit=2.0,
            ),
        ]


def _row(name: str, bare: Callable[[], object], ours: Callable[[], object], *, limit: float) -> Row:
    bare_seconds, seconds = median_seconds(bare), median_seconds(ours)
    return Row(
        name=name,
        ours=f"{seconds * 1000:.0f} ms",
        bare=f"{bare_seconds * 1000:.0f} ms",
        figure=seconds / bare_seconds,
        limit=limit,
        memory=f"{measured(ours).peak_mib:,.0f} MiB",
    )
