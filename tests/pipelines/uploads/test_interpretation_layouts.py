"""Whatever the layout and the writer, what is read is what was written, or the cell is reported."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.reference.municipalities import places
from domain.value import NoValueReason
from pipelines.uploads.interpretation import interpret
from pipelines.uploads.interpreted_file import InterpretedFile
from tests.pipelines.uploads.sheets import LAYOUTS, NAMES, Key, Truth, Writing, context, workbook

CODES = ("0114", "0126", "0136", "0181")
SIGNS_AND_WORDS: tuple[Mapping[NoValueReason, str], ...] = (
    {NoValueReason.MISSING: "-", NoValueReason.NOT_APPLICABLE: ".", NoValueReason.SUPPRESSED: ".."},
    {
        NoValueReason.MISSING: "–",
        NoValueReason.NOT_APPLICABLE: "ej tillämpligt",
        NoValueReason.SUPPRESSED: "sekretess",
    },
    {
        NoValueReason.MISSING: "i.u.",
        NoValueReason.NOT_APPLICABLE: "e.t.",
        NoValueReason.SUPPRESSED: "För litet underlag",
    },
    {NoValueReason.MISSING: "X", NoValueReason.NOT_APPLICABLE: " . ", NoValueReason.SUPPRESSED: ".. "},
)


def swedish(number: float) -> str:
    """`1 234,5` with a no-break space."""
    return f"{number:,.1f}".replace(",", "\u00a0").replace(".", ",")


def full(values: int = 0) -> Truth:
    """Every measure, place, year and gender, with a number or a reason that no other cell has."""
    truth: dict[Key, float | NoValueReason] = {}
    for at, measure_id in enumerate(NAMES):
        for code in CODES:
            for period in ("2021", "2022", "2023"):
                for gender in "TKM":
                    truth[measure_id, code, period, gender] = 10.5 + at * 1000 + len(truth)
    reasons = list(NoValueReason)
    for at, key in enumerate(list(truth)[5::17]):
        truth[key] = reasons[at % 3]
    truth[next(iter(truth))] = 0.0
    return truth


def read(interpreted: InterpretedFile) -> dict[Key, Any]:
    """What was read, in the form of the truth; fails if a cell was read twice."""
    rows: dict[Key, Any] = {}
    frame = interpreted.values
    for row in frame[frame["problem"] == ""].itertuples():
        key = (row.measure_id, row.municipality_code, row.period, row.gender)
        assert key not in rows, key
        rows[key] = NoValueReason(row.reason) if isinstance(row.reason, str) else row.value
    return rows


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(layout: str) -> None:
    truth = full()
    interpreted = interpret(workbook(*LAYOUTS[layout](truth, Writing())), context())
    assert read(interpreted) == truth
    assert set(interpreted.values["problem"]) == {""}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_as_text_too(layout: str) -> None:
    truth = full()
    how = Writing(
        number=swedish, place=lambda code: f"{places()[code].name} kommun ", title="Resultat i Södertörn"
    )
    how.note = "Källa: egen statistik 2024-02-11"
    interpreted = interpret(workbook(*LAYOUTS[layout](truth, how)), context())
    assert read(interpreted) == truth  # one decimal, which is all that was written


writings = st.builds(
    Writing,
    place=st.sampled_from(
        [
            lambda code: places()[code].name,
            lambda code: code,
            lambda code: f"{code} {places()[code].name}",
            lambda code: f"{places()[code].name.replace(' ', '-')} kommun",
            lambda code: f" {places()[code].name.upper()}  ",
        ]
    ),
    period=st.sampled_from(
        [lambda period: period, float, lambda period: f"{period}.0", lambda period: f"År {period}"]
    ),
    number=st.sampled_from([lambda number: number, swedish, lambda number: f"{number:.1f}"]),
    reasons=st.sampled_from(SIGNS_AND_WORDS),
    gender=st.sampled_from(
        [
            lambda gender: {"T": "Totalt", "K": "Kvinnor", "M": "Män"}[gender],
            lambda gender: gender,
            lambda gender: {"T": "Alla", "K": "Flickor", "M": "Pojkar"}[gender],
        ]
    ),
    measure=st.sampled_from(
        [
            lambda measure_id: NAMES[measure_id],
            lambda measure_id: measure_id,
            lambda measure_id: NAMES[measure_id].upper().replace(" ", "  "),
        ]
    ),
    title=st.sampled_from(["", "Uppföljning av verksamheten", "Sammanställning, uttag 2024-01-30"]),
    note=st.sampled_from(["", "Källa: kommunens egna uppgifter", "* Preliminärt värde"]),
)
numbers = st.one_of(
    st.floats(-9999, 9999).map(lambda number: round(number, 1) + 0.0),
    st.sampled_from([0.0, 2010.0, 1999.0, 100.0, 126.0]),
    st.sampled_from(list(NoValueReason)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    layout=st.sampled_from(sorted(LAYOUTS)),
    how=writings,
    measures=st.sets(st.sampled_from(sorted(NAMES)), min_size=1),
    codes=st.sets(st.sampled_from(CODES), min_size=2),
    periods=st.sets(st.sampled_from(["2021", "2022", "2023"]), min_size=2),
    genders=st.sampled_from(["TKM", "KM"]),
    data=st.data(),
)
def test_whatever_the_layout_nothing_is_read_wrongly_or_lost_without_a_word(
    layout: str,
    how: Writing,
    measures: set[str],
    codes: set[str],
    periods: set[str],
    genders: str,
    data: st.DataObject,
) -> None:
    keys = [
        (m, c, p, g)
        for m in sorted(measures)
        for c in sorted(codes)
        for p in sorted(periods)
        for g in genders
    ]
    values = data.draw(st.lists(numbers, min_size=len(keys), max_size=len(keys)))
    truth = dict(zip(keys, values, strict=True))
    interpreted = interpret(workbook(*LAYOUTS[layout](truth, how)), context())
    got = read(interpreted)
    for key, value in got.items():
        if key[0]:
            expected = truth[key]
            assert value == (
                expected if isinstance(expected, NoValueReason) else pytest.approx(expected, abs=0.051)
            ), key
    lost = [key for key in truth if key not in got]
    frame = interpreted.values
    is_told = (frame["problem"] != "") | (frame["measure_id"] == "")
    assert len(lost) <= is_told.sum(), lost
