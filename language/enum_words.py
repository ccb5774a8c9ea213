"""The words for the members of enums: the tables of one enum are beside each other."""

from typing import Final

from domain.comparison import Colour, Trend, Verdict
from domain.delivery import DeliveryState
from domain.measure import Direction, MeasureKind
from domain.message import to_translate
from domain.value import Gender, Status

# where a value lies, in the legend of a table
COLOUR_WORDS: Final = {
    Colour.GREEN: to_translate("bästa 25 %"),
    Colour.YELLOW: to_translate("mitten 50 %"),
    Colour.RED: to_translate("sämsta 25 %"),
    Colour.LIGHT: to_translate("neutralt mått"),
    Colour.MEDIUM: to_translate("neutralt mått"),
    Colour.DARK: to_translate("neutralt mått"),
    Colour.NONE: to_translate("ingen färg"),
}
# where a value lies, in a chart: a neutral measure has quarters too
COLOUR_QUARTERS: Final = {
    Colour.GREEN: to_translate("bästa 25 %"),
    Colour.YELLOW: to_translate("mitten 50 %"),
    Colour.RED: to_translate("sämsta 25 %"),
    Colour.LIGHT: to_translate("lägsta 25 %"),
    Colour.MEDIUM: to_translate("mitten 50 %"),
    Colour.DARK: to_translate("högsta 25 %"),
    Colour.NONE: "",
}
# the colour itself, at the command line
COLOUR_NAMES: Final = {
    Colour.GREEN: to_translate("grön"),
    Colour.YELLOW: to_translate("gul"),
    Colour.RED: to_translate("röd"),
    Colour.LIGHT: to_translate("ljus"),
    Colour.MEDIUM: to_translate("mellan"),
    Colour.DARK: to_translate("mörk"),
    Colour.NONE: "",
}
# against the mean of the others, in full
VERDICT_SENTENCES: Final = {
    Verdict.BETTER: to_translate("säkerställt bättre än de andras medel"),
    Verdict.SIMILAR: to_translate("går inte att skilja från de andras medel"),
    Verdict.WORSE: to_translate("säkerställt sämre än de andras medel"),
    Verdict.NONE: "",
}
# where it is clear what it is compared with
VERDICT_WORDS: Final = {
    Verdict.BETTER: to_translate("säkerställt bättre"),
    Verdict.SIMILAR: to_translate("ingen säker skillnad"),
    Verdict.WORSE: to_translate("säkerställt sämre"),
}
# in a table at the command line
SHORT_VERDICT_WORDS: Final = {
    Verdict.BETTER: to_translate("bättre"),
    Verdict.SIMILAR: to_translate("går inte att skilja"),
    Verdict.WORSE: to_translate("sämre"),
    Verdict.NONE: "",
}
TREND_WORDS: Final = {
    Trend.INCREASING: to_translate("ökar"),
    Trend.DECREASING: to_translate("minskar"),
    Trend.NO_SIGNIFICANT_CHANGE: to_translate("ingen säkerställd förändring"),
    Trend.CANNOT_BE_CALCULATED: to_translate("går inte att beräkna"),
}
# for screen readers: the arrow beside says nothing of certainty
CERTAIN_TREND_WORDS: Final = {
    Trend.INCREASING: to_translate("säkerställd ökning"),
    Trend.DECREASING: to_translate("säkerställd minskning"),
    Trend.NO_SIGNIFICANT_CHANGE: to_translate("ingen säkerställd förändring"),
    Trend.CANNOT_BE_CALCULATED: to_translate("trend kan inte beräknas"),
}
# in a table at the command line; nothing is shown for what cannot be calculated
SHORT_TREND_WORDS: Final = {
    Trend.INCREASING: to_translate("ökar"),
    Trend.DECREASING: to_translate("minskar"),
    Trend.NO_SIGNIFICANT_CHANGE: to_translate("ingen säker förändring"),
    Trend.CANNOT_BE_CALCULATED: "",
}
STATUS_WORDS: Final = {
    Status.MISSING: to_translate("saknas"),
    Status.NOT_APPLICABLE: to_translate("ej tillämplig"),
    Status.SUPPRESSED: to_translate("för litet underlag"),
    Status.NOT_REPORTED: to_translate("ej rapporterat"),
}
GENDER_WORDS: Final = {
    Gender.TOTAL: to_translate("totalt"),
    Gender.WOMEN: to_translate("kvinnor"),
    Gender.MEN: to_translate("män"),
}
DIRECTION_WORDS: Final = {
    Direction.HIGHER: to_translate("högt är bra"),
    Direction.LOWER: to_translate("lågt är bra"),
    Direction.NEUTRAL: to_translate("neutralt"),
}
KIND_WORDS: Final = {
    MeasureKind.QUALITY: to_translate("kvalitet"),
    MeasureKind.SATISFACTION: to_translate("nöjdhet"),
    MeasureKind.COST: to_translate("kostnad"),
    MeasureKind.VOLUME: to_translate("volym"),
    MeasureKind.CONDITIONS: to_translate("förutsättning"),
}
# where a member is with a measure that is asked for
DELIVERY_STATE_NAMES: Final = {
    DeliveryState.PUBLISHED: to_translate("publicerat"),
    DeliveryState.REASON: to_translate("publicerat utan värde"),
    DeliveryState.AWAITING_SIGN_OFF: to_translate("väntar på godkännande"),
    DeliveryState.AWAITING_DATE: to_translate("väntar på publiceringsdag"),
    DeliveryState.DRAFT: to_translate("utkast"),
    DeliveryState.NOT_DELIVERED: to_translate("inte levererat"),
}
