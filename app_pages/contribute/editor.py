"""The form: chapters of sections, each with its help, its widgets, “vet inte ännu” and what stopped it from being kept."""

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any, Final

import streamlit as st

from app_pages.contribute import keeping, pictures
from app_pages.contribute.choose import Choice
from app_pages.contribute.form import FIRST_DAY, LAST_DAY, Field, FieldKind, Offered, Section
from app_pages.contribute.keeping import FORM, FORMS, Open, key
from app_pages.parts import bank, choices, frame
from app_pages.parts.words import _, ngettext
from domain.errors import ChangedMeanwhileError
from domain.kept_text import LONGEST_NAME, LONGEST_TEXT
from domain.story import STORY_STATE_NAMES, StoryKind, StoryState
from domain.success_bank import SECTION_NAMES, Story, kind_of, title_of, unanswered
from language.rendering import render

PICTURES: Final = "pictures"
AIMS: Final = "aims"
MEASURE_WORDS: Final = f"{FORM}-measure-words"
MOST_FOUND: Final = 40


def form(choice: Choice, story: Story) -> Open:
    """The whole form, filled from the story when it is opened."""
    story_id = story.standing.id
    found = keeping.now_open() if keeping.is_open(story_id) else keeping.begin(story)
    _status(found)
    wanting = set(unanswered(found.story))
    with st.container(key="contribute-form"):
        for chapter in FORMS[kind_of(found.story)]:
            st.html(f'<h2 class="chapter">{escape(_(chapter.title))}</h2>')
            for section in chapter.sections:
                with st.container(key=f"{FORM}-{section.name}-part"):
                    _section(choice, found, section, wanting)
        if kind_of(found.story) is StoryKind.METHOD:
            pictures.template(found)
    return found


# ---- what is kept ----------------------------------------------------------------------------------------------------


def _status(found: Open) -> None:
    """Quietly, that it is saved, and what is not."""
    with st.container(key="contribute-status"):
        told = ""
        if found.saved_at is not None:
            told = _("Sparat {time}").format(time=found.saved_at.astimezone().strftime("%H:%M"))
        wanting = len(unanswered(found.story))
        facts = [told, _(STORY_STATE_NAMES[found.story.standing.state])]
        if wanting:
            facts.append(
                ngettext("{count} del saknar svar", "{count} delar saknar svar", wanting).format(
                    count=wanting
                )
            )
        st.html(f'<p class="saved" role="status">{escape(" · ".join(filter(None, facts)))}</p>')
        unsaved = len(found.problems) + len(found.conflicts)
        if unsaved:
            told = ngettext(
                "{count} del är inte sparad, se nedan.", "{count} delar är inte sparade, se nedan.", unsaved
            )
            st.html(f'<p class="saved not-saved" role="alert">{escape(told.format(count=unsaved))}</p>')
    with st.empty().container():
        _told(found)


def _told(found: Open) -> None:
    """What a writer must know of the published one and of other writers."""
    standing = found.story.standing
    if standing.published_at is not None and standing.state is not StoryState.PUBLISHED:
        st.html(
            f'<p class="saved">{escape(_("Det som är publicerat står kvar tills ändringarna är granskade."))}</p>'
        )
    if found.meanwhile is not None:
        frame.box(
            _("Någon annan sparade under tiden"),
            [render(found.meanwhile.message, _), _("Det är med i formuläret nu, och ditt är sparat ovanpå.")],
        )


# ---- one section -----------------------------------------------------------------------------------------------------


def _section(choice: Choice, found: Open, section: Section, wanting: set[str]) -> None:
    missing = [one for one in (*section.unknowable, *section.touched) if one in wanting]
    sign = f' <small class="wanting">· {escape(_("har inget svar ännu"))}</small>' if missing else ""
    st.html(
        f'<div class="contribute-section" id="del-{section.name}"><h3>{escape(_(section.title))}{sign}</h3>'
        f"<p>{escape(_(section.about))}</p></div>"
    )
    with st.empty().container():
        _problem(found, section)
    if section.name == AIMS:
        _measure_words()
    if section.row:
        _rows(choice, found, section)
    else:
        _fields(choice, section, None)
    _unknown(found, section, wanting)


