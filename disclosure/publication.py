"""What the files of one municipality say → what a publication shows of it, and why it does not show the rest."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np

from disclosure.genders import GENDERS
from disclosure.publication_rules import Scale, Suppression, cells_to_suppress
from disclosure.reader import Reader
from domain.dimension import Unit
from domain.network_measure import MeasureDefinition
from domain.period import Period
from domain.value import NoValueReason, Status
from metrics.arrays import Booleans, Floats

Cell = tuple[str, str, str]  # measure, period, gender
Group = tuple[str, str]  # measure, period
DefinitionFor = Callable[[str, int], MeasureDefinition]


class SuppressionGround(StrEnum):
    """Why a value is not shown."""

    SAID = "said"  # the controller says so
    PRIMARY = "primary"  # too few stand behind it
    COMPLEMENTARY = "complementary"  # another suppressed value would follow from it


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of one cell: a number, a reason, or neither, which takes back what an earlier file stated."""

    upload_id: str
    value: float = np.nan
    reason: str | None = None
    basis: float = np.nan
    footnote: str = ""

    @property
    def is_number(self) -> bool:
        return not np.isnan(self.value)

    @property
    def is_empty(self) -> bool:
        return not self.is_number and self.reason is None

    @property
    def status(self) -> Status:
        return Status.OK if self.is_number else Status(self.reason) if self.reason else Status.NOT_REPORTED

    def agrees_with(self, other: "Statement") -> bool:
        return self.reason == other.reason and (
            self.value == other.value or (not self.is_number and not other.is_number)
        )


@dataclass(frozen=True, slots=True)
class PublishedStatements:
    """What the files in force say of one cell. standing: the last word. statuses: of every file, in order of publication."""

    standing: Statement
    statuses: tuple[Status, ...]

    @property
    def is_called_suppressed(self) -> bool:
        """Whether a file calls it suppressed and no later one says a number."""
        stated = [status for status in self.statuses if status in {Status.OK, Status.SUPPRESSED}]
        return bool(stated) and stated[-1] is Status.SUPPRESSED


@dataclass(frozen=True, slots=True)
class ResolvedCell:
    """What the figures should hold of one cell. guarded_statement: what the files in force say.

    ground: why a number is not shown; `None` where nothing is suppressed.
    """

    guarded_statement: Statement
    ground: SuppressionGround | None = None

    @property
    def shown(self) -> Statement:
        """As everybody may read it. A suppressed cell has no basis and no footnote either: words can tell a number."""
        if self.ground is None:
            return self.guarded_statement
        return Statement(self.guarded_statement.upload_id, reason=NoValueReason.SUPPRESSED.value)

    def number_for(self, reader: Reader, municipality_code: str) -> float | None:
        """The number that the municipality's files say, for those who may read its drafts; `None` for everybody else."""
        may_read = reader.may_read_numbers_of(municipality_code) and self.guarded_statement.is_number
        return self.guarded_statement.value if may_read else None


def suppress_for_publication(
    statements: Mapping[Cell, PublishedStatements],
    definition_for: DefinitionFor,
    *,
    was_shown: Collection[Cell],
) -> dict[Cell, ResolvedCell]:
    """What the figures should hold of the cells that files in force say anything of.

    was_shown: the cells whose number a publication in force has shown.
    """
    standing = {
        cell: statement.standing for cell, statement in statements.items() if not statement.standing.is_empty
    }
    groups = sorted({cell[:2] for cell in standing})
    called_suppressed = {cell for cell, statement in statements.items() if statement.is_called_suppressed}
    suppression = _suppression(standing, groups, definition_for, was_shown, called_suppressed)
    resolved = {cell: ResolvedCell(statement) for cell, statement in standing.items()}
    for (row, gender), (column, group) in product(enumerate(GENDERS), enumerate(groups)):
        cell = (*group, gender.value)
        if cell not in standing:
            continue
        if suppression.primary[row, column]:
            is_said = standing[cell].reason == NoValueReason.SUPPRESSED.value
            ground = SuppressionGround.SAID if is_said else SuppressionGround.PRIMARY
            resolved[cell] = ResolvedCell(standing[cell], ground)
        elif suppression.complementary[row, column]:
            resolved[cell] = ResolvedCell(standing[cell], SuppressionGround.COMPLEMENTARY)
    return resolved


def _suppression(
    standing: Mapping[Cell, Statement],
    groups: Sequence[Group],
    definition_for: DefinitionFor,
    was_shown: Collection[Cell],
    called_suppressed: Collection[Cell],
) -> Suppression:
    nothing = Statement("")
    table = [[standing.get((*group, gender.value), nothing) for group in groups] for gender in GENDERS]
    definitions = [definition_for(measure_id, Period.read(period).year) for measure_id, period in groups]
    shape = (len(GENDERS), len(groups))
    statuses = np.empty(shape, dtype=object)
    for row, column in np.ndindex(shape):
        statuses[row, column] = table[row][column].status
    lowest, highest = _scale_ends(definitions)
    return cells_to_suppress(
        statuses,
        np.array([[statement.value for statement in row] for row in table], dtype=float).reshape(shape),
        np.array([[statement.basis for statement in row] for row in table], dtype=float).reshape(shape),
        np.array([definition.smallest_basis for definition in definitions], dtype=float),
        was_shown=_marked(was_shown, groups),
        was_suppressed=_marked(called_suppressed, groups),
        scale=Scale(lowest=lowest, highest=highest),
    )


def _marked(cells: Collection[Cell], groups: Sequence[Group]) -> Booleans:
    """Which cells of the groups are among some, (3, n)."""
    marks = [[(*group, gender.value) in cells for group in groups] for gender in GENDERS]
    return np.array(marks, dtype=np.bool_).reshape(len(GENDERS), len(groups))


def _scale_ends(definitions: Sequence[MeasureDefinition]) -> tuple[Floats, Floats]:
    """A share cannot pass 0 or 100, a count not 0; of anything else nobody knows the ends."""
    lowest, highest = np.full(len(definitions), np.nan), np.full(len(definitions), np.nan)
    for position, definition in enumerate(definitions):
        is_share = definition.unit.strip() == "%"
        if is_share or Unit.read(definition.unit, definition.name).is_count:
            lowest[position] = 0.0
        if is_share:
            highest[position] = 100.0
    return lowest, highest
