"""What is known to be true in the made-up values, as data that the product is tested against.

Most of it stands in the Södertörn network, so that it shows on the first page that one opens.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.value import Gender, NoValueReason

FIRST_YEAR: Final = 2012
LAST_YEAR: Final = 2024

SODERTORN: Final = ("0126", "0127", "0128", "0136", "0138", "0140", "0181", "0192")


@dataclass(frozen=True, slots=True)
class Development:
    """A straight line from one year's value to another's, without chance. Inclusive years, all genders alike."""

    kpi_id: str
    municipality_id: str
    first_year: int
    last_year: int
    first_value: float
    last_value: float


@dataclass(frozen=True, slots=True)
class Hole:
    """Where there is no number, and why; `reason` is `None` where the row is absent: never reported."""

    kpi_id: str
    municipality_id: str
    genders: tuple[Gender, ...]
    years: tuple[int, ...]
    reason: NoValueReason | None


@dataclass(frozen=True, slots=True)
class LevelBreak:
    """A new level for everybody. Without a year, the whole history was rescaled between the two releases."""

    kpi_id: str
    first_year: int | None
    factor: float


@dataclass(frozen=True, slots=True)
class Revised:
    """Cells of the total that the later release changed by `difference`: a county's municipalities, some years."""

    kpi_id: str
    county_code: str
    years: tuple[int, ...]
    difference: float


class EffectForm(StrEnum):
    STEP = "step"  # whole from the first year
    GROWING = "growing"  # a third, two thirds, then whole
    FADING = "fading"  # whole at first, a quarter less each year, then nothing


SHARES: Final = {
    EffectForm.STEP: (1.0,),
    EffectForm.GROWING: (1 / 3, 2 / 3, 1.0),
    EffectForm.FADING: (1.0, 0.75, 0.5, 0.25, 0.0),
}  # of the whole size, from the first year on; the last holds from then on


@dataclass(frozen=True, slots=True)
class KnownEffect:
    """What a made-up case did to its measure: `size` is in the measure's unit, added to what would else have been.

    spilled_from: the place of the case, where this is what it did to a neighbour.
    """

    kpi_id: str
    municipality_id: str
    first_year: int
    size: float
    form: EffectForm = EffectForm.STEP
    spilled_from: str = ""

    def in_year(self, year: int) -> float:
        """Return what is added in a year."""
        shares = SHARES[self.form]
        after = year - self.first_year
        return self.size * shares[min(after, len(shares) - 1)] if after >= 0 else 0.0


@dataclass(frozen=True, slots=True)
class NothingThere:
    """A made-up case that had no effect on its measure."""

    kpi_id: str
    municipality_id: str
    first_year: int


EVERYONE: Final = (Gender.TOTAL, Gender.WOMEN, Gender.MEN)
EVERY_YEAR: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))

# Clearly better: fewer on benefits, more in the school of arts, more with a degree.
IMPROVES: Final = (
    Development("N31807", "0127", 2014, 2023, 7.2, 4.6),
    Development("N09890", "0138", 2018, 2024, 12.0, 19.5),
    Development("N17461", "0136", 2015, 2024, 63.0, 76.5),
    Development("N17445", "0136", 2015, 2024, 57.0, 70.5),
    Development("N15813", "0127", 2016, 2024, 61.0, 71.0),
    Development("U07514", "1281", 2012, 2024, 22.0, 58.0),  # it began long before the case
)
# Clearly worse: more violence, fewer with access to higher education.
WORSENS: Final = (
    Development("N07403", "0181", 2015, 2024, 1050.0, 1650.0),
    Development("N17538", "0192", 2016, 2024, 55.0, 43.0),
)

HOLES: Final = (
    # Women or men hidden while the total is shown: the third must not be derivable.
    Hole("N17625", "0140", (Gender.WOMEN,), (2024,), NoValueReason.SUPPRESSED),
    Hole("N09890", "0128", (Gender.MEN,), (2023, 2024), NoValueReason.SUPPRESSED),
    Hole("N17461", "0140", (Gender.WOMEN, Gender.MEN), (2023,), NoValueReason.SUPPRESSED),
    Hole("N15428", "0140", EVERYONE, (2024,), NoValueReason.SUPPRESSED),
    Hole(
        "N17813", "0140", EVERYONE, EVERY_YEAR, NoValueReason.NOT_APPLICABLE
    ),  # no upper secondary school of its own
    Hole("N09811", "0128", EVERYONE, (2024,), NoValueReason.MISSING),
    Hole("N09805", "0192", EVERYONE, EVERY_YEAR, None),
    Hole("U23401", "0128", EVERYONE, EVERY_YEAR, None),
)

ZERO: Final = ("N09805", "0140", 2024)  # a zero is a number

LEVEL_BREAKS: Final = (
    LevelBreak("N09811", 2019, 1.25),  # from then on, loans of e-books too
    LevelBreak("N07415", None, 0.01),  # per 100,000 inhabitants before, per 1,000 now
)
BREAK_BETWEEN_RELEASES_TITLE_ENDING: Final = "antal/100 000 inv"  # the unit as the earlier release names it

REVISED: Final = (
    Revised("N11052", "01", (2021, 2022, 2023), 2.0),
    Revised("N11052", "12", (2021, 2022, 2023), -1.0),
    Revised("N15813", "14", (2022, 2023), 1.5),
)
REISSUED_WITH_OTHER_ROUNDING: Final = "N15428"  # to one decimal before, to four now
WITHDRAWN_SERIES: Final = ("N18741", "0186")

# The effects of the cases in `pipelines/demonstration/stories/cases.yml`, on measures and places without other truths.
EFFECTS: Final = (
    KnownEffect("U21468", "0123", 2018, 6.0, EffectForm.GROWING),
    KnownEffect("U01421", "0583", 2019, -7.0),
    KnownEffect("N20434", "2181", 2018, -1200.0),
    KnownEffect("N17538", "1440", 2020, 9.0, EffectForm.GROWING),
    KnownEffect("N07403", "1380", 2018, -270.0),
    KnownEffect("N18741", "0780", 2019, -1.8),  # the same case in three places, one year after another
    KnownEffect("N18741", "0880", 2020, -1.8),
    KnownEffect("N18741", "1080", 2021, -1.8),
    KnownEffect("N03941", "1293", 2018, -2.0),
    KnownEffect("N03941", "1290", 2018, -1.2, spilled_from="1293"),
    KnownEffect("U07453", "1496", 2020, 6.0),
    KnownEffect("N00202", "0480", 2019, -6.0, EffectForm.GROWING),
    KnownEffect("U31402", "1880", 2018, -6.0),
    KnownEffect("N15472", "1383", 2018, 9.0, EffectForm.FADING),
    KnownEffect("U21505", "2581", 2019, -5.0),  # it did harm
)
NOTHING_THERE: Final = (
    NothingThere("N15507", "0680", 2018),
    NothingThere("N00209", "2380", 2018),  # it rose, as it did everywhere
    NothingThere("N00090", "2184", 2019),
)
