"""Cost against coverage: each point is the least cost for its share, and nothing is hidden."""

import dataclasses
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from deliveryopt.errors import PlanBreaksRuleError, UsageError
from deliveryopt.plan.today import todays_plan
from deliveryopt.plan.verify import verify
from deliveryopt.reports.bundle_frontier import Frontier, FrontierPoint
from deliveryopt.scenario.load import load_scenario
from deliveryopt.scenario.schema import Goal, Scenario
from deliveryopt.solver.result import Progress, SolveOptions, SolveResult
from deliveryopt.solver.solve import solve
from deliveryopt.studies.frontier import FrontierOptions, asking, asking_for_most, trace_frontier
from deliveryopt.studies.frontier_points import knee_of
from deliveryopt.studies.workers import Job, Workers
from tests.brute_force import NotMicroError, least_cost_by_brute_force
from tests.by_hand import little_world
from tests.strategies import random_scenario, replaced

EXACT: Final = FrontierOptions(points=5, seconds=20.0, deterministic=True, processes=1)
SCENARIOS: Final = Path(__file__).parents[2] / "scenarios"
SEARCH: Final = "deliveryopt.studies.workers.solve"
SEEDS: Final = range(30, 50)
PER_TEST: Final = 10


def _tiny() -> Scenario:
    return load_scenario(SCENARIOS / "tiny")


def _traced(scenario: Scenario, options: FrontierOptions = EXACT) -> Frontier:
    return trace_frontier(scenario, options, stop=threading.Event())


def _rows(frontier: Frontier) -> list[tuple[object, ...]]:
    """Return what a point says, without times."""
    return [
        (
            point.asked_share,
            point.status,
            point.cost_ore_per_week,
            point.bound_ore_per_week,
            point.coverage_share,
            point.same_plan_as,
            point.why,
        )
        for point in frontier.points
    ]


def _faults(frontier: Frontier) -> Iterator[str]:
    """Yield where a frontier is not what it must be: verified, told in full, never falling."""
    least: tuple[int, float] = (0, 0.0)
    for place, point in enumerate(frontier.points, start=1):
        if point.number != place:
            yield f"point {place} is number {point.number}"
        if (point.bundle is None) != (point.why is not None):
            yield f"point {place}: a plan or a reason, not both or neither"
        if point.bundle is None:
            continue
        bundle = point.bundle
        asked = asking(frontier.scenario, point.asked_share)
        yield from (str(fault) for fault in verify(asked, bundle.plan).violations)
        if bundle.scenario != asked:
            yield f"point {place} is of another scenario"
        now = (bundle.metrics.cost_ore_per_week, bundle.metrics.coverage_share)
        if now[0] < least[0] or now[1] < least[1]:
            yield f"point {place}: {now} after {least}"
        bound_ore = point.bound_ore_per_week
        if bound_ore is not None and bound_ore > now[0]:
            yield f"point {place} costs less than its bound"
        least = now


def _disagreements(scenario: Scenario) -> Iterator[str]:
    """Yield where the frontier and full enumeration do not agree."""
    frontier = _traced(scenario)
    yield from (f"{scenario.name}: {fault}" for fault in _faults(frontier))
    for point in frontier.points:
        try:
            expected = least_cost_by_brute_force(asking(scenario, point.asked_share))
        except NotMicroError:
            continue
        found = (point.status, point.cost_ore_per_week)
        if found != (expected.status, expected.cost_ore):
            asked = f"{scenario.name}, at least {point.asked_share}"
            yield f"{asked}: frontier {found}, oracle {expected.status, expected.cost_ore}"
    try:
        widest = least_cost_by_brute_force(asking_for_most(scenario))
    except NotMicroError:
        return
    total = sum(village.inhabitants for village in scenario.villages)
    if widest.weighted_coverage is not None and total:
        most = float(widest.weighted_coverage / total)
        if frontier.greatest_share != pytest.approx(most, abs=1e-6):
            yield f"{scenario.name}: greatest {frontier.greatest_share}, oracle {most}"


