"""What the tracked tables say to people, which is translated as the texts in the code are."""

from data.reference.corrections import corrections
from data.reference.measures import curated_measures, measure_sets


def texts_to_translate() -> tuple[str, ...]:
    """Names of sets and sections, short titles, sentences and why corrections are made, each once, in Swedish."""
    names = [text for one in measure_sets() for text in (one.name, *(section for section, _ in one.sections))]
    about = [text for one in curated_measures().values() for text in (one.short_title, one.resident_sentence)]
    whys = [text for one in corrections() for text in (one.reason, one.source)]
    return tuple(dict.fromkeys([*names, *about, *whys]))
