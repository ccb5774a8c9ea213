"""What the tracked tables say to people, which is translated as the texts in the code are."""

from data.reference.corrections import corrections
from data.reference.measures import curated_measures, measure_sets


def texts_to_translate() -> tuple[str, ...]:
    """Names of sets and sections, short titles, sentences and why corrections are made, each once, in Swedish."""
    names = [
        text
        for measure_set in measure_sets()
        for text in (measure_set.name, *(str(section) for section, _ in measure_set.sections))
    ]
    about = [
        text
        for curated_measure in curated_measures().values()
        for text in (curated_measure.short_title, curated_measure.resident_sentence)
    ]
    whys = [text for correction in corrections() for text in (correction.reason, correction.source)]
    return tuple(dict.fromkeys([*names, *about, *whys]))
