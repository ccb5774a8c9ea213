"""The overview as tables to take along: as on the page, and one row a value."""

import pandas as pd

from app_pages.parts.charts.footnotes import explanation_cells
from app_pages.parts.charts.on_page import source_words
from app_pages.parts.charts.wording import comparability_cells, comparability_words
from app_pages.parts.downloads import Export, about
from app_pages.parts.words import Translate
from domain.comparison import Comparison, Member
from domain.overview import Overview, OverviewRow
from domain.value import Status
from language.enum_words import COLOUR_WORDS, DIRECTION_WORDS, STATUS_WORDS
from language.rendering import render

TableCells = dict[str, object]


def export(title: str, subtitle: str, overview: Overview, translate: Translate) -> Export:
    """Both tables with what they are, in the language of `translate`."""
    method = dict.fromkeys(
        render(message, translate) for row in overview.rows for message in row.comparison.method
    )
    return Export(
        title=title,
        file_name="oversikt",
        shown=pd.DataFrame([_shown(row, translate) for row in overview.rows]),
        full=pd.DataFrame(
            [_full(row, member, translate) for row in overview.rows for member in row.comparison.members]
        ).astype({translate("Plats"): "Int64"}),
        about=about(
            title=title,
            subtitle=subtitle,
            release=overview.release,
            source=source_words(sources(overview, translate), translate),
            method=tuple(method),
            translate=translate,
        ),
        is_made_up=overview.release.is_made_up,
        decimals=max((row.comparison.measure.decimals for row in overview.rows), default=1),
    )


def sources(overview: Overview, translate: Translate) -> str:
    """Every source of what is shown, once; nothing where nothing is shown."""
    return "; ".join(dict.fromkeys(render(row.comparison.source, translate) for row in overview.rows))


def _facts(row: OverviewRow, translate: Translate) -> TableCells:
    measure = row.comparison.measure
    return {
        translate("Avsnitt"): render(row.section, translate),
        translate("Mått"): measure.short_title,
        translate("Enhet"): measure.unit,
        translate("Riktning"): translate(DIRECTION_WORDS[measure.direction]),
        translate("År"): row.comparison.year,
    }


def _shown(row: OverviewRow, translate: Translate) -> TableCells:
    """Return one row per measure and one column per municipality; a cell without a number says why."""
    comparison = row.comparison
    values: TableCells = {member.name: _value_or_reason(member, translate) for member in comparison.members}
    notes = [
        f"{member.name}: {words}"
        for member in comparison.members
        if (words := comparability_words(member, translate))
    ]
    return {
        **_facts(row, translate),
        **values,
        translate("Ovägt medel"): comparison.mean,
        translate("Jämförbarhet"): "; ".join(notes),
        translate("Förklaringar"): "; ".join(
            f"{member.name}: {member.explanation}" for member in comparison.members if member.explanation
        ),
    }


def _value_or_reason(member: Member, translate: Translate) -> float | str:
    return _reason(member, translate) if member.value is None else member.value


def _reason(member: Member, translate: Translate) -> str:
    return "" if member.status is Status.OK else translate(STATUS_WORDS[member.status])


def _full(row: OverviewRow, member: Member, translate: Translate) -> TableCells:
    """Return one row per value with everything that is known of it."""
    comparison: Comparison = row.comparison
    return {
        **_facts(row, translate),
        translate("Beteckning"): comparison.measure.id,
        translate("Kod"): member.code,
        translate("Kommun"): member.name,
        translate("Värde"): member.value,
        translate("Uppgift saknas"): _reason(member, translate),
        translate("Plats"): member.rank,
        translate("Färg"): translate(COLOUR_WORDS[member.colour]),
        translate("Avvikelse från medel"): member.deviation_from_mean,
        translate("Ovägt medel"): comparison.mean,
        translate("Median"): comparison.median,
        translate("Undre kvartil"): comparison.lower_quartile,
        translate("Övre kvartil"): comparison.upper_quartile,
        translate("Riket"): comparison.national_value,
        **comparability_cells(member, translate),
        **explanation_cells(member.explanation, translate),
    }
