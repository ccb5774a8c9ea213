"""Findings of level 1: what the contract of reported values, made from the network's definitions, refuses."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final, cast

import numpy as np
import pandas as pd
from pandera.errors import SchemaError, SchemaErrors

from data.contracts.patterns import FIRST_YEAR
from data.contracts.reported import SHARE_LIMITS, definition_facts, reported_schema
from domain.cell_problem import Problem
from domain.message import Count, Message
from domain.network_measure import INTERVAL_NAMES, MeasureDefinition
from domain.period import PARTS, Period
from domain.upload import Address, Finding, FindingLevel
from domain.value import Gender
from language.upload_rule_texts import (
    MANY_MORE,
    OTHER_PROBLEM,
    PARTS_EXPECTED,
    PROBLEM_WORDS,
    RULE_WORDS,
    RuleTexts,
)
from metrics.checks.sum_of_parts import parts_agree
from pipelines.uploads.checking.cell_locations import CellLocator
from pipelines.uploads.checking.covered_measures import covered_measures
from pipelines.uploads.checking.rows_to_check import NOWHERE, rows_to_check
from pipelines.uploads.checking.words import (
    format_found,
    format_number_exactly,
    format_subject,
    format_value,
    format_value_exactly,
)
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext

_OF_SEVERAL: Final = {
    "parts",
    "basis-parts",
}  # rules that a published value can break together with one of the file


def find_broken_rules(
    interpreted: InterpretedFile, context: UploadContext, places: CellLocator
) -> list[Finding]:
    """One finding for each cell and rule that it breaks, at most `data.contracts.reported.MOST_CASES` a rule and one for the rest."""
    rows = rows_to_check(interpreted.values, context, covered_measures(interpreted, context))
    schema = reported_schema(
        {measure.id: measure.definitions or (measure.definition,) for measure in context.reported},
        last_year=context.period.year,
        parts_agree=parts_agree,
    )
    try:
        schema.validate(rows, lazy=True)
    except SchemaErrors as errors:
        teller = _Teller(rows, context, places)
        return [finding for error in errors.schema_errors for finding in teller.findings(error)]
    return []


Row = Mapping[str, Any]


class _Teller:
    """Turns failure cases into findings, with the words of their rules."""

    def __init__(self, rows: pd.DataFrame, context: UploadContext, places: CellLocator) -> None:
        self._rows = rows
        self._known = context
        self._places = places

    def findings(self, error: SchemaError) -> Iterator[Finding]:
        """Those of one broken rule. Columns of the wrong kind, or a check that fails itself, are faults of ours and raised."""
        rule = str(getattr(error.check, "name", "") or "")
        if (rule not in RULE_WORDS and rule != "problem") or not isinstance(
            error.failure_cases, pd.DataFrame
        ):
            raise error
        failed_rows = sorted({int(place) for place in error.failure_cases["index"]})
        for row in self._read(failed_rows):
            is_told_otherwise = row["problem"] != "" and rule != "problem"
            if not is_told_otherwise and (rule in _OF_SEVERAL or not row["is_published"]):
                yield self._finding(rule, row)
        untold = int(np.count_nonzero(~np.asarray(error.check_output, dtype=np.bool_))) - len(failed_rows)
        if untold > 0:
            yield Finding(
                id=f"{rule}:more",
                level=FindingLevel.STRUCTURE,
                rule=rule,
                message=Message(MANY_MORE.message, count=Count(untold)),
                advice=Message(MANY_MORE.advice),
            )

    def _finding(self, rule: str, row: Row) -> Finding:
        words = RULE_WORDS[rule] if rule != "problem" else _problem_words(row["problem"])
        name = rule if rule != "problem" else str(row["problem"]).replace("_", "-")
        fields = self._fields(rule, row)
        address = self._address(row)
        is_of_basis = rule.startswith("basis-")
        if is_of_basis and address is not None:
            address = self._places.basis_of(address) or address
        row_name, column_name = ("", "") if address is None else self._places.names(address)
        key = ":".join(row[column] for column in ("measure_id", "municipality_code", "period", "gender"))
        where = self._places.cell_id(address) if rule == "problem" and address else key
        return Finding(
            id=f"{name}:{where}",
            level=FindingLevel.STRUCTURE,
            rule=name,
            message=Message(words.message, **fields),
            address=address,
            row_name=row_name,
            column_name=column_name,
            found=fields["basis" if is_of_basis else "found"],
            expected=Message(words.expected, **fields),
            advice=Message(words.advice, **fields),
            measure_id=row["measure_id"],
            municipality_code=row["municipality_code"],
            period=row["period"],
            gender=_gender(row),
        )

    def _address(self, row: Row) -> Address | None:
        stands = next(
            (candidate for candidate in [row, *self._parts_of(row)] if candidate["row"] != NOWHERE), None
        )
        if stands is not None:
            return Address(stands["sheet"], int(stands["row"]), int(stands["column"]))
        measure = self._known.by_id[row["measure_id"]]
        return self._places.should_stand(measure, Period.read(row["period"]), _gender(row))

    def _fields(self, rule: str, row: Row) -> dict[str, Any]:
        """What the texts of a rule may use."""
        measure = self._known.by_id.get(row["measure_id"])
        period = row["period"]
        year = Period.read(period).year if period else self._known.period.year
        definition = measure.definition_for(year) if measure else None
        name = definition.name if definition else row["measure_text"] or row["text"]
        fields: dict[str, Any] = {
            "what": format_subject(name, period, _gender(row)),
            "found": format_found(row["text"], float(row["value"]), definition),
            "place_text": row["municipality_text"] or row["text"],
            "basis": "" if np.isnan(row["basis"]) else format_number_exactly(row["basis"]),
        }
        if definition is None:
            return fields
        fields |= {
            "value": format_value_exactly(row["value"], definition),
            "first_year": FIRST_YEAR,
            "last_year": self._known.period.year,
            "interval": Message(INTERVAL_NAMES[definition.interval]),
            "example": str(Period(year, PARTS[definition.interval][0])),
            "smallest_basis": definition.smallest_basis,
            "highest": format_value(SHARE_LIMITS.get(definition.unit, 0.0), definition, decimals=0),
        }
        if rule == "duplicate":
            fields |= self._first(row, definition)
        if rule in {"parts", "basis-parts"}:
            fields |= self._parts(row, definition)
        return fields

    def _first(self, row: Row, definition: MeasureDefinition) -> Mapping[str, object]:
        """The other cell that says something else of the same thing."""
        first = next(
            candidate
            for candidate in self._same(row)
            if not (pd.isna(candidate["value"]) and pd.isna(candidate["reason"]))
        )
        address = Address(first["sheet"], int(first["row"]), int(first["column"]))
        return {
            "first_found": format_found(first["text"], float(first["value"]), definition),
            "first_cell": self._places.cell_id(address),
        }

    def _parts(self, row: Row, definition: MeasureDefinition) -> Mapping[str, object]:
        """What is said of women and of men, and what the total would then be."""
        both = [next(iter(self._same(row, gender)), _NOTHING) for gender in PARTS_OF_ALL]
        values = [float(part["value"]) for part in both]
        return {
            "women": format_value_exactly(values[0], definition),
            "men": format_value_exactly(values[1], definition),
            "basis_of_parts": format_number_exactly(float(np.nansum([part["basis"] for part in both]))),
            "parts_expected": Message(
                PARTS_EXPECTED[_kind_of_parts(definition)],
                sum=format_value_exactly(sum(values), definition),
                low=format_value_exactly(min(values), definition),
                high=format_value_exactly(max(values), definition),
            ),
        }

    def _parts_of(self, row: Row) -> list[Row]:
        """Of a total that is published already, the women and men of the file that it does not agree with."""
        return (
            [part for gender in PARTS_OF_ALL for part in self._same(row, gender)]
            if row["is_published"]
            else []
        )

    def _same(self, row: Row, gender: Gender | None = None) -> list[Row]:
        """The rows of the same measure and period, in the order of the file."""
        key = (row["measure_id"], row["period"], str(gender or row["gender"]))
        return self._read(self._by_key.get(key, ()))

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str, str], Sequence[int]]:
        positions = self._rows.groupby(["measure_id", "period", "gender"], sort=False).indices
        return cast("Mapping[tuple[str, str, str], Sequence[int]]", positions)

    def _read(self, positions: Sequence[int]) -> list[Row]:
        return [{name: cells[place] for name, cells in self._cells.items()} for place in positions]

    @cached_property
    def _cells(self) -> Mapping[str, "np.ndarray[Any, np.dtype[np.object_]]"]:
        """The columns as plain objects, since a frame takes a millisecond to give one row."""
        return {str(name): self._rows[name].to_numpy(dtype=object) for name in self._rows}


def _gender(row: Row) -> Gender:
    return Gender(row["gender"]) if row["gender"] in {*Gender} else Gender.TOTAL


PARTS_OF_ALL: Final = (Gender.WOMEN, Gender.MEN)
_NOTHING: Final[Row] = {"value": np.nan, "basis": np.nan}


def _problem_words(problem: str) -> RuleTexts:
    return PROBLEM_WORDS.get(Problem(problem), OTHER_PROBLEM) if problem in {*Problem} else OTHER_PROBLEM


@lru_cache
def _kind_of_parts(definition: MeasureDefinition) -> int:
    return int(definition_facts({"": (definition,)})["parts"].iloc[0])
