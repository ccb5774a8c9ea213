"""Sources, methods and notes of a comparison."""

from typing import Final

from domain.message import to_translate

OWN_WORK: Final = to_translate("Egen beräkning av nätverket {network} på publicerade värden")
OWN_WORK_ON_MADE_UP: Final = to_translate(
    "Egen beräkning av nätverket {network} på påhittade demonstrationsvärden"
)
OWN_WORK_ON_REPORTED: Final = to_translate(
    "Egen beräkning av nätverket {network} på kommunernas egna uppgifter"
)
OWN_WORK_ON_BOTH: Final = to_translate(
    "Egen beräkning av nätverket {network} på publicerade värden och kommunernas egna uppgifter"
)
OWN_WORK_ON_PRACTICE: Final = to_translate(
    "Egen beräkning av nätverket {network} på påhittade demonstrationsvärden och övningsuppgifter"
)
REPORTED: Final = to_translate("Källa: kommunernas egna uppgifter, rapporterade i nätverket {network}")
REPORTED_IN_PRACTICE: Final = to_translate(
    "Övningsuppgifter i demonstrationen, rapporterade i nätverket {network}"
)
BREAK: Final = to_translate(
    "Måttets nivå ändrades {years}: värden före och efter går inte att jämföra, och ingen förändring räknas däröver."
)
NEW_DEFINITION: Final = to_translate(
    "Måttet har en ny definition från {years}: värden före och efter går inte att jämföra, och ingen förändring räknas "
    "däröver."
)
RESCALED: Final = to_translate(
    "Hela måttets historia har räknats om under samma beteckning (ungefär gånger {factor}). Jämför inte med siffror "
    "från tidigare uttag."
)
COMPLEMENTARY: Final = to_translate(
    "Där kvinnors, mäns eller det totala värdet inte får visas döljs också det som det skulle kunna räknas ut ur."
)
RECKONED_ON_REFERENCE: Final = to_translate(
    "Där antalet invånare inte är hämtat från källan är värdet räknat på folkmängden det närmaste år som "
    "Jämförelsebankens eget kommunregister har, högst två år bort."
)
REFERENCE_INHABITANTS: Final = to_translate(
    "Antalet invånare är inte hämtat från källan; intervallen bygger på folkmängden det närmaste år som "
    "Jämförelsebankens eget kommunregister har, högst två år bort."
)
GAP: Final = to_translate(
    "Skillnaden är kvinnornas värde minus männens, där båda får visas. Den räknas inte ut ur det totala värdet."
)
