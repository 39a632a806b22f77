"""Sections of the page about places: villages, pickup points and how full the boxes are."""

import math
from collections.abc import Sequence

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
from deliveryopt.reports.formats import percent
from deliveryopt.reports.home_counts import points_hidden
from deliveryopt.reports.sentences import Teller, sites_with_boxes
from deliveryopt.reports.small_villages import ToldVillage, told_villages, withheld_people
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
    found = told_villages(teller.bundle, teller.few)
    table = Table(
        say("villages.caption"),
        heads(_VILLAGES, *(say.of("villages", name) for name in names)),
        tuple(
            _village_row(teller, one)
            for one in sorted(
                found, key=lambda one: (_ORDER.index(one.coverage), -one.inhabitants, one.villages)
            )
        ),
    )
    notes = [say("villages.note", reach=teller.reach), say("sure.rounded")]
    if not teller.internal:
        notes.insert(1, say("sure.few"))
    if any(one.is_joined for one in found):
        notes.insert(2, say("villages.joined"))
    return Section("villages", say("section.villages"), (table, Paragraphs(tuple(notes), "note")))


def _village_row(teller: Teller, told: ToldVillage) -> tuple[Cell, ...]:
    """Return the cells of one village, or of several that are told together."""
    say, old = teller.say, told.inhabitants_65
    agents = tuple(dict.fromkeys(row.agent_today for row in told.rows))
    cells = row(
        _VILLAGES,
        teller.villages(told.villages),
        teller.people(told.inhabitants),
        say("word.unknown") if old is None else teller.people(old),
        point_names(teller, agents),
        _distance(teller, told, plan=False),
        point_names(teller, told.points(plan=True)),
        _distance(teller, told, plan=True),
        yes_no(teller, answer=told.covered_today),
        yes_no(teller, answer=told.covered),
        teller.number(told.parcels_per_week),
        teller.money_plain(told.cost_ore_per_week),
    )
    marked = [Cell(cell.text, cell.style) for cell in cells]
    for column, covered in ((7, told.covered_today), (8, told.covered)):
        if covered is not None:
            marked[column] = Cell(cells[column].text, "yes" if covered else "no")
    return tuple(marked)


def yes_no(teller: Teller, *, answer: bool | None) -> str:
    """Return an answer; one that differs between villages told together is not shown."""
    if answer is None:
        return teller.say("word.withheld")
    return teller.say("word.yes" if answer else "word.no")


def point_names(teller: Teller, points: Sequence[str | None]) -> str:
    """Return what pickup points are called; a dash where there is none."""
    none = teller.say("word.none")
    return ", ".join(teller.names.points[point] if point else none for point in points)


def _distance(teller: Teller, told: ToldVillage, *, plan: bool) -> str:
    """Return a distance in km, marked where it is an estimate; two where villages differ."""
    found = [teller.number(away_km, 1) for away_km in told.distances_km(plan=plan)]
    if not found:
        return teller.say("word.none")
    rows = told.rows if plan else told.todays
    mark = "≈" if any(row.distance_is_estimate for row in rows) else ""
    return mark + "\u2013".join(dict.fromkeys(found))


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
    notes = [say("points.homes_note")] if points_hidden(teller.bundle.metrics, teller.few) else []
    if withheld_people(teller.bundle, teller.few).points:
        notes.append(say("points.people_hidden"))
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
    if point.pickup_point in points_hidden(teller.bundle.metrics, teller.few):
        fees = teller.say("word.withheld")
    return row(
        _POINTS,
        teller.names.points[point.pickup_point],
        teller.say.of("point_kind", point.kind),
        teller.number(point.boxes) if has_boxes else none,
        f"{counts.small} / {counts.medium} / {counts.large}" if has_boxes else none,
        f"{point.villages_by_plan} / {point.villages_as_today}",
        point_people(teller, point),
        teller.number(point.parcels_per_week),
        day_list(teller, point.delivery_days),
        " / ".join((*costs, fees)),
    )


def point_people(teller: Teller, point: PickupPointRow) -> str:
    """Return the inhabitants who collect at a point, unless they tell of a small village."""
    if point.pickup_point in withheld_people(teller.bundle, teller.few).points:
        return teller.say("word.withheld")
    return teller.people(point.inhabitants)


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
    if point.pickup_point in points_hidden(teller.bundle.metrics, teller.few):
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
