"""Real exports, read cell for cell as another reader reads them."""

from pathlib import Path

import openpyxl
import pytest

from spreadsheets import read_file

SHARED = Path(__file__).parents[3] / "shared" / "spreadsheets"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the development material is not beside the project"),
]

# Two rows of headings; then 26 municipalities × 4 measures; 27 (one twice and a mean) × 5; and 290 municipalities.
SIZES = {
    "Kolada_2005.xlsx": (2 + 26 * 4, 2 + 15),
    "Kolada_3.xlsx": (2 + 28 * 5, 2 + 8),
    "kommuner_invanare.xlsx": (1 + 290, 1 + 22),
}


@pytest.mark.parametrize("name", SIZES)
def test_a_real_workbook_is_read_whole(name):
    workbook = read_file((SHARED / name).read_bytes(), name)
    (sheet,) = workbook.sheets
    assert sheet.cells.shape == SIZES[name]
    by_another = [
        [cell if cell != "" else None for cell in row]
        for row in openpyxl.load_workbook(SHARED / name, data_only=True)
        .worksheets[0]
        .iter_rows(values_only=True)
    ]
    assert sheet.cells.tolist() == by_another
    assert not sheet.errors
    assert not sheet.unread_formulas
    assert workbook.notes == ()
