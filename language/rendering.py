"""Render messages as text in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Final

from babel.numbers import get_decimal_symbol

from domain.errors.user_error import UserError
from domain.message import Count, Factor, Message, Number, Value, fill_in, to_translate
from language.catalogue import LANGUAGES, SOURCE_LANGUAGE
from language.numbers import number
from language.reasons import TEXTS

_LANGUAGE: Final = to_translate("sv")  # every catalogue translates this to the code of its own language


def render(value: Value, translate: Callable[[str], str]) -> str:
    """Render a message in the language of `translate`, a gettext function; a plain `str` is a name and is unchanged."""
    return fill_in(
        value, translate, lambda number: format_number(number, language_of(translate)), TEXTS.__getitem__
    )


def render_error(
    error: UserError, advice: Mapping[type[UserError], str], translate: Callable[[str], str]
) -> str:
    """Render what went wrong and, where `advice` has a text for this kind of error, what the reader can do."""
    message = error.message
    texts = [advice[kind] for kind in type(error).__mro__ if kind in advice][:1]
    return " ".join(
        render(part, translate) for part in (message, *(Message(text, **message.values) for text in texts))
    )


def language_of(translate: Callable[[str], str]) -> str:
    """Return the code of the language that a gettext function translates to; Swedish where it has none."""
    language = translate(_LANGUAGE)
    return language if language in LANGUAGES else SOURCE_LANGUAGE


def format_number(value: Count | Number | Factor, language: str = SOURCE_LANGUAGE) -> str:
    """Format the number with the separators of the language: `12 345`, `−3,20`, `0,01`."""
    if isinstance(value, Count):
        return number(value.count, 0, language)
    if isinstance(value, Number):
        return number(value.number, value.decimals, language)
    return f"{value.factor:.3g}".replace(".", get_decimal_symbol(language))
