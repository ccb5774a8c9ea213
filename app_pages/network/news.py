"""Describe what is new in a network, from the audit log or from the life events of its public measures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from app_pages.network.choose import Choice
from app_pages.parts.measure_words import life_link
from app_pages.parts.words import _
from domain.audit import AuditEntry, SubjectKind, describe_changes
from domain.comparability import COMPARABILITY_NAMES, Comparability
from domain.message import to_translate
from domain.network_measure import PUBLISHED_STATES, LifeEvent, MeasureState, NetworkMeasure
from domain.upload import UploadState
from language.rendering import render

STEPS: Final = {
    MeasureState.PROPOSED: to_translate("{measure} har föreslagits."),
    MeasureState.DISCUSSED: to_translate("{measure} är under diskussion."),
    MeasureState.DECIDED: to_translate("{measure} är beslutat ({minutes})."),
    MeasureState.IN_USE: to_translate("{measure} är i bruk."),
    MeasureState.RETIRED: to_translate("{measure} är avvecklat: {reason}"),
}
_UPLOAD_STEPS: Final[Mapping[tuple[str, str], str]] = {
    (UploadState.PUBLISHING, UploadState.PUBLISHED): to_translate(
        "{place} har publicerat sina resultat för {period}."
    ),
    (UploadState.UNDOING, UploadState.UNDONE): to_translate(
        "{place} har ångrat en publicering för {period}."
    ),
}
PUBLIC: Final = PUBLISHED_STATES | {MeasureState.RETIRED}


@dataclass(frozen=True, slots=True)
class News:
    """One news item; `sentence` has its names linked."""

    at: datetime
    who: str
    sentence: Markup


def from_lives(measures: Iterable[NetworkMeasure]) -> list[News]:
    """Return the news that everybody may read: life events of public measures, newest first."""
    news = [
        News(event.at, "", _step(event.state, life_link(measure), event.minutes_reference, event.reason))
        for measure in measures
        if measure.is_published
        for event in _last_of_each_day(measure.life)
        if event.state in PUBLIC
    ]
    return sorted(news, key=lambda piece: piece.at, reverse=True)


def from_log(entries: Iterable[AuditEntry], measures: Iterable[NetworkMeasure], choice: Choice) -> list[News]:
    """Return the news that participants may read, newest first."""
    links = {measure.id: life_link(measure) for measure in measures}
    news = [News(entry.at, entry.person_name, _of_entry(entry, links, choice)) for entry in entries]
    return [piece for piece in news if piece.sentence]


def _sentence(text: str, **values: object) -> Markup:
    """Fill in the placeholders of a text; values that are not markup are escaped."""
    return Markup.escape(_(text)).format(**values)


def _last_of_each_day(life: Iterable[LifeEvent]) -> list[LifeEvent]:
    """Keep the last event of each day: a decision and its first use on the same day are one news item."""
    return list({event.at.astimezone().date(): event for event in life}.values())


def _of_entry(entry: AuditEntry, links: Mapping[str, Markup], choice: Choice) -> Markup:
    before, after = entry.before or {}, entry.after or {}
    measure_id = entry.subject_id.split("/")[0]
    measure = links.get(measure_id, Markup.escape(measure_id))
    match entry.subject_kind:
        case SubjectKind.MEASURE:
            return _of_measure(before, after, measure)
        case SubjectKind.COMMENT:
            return _sentence(to_translate("Ny kommentar om {measure}."), measure=measure)
        case SubjectKind.VOTE:
            text = (
                to_translate("{place} har röstat för {measure}.")
                if after.get("is_for")
                else to_translate("{place} har röstat mot {measure}.")
            )
            return _sentence(text, place=_place(after, choice), measure=measure)
        case SubjectKind.TARGET:
            text = to_translate("Nytt mål för {measure} ({year}).")
            return _sentence(text, measure=measure, year=after.get("year", "–"))
        case SubjectKind.STATEMENT:
            text = to_translate("{place} om {measure}: {flag}.")
            flag = _(COMPARABILITY_NAMES[Comparability(str(after.get("flag")))])
            return _sentence(text, place=_place(after, choice), measure=measure, flag=flag)
        case SubjectKind.UPLOAD:
            return _of_upload(before, after, choice)
        case SubjectKind.NETWORK:
            if not before:
                return _sentence(to_translate("Nätverket bildades."))
            what = render(describe_changes(entry.changes, choice.name), _)
            return _sentence(to_translate("Ändrat: {what}."), what=what)
    return Markup()


def _of_measure(before: Mapping[str, Any], after: Mapping[str, Any], measure: Markup) -> Markup:
    life, earlier = after.get("life", []), before.get("life", [])
    if len(life) > len(earlier):
        last = life[-1]
        return _step(
            MeasureState(last["state"]), measure, last.get("minutes_reference", ""), last.get("reason", "")
        )
    definitions, known = after.get("definitions", []), before.get("definitions", [])
    if len(definitions) > len(known):
        return _sentence(
            to_translate("{measure} har en ny definition från {year}; serien bryts där."),
            measure=measure,
            year=definitions[-1]["first_year"],
        )
    if definitions != known:
        return _sentence(to_translate("{measure} har fått en ny ordalydelse."), measure=measure)
    return _sentence(to_translate("{measure} har flyttats till ett annat avsnitt."), measure=measure)


def _of_upload(before: Mapping[str, Any], after: Mapping[str, Any], choice: Choice) -> Markup:
    """Return the news of a publication or an undo; what a municipality does with its drafts is not news."""
    text = _UPLOAD_STEPS.get((str(before.get("state")), str(after.get("state"))))
    if text is None:
        return Markup()
    return _sentence(text, place=_place(after, choice), period=str(after.get("period", "–")))


def _step(state: MeasureState, measure: Markup, minutes: str, reason: str) -> Markup:
    return _sentence(STEPS[state], measure=measure, minutes=minutes or "", reason=reason or "")


def _place(state: Mapping[str, Any], choice: Choice) -> str:
    return choice.name(str(state.get("municipality_code") or ""))
