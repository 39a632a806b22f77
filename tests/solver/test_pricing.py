"""What one pickup point costs at prices: proven against plans, other prices and every offer."""

from collections import Counter
from collections.abc import Callable
from math import inf
from random import Random

import numpy as np
import pytest

from deliveryopt.scenario.schema import GivenDemand, Scenario, Stop
from deliveryopt.solver import village_sets as village_sets_module
from deliveryopt.solver.milp import BoolArray
from deliveryopt.solver.pricing import cheapest_way, programme_of
from deliveryopt.solver.search import Effort, solve_small
from deliveryopt.solver.village_sets import VillageSets, village_sets
from deliveryopt.solver.ways import Prices, Site, Way, price_of
from tests.busy_road import busy_road
from tests.by_hand import little_run, little_world, parcels_and_a_half
from tests.pricing_worlds import (
    Parts,
    best_of,
    odd_scenario,
    offers_of,
    parts_of,
    some_plan,
    some_prices,
    way_in,
)
from tests.strategies import replaced

ORE = 0.02
"""What the solver's tolerances may come to."""
EXACTLY = Effort(gap=0.0, seconds=10)
SOME = 0.7
FEW, MANY = range(8), range(1000, 1300)


def _least(site: Site, prices: Prices, *, whole: bool = False) -> float:
    return cheapest_way(site, prices, EXACTLY, whole=whole).least


def _worlds(seeds: range) -> list[tuple[Random, Parts]]:
    found = [(Random(seed), parts_of(busy_road(seed))) for seed in seeds]  # noqa: S311  no secret
    odd = [(seed, odd_scenario(seed)) for seed in seeds]
    found += [
        (Random(seed), parts_of(scenario))  # noqa: S311  no secret
        for seed, scenario in odd
        if scenario is not None
    ]
    return found


def _could_be(site: Site, way: Way | None) -> bool:
    """Return whether no group visits the point more often than it has run-days.

    Pricing allows it, as a run-day may have several services of a point; plans never do, and
    bounds reckoned for other prices hold for plans.
    """
    visits: Counter[int] = Counter()
    copies: dict[int, int] = {}
    for position, times in () if way is None else way.visits:
        offer = site.offers[position]
        visits[offer.group] += times
        copies[offer.group] = offer.copies
    return all(times <= copies[group] for group, times in visits.items())


