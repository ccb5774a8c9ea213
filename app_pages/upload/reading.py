"""Step 2: the sheet with what each column is read as, why, and how to correct it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app_pages.parts import blocks, forms
from app_pages.parts.choice_row import select
from app_pages.parts.forms import key
from app_pages.parts.period_words import period_name
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext
from app_pages.upload import load
from app_pages.upload.choose import Choice, Step, step_link
from app_pages.upload.load import AtHand
from app_pages.upload.preview import Marks, column_letters, lane_words, render_preview
from app_pages.upload.step_bar import own_value_count
from domain.period import Period
from domain.rights import Action
from domain.upload import ROLE_NAMES, ColumnRole, FileMapping, SheetMapping
from domain.value import Gender
from language.enum_words import GENDER_WORDS
from language.numbers import number
from language.rendering import render
from pipelines.uploads.interpretation import set_column_role, set_table_subject
from pipelines.uploads.interpretation.corrections import turned
from spreadsheets.workbook import Sheet, Workbook

SHEET: Final = "blad"
FORM: Final = "correct-reading"
MOST_NOTES: Final = 12
MOST_PERIODS: Final = 3
LONGEST_HEADING: Final = 40
CORRECTING: Final = "upload-correcting"  # the corrections stay open while they are in use
OF_A_VALUE: Final = frozenset({ColumnRole.VALUE, ColumnRole.BASIS, ColumnRole.REASON, ColumnRole.COMMENT})


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one of the tables on it, as it is read."""

    sheet: Sheet
    mapping: SheetMapping
    number: int = 0  # among the tables of its sheet
    is_one_of_several: bool = False

    @property
    def key(self) -> str:
        return f"{self.sheet.name}-{self.number}"


def show(choice: Choice, held: AtHand) -> None:
    """Show what was read in sentences, the sheet, the form to correct it, and the link to the next step."""
    _show_summary(choice, held)
    table = _choose_table(choice, tables(held.review.workbook, held.review.interpreted.mapping))
    sheet, mapping = table.sheet, table.mapping
    names = _measure_names(held)
    if about := _about_sheet(sheet, mapping, names):
        blocks.show_text(about)
    st.html(render_preview(sheet, mapping, _marks(held, table), names))
    own = _("Inramade celler är värden för {place} som publiceras.").format(place=choice.place)
    blocks.show_text(own, "chart-notes")
    if mapping.is_read:
        _show_reasons(mapping, names)
    if _may_correct(choice, held):
        _show_corrections(choice, held, table, names)
    blocks.show_links([(step_link(Step.FINDINGS, choice.upload), _("Vidare till anmärkningarna"), "onwards")])


def tables(workbook: Workbook, mapping: FileMapping) -> list[Table]:
    """Every sheet in the file's order, and every table on it from the top; a sheet without any counts as unread."""
    all_tables = []
    for sheet in workbook.sheets:
        here = [sheet_mapping for sheet_mapping in mapping.sheets if sheet_mapping.sheet == sheet.name]
        here = here or [SheetMapping(sheet.name, is_read=False)]
        all_tables += [
            Table(sheet, table_mapping, position, len(here) > 1)
            for position, table_mapping in enumerate(here)
        ]
    return all_tables


def _show_summary(choice: Choice, held: AtHand) -> None:
    """Show how much was read, how, and what was left out."""
    interpreted = held.review.interpreted
    sentences = [_count_text(choice, held)]
    mapping = interpreted.mapping
    if mapping.is_template:
        sentences.append(_("Filen är vår mall, så ingenting behövde gissas."))
    elif mapping.is_remembered:
        sentences.append(_("Vi läser den som du eller en kollega har rättat en fil av samma slag tidigare."))
    else:
        sentences.append(
            _(
                "Stämmer det inte kan du rätta nedanför. Vi kommer ihåg rättelsen till nästa fil av samma slag."
            )
        )
    notes = [note.message for note in (*interpreted.workbook.notes, *interpreted.notes)]
    show_template(
        "upload/reading_summary.html",
        text=" ".join(sentences),
        notes=notes[:MOST_NOTES],
        more_notes=notes[MOST_NOTES:],
    )


