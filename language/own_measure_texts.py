"""What the measures of networks are made of."""

from typing import Final

from domain.message import to_translate
from domain.network_measure import ReportingInterval

AS_IT_IS: Final = to_translate("Måttet är nyckeltalet {kpi}, {title}, som det är.")
REPORTED: Final = to_translate("Måttet är en egen variabel som medlemmarna själva lämnar.")
WORKED_OUT: Final = to_translate("Måttet räknas ut som {formula}, där {inputs}.")
IS: Final = to_translate("{name} är {title}")
AND: Final = to_translate("{one} och {other}")
VERSION: Final = to_translate(
    "Definition {version} gäller från och med {first_year}. Före dess gällde: {earlier}"
)
LATER: Final = to_translate("Från och med {first_year} gäller en ny definition: {later}")
SMALLEST: Final = to_translate("Värden med färre än {n} bakom sig visas inte.")
SMALLEST_UNKNOWN: Final = to_translate(
    "Det minsta underlaget för att visas är {n}, men antalet bakom värdena är inte känt och har inte kunnat prövas."
)
SMALLEST_REPORTED: Final = to_translate(
    "Värden med färre än {n} bakom sig visas inte, och inte heller det som de skulle kunna räknas ut ur."
)
PARTS: Final = {
    ReportingInterval.TERM: to_translate("terminer"),
    ReportingInterval.QUARTERLY: to_translate("kvartal"),
    ReportingInterval.MONTHLY: to_translate("månader"),
}
SUM_OF_PARTS: Final = to_translate(
    "Årets värde är summan av årets {parts}. Saknas eller döljs någon del av året visas inget årsvärde."
)
MEAN_OF_PARTS: Final = to_translate(
    "Årets värde är det ovägda medelvärdet av årets {parts}, och bakom det räknas det minsta av delarnas underlag. "
    "Saknas eller döljs någon del av året visas inget årsvärde."
)
NO_LONGER_PUBLISHED: Final = to_translate("inte längre publicerat")
FACT_NAMES: Final = {
    "included": to_translate("Ingår"),
    "not_included": to_translate("Ingår inte"),
    "service_and_overheads": to_translate("Egen och köpt verksamhet, gemensamma kostnader"),
    "numerator": to_translate("Täljare"),
    "denominator": to_translate("Nämnare"),
    "data_source": to_translate("Uppgifterna kommer från"),
    "responsible": to_translate("Ansvarig"),
    "not_to_be_used_for": to_translate("Ska inte användas till"),
    "changed_because": to_translate("Ändrat därför att"),
}
ALL_INHABITANTS: Final = to_translate("Invånare totalt")
WITHOUT_SECTION: Final = to_translate("Nätverkets mått")
