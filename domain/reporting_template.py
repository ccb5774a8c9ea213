"""The layout of our own template, so that its writer and its reader cannot disagree.

A template is for one municipality, one network and one reporting period. Its rows are one value each: a measure, a
period, a gender. The workbook carries its `TemplateId` as the custom property `MARK` and, since some programs drop
properties, in the first cell of `ID_ROW` too; the text file has it as its first line, cell by cell.
"""

from typing import Final, NamedTuple, Self

from domain.upload import ColumnRole
from domain.value import Gender, NoValueReason

MARK: Final = "jamfor-template"
VERSION: Final = "1"
INSTRUCTIONS_SHEET: Final = "Instruktioner"
REPORTING_SHEET: Final = "Rapportering"  # the only one that is read
DEFINITIONS_SHEET: Final = "Definitioner"

# Rows of the reporting sheet, from 1: a title, the id, a line of help, the headings. The text file: the id, the headings.
ID_ROW: Final = 2
HEADING_ROW: Final = 4
TEXT_HEADING_ROW: Final = 2


class TemplateId(NamedTuple):
    """Whose template it is. Written `1;sodertorn;0136;2023`, and `jamfor-template;1;…` where the mark stands in front."""

    network_id: str
    municipality_code: str
    period: str

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """What the text says, with or without the mark; None where it is no template of a version that is known."""
        parts = [part.strip() for part in (text or "").split(";")]
        parts = parts[1:] if parts[0] == MARK else parts
        while parts and not parts[-1]:  # a spreadsheet saves the line as wide as the widest
            parts.pop()
        return cls(*parts[1:]) if len(parts) == 4 and parts[0] == VERSION and all(parts) else None

    def __str__(self) -> str:
        return ";".join((VERSION, *self))


class TemplateColumn(NamedTuple):
    """A column, in the workbook and in the text file alike."""

    heading: str
    role: ColumnRole
    width: int
    is_input: bool = False


COLUMNS: Final = (
    TemplateColumn(
        "Beteckning", ColumnRole.MEASURE, 14
    ),  # the measure's id; the name beside it is for people
    TemplateColumn("Mått", ColumnRole.IGNORED, 30),
    TemplateColumn("Enhet", ColumnRole.IGNORED, 10),
    TemplateColumn("Vad som räknas", ColumnRole.IGNORED, 40),
    TemplateColumn("Period", ColumnRole.PERIOD, 10),
    TemplateColumn("Kön", ColumnRole.GENDER, 10),
    TemplateColumn("Året innan", ColumnRole.IGNORED, 12),
    TemplateColumn("Värde", ColumnRole.VALUE, 12, is_input=True),
    TemplateColumn("Underlag, antal", ColumnRole.BASIS, 12, is_input=True),
    TemplateColumn("Orsak om värde saknas", ColumnRole.REASON, 18, is_input=True),
    TemplateColumn("Kommentar", ColumnRole.COMMENT, 40, is_input=True),
)
HEADINGS: Final = tuple(column.heading for column in COLUMNS)
GENDER_WORDS: Final = {Gender.TOTAL: "Totalt", Gender.WOMEN: "Kvinnor", Gender.MEN: "Män"}
REASON_WORDS: Final = {
    NoValueReason.MISSING: "bortfall",
    NoValueReason.NOT_APPLICABLE: "ej tillämplig",
    NoValueReason.SUPPRESSED: "sekretess",
}
# What we add to a file that we hand back; never read, whatever follows the name.
FINDINGS_SHEET: Final = "Anmärkningar"
