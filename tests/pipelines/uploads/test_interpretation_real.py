"""Real exports and real messy sheets, every value compared with the raw cells."""

from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from data.reference.municipalities import places
from pipelines.uploads.interpretation import interpret
from pipelines.uploads.interpreted_file import InterpretedFile
from spreadsheets import read_file
from tests.pipelines.uploads.sheets import context

SHEETS = Path(__file__).parents[4] / "shared" / "spreadsheets"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHEETS.exists(), reason="the development material is not here"),
]
TITLES = {
    "N01951": "Invånare totalt, antal",
    "N00905": "Mediannettoinkomst, kr/inv 20+",
    "N07805": "Bilväg i kommunen, total, meter/inv",
    "N07821": "Bilväg i kommunen, total, meter",
    "U07917": "Genomsnittlig körsträcka med personbil, mil/inv",
    "U07918": "Genomsnittlig körsträcka med personbil, mil/personbil",
    "N03920": "Arbetslösa av befolkningen, 18-65 år, andel (%)",
}


def of_file(name: str) -> InterpretedFile:
    return interpret(read_file((SHEETS / name).read_bytes(), name), context(titles=TITLES))


def raw(name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(SHEETS / name).get_sheet_by_index(0).to_python(skip_empty_area=False)


def number(cell: object) -> bool:
    return isinstance(cell, int | float)


def test_the_county_export_is_read_cell_by_cell() -> None:
    name = "Kolada_2005.xlsx"
    values, cells = of_file(name).values, raw(name)
    assert len(values) == sum(number(cell) for row in cells[2:] for cell in row[2:])
    assert set(values["problem"]) == {""}
    for itertuple in values.itertuples():
        assert itertuple.value == cells[itertuple.row - 1][itertuple.column - 1]
        assert places()[itertuple.municipality_code].name == cells[itertuple.row - 1][1]
        assert itertuple.period == cells[1][itertuple.column - 1]
        assert itertuple.measure_text == " ".join(str(cells[itertuple.row - 1][0]).split())
    assert set(values["measure_id"]) == {
        "N01951",
        "N00905",
        "",
    }  # two titles are not those of today: 18-64 is not 18-65


def test_sollentuna_is_read_once_and_the_mean_of_the_county_not_at_all() -> None:
    name = "Kolada_3.xlsx"
    file, cells = of_file(name), raw(name)
    rows = [row for row in cells[2:] if row[1] != "Stockholms läns kommuner (ovägt medel)"]
    expected = {
        (row[0], row[1], cells[1][at]): row[at] for row in rows for at in range(2, 10) if number(row[at])
    }
    got = {
        (cells[row.row - 1][0], cells[row.row - 1][1], row.period): row.value
        for row in file.values.itertuples()
    }
    assert len(file.values) == len(expected) == 712
    assert got == expected
    assert {"mean_row", "same_twice"} <= {note.rule for note in file.notes}
    assert set(file.values["measure_id"]) == {"N07805", "U07917", ""}


@pytest.mark.parametrize(("name", "count", "years"), [("N00800.xls", 2610, 9), ("N00084.xls", 1160, 4)])
def test_old_binary_exports_are_read_whole_under_the_title_that_they_had(
    name: str, count: int, years: int
) -> None:
    values, cells = of_file(name).values, raw(name)
    assert len(values) == len(cells) - 1 == count
    assert values["municipality_code"].nunique() == 290
    assert values["period"].nunique() == years
    assert np.array_equal(values["value"], [float(row[3]) for row in cells[1:]])  # type: ignore[arg-type]
    assert [places()[code].name for code in values["municipality_code"]] == [row[1] for row in cells[1:]]
    assert set(values["measure_id"]) == {""}
    assert set(values["measure_text"]) == {cells[1][0]}


def test_a_sheet_named_for_something_else_holds_inhabitants_of_nobody_knows_which_measure() -> None:
    name = "kommuner_invanare.xlsx"
    file, cells = of_file(name), raw(name)
    assert len(file.values) == sum(number(cell) for row in cells[1:] for cell in row[1:])
    assert file.values["value"].sum() == sum(cell for row in cells[1:] for cell in row[1:] if number(cell))  # type: ignore[misc]
    assert file.values["municipality_code"].nunique() == 290
    assert sorted(set(file.values["period"])) == [str(year) for year in range(1998, 2020)]
    assert [note.rule for note in file.notes] == ["no_measure"]
