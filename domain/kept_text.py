"""What a stored text may contain: anything that a person can write, quotes, code and all, in bounded length."""

from collections.abc import Mapping
from typing import Any, Final

from domain.errors.fields import FieldError
from domain.message import Message

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 10_000
NUL: Final = "\x00"  # the one character that PostgreSQL cannot keep


def check_text(text: str, field: str, *, longest: int = LONGEST_TEXT, is_needed: bool = False) -> None:
    """Raises `FieldError`."""
    shown = Message(field)
    if is_needed and not text.strip():
        raise FieldError(FieldError.EMPTY, field=shown)
    if len(text) > longest:
        raise FieldError(FieldError.TOO_LONG, field=shown, length=len(text), longest=longest)
    for position, character in enumerate(text, start=1):
        if character == NUL or "\ud800" <= character <= "\udfff":
            raise FieldError(FieldError.UNKEEPABLE_CHARACTER, field=shown, position=position)


def check_texts(
    values: Mapping[str, Any], names: Mapping[str, str], needed: tuple[str, ...] = ("name",)
) -> None:
    """Check every text among the fields of something; `names` says what people call them."""
    for field, value in values.items():
        if isinstance(value, str):
            longest = LONGEST_NAME if field == "name" else LONGEST_TEXT
            check_text(value, names.get(field, field), longest=longest, is_needed=field in needed)
