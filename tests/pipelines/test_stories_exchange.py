"""Cases, methods and programmes go to YAML and back without loss; what cannot be read is told by line."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from domain.case import Case
from domain.cooperation_method import CooperationMethod
from domain.errors import (
    UnreadableDefinitionError,
)
from domain.programme import Programme
from domain.story import Standing
from pipelines.stories.exchange import StoryFile, stories_from_yaml, stories_to_yaml

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "0127",
        "2026-01-01",
        "yes",
        "~",
        "1e3",
        "- a",
        "a: b",
        "<script>",
        "{x}",
        "åäö\n\n  rad ",
        "# nej",
        "&a *a",
    ]
)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(date, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
st.register_type_strategy(
    datetime,
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
STANDING = st.builds(Standing, version=st.just(0), saved_at=st.none())
STORY = st.one_of([st.builds(kind, standing=STANDING) for kind in (Case, CooperationMethod, Programme)])
FILES = st.lists(st.binary(max_size=60), max_size=2, unique=True).map(
    lambda found: {hashlib.sha256(one).hexdigest(): one for one in found}
)


@given(st.lists(STORY, max_size=2), FILES, FILES)
@hypothesis_settings(max_examples=60, deadline=None)
def test_whatever_people_write_comes_back(found, pictures, attachments):
    by_kind = tuple(
        one for kind in (Case, CooperationMethod, Programme) for one in found if type(one) is kind
    )
    whole = StoryFile(by_kind, pictures, attachments)

    assert stories_from_yaml(stories_to_yaml(whole), "fil.yml") == whole


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cases: [", "Rad 1"),
        ("cases:\n- standing: {id: a}\n  titel: Nej", "Rad 3.*titel.*title"),
        ("cases:\n- standing: {id: a}\n  title: T\n  question: Q\n  municipality_code: '0136'\n  status: kanske",
         "Rad 6.*kanske"),
        ("cases:\n- standing: {id: a}\n  title: T\n  question: Q\n  municipality_code: 0136\n  status: idea",
         "Rad 5.*citattecken"),
        ("cases:\n- standing: {id: a}\n  title: T\n  question: Q\n  municipality_code: '0136'\n  status: idea\n"
         "  also_in: [['0127']]", "Rad 7.*2 värden"),
        ("pictures:\n- checksum: abc\n  content: !!binary aGVq", "Rad 2.*kontrollsumman"),
        ("pictures:\n- checksum: abc\n  content: hej", "Rad 3.*base64"),
        ("cases: !!python/object/apply:os.system ['true']", "Rad 1"),
        ("a: &a [x]\ncases: *a", "Rad 2.*hänvisningar"),
        ("cases: " + "[" * 60 + "]" * 60, "för många fält i varandra"),
        ("- 1", "Rad 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_line(text, told):
    with pytest.raises(UnreadableDefinitionError, match=f"(?s){told}"):
        stories_from_yaml(text, "fil.yml")


def test_a_large_file_is_bounded_however_deep_it_is():
    deep = "#" + "x" * 2_000_001 + "\ncases: " + "[" * 100_000

    with pytest.raises(UnreadableDefinitionError, match="för många fält i varandra"):
        stories_from_yaml(deep, "fil.yml")
