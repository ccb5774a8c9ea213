"""Which release came before the latest fetch, whatever members have published since."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.release import Release, before_latest_fetch

FIRST_DAY = datetime(2024, 1, 30, tzinfo=UTC)


def releases(kinds):
    """One release a letter: f is a fetch, u an upload."""
    return [
        Release(
            number,
            FIRST_DAY + timedelta(days=number),
            f"run-{number}",
            "",
            upload_id=f"upload-{number}" if kind == "u" else None,
        )
        for number, kind in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("kinds", "until", "before"),
    [
        ("f", 0, None),
        ("ff", 1, 0),
        ("ffu", 2, 0),
        ("fufuu", 4, 1),
        ("fufuu", 2, 1),
        ("fufuu", 1, 0),
        ("fu", 1, 0),
        ("fuu", 2, 0),
        ("u", 0, None),
        ("uu", 1, 0),
        ("uf", 1, 0),
    ],
)
def test_an_upload_does_not_hide_what_the_latest_fetch_changed(kinds, until, before):
    all_of_them = releases(kinds)

    earlier = before_latest_fetch(all_of_them, all_of_them[until])

    assert earlier == (None if before is None else all_of_them[before])