def _problem(found: Open, section: Section) -> None:
    """Why the section is not kept; after a conflict, the two ways on."""
    problem = found.problems.get(section.name)
    if problem is not None:
        frame.box(
            _("Inte sparat"), [render(problem.message, _), _("Det du har skrivit står kvar här nedanför.")]
        )
    conflict = found.conflicts.get(section.name)
    if conflict is None:
        return
    frame.box(
        _("Någon annan har ändrat samma del"),
        [
            render(conflict.message, _),
            *_theirs(conflict, section),
            _("Ditt står kvar här nedanför och är inte sparat."),
        ],
    )
    with st.container(horizontal=True, key=f"{FORM}-{section.name}-choice"):
        st.button(
            _("Spara mitt i stället"),
            key=f"{FORM}-{section.name}-mine",
            on_click=keeping.keep_mine,
            args=(section,),
            type="primary",
        )
        st.button(
            _("Ta det som är sparat"),
            key=f"{FORM}-{section.name}-theirs",
            on_click=keeping.take_theirs,
            args=(section,),
        )


def _theirs(conflict: ChangedMeanwhileError, section: Section) -> list[str]:
    """What the other one wrote, where the sentence about the change has no room for it."""
    changes: Any = conflict.values.get("changes", ())
    return [
        _("Nu sparat: {after}").format(after=change.after)
        for change in changes
        if change.field in section.touched and isinstance(change.after, str)
    ]


def _unknown(found: Open, section: Section, wanting: set[str]) -> None:
    """“Vet inte ännu” is an answer, one press away where there is none."""
    for name in section.unknowable:
        which = _(SECTION_NAMES[name]) if len(section.unknowable) > 1 else ""
        if name in found.story.not_known:
            with st.container(
                horizontal=True, key=f"{FORM}-known-{name}", vertical_alignment="center", gap="small"
            ):
                told = (
                    _("{part}: vet inte ännu").format(part=which.capitalize())
                    if which
                    else _("Vet inte ännu")
                )
                st.html(f'<p class="not-known">{escape(told)}</p>', width="content")
                st.button(
                    _("Ångra"),
                    key=f"{FORM}-know-{name}",
                    on_click=partial(keeping.say_unknown, section, name, is_unknown=False),
                    type="tertiary",
                )
        elif name in wanting:
            label = _("Vet inte ännu") if not which else _("Vet inte ännu: {part}").format(part=which)
            st.button(
                label,
                key=f"{FORM}-unknown-{name}",
                on_click=partial(keeping.say_unknown, section, name, is_unknown=True),
            )


# ---- rows and fields -------------------------------------------------------------------------------------------------


def _rows(choice: Choice, found: Open, section: Section) -> None:
    listed = list(found.rows.get(section.name, []))
    for place, row in enumerate(listed):
        with st.container(border=True, key=f"{FORM}-{section.name}-{row}-row"):
            if section.name == PICTURES:
                pictures.thumbnail(section, row)
            _fields(choice, section, row)
            with st.container(horizontal=True, key=f"{FORM}-{section.name}-{row}-buttons", gap="small"):
                st.button(
                    _("Ta bort"),
                    key=f"{FORM}-{section.name}-{row}-take",
                    on_click=keeping.take_row,
                    args=(section, row),
                    type="tertiary",
                    icon=":material/delete:",
                )
                if place:
                    st.button(
                        _("Flytta upp"),
                        key=f"{FORM}-{section.name}-{row}-raise",
                        on_click=keeping.raise_row,
                        args=(section, row),
                        type="tertiary",
                        icon=":material/arrow_upward:",
                    )
    if section.name == PICTURES:
        pictures.uploader(found, section)
        return
    st.button(
        _(section.row),
        key=f"{FORM}-{section.name}-add",
        on_click=keeping.add_row,
        args=(section,),
        icon=":material/add:",
    )


