"""The command line answers as it was recorded, key by key: programs of other people read it."""

import json

import pytest

from tests.cli.contract import COMMANDS, RECORDING, answer

RECORDED = json.loads(RECORDING.read_text(encoding="utf-8")) if RECORDING.exists() else {}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_answers_as_it_was_recorded(name, whole_demonstration_home):
    assert answer(name, whole_demonstration_home) == RECORDED[name]


def test_every_recorded_command_is_still_run():
    assert set(RECORDED) == set(COMMANDS)
