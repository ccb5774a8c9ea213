"""Numbers, reasons, periods, places and genders as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference.municipalities import places
from domain.period import PARTS, Period
from domain.place import PlaceKind
from domain.value import Gender, NoValueReason
from pipelines.uploads.interpretation.genders import parse_gender, split_gender
from pipelines.uploads.interpretation.periods import parse_part, parse_period, split_period
from pipelines.uploads.interpretation.place_names import PlaceNames
from spreadsheets.written_numbers import parse_number
from spreadsheets.written_reasons import parse_reason

NAMES = PlaceNames(places(), ("0136",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 345,6", 12345.6),
        ("12\u00a0345,6", 12345.6),  # no-break space
        ("12\u202f345,6", 12345.6),  # narrow no-break space
        ("−3,2", -3.2),
        ("-3.2", -3.2),
        ("66 %", 66.0),
        ("97 kr", 97.0),
        ("12 345 kr/inv", 12345.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        (",5", 0.5),
        ("+3", 3.0),
        ("1E+05", 100000.0),
        ("12,5*", 12.5),
        ("12²", 12.0),
        ("12,5 1)", 12.5),
        ("0", 0.0),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, value: float) -> None:
    parsed = parse_number(text)
    assert parsed is not None
    assert parsed.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "12 tkr", "<5", "ca 40", "12 34", "(3)", "1-2", "18-64", "2022/23", "nan", "inf", "1e999"],
)
def test_text_that_means_more_than_its_digits_is_not_a_number(text: str) -> None:
    assert parse_number(text) is None


@given(
    st.integers(-10_000_000, 10_000_000), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", ""])
)
def test_every_number_that_swedes_write_comes_back(whole: int, hundredths: int, between: str) -> None:
    text = f"{whole:,}".replace(",", between).replace("-", "−") + f",{hundredths:02}"
    parsed = parse_number(text)
    assert parsed is not None
    assert parsed.value == pytest.approx(whole + (-1 if whole < 0 else 1) * hundredths / 100)


@given(st.text(max_size=80))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    (
        parse_number(text),
        parse_reason(text),
        parse_period(text),
        parse_part(text),
        parse_gender(text),
        split_gender(text),
    )
    split_period(text), NAMES.read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("..", NoValueReason.SUPPRESSED), ("…", NoValueReason.SUPPRESSED), ("Sekretess", NoValueReason.SUPPRESSED),
        (".", NoValueReason.NOT_APPLICABLE), ("Ej tillämpligt", NoValueReason.NOT_APPLICABLE), ("e.t.", NoValueReason.NOT_APPLICABLE),
        ("-", NoValueReason.MISSING), ("–", NoValueReason.MISSING), ("x", NoValueReason.MISSING), ("i.u.", NoValueReason.MISSING),
        ("Uppgift  saknas", NoValueReason.MISSING), ("ej rapp", NoValueReason.MISSING), ("n/a", NoValueReason.MISSING),
        ("0", None), ("", None), ("5", None), ("Haninge", None), ("---–", None),
    ],
)  # fmt: skip
def test_each_kind_of_nothing_is_its_own(text: str, reason: NoValueReason | None) -> None:
    assert parse_reason(text) is reason


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        (2023.0, "2023"), ("2023", "2023"), ("2023.0", "2023"), ("1998", "1998"), ("År 2023", "2023"), ("Utfall 2023", "2023"),
        ("2022/23", "2023"), ("läsåret 2022/2023", "2023"), ("2022-2023", "2023"), ("2022–23", "2023"),
        ("vt 2023", "2023-VT"), ("VT23", "2023-VT"), ("höstterminen 2022", "2022-HT"), ("2023 HT", "2023-HT"),
        ("2023 kv 1", "2023-Q1"), ("Q3 2023", "2023-Q3"), ("2023K2", "2023-Q2"), ("1:a kvartalet 2023", "2023-Q1"),
        ("jan-23", "2023-01"), ("maj 2023", "2023-05"), ("2023-05", "2023-05"), ("2023M05", "2023-05"), (202305.0, "2023-05"),
        ("2023-05-31", "2023-05"), ("2011-12", "2011-12"), ("2011/12", "2012"),
        ("2022/24", None), ("18-64", None), (126.0, None), ("1234", None), (True, None), ("", None), (2023.5, None),
    ],
)  # fmt: skip
def test_a_period_is_read_as_it_is_written(cell: object, period: str | None) -> None:
    parsed = parse_period(cell)
    assert (parsed and str(parsed.period)) == period


@given(st.integers(1950, 2099), st.sampled_from([part for parts in PARTS.values() for part in parts]))
def test_every_period_as_we_write_it_is_read_back(year: int, part: str) -> None:
    parsed = parse_period(str(Period(year, part)))
    assert parsed is not None
    assert parsed.period == Period(year, part)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Upplands-Väsby", "0114"), ("Upplands Väsby kommun", "0114"), ("Huddinge kn", "0126"), ("HUDDINGE  ", "0126"),
        ("Huddinges kommun", "0126"), ("Stockholms stad", "0180"), ("0126", "0126"), ("126", "0126"), (126.0, "0126"),
        ("0126 Huddinge", "0126"), ("Huddinge (0126)", "0126"), ("Borås kommun", "1490"), ("Borås stad", "1490"),
        ("Hofors kommun", "2104"), ("Malung", "2023"), ("Sodertalje", "0181"), ("Habo", "0643"), ("Håbo", "0305"),
        ("Dals Ed", "1438"), ("Kommun Huddinge", "0126"), ("Region Gotland", "0980"), ("1917", "0331"),
        ("Stockholms läns landsting", "0001"), ("Landstinget i Kalmar län", "0008"), ("Region Västra Götaland", "0014"),
        ("Jämtlands läns landsting", "0023"),
    ],
)  # fmt: skip
def test_a_place_is_known_by_its_code_and_its_name_in_every_variant(text: object, code: str) -> None:
    read = NAMES.read(text)
    assert read is not None
    assert read.code == code


@pytest.mark.parametrize(
    "text", ["Hudinge", "0126 Haninge", "Källa: Kolada", "kommun", "9999", 0.0, "0", 12.5, None, True, ""]
)
def test_a_near_match_of_a_place_is_no_place(text: object) -> None:
    assert NAMES.read(text) is None


@given(
    st.sampled_from([place for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]),
    st.sampled_from(["{}", "{} kommun", " {}  ", "{}s kommun", "{} kn"]),
    st.sampled_from([str, str.upper, str.lower]),
)
def test_every_municipality_is_known_in_every_variant(place, pattern: str, case) -> None:
    read = NAMES.read(case(pattern.format(place.name)))
    assert read is not None
    assert read.code == place.code


@pytest.mark.parametrize(
    ("text", "gender", "rest"),
    [
        ("Andel nöjda, kvinnor", Gender.WOMEN, "Andel nöjda"),
        ("Andel nöjda (%) män", Gender.MEN, "Andel nöjda (%)"),
        ("Andel nöjda (K)", Gender.WOMEN, "Andel nöjda"),
        ("Kvinnor - andel nöjda", Gender.WOMEN, "andel nöjda"),
        ("Andel nöjda, kvinnor och män", Gender.TOTAL, "Andel nöjda"),
        ("Bilväg, total, meter", None, "Bilväg, total, meter"),
    ],
)
def test_a_gender_is_removed_from_a_heading(text: str, gender: Gender | None, rest: str) -> None:
    assert split_gender(text) == (gender, rest)
