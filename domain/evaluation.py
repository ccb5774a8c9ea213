"""What a project says that it changed: a measure before and after, for whom, and how it was found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """One result of one project in one place. It tells what was measured, not that the project was the cause.

    measure_id: the KPI or the network's measure, empty for any other; measure_text: as the project calls it. before_day,
    after_day: `2023-05-01`, `2023-05` or `2023`, empty where not said. person_count: None where not said.
    """

    project: str
    place_code: str
    place_name: str
    measure_id: str
    measure_text: str
    before: float
    after: float
    unit: str = ""
    before_day: str = ""
    after_day: str = ""
    person_count: int | None = None
    method: str = ""
    reference: str = ""
