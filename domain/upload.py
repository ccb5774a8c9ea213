"""An upload: a file that a controller handed over, what was understood of it, what is wrong in it, and its life."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from domain.errors.uploads import UploadStateError
from domain.message import Message, Value, to_translate
from domain.value import Gender


class FindingLevel(IntEnum):
    """How a finding was made. The first two stop a publication; the others want an explanation."""

    READING = 0  # the file cannot be read
    STRUCTURE = 1  # a value cannot be what it says
    HISTORY = 2  # it is unlike what was delivered before
    OTHERS = 3  # it differs from others' values, or from what is published


LEVEL_NAMES: Final = {
    FindingLevel.READING: to_translate("går inte att läsa"),
    FindingLevel.STRUCTURE: to_translate("måste rättas"),
    FindingLevel.HISTORY: to_translate("avviker från tidigare"),
    FindingLevel.OTHERS: to_translate("avviker från andra"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """A cell of a sheet; row and column count from 1. A file without sheets has a sheet with an empty name."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """As spreadsheets say it: `C14`."""
        letters, rest = "", self.column
        while rest:
            rest, place = divmod(rest - 1, 26)
            letters = chr(ord("A") + place) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or odd, where it is, and what to do about it.

    id: the same for the same thing in the same file, so that an explanation finds it again. `address` is None for what
    is wrong with the whole file. row_name, column_name: the headings of the cell as the file has them. `found`, `expected` and `advice` are empty
    where there is nothing to say. measure_id, municipality_code, period and gender name the value where it is one.
    """

    id: str
    level: FindingLevel
    rule: str
    message: Message
    address: Address | None = None
    row_name: str = ""
    column_name: str = ""
    found: Value = ""
    expected: Value = ""
    advice: Value = ""
    measure_id: str = ""
    municipality_code: str = ""
    period: str = ""
    gender: Gender = Gender.TOTAL

    @property
    def stops(self) -> bool:
        """Whether nothing can be published until it is corrected."""
        return self.level <= FindingLevel.STRUCTURE


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the reader of the result should know and need not mend: what was left out, and why."""

    rule: str
    message: Message
    address: Address | None = None


class ColumnRole(StrEnum):
    """What a column (or a row, in a transposed sheet) holds."""

    MUNICIPALITY = "municipality"
    MEASURE = "measure"
    PERIOD = "period"
    YEAR = "year"
    PART = "part"  # month, term or quarter beside a column of years
    GENDER = "gender"
    VALUE = "value"
    BASIS = "basis"  # the number of persons or cases behind the value
    REASON = "reason"  # why there is no number
    COMMENT = "comment"
    IGNORED = "ignored"


ROLE_NAMES: Final = {
    ColumnRole.MUNICIPALITY: to_translate("kommun"),
    ColumnRole.MEASURE: to_translate("mått"),
    ColumnRole.PERIOD: to_translate("period"),
    ColumnRole.YEAR: to_translate("år"),
    ColumnRole.PART: to_translate("del av år"),
    ColumnRole.GENDER: to_translate("kön"),
    ColumnRole.VALUE: to_translate("värde"),
    ColumnRole.BASIS: to_translate("underlag, antal"),
    ColumnRole.REASON: to_translate("orsak till bortfall"),
    ColumnRole.COMMENT: to_translate("kommentar"),
    ColumnRole.IGNORED: to_translate("läses inte"),
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What one column holds. For a column of values, whatever its heading fixes: a measure, a period, a gender.

    period: written as `Period`; `-05`, `-VT` or `-Q1` for a part of the year that the row or the sheet says.
    `why`: what the guess rests on. `is_by_hand` once a person has chosen it. is_filled_down: an empty
    cell means the same as the one above, as where a name stands only at the first of its rows. measure_text: what the
    heading calls the measure, known or not.
    """

    column: int
    heading: str
    role: ColumnRole
    measure_id: str = ""
    period: str = ""
    gender: Gender | None = None
    municipality_code: str = ""
    why: Message | None = None
    is_by_hand: bool = False
    is_filled_down: bool = False
    measure_text: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet is read. Rows count from 1 in the sheet as it lies; `is_transposed` swaps rows and columns first,
    and then rows and columns below are those of the swapped sheet.

    measure_id, municipality_code, period, gender: what the whole sheet is about, from its name or a title row.
    """

    sheet: str
    is_read: bool
    heading_rows: tuple[int, ...] = ()
    first_row: int = 0
    last_row: int = 0
    columns: tuple[ColumnMapping, ...] = ()
    is_transposed: bool = False
    measure_id: str = ""
    municipality_code: str = ""
    period: str = ""
    gender: Gender | None = None
    why: Message | None = None
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How a whole file is read. `layout_key` is the same for files of the same layout, whatever values they hold.

    is_template: made by us, so that nothing had to be guessed. is_remembered: corrected by hand once before.
    """

    sheets: tuple[SheetMapping, ...]
    layout_key: str
    is_template: bool = False
    is_remembered: bool = False


