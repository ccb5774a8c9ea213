"""A release: what was known at a moment, and who made it so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.errors.choices import UnreadableChoiceError
from domain.message import Message, to_translate


@dataclass(frozen=True, slots=True)
class Release:
    """One committed state of the figures.

    `number` rises by time within one store. `known_at` carries a time zone. `run_id` names the pipeline run or
    upload that wrote it. `is_made_up` is true for demonstration values, which every page and export must say.
    `upload_id` names the upload that it published or undid; None for a fetch from a source.
    """

    number: int
    known_at: datetime
    run_id: str
    description: str
    is_made_up: bool = False
    upload_id: str | None = None

    @property
    def source(self) -> Message:
        """The source line of raw values. What is computed from them is own work and does not carry it."""
        if self.is_made_up:
            return Message(to_translate("Påhittade demonstrationsvärden"))
        return Message(to_translate("Källa: Kolada"))


def before_latest_fetch(releases: Sequence[Release], until: Release) -> Release | None:
    """The release that the latest fetch up to `until` came on top of, from `releases` in order of time.

    What members have published since the fetch is then told together with what the fetch changed. Without an earlier
    one it is the fetch itself, if anything has been published since; else None.
    """
    fetched = [
        release for release in releases if release.number <= until.number and release.upload_id is None
    ]
    latest = fetched[-1] if fetched else until
    earlier = [release for release in releases if release.known_at < latest.known_at]
    if earlier:
        return earlier[-1]
    return latest if latest.number < until.number else None


def read_moment(text: str, *, before_the_day: bool = False) -> datetime:
    """The moment that a person means: a date is the whole of that day, in local time, so its last instant.

    Takes `2024-01-30` and `2024-01-30T14:05` with or without a time zone. `before_the_day` turns a date into the
    last instant before it, for what happened since that day. Raises `UnreadableChoiceError`.
    """
    word = text.strip()
    try:
        if len(word) != len("2024-01-30"):
            return datetime.fromisoformat(word).astimezone()
        day = date.fromisoformat(word) + timedelta(days=0 if before_the_day else 1)
        return datetime.combine(day, time.min).astimezone() - timedelta(microseconds=1)
    except (ValueError, OverflowError):
        raise UnreadableChoiceError(
            value=text,
            kind=Message(to_translate("datum eller tid")),
            hint=Message(to_translate("Skriv till exempel 2024-01-30 eller 2024-01-30T14:05.")),
        ) from None
