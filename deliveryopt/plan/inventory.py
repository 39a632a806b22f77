"""What a scenario holds and what it lacks, before anything is solved."""

from collections import Counter

from pydantic import BaseModel, ConfigDict

from deliveryopt.language import gettext as _
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
            _("{name}: no fault found.").format(name=self.name),
            "  "
            + _(
                "villages {villages}, inhabitants {inhabitants}, covered today {percent:.1f} %"
            ).format(
                villages=self.villages,
                inhabitants=self.inhabitants,
                percent=100 * self.coverage_today_share,
            ),
            "  "
            + _("agents {agents}, candidate sites {sites}").format(
                agents=self.agents, sites=self.sites
            ),
            "  "
            + _("runs {runs}, run-days a week {run_days}").format(
                runs=self.runs, run_days=self.run_days
            ),
            "  " + _("parcels a week {count}").format(count=self.parcels_per_week),
            *self._lines_of_homes(),
            *("  " + _("note: {note}").format(note=note) for note in self.notes),
        ]

    def _lines_of_homes(self) -> list[str]:
        """Return the lines about home orders and vans, where there are any."""
        lines = []
        if self.home_orders:
            homes = _(
                "home orders a week {orders}, households {households}, delivered today {today}"
            )
            lines.append(
                homes.format(
                    orders=self.home_orders,
                    households=self.households,
                    today=self.home_orders_today,
                )
            )
        if self.vans:
            vans = _("vans {vans}, van-days a week {van_days}")
            lines.append(vans.format(vans=self.vans, van_days=self.van_days))
        return [f"  {line}" for line in lines]


def _notes(scenario: Scenario) -> list[str]:
    travel = build_travel(scenario)
    limit_m = reach_m(scenario)
    notes = []
    if not scenario.villages:
        notes.append(_("there are no villages; the plan will be empty"))
    if not scenario.runs:
        notes.append(_("there are no runs; nothing can be carried"))
    for village in scenario.villages:
        near = [
            point.id
            for point in scenario.pickup_points
            if (metres := travel.road_m(village.id, point.id)) is not None and metres <= limit_m
        ]
        if not near:
            note = _("{village!r} has no agent and no candidate site within {reach:g} km")
            notes.append(note.format(village=village.name, reach=scenario.rules.reach_km))
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
        note = _("{count} of {total} runs stop at a depot")
        notes.append(note.format(count=passing, total=len(scenario.runs)))
    if not scenario.distances:
        notes.append(_("no distances are given; road distances are estimates"))
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
        note = _("no run and no van may carry these home orders: {orders}")
        notes.append(note.format(orders=_listed(uncarried)))
    if passing and scenario.home_delivery.no_bypass != "off":
        note = _("these home orders come past a nearer shop: {orders}")
        if scenario.home_delivery.no_bypass == "rule":
            note = _(
                "these home orders come past a nearer shop, so no run or van brings them: {orders}"
            )
        notes.append(note.format(orders=_listed(passing)))
    if often:
        note = _("the state pays for at most {most} a week, and more have: {households}")
        notes.append(note.format(most=most, households=_listed(often)))
    if telling:
        note = _(
            "{count} home orders have an id or household with a space or an @; "
            "pseudonyms must not be names or addresses"
        )
        notes.append(note.format(count=telling))
    if assumed:
        note = _("{count} of {total} home orders are assumed")
        notes.append(note.format(count=assumed, total=len(scenario.homes)))
    return notes


def _listed(pseudonyms: list[str]) -> str:
    """Return the first few pseudonyms; what may be a name or an address is not shown."""
    return listed(_("(not shown)") if _is_telling(one) else one for one in pseudonyms)


def _is_telling(*pseudonyms: str | None) -> bool:
    """Return whether a pseudonym may be a name or an address."""
    return any(sign in (pseudonym or "") for pseudonym in pseudonyms for sign in " @")


def _notes_on_vans(scenario: Scenario) -> list[str]:
    idle = [van.id for van in scenario.vans if not _van_days(scenario, van)]
    note = _("no day of these vans is an operating day: {vans}")
    return [note.format(vans=listed(idle))] if idle else []


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
