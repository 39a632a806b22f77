"""Places chosen without a thought of transport, against every choice there is."""

import threading
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import product
from math import ceil, inf
from typing import Final

import pytest

from deliveryopt.scenario.demand import build_demand
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.prices import (
    box_ore_per_week,
    site_ore_per_week,
    village_ore_per_week,
)
from deliveryopt.scenario.schema import (
    BoxType,
    GivenDemand,
    Goal,
    OperatorLimit,
    PickupPoint,
    Scenario,
    Village,
)
from deliveryopt.scenario.terms import SIZES
from deliveryopt.scenario.travel import build_travel, nearest_agent, reach_m
from deliveryopt.solver.location import Places, choose_places
from deliveryopt.solver.result import SolveOptions
from deliveryopt.units import DAYS, ore_per_week
from tests.by_hand import BOX, THERE, little_world
from tests.strategies import random_scenario, replaced

EXACT: Final = SolveOptions(time_limit_s=20.0, deterministic=True)
Boxes = tuple[tuple[str, int], ...]
"""Box types of one site and how many of each."""


def _places(scenario: Scenario, barred: frozenset[tuple[str, str]] = frozenset()) -> Places:
    return choose_places(scenario, EXACT, stop=threading.Event(), barred=barred)


def _two_sites() -> Scenario:
    """Return the little world with a second, dearer site beside the first."""
    world = little_world()
    dear = PickupPoint.model_validate(
        {"id": "q", "name": "q", "kind": "site", "fixed_sek_per_year": 520, **THERE}
    )
    return replaced(world, pickup_points=(*world.pickup_points, dear))


# --- by hand -------------------------------------------------------------------------------------


def test_the_cheapest_site_is_chosen_even_where_no_run_comes() -> None:
    places = _places(replaced(_two_sites(), runs=()))

    assert places.status == "OPTIMAL"
    assert places.sites == {"p"}
    assert places.covered == {"v"}
    assert places.collections == {"v": "p"}


def test_a_village_barred_from_a_site_gets_the_next_one_or_none() -> None:
    world = _two_sites()

    assert _places(world, frozenset({("v", "p")})).collections == {"v": "q"}
    both = frozenset({("v", "p"), ("v", "q")})
    assert _places(world, both).status == "INFEASIBLE"


def test_pins_are_kept() -> None:
    world = _two_sites()
    first, second = world.pickup_points
    pinned = (replaced(first, state="must_not"), replaced(second, state="must_open"))

    assert _places(replaced(world, pickup_points=pinned)).sites == {"q"}
    both = (first, replaced(second, state="must_open"))
    assert _places(replaced(world, pickup_points=both)).sites == {"q"}


def test_boxes_of_an_operator_are_limited() -> None:
    world = little_world()
    north = replaced(BOX, operator="north")
    limit = OperatorLimit(operator="north", max_boxes=0)
    rules = replaced(world.rules, max_boxes_per_operator=(limit,))

    assert _places(replaced(world, box_types=(north,))).status == "OPTIMAL"
    assert _places(replaced(world, box_types=(north,), rules=rules)).status == "INFEASIBLE"


def test_boxes_in_all_are_limited() -> None:
    world = _two_sites()
    limited = replaced(world, rules=replaced(world.rules, max_boxes=0))

    assert _places(limited).status == "INFEASIBLE"


def _wants(*parcels: tuple[Day, int], sites: tuple[int, int]) -> Scenario:
    """Return the two sites with other parcels and so many boxes at most at each."""
    world = _two_sites()
    pairs = zip(world.pickup_points, sites, strict=True)
    return replaced(
        world,
        pickup_points=tuple(replaced(point, max_boxes=most) for point, most in pairs),
        given_demand=tuple(
            GivenDemand(village_id="v", day=day, size="S", parcels=number)
            for day, number in parcels
        ),
    )


def test_boxes_of_all_types_together_are_limited_by_the_site() -> None:
    world = replaced(_wants(("mon", 4), sites=(1, 2)), box_types=(BOX, replaced(BOX, id="c")))

    assert _places(world).sites == {"q"}, "two boxes of two compartments are needed"


