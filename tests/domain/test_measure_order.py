import pytest

from domain.errors.measures import MeasureCycleError
from domain.measure_order import order_of_computing


def test_every_measure_comes_after_what_it_is_made_of():
    order = order_of_computing({"andel": ["summa", "N01951"], "summa": ["a", "b"], "dubbel": ["andel"]})
    assert order.index("summa") < order.index("andel") < order.index("dubbel")
    assert set(order) == {"summa", "andel", "dubbel"}  # KPIs and own variables are no measures


@pytest.mark.parametrize(
    ("inputs", "ring"),
    [
        ({"a": ["a"]}, "a ← a"),
        ({"a": ["b"], "b": ["c"], "c": ["a", "N01951"], "d": ["a"]}, "a"),
        ({"kostnad": ["volym"], "volym": ["kostnad"]}, "kostnad ← volym ← kostnad"),
    ],
)
def test_a_ring_is_refused_by_the_names_in_it(inputs, ring):
    with pytest.raises(MeasureCycleError) as raised:
        order_of_computing(inputs)
    assert ring in str(raised.value)
    assert "d" not in raised.value.values["ring"].split(" ← ")


def test_a_cycle_is_described_the_same_way_whichever_measure_closes_it():
    refusals = set()
    for names in (("b", "c", "a"), ("c", "a", "b")):
        with pytest.raises(MeasureCycleError) as raised:
            order_of_computing({name: [{"a": "b", "b": "c", "c": "a"}[name]] for name in names})
        refusals.add(str(raised.value))
    assert len(refusals) == 1
