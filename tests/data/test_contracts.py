"""What breaks a contract is refused with counts and examples, and leaves the store as it was."""

import pandas as pd
import pytest

from data.contracts.dictionary import DICTIONARY_FILE, data_dictionary
from data.store.figures import open_lake
from data.store.lake import open_figures
from data.store.writing import write_release
from disclosure.writing import stored_rows
from domain.errors.storage import ContractError

GOOD = ("N00001", "0180", 2020, "T", 1.0)


def merge(home, *files):
    return write_release(
        home.figures,
        lambda writer: writer.merge_indicator_values(list(files)),
        run_id="run",
        description="prov",
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("N1", "0180", 2020, "T", 1.0), "kpi_id is_kpi_id: 1 (N1)"),
        ((None, "0180", 2020, "T", 1.0), "kpi_id"),
        (("N00001", "Stockholm", 2020, "T", 1.0), "municipality_id is_place_code: 1 (Stockholm)"),
        (("N00001", "0180", 1066, "T", 1.0), "year is_plausible_year: 1 (1066)"),
        (("N00001", "0180", 2020, "X", 1.0), "gender is_gender: 1 (X)"),
        (("N00001", "0180", 2020, "T", float("inf")), "value is_finite: 1 (inf)"),
        (("N00001", "0180", 2020, "T", float("nan")), "value is_finite: 1"),
        (("N00001", "0180", 2020, "T", "secret"), "reason is_reason: 1 (secret)"),
        (("N00001", "0180", 2020, "T", None), "number_or_reason: 1 (N00001 0180 2020 T"),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused_by_name(home, stage, row, reason):
    with pytest.raises(ContractError) as refused:
        merge(home, stage([("U00001", "0180", 2020, "T", 1.0), row]))

    assert reason in str(refused.value)


def test_a_number_with_a_reason_is_refused(home, stage, tmp_path):
    both = pd.read_parquet(stage([GOOD])).assign(reason="missing")
    both.to_parquet(tmp_path / "both.parquet", index=False)

    with pytest.raises(ContractError, match="number_or_reason: 1"):
        merge(home, tmp_path / "both.parquet")


def test_two_rows_with_one_key_are_refused_even_from_two_files(home, stage):
    with pytest.raises(ContractError, match=r"key_is_unique: 1 \(N00001 0180 2020 T\)"):
        merge(home, stage([GOOD]), stage([GOOD]))


def test_a_refused_write_leaves_the_store_unchanged(home, stage):
    merge(home, stage([GOOD]))
    with pytest.raises(ContractError):
        merge(home, stage([("N00001", "0180", 2020, "T", 2.0), ("N00002", "0180", 2020, "X", 2.0)]))

    with open_figures(home) as figures:
        assert len(figures.releases()) == 1
        assert stored_rows(figures.indicator_values(figures.latest_release(), kpi_ids=["N00001"]))[
            "value"
        ].tolist() == [1.0]


def test_a_catalogue_that_names_a_kpi_twice_is_refused(home):
    kpi = {
        "id": "N00001",
        "title": "Andel (%)",
        "unit": "%",
        "description": "",
        "is_divided_by_gender": False,
        "municipality_type": "K",
        "operating_area": "",
        "perspective": "",
        "publication_date": None,
        "prel_publication_date": "2026-04-01",
        "publication_period": None,
    }
    with pytest.raises(ContractError, match=r"kpi sparades inte.*id field_uniqueness: 2"):
        write_release(
            home.figures,
            lambda writer: writer.replace_kpis(pd.DataFrame([kpi, kpi])),
            run_id="run",
            description="prov",
        )


def test_small_tables_are_read_back_as_they_were_written(home, stage):
    breaks = pd.DataFrame(
        [
            ("N00001", None, 100.0, 1.0, "run", "between_releases"),
            ("N00001", 2011, 0.5, 0.9, "run", "between_years"),
        ],
        columns=["kpi_id", "first_year", "factor", "share_of_places", "found_by_run", "kind"],
    )
    coverage = pd.DataFrame(
        [("N00001", 2000, 2024, "all", "2026-11-21")],
        columns=["kpi_id", "first_year", "last_year", "municipalities", "fetched_at"],
    )
    newer = coverage.assign(fetched_at="2026-11-22")

    def work(writer):
        writer.replace_groups(
            pd.DataFrame([("G1", "Grannar")], columns=["group_id", "title"]),
            pd.DataFrame(
                [("G1", "0380", 1), ("G1", "0180", 0)], columns=["group_id", "municipality_id", "position"]
            ),
        )
        assert writer.add_level_breaks(breaks)
        assert not writer.add_level_breaks(breaks), "the same breaks again are nothing new"
        assert writer.record_coverage(coverage)
        assert writer.record_coverage(newer)
        assert writer.coverage()["fetched_at"].tolist() == ["2026-11-22"]
        return writer.merge_indicator_values([stage([GOOD])])

    write_release(home.figures, work, run_id="run", description="prov")

    with open_figures(home) as figures:
        release = figures.latest_release()
        assert figures.group_members(release, "G1") == ("0180", "0380")
        assert figures.municipality_groups(release).to_numpy().tolist() == [["G1", "Grannar", 2]]
        first_years = figures.level_breaks(release, ["N00001"])["first_year"].tolist()
        assert first_years == [pd.NA, 2011]
        assert figures.level_breaks(release, ["N00002"]).empty
        assert figures.coverage()["fetched_at"].tolist() == ["2026-11-22"]


def test_a_commit_that_only_corrects_the_catalogue_is_no_release_but_is_read_with_the_newest(home, stage):
    merge(home, stage([GOOD]))
    places = pd.DataFrame([("0180", "Stockholm", "K")], columns=["id", "title", "type"])
    write_release(
        home.figures, lambda writer: writer.replace_municipalities(places), run_id="later", description="prov"
    )

    with open_figures(home) as figures:
        assert [release.run_id for release in figures.releases()] == ["run"]
        assert figures.municipalities(figures.latest_release())["title"].tolist() == ["Stockholm"]
        assert figures.run_ids() == {"run", "later"}


def test_nothing_is_made_where_only_refused_values_came(home, stage):
    with pytest.raises(ContractError):
        merge(home, stage([("N1", "0180", 2020, "T", 1.0)]))

    with open_lake(home.figures) as figures:
        assert figures.releases() == []


def test_the_data_dictionary_is_current():
    assert DICTIONARY_FILE.read_text(encoding="utf-8") == data_dictionary(), (
        "write it anew: .venv/bin/python -m data.contracts.dictionary"
    )
