"""Checks of the rules about villages, pickup points and the goal; one function per rule."""

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.plan.plan import Plan
from deliveryopt.plan.recount import cost_of_replay
from deliveryopt.plan.replay import Replay, replay_plan
from deliveryopt.plan.violation import Violation
from deliveryopt.scenario.schema import PickupPoint
from deliveryopt.scenario.travel import reach_m
from deliveryopt.units import DAYS, M_PER_KM, ORE_PER_SEK, PER_MILLE, WEEKS_PER_YEAR, sek_from_ore

_LARGE: Final = N_(
    "On {day} {count} large parcels are in the boxes at {site!r}, which have {compartments} "
    "compartments for them."
)
_LARGE_AND_MEDIUM: Final = N_(
    "On {day} {count} large and medium parcels are in the boxes at {site!r}, which have "
    "{compartments} compartments for them."
)
_ALL_SIZES: Final = N_(
    "On {day} {count} parcels are in the boxes at {site!r}, which have {compartments} "
    "compartments for them."
)


def village_has_one_pickup_point(replay: Replay) -> Iterator[Violation]:
    """Check that every village is served at one point or keeps today's arrangement, once."""
    plan, rule = replay.plan, "village_has_one_pickup_point"
    times = Counter(row.village for row in plan.collections)
    times.update(row.village for row in plan.as_today)
    for village in replay.world.villages:
        if times[village] != 1:
            yield Violation(
                rule=rule,
                message=_("Village {village!r} stands {count} times in the plan, not once.").format(
                    village=village, count=times[village]
                ),
                found=_("{count} times").format(count=times[village]),
                allowed=_("once"),
                excess=abs(times[village] - 1),
                village=village,
            )
    for kept in plan.as_today:
        nearest = replay.world.nearest.get(kept.village)
        agent = nearest[0] if nearest else None
        if kept.village in replay.world.villages and kept.agent != agent:
            yield Violation(
                rule=rule,
                message=_(
                    "Village {village!r} keeps agent {agent!r}, but its nearest agent by road is "
                    "{nearest!r}."
                ).format(village=kept.village, agent=kept.agent, nearest=agent),
                found=repr(kept.agent),
                allowed=repr(agent),
                village=kept.village,
                place=kept.agent,
            )


def _used_points(replay: Replay) -> set[str]:
    """Return the known pickup points at which something happens."""
    plan = replay.plan
    used = {row.pickup_point for row in plan.collections}
    used |= {point for service in plan.services for point in service.points}
    used |= {shipment.pickup_point for shipment in plan.shipments}
    used |= {leg.alight_point for shipment in plan.shipments for leg in shipment.legs}
    used |= {stop.place for route in plan.van_routes for trip in route.trips for stop in trip.stops}
    used |= {shipment.pickup_point for shipment in plan.van_shipments}
    used |= {row.pickup_point for row in plan.homes_in_box}
    return used & replay.world.points.keys()


def _boxes_at(replay: Replay, point: PickupPoint) -> Iterator[Violation]:
    """Check kind, types and number of the boxes at one point."""
    rule, boxes = "pickup_point_is_open", replay.boxes.get(point.id, {})
    total = sum(boxes.values())
    if boxes and point.kind != "site":
        yield Violation(
            rule=rule,
            message=_("Boxes stand at {point!r}, which is an agent and not a site.").format(
                point=point.id
            ),
            found=_("{count} boxes").format(count=total),
            allowed=_("no box at an agent"),
            excess=total,
            place=point.id,
        )
        return
    for box_type in boxes.keys() - set(point.box_types or boxes):
        yield Violation(
            rule=rule,
            message=_("Box type {box_type!r} is not allowed at site {site!r}.").format(
                box_type=box_type, site=point.id
            ),
            found=repr(box_type),
            allowed=", ".join(map(repr, point.box_types)),
            place=point.id,
        )
    least = int(point.state == "must_open" and point.kind == "site")
    most = 0 if point.state == "must_not" else point.max_boxes
    if total < least or total > most:
        yield Violation(
            rule=rule,
            message=_(
                "Site {site!r} ({state}) has {count} boxes; allowed are {least} to {most}."
            ).format(site=point.id, state=point.state, count=total, least=least, most=most),
            found=_("{count} boxes").format(count=total),
            allowed=_("{least} to {most} boxes").format(least=least, most=most),
            excess=max(least - total, total - most),
            place=point.id,
        )


