"""`jamfor case`: search, show, import, export, review, publish and try the success bank's cases, methods and programmes."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from answers.library import Library
from answers.search.stories import StoryIndex
from answers.search.stories import search_stories as find
from cli.case_output import summarize_story, write_story, write_story_list
from cli.files import read_text, write_text
from cli.opening import get_workspace, opened_library
from cli.output import write_json
from cli.person import LOCAL, As, find_actor
from cli.words import _
from data.workspace.changing import place_name, plain
from data.workspace.reuses import reuses, say_trying
from data.workspace.stories import change_story_state, draft, drafts, stories, story, versions
from domain.case import (
    REUSE_STATE_NAMES,
    Reuse,
    ReuseState,
)
from domain.errors.storage import NothingKeptError
from domain.message import to_translate
from domain.story import StoryKind, StoryState
from domain.story_search import StoryFilters
from domain.success_bank import Story, kind_of, title_of, unanswered
from pipelines.networks.founding import find_place
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
    """Write the best hits first, each with its passage."""
    with _open_library_if_any() as library:
        index = StoryIndex(_published_stories(library), library)
        filters = StoryFilters(kind=kind, measure_ids=frozenset([measure] if measure else ()))
        hits = find(index, words, filters)[:most]
    if as_json:
        stories_json = [
            {
                **summarize_story(hit.story),
                "section": hit.section,
                "passage": "".join(piece.text for piece in hit.passage),
            }
            for hit in hits
        ]
        write_json({"query": words, "stories": stories_json})
        return
    write_story_list([hit.story for hit in hits])


@case_app.command("list", help=to_translate("Visa det som är publicerat, eller de utkast som du får läsa."))
def list_all(
    kind: Kind = None,
    is_drafts: Annotated[
        bool, typer.Option("--drafts", help=to_translate("Det som inte är publicerat ännu."))
    ] = False,
    as_json: AsJson = False,
    person: As = LOCAL,
) -> None:
    """Write one row per story, newest first."""
    if is_drafts:
        listed: Sequence[Story] = drafts(get_workspace(), find_actor(person), kind=kind)
    else:
        with _open_library_if_any() as library:
            listed = [story for story in _published_stories(library) if kind in {None, kind_of(story)}]
    if as_json:
        write_json({"stories": [summarize_story(story) for story in listed]})
        return
    write_story_list(listed)


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
    """Write the whole story, who tries it, and the sections that are not answered."""
    actor = find_actor(person) if is_draft else None
    shown = draft(get_workspace(), actor, id_) if actor else story(get_workspace(), id_)
    tries = reuses(get_workspace(), id_)
    if as_json:
        saved = versions(get_workspace(), id_, actor=actor)
        write_json(
            {
                **summarize_story(shown),
                **plain(shown),
                "tried_by": [plain(reuse) for reuse in tries],
                "unanswered": list(unanswered(shown)),
                "versions": [
                    plain(version) | {"saved_at": version.saved_at.isoformat()} for version in saved
                ],
            }
        )
        return
    write_story(shown)
    for reuse in tries:
        typer.echo(
            _("{place} {state}. {how}")
            .format(
                place=place_name(reuse.municipality_code),
                state=_(REUSE_STATE_NAMES[reuse.state]),
                how=reuse.how_it_went,
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
    """Import all of the file or nothing. Stories that an administrator imports keep their state; others become drafts."""
    content = stories_from_yaml(read_text(file), file.name)
    with _open_library_if_any() as library:
        if library is not None:
            for brought in content.stories:
                check_measures(library, brought)
    imported = import_stories(get_workspace(), find_actor(person), content, replaces=is_update)
    if as_json:
        write_json({"stories": [summarize_story(story) for story in imported]})
        return
    write_story_list(imported)


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
    """Export what is published, and the draft of a named story that is not."""
    content = export_stories(get_workspace(), find_actor(person), ids=ids or (), kind=kind)
    text = stories_to_yaml(content)
    if file is None:
        typer.echo(text, nl=False)
        return
    write_text(file, text)
    typer.echo(_("{n} är skrivna till {file}.").format(n=len(content.stories), file=file))


@case_app.command(help=to_translate("Skicka det till granskning av någon annan."))
def send(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Take the newest version to the next state."""
    _change_state(id_, StoryState.SENT, person, as_json)


@case_app.command(help=to_translate("Godkänn det som någon annan har skrivit."))
def review(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Take the newest version to the next state."""
    _change_state(id_, StoryState.REVIEWED, person, as_json)


@case_app.command(help=to_translate("Publicera det som är granskat."))
def publish(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Take the newest version to the next state."""
    _change_state(id_, StoryState.PUBLISHED, person, as_json)


@case_app.command("return", help=to_translate("Skicka tillbaka det till utkast."))
def send_back(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Take the newest version to the next state."""
    _change_state(id_, StoryState.DRAFT, person, as_json)


@case_app.command(help=to_translate("Dra tillbaka det, så att ingen annan ser det längre."))
def withdraw(id_: Id, as_json: AsJson = False, person: As = LOCAL) -> None:
    """Withdraw all versions."""
    _change_state(id_, StoryState.WITHDRAWN, person, as_json)


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
    """Store a municipality's try of a case; what is not given stays as it is."""
    code = find_place(municipality).code
    known = [reuse for reuse in reuses(get_workspace(), id_) if reuse.municipality_code == code]
    before = known[0] if known else Reuse(id_, code, ReuseState.TRYING)
    changed = replace(
        before,
        state=state or before.state,
        started_on=from_day.date() if from_day else before.started_on,
        how_it_went=before.how_it_went if how is None else how,
        own_case_id=before.own_case_id if own_case is None else own_case,
    )
    stored = say_trying(get_workspace(), find_actor(person), changed)
    if as_json:
        write_json(plain(stored))
        return
    typer.echo(
        _("{place} {state}: {title}.").format(
            place=place_name(code),
            state=_(REUSE_STATE_NAMES[stored.state]),
            title=title_of(story(get_workspace(), id_)),
        )
    )


def _change_state(id_: str, state: StoryState, person: str, as_json: bool) -> None:
    """Take the newest version to another state and write it."""
    actor = find_actor(person)
    before = draft(get_workspace(), actor, id_)
    after = change_story_state(get_workspace(), actor, id_, state, before.standing.version)
    if as_json:
        write_json(summarize_story(after))
        return
    write_story_list([after])


@contextmanager
def _open_library_if_any() -> Iterator[Library | None]:
    """Yield the library, or None if there are no figures: stories can be read and moved without them."""
    with ExitStack() as stack:
        library = None
        with suppress(NothingKeptError):
            library = stack.enter_context(opened_library())
        yield library


def _published_stories(library: Library | None) -> list[Story]:
    """Return what is published, made-up stories only beside made-up figures."""
    hides_made_up = library is not None and not library.release.is_made_up
    return [
        published
        for published in stories(get_workspace())
        if not (hides_made_up and published.standing.is_made_up)
    ]
