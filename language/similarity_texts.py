"""How places are found to be similar."""

from typing import Final

from domain.message import to_translate

METHOD: Final = to_translate(
    "Varje variabel standardiseras över alla {n} som har ett värde (avvikelsen från medelvärdet i standardavvikelser). "
    "Skillnaden är det vägda euklidiska avståndet: roten ur det vägda medlet av de kvadrerade avvikelserna från {focus}."
)
LOGGED: Final = to_translate(
    "Antal invånare jämförs i logaritm, så att dubbelt så många är lika långt som hälften."
)
SHARES: Final = to_translate(
    "Variabelns del är dess del av det kvadrerade avståndet. Lika avstånd står i kodordning."
)
OWN_WORK: Final = to_translate("Skillnaderna är egna beräkningar på de publicerade värdena.")
DIFFERENT_YEARS: Final = to_translate(
    "Det finns inget år då alla variabler har värden. Varje variabel gäller sitt senaste år: {years}."
)
YEAR_OF: Final = to_translate("{name} {year}")
LEFT_OUT: Final = to_translate(
    "{n} är inte med, eftersom mindre än {least} % av vikten har värden där: {places}."
)
AND_MORE: Final = to_translate("{places} och {n} till")
FOCUS_LACKS: Final = to_translate("{variable} saknas för {focus} och räknas inte.")
REFERENCE: Final = to_translate("Folkmängden är Jämförelsebankens eget kommunregisters (31 december).")
POPULATION_NAME: Final = to_translate("Folkmängd")
