"""What a form is made of: sections with fields, and how they are read from a story and put back into it.

A section is saved on its own, so that an error in one section does not prevent the others from being saved.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from domain.message import to_translate
from domain.story import TAG_KIND_NAMES, Link, Picture, Tag, TagKind, TipBox
from domain.success_bank import Story, unanswered

Values = Mapping[str, Any]
LINK: Final = "link"
LINK_TITLE, LINK_URL = "link_title", "link_url"
TEXT: Final = "text"  # the only field of a row that is just a text
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


class FieldKind(StrEnum):
    LINE = "line"
    TEXT = "text"
    DAY = "day"
    WHOLE = "whole"  # a whole number, none below zero
    AMOUNT = "amount"
    CHOICE = "choice"
    MANY = "many"  # several of the options
    TICK = "tick"
    HIDDEN = "hidden"  # belongs to its row and is not visible


class Offered(StrEnum):
    """Options that depend on what is stored."""

    PLACES = "places"
    MEASURES = "measures"
    CASES = "cases"
    METHODS = "methods"
    PROGRAMMES = "programmes"


@dataclass(frozen=True, slots=True)
class Field:
    """One widget. `options`: word → label (Swedish source text), or what is offered here. width: share of its row."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    options: Mapping[Any, str] | Offered | None = None
    default: Any = None
    width: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that are saved together. `read` returns their values, or those of each row; `write` puts them into a story.

    touched: the story's attributes that `write` changes. unknowable: those that can be answered by “vet inte ännu”. row:
    the label of the button that adds a row. needed: the fields a row must have to be saved.
    """

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    read: Callable[[Story], Any]
    write: Callable[[Story, Any], Story]
    touched: tuple[str, ...]
    unknowable: tuple[str, ...] = ()
    row: str = ""
    needed: tuple[str, ...] = ()

    def change(self, story: Story, values: Any) -> Story:  # noqa: ANN401 - a mapping, or one for each row
        """The story with these values; a field with an answer is no longer “vet inte ännu”."""
        changed = self.write(story, values)
        without_answer = set(unanswered(replace(changed, not_known=())))
        not_known = tuple(
            name for name in changed.not_known if name not in self.unknowable or name in without_answer
        )
        return replace(changed, not_known=not_known)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections under one heading."""

    title: str
    sections: tuple[Section, ...]


# ---- kinds of sections -----------------------------------------------------------------------------------------------


def own(name: str, title: str, about: str, *fields: Field, unknowable: tuple[str, ...] = ()) -> Section:
    """Return a section whose fields are the story's own attributes."""
    names = tuple(field.name for field in fields)

    def read(story: Story) -> Values:
        return {name: getattr(story, name) for name in names}

    def write(story: Story, values: Values) -> Story:
        chosen = {field.name: _typed(field, values[field.name]) for field in fields}
        return replace(story, **chosen)

    return Section(name, title, about, fields, read, write, names, unknowable)


def text(name: str, title: str, about: str, *, is_unknowable: bool = True) -> Section:
    """Return a section with one long text."""
    field = Field(name, title, FieldKind.TEXT)
    return own(name, title, about, field, unknowable=(name,) if is_unknowable else ())


def part(name: str, title: str, about: str, *fields: Field, unknowable: tuple[str, ...] = ()) -> Section:
    """Return a section with the fields of one part of the story, such as its evaluation."""

    def read(story: Story) -> Values:
        return _flat(getattr(story, name))

    def write(story: Story, values: Values) -> Story:
        chosen = {field.name: _typed(field, values[field.name]) for field in fields}
        part = replace(getattr(story, name), **_with_link(chosen))
        return replace(story, **{name: part})

    return Section(name, title, about, fields, read, write, (name,), unknowable)


def rows(
    name: str,
    title: str,
    about: str,
    *fields: Field,
    make: Callable[..., Any],
    row: str,
    needed: tuple[str, ...],
    unknowable: tuple[str, ...] = (),
) -> Section:
    """A list of parts, one row each. A row without the needed fields stays in the form until it has them."""

    def read(story: Story) -> list[Values]:
        return [_flat(part) for part in getattr(story, name)]

    def write(story: Story, values: Sequence[Values]) -> Story:
        typed = [
            {field.name: _typed(field, row_values[field.name]) for field in fields} for row_values in values
        ]
        complete = [row for row in typed if all(row[field_name] not in {None, ""} for field_name in needed)]
        parts = tuple(make(**_with_link(row)) for row in complete)
        return replace(story, **{name: parts})  # type: ignore[arg-type]

    return Section(name, title, about, fields, read, write, (name,), unknowable, row, needed)