def test_parcels_stay_in_the_box_on_the_days_after() -> None:
    box = replaced(BOX, compartments_s=4)
    fits = replaced(_wants(("mon", 4), ("wed", 2), sites=(1, 2)), box_types=(box,))
    not_quite = replaced(_wants(("mon", 2), ("wed", 4), sites=(1, 2)), box_types=(box,))

    assert _places(fits).sites == {"p"}, "a quarter of Monday's is there on Wednesday: 3"
    assert _places(not_quite).sites == {"q"}, "here 4.5"


def test_boxes_that_cannot_hold_the_parcels_still_stand_where_they_cost_least() -> None:
    world = _two_sites()
    too_small = replaced(BOX, compartments_s=0)

    assert _places(replaced(world, box_types=(too_small,))).sites == {"p"}


def test_the_widest_coverage_within_a_budget_for_boxes_is_chosen_and_then_the_cheapest() -> None:
    world = _two_sites()
    goal = Goal(kind="greatest_coverage", budget_sek_per_year=520)

    assert _places(replaced(world, goal=goal)).sites == {"p"}
    poor = Goal(kind="greatest_coverage", budget_sek_per_year=519)
    nothing = _places(replaced(world, goal=poor))
    assert nothing.status == "OPTIMAL"
    assert nothing.sites == nothing.covered == frozenset()


def test_without_time_nothing_is_called_impossible() -> None:
    stop = threading.Event()
    stop.set()

    assert choose_places(little_world(), EXACT, stop=stop).status == "UNKNOWN"


def test_a_scenario_without_villages_and_sites_has_nothing_to_choose() -> None:
    empty = replaced(little_world(), villages=(), given_demand=(), pickup_points=())
    places = _places(empty)

    assert (places.status, places.sites) == ("OPTIMAL", frozenset())


# --- against every choice ------------------------------------------------------------------------


def _box_choices(scenario: Scenario, point: PickupPoint) -> Iterator[Boxes]:
    """Yield every number of boxes of each type that may stand at a site."""
    types = [] if point.state == "must_not" else list(point.box_types or _by_id(scenario))
    for numbers in product(range(point.max_boxes + 1), repeat=len(types)):
        least = point.state == "must_open"
        if least <= sum(numbers) <= point.max_boxes:
            yield tuple((name, number) for name, number in zip(types, numbers, strict=True))


def _by_id(scenario: Scenario) -> dict[str, BoxType]:
    return {box_type.id: box_type for box_type in scenario.box_types}


def _holds(scenario: Scenario, boxes: Boxes, villages: list[str], *, sized: bool) -> bool:
    """Return whether boxes hold what villages receive, on its ready day, day by day."""
    if not sized:
        return any(number for _, number in boxes) or not villages
    demand, rates, types = build_demand(scenario), scenario.rates, _by_id(scenario)
    stays = 1 - Fraction(str(rates.collected_first_day_share))
    for day, smallest in product(range(7), range(3)):
        there = sum(
            demand.get((village, DAYS[(day - later) % 7], size), 0) * ceil(1000 * stays**later)
            for village in villages
            for later in range(rates.max_dwell_days)
            for size in SIZES[smallest:]
        )
        room = sum(
            number * getattr(types[name], f"compartments_{size.lower()}")
            for name, number in boxes
            for size in SIZES[smallest:]
        )
        if there > 1000 * room:
            return False
    return any(number for _, number in boxes) or not villages


def _village_choices(scenario: Scenario, village: Village) -> list[tuple[str | None, int, bool]]:
    """Return where a village may collect: site or None for today, öre a week, whether covered."""
    travel, demand = build_travel(scenario), build_demand(scenario)
    parcels = sum(number for (who, _, _), number in demand.items() if who == village.id)
    points = {point.id: point for point in scenario.pickup_points}
    agent = nearest_agent(scenario, travel, village.id)
    today_ore = 0
    if agent is not None:
        today_ore = village_ore_per_week(
            scenario, points[agent[0]], parcels=parcels, distance_m=agent[1]
        )
    found: list[tuple[str | None, int, bool]] = [
        (None, today_ore, agent is not None and agent[1] <= reach_m(scenario))
    ]
    for point in scenario.pickup_points:
        metres = travel.road_m(village.id, point.id)
        if point.kind == "site" and metres is not None and metres <= reach_m(scenario):
            cost = village_ore_per_week(scenario, point, parcels=parcels, distance_m=metres)
            found.append((point.id, cost, True))
    return found


