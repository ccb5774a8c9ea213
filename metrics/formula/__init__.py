"""Formulas over KPIs and own variables: a small language of its own, from which nothing else can be reached."""

from metrics.formula.aggregation import Aggregated, aggregate
from metrics.formula.evaluation import Evaluated, evaluate
from metrics.formula.formula import Formula, parse

__all__ = ["Aggregated", "Evaluated", "Formula", "aggregate", "evaluate", "parse"]
