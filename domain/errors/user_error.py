"""The base of all errors that are meant for a person."""

from domain.message import Message, Value, source_text, to_translate


class UserError(Exception):
    """Base of the errors that are meant for a person.

    `text` is a Swedish sentence with `{named}` places, `values` fills them. A kind of error has one text, or several as
    constants of which one is given when it is raised. The values are keyword arguments.
    """

    text = to_translate("Något gick fel.")

    def __init__(self, text: str | None = None, /, **values: object) -> None:
        super().__init__()
        self.text = text or self.text
        self.values = values

    @property
    def message(self) -> Message:
        """What is rendered in the reader's language; what is no value of a message is written as it is."""
        return Message(
            self.text,
            **{
                name: value if isinstance(value, Value) else str(value) for name, value in self.values.items()
            },
        )

    def __str__(self) -> str:
        return source_text(self.message)