def _count_text(choice: Choice, held: AtHand) -> str:
    """“Vi läste 42 värden för Haninge i 7 mått, 2023; 301 värden för andra kommuner läses men publiceras inte.”"""
    values = held.review.interpreted.values
    reported = {measure.id for measure in held.review.context.reported}
    is_reported = values["value"].notna() | values["reason"].notna()
    is_own = (values["municipality_code"] == choice.code) & is_reported & values["measure_id"].isin(reported)
    own = values.loc[is_own]
    count = own_value_count(held)
    if not count:
        text = _("Vi hittade inga värden för {place} i de mått som rapporteras.").format(place=choice.place)
    else:
        periods = sorted({str(period) for period in own["period"].unique()})
        text = ngettext(
            "Vi läste {count} värde för {place} i {measures}, {periods}.",
            "Vi läste {count} värden för {place} i {measures}, {periods}.",
            count,
        ).format(
            count=number(count, 0, language()),
            place=choice.place,
            measures=ngettext("{count} mått", "{count} mått", own["measure_id"].nunique()).format(
                count=own["measure_id"].nunique()
            ),
            periods=_span(periods),
        )
    others = int((is_reported & (values["municipality_code"] != choice.code)).sum())
    if others:
        text += " " + ngettext(
            "{count} värde för andra kommuner läses men publiceras inte.",
            "{count} värden för andra kommuner läses men publiceras inte.",
            others,
        ).format(count=number(others, 0, language()))
    known_ids = int((is_reported & (values["municipality_code"] == choice.code) & ~is_own).sum())
    if known_ids:
        text += " " + ngettext(
            "{count} värde hör till nyckeltal eller mått som inte rapporteras här; det jämförs men publiceras inte.",
            "{count} värden hör till nyckeltal eller mått som inte rapporteras här; de jämförs men publiceras inte.",
            known_ids,
        ).format(count=number(known_ids, 0, language()))
    return text


def _span(periods: list[str]) -> str:
    """“2019–2023”, or a list of the periods; for many parts of years only the years."""
    years = sorted({int(period[:4]) for period in periods})
    if len(periods) <= MOST_PERIODS:
        return ", ".join(period_name(period) for period in periods)
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _choose_table(choice: Choice, tables_in_file: list[Table]) -> Table:
    """Show the choice of table; return the table that the address names by its number, else the first that is read."""
    first = next((table for table in tables_in_file if table.mapping.is_read), tables_in_file[0])
    words = {str(position): table for position, table in enumerate(tables_in_file, start=1)}
    chosen = words.get(choice.view.address.text(SHEET), first)
    if len(tables_in_file) > 1:
        names = {word: _table_title(table) for word, table in words.items()}
        with st.container(key="upload-sheet"):
            select(SHEET, _("Blad"), names, next(word for word, table in words.items() if table is chosen))
    return chosen


def _table_title(table: Table) -> str:
    name, mapping = table.sheet.name, table.mapping
    if table.sheet.is_hidden:
        return _("{sheet} (dolt, läses inte)").format(sheet=name)
    if not mapping.is_read:
        return _("{sheet} (läses inte)").format(sheet=name)
    if table.is_one_of_several:
        return _("{sheet}, tabellen på rad {first}–{last}").format(
            sheet=name, first=mapping.first_row, last=mapping.last_row
        )
    return name


def _about_sheet(sheet: Sheet, mapping: SheetMapping, names: Mapping[str, str]) -> str:
    """What the whole sheet is about, and why it is read as it is, or an empty string."""
    if not mapping.is_read:
        if mapping.why:
            return render(mapping.why, _)
        return _("Bladet är dolt.") if sheet.is_hidden else _("Bladet läses inte.")
    facts = [
        names.get(mapping.measure_id, mapping.measure_id),
        period_name(mapping.period) if mapping.period else "",
        _(GENDER_WORDS[mapping.gender]) if mapping.gender is not None else "",
    ]
    about = ", ".join(fact for fact in facts if fact)
    parts = [_("Hela bladet handlar om {what}.").format(what=about)] if about else []
    if mapping.why:
        parts.append(render(mapping.why, _))
    return " ".join(parts)


