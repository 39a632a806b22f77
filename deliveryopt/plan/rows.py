"""Figures by village, pickup point, run and run-day."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from deliveryopt.plan.figures import (
    PickupPointRow,
    RunDayRow,
    RunRow,
    SizeCounts,
    VillageRow,
)
from deliveryopt.plan.home_payers import cost_of_home_ride
from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_services import ServiceReplay
from deliveryopt.plan.replay_shipments import RunDay
from deliveryopt.scenario.prices import (
    box_ore_per_week,
    point_ore_per_parcel,
    run_ore_per_parcel,
    service_ore,
    site_ore_per_week,
    village_ore_per_week,
)
from deliveryopt.scenario.schema import PickupPoint, Village
from deliveryopt.scenario.terms import SIZES, Size
from deliveryopt.units import DAYS, M_PER_KM, PER_MILLE, S_PER_MIN

DECIMALS: Final = 3
SHARE_DECIMALS: Final = 6


def km_from_m(metres: int) -> float:
    """Return whole metres as km."""
    return metres / M_PER_KM


def minutes_from_s(seconds: Fraction | int) -> float:
    """Return seconds as minutes, rounded to thousandths."""
    return round(float(Fraction(seconds) / S_PER_MIN), DECIMALS)


def share(part: Fraction | int, whole: Fraction | int) -> float:
    """Return a share rounded to millionths; the whole must not be zero."""
    return round(float(Fraction(part) / whole), SHARE_DECIMALS)


def size_counts(of_size: dict[Size, int]) -> SizeCounts:
    """Return counts by size as a row."""
    return SizeCounts(small=of_size["S"], medium=of_size["M"], large=of_size["L"])


def _village_row(replay: Replay, village: Village) -> VillageRow:
    """Return the figures of one village."""
    world, parcels = replay.world, replay.world.parcels_of[village.id]
    point, nearest = replay.point_of(village.id), world.nearest[village.id]
    metres = world.travel.road_m(village.id, point) if point else None
    how: Literal["plan", "today", "none"] = "today" if point else "none"
    return VillageRow(
        village=village.id,
        name=village.name,
        inhabitants=village.inhabitants,
        inhabitants_65=village.inhabitants_65,
        how="plan" if village.id in replay.served else how,
        pickup_point=point,
        distance_km=None if metres is None else km_from_m(metres),
        distance_is_estimate=point is not None and world.travel.is_estimate(village.id, point),
        covered=replay.is_covered(village.id),
        agent_today=nearest[0] if nearest else None,
        agent_today_km=km_from_m(nearest[1]) if nearest else None,
        parcels_per_week=parcels,
        cost_ore_per_week=village_ore_per_week(
            world.scenario,
            world.points[point] if point else None,
            parcels=parcels,
            distance_m=metres or 0,
        ),
    )


def village_rows(replay: Replay) -> tuple[VillageRow, ...]:
    """Return the figures of every village."""
    return tuple(_village_row(replay, village) for village in replay.world.villages.values())


def _tightest(room: dict[Size, int], week: Iterable[dict[Size, int]]) -> float:
    """Return the greatest of the three limits of a box on any day, 1 for just full."""
    ratios = [
        Fraction(sum(day[size] for size in sizes), PER_MILLE)
        / max(1, sum(room[size] for size in sizes))
        for day in week
        for sizes in (SIZES[2:], SIZES[1:], SIZES)
    ]
    return share(max(ratios), 1)


class Visits(NamedTuple):
    """How often runs and vans come to pickup points."""

    services: Counter[str]
    """Services by runs a week, by pickup point."""
    van_stops: Counter[str]
    """Stops of vans a week, by pickup point."""


def _visits(replay: Replay) -> Visits:
    """Return how often runs and vans come to pickup points."""
    services = Counter(
        point for done in replay.services for point in dict.fromkeys(done.service.points)
    )
    van_stops = Counter(
        stop.point.id for done in replay.van_routes for stop in done.stops if stop.point is not None
    )
    return Visits(services, van_stops)


def _point_row(
    replay: Replay, point: PickupPoint, rows: Iterable[VillageRow], visits: Visits
) -> PickupPointRow:
    """Return the figures of one pickup point from the rows of the villages that collect there."""
    here = list(rows)
    orders = sum(place == point.id for place in replay.in_box.values())
    boxes = replay.boxes.get(point.id, {})
    room, week = replay.compartments(point.id), replay.still_here(point.id)
    total = sum(room.values())
    still = [sum(day.values()) for day in week] if boxes else []
    parcels = sum(row.parcels_per_week for row in here)
    by_plan = [row for row in here if row.how == "plan"]
    types = replay.world.box_types
    return PickupPointRow(
        pickup_point=point.id,
        name=point.name,
        kind=point.kind,
        boxes=sum(boxes.values()),
        compartments=size_counts(room),
        villages_by_plan=len(by_plan),
        villages_as_today=len(here) - len(by_plan),
        inhabitants=sum(row.inhabitants for row in here),
        parcels_per_week=parcels,
        parcels_by_plan_per_week=sum(row.parcels_per_week for row in by_plan),
        services_per_week=visits.services[point.id],
        orders_per_week=orders,
        van_stops_per_week=visits.van_stops[point.id],
        delivery_days=tuple(DAYS[day] for day in replay.delivery_days(point.id)),
        still_here_parcels=tuple(thousandths / PER_MILLE for thousandths in still),
        peak_use_share=share(max(still), total * PER_MILLE) if total and still else None,
        mean_use_share=(
            share(sum(still), total * PER_MILLE * len(still)) if total and still else None
        ),
        tightest_share=_tightest(room, week) if boxes else None,
        boxes_ore_per_week=sum(
            num_boxes * box_ore_per_week(types[box_type]) for box_type, num_boxes in boxes.items()
        ),
        site_ore_per_week=site_ore_per_week(point) if boxes and point.kind == "site" else 0,
        fees_ore_per_week=(parcels + orders) * point_ore_per_parcel(point),
    )


def pickup_point_rows(replay: Replay, villages: Iterable[VillageRow]) -> tuple[PickupPointRow, ...]:
    """Return the figures of every site with a box and every pickup point in use."""
    collecting: dict[str, list[VillageRow]] = {}
    for row in villages:
        if row.pickup_point is not None:
            collecting.setdefault(row.pickup_point, []).append(row)
    visits = _visits(replay)
    used = replay.boxes.keys() | collecting.keys() | set(replay.in_box.values())
    used |= visits.services.keys() | visits.van_stops.keys()
    return tuple(
        _point_row(replay, point, collecting.get(point.id, []), visits)
        for point in replay.world.points.values()
        if point.id in used
    )


def cost_of_service(replay: Replay, done: ServiceReplay) -> int:
    """Return what one service costs, öre."""
    return service_ore(
        replay.world.terms[done.run.id],
        num_stops=len(done.service.points),
        extra_m=done.way.extra_m,
        extra_s=done.way.extra_s,
    )


def _run_day_row(replay: Replay, run_day: RunDay) -> RunDayRow:
    """Return the figures of one run-day."""
    extra_m, extra_s = replay.extra_of(run_day)
    return RunDayRow(
        run=run_day[0],
        day=run_day[1],
        services=len(replay.services_of.get(run_day, ())),
        parcels=sum(shipment.parcels for _, shipment in replay.rides_of.get(run_day, ())),
        orders=len(replay.home_rides_of.get(run_day, ())),
        extra_min=minutes_from_s(extra_s),
        delay_min=minutes_from_s(replay.delay_s(run_day)),
        detour_km=km_from_m(extra_m),
        peak_parcels=max(pieces for _, _, pieces in replay.loads(run_day)),
    )


def run_day_rows(replay: Replay) -> tuple[RunDayRow, ...]:
    """Return the figures of every run-day in use."""
    return tuple(_run_day_row(replay, run_day) for run_day in replay.run_days)


def _run_row(replay: Replay, run_id: str, days: list[RunDayRow]) -> RunRow:
    """Return the figures of one run over the week."""
    run, terms = replay.world.runs[run_id], replay.world.terms[run_id]
    services = [done for done in replay.services if done.run.id == run_id]
    deliveries = [done for done in replay.home_rides if done.run.id == run_id]
    ways = [done.way for done in services] + [done.way for done in deliveries]
    parcels = sum(day.parcels for day in days)
    cost_ore = sum(cost_of_service(replay, done) for done in services)
    cost_ore += sum(cost_of_home_ride(replay, done) for done in deliveries)
    return RunRow(
        run=run_id,
        name=run.name,
        kind=run.kind,
        operator=run.operator,
        payer=terms.payer,
        days=tuple(day.day for day in days),
        services_per_week=len(services),
        parcels_per_week=parcels,
        orders_per_week=len(deliveries),
        extra_min_per_week=minutes_from_s(sum(way.extra_s for way in ways)),
        delay_min_max=max(day.delay_min for day in days),
        delay_budget_min=terms.delay_budget_min,
        detour_km_per_week=km_from_m(sum(way.extra_m for way in ways)),
        peak_parcels=max(day.peak_parcels for day in days),
        capacity_parcels=terms.capacity_parcels,
        cost_ore_per_week=cost_ore + parcels * run_ore_per_parcel(terms),
    )


def run_rows(replay: Replay, run_days: Iterable[RunDayRow]) -> tuple[RunRow, ...]:
    """Return the figures of every run in use."""
    by_run: dict[str, list[RunDayRow]] = {}
    for row in run_days:
        by_run.setdefault(row.run, []).append(row)
    return tuple(_run_row(replay, run_id, days) for run_id, days in by_run.items())
