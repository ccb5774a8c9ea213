"""Facts that are tracked with the code and reviewed as a diff: places, measures, sets, tile map, corrections.

Each table is a CSV or TOML file beside its reader. A reader raises `ValueError` or `KeyError` when its file
breaks its own rules: the files are part of the program, so that is a defect and not the user's to mend.
"""

from data.reference.corrections import corrections
from data.reference.measures import curated_measures, measure_sets
from data.reference.municipalities import places
from data.reference.texts import texts_to_translate
from data.reference.tiles import tile_positions

__all__ = [
    "corrections",
    "curated_measures",
    "measure_sets",
    "places",
    "texts_to_translate",
    "tile_positions",
]
