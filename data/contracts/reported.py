"""The contract of members' reported values, built from their network's measure definitions.

Unlike the contracts of stored tables it checks incoming values: a row that breaks it is a cell for the user to correct, so
every rule has a name, by which its text says what was expected.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data.contracts.patterns import FIRST_YEAR
from domain.dimension import Unit
from domain.measure import MeasureKind
from domain.network_measure import MeasureDefinition
from domain.period import PARTS
from domain.value import Gender, NoValueReason

MOST_CASES: Final = 200  # of one rule are named; the rest are counted
LARGEST: Final = 1e15  # beyond it a number no longer tells one whole number from the next
SHARE_LIMITS: Final = {"%": 100.0, "‰": 1000.0}
_EXACT: Final = 1e-9  # what binary numbers cannot hold of a whole number
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)

Parts = Callable[..., "np.ndarray[Any, np.dtype[np.bool_]]"]  # of total, women, men, kind, rounding
Rule = Callable[[pd.DataFrame], "pd.Series[bool]"]


def reported_schema(
    definitions: Mapping[str, Sequence[MeasureDefinition]], *, last_year: int, parts_agree: Parts
) -> pa.DataFrameSchema:
    """Return the schema of the values that one municipality reports, to be validated lazily.

    definitions: every version by measure id, in rising order. last_year: of the reporting period; later ones are a slip.
    parts_agree: whether totals agree with women and men, see `metrics.checks.sum_of_parts`.

    Rows: measure_id (empty where none is given), period (as `Period` writes it, or empty), gender, value, reason, basis,
    problem (why the cell could not be read, or empty) and is_asked_for (whether something must stand there). A failing
    check is named after its rule; at most `MOST_CASES` rows of each are failure cases, and `check_output` has them all.
    """
    facts = definition_facts(definitions)
    return pa.DataFrameSchema(
        name="reported",
        parsers=pa.Parser(lambda frame: _with_facts(frame, facts)),
        columns={
            "problem": pa.Column(nullable=False, required=True),
            "gender": pa.Column(
                checks=_check("gender", lambda column: column.isin([str(gender) for gender in Gender]))
            ),
            "reason": pa.Column(nullable=True, checks=_check("reason", _is_reason)),
            "value": pa.Column(float, nullable=True, checks=_check("finite", _is_a_size)),
            "basis": pa.Column(float, nullable=True, checks=_check("basis-whole", _is_basis)),
        },
        checks=[
            _check("problem", lambda rows: rows["problem"] == ""),
            _check("required", _has_what_is_asked_for),
            _check("number-or-reason", lambda rows: rows["value"].isna() | rows["reason"].isna()),
            _check("year", lambda rows: _is_plausible(rows, last_year)),
            _check("interval", _is_of_the_interval),
            _check("share", _is_share),
            _check("negative-count", lambda rows: ~(rows["is_count"] & (rows["value"] < 0))),
            _check("whole-count", _is_whole),
            _check("duplicate", _stands_once),
            _check("parts", lambda rows: _parts_agree(rows, parts_agree)),
            _check(
                "basis-required",
                lambda rows: ~(rows["needs_basis"] & rows["value"].notna() & rows["basis"].isna()),
            ),
            _check("basis-parts", _parts_of_basis_fit),
        ],
    )


def definition_facts(definitions: Mapping[str, Sequence[MeasureDefinition]]) -> pd.DataFrame:
    """Return what every version of every measure requires of its values, ordered by measure and first year."""
    return pd.DataFrame(
        [
            (measure_id, rows.first_year if place else 0, *_asked_by(rows))
            for measure_id, versions in definitions.items()
            for place, rows in enumerate(versions)
        ],
        columns=[
            "measure_id",
            "first_year",
            "highest",
            "is_count",
            "is_whole",
            "interval",
            "needs_basis",
            "parts",
            "rounding",
        ],
    )


def _asked_by(definition: MeasureDefinition) -> tuple[object, ...]:
    unit = Unit.read(definition.unit, definition.name)
    is_whole = unit.is_count and definition.decimals == 0
    # A deviation or a margin in per cent of a cost may be below zero and above a hundred.
    is_share = definition.unit in SHARE_LIMITS and definition.kind is not MeasureKind.COST
    return (
        SHARE_LIMITS[definition.unit] if is_share else np.nan,
        unit.is_count,
        is_whole,
        str(definition.interval),
        definition.smallest_basis > 0,
        0 if is_whole else 2 if unit.is_amount else 1,
        0.0 if is_whole else 0.5 * 10.0**-definition.decimals,
    )


def _check(name: str, rule: Callable[[Any], Any]) -> pa.Check:
    return pa.Check(rule, name=name, error=name, ignore_na=False, n_failure_cases=MOST_CASES)


def _with_facts(frame: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the requirements of their measure's version for their year; other rows have none."""
    years, intervals = _read_periods(frame["period"])
    measures = frame["measure_id"].astype("category")
    known = pd.Index(facts["measure_id"].unique())
    measure = (
        known.get_indexer(measures.cat.categories)[measures.cat.codes]
        if len(frame)
        else np.empty(0, dtype=int)
    )
    order = known.get_indexer(facts["measure_id"])
    # The last version that begins in or before the year: versions lie in the order of measure and first year.
    at = (
        np.searchsorted(
            order * _SPAN + facts["first_year"], measure * _SPAN + np.maximum(years, 0), side="right"
        )
        - 1
    )
    is_known = measure >= 0
    required = (
        facts.drop(columns=["measure_id", "first_year"]).iloc[np.where(is_known, at, 0)]
        if len(facts)
        else None
    )
    rows = frame.assign(year=years, period_interval=intervals, is_known=is_known)
    if required is None:
        return rows.assign(
            highest=np.nan,
            is_count=False,
            is_whole=False,
            interval="",
            needs_basis=False,
            parts=1,
            rounding=0.0,
        )
    required = required.set_axis(frame.index)
    for name in ("is_count", "is_whole", "needs_basis"):
        required[name] = required[name] & is_known
    return pd.concat([rows, required.assign(highest=required["highest"].where(is_known))], axis=1)


