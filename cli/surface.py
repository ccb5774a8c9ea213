"""How every command of `jamfor` behaves: its language, its home, its exit codes.

Exit codes: 0 done, 1 bad input (a sentence on standard error, no traceback), 2 wrong use of the command.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from cli.framework_words import in_swedish
from cli.words import _, language, speak
from domain.errors import PersonalError
from language.catalogue import SOURCE_LANGUAGE

GLOBAL_OPTIONS: Final = (
    "--home",
    "--language",
)  # understood anywhere on the line, not only before the command


class SpeakingCommand(TyperCommand):
    """A command whose help is in the language of the run."""

    def get_help(self, ctx: Any) -> str:
        return _help(self, super().get_help, ctx)


class SpeakingGroup(TyperGroup):
    """A group of commands whose help is in the language of the run."""

    def get_help(self, ctx: Any) -> str:
        return _help(self, super().get_help, ctx)


class Surface(SpeakingGroup):
    """The whole command: reads the language first, and turns errors that are meant for people into sentences."""

    def main(self, args: Sequence[str] | None = None, *further: Any, **settings: Any) -> Any:
        arguments = hoisted(sys.argv[1:] if args is None else args)
        _speak_as_asked(arguments)
        is_standalone = settings.pop("standalone_mode", True)
        code = self._exit_code(arguments, *further, **settings)
        if is_standalone:
            sys.exit(code)
        return code

    def _exit_code(self, arguments: list[str], *further: Any, **settings: Any) -> int:
        try:
            outcome = super().main(arguments, *further, standalone_mode=False, **settings)
            sys.stdout.flush()
        except PersonalError as error:
            typer.echo(error.message(_), err=True)
            return 1
        except typer.TyperException as error:
            _tell_usage(error)
            return error.exit_code
        except typer.Abort:
            typer.echo(_("Avbrutet."), err=True)
            return 130
        except BrokenPipeError:
            # The reader closed the pipe (`jamfor … | head`): nothing is wrong and nobody is left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return outcome if isinstance(outcome, int) else 0


def speaking(app: typer.Typer) -> typer.Typer:
    """The same app, every command and group of which gives its help in the language of the run."""
    for command in app.registered_commands:
        command.cls = SpeakingCommand
    for group in app.registered_groups:
        group.cls = SpeakingGroup
        if group.typer_instance is not None:
            speaking(group.typer_instance)
    return app


def hoisted(arguments: Sequence[str]) -> list[str]:
    """The arguments with the global options moved before the command; nothing after `--` is touched."""
    in_front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*in_front, *rest, word, *words]
        if word in GLOBAL_OPTIONS:
            in_front += [word, *_next(words)]
        elif word.startswith(tuple(f"{option}=" for option in GLOBAL_OPTIONS)):
            in_front.append(word)
        else:
            rest.append(word)
    return [*in_front, *rest]


def _next(words: Iterator[str]) -> list[str]:
    return [word for word in (next(words, None),) if word is not None]


def _speak_as_asked(arguments: Sequence[str]) -> None:
    asked = None
    for place, word in enumerate(arguments):
        if word == "--language":
            asked = next(iter(arguments[place + 1 : place + 2]), None)
        elif word.startswith("--language="):
            asked = word.partition("=")[2]
    speak(asked)


def _help(command: Any, plain_help: Any, ctx: Any) -> str:
    """The command's help with every text looked up in the catalogue, and the framework's own words too."""
    _say_again(command)
    for name in command.list_commands(ctx) if hasattr(command, "list_commands") else ():
        _say_again(command.get_command(ctx, name))
    return _own_words(plain_help(ctx))


def _say_again(command: Any) -> None:
    for thing in (command, *command.params):
        if getattr(thing, "help", None):
            thing.help = _(thing.help)


def _own_words(text: str) -> str:
    return in_swedish(text) if language() == SOURCE_LANGUAGE else text


def _tell_usage(error: typer.TyperException) -> None:
    ctx = getattr(error, "ctx", None)
    message = error.format_message()
    if ctx is not None and message != ctx.get_help():
        typer.echo(_own_words(f"{ctx.get_usage()}\nTry '{ctx.command_path} --help' for help.\n"), err=True)
    typer.echo(_own_words(message), err=True)
