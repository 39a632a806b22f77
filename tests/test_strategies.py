"""The random micro-scenarios reach every part of the model."""

from collections import Counter
from collections.abc import Iterator

from deliveryopt.plan.plan import Plan
from tests.brute_force import BruteResult, NotMicroError, least_cost_by_brute_force
from tests.strategies import random_scenario

NUM_SEEDS = 120
FEWEST = {
    "greatest_coverage OPTIMAL": 20,
    "greatest_coverage INFEASIBLE": 1,
    "least_cost OPTIMAL": 20,
    "least_cost INFEASIBLE": 10,
    "served": 20,
    "some served, some as today": 5,
    "transfer": 2,
    "at_stop": 5,
    "through": 5,
    "out_and_back": 1,
    "detour with two points": 1,
    "two boxes": 1,
    "parcels wait for a later day": 10,
}
MOST_TOO_LARGE = 12


def _features(plan: Plan) -> Iterator[str]:
    """Yield what a plan does."""
    if plan.collections:
        yield "served"
        if plan.as_today:
            yield "some served, some as today"
    if any(len(shipment.legs) == 2 for shipment in plan.shipments):
        yield "transfer"
    yield from {service.kind for service in plan.services}
    if any(len(service.points) > 1 for service in plan.services):
        yield "detour with two points"
    if sum(boxes.boxes for boxes in plan.opened) > len({b.pickup_point for b in plan.opened}):
        yield "two boxes"
    if any(shipment.legs[0].day != shipment.ready_day for shipment in plan.shipments):
        yield "parcels wait for a later day"


def _result(seed: int) -> BruteResult | None:
    try:
        return least_cost_by_brute_force(random_scenario(seed))
    except NotMicroError:
        return None


def test_seeds_reach_every_part_of_the_model() -> None:
    seen: Counter[str] = Counter()
    for seed in range(NUM_SEEDS):
        result = _result(seed)
        if result is None:
            seen["too large"] += 1
            continue
        seen[f"{random_scenario(seed).goal.kind} {result.status}"] += 1
        if result.plan is not None:
            seen.update(_features(result.plan))

    assert {name: seen[name] for name in FEWEST if seen[name] < FEWEST[name]} == {}
    assert seen["too large"] <= MOST_TOO_LARGE


def test_a_scenario_follows_from_its_seed() -> None:
    assert random_scenario(7) == random_scenario(7)