def _fields(choice: Choice, section: Section, row: int | None) -> None:
    shown = [field for field in section.fields if field.kind is not FieldKind.HIDDEN]
    is_alone = len(shown) == 1
    lines: list[list[Field]] = [[]]
    for one in shown:
        if sum(other.width for other in lines[-1]) + one.width > 4:
            lines.append([])
        lines[-1].append(one)
    for line in lines:
        if len(line) == 1:
            _field(choice, section, line[0], row, is_alone=is_alone)
            continue
        for column, one in zip(st.columns([each.width for each in line]), line, strict=True):
            with column:
                _field(choice, section, one, row)


def _field(
    choice: Choice, section: Section, field: Field, row: int | None, *, is_alone: bool = False
) -> None:
    """One widget. What a single widget is called stands above it already, so that its label is for who cannot see it."""
    label = _(field.label)
    common: dict[str, Any] = {
        "key": key(section, field.name, row),
        "on_change": keeping.keep,
        "args": (section,),
    }
    now: Any = st.session_state.get(
        common["key"]
    )  # may lie outside what is asked for: it was brought in from a file
    is_said_above = is_alone or field.label == section.title
    hidden: Any = "collapsed" if is_said_above else "visible"
    match field.kind:
        case FieldKind.LINE:
            st.text_input(label, max_chars=_longest(field), label_visibility=hidden, **common)
        case FieldKind.TEXT:
            st.text_area(label, max_chars=LONGEST_TEXT, height="content", label_visibility=hidden, **common)
        case FieldKind.DAY:
            first, last = min(FIRST_DAY, now or FIRST_DAY), max(LAST_DAY, now or LAST_DAY)
            st.date_input(label, min_value=first, max_value=last, format="YYYY-MM-DD", **common)
        case FieldKind.WHOLE:
            st.number_input(label, min_value=0, step=1, **common)
        case FieldKind.AMOUNT:
            st.number_input(label, min_value=0.0, **common)
        case FieldKind.TICK:
            st.checkbox(label, **common)
        case FieldKind.CHOICE:
            options = _options(choice, field, now)
            shown: dict[str, Any] = {
                "format_func": lambda one: options.get(one, one),
                "label_visibility": hidden,
                **common,
            }
            if isinstance(field.options, Offered):
                st.selectbox(label, list(options), index=None, placeholder=_("Välj …"), **shown)
            else:
                st.selectbox(label, list(options), **shown)
        case FieldKind.MANY:
            many = _options(choice, field, *(now or ()))
            st.multiselect(
                label,
                list(many),
                format_func=lambda one: many.get(one, one),
                placeholder=_("Välj …"),
                **common,
            )


def _longest(field: Field) -> int:
    """Names are bounded as names are; other single lines as texts."""
    return LONGEST_NAME if field.name in {"title", "name", "word", "when", "link_title"} else LONGEST_TEXT


def _options(choice: Choice, field: Field, *chosen: str | None) -> Mapping[str, str]:
    """What can be chosen; what has been stays choosable, also where it is no longer offered."""
    if isinstance(field.options, Mapping):
        return {str(one): _capital(_(label)) for one, label in field.options.items()}
    offered = _offered(choice, field.options)
    for one in chosen:
        if one and one not in offered:
            offered[one] = _name_of(choice, field.options, one)
    return offered


def _offered(choice: Choice, source: Offered | None) -> dict[str, str]:
    match source:
        case Offered.PLACES:
            return choices.municipality_names(choice.view.library)
        case Offered.MEASURES:
            words = str(st.session_state.get(MEASURE_WORDS) or "").strip()
            found = choice.view.library.catalogue.search(words)[:MOST_FOUND] if words else ()
            return {one.id: f"{one.short_title} ({one.id})" for one in found}
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
    measure = bank.measure_of(choice.view.library, word)
    return f"{measure.short_title} ({word})" if measure is not None else word


def _measure_words() -> None:
    """Thousands of measures are too many for a list: words narrow it down first."""
    st.text_input(
        _("Sök mått att välja bland"),
        key=MEASURE_WORDS,
        placeholder=_("till exempel: behöriga lärare"),
        max_chars=LONGEST_NAME,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