_SPAN: Final = 10_000  # more than any year


def _read_periods(
    periods: "pd.Series[Any]",
) -> tuple["np.ndarray[Any, np.dtype[np.int64]]", "np.ndarray[Any, np.dtype[np.object_]]"]:
    """Return the year of each period (0 where there is none) and the reporting interval that such periods belong to."""
    kinds = {part: str(interval) for interval, parts in PARTS.items() for part in parts}
    each = periods.astype("category")
    years = [int(text[:4]) if _YEAR.match(text) else 0 for text in map(str, each.cat.categories)]
    intervals = [
        kinds.get(text[5:], "") if _YEAR.match(text) else "" for text in map(str, each.cat.categories)
    ]
    codes = each.cat.codes.to_numpy()
    return np.array([*years, 0], dtype=np.int64)[codes], np.array([*intervals, ""], dtype=object)[codes]


def _is_reason(column: "pd.Series[Any]") -> "pd.Series[bool]":
    return column.isna() | column.isin([str(reason) for reason in NoValueReason])


def _is_a_size(column: "pd.Series[float]") -> "pd.Series[bool]":
    return column.isna() | (column.abs() <= LARGEST)


def _is_basis(column: "pd.Series[float]") -> "pd.Series[bool]":
    return column.isna() | ((column >= 0) & ((column - column.round()).abs() <= _EXACT) & (column <= LARGEST))


def _has_what_is_asked_for(rows: pd.DataFrame) -> "pd.Series[bool]":
    return ~(rows["is_asked_for"] & rows["value"].isna() & rows["reason"].isna() & (rows["problem"] == ""))


def _is_plausible(rows: pd.DataFrame, last_year: int) -> "pd.Series[bool]":
    return (rows["period"] == "") | rows["year"].between(FIRST_YEAR, last_year)


def _is_of_the_interval(rows: pd.DataFrame) -> "pd.Series[bool]":
    return ~rows["is_known"] | (rows["period"] == "") | (rows["period_interval"] == rows["interval"])


