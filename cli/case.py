"""`jamfor case`: cases, methods and programmes of the success bank: find, show, move as files, review and publish, try."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from answers.library import Library
from answers.search.stories import StoryIndex
from answers.search.stories import search_stories as find
from cli.files import read_text, write_text
from cli.opening import get_workspace, opened_library
from cli.output import write_json, write_table
from cli.person import LOCAL, As, acting
from cli.words import _
from data.workspace.changing import place_name, plain, today
from data.workspace.reuses import reuses, say_trying
from data.workspace.stories import draft, drafts, stories, story, versions
from data.workspace.stories import step as take_step
from domain.case import (
    CASE_STATUS_NAMES,
    REUSE_STATE_NAMES,
    SECTOR_NAMES,
    AimDirection,
    Case,
    Reuse,
    ReuseState,
)
from domain.errors import NothingKeptError
from domain.message import to_translate
from domain.programme import CRITERION_STATE_NAMES, PROGRAMME_STEP_NAMES
from domain.story import NOT_KNOWN_YET, STORY_KIND_NAMES, STORY_STATE_NAMES, StoryKind, StoryState
from domain.story_search import StoryFilters
from domain.success_bank import SECTION_NAMES, Story, kind_of, sections_of, title_of, unanswered
from pipelines.networks.founding import place_named
from pipelines.stories.checking import check_measures
from pipelines.stories.exchange import export_stories, import_stories, stories_from_yaml, stories_to_yaml

case_app = typer.Typer(no_args_is_help=True)

Id = Annotated[
    str, typer.Argument(metavar="ID", help=to_translate("Exemplets, metodens eller programmets beteckning."))
]
AsJson = Annotated[bool, typer.Option("--json", help=to_translate("Skriv JSON."))]
Kind = Annotated[
    StoryKind | None,
    typer.Option(
        "--kind", help=to_translate("Bara exempel (case), metoder (method) eller program (programme).")
    ),
]
DAY_FORMATS = ["%Y-%m-%d"]
_WORDS: Final = {
    AimDirection.INCREASE.value: to_translate("ska öka"),
    AimDirection.DECREASE.value: to_translate("ska minska"),
    **{one.value: name for one, name in SECTOR_NAMES.items()},
    **{one.value: name for one, name in PROGRAMME_STEP_NAMES.items()},
    **{one.value: name for one, name in CRITERION_STATE_NAMES.items()},
}


@case_app.command("search", help=to_translate("Sök i det som är publicerat, med vanliga ord."))
def search_stories(
    words: Annotated[str, typer.Argument(metavar="WORDS", help=to_translate("Det som söks."))],
    kind: Kind = None,
    measure: Annotated[
        str,
        typer.Option("--measure", metavar="M", help=to_translate("Bara exempel som skulle påverka måttet.")),
    ] = "",
    most: Annotated[int, typer.Option("--most", min=1, help=to_translate("Högst så många träffar."))] = 20,
    as_json: AsJson = False,
) -> None:
    """The best first, each with where it was found."""
    with _library() as library:
        index = StoryIndex(_shown(library), library)
        asked = StoryFilters(kind=kind, measure_ids=frozenset([measure] if measure else ()))
        hits = find(index, words, asked)[:most]
    if as_json:
        found = [
            {
                **_summary(one.story),
                "section": one.section,
                "passage": "".join(piece.text for piece in one.passage),
            }
            for one in hits
        ]
        write_json({"query": words, "stories": found})
        return
    _write_list([one.story for one in hits])


@case_app.command("list", help=to_translate("Visa det som är publicerat, eller de utkast som du får läsa."))
def list_all(
    kind: Kind = None,
    is_drafts: Annotated[
        bool, typer.Option("--drafts", help=to_translate("Det som inte är publicerat ännu."))
    ] = False,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """One row each, the newest first."""
    if is_drafts:
        listed = list(drafts(get_workspace(), acting(person), kind=kind))
    else:
        with _library() as library:
            listed = [one for one in _shown(library) if kind in {None, kind_of(one)}]
    if as_json:
        write_json({"stories": [_summary(one) for one in listed]})
        return
    _write_list(listed)


@case_app.command(help=to_translate("Visa ett exempel, en metod eller ett program."))
def show(
    id_: Id,
    is_draft: Annotated[
        bool,
        typer.Option("--draft", help=to_translate("Den senaste versionen, även om den inte är publicerad.")),
    ] = False,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """All of it, with who tries it and, of a draft, what still lacks an answer."""
    actor = acting(person) if is_draft else None
    found = draft(get_workspace(), actor, id_) if actor else story(get_workspace(), id_)
    tried = reuses(get_workspace(), id_)
    if as_json:
        told = versions(get_workspace(), id_, actor=actor)
        write_json(
            {
                **_summary(found),
                **plain(found),
                "tried_by": [plain(one) for one in tried],
                "unanswered": list(unanswered(found)),
                "versions": [plain(one) | {"saved_at": one.saved_at.isoformat()} for one in told],
            }
        )
        return
    _write_story(found)
    for one in tried:
        typer.echo(
            _("{place} {state}. {how}")
            .format(
                place=place_name(one.municipality_code),
                state=_(REUSE_STATE_NAMES[one.state]),
                how=one.how_it_went,
            )
            .rstrip()
        )


@case_app.command(
    "import", help=to_translate("Läs in exempel, metoder och program med bilder ur en YAML-fil.")
)
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=to_translate("Filen."))],
    is_update: Annotated[
        bool,
        typer.Option(
            "--update", help=to_translate("Spara det som redan finns och är annorlunda som nya versioner.")
        ),
    ] = False,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """All of the file or nothing. An administrator's keep their standing; others' become drafts."""
    content = stories_from_yaml(read_text(file), file.name)
    with _library() as library:
        if library is not None:
            for one in content.stories:
                check_measures(library, one)
    kept = import_stories(get_workspace(), acting(person), content, replaces=is_update)
    if as_json:
        write_json({"stories": [_summary(one) for one in kept]})
        return
    _write_list(kept)


@case_app.command(
    "export", help=to_translate("Skriv exempel, metoder och program med bilder till en YAML-fil.")
)
def export_file(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID…", help=to_translate("Vilka. Utan dem: allt publicerat.")),
    ] = None,
    kind: Kind = None,
    file: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=to_translate("Filen. Utan den: på skärmen.")),
    ] = None,
    person: As = LOCAL,
) -> None:
    """What is published; of a named one that is not, the draft."""
    content = export_stories(get_workspace(), acting(person), ids=ids or (), kind=kind)
    text = stories_to_yaml(content)
    if file is None:
        typer.echo(text, nl=False)
        return
    write_text(file, text)
    typer.echo(_("{n} är skrivna till {file}.").format(n=len(content.stories), file=file))


@case_app.command(help=to_translate("Skicka det till granskning av någon annan."))
def send(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """The newest version."""
    _take(id_, StoryState.SENT, person, as_json)


@case_app.command(help=to_translate("Godkänn det som någon annan har skrivit."))
def review(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """The newest version."""
    _take(id_, StoryState.REVIEWED, person, as_json)


@case_app.command(help=to_translate("Publicera det som är granskat."))
def publish(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """The newest version."""
    _take(id_, StoryState.PUBLISHED, person, as_json)


@case_app.command("return", help=to_translate("Skicka tillbaka det till utkast."))
def send_back(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """The newest version."""
    _take(id_, StoryState.DRAFT, person, as_json)


@case_app.command(help=to_translate("Dra tillbaka det, så att ingen annan ser det längre."))
def withdraw(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """All of its versions."""
    _take(id_, StoryState.WITHDRAWN, person, as_json)


@case_app.command("try", help=to_translate("Ange att en kommun provar ett exempel, eller hur det gick."))
def try_case(
    id_: Id,
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help=to_translate("Kommunen: kod eller namn."))
    ],
    state: Annotated[
        ReuseState | None,
        typer.Option(
            "--state",
            help=to_translate(
                "Vill prova (interested), provar (trying), har behållit (kept), har slutat (stopped)."
            ),
        ),
    ] = None,
    from_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=DAY_FORMATS, help=to_translate("Dagen då det började.")),
    ] = None,
    how: Annotated[str | None, typer.Option("--how", help=to_translate("Hur det gick."))] = None,
    own_case: Annotated[
        str | None,
        typer.Option("--own-case", metavar="ID", help=to_translate("Kommunens eget exempel om det.")),
    ] = None,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """What is not said stays as it is."""
    code = place_named(municipality).code
    known = [one for one in reuses(get_workspace(), id_) if one.municipality_code == code]
    before = known[0] if known else Reuse(id_, code, ReuseState.TRYING)
    changed = replace(
        before,
        state=state or before.state,
        started_on=from_day.date() if from_day else before.started_on,
        how_it_went=before.how_it_went if how is None else how,
        own_case_id=before.own_case_id if own_case is None else own_case,
    )
    kept = say_trying(get_workspace(), acting(person), changed)
    if as_json:
        write_json(plain(kept))
        return
    told = _("{place} {state}: {title}.")
    typer.echo(
        told.format(
            place=place_name(code),
            state=_(REUSE_STATE_NAMES[kept.state]),
            title=title_of(story(get_workspace(), id_)),
        )
    )


def _take(id_: str, state: StoryState, person: str, as_json: bool) -> None:
    """The newest version to another state."""
    actor = acting(person)
    found = draft(get_workspace(), actor, id_)
    kept = take_step(get_workspace(), actor, id_, state, found.standing.version)
    if as_json:
        write_json(_summary(kept))
        return
    _write_list([kept])


@contextmanager
def _library() -> Iterator[Library | None]:
    """The library, or none while nothing is kept: stories can be moved and read without figures."""
    with ExitStack() as stack:
        library = None
        with suppress(NothingKeptError):
            library = stack.enter_context(opened_library())
        yield library


def _shown(library: Library | None) -> list[Story]:
    """What is published; what is made up only beside made-up figures."""
    hides_made_up = library is not None and not library.release.is_made_up
    return [one for one in stories(get_workspace()) if not (hides_made_up and one.standing.is_made_up)]


def _summary(one: Story) -> dict[str, Any]:
    standing = one.standing
    about = (
        {"municipality_code": one.municipality_code, "status": one.status.value}
        if isinstance(one, Case)
        else {}
    )
    return {
        "id": standing.id,
        "kind": kind_of(one).value,
        "title": title_of(one),
        "state": standing.state.value,
        "version": standing.version,
        "is_made_up": standing.is_made_up,
        **about,
    }


def _write_list(listed: list[Story] | tuple[Story, ...]) -> None:
    if not listed:
        typer.echo(_("Det finns inga sådana."))
        return
    rows = [
        [
            one.standing.id,
            _(STORY_KIND_NAMES[kind_of(one)]),
            _made_up(one) + title_of(one),
            place_name(one.municipality_code) if isinstance(one, Case) else "",
            _(CASE_STATUS_NAMES[one.status]) if isinstance(one, Case) else "",
            _(STORY_STATE_NAMES[one.standing.state]),
        ]
        for one in listed
    ]
    headings = [_("Beteckning"), _("Slag"), _("Namn"), _("Plats"), _("Status"), _("Läge")]
    write_table(headings, rows, right_aligned=())


def _write_story(one: Story) -> None:
    """Title, facts and every section that is answered; what lacks an answer at the end."""
    state = _(STORY_STATE_NAMES[one.standing.state])
    typer.echo(f"{_made_up(one)}{title_of(one)} ({one.standing.id}, {state})")
    if one.standing.is_stale_on(today()):
        typer.echo(_("Skulle ha setts över {day}.").format(day=one.standing.revisit_on))
    if isinstance(one, Case):
        typer.echo(f"{place_name(one.municipality_code)}, {_(CASE_STATUS_NAMES[one.status])}")
        if one.is_failure:
            typer.echo(_("Gav inte det man hoppades."))
    for section in sections_of(kind_of(one)):
        told = _(NOT_KNOWN_YET) if section in one.not_known else _told(getattr(one, section))
        if told and section not in {"title", "name", "municipality_code"}:
            typer.echo(f"\n{_(SECTION_NAMES[section]).capitalize()}")
            typer.echo(told)
    blank = unanswered(one)
    if blank:
        typer.echo(
            "\n"
            + _("Saknar svar: {sections}.").format(
                sections=", ".join(_(SECTION_NAMES[name]) for name in blank)
            )
        )


def _told(content: object) -> str:
    """A section's content as lines of text."""
    if content is None or isinstance(content, bool):
        return ""
    if isinstance(content, tuple):
        return "\n".join(f"- {_told(one)}" for one in content)
    if isinstance(content, StrEnum):
        return _(_WORDS.get(content.value, content.value))
    if is_dataclass(content):
        parts = (_told(getattr(content, one.name)) for one in fields(content))
        return ", ".join(part for part in parts if part)
    return str(content)


def _made_up(one: Story) -> str:
    return _("[påhittat] ") if one.standing.is_made_up else ""
