"""Describe in words what an entry of the log changed: every field that differs, at any depth."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from app_pages.parts.words import Translate
from data.workspace.changing import place_name
from domain.audit import FIELD_NAMES, AuditEntry
from domain.comparability import COMPARABILITY_NAMES
from domain.message import to_translate
from domain.network_measure import INTERVAL_NAMES, SOURCE_NAMES, STATE_NAMES
from domain.rights import ROLE_NAMES
from domain.upload import STATE_NAMES as UPLOAD_STATE_NAMES
from language.enum_words import DIRECTION_WORDS, KIND_WORDS

LEFT_OUT: Final = frozenset({"version"})  # the row's own id
NAMES: Final = {
    **FIELD_NAMES,
    "id": to_translate("beteckning"),
    "code": to_translate("kommun"),
    "municipality_code": to_translate("kommun"),
    "network_id": to_translate("nätverk"),
    "owner_network": to_translate("nätverket som äger måttet"),
    "measure_id": to_translate("mått"),
    "person_id": to_translate("person"),
    "from_day": to_translate("från och med"),
    "to_day": to_translate("till och med"),
    "role": to_translate("roll"),
    "state": to_translate("läge"),
    "at": to_translate("när"),
    "year": to_translate("år"),
    "decided_on": to_translate("beslutat"),
    "checksum": to_translate("kontrollsumma"),
    "sequence": to_translate("ordning"),
}
WORDS: Final[Mapping[str, Mapping[Any, str]]] = {
    "role": ROLE_NAMES,
    "state": {**STATE_NAMES, **UPLOAD_STATE_NAMES},
    "flag": COMPARABILITY_NAMES,
    "direction": DIRECTION_WORDS,
    "source": SOURCE_NAMES,
    "interval": INTERVAL_NAMES,
    "kind": KIND_WORDS,
}
PLACES: Final = frozenset({"code", "municipality_code"})
MOMENTS: Final = frozenset({"at", "created_at", "published_at", "undone_at"})
Path = tuple[str | int, ...]


def rows(entry: AuditEntry, translate: Translate) -> list[tuple[str, str, str]]:
    """Return (field, before, after) for everything that differs, in the order in which the subject lists it."""
    before, after = dict(_leaves(entry.before)), dict(_leaves(entry.after))
    return [
        (
            _name(path, translate),
            _text(path, before.get(path), translate),
            _text(path, after.get(path), translate),
        )
        for path in dict.fromkeys([*after, *before])
        if before.get(path) != after.get(path)
    ]


def _leaves(state: Any, path: Path = ()) -> list[tuple[Path, Any]]:  # noqa: ANN401 - whatever JSON can hold
    """Return every leaf value by its path; empty texts and lists have no leaves."""
    if isinstance(state, Mapping):
        named = [(name, value) for name, value in state.items() if name not in LEFT_OUT or path]
        return [leaf for name, value in named for leaf in _leaves(value, (*path, str(name)))]
    if isinstance(state, list):
        return [leaf for place, value in enumerate(state) for leaf in _leaves(value, (*path, place))]
    return [] if state is None or state == "" else [(path, state)]


def _name(path: Path, translate: Translate) -> str:
    """Name a field: “roller 2, kommun”."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(translate(NAMES[str(step)]) if step in NAMES else str(step).replace("_", " "))
    return ", ".join(words)


def _text(path: Path, value: Any, translate: Translate) -> str:  # noqa: ANN401 - whatever JSON can hold
    field = str(path[-1]) if path else ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return translate("ja") if value else translate("nej")
    if field in MOMENTS:
        return f"{datetime.fromisoformat(str(value)).astimezone():%Y-%m-%d %H:%M:%S}"
    if field in PLACES:
        return place_name(str(value))
    words = WORDS.get(field, {})
    return translate(words[value]) if value in words else str(value)
