"""Plan parcel boxes and parcels on existing public transport, with a proven bound.

Public names load on first use, so that the command line starts without the solver.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deliveryopt.errors import DeliveryoptError
    from deliveryopt.plan.metrics import compare_with_today, measure
    from deliveryopt.plan.plan import Plan
    from deliveryopt.plan.today import todays_plan
    from deliveryopt.plan.verify import verify
    from deliveryopt.scenario.load import load_scenario
    from deliveryopt.scenario.save import save_scenario
    from deliveryopt.scenario.schema import Scenario
    from deliveryopt.solver.solve import SolveOptions, SolveResult, solve

_HOME = {
    "DeliveryoptError": "errors",
    "Plan": "plan.plan",
    "Scenario": "scenario.schema",
    "SolveOptions": "solver.solve",
    "SolveResult": "solver.solve",
    "compare_with_today": "plan.metrics",
    "load_scenario": "scenario.load",
    "measure": "plan.metrics",
    "save_scenario": "scenario.save",
    "solve": "solver.solve",
    "todays_plan": "plan.today",
    "verify": "plan.verify",
}
__all__ = [
    "DeliveryoptError",
    "Plan",
    "Scenario",
    "SolveOptions",
    "SolveResult",
    "compare_with_today",
    "load_scenario",
    "measure",
    "save_scenario",
    "solve",
    "todays_plan",
    "verify",
]


def __getattr__(name: str) -> object:
    """Import a public name on first use."""
    if name not in _HOME:
        message = f"module 'deliveryopt' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"deliveryopt.{_HOME[name]}"), name)
