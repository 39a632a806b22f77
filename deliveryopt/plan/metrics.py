"""Measure a plan: the one definition of every figure in every report.

Figures are computed from whole metres, seconds and öre and rounded once, at the end.
"""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Final

from deliveryopt.plan.costs import Trips, costs_of, detours_co2_kg, goal_cost_ore, trips_of
from deliveryopt.plan.figures import (
    BoxCount,
    Comparison,
    DistanceClass,
    Metrics,
    PickupPointRow,
    RunDayRow,
    VillageRow,
)
from deliveryopt.plan.home_payers import home_delivery_figures
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.replay import Replay, replay_plan
from deliveryopt.plan.rows import (
    DECIMALS,
    km_from_m,
    minutes_from_s,
    pickup_point_rows,
    run_day_rows,
    run_rows,
    share,
    size_counts,
    village_rows,
)
from deliveryopt.plan.rows_of_homes import (
    co2_of_vans_kg,
    home_rows,
    order_counts,
    van_day_rows,
    van_figures,
    van_rows,
)
from deliveryopt.plan.world import build_world
from deliveryopt.scenario.schema import Scenario
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.units import WEEKS_PER_YEAR, sek_from_ore

__all__ = ["Comparison", "Metrics", "compare_with_today", "measure"]

CLASS_LIMITS_KM: Final = (0, 1, 2, 5, 10, None)
NINE_IN_TEN: Final = Fraction(9, 10)
TO_DOOR: Final = frozenset({"by_run", "by_van", "as_today"})

Figures = dict[str, object]


def _rounded(value: Fraction | float) -> float:
    """Return a figure rounded to thousandths."""
    return round(float(value), DECIMALS)


def _coverage(replay: Replay, rows: Iterable[VillageRow]) -> Figures:
    """Return who is covered."""
    rows = list(rows)
    covered = [row for row in rows if row.covered]
    inhabitants = sum(row.inhabitants for row in rows)
    covered_inhabitants = sum(row.inhabitants for row in covered)
    old = sum(row.inhabitants_65 or 0 for row in rows)
    covered_old = sum(row.inhabitants_65 or 0 for row in covered)
    weight = {
        village.id: village.inhabitants * Fraction(str(village.priority))
        for village in replay.world.villages.values()
    }
    weighted = sum(weight.values(), Fraction(0))
    covered_weighted = sum((weight[row.village] for row in covered), Fraction(0))
    how = Counter(row.how for row in rows)
    return {
        "inhabitants": inhabitants,
        "covered_inhabitants": covered_inhabitants,
        "coverage_share": share(covered_inhabitants, inhabitants) if inhabitants else 1.0,
        "weighted_coverage_share": share(covered_weighted, weighted) if weighted else 1.0,
        "inhabitants_65": old,
        "covered_inhabitants_65": covered_old,
        "coverage_65_share": share(covered_old, old) if old else None,
        "villages_65_unknown": sum(row.inhabitants_65 is None for row in rows),
        "villages": len(rows),
        "covered_villages": len(covered),
        "villages_by_plan": how["plan"],
        "villages_as_today": how["today"],
        "villages_without": how["none"],
    }


def _distances(rows: Iterable[VillageRow]) -> Figures:
    """Return how far inhabitants have to their pickup point."""
    rows = list(rows)
    near_first = sorted(
        (row.distance_km, row.village, row.inhabitants)
        for row in rows
        if row.distance_km is not None and row.inhabitants
    )
    total = sum(inhabitants for _, _, inhabitants in near_first)
    mean_km = p90_km = worst_km = worst_village = None
    if near_first:
        exact = sum(Fraction(str(km)) * inhabitants for km, _, inhabitants in near_first)
        mean_km = _rounded(exact / total)
        within, nine_tenths = 0, NINE_IN_TEN * total
        for km, _, inhabitants in near_first:
            p90_km = km
            within += inhabitants
            if within >= nine_tenths:
                break
        worst_km = near_first[-1][0]
        worst_village = min(village for km, village, _ in near_first if km == worst_km)
    return {
        "inhabitants_by_distance": tuple(
            DistanceClass(
                from_km=from_km or 0,
                to_km=to_km,
                inhabitants=sum(
                    inhabitants
                    for km, _, inhabitants in near_first
                    if km >= (from_km or 0) and (to_km is None or km < to_km)
                ),
            )
            for from_km, to_km in pairwise(CLASS_LIMITS_KM)
        ),
        "inhabitants_without": sum(row.inhabitants for row in rows) - total,
        "mean_distance_km": mean_km,
        "p90_distance_km": p90_km,
        "worst_village": worst_village,
        "worst_distance_km": worst_km,
    }


