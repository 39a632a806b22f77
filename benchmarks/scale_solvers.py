"""The solvers that `scale.py` compares; each runs in a process of its own.

`python -m benchmarks.scale_solvers CASE SEED SOLVER SECONDS` solves one case and prints what was
found as one JSON object. The plain solvers get the model as its rules say it, without a plan to
begin with, and what they find is checked by the verifier, as ours is.
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.ablations import WITHOUT, turn_off
from benchmarks.generate import CASES, generate
from deliveryopt.plan.verify import plan_cost_ore, verify
from deliveryopt.scenario.load import in_order, load_scenario
from deliveryopt.scenario.schema import Scenario
from deliveryopt.solver.columns import Model
from deliveryopt.solver.detours import enumerate_detours
from deliveryopt.solver.itineraries import enumerate_itineraries
from deliveryopt.solver.model import coverage_terms
from deliveryopt.solver.network import build_network
from deliveryopt.solver.result import SolveOptions
from deliveryopt.solver.routing import build_fleet
from deliveryopt.solver.search import Values, objective_of, whole_bound
from deliveryopt.solver.solve import solve

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt

SCENARIOS: Final = Path(__file__).parent.parent / "scenarios"
OURS: Final = "ours"
PLAIN: Final = {"highs": "HIGHS", "gscip": "GSCIP", "cpsat": "CP_SAT"}
"""Solvers of the plain model, and what MathOpt calls them."""
SOLVERS: Final = (OURS, *PLAIN)
CORES: Final = 2
"""Workers of CP-SAT, as many as the computer that the targets are set for has cores; HiGHS keeps
its own setting and GSCIP has one thread."""
LESS_THAN_AN_ORE: Final = 0.5
NOT_WIDEST: Final = "it is not proven that no plan covers more: no bound on the cost"
COVERAGE_TIME_SHARE: Final = 0.5
"""Share of the time for the greatest coverage, where a scenario asks for that before cost."""


class RefusedError(ValueError):
    """A plain solver cannot be given a scenario, or what it found does not hold."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one solver found of one case."""

    cost_ore: int | None
    """Cost of the best plan, öre a week; None if there is no plan."""
    bound_ore: int | None
    """No plan costs less, öre a week; None if nothing is proven."""
    seconds: float
    """From the scenario to the plan, building the model and loading the solver library too."""
    trouble: str = ""
    """Why something is missing, or what the figures must be read with."""


def scenario_of(case: str, seed: int) -> Scenario:
    """Return a synthetic municipality as its folder would hold it, or one of `scenarios/`."""
    return in_order(generate(case, seed)) if case in CASES else load_scenario(SCENARIOS / case)


def ours(scenario: Scenario, seconds: float, seed: int) -> Found:
    """Return what our engine finds."""
    begun = time.monotonic()
    result = solve(scenario, SolveOptions(time_limit_s=seconds, seed=seed))
    spent_s = time.monotonic() - begun
    trouble = [] if result.plan is not None else [f"no plan: {result.status}"]
    trouble += [f"cut: {name}" for name in result.truncated]
    if not result.coverage_is_proven:
        trouble.append(NOT_WIDEST)
    bound_ore = result.bound_ore if result.coverage_is_proven else None
    return Found(result.cost_ore, bound_ore, spent_s, "; ".join(trouble))


def plain_model(scenario: Scenario) -> tuple[Model, tuple[str, ...]]:
    """Return the plain model with the cost to be made small, and the lists that were cut.

    Raises
    ------
    RefusedError
        If no plain model holds every plan.
    """
    network = build_network(scenario)
    detours = enumerate_detours(network)
    itineraries = enumerate_itineraries(network, detours)
    fleet = build_fleet(network, itineraries)
    if not fleet.is_complete:
        message = "the vans have too many routes to be listed in a plain model"
        raise RefusedError(message)
    model = fleet.model()
    model.milp.set_objective(model.cost_terms)
    return model, detours.truncated + itineraries.truncated