def pickup_point_is_open(replay: Replay) -> Iterator[Violation]:
    """Check that only agents and sites with boxes are used, and that boxes may stand there."""
    for point in sorted(_used_points(replay) - replay.open_points):
        yield Violation(
            rule="pickup_point_is_open",
            message=_("Site {site!r} is used but has no box.").format(site=point),
            found=_("no box"),
            allowed=_("at least one box"),
            place=point,
        )
    for candidate in replay.world.points.values():
        yield from _boxes_at(replay, candidate)


def pickup_point_is_within_reach(replay: Replay) -> Iterator[Violation]:
    """Check the road distance from each served village to its pickup point."""
    limit_m = reach_m(replay.world.scenario)
    for village, point in replay.served.items():
        metres = replay.world.travel.road_m(village, point)
        if metres is None or metres > limit_m:
            found = _("no road") if metres is None else f"{metres / M_PER_KM} km"
            yield Violation(
                rule="pickup_point_is_within_reach",
                message=_(
                    "Village {village!r} has {distance} to pickup point {point!r}; the reach is "
                    "{reach} km."
                ).format(village=village, distance=found, point=point, reach=limit_m / M_PER_KM),
                found=found,
                allowed=f"{limit_m / M_PER_KM} km",
                excess=1 if metres is None else (metres - limit_m) / M_PER_KM,
                village=village,
                place=point,
            )


def delivered_often_enough(replay: Replay) -> Iterator[Violation]:
    """Check the number of delivery days of each point where the plan serves demand."""
    least = replay.world.scenario.rules.min_deliveries_per_week
    busy = {point for village, point in replay.served.items() if replay.world.parcels_of[village]}
    for point in sorted(busy):
        days = replay.delivery_days(point)
        if len(days) < least:
            yield Violation(
                rule="delivered_often_enough",
                message=_(
                    "Pickup point {point!r} has deliveries on {days} days a week; at least "
                    "{least} are needed."
                ).format(point=point, days=len(days), least=least),
                found=_("{count} days").format(count=len(days)),
                allowed=_("at least {count} days").format(count=least),
                excess=least - len(days),
                place=point,
            )


def box_holds_its_parcels(replay: Replay) -> Iterator[Violation]:
    """Check the parcels in the boxes of each site on each day of the cyclic week."""
    sites = [point.id for point in replay.world.points.values() if point.kind == "site"]
    for site in sites:
        room = replay.compartments(site)
        limits = (
            (_LARGE, room["L"]),
            (_LARGE_AND_MEDIUM, room["L"] + room["M"]),
            (_ALL_SIZES, sum(room.values())),
        )
        for day, still_here in zip(DAYS, replay.still_here(site), strict=True):
            large, medium, small = still_here["L"], still_here["M"], still_here["S"]
            sums = (large, large + medium, large + medium + small)
            for (told, compartments), thousandths in zip(limits, sums, strict=True):
                excess = thousandths - compartments * PER_MILLE
                if excess > 0:
                    yield Violation(
                        rule="box_holds_its_parcels",
                        message=_(told).format(
                            day=day,
                            count=thousandths / PER_MILLE,
                            site=site,
                            compartments=compartments,
                        ),
                        found=_("{count} parcels").format(count=thousandths / PER_MILLE),
                        allowed=_("{count} compartments").format(count=compartments),
                        excess=excess / PER_MILLE,
                        place=site,
                        day=day,
                    )


