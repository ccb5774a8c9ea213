"""The names of groups, and notes on their members."""

from typing import Final

from domain.message import to_translate

OUTSIDE_NETWORK_SIZE: Final = to_translate(
    "Gruppen har {size} medlemmar. Ett nätverk har sex till tio; med färre säger plats och färg lite, "
    "med fler är det svårt att lära av var och en."
)
OWN_GROUP_OF_MUNICIPALITIES: Final = to_translate("Egen grupp med {size} kommuner")
BEFORE_FOUNDING: Final = to_translate(
    "{network} bildades {day}. Jämförelsen gäller en tid dessförinnan och visar de första medlemmarna."
)
FORMING: Final = to_translate("{network} är under bildande till och med {day} och har {size} medlemmar.")
FORMING_AND_FEW: Final = to_translate(
    "{network} är under bildande till och med {day} och har {size} medlemmar. Med färre än sex säger plats och "
    "färg lite."
)
OWN_GROUP_OF_REGIONS: Final = to_translate("Egen grupp med {size} regioner")
SIMILAR_BY_LIST: Final = to_translate("{place} och liknande kommuner ({year} års lista)")
SIMILAR_BY_INHABITANTS: Final = to_translate("{place} och de närmaste i folkmängd inom {skr_group}")
ALL_MUNICIPALITIES: Final = to_translate("Alla kommuner")
SAME_KIND: Final = to_translate("samma slag")
ALL_REGIONS: Final = to_translate("Alla regioner")