def _marks(held: AtHand, table: Table) -> Marks:
    """Findings, own values and rows left out on one sheet, by real row and column."""
    sheet, others = table.sheet, held.review.interpreted.mapping.sheets
    elsewhere = {
        row: _("läses i en annan tabell")
        for other in others
        if table.is_one_of_several and other.sheet == sheet.name and other is not table.mapping
        for row in range(other.first_row, other.last_row + 1)
    }
    values = held.review.interpreted.values
    here = values.loc[values["sheet"] == sheet.name]
    own = here.loc[here["municipality_code"] == held.review.place.code]
    notes = held.review.notes
    return Marks(
        findings={
            (finding.address.row, finding.address.column): finding
            for finding in reversed(held.review.findings)
            if finding.address is not None and finding.address.sheet == sheet.name
        },
        own=set(zip(own["row"].tolist(), own["column"].tolist(), strict=True)),
        left_out=elsewhere
        | {
            note.address.row: _("läses inte")
            for note in notes
            if note.address is not None and note.address.sheet == sheet.name
        },
    )


def _measure_names(held: AtHand) -> Mapping[str, str]:
    context = held.review.context
    return {**context.titles, **{measure.id: measure.definition.name for measure in context.measures}}


def _show_reasons(mapping: SheetMapping, names: Mapping[str, str]) -> None:
    """Show why every column is read as it is, collapsed."""
    first = _("Rad") if mapping.is_transposed else _("Kolumn")
    show_template(
        "upload/column_reasons.html",
        columns=(first, _("Rubrik"), _("Läses som"), _("Därför")),
        rows=[
            (_lane_name(mapping, lane.column), (lane.heading, lane_words(lane, names), lane.why or ""))
            for lane in mapping.columns
        ],
    )


def _lane_name(mapping: SheetMapping, column: int) -> str:
    return str(column) if mapping.is_transposed else column_letters(column)


# ---- correcting ------------------------------------------------------------------------------------------------


def _may_correct(choice: Choice, held: AtHand) -> bool:
    """Whether the current user may correct the reading: of a draft those who may upload, otherwise anybody."""
    return held.upload is None or (held.is_draft and choice.may(Action.UPLOAD_RESULTS))


def _show_corrections(choice: Choice, held: AtHand, table: Table, names: Mapping[str, str]) -> None:
    forms.show_problem(FORM)
    with st.expander(_("Rätta hur bladet läses"), expanded=bool(st.session_state.get(CORRECTING))):
        if table.mapping.columns:
            _show_column_form(choice, held, table, names)
        _show_table_form(choice, held, table, names)


def _show_column_form(choice: Choice, held: AtHand, table: Table, names: Mapping[str, str]) -> None:
    """Show the form for one or several columns: what they hold and what their heading means."""
    mapping = table.mapping
    lanes = {lane.column: lane for lane in mapping.columns}

    def column_name(column: int) -> str:
        heading = lanes[column].heading
        short = heading if len(heading) <= LONGEST_HEADING else heading[: LONGEST_HEADING - 1] + "…"
        return f"{_lane_name(mapping, column)} · {short}" if short else _lane_name(mapping, column)

    form = f"{FORM}-{table.key}"
    blocks.show_heading(_("En eller flera kolumner"))
    with st.form(form, enter_to_submit=False, border=False):
        first, second = st.columns(2)
        first.multiselect(
            _("Rader") if mapping.is_transposed else _("Kolumner"),
            list(lanes),
            format_func=column_name,
            key=key(form, "columns"),
            placeholder=_("Välj en eller flera"),
        )
        second.selectbox(
            _("Läses som"),
            list(ColumnRole),
            format_func=lambda role: _(ROLE_NAMES[role]),
            key=key(form, "role"),
            index=list(ColumnRole).index(ColumnRole.VALUE),
        )
        _show_subject_fields(
            held, form, names, st.columns(3), nothing=_("står i en annan kolumn eller rubrik")
        )
        st.form_submit_button(
            _("Läs om filen så"),
            key=f"save-{form}",
            on_click=partial(_save_columns, choice, held, table, form),
        )


