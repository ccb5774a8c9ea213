"""Personal identity numbers: a file with one is refused, and the refusal does not repeat it.

The numbers are the example of Skatteverket's brochure (SKV 704) and made-up ones whose check digit is computed here.
"""

import io
from datetime import date, timedelta

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from domain.errors.files import PersonalIdentityNumberError
from domain.identity_number import is_identity_number
from spreadsheets import read_file
from spreadsheets.identity_numbers import find_identity_numbers
from spreadsheets.workbook import FileKind, Sheet, Workbook


def cells_with_numbers(*rows):
    cells = np.full((len(rows), max(map(len, rows))), None, dtype=object)
    for place, row in enumerate(rows):
        cells[place, : len(row)] = row
    workbook = Workbook("fil.xlsx", FileKind.XLSX, "", 0, (Sheet("Blad1", cells),))
    return [identity_number.cell for identity_number in find_identity_numbers(workbook)]


def with_check_digit(nine):
    products = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(nine)]
    return nine + str(-sum(sum(map(int, str(product))) for product in products) % 10)


# Skatteverket's own example (SKV 704) is 640823-323 with the check digit 4: 3 + 4 + 0 + 8 + 4 + 3 + 6 + 2 + 6 = 36, and 40 − 36 = 4.
EXAMPLE = "6408233234"


def test_the_published_example_has_its_check_digit():
    assert with_check_digit("640823323") == EXAMPLE
    assert is_identity_number(EXAMPLE)
    assert not is_identity_number("6408233235")
    assert not is_identity_number("6413233234")


@pytest.mark.parametrize(
    "text",
    [
        "640823-3234",
        "640823+3234",
        "640823–3234",
        "19640823-3234",
        "196408233234",
        "6408233234",
        "640823 - 3234",
        "Elev 640823-3234 gick ut i juni",
        "(640823-3234)",
    ],
)
def test_every_way_to_write_one_is_seen(text):
    assert cells_with_numbers(["Kommun", "Värde"], ["Haninge", text]) == ["B2"]


def test_coordination_numbers_have_their_day_raised_by_sixty():
    assert cells_with_numbers(
        [f"{with_check_digit('640883323')[:6]}-{with_check_digit('640883323')[6:]}"]
    ) == ["A1"]


def test_a_number_of_twelve_digits_is_one_though_no_text():
    assert cells_with_numbers(["Id"], [196408233234.0]) == ["A2"]


@pytest.mark.parametrize(
    "value",
    [
        "640823-3235",  # wrong check digit
        "641323-3234",  # no such month
        "640832-3234",  # no such day
        "556036-0793",  # an organisation number: its third digit is at least 2
        "16408233234",
        "1640823323456",
        "0,6408233234",
        "6408233234.5",
        6408233234.0,  # an amount may look so
        640823.3234,
        "2023-05-01",
        "070-123 45 67",
    ],
)
def test_numbers_that_only_look_like_identity_numbers_are_accepted(value):
    assert cells_with_numbers([value]) == []


def test_a_column_of_large_amounts_is_not_read_as_persons_because_of_one_match():
    amounts = [[f"{6_408_233_230 + step}"] for step in range(10)]
    assert cells_with_numbers(*amounts) == []
    assert cells_with_numbers(*([float(text)] for (text,) in amounts)) == []


def test_a_column_of_numbers_that_all_fit_is_persons_though_the_century_is_left_out():
    numbers = [[float(with_check_digit(f"6408{day}323"))] for day in range(10, 20)]
    assert len(cells_with_numbers(*numbers)) == 10


@given(
    days=st.integers(0, 45_000),
    serial=st.integers(0, 999),
    form=st.sampled_from(
        ["{short}-{last}", "{long}{last}", "{long}-{last}", "{short}+{last}", "person {short}-{last}."]
    ),
)
def test_any_right_number_is_found(days, serial, form):
    day = date(1900, 1, 1) + timedelta(days=days)
    ten = with_check_digit(f"{day:%y%m%d}{serial:03}")
    text = form.format(short=ten[:6], long=f"{day:%Y%m%d}", last=ten[6:])
    assert cells_with_numbers(["Haninge", text]) == ["B1"]


@given(
    st.lists(
        st.one_of(st.floats(0, 1e9, width=32), st.integers(0, 10**6).map(float)), min_size=1, max_size=50
    )
)
def test_figures_are_never_read_as_persons(values):
    assert cells_with_numbers(*([value] for value in values)) == []


def test_a_file_with_one_is_refused_with_the_cells_and_without_the_number():
    book = openpyxl.Workbook()
    for row in range(1, 14):
        book.active.cell(row, 3, f"640823-323{row if row == 4 else 4}")
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(PersonalIdentityNumberError) as refused:
        read_file(made.getvalue(), "elever.xlsx")
    message = str(refused.value)
    assert "Sheet!C1, Sheet!C2" in message
    assert "och 3 celler till" in message
    assert "640823" not in message
    assert "640823" not in repr(refused.value.values)


def test_one_in_a_hidden_sheet_or_a_text_file_is_seen_too():
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    hidden = book.create_sheet("Gömt")
    hidden["B2"] = "640823-3234"
    hidden.sheet_state = "veryHidden"
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(PersonalIdentityNumberError, match="Gömt!B2"):
        read_file(made.getvalue(), "fil.xlsx")
    with pytest.raises(PersonalIdentityNumberError, match="i B2"):
        read_file(b"Kommun;Elev\nHaninge;640823-3234\n", "fil.csv")


def test_one_in_a_comment_is_seen_too():
    book = openpyxl.Workbook()
    book.active["C3"] = 1
    book.active["C3"].comment = Comment("gäller 640823-3234", "Controller")
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(PersonalIdentityNumberError, match="Sheet!C3"):
        read_file(made.getvalue(), "fil.xlsx")
