"""Messages as text, for tests of what people read."""

from collections.abc import Mapping
from typing import Any

from domain.message import Message, Reason
from language.rendering import render


def swedish(value: Any) -> Any:
    """The message in Swedish; of a tuple, list or mapping each of its messages; no message is no text."""
    if value is None:
        return ""
    if isinstance(value, Message | Reason):
        return render(value, str)
    if isinstance(value, Mapping):
        return {key: swedish(item) for key, item in value.items()}
    return type(value)(map(swedish, value)) if isinstance(value, tuple | list) else value
