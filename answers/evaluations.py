"""What projects have measured of one measure."""

from answers.library import Library
from domain.evaluation import EvaluationResult


def find_evaluations(library: Library, measure_id: str) -> tuple[EvaluationResult, ...]:
    """Return every project's result as known at the library's release, sorted by project and place."""
    rows = library.figures.evaluation_results(library.release, measure_ids=[measure_id])
    results = [
        EvaluationResult(
            project=row["project"],
            place_code=row["municipality_id"],
            place_name=library.places.find(row["municipality_id"]).name,
            measure_id=row["measure_id"],
            measure_text=row["measure_text"],
            before=row["before"],
            after=row["after"],
            unit=row["unit"],
            before_day=row["before_day"],
            after_day=row["after_day"],
            person_count=None if row["person_count"] is None else int(row["person_count"]),
            method=row["method"],
            reference=row["reference"],
        )
        for row in rows.astype({"person_count": "object"}).to_dict("records")
    ]
    return tuple(
        sorted(results, key=lambda result: (result.project.casefold(), result.place_name, result.after_day))
    )
