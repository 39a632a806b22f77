"""Every home order by its pseudonym, for reports inside the municipality only."""

from typing import Final

from deliveryopt.plan.figures_of_homes import HomeRow
from deliveryopt.reports.blocks import Table, heads, row
from deliveryopt.reports.csv_text import Value, csv_text, sek
from deliveryopt.reports.formats import clean, clock_time
from deliveryopt.reports.sentences import Teller

_COLUMNS: Final = (
    "order",
    "household",
    "goods",
    "origin",
    "how",
    "day",
    "carrier",
    "point",
    "earliest",
    "latest",
    "km",
    "payer",
    "cost",
)
_NUMERIC: Final = "----------n-n"


def orders_table(teller: Teller) -> Table:
    """Return a row for each home order; raises if the report may be published.

    Raises
    ------
    ValueError
        If the report is not internal: our fault.
    """
    _only_inside(teller)
    return Table(
        teller.say("orders.caption"),
        heads(_NUMERIC, *(teller.say.of("orders", name) for name in _COLUMNS)),
        tuple(
            row(_NUMERIC, *(_written(teller, value) for value in _cells(teller, one)))
            for one in teller.bundle.metrics.home_rows
        ),
    )


def orders_csv(teller: Teller) -> str:
    """Return a row for each home order as CSV; raises if the report may be published.

    Raises
    ------
    ValueError
        If the report is not internal: our fault.
    """
    _only_inside(teller)
    names: list[Value] = [teller.say.of("csv_order", name) for name in _COLUMNS]
    rows = [_cells(teller, one) for one in teller.bundle.metrics.home_rows]
    return csv_text(teller.language, [names, *rows])


def _only_inside(teller: Teller) -> None:
    """Raise if the report may be published."""
    if not teller.internal:
        message = "home orders are told in internal reports only"
        raise ValueError(message)


def _written(teller: Teller, value: Value) -> str:
    """Return a cell as text."""
    if value is None:
        return teller.say("word.none")
    if isinstance(value, str):
        return clean(value)
    return teller.number(value, 1 if isinstance(value, float) else 0)


def _cells(teller: Teller, one: HomeRow) -> list[Value]:
    """Return what becomes of one order, in the order of the columns."""
    say, names = teller.say, teller.names
    times = (one.earliest_min, one.latest_min)
    return [
        one.order,
        one.household,
        say.of("goods", one.goods),
        names.depots[one.origin] if one.origin else None,
        say.of("home", one.how),
        say.of("day", one.day) if one.day else None,
        (names.runs | names.vans)[one.carrier] if one.carrier else None,
        names.points[one.pickup_point] if one.pickup_point else None,
        *(None if minutes is None else clock_time(minutes) for minutes in times),
        one.distance_km,
        say.of("payer", one.payer) if one.payer else None,
        sek(one.cost_ore),
    ]