def plain(scenario: Scenario, solver: str, seconds: float, seed: int) -> Found:
    """Return what a solver of OR-Tools finds with the plain model.

    Parameters
    ----------
    scenario
        Any scenario; what is refused becomes a word in `Found.trouble`.
    solver
        One of `PLAIN`.
    seconds
        For building the model and for solving it together.
    seed
        Seed of the solver.
    """
    begun = time.monotonic()
    try:
        model, cut = plain_model(scenario)
        is_widest = True
        if scenario.goal.kind == "greatest_coverage":
            half = begun + COVERAGE_TIME_SHARE * seconds
            is_widest = _ask_for_coverage(model, solver, half, seed)
        answer = _answer(model, solver, begun + seconds, seed)
        spent_s = time.monotonic() - begun
        cost_ore = _checked_cost(model, answer)
    except Exception as error:  # noqa: BLE001  a solver that fails is a figure too
        trouble = str(error) if isinstance(error, RefusedError) else _words_of(error)
        return Found(None, None, time.monotonic() - begun, trouble)
    trouble = "; ".join(f"cut: {name}" for name in cut)
    bound_ore = whole_bound(answer.termination.objective_bounds.dual_bound)
    if not is_widest:
        trouble, bound_ore = "; ".join(filter(None, (trouble, NOT_WIDEST))), None
    if cost_ore is None:
        return Found(None, bound_ore, spent_s, f"no plan: {answer.termination.reason.name}")
    if bound_ore is not None:
        bound_ore = min(bound_ore, cost_ore)
    return Found(cost_ore, bound_ore, spent_s, trouble)


def _ask_for_coverage(model: Model, solver: str, deadline: float, seed: int) -> bool:
    """Ask for the cost of the greatest coverage that a solver finds; return whether it is proven.

    Raises
    ------
    RefusedError
        If no plan was found.
    """
    terms = coverage_terms(model, model.network.weight)
    model.milp.set_objective({column: -weight for column, weight in terms.items()})
    answer = _answer(model, solver, deadline, seed)
    if not answer.has_primal_feasible_solution():
        message = f"no plan: {answer.termination.reason.name}, asked for the greatest coverage"
        raise RefusedError(message)
    covered = -round(answer.objective_value())
    bound = whole_bound(answer.termination.objective_bounds.dual_bound)
    model.milp.row("as much coverage", terms.items(), lower=covered)
    model.milp.set_objective(model.cost_terms)
    return bound is not None and -bound <= covered


def _answer(model: Model, solver: str, deadline: float, seed: int) -> "mathopt.SolveResult":
    """Return what a solver answers before `time.monotonic()` passes a deadline."""
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    programme = mathopt.Model.from_model_proto(model.milp.to_proto())
    left_s = deadline - time.monotonic()
    if left_s <= 0:
        message = "the time was over before the model was built"
        raise RefusedError(message)
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=left_s),
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=LESS_THAN_AN_ORE,
        random_seed=seed,
    )
    if solver == "cpsat":
        parameters.cp_sat.num_workers = CORES
    return mathopt.solve(programme, mathopt.SolverType[PLAIN[solver]], params=parameters)


def _checked_cost(model: Model, answer: "mathopt.SolveResult") -> int | None:
    """Return the cost of the plan in an answer; None if it holds none.

    Raises
    ------
    RefusedError
        If the plan breaks a rule or costs something else than the solver says.
    """
    from deliveryopt.solver.to_plan import build_plan  # noqa: PLC0415  of no use to ours

    if not answer.has_primal_feasible_solution():
        return None
    decided = answer.variable_values().items()
    values: Values = {column.id: whole for column, value in decided if (whole := round(value))}
    scenario, plan = model.network.scenario, build_plan(model, values)
    cost_ore = objective_of(model.milp, values)
    if violations := verify(scenario, plan).violations:
        message = f"the plan breaks rules: {violations[0]}"
        raise RefusedError(message)
    if plan_cost_ore(scenario, plan) != cost_ore:
        message = f"the plan costs {plan_cost_ore(scenario, plan)} öre, not {cost_ore}"
        raise RefusedError(message)
    return cost_ore


def _words_of(error: BaseException) -> str:
    """Return the words of an error and of those behind it, where the library hides its own."""
    words = []
    behind: BaseException | None = error
    while behind is not None:
        words.append(f"{type(behind).__name__}: {behind}")
        behind = behind.__cause__ or behind.__context__
    return "; ".join(words)


def main(words: Sequence[str]) -> None:
    """Solve one case with one solver, and print what was found."""
    case, seed, solver, seconds = words
    scenario = scenario_of(case, int(seed))
    if solver in WITHOUT:
        turn_off(solver)
    if solver == OURS or solver in WITHOUT:
        found = ours(scenario, float(seconds), int(seed))
    else:
        found = plain(scenario, solver, float(seconds), int(seed))
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