def _parcels(replay: Replay, rows: Iterable[VillageRow]) -> Figures:
    """Return how many parcels there are and how they reach their villages."""
    by_how, by_size = Counter[str](), dict.fromkeys(SIZES, 0)
    for row in rows:
        by_how[row.how] += row.parcels_per_week
    sizes: dict[str, Size] = {size: size for size in SIZES}
    for (_, _, size), parcels in replay.world.demand.items():
        by_size[sizes[size]] += parcels
    lead_days = Counter[int]()
    transferred = 0
    for sent in replay.shipments:
        if sent.arrival is not None:
            lead_days[replay.world.lead_days(sent.ready, sent.arrival)] += sent.shipment.parcels
        transferred += sent.shipment.parcels * (len(sent.rides) > 1)
    for by_van in replay.van_shipments:
        days = replay.world.lead_days(by_van.ready, by_van.arrival)
        lead_days[days] += by_van.shipment.parcels
    longest = max(lead_days, default=None)
    sum_days = sum(days * parcels for days, parcels in lead_days.items())
    return {
        "parcels_per_week": by_how.total(),
        "parcels_by_plan_per_week": by_how["plan"],
        "parcels_as_today_per_week": by_how["today"],
        "parcels_without_per_week": by_how["none"],
        "parcels_by_size": size_counts(by_size),
        "lead_days_mean": _rounded(Fraction(sum_days, lead_days.total())) if lead_days else None,
        "lead_days_max": longest,
        "parcels_by_lead_days": (
            () if longest is None else tuple(lead_days[days] for days in range(longest + 1))
        ),
        "transferred_parcels_per_week": transferred,
    }


def _boxes(replay: Replay, rows: Iterable[PickupPointRow]) -> Figures:
    """Return the boxes and how full they are."""
    rows = list(rows)
    with_boxes = [row for row in rows if row.boxes]
    by_type = Counter[str]()
    by_size = dict.fromkeys(SIZES, 0)
    for point, boxes in replay.boxes.items():
        by_type.update(boxes)
        for size, compartments in replay.compartments(point).items():
            by_size[size] += compartments
    compartments = sum(by_size.values())
    peaks = [row.peak_use_share for row in with_boxes if row.peak_use_share is not None]
    in_boxes = sum(Fraction(str(still)) for row in with_boxes for still in row.still_here_parcels)
    days = max((len(row.still_here_parcels) for row in with_boxes), default=0)
    return {
        "boxes": by_type.total(),
        "boxes_by_type": tuple(
            BoxCount(
                box_type=box_type.id,
                name=box_type.name,
                operator=box_type.operator,
                boxes=by_type[box_type.id],
            )
            for box_type in replay.world.box_types.values()
            if by_type[box_type.id]
        ),
        "sites_opened": sum(row.kind == "site" for row in with_boxes),
        "compartments": compartments,
        "compartments_by_size": size_counts(by_size),
        "box_peak_use_share": max(peaks, default=None),
        "box_mean_use_share": share(in_boxes, compartments * days) if compartments else None,
        "delivery_days_per_week": sum(len(row.delivery_days) for row in rows),
    }


def _runs(replay: Replay, rows: Iterable[RunDayRow]) -> Figures:
    """Return what runs do for the plan."""
    rows = list(rows)
    delays_s = [replay.delay_s(run_day) for run_day in replay.run_days]
    extra = [replay.extra_of(run_day) for run_day in replay.run_days]
    sum_s = sum(delays_s, Fraction(0))
    return {
        "services_per_week": len(replay.services),
        "runs_used": len({row.run for row in rows}),
        "run_days_used": len(rows),
        "delay_min_max": minutes_from_s(max(delays_s)) if delays_s else None,
        "delay_min_mean": minutes_from_s(sum_s / len(delays_s)) if delays_s else None,
        "delay_min_per_week": minutes_from_s(sum_s),
        "extra_min_per_week": minutes_from_s(sum(extra_s for _, extra_s in extra)),
        "detour_km_per_week": km_from_m(sum(extra_m for extra_m, _ in extra)),
    }