@pytest.mark.parametrize("first", SEEDS[::PER_TEST])
def test_each_point_is_the_least_cost_that_full_enumeration_finds(first: int) -> None:
    found = [
        text
        for seed in range(first, first + PER_TEST)
        for text in _disagreements(random_scenario(seed))
    ]

    assert found == []


def test_the_curve_of_three_villages_is_known() -> None:
    frontier = _traced(_tiny(), dataclasses.replace(EXACT, points=8))
    curve = [(p.number, p.coverage_share, p.cost_ore_per_week, p.status) for p in frontier.plans]

    assert list(_faults(frontier)) == []
    assert curve == [
        (1, 0.5, 13_000, "OPTIMAL"),
        (2, 0.8, 25_600, "OPTIMAL"),
        (6, 1.0, 48_440, "OPTIMAL"),
    ]
    assert len(frontier.points) == 8
    assert [point.same_plan_as for point in frontier.points] == [None, None, 2, 2, 2, None, 6, 6]
    assert (frontier.greatest_share, frontier.greatest_bound_share) == (1.0, 1.0)


def test_what_each_further_resident_costs_is_counted_from_the_plan_before() -> None:
    frontier = _traced(_tiny(), dataclasses.replace(EXACT, points=8))
    second, third = frontier.plans[1:]

    assert (second.further_inhabitants, second.further_sek_per_inhabitant_year) == (120, 54.6)
    assert third.further_sek_per_inhabitant_year == pytest.approx(228.40 * 52 / 80)
    assert frontier.knee is not None
    assert frontier.knee.number == 2
    assert frontier.knee.sek_per_inhabitant_year_before == 54.6
    assert frontier.knee.sek_per_inhabitant_year_after == third.further_sek_per_inhabitant_year


def test_the_frontier_takes_the_place_of_any_goal() -> None:
    tiny = _tiny()
    budget = Goal(kind="greatest_coverage", budget_sek_per_year=1.0)

    assert _rows(_traced(replaced(tiny, goal=budget))) == _rows(_traced(tiny))


def test_a_share_that_no_plan_covers_is_told_and_not_dropped() -> None:
    world = little_world()
    closed = replaced(
        world, pickup_points=tuple(replaced(p, state="must_not") for p in world.pickup_points)
    )
    asked = _traced(closed, dataclasses.replace(EXACT, shares=(0.5, 0.75, 1.0)))
    found = _traced(closed)

    assert [(p.asked_share, p.status, p.why) for p in asked.points] == [
        (0.0, "OPTIMAL", None),
        (0.5, "INFEASIBLE", "proven impossible"),
        (0.75, "INFEASIBLE", "proven impossible"),
        (1.0, "INFEASIBLE", "proven impossible"),
    ]
    assert [(p.asked_share, p.status) for p in found.points] == [(0.0, "OPTIMAL")]
    assert (found.greatest_share, found.greatest_bound_share) == (0.0, 0.0)


def test_where_no_plan_keeps_the_rules_at_all_that_is_what_is_told() -> None:
    world = little_world()
    must = tuple(replaced(village, must_serve=True) for village in world.villages)
    frontier = _traced(
        replaced(
            world,
            villages=must,
            pickup_points=tuple(replaced(p, state="must_not") for p in world.pickup_points),
        )
    )

    assert [(p.status, p.why, p.bundle) for p in frontier.points] == [
        ("INFEASIBLE", "proven impossible", None)
    ]
    assert frontier.knee is None
    assert frontier.plans == ()


def test_a_search_that_is_stopped_keeps_todays_delivery_and_says_what_is_missing() -> None:
    stop = threading.Event()
    stop.set()
    frontier = trace_frontier(_tiny(), EXACT, stop=stop)

    assert list(_faults(frontier)) == []
    assert frontier.interrupted
    assert frontier.points[0].bundle is not None
    assert frontier.points[0].bundle.plan == todays_plan(_tiny())
    assert {point.why for point in frontier.points[1:]} == {"stopped"}


