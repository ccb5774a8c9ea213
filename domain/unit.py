"""The unit of a KPI, read from the end of its title, where the publisher puts it.

The unit is what follows the title's last comma: "…, andel (%)", "…, kr/inv", "…, antal/100 000 inv". A discontinued KPI says
so behind it: "…, andel (%) (-2023)". Titles hold double and no-break spaces, which mean nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

THOUSANDS: Final = "\u00a0"  # between thousands, so that a unit never breaks within its number


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title without its odd spaces, its unit as Swedes write it, and the decimals that suit it.

    `unit` is empty where the title names none. `last_year` is set for a discontinued KPI.
    """

    title: str
    unit: str
    decimals: int
    last_year: int | None = None


def read_title(title: str) -> TitleReading:
    """Read what the end of a KPI's title says."""
    plain = " ".join(title.split())
    body, last_year = plain, None
    if ended := _DISCONTINUED.search(plain):
        body, last_year = plain[: ended.start()], int(ended.group(1))
    body = _TRAILING_SOURCE.sub("", body).rstrip(" .")
    for piece in _candidates(body):
        for pattern, unit, decimals in _RULES:
            if match := pattern.search(piece):
                return TitleReading(plain, tidy_unit(unit(match)), decimals, last_year)
    return TitleReading(plain, "", 1, last_year)


def _candidates(body: str) -> list[str]:
    """The piece after the last comma, then the one before it ("kr/inv, 1 nov fg år"), then the end of the whole."""
    pieces = [piece.strip() for piece in re.split(r", ", body)]
    return [*(["…" + pieces[-1]] if len(pieces) == 1 else reversed(pieces[1:][-2:])), "…" + body[-40:]]


def tidy_unit(unit: str) -> str:
    """Words written alike: `invånare` → `inv`, `100 000` and `1000` with a no-break space between thousands."""
    text = re.sub(r"\b(?:medel)?invånare\b", "inv", " ".join(unit.split()))
    text = re.sub(r"\binv 1 nov fg år\b", "inv", text)
    text = re.sub(r"\b1000(?=\D|$)", "1 000", text)
    text = re.sub(r"\b(\d{1,3}) (000)(?=\D|$)", rf"\1{THOUSANDS}\2", text)
    return re.sub(r"(\d)(inv\b)", r"\1 \2", text)


def _as(text: str) -> Callable[[re.Match[str]], str]:
    return lambda _match: text


def _whole(match: re.Match[str]) -> str:
    return match.group(0)


def _per(match: re.Match[str]) -> str:
    return f"per {match.group('base')}"


_DISCONTINUED: Final = re.compile(r"\s*\(\s*[-–]\s*(\d{4})\s*\)\s*$")
_TRAILING_SOURCE: Final = re.compile(r"[.]?\s*Källa:.*$")

# Tried in this order on each piece; the first that fits decides. Decimals are what the field prints.
_RULES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str], int], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), unit, decimals)
    for pattern, unit, decimals in (
        (r"\b(?:ja|nej|kod\w*)\s*=|=\s*\d\s*\)?$|\(\d\s*=|\bskala 1-8\b|\(kodade", _as("kod"), 0),
        (r"\bprocentenhet(er)?\b", _as("procentenheter"), 1),
        (r"\bpromille\b", _as("‰"), 1),
        (r"%|\bprocent\b|\bandel\b(?!.*\bkr\b)", _as("%"), 1),
        (
            r"^(?:…\D*)?(?:antal|recept)\D*/\s*(?P<base>1\s?000?\b|1\s?000inv|10+\s?000\b)(?P<who>.*)$",
            lambda f: f"per {f.group('base')} {f.group('who')}",
            1,
        ),
        (r"\bper (?P<base>1000 .*)$", _per, 1),
        (r"^.*/(?P<base>100 [a-zåäö].*|1000 .*)$", _per, 1),
        (r"\b(?:mnkr|mkr|miljoner kronor)\b", _as("mnkr"), 1),
        (r"\b(?:tkr|1000 kr)\b(?P<per>/[^(]*)?", lambda f: f"tkr{(f.group('per') or '').rstrip()}", 1),
        (
            r"\bkr(?:onor)?(?P<per>(?:/| per )[^(]*)?(?:\(.*)?$",
            lambda f: "kr" + (f.group("per") or "").replace(" per ", "/").rstrip(),
            0,
        ),
        (
            r"\b(?:ton|kg|gram|kWh|MWh|GWh|meter|km|mil|liter|kbm|kvm|resor|recept|timmar|minuter|dagar|inv)(?: [A-Z][\w-]*)?/[^(]*",
            lambda f: f.group(0).rstrip(),
            1,
        ),
        (r"\bMbit/s\b", _as("Mbit/s"), 1),
        (
            r"\((?P<base>MW|GW|kW)\)$|^(?P<alone>MW|GW|kW|MWh|GWh|kWh)$",
            lambda f: f.group("base") or f.group("alone"),
            1,
        ),
        (
            r"^(?:…)?(?:ton|kg|hektar|meter|km|kbm|kvadratkilometer|kvm)(?: [A-Z][\w-]*)?$",
            lambda f: f.group(0).lstrip("…"),
            1,
        ),
        (r"\bhektar$", _as("hektar"), 1),
        (r"\bi (?P<base>månader|minuter)$", lambda f: f.group("base"), 1),
        (r"\b(?:vård)?dagar\b", _as("dagar"), 1),
        (r"^antal/(?P<base>.+)$", _per, 1),
        (r"^antal per (?P<base>.+)$", _per, 1),
        (r"index\b", _as("index"), 1),
        (r"\b(?:meritvärdes|betygs)?poäng\b", _as("poäng"), 1),
        (r"\b(?:balanstal|försörjningskvot)\b", _whole, 1),
        (r"\bmedelbetyg\b", _as("medelbetyg"), 1),
        (r"^år$", _as("år"), 1),
        (r"\b(?:totalt )?antal\b", _as("antal"), 0),
        (r"\b(?:medelvärde|genomsnitt\w*|median\w*)\b", _as("medelvärde"), 1),
    )
)