def _travel(replay: Replay, rows: Iterable[VillageRow], trips: Trips) -> Figures:
    """Return residents' trips, carbon dioxide, and how many distances are estimates."""
    operators_kg = detours_co2_kg(replay) + co2_of_vans_kg(replay.van_routes)
    estimates = [row.distance_is_estimate for row in rows if row.distance_km is not None]
    estimates += [known for done in replay.services for known in done.way.estimates]
    estimates += [known for done in replay.home_rides for known in done.way.estimates]
    estimates += [known for done in replay.van_routes for known in done.estimates]
    return {
        "resident_trips_per_week": _rounded(trips.trips),
        "resident_car_km_per_week": _rounded(trips.car_km),
        "resident_walk_km_per_week": _rounded(trips.walk_km),
        "co2_operators_kg_per_week": _rounded(operators_kg),
        "co2_residents_kg_per_week": _rounded(trips.co2_kg),
        "co2_kg_per_week": _rounded(operators_kg + trips.co2_kg),
        "distances_used": len(estimates),
        "distances_estimated": sum(estimates),
    }


def _each(cost_ore: int, count: int) -> float | None:
    """Return the cost of each of several things, öre; None if there are none."""
    return _rounded(Fraction(cost_ore, count)) if count else None


def measure(scenario: Scenario, plan: Plan) -> Metrics:
    """Return every figure about a plan.

    Parameters
    ----------
    scenario
        The scenario that the plan was made for.
    plan
        Any plan; parts that name unknown things are left out.

    Returns
    -------
    Metrics
        Figures for one week.
    """
    replay = replay_plan(build_world(scenario), plan)
    villages = village_rows(replay)
    points = pickup_point_rows(replay, villages)
    run_days = run_day_rows(replay)
    trips = trips_of(replay)
    homes, van_days = home_rows(replay), van_day_rows(replay)
    home_delivery = home_delivery_figures(replay)
    by_item, by_payer = costs_of(replay, points, trips, grant_ore=home_delivery.state_grant_ore)
    cost_ore = goal_cost_ore(replay, by_item)
    parcels = sum(row.parcels_per_week for row in villages if row.pickup_point is not None)
    to_door = [row.cost_ore for row in homes if row.how in TO_DOOR]
    figures: Figures = (
        _coverage(replay, villages)
        | _distances(villages)
        | _parcels(replay, villages)
        | _boxes(replay, points)
        | _runs(replay, run_days)
        | _travel(replay, villages, trips)
    )
    figures |= {
        "cost_by_item": by_item,
        "cost_by_payer": by_payer,
        "resident_trips_counted": scenario.goal.count_resident_trips,
        "co2_counted": scenario.goal.count_co2,
        "cost_ore_per_week": cost_ore,
        "cost_ore_per_parcel": _each(cost_ore - sum(row.cost_ore for row in homes), parcels),
        "cost_ore_per_home_delivery": _each(sum(to_door), len(to_door)),
        "village_rows": villages,
        "pickup_point_rows": points,
        "run_rows": run_rows(replay, run_days),
        "run_day_rows": run_days,
        "home_orders": order_counts(homes),
        "vans": van_figures(replay, van_days),
        "home_delivery": home_delivery,
        "home_rows": homes,
        "van_rows": van_rows(replay, van_days),
        "van_day_rows": van_days,
    }
    return Metrics.model_validate(figures)


def compare_with_today(metrics: Metrics, today: Metrics) -> Comparison:
    """Return a plan's figures against those of today's plan in the same scenario."""
    newly_covered = metrics.covered_inhabitants - today.covered_inhabitants
    above_ore = metrics.cost_ore_per_week - today.cost_ore_per_week
    above_sek_per_year = sek_from_ore(above_ore * WEEKS_PER_YEAR)
    distance_change = None
    if metrics.mean_distance_km is not None and today.mean_distance_km is not None:
        distance_change = _rounded(metrics.mean_distance_km - today.mean_distance_km)
    return Comparison(
        newly_covered_inhabitants=newly_covered,
        newly_covered_inhabitants_65=metrics.covered_inhabitants_65 - today.covered_inhabitants_65,
        coverage_share_change=share(newly_covered, metrics.inhabitants or 1),
        mean_distance_km_change=distance_change,
        resident_car_km_per_week_change=_rounded(
            metrics.resident_car_km_per_week - today.resident_car_km_per_week
        ),
        detour_km_per_week_change=_rounded(metrics.detour_km_per_week - today.detour_km_per_week),
        co2_kg_per_week_change=_rounded(metrics.co2_kg_per_week - today.co2_kg_per_week),
        cost_above_today_ore_per_week=above_ore,
        cost_above_today_sek_per_year=above_sek_per_year,
        cost_above_today_sek_per_newly_covered_year=(
            _rounded(above_sek_per_year / newly_covered) if newly_covered > 0 else None
        ),
    )
