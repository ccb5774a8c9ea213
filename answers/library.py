"""Everything that can be asked at one release, put together: places, groups, catalogue, values and own measures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

import pandas as pd

from answers.catalogue import Catalogue
from answers.groups import Groups
from answers.kolada_groups import KoladaGroups
from answers.kpis import Kpis
from answers.network_snapshot import NO_NETWORKS, NetworkSnapshot
from answers.own_measures import OwnMeasures
from answers.places import Places
from answers.reported import Reported
from answers.values import CellCache, Values
from data.store.figures import Figures
from disclosure.reported import disclose_reported
from domain.network_measure import NetworkMeasure
from domain.release import Release


@dataclass(frozen=True, eq=False)
class ReleaseParts:
    """The parts that depend on the release alone, so that libraries with different networks share what they have read."""

    figures: Figures
    release: Release
    places: Places
    kpis: Kpis
    kolada_groups: KoladaGroups
    kpi_cells: CellCache

    def load_reported(self) -> Reported:
        """Read what members have reported."""
        return Reported(disclose_reported(self.figures.reported_values(self.release)))


@dataclass(frozen=True, eq=False)
class Library:
    """The parts of one release and one state of the networks. Made by `build_library`; a variant is composed again."""

    figures: Figures
    release: Release
    places: Places
    groups: Groups
    catalogue: Catalogue
    values: Values
    own_measures: OwnMeasures
    _release_parts: ReleaseParts

    @classmethod
    def compose(
        cls,
        parts: ReleaseParts,
        load_snapshot: Callable[[], NetworkSnapshot],
        load_reported: Callable[[], Reported],
    ) -> Self:
        """Put the parts of a release together with the networks. Each of the two is read once, when first needed."""
        load_shown_snapshot = cache(lambda: _shown_beside(parts.release, load_snapshot()))
        own_measures = OwnMeasures(parts.kpis, load_shown_snapshot, cache(load_reported))
        return cls(
            figures=parts.figures,
            release=parts.release,
            places=parts.places,
            groups=Groups(parts.places, parts.kolada_groups, load_shown_snapshot),
            catalogue=Catalogue(parts.kpis, own_measures),
            values=Values(parts.figures, parts.release, parts.places, own_measures, parts.kpi_cells),
            own_measures=own_measures,
            _release_parts=parts,
        )

    def with_snapshot(self, snapshot: NetworkSnapshot) -> Self:
        """Return a library of the same release with another snapshot of the networks.

        Reported values are read again where the state differs: something may have been published since that suppresses
        more of old releases.
        """
        is_same_state = snapshot.state == self.own_measures.snapshot.state
        load_reported = self._load_reported_once if is_same_state else self._release_parts.load_reported
        return self.compose(self._release_parts, lambda: snapshot, load_reported)

    def with_draft(self, draft: NetworkMeasure) -> Self:
        """Return a library with one more own measure, or another version of one. Nothing is stored."""
        snapshot = self.own_measures.snapshot
        others = tuple(measure for measure in snapshot.measures if measure.id != draft.id)
        return self.with_snapshot(replace(snapshot, measures=(*others, draft)))

    def with_reported(self, cells: pd.DataFrame) -> Self:
        """Return a library with some reported cells replaced, to see what would change. Nothing is stored.

        cells: the columns of `disclosure.reported.COLUMNS`; a row with neither value nor reason removes its cell. The `key`
        is the same, so answers of it must not be cached beside those of this library.
        """
        snapshot, reported = self.own_measures.snapshot, self.own_measures.reported.replaced_by(cells)
        return self.compose(self._release_parts, lambda: snapshot, lambda: reported)

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What tells this library's answers from those of any other release or state of the networks."""
        snapshot = self.own_measures.snapshot
        return *self.release_key, snapshot.state, str(snapshot.day)

    @property
    def release_key(self) -> tuple[str, int]:
        """What tells the release from any other."""
        return self.release.run_id, self.release.number

    def _load_reported_once(self) -> Reported:
        return self.own_measures.reported


def build_library(
    figures: Figures,
    release: Release,
    load_snapshot: Callable[[], NetworkSnapshot] = lambda: NO_NETWORKS,
    translate: Callable[[str], str] = str,
) -> Library:
    """Build the library of one release.

    load_snapshot: reads the networks, which is done when they are first needed. translate: a gettext function, the
    language of short titles, sentences, units and the names of sets; what the source and the networks have written
    (titles, descriptions, places) stays as it is.
    """
    parts = ReleaseParts(
        figures=figures,
        release=release,
        places=Places(figures, release, translate),
        kpis=Kpis(figures, release, translate),
        kolada_groups=KoladaGroups(figures, release),
        kpi_cells=CellCache(),
    )
    return Library.compose(parts, load_snapshot, parts.load_reported)


def _shown_beside(release: Release, snapshot: NetworkSnapshot) -> NetworkSnapshot:
    """Return the networks that belong beside a release's values: those of the demonstration beside made-up values only."""
    return snapshot if release.is_made_up else snapshot.without_made_up_networks()
