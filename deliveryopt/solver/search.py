"""Running a programme in OR-Tools so that nothing is lost when it is stopped.

HiGHS through MathOpt can neither be interrupted nor report its progress, but it writes every
improving solution to a file. It therefore runs in a worker thread while the caller's thread reads
that file, watches the clock and the stop event, and keeps the best solution on our side.
"""

import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil, inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deliveryopt.errors import DeliveryoptError
from deliveryopt.language import gettext as _
from deliveryopt.solver.milp import Milp

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt

SearchStatus = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]
Values = dict[int, int]
"""Whole values of the columns that are not zero."""

POLL_S = 0.01
WORKER_NAME = "deliveryopt-search"
GRACE_S = 0.7
SAFE_RELATIVE = 1e-9
SAFE_ABSOLUTE = 1e-4


class EngineError(DeliveryoptError, RuntimeError):
    """The solver library refused the programme: our fault."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop."""

    deadline: float
    """`time.monotonic()` at which to stop."""
    gap: float
    """Relative gap at which to stop."""
    seed: int
    nodes: int | None
    """Most nodes of one search, for results that do not depend on the clock."""
    stop: threading.Event
    """Set by whoever wants the search to end now."""

    @property
    def left_s(self) -> float:
        """Return the seconds left, not below zero."""
        return max(0.0, self.deadline - time.monotonic())

    @property
    def are_reached(self) -> bool:
        """Return whether it is time to stop."""
        return self.stop.is_set() or self.left_s <= 0

    def exact(self, seconds: float) -> "Limits":
        """Return limits for one exact search of so many seconds at most."""
        if self.nodes is not None:  # the clock may play no part
            return replace(self, gap=0.0)
        deadline = time.monotonic() + min(seconds, self.left_s)
        return replace(self, deadline=deadline, gap=0.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found."""

    status: SearchStatus
    values: Values | None
    objective: int | None
    bound: int | None
    """Proven bound on the objective, rounded up to whole units; None if nothing is proven."""
    stopped_by_clock: bool
    """Whether time or the stop event, and not the search itself, ended it."""


Watcher = Callable[[Values | None, int | None, int | None], None]
"""Called with new values (or None), their objective and the bound so far."""


def whole_bound(bound: float) -> int | None:
    """Return a bound on a whole-valued objective, rounded up as far as arithmetic allows.

    The margin covers the tolerances of floating-point bounds; a bound that is not finite is none.

    Examples
    --------
    >>> whole_bound(99.5), whole_bound(100.00001), whole_bound(float("-inf"))
    (100, 100, None)
    """
    if not isfinite(bound):
        return None
    return ceil(bound - SAFE_ABSOLUTE - SAFE_RELATIVE * abs(bound))


def objective_of(milp: Milp, values: Mapping[int, int]) -> int:
    """Return the objective of whole column values."""
    return round(milp.offset + sum(milp.cost[column] * value for column, value in values.items()))


def _read_solutions(path: Path, skip: int) -> tuple[list[Values], int]:
    """Return the complete solutions after the first `skip` in HiGHS's file, and their number."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return [], skip
    blocks = text.split("Objective ")[1:]
    found = []
    for block in blocks[skip:]:
        lines = block.splitlines()
        if len(lines) < 2 or not block.endswith("\n"):  # noqa: PLR2004  objective and count
            break
        count = abs(int(lines[1].split()[-1]))
        entries = lines[2 : 2 + count]
        if len(entries) < count:
            break
        values: Values = {}
        for entry in entries:
            value, column = entry.split()[-2:]
            if rounded := round(float(value)):
                values[int(column)] = rounded
        found.append(values)
    return found, skip + len(found)


def _parameters(limits: Limits, solutions: Path, target: int | None) -> "mathopt.SolveParameters":
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.01, limits.left_s)),
        relative_gap_tolerance=limits.gap,
        absolute_gap_tolerance=0.5,
        random_seed=limits.seed,
    )
    if limits.nodes is not None:
        parameters.node_limit = limits.nodes
    options = parameters.highs
    options.int_options["threads"] = 1
    options.bool_options["mip_improving_solution_save"] = True
    options.bool_options["mip_improving_solution_report_sparse"] = True
    options.string_options["mip_improving_solution_file"] = str(solutions)
    if target is not None:
        options.double_options["objective_target"] = target + SAFE_ABSOLUTE
    return parameters


