"""The address of a Kolada API v3 and of what it points on to."""

from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from domain.errors.choices import UnreadableChoiceError
from domain.message import Message, to_translate

DEFAULT_URL: Final = "https://api.kolada.se/v3"
VERSION: Final = "/v3"


@dataclass(frozen=True, slots=True)
class SourceAddress:
    """The base of the API, ending in `/v3`, without a slash behind it."""

    base: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Take an address with or without `/v3` and a slash at the end. Raises `UnreadableChoiceError`."""
        parts = urlsplit(text.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise UnreadableChoiceError(
                value=text,
                kind=Message(to_translate("en adress")),
                hint=Message(to_translate("Skriv till exempel {example}."), example=DEFAULT_URL),
            )
        path = parts.path.rstrip("/").removesuffix(VERSION).rstrip("/")
        return cls(f"{parts.scheme}://{parts.netloc}{path}{VERSION}")

    def page(self, path: str) -> str:
        """The full address of a path below the base."""
        return f"{self.base}/{path.lstrip('/')}"

    def following(self, next_url: str) -> str:
        """Where `next_url` leads, at the host that was asked.

        A service behind a proxy may name a host or a scheme that is not reachable from here, so only the path below
        `/v3` and the query are taken from it.
        """
        parts = urlsplit(next_url)
        below = parts.path.partition(f"{VERSION}/")[2] or parts.path.lstrip("/")
        return self.page(below) + (f"?{parts.query}" if parts.query else "")
