"""What a scenario holds and what it lacks, before anything is solved."""

from collections import Counter

from pydantic import BaseModel, ConfigDict

from deliveryopt.plan.metrics import measure
from deliveryopt.plan.today import todays_plan
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.homes import Carrier, bypasses, may_carry
from deliveryopt.scenario.schema import Scenario, terms_of
from deliveryopt.scenario.text import listed
from deliveryopt.scenario.travel import Travel, build_travel, reach_m
from deliveryopt.scenario.vans import Van


class Inventory(BaseModel):
    """Counts, and what an officer should look at before solving."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )
    name: str
    """Scenario."""
    villages: int
    """Villages."""
    inhabitants: int
    """Inhabitants of all villages."""
    agents: int
    """Agents that exist today."""
    sites: int
    """Candidate sites."""
    runs: int
    """Runs."""
    run_days: int
    """Run-days a week on operating days."""
    vans: int
    """Vans that may drive for the plan."""
    van_days: int
    """Days a week on which vans may drive, operating days only."""
    home_orders: int
    """Home orders, one delivery a week each."""
    home_orders_today: int
    """Those of them that are delivered today."""
    households: int
    """Households of the home orders."""
    parcels_per_week: int
    """Parcels a week that can go to a pickup point."""
    coverage_today_share: float
    """Share of inhabitants covered today."""
    notes: tuple[str, ...]
    """What to look at."""

    def lines(self) -> list[str]:
        """Return the inventory as lines of text."""
        return [
            f"{self.name}: no fault found.",
            (
                f"  villages {self.villages}, inhabitants {self.inhabitants}, "
                f"covered today {100 * self.coverage_today_share:.1f} %"
            ),
            f"  agents {self.agents}, candidate sites {self.sites}",
            f"  runs {self.runs}, run-days a week {self.run_days}",
            f"  parcels a week {self.parcels_per_week}",
            *self._lines_of_homes(),
            *(f"  note: {note}" for note in self.notes),
        ]

    def _lines_of_homes(self) -> list[str]:
        """Return the lines about home orders and vans, where there are any."""
        lines = []
        if self.home_orders:
            lines.append(
                f"  home orders a week {self.home_orders}, households {self.households}, "
                f"delivered today {self.home_orders_today}"
            )
        if self.vans:
            lines.append(f"  vans {self.vans}, van-days a week {self.van_days}")
        return lines


def _notes(scenario: Scenario) -> list[str]:
    travel = build_travel(scenario)
    limit_m = reach_m(scenario)
    notes = []
    if not scenario.villages:
        notes.append("there are no villages; the plan will be empty")
    if not scenario.runs:
        notes.append("there are no runs; nothing can be carried")
    for village in scenario.villages:
        near = [
            point.id
            for point in scenario.pickup_points
            if (metres := travel.road_m(village.id, point.id)) is not None and metres <= limit_m
        ]
        if not near:
            notes.append(
                f"{village.name!r} has no agent and no candidate site within "
                f"{scenario.rules.reach_km:g} km"
            )
    radius_m = scenario.rules.on_stop_radius_m
    standing = {
        (stop.place_id, depot.id): stop.place_id == depot.id
        or travel.apart_m(stop.place_id, depot.id) <= radius_m
        for run in scenario.runs
        for stop in run.stop_times
        for depot in scenario.depots
    }
    passing = sum(
        any(
            standing[stop.place_id, depot.id]
            for stop in run.stop_times
            for depot in scenario.depots
        )
        for run in scenario.runs
    )
    if scenario.runs:
        notes.append(f"{passing} of {len(scenario.runs)} runs stop at a depot")
    if not scenario.distances:
        notes.append("no distances are given; road distances are estimates")
    return [*notes, *_notes_on_homes(scenario, travel), *_notes_on_vans(scenario)]


def _notes_on_homes(scenario: Scenario, travel: Travel) -> list[str]:
    """Return what to look at in home orders; their pseudonyms are the only thing named."""
    carriers: list[Carrier] = [terms_of(scenario, run) for run in scenario.runs]
    carriers += scenario.vans
    uncarried = [
        order.id
        for order in scenario.homes
        if not any(may_carry(carrier, order) for carrier in carriers)
    ]
    passing = [order.id for order in scenario.homes if bypasses(scenario, travel, order)]
    orders_of: Counter[str] = Counter(order.household or order.id for order in scenario.homes)
    most = scenario.home_delivery.max_per_household_week
    often = [household for household, orders in orders_of.items() if orders > most]
    telling = sum(_is_telling(order.id, order.household) for order in scenario.homes)
    assumed = sum(not order.real for order in scenario.homes)
    notes = []
    if uncarried:
        notes.append(f"no run and no van may carry these home orders: {_listed(uncarried)}")
    if passing and scenario.home_delivery.no_bypass != "off":
        so = ", so no run or van brings them" if scenario.home_delivery.no_bypass == "rule" else ""
        notes.append(f"these home orders come past a nearer shop{so}: {_listed(passing)}")
    if often:
        notes.append(f"the state pays for at most {most} a week, and more have: {_listed(often)}")
    if telling:
        notes.append(
            f"{telling} home orders have an id or household with a space or an @; "
            "pseudonyms must not be names or addresses"
        )
    if assumed:
        notes.append(f"{assumed} of {len(scenario.homes)} home orders are assumed")
    return notes


def _listed(pseudonyms: list[str]) -> str:
    """Return the first few pseudonyms; what may be a name or an address is not shown."""
    return listed("(not shown)" if _is_telling(one) else one for one in pseudonyms)


def _is_telling(*pseudonyms: str | None) -> bool:
    """Return whether a pseudonym may be a name or an address."""
    return any(sign in (pseudonym or "") for pseudonym in pseudonyms for sign in " @")


def _notes_on_vans(scenario: Scenario) -> list[str]:
    idle = [van.id for van in scenario.vans if not _van_days(scenario, van)]
    return [f"no day of these vans is an operating day: {listed(idle)}"] if idle else []


def _van_days(scenario: Scenario, van: Van) -> tuple[Day, ...]:
    """Return the operating days on which a van may drive."""
    return tuple(day for day in scenario.days if not van.days or day in van.days)


def take_inventory(scenario: Scenario) -> Inventory:
    """Return what a scenario holds and what to look at."""
    today = measure(scenario, todays_plan(scenario))
    days = set(scenario.days)
    return Inventory(
        name=scenario.name,
        villages=len(scenario.villages),
        inhabitants=today.inhabitants,
        agents=sum(point.kind == "agent" for point in scenario.pickup_points),
        sites=sum(point.kind == "site" for point in scenario.pickup_points),
        runs=len(scenario.runs),
        run_days=sum(len(days & set(run.days)) for run in scenario.runs),
        vans=len(scenario.vans),
        van_days=sum(len(_van_days(scenario, van)) for van in scenario.vans),
        home_orders=len(scenario.homes),
        home_orders_today=sum(order.today_sek is not None for order in scenario.homes),
        households=len({order.household or order.id for order in scenario.homes}),
        parcels_per_week=today.parcels_per_week,
        coverage_today_share=today.coverage_share,
        notes=tuple(_notes(scenario)),
    )