def _within_limits(scenario: Scenario, chosen: Iterable[Boxes]) -> bool:
    types, rules = _by_id(scenario), scenario.rules
    pairs = [pair for boxes in chosen for pair in boxes]
    limits = {limit.operator: limit.max_boxes for limit in rules.max_boxes_per_operator}
    most = inf if rules.max_boxes is None else rules.max_boxes
    return sum(number for _, number in pairs) <= most and all(
        sum(number for name, number in pairs if types[name].operator == operator) <= limit
        for operator, limit in limits.items()
    )


def _picks(scenario: Scenario) -> Iterator[dict[str, tuple[str | None, int, bool]]]:
    """Yield every choice of where villages collect that covers what the goal asks for."""
    choices = [_village_choices(scenario, village) for village in scenario.villages]
    total = sum(village.inhabitants for village in scenario.villages)
    needed = Fraction(str(scenario.goal.coverage_share or 0)) * total
    for picked in product(*choices):
        pick = {v.id: choice for v, choice in zip(scenario.villages, picked, strict=True)}
        covered = [village for village in scenario.villages if pick[village.id][2]]
        is_kept = all(village in covered for village in scenario.villages if village.must_serve)
        if is_kept and sum(village.inhabitants for village in covered) >= needed:
            yield pick


def _uncovered(scenario: Scenario, covered: Collection[str]) -> Fraction:
    """Return the weight that is not covered; 0 where the goal asks for enough only."""
    if scenario.goal.kind == "least_cost":
        return Fraction(0)
    left = (village for village in scenario.villages if village.id not in covered)
    weights = (village.inhabitants * Fraction(str(village.priority)) for village in left)
    return sum(weights, Fraction(0))


def _best(
    scenario: Scenario, *, sized: bool, places: Places | None = None
) -> tuple[Fraction, int] | None:
    """Return uncovered weight and cost of the best choice, or of the cheapest boxes at places."""
    sites = [point for point in scenario.pickup_points if point.kind == "site"]
    types, budget = _by_id(scenario), scenario.goal.budget_sek_per_year
    today_ore = sum(_village_choices(scenario, village)[0][1] for village in scenario.villages)
    found = []
    for pick in _picks(scenario):
        where = {village: site for village, (site, _, _) in pick.items() if site is not None}
        if places is not None and where != places.collections:
            continue
        weight = _uncovered(scenario, [village for village in pick if pick[village][2]])
        fitting = [
            [
                boxes
                for boxes in _box_choices(scenario, site)
                if _holds(scenario, boxes, [v for v in where if where[v] == site.id], sized=sized)
            ]
            for site in sites
        ]
        for chosen in product(*fitting):
            opened = {s.id for s, own in zip(sites, chosen, strict=True) if any(n for _, n in own)}
            cost = sum(cost for _, cost, _ in pick.values())
            cost += sum(site_ore_per_week(site) for site in sites if site.id in opened)
            cost += sum(n * box_ore_per_week(types[name]) for own in chosen for name, n in own)
            is_kept = budget is None or cost <= today_ore + ore_per_week(budget)
            is_kept &= places is None or opened == places.sites
            if is_kept and _within_limits(scenario, chosen):
                found.append((weight, cost))
    return min(found, default=None)


@pytest.mark.parametrize("seed", range(100, 130))
def test_the_places_chosen_are_as_good_as_the_best_of_all(seed: int) -> None:
    scenario = random_scenario(seed)
    sized = _best(scenario, sized=True) is not None
    best = _best(scenario, sized=sized)
    places = _places(scenario)

    assert places.status == ("INFEASIBLE" if best is None else "OPTIMAL")
    if best is not None:
        assert _best(scenario, sized=sized, places=places) == best
        assert _uncovered(scenario, places.covered) == best[0]
