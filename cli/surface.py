"""How every command of `jamfor` behaves: its language, its home, its exit codes.

Exit codes: 0 done, 1 bad input (a sentence on standard error, no traceback), 2 wrong use of the command.
"""

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from cli.error_advice import explain
from cli.framework_words import in_swedish
from cli.words import _, language, speak
from domain.errors.user_error import UserError
from language.catalogue import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter

GLOBAL_OPTIONS: Final = (
    "--home",
    "--language",
)  # understood anywhere on the line, not only before the command


class SpeakingCommand(TyperCommand):
    """A command whose help is in the language of the run."""

    def get_help(self, ctx: "Context") -> str:
        _translate_help(self)
        return _own_words(super().get_help(ctx))


class SpeakingGroup(TyperGroup):
    """A group of commands whose help is in the language of the run."""

    def get_help(self, ctx: "Context") -> str:
        _translate_help(self, *self.commands.values())
        return _own_words(super().get_help(ctx))


class CommandSource(NamedTuple):
    """Where a command or a group of commands is defined, with the line of help that the list of commands shows."""

    help: str
    module: str
    attribute: str


class LazyCommands(MutableMapping[str, "Command"]):
    """The commands by name, each imported when first asked for: `--help` needs none, a run needs one."""

    def __init__(self, sources: Mapping[str, CommandSource]) -> None:
        self.sources = sources
        self._loaded: dict[str, Command] = {}

    def __getitem__(self, name: str) -> "Command":
        if name not in self._loaded:
            self._loaded[name] = _load_command(name, self.sources[name])
        return self._loaded[name]

    def __setitem__(self, name: str, command: "Command") -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)


class Surface(SpeakingGroup):
    """The whole command: reads the language first, and turns errors that are meant for people into sentences.

    A subclass lists its commands as `sources`.
    """

    sources: ClassVar[Mapping[str, CommandSource]]

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever the framework hands over
        super().__init__(**settings)
        self.commands = LazyCommands(self.sources)

    def list_commands(self, ctx: "Context") -> list[str]:
        return list(self.sources)

    def get_help(self, ctx: "Context") -> str:
        _translate_help(self)
        return _own_words(TyperGroup.get_help(self, ctx))

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        listed: dict[str, Command] = {
            name: TyperCommand(name, help=_(source.help)) for name, source in self.sources.items()
        }
        TyperGroup(name=self.name, commands=listed).format_commands(ctx, formatter)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        arguments = hoist_options(args)
        speak(_asked_language(arguments))
        with _report_errors():
            return super().parse_args(ctx, arguments)

    def invoke(self, ctx: "Context") -> object:
        with _report_errors():
            return super().invoke(ctx)


def localize(app: typer.Typer) -> typer.Typer:
    """Return the app with the help of every command and group in the language of the run."""
    for command in app.registered_commands:
        command.cls = SpeakingCommand
    for group in app.registered_groups:
        group.cls = SpeakingGroup
        if group.typer_instance is not None:
            localize(group.typer_instance)
    return app


def _load_command(name: str, source: CommandSource) -> "Command":
    loaded = getattr(import_module(source.module), source.attribute)
    parent = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    if isinstance(loaded, typer.Typer):
        parent.add_typer(loaded, name=name, help=source.help)
    else:
        parent.command(name, help=source.help)(loaded)
    return typer.main.get_group(localize(parent)).commands[name]


def hoist_options(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the global options moved before the command; nothing after `--` is moved."""
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


def leave_quietly() -> None:
    """Stop writing: the reader of the pipe has closed it (`jamfor … | head`), so nobody reads on."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _report_errors() -> Iterator[None]:
    try:
        yield
    except UserError as error:
        typer.echo(explain(error), err=True)
        raise typer.Exit(1) from None
    except typer.TyperException as error:
        _write_usage(error)
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        leave_quietly()
        raise typer.Exit(0) from None


def _write_usage(error: typer.TyperException) -> None:
    """Write the usage, where to find help, and the error; requested help is written alone."""
    message = _own_words(error.format_message())
    ctx: Context | None = getattr(error, "ctx", None)
    if ctx is not None and error.format_message() != ctx.get_help():
        typer.echo(_own_words(f"{ctx.get_usage()}\nTry '{ctx.command_path} --help' for help.\n"), err=True)
    typer.echo(message, err=True)


def _translate_help(*commands: "Command") -> None:
    """Translate the help texts to the language of the run; one without a translation is left as it is."""
    for command in commands:
        command.help = _(command.help) if command.help else None
        for parameter in command.params:
            if text := getattr(parameter, "help", None):
                setattr(parameter, "help", _(text))  # noqa: B010  # arguments have it too, their type does not say so


def _own_words(text: str) -> str:
    return in_swedish(text) if language() == SOURCE_LANGUAGE else text


def _next(words: Iterator[str]) -> list[str]:
    return [word for word in (next(words, None),) if word is not None]


def _asked_language(arguments: Sequence[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word == "--language":
            return next(iter(arguments[place + 1 : place + 2]), None)
        if word.startswith("--language="):
            return word.partition("=")[2]
    return None
