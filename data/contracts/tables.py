"""Every stored table, in reading order, with its contract."""

from typing import Final

import pandera.pandas as pa

from data.contracts.coverage import Coverage
from data.contracts.evaluation_result import EvaluationResult
from data.contracts.group_member import GroupMember
from data.contracts.indicator_value import IndicatorValue
from data.contracts.kpi import Kpi
from data.contracts.level_break import LevelBreak
from data.contracts.municipality import Municipality
from data.contracts.municipality_group import MunicipalityGroup
from data.contracts.reported_value import ReportedChange, ReportedValue
from data.contracts.staged_value import StagedValue

SMALL_TABLES: Final[dict[str, type[pa.DataFrameModel]]] = {
    "reported_value": ReportedValue,
    "reported_change": ReportedChange,
    "evaluation_result": EvaluationResult,
    "kpi": Kpi,
    "municipality": Municipality,
    "municipality_group": MunicipalityGroup,
    "group_member": GroupMember,
    "level_break": LevelBreak,
    "coverage": Coverage,
}
BULK_TABLES: Final = {"indicator_value": IndicatorValue, "staged_value": StagedValue}