class UploadState(StrEnum):
    DRAFT = "draft"  # seen by the municipality alone
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    AWAITING_DATE = "awaiting_date"  # embargo
    PUBLISHING = "publishing"  # between the two databases; decided after a crash by which of them knows it
    PUBLISHED = "published"
    UNDOING = "undoing"
    UNDONE = "undone"
    DISCARDED = "discarded"


STATE_NAMES: Final = {
    UploadState.DRAFT: to_translate("utkast"),
    UploadState.AWAITING_SIGN_OFF: to_translate("väntar på godkännande"),
    UploadState.AWAITING_DATE: to_translate("väntar på publiceringsdag"),
    UploadState.PUBLISHING: to_translate("publiceras"),
    UploadState.PUBLISHED: to_translate("publicerat"),
    UploadState.UNDOING: to_translate("ångras"),
    UploadState.UNDONE: to_translate("ångrat"),
    UploadState.DISCARDED: to_translate("kastat"),
}
_STEP_NAMES: Final = {
    UploadState.DRAFT: to_translate("ta tillbaka den till utkast"),
    UploadState.AWAITING_SIGN_OFF: to_translate("lämna in den för godkännande"),
    UploadState.AWAITING_DATE: to_translate("låta den vänta på publiceringsdagen"),
    UploadState.PUBLISHING: to_translate("publicera den"),
    UploadState.PUBLISHED: to_translate("anteckna den som publicerad"),
    UploadState.UNDOING: to_translate("ångra den"),
    UploadState.UNDONE: to_translate("anteckna den som ångrad"),
    UploadState.DISCARDED: to_translate("kasta den"),
}
STEPS: Final = {
    UploadState.DRAFT: frozenset(
        {
            UploadState.AWAITING_SIGN_OFF,
            UploadState.AWAITING_DATE,
            UploadState.PUBLISHING,
            UploadState.DISCARDED,
        }
    ),
    UploadState.AWAITING_SIGN_OFF: frozenset(
        {UploadState.DRAFT, UploadState.AWAITING_DATE, UploadState.PUBLISHING, UploadState.DISCARDED}
    ),
    UploadState.AWAITING_DATE: frozenset({UploadState.DRAFT, UploadState.PUBLISHING, UploadState.DISCARDED}),
    UploadState.PUBLISHING: frozenset(
        {
            UploadState.PUBLISHED,
            UploadState.DRAFT,
            UploadState.AWAITING_SIGN_OFF,
            UploadState.AWAITING_DATE,
        }  # back to where it came from, if the figures did not take it
    ),
    UploadState.PUBLISHED: frozenset({UploadState.UNDOING}),
    UploadState.UNDOING: frozenset({UploadState.UNDONE, UploadState.PUBLISHED}),
    UploadState.UNDONE: frozenset(),
    UploadState.DISCARDED: frozenset(),
}
UNPUBLISHED: Final = frozenset(
    {
        UploadState.DRAFT,
        UploadState.AWAITING_SIGN_OFF,
        UploadState.AWAITING_DATE,
        UploadState.PUBLISHING,
        UploadState.DISCARDED,
    }
)  # what the network has not been shown


def check_upload_step(state: UploadState, next_state: UploadState) -> None:
    """Raises `UploadStateError` unless an upload may go from one state to the other."""
    if next_state not in STEPS[state]:
        raise UploadStateError(state=Message(STATE_NAMES[state]), wanted=Message(_STEP_NAMES[next_state]))


@dataclass(frozen=True, slots=True)
class Upload:
    """One handed-over file for one municipality in one network and one reporting period, and what became of it.

    explanations: by finding id, in the person's own words. counts: of values, findings and changes. `sequence` orders
    publications. `version` rises with each saved change.
    """

    id: str
    network_id: str
    municipality_code: str
    period: str
    file_name: str
    checksum: str
    person_id: str
    person_name: str
    created_at: datetime
    state: UploadState
    is_made_up: bool = False
    explanations: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""  # why it was published, in the person's own words, if any
    publish_on: date | None = None
    signed_by: str = ""
    published_at: datetime | None = None
    published_by: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_because: str = ""
    sequence: int = 0
    version: int = 0


class CellChange(StrEnum):
    """What a publication does to one cell."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"


CELL_CHANGE_NAMES: Final = {
    CellChange.NEW: to_translate("nytt"),
    CellChange.CHANGED: to_translate("ändrat"),
    CellChange.UNCHANGED: to_translate("oförändrat"),
    CellChange.WITHDRAWN: to_translate("borttaget"),
}
