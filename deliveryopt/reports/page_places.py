"""Sections of the page about places: villages, pickup points and how full the boxes are."""

import math

from deliveryopt.plan.figures import PickupPointRow, SizeCounts, VillageRow
from deliveryopt.reports.blocks import (
    Block,
    Cell,
    Paragraphs,
    Section,
    Table,
    heads,
    row,
    week_chart,
)
from deliveryopt.reports.formats import people, percent
from deliveryopt.reports.home_counts import points_hidden
from deliveryopt.reports.sentences import Teller, sites_with_boxes
from deliveryopt.units import DAYS

_VILLAGES = "-nn-n-n--nn"
_ORDER = ("gained", "lost", "without", "kept")
_POINTS = "--nnnnn-n"
_TENTHS = 10


def sizes(teller: Teller, counts: SizeCounts) -> str:
    """Return counts by size in words."""
    return teller.say(
        "sizes.all",
        small=teller.number(counts.small),
        medium=teller.number(counts.medium),
        large=teller.number(counts.large),
    )


def day_list(teller: Teller, days: tuple[str, ...]) -> str:
    """Return short names of days."""
    return " ".join(teller.say.of("day_short", day) for day in days) or teller.say("word.none")


def coverage_of(row_today: VillageRow, row_plan: VillageRow) -> str:
    """Return what happens to a village: kept, gained, lost or without."""
    if row_plan.covered:
        return "kept" if row_today.covered else "gained"
    return "lost" if row_today.covered else "without"


def villages_section(teller: Teller) -> Section:
    """Return the section with a row for each village."""
    say = teller.say
    names = (
        "village",
        "people",
        "old",
        "today",
        "today_km",
        "plan",
        "plan_km",
        "covered_today",
        "covered",
        "parcels",
        "cost",
    )
    before = {item.village: item for item in teller.bundle.today.village_rows}
    table = Table(
        say("villages.caption"),
        heads(_VILLAGES, *(say.of("villages", name) for name in names)),
        tuple(
            _village_row(teller, before[item.village], item)
            for item in sorted(
                teller.bundle.metrics.village_rows,
                key=lambda item: (
                    _ORDER.index(coverage_of(before[item.village], item)),
                    -item.inhabitants,
                    item.village,
                ),
            )
        ),
    )
    notes = (say("villages.note", reach=teller.reach), say("sure.few"), say("sure.rounded"))
    return Section("villages", say("section.villages"), (table, Paragraphs(notes, "note")))


def _village_row(teller: Teller, today: VillageRow, plan: VillageRow) -> tuple[Cell, ...]:
    """Return the cells of one village."""
    say, names, none = teller.say, teller.names, teller.say("word.none")
    old = plan.inhabitants_65
    cells = row(
        _VILLAGES,
        names.villages[plan.village],
        people(plan.inhabitants, teller.language),
        say("word.unknown") if old is None else people(old, teller.language),
        names.points[plan.agent_today] if plan.agent_today else none,
        _distance(teller, today),
        names.points[plan.pickup_point] if plan.pickup_point else none,
        _distance(teller, plan),
        say("word.yes" if today.covered else "word.no"),
        say("word.yes" if plan.covered else "word.no"),
        teller.number(plan.parcels_per_week),
        teller.money_plain(plan.cost_ore_per_week),
    )
    marked = [Cell(cell.text, cell.style) for cell in cells]
    marked[7] = Cell(cells[7].text, "yes" if today.covered else "no")
    marked[8] = Cell(cells[8].text, "yes" if plan.covered else "no")
    return tuple(marked)


def _distance(teller: Teller, village: VillageRow) -> str:
    """Return a distance in km, marked where it is an estimate."""
    if village.distance_km is None:
        return teller.say("word.none")
    told = teller.number(village.distance_km, 1)
    return f"≈{told}" if village.distance_is_estimate else told


