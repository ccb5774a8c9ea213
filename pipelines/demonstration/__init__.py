"""Made-up values, stories and a network for real municipalities, so that the product can be seen before anything is fetched.

The values are generated from a seed, with known truths in them (`truths.py`), and stored in a lake of their own, so that
real history never holds any. Everything else is data: `networks/`, `results/` and `stories/` hold files in the formats that
users import and upload. `pipelines.whole_demonstration` takes them through the importers.
"""
