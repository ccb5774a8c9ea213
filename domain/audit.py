"""The log of changes: who did what, when, and what it looked like before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from domain.case import REUSE_STATE_NAMES
from domain.message import Listing, Message, to_translate
from domain.rights import Action
from domain.story import STORY_STATE_NAMES
from domain.success_bank import SECTION_NAMES
from domain.upload import STATE_NAMES

LONGEST_SHOWN: Final = 60  # characters of a text in a sentence about a change


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class SubjectKind(StrEnum):
    PERSON = "person"
    NETWORK = "network"
    MEASURE = "measure"
    COMMENT = "comment"
    VOTE = "vote"
    TARGET = "target"
    STATEMENT = "statement"
    AUDIT = "audit"
    UPLOAD = "upload"
    LAYOUT = "layout"
    STORY = "story"
    REUSE = "reuse"
    PICTURE = "picture"
    ATTACHMENT = "attachment"


SUBJECT_NAMES: Final = {
    SubjectKind.PERSON: to_translate("person"),
    SubjectKind.NETWORK: to_translate("nätverk"),
    SubjectKind.MEASURE: to_translate("mått"),
    SubjectKind.COMMENT: to_translate("kommentar"),
    SubjectKind.VOTE: to_translate("röst"),
    SubjectKind.TARGET: to_translate("mål"),
    SubjectKind.STATEMENT: to_translate("jämförbarhet"),
    SubjectKind.AUDIT: to_translate("ändringslogg"),
    SubjectKind.UPLOAD: to_translate("uppladdning"),
    SubjectKind.LAYOUT: to_translate("läsning av filer"),
    SubjectKind.STORY: to_translate("exempel, metod eller program"),
    SubjectKind.REUSE: to_translate("provat exempel"),
    SubjectKind.PICTURE: to_translate("bild"),
    SubjectKind.ATTACHMENT: to_translate("bifogad fil"),
}
OUTCOME_NAMES: Final = {Outcome.DONE: to_translate("gjort"), Outcome.REFUSED: to_translate("nekat")}

FIELD_NAMES: Final = {
    **SECTION_NAMES,
    "revisit_on": to_translate("ses över"),
    "how_it_went": to_translate("hur det gick"),
    "own_case_id": to_translate("eget exempel"),
    "media_type": to_translate("filslag"),
    "name": to_translate("namn"),
    "kind": to_translate("slag"),
    "memberships": to_translate("medlemmar"),
    "aim": to_translate("syfte"),
    "area_of_work": to_translate("verksamhetsområde"),
    "contact": to_translate("kontakt"),
    "period_from": to_translate("period från"),
    "period_to": to_translate("period till"),
    "forming_until": to_translate("under bildande till"),
    "next_meeting": to_translate("nästa möte"),
    "kolada_group": to_translate("grupp i Kolada"),
    "wants_sign_off": to_translate("en andra person godkänner"),
    "is_made_up": to_translate("påhittat"),
    "definitions": to_translate("definition"),
    "life": to_translate("läge"),
    "section": to_translate("avsnitt"),
    "roles": to_translate("roller"),
    "flag": to_translate("jämförbarhet"),
    "included": to_translate("vad som ingår"),
    "overhead": to_translate("gemensamma kostnader"),
    "operator": to_translate("utförare"),
    "counting_method": to_translate("hur det räknas"),
    "first_year": to_translate("första år"),
    "source": to_translate("vad måttet är gjort av"),
    "expression": to_translate("nyckeltal, formel eller variabel"),
    "resident_sentence": to_translate("mening för invånare"),
    "unit": to_translate("enhet"),
    "decimals": to_translate("decimaler"),
    "direction": to_translate("riktning"),
    "not_included": to_translate("vad som inte ingår"),
    "service_and_overheads": to_translate("egen och köpt verksamhet och gemensamma kostnader"),
    "numerator": to_translate("täljare"),
    "denominator": to_translate("nämnare"),
    "data_source": to_translate("källa"),
    "responsible": to_translate("ansvarig funktion"),
    "interval": to_translate("hur ofta"),
    "smallest_basis": to_translate("minsta underlag"),
    "not_to_be_used_for": to_translate("vad måttet inte ska användas till"),
    "changed_because": to_translate("varför definitionen ändrades"),
    "minutes_reference": to_translate("protokoll"),
    "reason": to_translate("skäl"),
    "low": to_translate("mål, lägst"),
    "high": to_translate("mål, högst"),
    "votes": to_translate("röster"),
    "text": to_translate("text"),
    "is_for": to_translate("röst för"),
    "period": to_translate("period"),
    "file_name": to_translate("fil"),
    "person_name": to_translate("uppladdad av"),
    "created_at": to_translate("uppladdad"),
    "state": to_translate("läge"),
    "counts": to_translate("antal"),
    "explained": to_translate("förklarade anmärkningar"),
    "publish_on": to_translate("publiceringsdag"),
    "signed_by": to_translate("godkänt av"),
    "published_at": to_translate("publicerat"),
    "published_by": to_translate("publicerat av"),
    "undone_at": to_translate("ångrat"),
    "undone_by": to_translate("ångrat av"),
    "undone_because": to_translate("varför det ångrades"),
    "mapping": to_translate("hur filen läses"),
    "layout_key": to_translate("filens uppställning"),
}
_STATE_NAMES: Final = {
    state.value: name
    for names in (REUSE_STATE_NAMES, STORY_STATE_NAMES, STATE_NAMES)
    for state, name in names.items()
}
UNTOLD: Final = frozenset(
    {
        "id",
        "version",
        "at",
        "person_id",
        "network_id",
        "measure_id",
        "municipality_code",
        "owner_network",
        "year",
        "sequence",
        "checksum",
    }
)  # what a change of says nothing to a person


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: values in plain types, `None` where there was or is nothing."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log. `after` of a refusal is what was wanted."""

    number: int
    at: datetime
    person_id: str
    person_name: str
    action: Action
    outcome: Outcome
    subject_kind: SubjectKind
    subject_id: str
    network_id: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The fields that differ, in the order in which the subject lists them."""
        return differences(self.before or {}, self.after or {})


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """The fields that differ between two states in plain types."""
    return tuple(
        FieldChange(name, before.get(name), after.get(name))
        for name in dict.fromkeys([*after, *before])
        if name not in UNTOLD and before.get(name) != after.get(name)
    )


def describe_changes(
    changes: tuple[FieldChange, ...], place_name: Callable[[str], str] = lambda code: code
) -> Message:
    """The changes in one sentence: which field, from what, to what."""
    lines = [_describe_field(change, place_name) for change in changes]
    if not lines:
        return Message(to_translate("inget som syns"))
    return Message("{changes}", changes=Listing(tuple(lines), last="; ", separator="; "))


def _describe_field(change: FieldChange, place_name: Callable[[str], str]) -> Message:
    field = Message(FIELD_NAMES.get(change.field, change.field.replace("{", "").replace("}", "")))
    if change.field == "memberships":
        return _describe_members(field, change, place_name)
    if isinstance(change.before, list | dict) or isinstance(change.after, list | dict):
        return field
    before, after = _format_value(change.before), _format_value(change.after)
    if change.field == "state":
        before, after = _state(before), _state(after)
    if not before:
        return Message(to_translate("{field} ”{after}”"), field=field, after=after)
    if not after:
        return Message(to_translate("{field} ”{before}” togs bort"), field=field, before=before)
    return Message(
        to_translate("{field} från ”{before}” till ”{after}”"),
        field=field,
        before=before,
        after=after,
    )


def _state(text: Message | str) -> Message | str:
    """The state of an upload, a story or a reuse in words; that of anything else as it is."""
    return Message(_STATE_NAMES[text]) if isinstance(text, str) and text in _STATE_NAMES else text


def _describe_members(field: Message, change: FieldChange, place_name: Callable[[str], str]) -> Message:
    """Whose stays were added or changed, with the days."""
    before = [tuple(stay.values()) for stay in change.before or []]
    after = [tuple(stay.values()) for stay in change.after or []]
    new = [stay for stay in after if stay not in before]
    touched = {stay[0] for stay in new}
    gone = [stay[0] for stay in before if stay not in after and stay[0] not in touched]
    lines = [f"{place_name(code)} {from_day}–{to_day or ''}" for code, from_day, to_day in new]
    lines += [f"−{place_name(code)}" for code in gone]
    return Message(to_translate("{field} ({members})"), field=field, members=", ".join(lines))


def _format_value(value: object) -> Message | str:
    if isinstance(value, bool):
        return Message(to_translate("ja")) if value else Message(to_translate("nej"))
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