def boxes_section(teller: Teller) -> Section:
    """Return the section on pickup points in use and on how full the boxes are."""
    say = teller.say
    names = (
        "point",
        "kind",
        "boxes",
        "compartments",
        "villages",
        "people",
        "parcels",
        "days",
        "cost",
    )
    points = Table(
        say("points.caption"),
        heads(_POINTS, *(say.of("points", name) for name in names)),
        tuple(
            _point_row(teller, item)
            for item in sorted(
                teller.bundle.metrics.pickup_point_rows, key=lambda item: item.boxes == 0
            )
        ),
    )
    boxes = sites_with_boxes(teller.bundle)
    blocks: list[Block] = [points]
    notes = [say("points.homes_note")] if points_hidden(teller.bundle.metrics) else []
    if boxes:
        notes.insert(0, say("use.note"))
        blocks += [_use_table(teller, boxes), Paragraphs(tuple(notes), "note")]
    else:
        blocks.append(Paragraphs((say("use.none"), *notes)))
    return Section("boxes", say("section.boxes"), tuple(blocks))


def _point_row(teller: Teller, point: PickupPointRow) -> tuple[Cell, ...]:
    """Return the cells of one pickup point."""
    has_boxes = point.boxes > 0
    none = teller.say("word.none")
    counts = point.compartments
    costs = [teller.money_plain(ore) for ore in (point.boxes_ore_per_week, point.site_ore_per_week)]
    fees = teller.money_plain(point.fees_ore_per_week)
    if point.pickup_point in points_hidden(teller.bundle.metrics):
        fees = teller.say("word.withheld")
    return row(
        _POINTS,
        teller.names.points[point.pickup_point],
        teller.say.of("point_kind", point.kind),
        teller.number(point.boxes) if has_boxes else none,
        f"{counts.small} / {counts.medium} / {counts.large}" if has_boxes else none,
        f"{point.villages_by_plan} / {point.villages_as_today}",
        people(point.inhabitants, teller.language),
        teller.number(point.parcels_per_week),
        day_list(teller, point.delivery_days),
        " / ".join((*costs, fees)),
    )


def _use_table(teller: Teller, points: tuple[PickupPointRow, ...]) -> Table:
    """Return how full the boxes are over the week, with a small chart in each row."""
    say = teller.say
    numeric = "--" + "n" * (len(DAYS) + 3)
    names = (say("points.point"), say("use.week"), *(say.of("day_short", day) for day in DAYS))
    ends = (say("use.peak"), say("use.mean"), say("use.tightest"))
    return Table(
        say("use.caption"),
        heads(numeric, *names, *ends),
        tuple(_use_row(teller, point) for point in points),
    )


def _use_row(teller: Teller, point: PickupPointRow) -> tuple[Cell, ...]:
    """Return the cells of one site's week."""
    name = teller.names.points[point.pickup_point]
    counts = point.compartments
    chart = week_chart(
        point.still_here_parcels,
        counts.small + counts.medium + counts.large,
        title=teller.say("use.chart_title", site=name),
        text=teller.say("use.chart_text"),
    )
    shares = (point.peak_use_share, point.mean_use_share, point.tightest_share)
    if point.pickup_point in points_hidden(teller.bundle.metrics):
        return _hidden_use_row(teller, point)
    return (
        Cell(name),
        Cell("", "", chart),
        *(Cell(teller.number(parcels, 1), "num") for parcels in point.still_here_parcels),
        *(
            Cell(
                teller.say("word.none")
                if share is None
                else percent(share, teller.language, decimals=0),
                "num",
            )
            for share in shares
        ),
    )


def _hidden_use_row(teller: Teller, point: PickupPointRow) -> tuple[Cell, ...]:
    """Return the cells of a site whose days would tell of few home orders: only how full it is."""
    withheld = teller.say("word.withheld")
    peak, tightest = (
        Cell(use_at_most(teller, share), "num")
        for share in (point.peak_use_share, point.tightest_share)
    )
    days = [Cell(withheld, "num") for _ in DAYS]
    name = Cell(teller.names.points[point.pickup_point])
    return (name, Cell(withheld), *days, peak, Cell(withheld, "num"), tightest)


def use_at_most(teller: Teller, share: float | None) -> str:
    """Return a share of compartments in use, rounded up to tens of per cent."""
    if share is None:
        return teller.say("word.none")
    most = percent(math.ceil(share * _TENTHS) / _TENTHS, teller.language, decimals=0)
    return teller.say("use.at_most", share=most)