def _agree(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= ORE


def _told(site: Site, prices: Prices, least: float) -> Callable[[Prices], float]:
    """Return what the bound at any prices is, once a point was priced at some."""
    sets = village_sets(site)
    sets.learn(prices, np.full(len(sets.members), least))
    return lambda now: float(sets.least(now).min())


def _one_by_one(site: Site, prices: Prices, sets: VillageSets) -> list[float]:
    """Return the true least cost of each set of villages at prices."""
    found = []
    for members in sets.members:
        work = programme_of(site, prices)
        for column, is_in in zip(work.collects.values(), members.tolist(), strict=True):
            work.milp.lower[column] = work.milp.upper[column] = float(is_in)
        answer = solve_small(work.milp, EXACTLY)
        found.append(inf if answer.is_infeasible else answer.bound)
    return found


def _visits_fit(site: Site, prices: Prices, members: BoolArray) -> bool:
    """Return whether the cheapest way of a set could be in a plan; see `_could_be`."""
    return _could_be(site, cheapest_way(site, prices, EXACTLY, sets=members[None, :]).way)


def _faults_of_sets(seeds: range) -> tuple[list[str], int]:
    """Return where what is known of sets of villages is more than they cost; and sets seen."""
    faults, seen = [], 0
    for rng, parts in _worlds(seeds):
        for site in parts.sites:
            sets = village_sets(site)
            name = f"{parts.model.network.scenario.name} {site.point}"
            prices = some_prices(parts.rows, rng)
            for _ in range(3):
                least, true = sets.least(prices), _one_by_one(site, prices, sets)
                seen += len(true)
                faults += [
                    f"{name} {number}: {known} > {own}"
                    for number, (known, own) in enumerate(zip(least.tolist(), true, strict=True))
                    if known > own + ORE and _visits_fit(site, prices, sets.members[number])
                ]
                left = np.array([rng.random() < SOME for _ in true])
                if left.any():
                    one = cheapest_way(site, prices, EXACTLY, sets=sets.members[left])
                    cheapest = min(np.array(true)[left].tolist())
                    if not _agree(one.least, cheapest):
                        faults.append(f"{name}: {one.least} of sets, not {cheapest}")
                    least[left] = np.maximum(least[left], one.least)
                    sets.learn(prices, least)
                prices = some_prices(parts.rows, rng, like=prices)
    return faults, seen


def _faults_of_beaten_offers(seeds: range) -> list[str]:
    faults = []
    for rng, parts in _worlds(seeds):
        for site in parts.sites:
            prices = some_prices(parts.rows, rng)
            every = solve_small(programme_of(site, prices, keep_all=True).milp, EXACTLY)
            least = _least(site, prices)
            if not _agree(least, inf if every.is_infeasible else every.bound):
                name = parts.model.network.scenario.name
                faults.append(f"{name} {site.point}: {least}, with every offer {every}")
    return faults


def _faults_at_other_prices(seeds: range) -> list[str]:
    """Return where a bound at some prices is passed by what is known from others."""
    faults = []
    for rng, parts in _worlds(seeds):
        for site in parts.sites:
            first = some_prices(parts.rows, rng)
            every = [first, some_prices(parts.rows, rng)]
            every += [some_prices(parts.rows, rng, like=first) for _ in range(2)]
            priced = [cheapest_way(site, prices, EXACTLY) for prices in every]
            name = f"{parts.model.network.scenario.name} {site.point}"
            for prices, answer in zip(every, priced, strict=True):
                faults += [
                    f"{name}: {answer}, and yet {other.way}"
                    for other in priced
                    if other.way and price_of(other.way, prices) < answer.least - ORE
                ]
                for before, known in zip(every, priced, strict=True):
                    held = _told(site, before, known.least)
                    if held(prices) > answer.least + ORE and _could_be(site, answer.way):
                        faults.append(f"{name}: {held(prices)} > {answer.least}")
                if answer.way and not _agree(price_of(answer.way, prices), answer.least):
                    faults.append(f"{name}: {answer} costs {price_of(answer.way, prices)}")
    return faults


def _faults_against_plans(seeds: range) -> tuple[list[str], int]:
    """Return where a plan serves a point for less or takes more than is shared; and points seen."""
    faults, seen = [], 0
    for rng, parts in _worlds(seeds):
        plans = [best_of(parts.model).values, some_plan(parts.model, rng)]
        offers, name = offers_of(parts), parts.model.network.scenario.name
        for values in filter(None, plans):
            ways = [way_in(parts, offers, site, values) for site in parts.sites]
            taken = np.zeros(len(parts.alike.row_upper))
            for site, way in zip(parts.sites, ways, strict=True):
                if way is None:
                    continue
                for row, amount in way.shared.items():
                    taken[row] += amount
                if way.villages:
                    seen += 1
                    prices = some_prices(parts.rows, rng)
                    others = some_prices(parts.rows, rng, like=prices)
                    held = _told(site, prices, _least(site, prices, whole=rng.random() < SOME))
                    faults += [
                        f"{name}: {way} below {held(each)}"
                        for each in (prices, others)
                        if price_of(way, each) < held(each) - ORE
                    ]
            over = np.flatnonzero(taken > np.array(parts.alike.row_upper) + ORE)
            faults += [f"{name}: {parts.alike.row_names[r]}" for r in over]
    return faults, seen


def test_whole_parcels_never_cost_less_and_sometimes_more() -> None:
    more = []
    for rng, parts in _worlds(FEW):
        for site in parts.sites:
            prices = some_prices(parts.rows, rng)
            least = _least(site, prices)
            if least < inf:
                more.append(_least(site, prices, whole=True) - least)

    assert min(more) > -ORE
    assert len(more) > 10


def test_halves_of_parcels_save_a_visit_that_whole_ones_need() -> None:
    parts = parts_of(parcels_and_a_half())
    nothing = parts.rows.prices(np.zeros(len(parts.rows.lower)))
    [site] = parts.sites

    visit_ore = 1000
    assert _least(site, nothing, whole=True) - _least(site, nothing) == pytest.approx(visit_ore)
    assert _least(site, nothing, whole=True) == pytest.approx(best_of(parts.model).objective)


def test_leaving_out_beaten_offers_changes_no_optimum() -> None:
    assert _faults_of_beaten_offers(FEW) == []


def test_what_is_known_of_sets_of_villages_is_never_more_than_they_cost() -> None:
    faults, seen = _faults_of_sets(FEW)

    assert faults == []
    assert seen > 100


def test_points_with_many_villages_have_one_bound_for_all_sets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(village_sets_module, "MOST_VILLAGES", 0)

    assert _faults_at_other_prices(FEW) == []


def test_a_bound_at_prices_holds_for_ways_and_bounds_from_other_prices() -> None:
    assert _faults_at_other_prices(FEW) == []


def test_no_plan_serves_a_point_for_less_and_none_takes_more_than_is_shared() -> None:
    faults, seen = _faults_against_plans(FEW)

    assert faults == []
    assert seen > 8


def test_ways_above_a_limit_are_of_no_interest_and_the_bound_stays_one() -> None:
    for rng, parts in _worlds(range(3)):
        for site in parts.sites:
            prices = some_prices(parts.rows, rng)
            least = _least(site, prices)
            for below in (least - 300, least - 1, least + 1, least + 300, 0.0):
                if below < inf:
                    cut = cheapest_way(site, prices, EXACTLY, below=below)
                    assert abs(cut.least - min(below, least)) <= 1


def test_a_point_that_can_serve_nobody_has_no_way() -> None:
    world = little_world()
    runs = (little_run("r", [("s", 400), ("d", 410)]),)  # the wrong way
    parts = parts_of(replaced(world, runs=runs, rules=replaced(world.rules, max_transfers=0)))

    for site in parts.sites:
        answer = cheapest_way(site, parts.rows.prices(np.zeros(len(parts.rows.lower))), EXACTLY)
        assert (answer.least, answer.way) == (inf, None)


def crossing_rooms() -> Scenario:
    """Return a world where each of three runs can carry one parcel, for reasons of their own.

    Only all three together bring the three parcels: the first has room for one parcel of any
    litres, the second for six litres of any number, the third, the dearest, for neither more.
    """
    world = little_world()
    road = [("d", 400), ("s", 410)]
    return replaced(
        world,
        name="crossing rooms",
        rules=replaced(world.rules, max_transfers=0),
        runs=(
            little_run("r1", road, capacity_parcels=1),
            little_run("r2", road, capacity_litres=6.0),
            little_run("r3", road, capacity_parcels=1, capacity_litres=6.0, sek_per_minute=20),
        ),
        given_demand=(GivenDemand(village_id="v", day="mon", size="S", parcels=3),),
    )


def test_an_offer_is_needed_where_those_that_beat_it_lack_different_kinds_of_room() -> None:
    parts = parts_of(crossing_rooms())
    nothing = parts.rows.prices(np.zeros(len(parts.rows.lower)))

    assert best_of(parts.model).objective == 6000
    assert _least(parts.sites[0], nothing) <= 6000 + ORE


def test_a_parcel_becomes_cheaper_by_all_the_rows_that_it_takes_from() -> None:
    world = little_world()
    far = {"lat_deg": 62.0, "lon_deg": 15.2}
    terms = {"capacity_parcels": 8, "parcel_s": 60, "delay_budget_min": 10, "stop_min": 0.5}
    six = [GivenDemand(village_id=v, day="mon", size="S", parcels=6) for v in ("v", "w")]
    point = replaced(world.pickup_points[0], max_boxes=5)
    parts = parts_of(
        replaced(
            world,
            rules=replaced(world.rules, max_transfers=0),
            villages=(*world.villages, replaced(world.villages[0], id="w", **far)),
            pickup_points=(point, replaced(point, id="q", **far)),
            stops=(*world.stops, Stop(id="t", name="t", **far)),
            runs=(little_run("r", [("d", 400), ("s", 410), ("t", 420)], **terms),),
            given_demand=six,
        )
    )
    assert parts.alike.row_names == ("group 0 room 2", "group 0 minutes")
    site = parts.sites[0]
    worth = np.full(2, 1e6)
    dear = Prices(worth, np.array([6000.0, 100.0]), np.zeros(1))
    free = Prices(worth, np.zeros(2), np.zeros(1))

    held = _told(site, dear, _least(site, dear))
    assert held(free) <= _least(site, free) + ORE


@pytest.mark.slow
@pytest.mark.parametrize("first", MANY[::50])
def test_what_is_known_of_sets_is_never_more_than_they_cost_in_many_more(first: int) -> None:
    assert _faults_of_sets(range(first, first + 50))[0] == []


@pytest.mark.slow
@pytest.mark.parametrize("first", MANY[::50])
def test_leaving_out_beaten_offers_changes_no_optimum_of_many_more(first: int) -> None:
    assert _faults_of_beaten_offers(range(first, first + 50)) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", MANY[::50])
def test_a_bound_at_prices_holds_at_many_more_points(first: int) -> None:
    assert _faults_at_other_prices(range(first, first + 50)) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", MANY[::50])
def test_no_plan_serves_one_of_many_more_points_for_less(first: int) -> None:
    assert _faults_against_plans(range(first, first + 50))[0] == []
