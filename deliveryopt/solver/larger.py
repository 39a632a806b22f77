"""Scenarios with one more way to serve villages or home orders, for "what would help" questions.

Each is a validated copy that asks for least cost and nothing else, so that a plan of the scenario
keeps its rules too.
"""

from collections.abc import Iterable, Sequence
from statistics import median

from deliveryopt.plan.reasons import ChangeKind
from deliveryopt.scenario.changes import replaced, with_goal
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import PickupPoint, Scenario, Village
from deliveryopt.scenario.vans import Van

NEW_SITE = "new_site"
NEW_VAN = "new_van"
DAY_START_MIN, DAY_END_MIN = 0, 1439


def asking_least_cost(scenario: Scenario) -> Scenario:
    """Return a scenario that asks for least cost and no coverage, with the same counted costs."""
    return with_goal(scenario, kind="least_cost", coverage_share=0.0)


def larger(
    scenario: Scenario, kinds: Sequence[ChangeKind], villages: Iterable[str]
) -> Scenario | None:
    """Return a scenario with some changes, asking for least cost.

    Parameters
    ----------
    scenario
        Any scenario.
    kinds
        Changes to make together.
    villages
        Villages that get a site each where `new_site` is among the changes.

    Returns
    -------
    Scenario | None
        None if a change changes nothing here.
    """
    changed = asking_least_cost(scenario)
    rules = scenario.rules
    for kind in kinds:
        if kind == "new_site":
            chosen = set(villages)
            sites = [new_site(scenario, one) for one in scenario.villages if one.id in chosen]
            changed = replaced(changed, pickup_points=(*changed.pickup_points, *sites))
        elif kind == "longer_promise" and rules.max_lead_days < 6:  # noqa: PLR2004  as the field says
            lead_days = rules.max_lead_days + 1
            changed = replaced(changed, rules=replaced(changed.rules, max_lead_days=lead_days))
        elif kind == "fewer_days" and rules.min_deliveries_per_week > 1:
            fewest = rules.min_deliveries_per_week - 1
            kept = replaced(changed.rules, min_deliveries_per_week=fewest)
            changed = replaced(changed, rules=kept)
        elif kind == "van":
            changed = replaced(changed, vans=(*changed.vans, *new_vans(scenario)))
        elif kind == "any_time":
            changed = replaced(
                changed, homes=tuple(_at_any_time(scenario, order) for order in scenario.homes)
            )
        elif kind != "accept_cost":
            return None
    return changed


def _at_any_time(scenario: Scenario, order: HomeOrder) -> HomeOrder:
    """Return a home order that may come on any operating day at any hour."""
    return replaced(order, days=scenario.days, earliest_min=DAY_START_MIN, latest_min=DAY_END_MIN)


def new_site(scenario: Scenario, village: Village) -> PickupPoint:
    """Return a site in a village, at the median price of the scenario's sites."""
    sites = [point for point in scenario.pickup_points if point.kind == "site"]
    return PickupPoint(
        id=new_site_id(scenario, village.id),
        name=village.name,
        kind="site",
        lat_deg=village.lat_deg,
        lon_deg=village.lon_deg,
        fixed_sek_per_year=median([site.fixed_sek_per_year for site in sites] or [0.0]),
        sek_per_parcel=median([site.sek_per_parcel for site in sites] or [0.0]),
        real=False,
    )


def new_site_id(scenario: Scenario, village_id: str) -> str:
    """Return an id for a new site that no place of the scenario has."""
    return _unused(scenario, f"{NEW_SITE}_{village_id}")


def new_vans(scenario: Scenario) -> tuple[Van, ...]:
    """Return a van at each depot of some village, at the program's default prices."""
    depots = sorted({village.depot for village in scenario.villages})
    return tuple(
        Van(id=_unused(scenario, f"{NEW_VAN}_{depot}"), base=depot, may_enter_homes=True)
        for depot in depots
    )


def _unused(scenario: Scenario, name: str) -> str:
    """Return a name that nothing in the scenario has."""
    taken = {
        one.id
        for kind in (
            scenario.villages,
            scenario.pickup_points,
            scenario.depots,
            scenario.stops,
            scenario.homes,
            scenario.vans,
        )
        for one in kind
    }
    while name in taken:
        name += "_"
    return name