def test_a_search_without_time_says_that_nothing_was_found_not_that_nothing_is_there() -> None:
    frontier = _traced(_tiny(), FrontierOptions(points=4, seconds=0.0, processes=1))

    assert [(p.status, p.why) for p in frontier.points] == [
        ("FEASIBLE", None),
        *[("UNKNOWN", "not found in time")] * 3,
    ]
    assert not frontier.interrupted


def test_a_search_that_fails_does_not_cost_the_other_points(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail_at_all(scenario: Scenario, options: SolveOptions, **more: object) -> SolveResult:
        if scenario.goal.coverage_share == 1.0:
            message = "no"
            raise RuntimeError(message)
        return solve(scenario, options, **more)  # type: ignore[arg-type]  # stop and listener

    monkeypatch.setattr(SEARCH, fail_at_all)
    options = dataclasses.replace(EXACT, shares=(0.6, 1.0))
    frontier = _traced(_tiny(), options)

    assert [(p.asked_share, p.status, p.why) for p in frontier.points] == [
        (0.0, "OPTIMAL", None),
        (0.6, "OPTIMAL", None),
        (1.0, "UNKNOWN", "failed"),
    ]
    assert frontier.trouble == "RuntimeError: no"
    assert not frontier.reproducible


def test_a_wider_plan_that_costs_less_is_taken_for_the_lower_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The searches in the middle find no plan at all."""
    widest = solve(asking(_tiny(), 1.0), SolveOptions(time_limit_s=20, deterministic=True))

    def poor(scenario: Scenario, options: SolveOptions, **_: object) -> SolveResult:
        share = scenario.goal.coverage_share or 0.0
        if share == 1.0:
            return dataclasses.replace(widest, status="FEASIBLE", bound_ore=40_000)
        return SolveResult("UNKNOWN", None, None, 30_000 if share else 10_000, 0.1, options)

    monkeypatch.setattr(SEARCH, poor)
    frontier = _traced(_tiny(), dataclasses.replace(EXACT, shares=(0.6, 0.9, 1.0)))

    assert list(_faults(frontier)) == []
    assert [(p.status, p.cost_ore_per_week, p.bound_ore_per_week) for p in frontier.points] == [
        ("FEASIBLE", 13_000, 10_000),
        ("FEASIBLE", 48_440, 30_000),
        ("FEASIBLE", 48_440, 30_000),
        ("FEASIBLE", 48_440, 40_000),
    ]
    assert [point.same_plan_as for point in frontier.points] == [None, None, 2, 2]


def test_a_bound_for_a_lower_share_holds_for_a_higher_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_low(scenario: Scenario, options: SolveOptions, **more: object) -> SolveResult:
        result = solve(scenario, options, **more)  # type: ignore[arg-type]  # stop and listener
        high = (scenario.goal.coverage_share or 0.0) > 0.6
        return dataclasses.replace(result, status="FEASIBLE", bound_ore=None) if high else result

    monkeypatch.setattr(SEARCH, only_low)
    frontier = _traced(_tiny(), dataclasses.replace(EXACT, shares=(0.6, 0.75, 0.9)))

    assert [(p.status, p.bound_ore_per_week) for p in frontier.points] == [
        ("OPTIMAL", 13_000),
        ("OPTIMAL", 25_600),
        ("OPTIMAL", 25_600),
        ("FEASIBLE", 25_600),
    ]


def test_a_plan_below_a_proven_bound_is_a_fault_of_ours_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_high(scenario: Scenario, options: SolveOptions, **more: object) -> SolveResult:
        result = solve(scenario, options, **more)  # type: ignore[arg-type]  # stop and listener
        return dataclasses.replace(result, bound_ore=1_000_000)

    monkeypatch.setattr(SEARCH, too_high)

    with pytest.raises(PlanBreaksRuleError, match="below the proven bound 1000000"):
        _traced(_tiny())


def test_the_same_search_gives_the_same_points() -> None:
    world = random_scenario(7)

    assert _rows(_traced(world)) == _rows(_traced(world))


def test_progress_says_which_share_is_sought() -> None:
    heard: list[tuple[float | None, str]] = []

    def listen(share: float | None, progress: Progress) -> None:
        heard.append((share, progress.stage))

    trace_frontier(
        _tiny(),
        dataclasses.replace(EXACT, shares=(0.9,)),
        stop=threading.Event(),
        listener=listen,
    )

    assert {share for share, _ in heard} == {0.0, 0.9}
    assert {stage for _, stage in heard} == {"cost"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"points": 1}, "DO-U020"),
        ({"points": 51}, "DO-U020"),
        ({"processes": 0}, "DO-U021"),
        ({"shares": (0.5, 1.2)}, "DO-U022"),
        ({"seconds": -1.0}, "DO-U002"),
        ({"gap": 1.0}, "DO-U003"),
    ],
)
def test_limits_that_mean_nothing_are_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError, match=code):
        dataclasses.replace(EXACT, **changes)  # type: ignore[arg-type]  # the tests name real fields


def _curve(*costs: tuple[int, int]) -> list[FrontierPoint]:
    """Return points with given coverage and cost, all else as in a real one."""
    real = _traced(_tiny()).points[0]
    assert real.bundle is not None
    return [
        dataclasses.replace(
            real,
            number=number,
            bundle=dataclasses.replace(
                real.bundle,
                metrics=real.bundle.metrics.model_copy(
                    update={"covered_inhabitants": covered, "cost_ore_per_week": cost_ore}
                ),
            ),
        )
        for number, (covered, cost_ore) in enumerate(costs, start=1)
    ]


@pytest.mark.parametrize(
    ("costs", "number"),
    [
        ([(0, 0), (60, 10), (100, 100)], 2),
        ([(0, -50), (50, -40), (80, -20), (100, 50)], 3),
        ([(0, 0), (50, 50), (100, 100)], None),
        ([(0, 0), (50, 80), (100, 100)], None),
        ([(0, 0), (100, 100)], None),
        ([(0, 0)], None),
        ([], None),
        ([(0, 0), (40, 20), (60, 40), (100, 100)], 2),
    ],
    ids=["bend", "below today", "straight", "bulge", "two", "one", "none", "two as far"],
)
def test_the_knee_is_the_plan_farthest_below_the_line_between_the_ends(
    costs: list[tuple[int, int]], number: int | None
) -> None:
    knee = knee_of(_curve(*costs))

    assert (None if knee is None else knee.number) == number


def test_before_the_knee_a_resident_costs_less_than_after_it() -> None:
    knee = knee_of(_curve((0, 0), (60, 1000), (100, 10_000)))

    assert knee is not None
    assert knee.sek_per_inhabitant_year_before == pytest.approx(10 * 52 / 60, abs=1e-3)
    assert knee.sek_per_inhabitant_year_after == pytest.approx(90 * 52 / 40, abs=1e-3)


def test_two_processes_find_what_one_finds() -> None:
    options = FrontierOptions(points=4, seconds=60.0, processes=2)

    assert _rows(_traced(_tiny(), options)) == _rows(
        _traced(_tiny(), dataclasses.replace(options, processes=1))
    )


def test_processes_are_told_to_stop_and_the_loss_of_one_is_told() -> None:
    long = SolveOptions(time_limit_s=600.0)
    stop = threading.Event()
    heard: list[int] = []

    def listen(number: int, _: Progress) -> None:
        heard.append(number)
        if number == 1:
            stop.set()

    with Workers(2, stop=stop, listener=listen) as workers:
        lost = workers._workers[1].process  # noqa: SLF001  what the system may do to it
        kalix = load_scenario(SCENARIOS / "kalix")
        workers.begin(Job(1, kalix, long))
        workers.begin(Job(2, _tiny(), long))
        answers = {answer.job.number: answer for answer in workers.wait()}
        assert (set(answers), workers.num_free) == ({2}, 1)
        lost.kill()
        lost.join()
        workers.begin(Job(3, _tiny(), long))
        while workers.are_busy:
            answers |= {answer.job.number: answer for answer in workers.wait()}

    assert answers[2].result is not None
    assert answers[2].result.status == "OPTIMAL"
    assert "ended with code" in answers[3].trouble
    assert answers[1].result is not None
    assert answers[1].result.interrupted
    assert set(heard) == {1, 2}
