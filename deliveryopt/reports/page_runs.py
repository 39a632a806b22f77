"""Section of the page about runs that drive anyway; what would tell of a single home stays out."""

from collections.abc import Sequence

from deliveryopt.plan.figures import RunRow
from deliveryopt.reports.blocks import Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import clean
from deliveryopt.reports.home_counts import (
    hides_homes,
    home_counts,
    parcel_days,
    parts_told,
    points_hidden,
    public_runs,
    runs_to_hidden_points,
)
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import parcels_text, told_text
from deliveryopt.reports.suppression import Told

_NUMERIC = "-----nnnnnnn"
_WITH_HOMES = "-----nnnnnnnn"
_NAMES = (
    "run",
    "kind",
    "operator",
    "payer",
    "days",
    "services",
    "parcels",
    "peak",
    "extra",
    "delay",
    "detour",
    "cost",
)
_HOMES_AT = 7


def runs_section(teller: Teller, sheets_folder: str) -> Section:
    """Return the section on runs that carry parcels."""
    say, bundle = teller.say, teller.bundle
    title, with_homes = say("section.runs"), bool(bundle.scenario.homes)
    runs = public_runs(bundle.metrics, teller.few)
    if not runs:
        return Section("runs", title, (Paragraphs((say("runs.none"),)),))
    names = list(_NAMES)
    if with_homes:
        names.insert(_HOMES_AT, "homes")
    rows = [_cells(teller, run) for run in runs]
    if with_homes:
        for cells, told in zip(rows, _orders(teller, runs), strict=True):
            cells.insert(_HOMES_AT, told_text(teller, told))
    numeric = _WITH_HOMES if with_homes else _NUMERIC
    table = Table(
        say("runs.caption"),
        heads(numeric, *(say.of("runs", name) for name in names)),
        tuple(row(numeric, *cells) for cells in rows),
    )
    notes = [say("runs.note"), say("runs.sheets", folder=sheets_folder)]
    if not teller.internal and any(run.orders_per_week for run in bundle.metrics.run_rows):
        notes.append(say("runs.homes_note"))
    if points_hidden(bundle.metrics, teller.few):
        notes.append(say("points.homes_note"))
    return Section("runs", title, (table, Paragraphs(tuple(notes), "note")))


def _orders(teller: Teller, runs: Sequence[RunRow]) -> list[Told]:
    """Return what may be told of the home orders of each run."""
    rows = teller.bundle.metrics.run_rows
    counts = home_counts(teller.bundle, teller.few)
    told = parts_told(counts, "by_run", [run.orders_per_week for run in rows])
    of_run = {run.run: one for run, one in zip(rows, told, strict=True)}
    return [of_run[run.run] for run in runs]


def _cells(teller: Teller, run: RunRow) -> list[str]:
    """Return the texts of one run; figures that few homes have a part in are not shown."""
    say, bundle = teller.say, teller.bundle
    room = say("runs.no_limit")
    if run.capacity_parcels is not None:
        room = teller.number(run.capacity_parcels)
    budget = teller.number(run.delay_budget_min, 1)
    to_hidden = run.run in runs_to_hidden_points(bundle, teller.few)
    peak, delay = teller.number(run.peak_parcels), teller.number(run.delay_min_max, 1)
    extra, detour = (
        teller.number(run.extra_min_per_week, 1),
        teller.number(run.detour_km_per_week, 1),
    )
    cost = teller.money_plain(run.cost_ore_per_week)
    if hides_homes(run, teller.few):
        peak = extra = delay = detour = cost = say("word.withheld")
    elif to_hidden:
        peak = say("word.withheld")
    return [
        teller.names.runs[run.run],
        say.of("run_kind", run.kind),
        clean(run.operator) or say("word.none"),
        say.of("payer", run.payer),
        day_list(teller, parcel_days(bundle.metrics, run, teller.few)),
        teller.number(run.services_per_week),
        parcels_text(teller, run.parcels_per_week, is_hidden=to_hidden),
        say("runs.of", value=peak, limit=room),
        extra,
        say("runs.of", value=delay, limit=budget),
        detour,
        cost,
    ]
