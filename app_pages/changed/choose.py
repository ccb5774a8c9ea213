"""Read from the address since when, which changes, and which comparison is shown as known then."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from answers.library import Library
from app_pages.parts import open_library
from app_pages.parts.address import Name
from app_pages.parts.choice_row import moment_word, release_names, select
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.measure import Measure
from domain.release import Release, before_latest_fetch, read_moment
from domain.revision import RevisedMeasure, RevisionKind

SINCE: Final = "sedan"
KIND: Final = "slag"
AMONG: Final = "bland"
ONLY: Final = "bara"
KIND_WORDS: Final = {
    "andrade": RevisionKind.CHANGED,
    "borttagna": RevisionKind.WITHDRAWN,
    "nya": RevisionKind.NEW,
    "avrundade": RevisionKind.ROUNDED,
    "omdefinierade": RevisionKind.REDEFINED,
}
AMONG_WORDS: Final = {"gruppen": False, "alla": True}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address chooses.

    `earlier` are the releases before the one that is shown, latest first; `since` is one of them. `only` is the measure
    whose changes are listed, `measure` the one that is compared then and now.
    """

    view: View
    earlier: tuple[Release, ...]
    since: Release | None
    kind: RevisionKind | None
    is_among_all: bool
    only: Measure | None
    measure: Measure

    def library_then(self) -> Library:
        """Return the library as known at `since`."""
        return (
            open_library.library_at(self.since, self.view.releases[-1]) if self.since else self.view.library
        )


def load_choice(view: View) -> Choice:
    """Read the choice from the address; what cannot be read is reported and replaced by the default."""
    words = view.address
    releases = view.releases
    earlier = tuple(reversed([release for release in releases if release.known_at < view.release.known_at]))
    hint = _("Möjliga ord: {words}.")
    return Choice(
        view=view,
        earlier=earlier,
        since=words.read(
            SINCE,
            _earlier_release(view, earlier),
            before_latest_fetch(releases, view.release),
            kind=_("tidpunkt"),
            hint=hint.format(words=", ".join(moment_word(release) for release in earlier)),
        ),
        kind=words.read(
            KIND, KIND_WORDS.__getitem__, None, kind=_("slag"), hint=hint.format(words=", ".join(KIND_WORDS))
        ),
        is_among_all=words.read(
            AMONG,
            AMONG_WORDS.__getitem__,
            False,
            kind=_("urval"),
            hint=hint.format(words=", ".join(AMONG_WORDS)),
        ),
        only=words.read(ONLY, view.library.catalogue.measure, None, kind=_("mått")),
        measure=words.read(
            Name.MEASURE,
            view.library.catalogue.measure,
            view.library.catalogue.measure(view.measure_set.measure_ids[0]),
            kind=_("mått"),
        ),
    )


def _earlier_release(view: View, earlier: tuple[Release, ...]) -> Callable[[str], Release]:
    """Parse the word of a release, or any day or time, into the release that was current then."""

    def parse(word: str) -> Release:
        for release in earlier:
            if moment_word(release) == word:
                return release
        known_at = view.library.figures.release_as_of(read_moment(word)).known_at
        return {release.known_at: release for release in earlier}[known_at]

    return parse


def since_control(chosen: Choice) -> None:
    """Show the choice of which earlier release to compare with."""
    names = release_names(chosen.earlier)
    select(SINCE, _("Sedan"), names, moment_word(chosen.since) if chosen.since else "")


def list_controls(chosen: Choice, measures: tuple[RevisedMeasure, ...]) -> None:
    """Show the choice of which changes are listed."""
    select(
        ONLY,
        _("Mått"),
        {"": _("alla mått")} | {measure.measure.id: measure.measure.short_title for measure in measures},
        chosen.only.id if chosen.only else "",
    )
    kinds = {
        "": _("alla slag"),
        "andrade": _("ändrade"),
        "borttagna": _("borttagna"),
        "nya": _("nya"),
        "avrundade": _("annan avrundning"),
        "omdefinierade": _("ny definition"),
    }
    words = {kind: word for word, kind in KIND_WORDS.items()}
    select(KIND, _("Slag"), kinds, words[chosen.kind] if chosen.kind else "")
    select(
        AMONG,
        _("Bland"),
        {"gruppen": _("gruppen"), "alla": _("alla kommuner")},
        "alla" if chosen.is_among_all else "gruppen",
    )


def measure_control(chosen: Choice) -> None:
    """Show the choice of the measure that is compared then and now."""
    view = chosen.view
    ids = dict.fromkeys([chosen.measure.id, *view.measure_set.measure_ids])
    for measure_set in view.library.catalogue.ready_made_sets():
        ids.update(dict.fromkeys(measure_set.measure_ids))
    select(
        Name.MEASURE,
        _("Mått"),
        {measure_id: view.library.catalogue.measure(measure_id).short_title for measure_id in ids},
        chosen.measure.id,
    )
