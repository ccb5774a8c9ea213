"""What a finding of level 2 or 3 says: how the value differs, from what, and that an explanation will stand beside it."""

from dataclasses import dataclass
from typing import Final

from domain.change_baseline import ChangeBaseline
from domain.message import Message, to_translate


@dataclass(frozen=True, slots=True)
class LikelihoodTexts:
    """Texts with places for what is filled in; `likelihood.py` says what each may use."""

    message: str
    expected: str


EXPLAIN: Final = to_translate(
    "Kontrollera värdet och rätta det om det är fel. Stämmer det: förklara kort varför. Förklaringen blir en fotnot vid värdet."
)
CHANGE_WORDS: Final = {
    ChangeBaseline.MANY: LikelihoodTexts(
        to_translate(
            "{what} är {value} och var {before} ({period_before}). Så mycket ändras det sällan bland de {n} som har värden för båda (Hidiroglou–Berthelot)."
        ),
        to_translate("{range}"),
    ),
    ChangeBaseline.OWN: LikelihoodTexts(
        to_translate(
            "{what} är {value} och var {before} ({period_before}). Det är en större ändring än {place} brukar ha, att döma av {n} tidigare ändringar."
        ),
        to_translate("{range}"),
    ),
    ChangeBaseline.NETWORK: LikelihoodTexts(
        to_translate(
            "{what} är {value} och var {before} ({period_before}). Det är en större ändring än nätverkets medlemmar brukar ha, att döma av {n} ändringar."
        ),
        to_translate("{range}"),
    ),
    ChangeBaseline.DOUBLING: LikelihoodTexts(
        to_translate(
            "{what} är {value} och var {before} ({period_before}). Det är mer än en fördubbling eller halvering. För få tidigare värden är kända för att säga vad som är vanligt."
        ),
        to_translate("{range}"),
    ),
}
WORDS: Final = {
    "unit-slip": LikelihoodTexts(
        to_translate(
            "{what} är {value}, ungefär {factor} {before} ({period_before}). Är det rätt enhet ({unit})?"
        ),
        to_translate("omkring {mended}"),
    ),
    "unit-slip-history": LikelihoodTexts(
        to_translate(
            "{what} är {value}, ungefär {factor} tidigare värden ({before} i median). Är det rätt enhet ({unit})?"
        ),
        to_translate("omkring {mended}"),
    ),
    "unit-slip-others": LikelihoodTexts(
        to_translate(
            "{what} är {value}, ungefär {factor} vad de andra i nätverket har ({before} i median). Är det rätt enhet ({unit})?"
        ),
        to_translate("omkring {mended}"),
    ),
    "sign": LikelihoodTexts(
        to_translate("{what} är {value}, men inget av de {n} tidigare värdena har det tecknet."),
        to_translate("ett värde med samma tecken som tidigare"),
    ),
    "zero": LikelihoodTexts(
        to_translate(
            "{what} är noll, men inget av de {n} tidigare värdena är det. Noll är ett värde: saknas det, ska en orsak stå i stället."
        ),
        to_translate("{before} i median av tidigare värden, eller varför värdet saknas"),
    ),
    "repeat": LikelihoodTexts(
        to_translate("{what} är exakt samma värde som {period_before}: {value}."),
        to_translate("ett nytt värde för {period}"),
    ),
    "spread": LikelihoodTexts(
        to_translate(
            "{what} är {value} och ligger långt från de andra i nätverket: {n} medlemmar, {middle} i median."
        ),
        to_translate("{range}"),
    ),
    "spread-earlier": LikelihoodTexts(
        to_translate(
            "{what} är {value} och ligger långt från vad de andra i nätverket hade {period_before}: {n} medlemmar, {middle} i median."
        ),
        to_translate("{range}"),
    ),
    "published": LikelihoodTexts(
        to_translate("{what} är {value}, men {publisher} har {published} för samma sak ({kpi})."),
        to_translate("{published}"),
    ),
    "published-kpi": LikelihoodTexts(
        to_translate(
            "{count} värden för nyckeltalet {measure} skiljer sig från dem som {publisher} har. Det första, {period}, är {value} här och {published} där. Nyckeltalet publiceras inte härifrån: nätverket använder {publisher}s värden."
        ),
        to_translate("{published}"),
    ),
}
EXPLAIN_KPI: Final = to_translate(
    "Är filens värden äldre: strunta i dem. Är de publicerade fel: hör av dig till den som lämnar dem. Skriv kort vilket."
)
REPEATS_MANY: Final = to_translate(
    "{what} är exakt samma värde som {period_before}: {value}. Det gäller {count} av {total} värden. Är förra årets kolumn kopierad?"
)
KOLADA: Final = "Kolada"
MADE_UP: Final = to_translate("demonstrationen (påhittade värden)")
MANY_MORE: Final = to_translate("Samma sak gäller {count} värden till, som inte räknas upp här.")
FACTOR_WORDS: Final = {
    1000.0: to_translate("tusen gånger så mycket som"),
    100.0: to_translate("hundra gånger så mycket som"),
    10.0: to_translate("tio gånger så mycket som"),
    0.1: to_translate("en tiondel av"),
    0.01: to_translate("en hundradel av"),
    0.001: to_translate("en tusendel av"),
}


def factor_text(factor: float) -> Message:
    """One of the powers of ten that values slip by, as it precedes what it is compared with."""
    return Message(min(FACTOR_WORDS.items(), key=lambda entry: abs(entry[0] / factor - 1))[1])
