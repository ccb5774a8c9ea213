"""Who acts on the command line. This is no sign-in: whoever can run `jamfor` here can choose."""

from typing import Annotated

import typer

from cli.opening import get_workspace
from data.workspace.people import ADMINISTRATOR_ID, ensure_people, person
from domain.message import to_translate
from domain.rights import Person

As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="PERSON",
        envvar="JAMFOR_PERSON",
        help=to_translate(
            "Den som gör det, till exempel coordinator eller controller-haninge. Detta är ingen inloggning."
        ),
    ),
]
LOCAL = ADMINISTRATOR_ID


def find_actor(person_id: str) -> Person:
    """Return the person with this id; demonstration people are created if missing. Raises `UnknownPersonError`."""
    ensure_people(get_workspace())
    return person(get_workspace(), person_id)
