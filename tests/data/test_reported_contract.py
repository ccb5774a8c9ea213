"""The contract of reported values, made from definitions: every rule fires on what breaks it and on nothing else."""

import numpy as np
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from data.contracts.reported import MOST_CASES, reported_schema
from domain.measure import Direction, MeasureKind
from domain.network_measure import MeasureDefinition, MeasureSource, ReportingInterval
from metrics.checks.sum_of_parts import parts_agree

NAN = np.nan


def definition(unit="%", decimals=1, version=1, first_year=2015, **fields):
    described = {"interval": ReportingInterval.YEARLY, "kind": MeasureKind.QUALITY} | fields
    return MeasureDefinition(
        version=version,
        first_year=first_year,
        source=MeasureSource.OWN,
        expression="x",
        name="X",
        resident_sentence="",
        unit=unit,
        decimals=decimals,
        direction=Direction.HIGHER,
        **described,
    )


DEFINITIONS = {
    "trygghet": (definition(),),
    "elever": (definition("antal", 0, kind=MeasureKind.VOLUME),),
    "kostnad": (definition("kr/inv", 0, kind=MeasureKind.COST),),
    "avvikelse": (definition("%", 1, kind=MeasureKind.COST),),
    "narvaro": (definition(interval=ReportingInterval.TERM),),
    "enkat": (definition(smallest_basis=7),),
    "arsarbetare": (definition("årsarbetare", 1),),
    "andrat": (definition("antal", 0), definition("%", 1, version=2, first_year=2020)),
}


def broken_rules(*rows, last_year=2023):
    """The rule and the row of every failure, of rows (measure, period, gender, value, and whatever else)."""
    frame = pd.DataFrame(
        [
            {
                "measure_id": measure,
                "period": period,
                "gender": gender,
                "value": value,
                "reason": None,
                "basis": NAN,
                "problem": "",
                "is_asked_for": False,
                **(also[0] if also else {}),
            }
            for measure, period, gender, value, *also in rows
        ]
    ).astype({"value": "float64", "basis": "float64", "reason": "object"})
    schema = reported_schema(DEFINITIONS, last_year=last_year, parts_agree=parts_agree)
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return sorted(
            {
                (schema_error.check.name, int(row))
                for schema_error in errors.schema_errors
                for row in schema_error.failure_cases["index"]
            }
        )
    return []


def test_right_values_break_nothing():
    assert (
        broken_rules(
            ("trygghet", "2023", "T", 66.6),
            ("trygghet", "2023", "K", 60.0),
            ("trygghet", "2023", "M", 72.0),
            ("trygghet", "2022", "T", 0.0),
            ("trygghet", "2021", "T", 100.0),
            ("elever", "2023", "T", 100),
            ("elever", "2023", "K", 60),
            ("elever", "2023", "M", 40),
            ("kostnad", "2023", "T", -12),
            ("narvaro", "2023-VT", "T", 91.5),
            ("enkat", "2023", "T", 80.0, {"basis": 12.0}),
            ("enkat", "2022", "T", NAN, {"reason": "missing"}),
        )
        == []
    )


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("trygghet", "2023", "T", NAN, {"problem": "not_a_number"}), "problem"),
        (("trygghet", "2023", "T", NAN, {"is_asked_for": True}), "required"),
        (("trygghet", "2023", "T", 5.0, {"reason": "missing"}), "number-or-reason"),
        (("trygghet", "2023", "T", NAN, {"reason": "semester"}), "reason"),
        (("trygghet", "2023", "X", 5.0), "gender"),
        (("kostnad", "2023", "T", np.inf), "finite"),
        (("kostnad", "2023", "T", 1e16), "finite"),
        (("trygghet", "1969", "T", 5.0), "year"),
        (("trygghet", "2024", "T", 5.0), "year"),
        (("trygghet", "2023-VT", "T", 5.0), "interval"),
        (("narvaro", "2023", "T", 5.0), "interval"),
        (("narvaro", "2023-Q1", "T", 5.0), "interval"),
        (("trygghet", "2023", "T", 100.1), "share"),
        (("trygghet", "2023", "T", -0.1), "share"),
        (("elever", "2023", "T", -1), "negative-count"),
        (("elever", "2023", "T", 1.5), "whole-count"),
        (("enkat", "2023", "T", 80.0), "basis-required"),
        (("enkat", "2023", "T", 80.0, {"basis": 12.5}), "basis-whole"),
        (("enkat", "2023", "T", 80.0, {"basis": -1}), "basis-whole"),
        (("enkat", "2023", "T", 80.0, {"basis": np.inf}), "basis-whole"),
    ],
)
def test_each_rule_finds_what_breaks_it(row, rule):
    assert broken_rules(row, ("elever", "2022", "T", 5)) == [(rule, 0)]


@pytest.mark.parametrize(
    "row",
    [
        ("trygghet", "2023", "T", NAN),  # nothing is asked for there
        ("trygghet", "2023", "T", NAN, {"is_asked_for": True, "reason": "missing"}),
        ("avvikelse", "2023", "T", -12.5),  # a deviation of cost is no share
        ("arsarbetare", "2023", "T", 12.5),  # not counted whole
        ("enkat", "2023", "T", NAN, {"reason": "suppressed"}),  # nothing to hide
        ("enkat", "2023", "T", 80.0, {"basis": 0.0}),
        ("unknown", "2023", "T", -5.0),
        ("trygghet", "", "T", NAN, {"problem": ""}),
    ],
)
def test_a_value_within_the_rules_has_no_finding(row):
    assert broken_rules(row) == []


