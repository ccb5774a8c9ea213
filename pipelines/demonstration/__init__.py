"""Made-up values for real municipalities, so that the product can be seen before anything is fetched.

Seeded, with truths known beforehand (`truths.py`). They are kept in a lake of their own and never mix with real history.
"""

from pipelines.demonstration.make import Made, ensure_demonstration, make_demonstration

__all__ = ["Made", "ensure_demonstration", "make_demonstration"]
