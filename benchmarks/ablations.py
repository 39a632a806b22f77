"""What each idea of the engine is worth: the same engine without it.

Each name in `WITHOUT` is a solver for `benchmarks.scale`: our engine with one idea turned off, in
the process that measures it. What is printed is still a bound and a verified plan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Final
from unittest.mock import patch

from deliveryopt.solver.alike import Group
from deliveryopt.solver.master import Rows
from deliveryopt.solver.priced import Pricer
from deliveryopt.solver.search import Limits
from deliveryopt.solver.together import Joint
from deliveryopt.solver.ways import Site

PACKAGE: Final = "deliveryopt.solver."
WIDE: Final = 1e6


@dataclass(frozen=True, slots=True)
class Around:
    """A stand-in that calls what it stands in for."""

    of: Callable[..., object]


def _never(*_: object, **__: object) -> bool:
    return False


def _nothing(*_: object, **__: object) -> None:
    return None


def _no_gain(*_: object, **__: object) -> int:
    return 0


def _no_rows(*_: object, **__: object) -> tuple[()]:
    return ()


def _no_bound(*_: object, **__: object) -> Joint:
    return Joint(None, is_impossible=False)


def _one_by_one(groups_of: Callable[[object], tuple[Group, ...]]) -> Callable[..., object]:
    """Return the grouping of run-days with each run-day in a group of its own."""

    def apart(work: object) -> tuple[Group, ...]:
        return tuple(
            replace(
                group,
                run_days=(run_day,),
                columns={service: (found[k],) for service, found in group.columns.items()},
            )
            for group in groups_of(work)
            for k, run_day in enumerate(group.run_days)
        )

    return apart


def _every_offer(kinds_of: Callable[..., object]) -> Callable[..., object]:
    """Return the choice of offers that leaves out none."""

    def every(site: object, prices: object, **_: object) -> object:
        return kinds_of(site, prices, keep_all=True)

    return every


def _all_whole(start: Callable[..., Pricer]) -> Callable[..., Pricer]:
    """Return the start of pricing with whole parcels at all points."""

    def whole(rows: Rows, sites: Sequence[Site], limits: Limits) -> Pricer:
        pricer = start(rows, sites, limits)
        pricer.make_whole([site.point for site in sites])
        return pricer

    return whole


WITHOUT: Final[dict[str, tuple[str, dict[str, object]]]] = {
    "no-groups": (
        "run-days that are alike are counted",
        {"alike._groups": Around(_one_by_one)},
    ),
    "no-first-prices": (
        "first prices from one linear programme",
        {"priced.first_duals": _nothing},
    ),
    "no-boxes": (
        "boxes around the prices",
        {"priced.FIRST_WIDTH": WIDE, "priced.SHRINK": 1.0},
    ),
    "no-kinds": (
        "offers that others beat are left out",
        {"pricing.kinds_of": Around(_every_offer)},
    ),
    "no-sets": (
        "a bound for each set of villages",
        {"village_sets.MOST_VILLAGES": 0},
    ),
    "no-set-columns": ("columns and rows of few sets", {"set_rows.MOST_SETS": 0}),
    "no-visits-needed": (
        "rows on visits that a stretch of days needs",
        {"set_rows.visits_needed": _no_rows, "together.visits_needed": _no_rows},
    ),
    "no-triples": ("rows on three villages", {"priced.Pricer.divide": _never}),
    "no-whole": (
        "whole parcels where a plan pays more",
        {"priced.Pricer.make_whole": _never},
    ),
    "all-whole": (
        "fractions of parcels: all points are priced with whole ones",
        {"by_prices.start": Around(_all_whole)},
    ),
    "no-together": (
        "choices of points are bounded together",
        {"propose.bound_together": _no_bound},
    ),
    "no-choices": (
        "choices of points are searched as they are",
        {"one_choice.MOST_COLUMNS": -1},
    ),
    "no-least": (
        "rows on what each point costs alone",
        {"one_choice.OneChoice._add_least": _nothing, "together._add_least": _nothing},
    ),
    "no-table": (
        "prices of stops from a table of all their sets",
        {"van_prices.MOST_IN_TABLE": -1},
    ),
    "no-near": ("points decided anew near a plan", {"by_prices._Run.improve": _no_gain}),
}
"""Idea, and what is put in its place, by name."""


def turn_off(name: str) -> None:
    """Turn one idea off, for the rest of this process."""
    for target, stand_in in WITHOUT[name][1].items():
        module, attribute = target.split(".", 1)
        loaded = import_module(PACKAGE + module)
        new: object = stand_in
        if isinstance(stand_in, Around):
            new = stand_in.of(getattr(loaded, attribute))
        patch(PACKAGE + target, new).start()