def test_a_value_is_checked_against_the_definition_of_its_own_year():
    assert broken_rules(("andrat", "2019", "T", 250), ("andrat", "2020", "T", 250)) == [("share", 1)]
    assert broken_rules(("andrat", "2014", "T", 2.5), ("andrat", "2021", "T", 2.5)) == [("whole-count", 0)]


def test_two_contents_for_one_cell_are_a_duplicate_but_equal_ones_are_not():
    assert broken_rules(
        ("trygghet", "2023", "T", 66.6),
        ("trygghet", "2023", "T", 66.6),
        ("trygghet", "2023", "T", 66.7),
        ("trygghet", "2023", "T", NAN, {"reason": "missing"}),
        ("trygghet", "2023", "K", 66.7),
    ) == [("duplicate", 2), ("duplicate", 3)]


def test_one_reason_twice_is_no_duplicate_and_two_reasons_are():
    rows = [
        ("trygghet", "2023", "T", NAN, {"reason": reason}) for reason in ("missing", "missing", "suppressed")
    ]
    assert broken_rules(*rows) == [("duplicate", 2)]


def test_women_and_men_make_the_total_of_a_count():
    parts = (("elever", "2023", "K", 60), ("elever", "2023", "M", 40))
    assert broken_rules(("elever", "2023", "T", 100), *parts) == []
    assert broken_rules(("elever", "2023", "T", 101), *parts) == [("parts", 0)]
    assert broken_rules(("elever", "2022", "T", 101), *parts) == []  # another year


def test_a_total_share_lies_between_women_and_men():
    parts = (("trygghet", "2023", "K", 60.0), ("trygghet", "2023", "M", 72.0))
    assert broken_rules(("trygghet", "2023", "T", 66.0), *parts) == []
    assert broken_rules(("trygghet", "2023", "T", 73.0), *parts) == [("parts", 0)]


def test_a_share_may_lie_outside_where_more_have_answered_than_women_and_men():
    def answers(total):
        return (
            ("enkat", "2023", "T", 59.0, {"basis": total}),
            ("enkat", "2023", "K", 60.0, {"basis": 50.0}),
            ("enkat", "2023", "M", 72.0, {"basis": 50.0}),
        )

    assert broken_rules(*answers(104.0)) == []
    assert broken_rules(*answers(100.0)) == [("parts", 0)]


def test_the_total_never_has_a_smaller_basis_than_women_and_men():
    def answers(total, women, men):
        return (
            ("enkat", "2023", "T", 66.0, {"basis": total}),
            ("enkat", "2023", "K", 60.0, {"basis": women}),
            ("enkat", "2023", "M", 72.0, {"basis": men}),
        )

    assert broken_rules(*answers(100.0, 50.0, 50.0)) == []
    assert broken_rules(*answers(104.0, 50.0, 50.0)) == []  # four have not said which they are
    assert broken_rules(*answers(99.0, 50.0, 50.0)) == [("basis-parts", 0)]
    assert broken_rules(*answers(40.0, 50.0, NAN)) == [("basis-parts", 0), ("basis-required", 2)]


def test_many_failures_are_counted_and_some_of_them_named():
    rows = [("trygghet", str(1970 + place % 50), "T", 101.0 + place) for place in range(MOST_CASES * 3)]
    frame = [(*row[:3], row[3]) for row in rows]
    schema = reported_schema(DEFINITIONS, last_year=2023, parts_agree=parts_agree)
    table = pd.DataFrame(frame, columns=["measure_id", "period", "gender", "value"]).assign(
        reason=None, basis=NAN, problem="", is_asked_for=False
    )
    with pytest.raises(SchemaErrors) as caught:
        schema.validate(table, lazy=True)
    (share,) = [
        schema_error for schema_error in caught.value.schema_errors if schema_error.check.name == "share"
    ]
    assert share.failure_cases["index"].nunique() == MOST_CASES
    assert np.count_nonzero(~share.check_output) == MOST_CASES * 3


def test_columns_of_categories_are_as_good_as_text():
    table = pd.DataFrame(
        {
            "measure_id": pd.Categorical(["trygghet", "elever"], categories=["elever", "", "trygghet"]),
            "period": pd.Categorical(["2023", "2023"]),
            "gender": pd.Categorical(["T", "T"]),
            "value": [101.0, 5.0],
            "reason": pd.Categorical([None, None], categories=["missing"]),
            "basis": [NAN, NAN],
            "problem": pd.Categorical(["", ""]),
            "is_asked_for": [True, True],
        }
    )
    schema = reported_schema(DEFINITIONS, last_year=2023, parts_agree=parts_agree)
    with pytest.raises(SchemaErrors) as caught:
        schema.validate(table, lazy=True)
    assert [schema_error.check.name for schema_error in caught.value.schema_errors] == ["share"]


def test_an_empty_file_breaks_nothing():
    schema = reported_schema(DEFINITIONS, last_year=2023, parts_agree=parts_agree)
    empty = pd.DataFrame(
        {
            name: pd.Series(dtype="float64" if name in {"value", "basis"} else "object")
            for name in ("measure_id", "period", "gender", "value", "reason", "basis", "problem")
        }
    ).assign(is_asked_for=pd.Series(dtype="bool"))
    assert schema.validate(empty, lazy=True).empty
