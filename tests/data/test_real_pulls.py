"""Two real pulls from Kolada, one on top of the other."""

from pathlib import Path

import duckdb
import pytest

from data.store.lake import open_figures
from data.store.writing import Scope, write_release
from disclosure.writing import stored_rows

PULLS = Path(__file__).parents[3] / "shared" / "kolada"
STAGE_PULL = """
COPY (
    SELECT
        kpi AS kpi_id, municipality AS municipality_id, period::INTEGER AS year, gender,
        CASE WHEN status = '' THEN value END AS value,
        CASE
            WHEN status = 'Privacy' THEN 'suppressed'
            WHEN status = 'Not applicable' THEN 'not_applicable'
            WHEN status = 'Missing' OR value IS NULL THEN 'missing'
        END AS reason,
        false AS is_deleted
    FROM read_parquet($pull)
) TO '{target}'
"""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PULLS.exists(), reason="the development material is not beside the project"),
]


def staged_pull(day: str, folder: Path) -> Path:
    target = folder / f"{day}.parquet"
    duckdb.connect().execute(STAGE_PULL.format(target=target), {"pull": str(PULLS / f"pull-{day}.parquet")})
    return target


def test_the_later_pull_revises_as_a_plain_join_of_the_two_says(home, tmp_path):
    earlier, later = staged_pull("2023-03-28", tmp_path), staged_pull("2024-01-30", tmp_path)
    connection = duckdb.connect()
    (expected,) = connection.execute(
        """
        SELECT
            count(*) FILTER (earlier.kpi_id IS NULL) AS new,
            count(*) FILTER (later.kpi_id IS NULL) AS gone,
            count(*) FILTER (
                later.kpi_id IS NOT NULL AND earlier.kpi_id IS NOT NULL
                AND (later.value IS DISTINCT FROM earlier.value OR later.reason IS DISTINCT FROM earlier.reason)
            ) AS changed
        FROM read_parquet($earlier) AS earlier
        FULL JOIN read_parquet($later) AS later USING (kpi_id, municipality_id, year, gender)
        """,
        {"earlier": str(earlier), "later": str(later)},
    ).fetchall()
    kpi_ids = [
        kpi_id
        for (kpi_id,) in connection.execute(
            "SELECT DISTINCT kpi_id FROM read_parquet($f)", {"f": str(later)}
        ).fetchall()
    ]
    scope = Scope(kpi_ids=kpi_ids, years=range(2000, 2031))

    for file, full_scope in ((earlier, None), (later, scope)):
        counts = write_release(
            home.figures,
            lambda writer, file=file, full_scope=full_scope: writer.merge_indicator_values(
                [file], full_scope=full_scope
            ),
            run_id=file.stem,
            description="prov",
        )

    with open_figures(home) as figures:
        first, second = figures.releases()
        revised = stored_rows(figures.revisions(first, second))["change"].value_counts()
        assert (counts.new, counts.withdrawn, counts.changed) == (
            revised["new"],
            revised["withdrawn"],
            revised["changed"],
        )
        # A KPI that the later pull does not hold at all is kept.
        kept_on = connection.execute(
            "SELECT count(*) FROM read_parquet($e) WHERE kpi_id NOT IN (SELECT kpi_id FROM read_parquet($l))",
            {"e": str(earlier), "l": str(later)},
        ).fetchall()[0][0]
        assert (counts.new, counts.withdrawn, counts.changed) == (
            expected[0],
            expected[1] - kept_on,
            expected[2],
        )
        for release, file in ((first, earlier), (second, later)):
            table = stored_rows(figures.indicator_values(release, kpi_ids=kpi_ids))
            (count, total) = connection.execute(
                "SELECT count(*), sum(value) FROM read_parquet($f) WHERE kpi_id IN (SELECT unnest($k))",
                {"f": str(file), "k": kpi_ids},
            ).fetchall()[0]
            assert len(table) == count
            assert table["value"].sum() == pytest.approx(total)