def _enough_coverage(replay: Replay) -> Iterator[Violation]:
    """Check the coverage share and the villages that must be served."""
    share = replay.world.scenario.goal.coverage_share
    villages = replay.world.villages.values()
    total = sum(village.inhabitants for village in villages)
    covered = sum(village.inhabitants for village in villages if replay.is_covered(village.id))
    needed = math.ceil(Fraction(str(share or 0)) * total)
    if covered < needed:
        yield Violation(
            rule="goal_is_met",
            message=_(
                "{covered} of {total} inhabitants are covered; the goal needs {needed}."
            ).format(covered=covered, total=total, needed=needed),
            found=_("{count} inhabitants").format(count=covered),
            allowed=_("at least {count} inhabitants").format(count=needed),
            excess=needed - covered,
        )
    for village in villages:
        if village.must_serve and not replay.is_covered(village.id):
            yield Violation(
                rule="goal_is_met",
                message=_("Village {village!r} must be served and is not covered.").format(
                    village=village.id
                ),
                found=_("not covered"),
                allowed=_("covered"),
                village=village.id,
            )


def _within_budget(replay: Replay) -> Iterator[Violation]:
    """Check the plan's cost against today's cost and the budget."""
    budget = replay.world.scenario.goal.budget_sek_per_year
    if budget is None:
        return
    yearly = Fraction(str(budget))
    above_ore = round(yearly * ORE_PER_SEK / WEEKS_PER_YEAR)
    allowed_ore = cost_of_replay(replay_plan(replay.world, Plan())) + above_ore
    cost_ore = cost_of_replay(replay)
    if cost_ore > allowed_ore:
        found, allowed = sek_from_ore(cost_ore), sek_from_ore(allowed_ore)
        yield Violation(
            rule="goal_is_met",
            message=_(
                "The plan costs {cost} SEK a week; today's cost and the budget allow {most} SEK."
            ).format(cost=found, most=allowed),
            found=_("{cost} SEK a week").format(cost=found),
            allowed=_("{cost} SEK a week").format(cost=allowed),
            excess=sek_from_ore(cost_ore - allowed_ore),
        )


def _within_box_limits(replay: Replay) -> Iterator[Violation]:
    """Check the number of boxes in all and by operator."""
    rules, by_operator = replay.world.scenario.rules, Counter[str]()
    for boxes in replay.boxes.values():
        for box_type, num_boxes in boxes.items():
            by_operator[replay.world.box_types[box_type].operator] += num_boxes
    limits = [
        (limit.operator, by_operator[limit.operator], limit.max_boxes)
        for limit in rules.max_boxes_per_operator
    ]
    if rules.max_boxes is not None:
        limits.append(("", by_operator.total(), rules.max_boxes))
    for operator, num_boxes, most in limits:
        if num_boxes > most:
            message = _("There are {count} boxes in all; at most {most} are allowed.")
            if operator:
                message = _(
                    "There are {count} boxes of operator {operator!r}; at most {most} are allowed."
                )
            yield Violation(
                rule="goal_is_met",
                message=message.format(count=num_boxes, operator=operator, most=most),
                found=_("{count} boxes").format(count=num_boxes),
                allowed=_("{count} boxes").format(count=most),
                excess=num_boxes - most,
            )


def goal_is_met(replay: Replay) -> Iterator[Violation]:
    """Check coverage, budget, villages and boxes that the goal names, and unusable runs."""
    yield from _enough_coverage(replay)
    yield from _within_budget(replay)
    yield from _within_box_limits(replay)
    unusable = set(replay.world.scenario.rules.unusable_runs)
    for run, day in replay.run_days:
        if run in unusable:
            yield Violation(
                rule="goal_is_met",
                message=_("Run {run!r} may carry nothing but is used on {day}.").format(
                    run=run, day=day
                ),
                found=_("used"),
                allowed=_("not used"),
                run=run,
                day=day,
            )