class _Worker(threading.Thread):
    """Solves in the background; `answer` or `trouble` is set when it ends."""

    def __init__(
        self, milp: Milp, limits: Limits, solutions: Path, best: "_Best", target: int | None
    ) -> None:
        super().__init__(name=WORKER_NAME)
        self.milp, self.limits, self.solutions, self.target = milp, limits, solutions, target
        self.hint = best.values
        self.answer: mathopt.SolveResult | None = None
        self.trouble: Exception | None = None

    def run(self) -> None:
        from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

        try:
            model = mathopt.Model.from_model_proto(self.milp.to_proto())
            variables = list(model.variables())
            model_parameters = mathopt.ModelSolveParameters()
            if self.hint is not None:
                values = {variable: self.hint.get(variable.id, 0) for variable in variables}
                model_parameters.solution_hints.append(mathopt.SolutionHint(variable_values=values))
            self.answer = mathopt.solve(
                model,
                mathopt.SolverType.HIGHS,
                params=_parameters(self.limits, self.solutions, self.target),
                model_params=model_parameters,
            )
        except Exception as error:  # noqa: BLE001  handed to the caller's thread
            self.trouble = error


@dataclass(slots=True)
class _Best:
    """The best solution so far."""

    milp: Milp
    values: Values | None = None
    objective: int | None = None

    def offer(self, values: Values) -> bool:
        """Keep values if they are better; return whether they are."""
        objective = objective_of(self.milp, values)
        if self.objective is not None and objective >= self.objective:
            return False
        self.values, self.objective = values, objective
        return True


def _unfinished(best: _Best, bound: int | None) -> Outcome:
    """Return the outcome of a search that the clock or the stop event ended."""
    status: SearchStatus = "UNKNOWN" if best.values is None else "FEASIBLE"
    return Outcome(status, best.values, best.objective, bound, stopped_by_clock=True)


def _final(worker: _Worker, best: _Best, limits: Limits, bound: int | None) -> Outcome:
    """Return the outcome of a worker that ended or was left behind."""
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    clock = limits.stop.is_set() or limits.left_s <= 0
    if worker.trouble is not None:
        raise EngineError(_explain(worker.trouble)) from worker.trouble
    answer = worker.answer
    if answer is None:
        return _unfinished(best, bound)
    termination = answer.termination
    reasons = mathopt.TerminationReason
    if termination.reason in {reasons.INFEASIBLE, reasons.INFEASIBLE_OR_UNBOUNDED}:
        return Outcome("INFEASIBLE", None, None, None, stopped_by_clock=False)
    if answer.has_primal_feasible_solution():
        values = answer.variable_values()
        best.offer({v.id: whole for v, x in values.items() if (whole := round(x))})
    proven = whole_bound(termination.objective_bounds.dual_bound)
    bound = max((b for b in (bound, proven) if b is not None), default=None)
    if best.values is None or best.objective is None:
        return Outcome("UNKNOWN", None, None, bound, stopped_by_clock=clock)
    if bound is not None:
        bound = min(bound, best.objective)
    status: SearchStatus = "OPTIMAL" if bound == best.objective else "FEASIBLE"
    at_limit = termination.limit is not None and termination.limit is mathopt.Limit.TIME
    return Outcome(status, best.values, best.objective, bound, stopped_by_clock=clock or at_limit)


def _explain(trouble: BaseException) -> str:
    """Return the library's own words, which it hides in the chain of errors."""
    words = []
    error: BaseException | None = trouble
    while error is not None:
        words.append(f"{type(error).__name__}: {error}")
        error = error.__context__ or error.__cause__
    return _("the solver library failed: {words}").format(words="; ".join(words))


