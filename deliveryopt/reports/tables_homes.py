"""Public tables of home delivery and vans as CSV: totals only, never a single home."""

from deliveryopt.reports.csv_text import Value, csv_text, sek
from deliveryopt.reports.formats import clock_time
from deliveryopt.reports.home_amounts import van_costs_told
from deliveryopt.reports.home_counts import (
    HOWS,
    HomeCounts,
    all_days_told,
    goods_rows,
    home_counts,
    rounds_van_days,
    van_days,
    van_days_to_hidden_points,
    van_weeks,
)
from deliveryopt.reports.page_homes import goods_label, van_hours, van_names
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import (
    how_label,
    parcels_text,
    told_text,
    upper,
    used_hows,
)
from deliveryopt.reports.suppression import Told


def homes_csv(teller: Teller) -> str:
    """Return home orders by goods and by what becomes of them, as far as they may be told."""
    say, counts = teller.say, home_counts(teller.bundle, teller.few)
    used, everything = used_hows(counts), say("csv_home.all")

    def told(value: Told) -> Value:
        return value if isinstance(value, int) else told_text(teller, value)

    names = ("goods", "how", "today", "plan")
    rows: list[list[Value]] = [[say.of("csv_home", name) for name in names]]
    rows += [
        [everything, label, told(counts.by_today(block)), told(counts.by_plan(block))]
        for block in dict.fromkeys((HOWS, *counts.hows))
        if used.intersection(block)
        for label in [everything if block == HOWS else upper(how_label(teller, block, within=used))]
    ]
    rows += [
        [
            goods_label(teller, row.goods),
            everything if row.hows == HOWS else upper(how_label(teller, row.hows, within=used)),
            told(row.today),
            told(row.plan),
        ]
        for row in goods_rows(teller.bundle, counts)
    ]
    return csv_text(teller.language, rows)


def vans_csv(teller: Teller) -> str:
    """Return a row for each van and day; also one for each van where not all days may be told."""
    say, counts = teller.say, home_counts(teller.bundle, teller.few)
    names = (
        "id",
        "name",
        "operator",
        "payer",
        "day",
        "start",
        "end",
        "trips",
        "stops",
        "homes",
        "parcels",
        "km",
        "cost",
    )
    heads: list[Value] = [say.of("csv_van", name) for name in names]
    rows = _days(teller, counts)
    if not all_days_told(teller.bundle, counts):
        rows += _weeks(teller, counts)
    return csv_text(teller.language, [heads, *rows])


def _about(teller: Teller) -> dict[str, list[Value]]:
    """Return id, name, operator and payer of each van."""
    return {
        van.id: [van.id, teller.names.vans[van.id], van.operator, teller.say.of("payer", van.payer)]
        for van in teller.bundle.scenario.vans
    }


def _days(teller: Teller, counts: HomeCounts) -> list[list[Value]]:
    """Return a row for each van and day."""
    say, bundle = teller.say, teller.bundle
    about, costs_told = _about(teller), van_costs_told(bundle, counts)
    hidden, rounded = (
        van_days_to_hidden_points(bundle, teller.few),
        rounds_van_days(bundle.metrics, teller.few),
    )
    rows: list[list[Value]] = []
    for day, told in van_days(bundle, counts):
        start_min, end_min = van_hours(bundle.metrics, day, teller.few)
        is_hidden = (day.van, day.day) in hidden
        cost = sek(day.cost_ore)
        rows.append(
            [
                *about[day.van],
                say.of("day", day.day),
                clock_time(start_min),
                clock_time(end_min),
                day.trips if counts.orders_of_days_told else say("word.withheld"),
                day.point_stops,
                told if isinstance(told, int) else told_text(teller, told),
                parcels_text(teller, day.parcels, is_hidden=True) if is_hidden else day.parcels,
                round(day.km) if rounded else day.km,
                (round(cost) if rounded else cost) if costs_told else say("word.withheld"),
            ]
        )
    return rows


def _weeks(teller: Teller, counts: HomeCounts) -> list[list[Value]]:
    """Return a row for each van over the week, or for several that are told together."""
    bundle, withheld = teller.bundle, teller.say("word.withheld")
    about, costs_told = _about(teller), van_costs_told(bundle, counts)
    return [
        [
            " + ".join(week.vans),
            van_names(teller, week.vans),
            " + ".join(dict.fromkeys(str(about[van][2]) for van in week.vans)),
            " + ".join(dict.fromkeys(str(about[van][3]) for van in week.vans)),
            teller.say("csv_van.week"),
            *[withheld] * 6,
            week.km,
            sek(week.cost_ore) if costs_told else withheld,
        ]
        for week in van_weeks(bundle.metrics, teller.few)
        if week.minutes
    ]