def _show_subject_fields(
    held: AtHand, form: str, names: Mapping[str, str], columns: Sequence[DeltaGenerator], *, nothing: str
) -> None:
    """Show the fields for what a column or a table is about: measure, period and gender."""
    measure, period, gender = columns
    measure.selectbox(
        _("Allt gäller måttet"),
        ["", *(measure.id for measure in held.review.context.measures)],
        format_func=lambda measure_id: names.get(measure_id, measure_id) if measure_id else nothing,
        key=key(form, "measure"),
    )
    period.text_input(
        _("Allt gäller perioden"),
        key=key(form, "period"),
        placeholder=_("till exempel 2023 eller 2023-VT"),
    )
    genders: list[Gender | None] = [None, *Gender]
    gender.selectbox(
        _("Allt gäller"),
        genders,
        format_func=lambda option: _(GENDER_WORDS[option]) if option is not None else nothing,
        key=key(form, "gender"),
    )


def _period(form: str) -> str:
    """The period in the form, as it is stored, or an empty string. Raises `UnreadablePeriodError`."""
    text = forms.text(form, "period")
    return str(Period.read(text)) if text else ""


def _save_columns(choice: Choice, held: AtHand, table: Table, form: str) -> None:
    def work() -> str:
        columns = forms.required_value(form, "columns", _("Kolumner"))
        role = ColumnRole(forms.value(form, "role"))
        fixes = role in OF_A_VALUE
        changed = held.review.interpreted.mapping
        for column in columns:
            changed = set_column_role(
                changed,
                table.sheet.name,
                column,
                role,
                measure_id=forms.text(form, "measure") if fixes else "",
                period=_period(form) if fixes else "",
                gender=forms.value(form, "gender") if fixes else None,
                table=table.number,
            )
        return _read_again(choice, held, changed)

    forms.save(FORM, work)


def _show_table_form(choice: Choice, held: AtHand, table: Table, names: Mapping[str, str]) -> None:
    """Show the form for the whole table: whether it is read, what it is about, and which way it lies."""
    form = f"{FORM}-all-{table.key}"
    blocks.show_heading(_("Hela bladet"))
    with st.form(form, enter_to_submit=False, border=False):
        st.checkbox(_("Läs bladet"), value=table.mapping.is_read, key=key(form, "is-read"))
        _show_subject_fields(held, form, names, st.columns(3), nothing=_("ändra inte"))
        with st.container(horizontal=True):
            st.form_submit_button(
                _("Läs om bladet så"),
                key=f"save-{form}",
                on_click=partial(_save_table, choice, held, table, form),
            )
            st.form_submit_button(
                _("Vänd bladet: rader blir kolumner"),
                key=f"turn-{form}",
                on_click=partial(_transpose, choice, held, table),
            )


def _save_table(choice: Choice, held: AtHand, table: Table, form: str) -> None:
    def work() -> str:
        changed = set_table_subject(
            held.review.interpreted.mapping,
            table.sheet.name,
            is_read=bool(forms.value(form, "is-read")),
            measure_id=forms.text(form, "measure") or None,
            period=_period(form) or None,
            gender=forms.value(form, "gender"),
            table=table.number,
        )
        return _read_again(choice, held, changed)

    forms.save(FORM, work)


def _transpose(choice: Choice, held: AtHand, table: Table) -> None:
    def work() -> str:
        interpreted = held.review.interpreted
        changed = turned(interpreted.mapping, table.sheet.name, interpreted.workbook, held.review.context)
        return _read_again(choice, held, changed)

    forms.save(FORM, work)


def _read_again(choice: Choice, held: AtHand, mapping: FileMapping) -> str:
    load.read_again(choice, held, mapping)
    st.session_state[CORRECTING] = True
    if held.upload is None:
        return _("Filen är läst så som du sade.")
    return _("Filen är läst så som du sade. Vi kommer ihåg det till nästa fil av samma slag.")
