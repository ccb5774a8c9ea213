"""An error says what went wrong; what to do about it depends on where it is read."""

import pkgutil
import re
from importlib import import_module

import pytest

from app_pages.parts import error_advice as on_pages
from cli import error_advice as on_the_command_line
from domain import errors
from domain.errors.choices import MeasureWithoutValuesError, NothingReportedError
from domain.errors.networks import UnknownNetworkError
from domain.errors.source import SourceUnreachableError
from domain.errors.user_error import UserError
from language.catalogue import catalogue
from language.rendering import render_error

COMMAND_LINE = re.compile(r"jamfor|JAMFOR_|--|kommando|corrections\.csv")


def texts_of_errors():
    """The one text, or the several, of every kind of error."""
    for module in pkgutil.iter_modules(errors.__path__):
        members = vars(import_module(f"domain.errors.{module.name}"))
        for kind in members.values():
            if isinstance(kind, type) and issubclass(kind, UserError):
                yield from (text for name, text in vars(kind).items() if name == "text" or name.isupper())


def test_no_error_on_a_page_refers_to_the_command_line():
    texts = [*texts_of_errors(), *on_pages.ADVICE.values()]
    assert len(texts) > 100
    assert [text for text in texts if COMMAND_LINE.search(text)] == []


def test_whatever_is_advised_on_one_surface_is_advised_on_the_other():
    assert on_pages.ADVICE.keys() == on_the_command_line.ADVICE.keys()


@pytest.mark.parametrize(
    ("advice", "swedish", "english"),
    [
        (
            on_the_command_line.ADVICE,
            "Måttet N1 finns i Koladas katalog men inga värden är hämtade. Hämta dem med: jamfor kolada sync --kpi N1",
            "The measure N1 is in Kolada’s catalogue but no values have been fetched. "
            "Fetch them with: jamfor kolada sync --kpi N1",
        ),
        (
            on_pages.ADVICE,
            "Måttet N1 finns i Koladas katalog men inga värden är hämtade. Den som sköter tjänsten kan hämta dem.",
            "The measure N1 is in Kolada’s catalogue but no values have been fetched. "
            "Whoever runs the service can fetch them.",
        ),
    ],
)
def test_the_advice_follows_the_message_in_the_language_of_the_reader(advice, swedish, english):
    error = MeasureWithoutValuesError(measure="N1")
    assert render_error(error, advice, catalogue("sv").gettext) == swedish
    assert render_error(error, advice, catalogue("en").gettext) == english


def test_a_special_kind_of_error_is_advised_as_its_kind_and_others_not_at_all():
    class DeadSourceError(SourceUnreachableError):
        pass

    text = render_error(DeadSourceError(url="http://x", reason="död"), on_the_command_line.ADVICE, str)
    assert text.endswith("kör samma kommando igen; det som redan är hämtat hämtas inte om.")
    unknown = UnknownNetworkError(network="x", suggestion="")
    assert render_error(unknown, on_pages.ADVICE, str) == str(unknown)
    assert render_error(NothingReportedError(measure="x"), on_pages.ADVICE, str).endswith("ännu.")


def test_values_that_are_no_text_are_written_as_they_are():
    assert "None" in str(UnknownNetworkError(network=None, suggestion=""))