def relaxed_bound(milp: Milp, limits: Limits) -> float:
    """Return the optimum of the linear relaxation; minus infinity if time does not allow it."""
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    if limits.are_reached:
        return -inf
    relaxed = milp.to_proto()
    del relaxed.variables.integers[:]
    relaxed.variables.integers.extend([False] * milp.num_columns)
    answer: list[float] = []

    def work() -> None:
        result = mathopt.solve(
            mathopt.Model.from_model_proto(relaxed),
            mathopt.SolverType.GLOP,
            params=mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.01, limits.left_s))),
        )
        if result.termination.reason == mathopt.TerminationReason.OPTIMAL:
            answer.append(result.termination.objective_bounds.dual_bound)

    worker = threading.Thread(target=work, name=WORKER_NAME)
    worker.start()
    while worker.is_alive() and not limits.stop.is_set() and limits.left_s > 0:
        worker.join(POLL_S)
    return answer[0] if answer else -inf


def search(
    milp: Milp,
    limits: Limits,
    *,
    hints: Iterable[Values] = (),
    watch: Watcher | None = None,
    bound: int | None = None,
) -> Outcome:
    """Minimise a programme within limits, keeping every improvement.

    Parameters
    ----------
    milp
        The programme; its objective takes whole values.
    limits
        When to stop.
    hints
        Solutions to start from; those that do not keep every row are passed over.
    watch
        Called in this thread at every improvement.
    bound
        A bound that is proven already; reaching it ends the search.

    Returns
    -------
    Outcome
        Status, values and bound. `INFEASIBLE` is said only when it is proven.

    Raises
    ------
    EngineError
        If the solver library refuses the programme.
    """
    best = _Best(milp)
    frozen = milp.frozen()
    for hint in hints:
        if frozen.is_kept_by(hint):
            best.offer(hint)
    if best.objective is not None and best.objective == bound:
        return Outcome("OPTIMAL", best.values, best.objective, bound, stopped_by_clock=False)
    if limits.are_reached:
        return _unfinished(best, bound)
    with tempfile.TemporaryDirectory(prefix="deliveryopt-", ignore_cleanup_errors=True) as folder:
        solutions = Path(folder) / "improving.sol"
        worker = _Worker(milp, limits, solutions, best, bound)
        worker.start()
        read = 0
        while worker.is_alive():
            if limits.stop.is_set() or time.monotonic() > limits.deadline + GRACE_S:
                break
            worker.join(POLL_S)
            found, read = _read_solutions(solutions, read)
            improved = [best.offer(values) for values in found]
            if watch is not None and any(improved):
                watch(best.values, best.objective, bound)
        found, read = _read_solutions(solutions, read)
        for values in found:
            best.offer(values)
    return _final(worker, best, limits, bound)


@dataclass(frozen=True, slots=True)
class Small:
    """What a small programme came to."""

    bound: float
    """No solution costs less; minus infinity if nothing is proven."""
    values: dict[int, float] | None
    """The best solution, values that are zero left out."""
    is_infeasible: bool = False


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how well to search a small programme."""

    gap: float
    """Stop when cost and bound are so near, in units of the objective."""
    seconds: float
    """Longest search."""
    nodes: int | None = None
    """Most nodes, where the clock may play no part."""


def solve_small(milp: Milp, effort: Effort, *, below: float = inf) -> Small:
    """Minimise a small programme in this thread; nobody can interrupt it, so give it little time.

    Parameters
    ----------
    milp
        The programme; its objective need not be whole.
    effort
        How long and how well to search.
    below
        Only solutions that cost less are of interest: the bound is never above this.
    """
    from ortools.math_opt.python import mathopt  # noqa: PLC0415  takes a second to load

    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.01, effort.seconds)),
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=effort.gap,
    )
    if effort.nodes is not None:
        parameters.node_limit = effort.nodes
    parameters.highs.int_options["threads"] = 1
    parameters.highs.bool_options["mip_allow_restart"] = False  # no gain here
    if below < inf:
        parameters.highs.double_options["objective_bound"] = below
    model = mathopt.Model.from_model_proto(milp.to_proto())
    answer = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    reasons = mathopt.TerminationReason
    if answer.termination.reason in {reasons.INFEASIBLE, reasons.INFEASIBLE_OR_UNBOUNDED}:
        return Small(below, None, is_infeasible=below == inf)
    values = None
    if answer.has_primal_feasible_solution():
        values = {v.id: x for v, x in answer.variable_values().items() if x}
    bound = answer.termination.objective_bounds.dual_bound
    return Small(min(bound, below) if isfinite(bound) else -inf, values)
