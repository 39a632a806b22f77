"""What a plan uses and may lose: runs, those who drive, hosts of boxes, agents and vans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deliveryopt.plan.figures import Metrics
from deliveryopt.plan.plan import Plan
from deliveryopt.reports.bundle_fragility import PartKind
from deliveryopt.scenario.changes import replaced
from deliveryopt.scenario.schema import PickupPoint, Scenario, Stop


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that may disappear, with everything that goes with it."""

    kind: PartKind
    key: str
    runs: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    vans: frozenset[str] = frozenset()

    @property
    def removed(self) -> tuple[frozenset[str], ...]:
        """Return what disappears: two parts with the same are one and the same case."""
        return self.runs, self.sites, self.agents, self.vans

    @property
    def closed(self) -> frozenset[str]:
        """Return the pickup points that disappear."""
        return self.sites | self.agents


@dataclass(frozen=True, slots=True)
class Used:
    """What a plan uses."""

    runs: frozenset[str]
    points: frozenset[str]
    vans: frozenset[str]

    def of(self, part: Part) -> bool:
        """Return whether the plan uses something of a part."""
        return bool(
            part.runs & self.runs or part.closed & self.points or part.vans & self.vans,
        )


def used_by(scenario: Scenario, plan: Plan, metrics: Metrics) -> Used:
    """Return the runs, pickup points and vans that a plan uses, today's agents included."""
    points = {row.pickup_point for row in metrics.pickup_point_rows if row.boxes}
    points |= {row.pickup_point for row in plan.collections}
    points |= {row.agent for row in plan.as_today if row.agent is not None}
    points |= {leg.alight_point for sent in plan.shipments for leg in sent.legs}
    points |= {row.pickup_point for row in plan.homes_in_box}
    known = {point.id for point in scenario.pickup_points}
    return Used(
        runs=frozenset(row.run for row in metrics.run_rows),
        points=frozenset(points & known),
        vans=frozenset(route.van for route in plan.van_routes),
    )


def all_parts(scenario: Scenario) -> tuple[Part, ...]:
    """Return everything that may disappear: who drives and hosts first, then single things."""
    return (
        *_drivers(scenario),
        *_groups("vehicle", ((run.vehicle, run.id) for run in scenario.runs)),
        *_hosts(scenario),
        *(Part("van", van.id, vans=frozenset({van.id})) for van in scenario.vans),
        *(
            Part("agent", point.id, agents=frozenset({point.id}))
            for point in scenario.pickup_points
            if point.kind == "agent"
        ),
        *(
            Part("site", point.id, sites=frozenset({point.id}))
            for point in scenario.pickup_points
            if point.kind == "site"
        ),
        *(Part("run", run.id, runs=frozenset({run.id})) for run in scenario.runs),
    )


def _drivers(scenario: Scenario) -> Iterator[Part]:
    """Yield all runs and vans of each operator."""
    vans: defaultdict[str, set[str]] = defaultdict(set)
    for van in scenario.vans:
        vans[van.operator].add(van.id)
    runs = {
        part.key: part.runs
        for part in _groups("operator", ((run.operator, run.id) for run in scenario.runs))
    }
    for name in sorted((runs.keys() | vans.keys()) - {""}):
        yield Part("operator", name, runs=runs.get(name, frozenset()), vans=frozenset(vans[name]))


def _groups(kind: PartKind, pairs: Iterable[tuple[str, str]]) -> Iterator[Part]:
    """Yield the runs of each name; those without one belong to no group."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for name, run in pairs:
        groups[name].add(run)
    for name in sorted(groups.keys() - {""}):
        yield Part(kind, name, runs=frozenset(groups[name]))


def _hosts(scenario: Scenario) -> Iterator[Part]:
    """Yield all sites of each host; a site without one stands alone."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for point in scenario.pickup_points:
        if point.kind == "site" and point.host:
            groups[point.host].add(point.id)
    for name in sorted(groups):
        yield Part("host", name, sites=frozenset(groups[name]))


def without_part(scenario: Scenario, part: Part) -> Scenario:
    """Return a scenario in which something has disappeared.

    Runs may carry nothing, sites stay closed though they be pinned open, and vans are gone. An
    agent that closes is a place where runs may still stop; the villages' nearest agent today, and
    with it today's cost, are then others.
    """
    unusable = sorted({*scenario.rules.unusable_runs, *part.runs})
    agents = [point for point in scenario.pickup_points if point.id in part.agents]
    return replaced(
        scenario,
        rules=replaced(scenario.rules, unusable_runs=tuple(unusable)),
        pickup_points=tuple(
            _closed(point, part) for point in scenario.pickup_points if point.id not in part.agents
        ),
        stops=tuple(sorted((*scenario.stops, *map(_as_stop, agents)), key=lambda stop: stop.id)),
        vans=tuple(van for van in scenario.vans if van.id not in part.vans),
    )


def _closed(point: PickupPoint, part: Part) -> PickupPoint:
    """Return a site that must stay closed if it is of the part."""
    return replaced(point, state="must_not") if point.id in part.sites else point


def _as_stop(agent: PickupPoint) -> Stop:
    """Return the place of an agent that has closed."""
    return Stop(id=agent.id, name=agent.name, lat_deg=agent.lat_deg, lon_deg=agent.lon_deg)
