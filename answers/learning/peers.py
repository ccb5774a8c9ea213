"""How one place stands among those similar to it, and which of them it can learn from."""

from answers.library import Library
from domain.comparison import Comparison
from domain.learning import PeerToLearnFrom
from domain.measure import Direction
from domain.place import Place
from domain.value import Gender
from language.peer_sentences import peer_sentences
from metrics.peers import comparable_members, find_peers_to_learn_from


def peers_to_learn_from(
    library: Library, comparison: Comparison, focus: Place
) -> tuple[PeerToLearnFrom, ...]:
    """Return the similar places to learn from, as `metrics.peers.find_peers_to_learn_from` finds them, with the reasons."""
    if comparison.measure.direction is Direction.NEUTRAL:
        return ()
    cells = library.values.cells((comparison.measure,), Gender.TOTAL)
    series = {
        member.code: cells.series(0, member.code, member.name, comparison.break_years)
        for member in comparable_members(comparison)
    }
    places = library.places.by_code
    return tuple(
        PeerToLearnFrom(
            place=places[finding.code],
            value=finding.value,
            is_better=finding.is_better,
            is_certain=finding.is_certain,
            has_improved_most=finding.has_improved_most,
            change=None if finding.value_before is None else finding.value - finding.value_before,
            changed_from=finding.changed_from,
            why=peer_sentences(finding, comparison, places[finding.code], focus),
        )
        for finding in find_peers_to_learn_from(comparison, focus.code, series)
    )
