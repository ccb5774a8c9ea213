"""How two measures are compared with each other."""

from typing import Final

from domain.message import to_translate

METHOD: Final = to_translate(
    "Sambandet mäts med Spearmans rangkorrelation över de {n} som har båda värdena. Det säger inte att det ena "
    "beror på det andra."
)
TOO_FEW: Final = to_translate("Färre än {fewest} har båda värdena: för få för att tala om ett samband.")
DIFFERENT_YEARS: Final = to_translate("Måtten gäller olika år: {first_year} och {second_year}.")
