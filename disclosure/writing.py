"""What is stored, for the pipelines that compare it with what they are about to write. Nothing of it is shown to anybody.

A test in `tests/house/` names the only modules that may import this one.
"""

import pandas as pd

from data.store.guarded import GuardedReported, GuardedRevisions, GuardedValues


def stored_rows(guarded: GuardedValues | GuardedReported | GuardedRevisions) -> pd.DataFrame:
    """The rows as the store holds them."""
    return guarded.guarded_rows
