"""What a later release changed."""

from typing import Final

from domain.message import to_translate

NOTHING_EARLIER: Final = to_translate("Det finns ingen tidigare utgåva att jämföra med.")
FROM_THE_FIRST: Final = to_translate(
    "Så tidigt fanns inga värden. Jämförelsen görs med den första utgåvan, {first}."
)
ONLY_COUNTED: Final = to_translate(
    "Nya, avrundade och omdefinierade värden är räknade men inte uppräknade. Välj ett mått för att se dem alla."
)
CUT: Final = to_translate("De {listed} första av {total} är uppräknade.")
REDEFINED: Final = to_translate(
    "{measure} har fått en ny nivå (ungefär gånger {factor}) under samma beteckning. Det är en ny definition, inte "
    "{n} ändrade resultat."
)
