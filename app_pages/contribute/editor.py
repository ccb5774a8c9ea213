"""Show the form: chapters of sections, each with its help, its widgets, “vet inte ännu” and why it is not saved."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import streamlit as st

from app_pages.contribute import autosave, pictures
from app_pages.contribute.autosave import FORM, FORMS, OpenStory, key
from app_pages.contribute.choose import Choice
from app_pages.contribute.form import FIRST_DAY, LAST_DAY, Field, FieldKind, Offered, Section
from app_pages.parts import bank, choices, frame
from app_pages.parts.blocks import show_heading, show_text
from app_pages.parts.error_advice import explain
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, capitalize_first
from domain.errors.storage import ChangedMeanwhileError
from domain.kept_text import LONGEST_NAME, LONGEST_TEXT
from domain.story import STORY_STATE_NAMES, StoryKind, StoryState
from domain.success_bank import SECTION_NAMES, Story, kind_of, title_of, unanswered

PICTURES: Final = "pictures"
AIMS: Final = "aims"
MEASURE_WORDS: Final = f"{FORM}-measure-words"
MOST_MEASURES: Final = 40  # offered for the words of a search
LINE_WIDTH: Final = 4  # the sum of the widths of fields on one line


def show_form(choice: Choice, story: Story) -> OpenStory:
    """Show the whole form, filled from the story when it is opened."""
    story_id = story.standing.id
    opened = autosave.current_story() if autosave.is_open(story_id) else autosave.open_story(story)
    _show_status(opened)
    missing = set(unanswered(opened.story))
    with st.container(key="contribute-form"):
        for chapter in FORMS[kind_of(opened.story)]:
            show_heading(_(chapter.title), "chapter")
            for section in chapter.sections:
                with st.container(key=f"{FORM}-{section.name}-part"):
                    _show_section(choice, opened, section, missing)
        if kind_of(opened.story) is StoryKind.METHOD:
            pictures.show_template_upload(opened)
    return opened


# ---- what is saved ---------------------------------------------------------------------------------------------------


def _show_status(opened: OpenStory) -> None:
    """Show when it was saved, and what is not saved or has no answer."""
    with st.container(key="contribute-status"):
        saved = ""
        if opened.saved_at is not None:
            saved = _("Sparat {time}").format(time=opened.saved_at.astimezone().strftime("%H:%M"))
        show_template(
            "contribute/status.html",
            saved=saved,
            state=_(STORY_STATE_NAMES[opened.story.standing.state]),
            missing=len(unanswered(opened.story)),
            unsaved=len(opened.problems) + len(opened.conflicts),
        )
    with st.empty().container():
        _show_other_versions(opened)


def _show_other_versions(opened: OpenStory) -> None:
    """Say that a published version stays meanwhile, and what another writer has saved."""
    standing = opened.story.standing
    if standing.published_at is not None and standing.state is not StoryState.PUBLISHED:
        show_text(_("Det som är publicerat står kvar tills ändringarna är granskade."), "saved")
    if opened.meanwhile is not None:
        frame.show_box(
            _("Någon annan sparade under tiden"),
            [
                explain(opened.meanwhile),
                _("Det är med i formuläret nu, och ditt är sparat ovanpå."),
            ],
        )


# ---- one section -----------------------------------------------------------------------------------------------------


def _show_section(choice: Choice, opened: OpenStory, section: Section, missing: set[str]) -> None:
    show_template(
        "contribute/section.html",
        name=section.name,
        title=_(section.title),
        about=_(section.about),
        is_missing=not missing.isdisjoint((*section.unknowable, *section.touched)),
    )
    with st.empty().container():
        _show_problem(opened, section)
    if section.name == AIMS:
        _show_measure_search()
    if section.row:
        _show_rows(choice, opened, section)
    else:
        _show_fields(choice, section, None)
    _show_unknown(opened, section, missing)


def _show_problem(opened: OpenStory, section: Section) -> None:
    """Show why the section is not saved; after a conflict, the two ways on."""
    problem = opened.problems.get(section.name)
    if problem is not None:
        frame.show_box(_("Inte sparat"), [explain(problem), _("Det du har skrivit står kvar här nedanför.")])
    conflict = opened.conflicts.get(section.name)
    if conflict is None:
        return
    frame.show_box(
        _("Någon annan har ändrat samma del"),
        [
            explain(conflict),
            *_describe_theirs(conflict, section),
            _("Ditt står kvar här nedanför och är inte sparat."),
        ],
    )
    with st.container(horizontal=True, key=f"{FORM}-{section.name}-choice"):
        st.button(
            _("Spara mitt i stället"),
            key=f"{FORM}-{section.name}-mine",
            on_click=autosave.save_mine,
            args=(section,),
            type="primary",
        )
        st.button(
            _("Ta det som är sparat"),
            key=f"{FORM}-{section.name}-theirs",
            on_click=autosave.take_theirs,
            args=(section,),
        )


def _describe_theirs(conflict: ChangedMeanwhileError, section: Section) -> list[str]:
    """What the other writer wrote, where the message about the change has no room for it."""
    changes: Any = conflict.values.get("changes", ())
    return [
        _("Nu sparat: {after}").format(after=change.after)
        for change in changes
        if change.field in section.touched and isinstance(change.after, str)
    ]


def _show_unknown(opened: OpenStory, section: Section, missing: set[str]) -> None:
    """Show “vet inte ännu” where it is the answer, or a button for it where there is no answer."""
    for name in section.unknowable:
        part = _(SECTION_NAMES[name]) if len(section.unknowable) > 1 else ""
        if name in opened.story.not_known:
            with st.container(
                horizontal=True, key=f"{FORM}-known-{name}", vertical_alignment="center", gap="small"
            ):
                text = (
                    _("{part}: vet inte ännu").format(part=part.capitalize()) if part else _("Vet inte ännu")
                )
                show_text(text, "not-known", width="content")
                st.button(
                    _("Ångra"),
                    key=f"{FORM}-know-{name}",
                    on_click=partial(autosave.mark_unknown, section, name, is_unknown=False),
                    type="tertiary",
                )
        elif name in missing:
            st.button(
                _("Vet inte ännu: {part}").format(part=part) if part else _("Vet inte ännu"),
                key=f"{FORM}-unknown-{name}",
                on_click=partial(autosave.mark_unknown, section, name, is_unknown=True),
            )


# ---- rows and fields -------------------------------------------------------------------------------------------------


def _show_rows(choice: Choice, opened: OpenStory, section: Section) -> None:
    for position, row in enumerate(list(opened.rows.get(section.name, []))):
        with st.container(border=True, key=f"{FORM}-{section.name}-{row}-row"):
            if section.name == PICTURES:
                pictures.show_thumbnail(section, row)
            _show_fields(choice, section, row)
            with st.container(horizontal=True, key=f"{FORM}-{section.name}-{row}-buttons", gap="small"):
                st.button(
                    _("Ta bort"),
                    key=f"{FORM}-{section.name}-{row}-take",
                    on_click=autosave.remove_row,
                    args=(section, row),
                    type="tertiary",
                    icon=":material/delete:",
                )
                if position:
                    st.button(
                        _("Flytta upp"),
                        key=f"{FORM}-{section.name}-{row}-raise",
                        on_click=autosave.move_row_up,
                        args=(section, row),
                        type="tertiary",
                        icon=":material/arrow_upward:",
                    )
    if section.name == PICTURES:
        pictures.show_uploader(opened, section)
        return
    st.button(
        _(section.row),
        key=f"{FORM}-{section.name}-add",
        on_click=autosave.add_row,
        args=(section,),
        icon=":material/add:",
    )


def _show_fields(choice: Choice, section: Section, row: int | None) -> None:
    visible = [field for field in section.fields if field.kind is not FieldKind.HIDDEN]
    lines: list[list[Field]] = [[]]
    for field in visible:
        if sum(other.width for other in lines[-1]) + field.width > LINE_WIDTH:
            lines.append([])
        lines[-1].append(field)
    for line in lines:
        if len(line) == 1:
            _show_field(choice, section, line[0], row, is_alone=len(visible) == 1)
            continue
        for column, field in zip(st.columns([field.width for field in line]), line, strict=True):
            with column:
                _show_field(choice, section, field, row)


def _show_field(
    choice: Choice, section: Section, field: Field, row: int | None, *, is_alone: bool = False
) -> None:
    """Show one widget. Where the heading above already names it, its label is only for screen readers."""
    label = _(field.label)
    common: dict[str, Any] = {
        "key": key(section, field.name, row),
        "on_change": autosave.save_section,
        "args": (section,),
    }
    # May be outside what the widget offers: it was imported from a file.
    current: Any = st.session_state.get(common["key"])
    label_visibility: Any = "collapsed" if is_alone or field.label == section.title else "visible"
    match field.kind:
        case FieldKind.LINE:
            st.text_input(label, max_chars=_longest(field), label_visibility=label_visibility, **common)
        case FieldKind.TEXT:
            st.text_area(
                label,
                max_chars=LONGEST_TEXT,
                height="content",
                label_visibility=label_visibility,
                **common,
            )
        case FieldKind.DAY:
            first, last = min(FIRST_DAY, current or FIRST_DAY), max(LAST_DAY, current or LAST_DAY)
            st.date_input(label, min_value=first, max_value=last, format="YYYY-MM-DD", **common)
        case FieldKind.WHOLE:
            st.number_input(label, min_value=0, step=1, **common)
        case FieldKind.AMOUNT:
            st.number_input(label, min_value=0.0, **common)
        case FieldKind.TICK:
            st.checkbox(label, **common)
        case FieldKind.CHOICE:
            options = _options(choice, field, current)
            common |= {
                "format_func": lambda option: options.get(option, option),
                "label_visibility": label_visibility,
            }
            if isinstance(field.options, Offered):
                st.selectbox(label, list(options), index=None, placeholder=_("Välj …"), **common)
            else:
                st.selectbox(label, list(options), **common)
        case FieldKind.MANY:
            many = _options(choice, field, *(current or ()))
            st.multiselect(
                label,
                list(many),
                format_func=lambda option: many.get(option, option),
                placeholder=_("Välj …"),
                **common,
            )


def _longest(field: Field) -> int:
    """The longest text of a single line: that of names for names, that of texts for others."""
    return LONGEST_NAME if field.name in {"title", "name", "word", "when", "link_title"} else LONGEST_TEXT


def _options(choice: Choice, field: Field, *chosen: str | None) -> Mapping[str, str]:
    """The labels of the options by word; what is chosen stays an option, also where it is no longer offered."""
    if isinstance(field.options, Mapping):
        return {str(option): capitalize_first(_(label)) for option, label in field.options.items()}
    options = _offered(choice, field.options)
    for word in chosen:
        if word and word not in options:
            options[word] = _name_of(choice, field.options, word)
    return options


def _offered(choice: Choice, source: Offered | None) -> dict[str, str]:
    match source:
        case Offered.PLACES:
            return choices.municipality_names(choice.view.library)
        case Offered.MEASURES:
            words = str(st.session_state.get(MEASURE_WORDS) or "").strip()
            measures = choice.view.library.catalogue.search(words)[:MOST_MEASURES] if words else ()
            return {measure.id: f"{measure.short_title} ({measure.id})" for measure in measures}
        case Offered.CASES:
            return {case.standing.id: case.title for case in choice.bank.cases.values()}
        case Offered.METHODS:
            return {method.standing.id: method.name for method in choice.bank.methods.values()}
        case Offered.PROGRAMMES:
            return {
                programme.standing.id: title_of(programme) for programme in choice.bank.programmes.values()
            }
    return {}


def _name_of(choice: Choice, source: Offered | None, word: str) -> str:
    if source is not Offered.MEASURES:
        return word
    measure = bank.find_measure(choice.view.library, word)
    return f"{measure.short_title} ({word})" if measure is not None else word


def _show_measure_search() -> None:
    """Show the search for measures, because thousands of them are too many for a list."""
    st.text_input(
        _("Sök mått att välja bland"),
        key=MEASURE_WORDS,
        placeholder=_("till exempel: behöriga lärare"),
        max_chars=LONGEST_NAME,
    )