def _is_share(rows: pd.DataFrame) -> "pd.Series[bool]":
    return rows["highest"].isna() | rows["value"].isna() | rows["value"].between(0, rows["highest"])


def _is_whole(rows: pd.DataFrame) -> "pd.Series[bool]":
    return (
        ~rows["is_whole"] | rows["value"].isna() | ((rows["value"] - rows["value"].round()).abs() <= _EXACT)
    )


def _key(rows: pd.DataFrame, *, with_gender: bool) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Return one number per measure, period and optionally gender; −1 where any of them is unknown."""
    number = np.zeros(len(rows), dtype=np.int64)
    lacks = np.zeros(len(rows), dtype=np.bool_)
    for name in ("measure_id", "period", *(["gender"] if with_gender else [])):
        codes, distinct = pd.factorize(rows[name])
        number = number * (len(distinct) + 1) + codes
        lacks |= (rows[name] == "").to_numpy(dtype=np.bool_)
    return np.where(lacks, -1, number)


def _stands_once(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Fail on cells that contradict the first cell with the same key."""
    stated = rows[rows["value"].notna() | rows["reason"].notna()]
    key = _key(stated, with_gender=True)
    is_first = ~pd.Series(key, index=stated.index).duplicated()
    what = stated["value"].where(stated["value"].notna(), stated["reason"].map(_REASON_NUMBERS).astype(float))
    first = pd.Series(what.to_numpy(), index=key)[is_first.to_numpy()]
    is_same = np.isclose(what, first.reindex(key).to_numpy(), rtol=0, atol=_EXACT, equal_nan=True)
    passes = pd.Series(is_first | is_same | (key < 0), index=stated.index)
    return passes.reindex(rows.index, fill_value=True)


_REASON_NUMBERS: Final = {
    str(reason): -1e300 * (place + 1) for place, reason in enumerate(NoValueReason)
}  # unlike any value


def _parts_agree(rows: pd.DataFrame, parts_agree: Parts) -> "pd.Series[bool]":
    """Fail on totals that disagree with women and men. A total with a larger basis than both together may be outside them."""
    totals, women, men = _totals_and_parts(rows)
    has_others = (women["basis"] + men["basis"]).to_numpy() < totals["basis"].to_numpy()
    kind = totals["parts"].to_numpy(dtype=np.int64)
    agree = parts_agree(
        *(rows["value"].to_numpy(dtype=np.float64) for rows in (totals, women, men)),
        kind=kind,
        rounding=totals["rounding"].to_numpy(dtype=np.float64),
    )
    return pd.Series(agree | (has_others & (kind != 0)), index=totals.index).reindex(
        rows.index, fill_value=True
    )


def _parts_of_basis_fit(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Fail on totals with a smaller basis than women and men together. A larger one passes: not everybody states a gender."""
    totals, women, men = _totals_and_parts(rows)
    both = np.stack([rows["basis"].to_numpy(dtype=np.float64) for rows in (women, men)])
    is_known = ~np.isnan(both).all(axis=0)
    fit = ~(is_known & (np.nansum(both, axis=0) > totals["basis"].to_numpy()))
    return pd.Series(fit, index=totals.index).reindex(rows.index, fill_value=True)


def _totals_and_parts(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the totals, and the women and men of each; rows that are missing are empty."""
    key = _key(rows, with_gender=False)
    by_gender = {}
    for gender in Gender:
        is_its = (rows["gender"] == str(gender)).to_numpy(dtype=np.bool_) & (key >= 0)
        its = rows.loc[is_its, ["value", "basis", "parts", "rounding"]]
        by_gender[gender] = (its, pd.Index(key[is_its]))
    totals, keys = by_gender[Gender.TOTAL]
    women, men = (
        its.set_axis(its_keys)[~its_keys.duplicated()].reindex(keys)
        for its, its_keys in (by_gender[Gender.WOMEN], by_gender[Gender.MEN])
    )
    return totals, women, men
