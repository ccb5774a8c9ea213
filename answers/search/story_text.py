"""The texts of a story that are searched and quoted."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from unicodedata import normalize

from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.programme import Programme
from domain.story import NOT_KNOWN_YET, TipBox
from domain.success_bank import Story, title_of


@dataclass(frozen=True, slots=True)
class StoryText:
    """lead: what it is about, which counts more than the rest. sections: (field, text) in reading order, none empty."""

    title: str
    lead: str
    sections: tuple[tuple[str, str], ...]

    @property
    def body(self) -> str:
        return "\n".join(text for _, text in self.sections)


def index_story(story: Story, known: Iterable[str] = ()) -> StoryText:
    """Return the texts of a story. known: words about it that are not in its text: places, names of measures."""
    about: tuple[str, ...]
    match story:
        case Case():
            about, rest = ("question", "people"), _of_case(story)
        case CooperationMethod():
            about, rest = ("purpose",), _of_method(story)
        case Programme():
            about, rest = ("challenge",), _of_programme(story)
    leading = [(name, getattr(story, name)) for name in about]
    parts = ((name, _tidy(text)) for name, text in (*leading, *rest))
    return StoryText(
        title=_tidy(title_of(story)),
        lead=_tidy("\n".join([*(text for _, text in leading), *(tag.word for tag in story.tags), *known])),
        sections=tuple((name, text) for name, text in parts if text and text.casefold() != NOT_KNOWN_YET),
    )


def _of_case(case: Case) -> list[tuple[str, str]]:
    return [
        ("what_was_done", case.what_was_done),
        ("steps", _join_sentences(step.what for step in case.steps)),
        ("results", case.results),
        ("pitfalls", case.pitfalls),
        ("otherwise", case.otherwise),
        ("plan", case.plan),
        (
            "evaluation",
            _join_sentences([case.evaluation.who, case.evaluation.design, case.evaluation.outcome]),
        ),
        ("staff", case.staff),
        ("cost", case.cost),
        ("partners", _join_sentences(partner.name for partner in case.partners)),
        ("study_visit", case.study_visit.what_one_sees if case.study_visit.is_offered else ""),
        ("tip_boxes", _boxes(case.tip_boxes)),
    ]


def _of_method(method: CooperationMethod) -> list[tuple[str, str]]:
    return [
        ("how_to", _join_sentences(method.how_to)),
        ("fits_when", method.fits_when),
        ("does_not_fit_when", method.does_not_fit_when),
        ("preparation", method.preparation),
        ("tip_boxes", _boxes(method.tip_boxes)),
    ]


def _of_programme(programme: Programme) -> list[tuple[str, str]]:
    return [
        ("why_no_single_actor", programme.why_no_single_actor),
        (
            "projects",
            _join_sentences(
                chain.from_iterable((project.name, project.challenge) for project in programme.projects)
            ),
        ),
        ("criteria", _join_sentences(criterion.text for criterion in programme.criteria)),
        ("helps", programme.helps),
        ("hinders", programme.hinders),
        ("forums", _join_sentences(programme.forums)),
        ("partners", _join_sentences(partner.name for partner in programme.partners)),
        ("tip_boxes", _boxes(programme.tip_boxes)),
    ]


def _tidy(text: str) -> str:
    """Return the text on one line, with each letter as one character: `a` with a ring after it becomes `å`."""
    return " ".join(normalize("NFC", text).split())


def _boxes(boxes: Iterable[TipBox]) -> str:
    return _join_sentences(chain.from_iterable((box.title, box.text) for box in boxes))


def _join_sentences(texts: Iterable[str]) -> str:
    """Join texts as sentences."""
    stripped = (text.strip() for text in texts)
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in stripped if text)
