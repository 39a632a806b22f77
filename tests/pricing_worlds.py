"""Models, rows and plans of one pickup point, for tests of the engine that works by prices."""

import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.alike import QUANTITIES, Alike, Offer, find_alike
from deliveryopt.solver.columns import Model
from deliveryopt.solver.decompose import Decomposition, decompose
from deliveryopt.solver.detours import enumerate_detours
from deliveryopt.solver.itineraries import enumerate_itineraries
from deliveryopt.solver.master import Rows, rows_of
from deliveryopt.solver.model import build_model
from deliveryopt.solver.network import build_network
from deliveryopt.solver.search import Limits, Outcome, search
from deliveryopt.solver.triples import Triple
from deliveryopt.solver.ways import Prices, Site, Way, sites_of
from tests.strategies import random_scenario, replaced

SOME_TRIPLES = 0.3
"""Share of possible triples that have a price."""


def limits_of(seconds: float) -> Limits:
    """Return limits that ask for a proof within so many seconds."""
    return Limits(time.monotonic() + seconds, 0.0, 1, None, threading.Event())


def model_of(scenario: Scenario) -> Model:
    """Return the plain model of a scenario."""
    network = build_network(scenario)
    return build_model(network, enumerate_itineraries(network, enumerate_detours(network)))


def odd_scenario(seed: int) -> Scenario | None:
    """Return a micro-scenario without transfers that asks for the least cost; None if it does not.

    These have runs of many kinds, several depots, given roads and hours after midnight.
    """
    scenario = random_scenario(seed)
    if scenario.goal.kind != "least_cost":
        return None
    return replaced(scenario, rules=replaced(scenario.rules, max_transfers=0))


def best_of(model: Model) -> Outcome:
    """Return the proven outcome of the plain model."""
    outcome = search(model.milp, limits_of(30))
    assert outcome.status in {"OPTIMAL", "INFEASIBLE"}
    return outcome


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A model as the engine sees it."""

    model: Model
    work: Decomposition
    alike: Alike
    rows: Rows
    sites: list[Site]


def parts_of(scenario: Scenario) -> Parts:
    """Return a scenario as the engine sees it."""
    model = model_of(scenario)
    work = decompose(model)
    alike = find_alike(work)
    return Parts(model, work, alike, rows_of(model, alike), sites_of(model, alike))


def some_prices(rows: Rows, rng: Random, *, like: Prices | None = None) -> Prices:
    """Return prices of every kind; with `like` only the shared rows have others."""
    today = rows.model.network.today_ore
    villages, shared = rows.num_villages, len(rows.alike.row_upper)
    duals = np.zeros(len(rows.lower))
    duals[:villages] = [
        float(today[v]) * rng.choice([0, 1, 2]) + rng.choice([0, 1000, 4000, 9000])
        for v in range(villages)
    ]
    duals[villages : villages + shared] = [
        -rng.choice([0, 0, 0.1, 1, 10, 50]) * rng.random() for _ in range(shared)
    ]
    for row, _ in rows.box_rows:
        duals[row] = -rng.choice([0, 500, 2000])
    if rows.budget is not None:
        duals[rows.budget] = -rng.choice([0, 0.5])
    prices = replace(rows.prices(duals), triples=_some_triples(rows, rng))
    if like is None:
        return prices
    return replace(like, shared=prices.shared, triples=prices.triples)


def _some_triples(rows: Rows, rng: Random) -> dict[Triple, float]:
    """Return prices of a few triples by chance, with villages that share points."""
    found = {}
    points = sorted({point for _, point in rows.model.collects})
    for point in points:
        near = [village for village, where in rows.model.collects if where == point]
        for size, where in ((3, None), (2, point), (2, rng.choice(points))):
            if len(near) >= size and rng.random() < SOME_TRIPLES:
                triple = Triple(tuple(sorted(rng.sample(near, size))), where)
                found[triple] = rng.choice([100.0, 3000.0, 20000.0])
    return found


def some_plan(model: Model, rng: Random) -> dict[int, int] | None:
    """Return an odd plan that keeps every row: the best one at costs by chance."""
    costs = model.milp.cost
    try:
        chosen = (*model.takes.values(), *model.collects.values())
        model.milp.set_objective({column: float(rng.randint(-20, 40)) for column in chosen})
        return search(model.milp, limits_of(10)).values
    finally:
        model.milp.set_objective(dict(enumerate(costs)))


Offers = dict[tuple[int, int], Offer]
"""Offer by point and column of the service."""


def offers_of(parts: Parts) -> Offers:
    """Return the offer that each service of the plain model is to each of its points.

    Services that are equal for the engine, on one run-day, stand for each other: only one is named.
    """
    return {
        (site.point, column): offer
        for site in parts.sites
        for offer in site.offers
        for column in parts.alike.groups[offer.group].columns[offer.service]
    }


def way_in(parts: Parts, offers: Offers, site: Site, values: Mapping[int, int]) -> Way | None:
    """Return what a plan does at one point, in the words of the engine.

    None if the plan gives a service that another one stands for.
    """
    model, point = parts.model, site.point
    shared: dict[int, float] = defaultdict(float)
    cost = sum(model.cost_terms.get(c, 0.0) * values.get(c, 0) for c in parts.work.own[point])
    for column in parts.work.services[point]:
        if values.get(column):
            if (point, column) not in offers:
                return None
            cost += parts.work.share_ore(point, column)
            for row, taken in offers[point, column].of_visit:
                shared[row] += taken
    size = model.network.parcel_size
    for flow in model.arrivals.get(point, []):
        if parcels := values.get(flow.column, 0):
            offer = offers[point, model.takes[flow.ride.option, flow.ride.day]]
            for quantity in QUANTITIES:
                for row, taken in offer.of_load.get((flow.ride.board_stop, quantity), ()):
                    shared[row] += taken * parcels * float(size[flow.size, quantity])
    villages = tuple(v for v in site.villages if values.get(model.collects[v, point]))
    boxes = tuple((t, n) for t in site.boxes if (n := values.get(model.boxes[point, t], 0)))
    return Way(point, villages, cost, (), dict(shared), boxes)
