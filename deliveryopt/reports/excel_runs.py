"""The sheets of the workbook about runs, by run and by run and day.

Delay, load and cost of a run count parcels and home orders; where those are told only about or not
at all, delay, load and cost are not told either.
"""

from deliveryopt.plan.figures import RunDayRow, RunRow
from deliveryopt.reports.formats import clean
from deliveryopt.reports.home_counts import (
    hides_homes,
    home_counts,
    parcel_days,
    public_runs,
    runs_to_hidden_points,
)
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.suppression import column
from deliveryopt.reports.workbook_parts import (
    Cell,
    Row,
    SheetTable,
    count,
    money,
    parcels,
    shown,
    tenths,
    text,
    told,
    totals,
)
from deliveryopt.units import DAYS


def run_sheets(teller: Teller) -> list[SheetTable]:
    """Return the sheets about runs."""
    return [_runs(teller), _run_days(teller)]


def _runs(teller: Teller) -> SheetTable:
    """Return a row for each run in use; what few homes have a part in is not told."""
    say, bundle = teller.say, teller.bundle
    with_homes = bool(bundle.scenario.homes)
    heads = (
        say("runs.run"),
        say("excel.id"),
        say("runs.kind"),
        say("runs.operator"),
        say("runs.payer"),
        say("runs.days"),
        say("excel.visits"),
        say("excel.parcels"),
        *((say("runs.homes"),) if with_homes else ()),
        say("excel.peak"),
        say("excel.room"),
        say("runs.extra"),
        say("excel.delay"),
        say("excel.delay_limit"),
        say("runs.detour"),
        say("runs.cost"),
    )
    runs = public_runs(bundle.metrics, teller.few)
    orders = _orders(teller)
    rows = tuple(_run(teller, run, orders) for run in runs)
    end = len(heads) - 1
    return SheetTable(
        name=say("excel.sheet_runs"),
        about=say("runs.caption"),
        heads=heads,
        rows=rows,
        totals=totals(say("excel.sum"), heads, rows, {6, 7, end - 4, end - 1, end}),
    )


def _orders(teller: Teller) -> dict[str, Cell]:
    """Return what may be told of the home orders of each run; nothing if there are no homes."""
    rows = teller.bundle.metrics.run_rows
    if not teller.bundle.scenario.homes:
        return {}
    sum_told = home_counts(teller.bundle, teller.few).is_told("by_run")
    counts = [row.orders_per_week for row in rows]
    known = column(counts, sum_told=sum_told, few=teller.few)
    return {row.run: told(teller, one) for row, one in zip(rows, known, strict=True)}


def _run(teller: Teller, run: RunRow, orders: dict[str, Cell]) -> Row:
    """Return the cells of one run.

    Delay and cost count parcels; where those are told only about, delay and cost are not told.
    """
    say, bundle = teller.say, teller.bundle
    to_hidden = run.run in runs_to_hidden_points(bundle, teller.few)
    may_be = not hides_homes(run, teller.few)
    days = parcel_days(bundle.metrics, run, teller.few)
    return (
        text(teller.names.runs[run.run]),
        text(run.run),
        text(say.of("run_kind", run.kind)),
        text(clean(run.operator) or None),
        text(say.of("payer", run.payer)),
        text(day_list(teller, tuple(sorted(days, key=DAYS.index)))),
        count(run.services_per_week),
        parcels(teller, run.parcels_per_week, is_hidden=to_hidden),
        *((orders[run.run],) if orders else ()),
        shown(teller, count(run.peak_parcels), may_be=may_be and not to_hidden),
        count(run.capacity_parcels),
        shown(teller, tenths(run.extra_min_per_week), may_be=may_be),
        shown(teller, tenths(run.delay_min_max), may_be=may_be and not to_hidden),
        tenths(run.delay_budget_min),
        shown(teller, tenths(run.detour_km_per_week), may_be=may_be),
        shown(teller, money(run.cost_ore_per_week), may_be=may_be and not to_hidden),
    )


def _run_days(teller: Teller) -> SheetTable:
    """Return a row for each run and day; publicly only what is about parcels."""
    say, metrics = teller.say, teller.bundle.metrics
    heads = (
        say("runs.run"),
        say("excel.id"),
        say("sheet.day"),
        say("runs.services"),
        say("excel.parcels"),
        *((say("homes.orders"),) if teller.internal else ()),
        say("excel.peak"),
        say("runs.extra"),
        say("sheet.delay"),
        say("runs.detour"),
    )
    rows = tuple(
        _run_day(teller, row)
        for row in metrics.run_day_rows
        if teller.internal or row.services or row.parcels
    )
    end = len(heads) - 1
    return SheetTable(
        name=say("excel.sheet_run_days"),
        about=say("excel.about_run_days"),
        heads=heads,
        rows=rows,
        totals=totals(say("excel.sum"), heads, rows, {3, 4, end - 2, end - 1, end}),
    )


def _run_day(teller: Teller, row: RunDayRow) -> Row:
    """Return the cells of one run and day; a run that also brings home orders tells less."""
    run = next(one for one in teller.bundle.metrics.run_rows if one.run == row.run)
    may_be = teller.internal or not run.orders_per_week
    to_hidden = row.run in runs_to_hidden_points(teller.bundle, teller.few)
    return (
        text(teller.names.runs[row.run]),
        text(row.run),
        text(teller.say.of("day", row.day)),
        count(row.services),
        parcels(teller, row.parcels, is_hidden=to_hidden),
        *((count(row.orders),) if teller.internal else ()),
        shown(teller, count(row.peak_parcels), may_be=may_be and not to_hidden),
        shown(teller, tenths(row.extra_min), may_be=may_be),
        shown(teller, tenths(row.delay_min), may_be=may_be and not to_hidden),
        shown(teller, tenths(row.detour_km), may_be=may_be),
    )
