"""Text that a person will read: Swedish in the code, said in another language where it is shown."""

from collections.abc import Callable
from typing import Final, Self


def to_translate(text: str) -> str:
    """The same text, marked so that the translation catalogue finds it."""
    return text


class Sentence(str):
    """A Swedish sentence that remembers the text and the values it was made of, so that it can be said anew.

    It is the finished Swedish string; `said` looks the text up in a catalogue before filling it in. Values that
    are sentences themselves are said in the same language.
    """

    __slots__ = ("text", "values")
    text: str
    values: dict[str, object]

    def __new__(cls, text: str, **values: object) -> Self:
        sentence = super().__new__(cls, text.format(**values))
        sentence.text = text
        sentence.values = values
        return sentence

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of `translate`, a gettext function."""
        values = {
            name: said(one, translate) if isinstance(one, str) else one for name, one in self.values.items()
        }
        return translate(self.text).format(**values)

    def __reduce__(self) -> tuple[object, ...]:
        return _made_again, (self.text, self.values)


def said(sentence: str, translate: Callable[[str], str]) -> str:
    """A sentence in the language of `translate`; text that is no `Sentence` (a name, a number) stays as it is."""
    return sentence.said(translate) if isinstance(sentence, Sentence) else sentence


_THOUSANDS: Final = to_translate("{thousands}\u00a0{rest}")
_DECIMAL: Final = to_translate("{whole},{decimals}")
_BELOW_ZERO: Final = "\u2212{number}"


def count_written(count: int) -> str:
    """A count as it stands in a `Sentence`, grouped by thousands: `3 479`."""
    thousands, rest = divmod(count, 1000)
    return (
        Sentence(_THOUSANDS, thousands=count_written(thousands), rest=f"{rest:03}")
        if thousands
        else str(rest)
    )


def number_written(number: float, decimals: int) -> str:
    """A number as it stands in a `Sentence`, with a true minus sign: `−12 345,6`."""
    whole, _, rest = f"{abs(number):.{decimals}f}".partition(".")
    written = count_written(int(whole))
    written = Sentence(_DECIMAL, whole=written, decimals=rest) if rest else written
    is_below_zero = number < 0 and float(f"{number:.{decimals}f}") != 0
    return Sentence(_BELOW_ZERO, number=written) if is_below_zero else written


def factor_written(factor: float) -> str:
    """A factor as it stands in a `Sentence`, with three significant digits: `0,01`."""
    whole, _, decimals = f"{factor:.3g}".partition(".")
    return Sentence(_DECIMAL, whole=whole, decimals=decimals) if decimals else whole


def _made_again(text: str, values: dict[str, object]) -> Sentence:
    return Sentence(text, **values)
