"""Why an effect cannot be estimated, and who is not compared with."""

from typing import Final

from domain.message import to_translate
from domain.value import Status

NOT_THESE_FIGURES: Final = to_translate(
    "Exemplet och värdena hör inte ihop: det ena är påhittat och det andra verkligt."
)
REDEFINED: Final = to_translate(
    "Måttet har definierats om under samma beteckning: källan har flyttat hela historiken med faktorn {factors}. Det går inte att veta att bara enheten är ny, så ingen effekt räknas."
)
GAPS: Final = to_translate(
    "Serien för {place} är inte hel. {years}. Inget år mellan seriens första och sista får fattas."
)
RUNS_A_CASE: Final = to_translate("Genomför något liknande: ”{title}”, från {year}.")
TRIES_THE_CASE: Final = to_translate("Provar ”{title}”, från {year}.")
NEIGHBOUR: Final = to_translate("Ligger i samma län ({county}) och kan själv ha påverkats.")
ASKED: Final = to_translate("Utelämnad på begäran.")
NOT_COMPARABLE: Final = to_translate("Uppger själv att värdet inte är jämförbart: {words}")
NOT_COMPARABLE_AT_ALL: Final = to_translate("Uppger själv att värdet inte är jämförbart.")
INCOMPLETE: Final = to_translate("Hela serien behövs. {years}.")
EMPTY_YEARS: Final = {
    Status.MISSING: to_translate("Saknas {years}"),
    Status.SUPPRESSED: to_translate("För litet underlag {years}"),
    Status.NOT_APPLICABLE: to_translate("Ej tillämpligt {years}"),
    Status.NOT_REPORTED: to_translate("Ej rapporterat {years}"),
}
AND_MORE: Final = to_translate("{years} och {n} år till")
BOTH: Final = to_translate("{one}. {other}")