def texts(name: str, title: str, about: str, *, label: str, row: str, is_unknowable: bool = True) -> Section:
    """Return a section for a list of texts, one row each."""

    def read(story: Story) -> list[Values]:
        return [{TEXT: text} for text in getattr(story, name)]

    def write(story: Story, values: Sequence[Values]) -> Story:
        texts = tuple(str(value[TEXT]) for value in values if str(value[TEXT] or "").strip())
        return replace(story, **{name: texts})  # type: ignore[arg-type]

    field = Field(TEXT, label, FieldKind.TEXT)
    unknowable = (name,) if is_unknowable else ()
    return Section(name, title, about, (field,), read, write, (name,), unknowable, row, (TEXT,))


def revisit() -> Section:
    """Return the section for the day on which to review the story again, which is part of its standing."""

    def read(story: Story) -> Values:
        return {"revisit_on": story.standing.revisit_on}

    def write(story: Story, values: Values) -> Story:
        return replace(story, standing=replace(story.standing, revisit_on=values["revisit_on"]))

    return Section(
        "revisit_on",
        to_translate("Se över igen"),
        to_translate(
            "Efter den dagen märks det som inte sett över. Utan dag blir det två år efter publiceringen."
        ),
        (Field("revisit_on", to_translate("Dag"), FieldKind.DAY),),
        read,
        write,
        ("standing",),
    )


# ---- sections that all stories have ----------------------------------------------------------------------------------


def beside() -> tuple[Section, ...]:
    """The sections for what is beside a story: pictures, boxes, links and tags."""
    return (
        rows(
            "pictures",
            to_translate("Bilder"),
            to_translate(
                "JPEG, PNG eller WebP, högst 10 MB. Var den är tagen och med vad sparas inte. "
                "Beskrivningen läses av den som inte ser bilden."
            ),
            Field("checksum", "", FieldKind.HIDDEN),
            Field("alternative", to_translate("Vad bilden visar"), FieldKind.LINE, width=2),
            Field("caption", to_translate("Bildtext"), FieldKind.LINE, width=2),
            make=Picture,
            row=to_translate("Ladda upp en bild"),
            needed=("checksum",),
        ),
        rows(
            "tip_boxes",
            to_translate("Tipsrutor"),
            to_translate("Något som står bredvid berättelsen och som andra kan använda direkt."),
            Field("title", to_translate("Rubrik")),
            Field("text", to_translate("Text"), FieldKind.TEXT, width=2),
            Field(LINK_TITLE, to_translate("Länkens text")),
            Field(LINK_URL, to_translate("Webbadress, https://…")),
            make=TipBox,
            row=to_translate("Lägg till en tipsruta"),
            needed=("title",),
        ),
        rows(
            "links",
            to_translate("Länkar"),
            to_translate("Rapporter, mallar, reportage."),
            Field("title", to_translate("Länkens text")),
            Field("url", to_translate("Webbadress, https://…")),
            make=Link,
            row=to_translate("Lägg till en länk"),
            needed=("url",),
        ),
        rows(
            "tags",
            to_translate("Etiketter"),
            to_translate("Område gör att det hittas. Agenda 2030 skrivs som delmål: 17.17."),
            Field("kind", to_translate("Slag"), FieldKind.CHOICE, TAG_KIND_NAMES, TagKind.SUBJECT),
            Field("word", to_translate("Ord")),
            make=Tag,
            row=to_translate("Lägg till en etikett"),
            needed=("word",),
        ),
        revisit(),
    )


# ---- values ----------------------------------------------------------------------------------------------------------


def _typed(field: Field, value: Any) -> Any:  # noqa: ANN401 - whatever the widget holds
    """A widget's value as the story stores it: an empty choice as an empty text, an option of an enumeration as its member."""
    match field.kind:
        case FieldKind.LINE | FieldKind.TEXT:
            return str(value or "")
        case FieldKind.CHOICE:
            kinds = (
                {type(option) for option in field.options} if isinstance(field.options, Mapping) else set()
            )
            kind = next(iter(kinds)) if kinds else str
            return kind(value) if value else (field.default if kinds else "")
        case FieldKind.MANY:
            return tuple(value or ())
        case FieldKind.TICK:
            return bool(value)
        case FieldKind.WHOLE:
            return None if value is None else int(value)
    return value


def _flat(part: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a story
    """A part's fields, with those of its link beside them."""
    if not is_dataclass(part):
        code, year = part  # another place and its year
        return {"code": code, "year": year}
    values = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
    if LINK in values:
        link = values.pop(LINK)
        values[LINK_TITLE] = link.title if link is not None else ""
        values[LINK_URL] = link.url if link is not None else ""
    return values


def _with_link(values: Values) -> dict[str, Any]:
    chosen = dict(values)
    if LINK_URL in chosen:
        title, url = chosen.pop(LINK_TITLE), chosen.pop(LINK_URL)
        chosen[LINK] = Link(title, url) if title or url else None
    return chosen
