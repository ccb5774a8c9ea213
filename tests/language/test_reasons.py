"""Whatever those who compute may find has one text."""

import inspect
import re
from enum import Enum
from pathlib import Path

from domain import effect_reasons, evidence_reasons
from domain.effect import Design
from domain.message import Number, Reason
from language import effect_reasons as effect_texts
from language import evidence_reasons as evidence_texts
from language.catalogue import catalogue
from language.reasons import TEXTS
from language.rendering import render

KINDS = [
    kind
    for module in (effect_reasons, evidence_reasons)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Enum) and kind.__module__ == module.__name__
]


def test_every_reason_has_a_text():
    assert [kind for kind in (*KINDS, Design) if not set(kind) <= TEXTS.keys()] == []
    assert len(TEXTS) == len(effect_texts.TEXTS) + len(evidence_texts.TEXTS)  # no two are one key


def test_a_reason_is_rendered_by_its_text_in_the_language_of_the_reader():
    reason = Reason(effect_reasons.Refusal.POOR_FIT, error=Number(1.25, 1), most=Number(0.5, 1))
    assert "felet är 1,2, mot som mest 0,5" in render(reason, str)
    assert "1.2" in render(reason, catalogue("en").gettext)
    assert reason == Reason(effect_reasons.Refusal.POOR_FIT, error=Number(1.25, 1), most=Number(0.5, 1))
    assert reason != Reason(effect_reasons.Refusal.CONSTANT)


def test_metrics_hold_no_words_but_those_of_formulas():
    folder = Path(__file__).parents[2] / "metrics"
    with_words = {
        file.relative_to(folder).parts[0]
        for file in folder.rglob("*.py")
        if re.search(r"\bto_translate\b|\bMessage\(", file.read_text(encoding="utf-8"))
    }
    assert with_words == {"formula"}


def test_answers_take_their_texts_from_language():
    folder = Path(__file__).parents[2] / "answers"
    with_texts = [
        file.name for file in folder.rglob("*.py") if "to_translate" in file.read_text(encoding="utf-8")
    ]
    assert with_texts == []
