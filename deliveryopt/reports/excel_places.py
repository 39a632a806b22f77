"""The sheets of the workbook about places: villages, pickup points, and how full the boxes are."""

from deliveryopt.plan.figures import PickupPointRow
from deliveryopt.reports.gis import STATUS
from deliveryopt.reports.home_counts import points_hidden
from deliveryopt.reports.page_places import day_list, point_names, use_at_most, yes_no
from deliveryopt.reports.sentences import Teller, sites_with_boxes
from deliveryopt.reports.small_villages import ToldVillage, told_villages, withheld_people
from deliveryopt.reports.workbook_parts import (
    Cell,
    Row,
    SheetTable,
    count,
    money,
    people,
    share,
    shown,
    tenths,
    text,
    totals,
    withheld,
)
from deliveryopt.units import DAYS


def place_sheets(teller: Teller) -> list[SheetTable]:
    """Return the sheets about villages, pickup points and boxes."""
    uses = [_uses(teller)] if sites_with_boxes(teller.bundle) else []
    return [_villages(teller), _points(teller), *uses]


def _villages(teller: Teller) -> SheetTable:
    """Return a row for each village; one of one to four people stands with its neighbour."""
    say = teller.say
    heads = (
        say("villages.village"),
        say("excel.id"),
        say("villages.people"),
        say("villages.old"),
        say("excel.status"),
        say("villages.today"),
        say("villages.today_km"),
        say("villages.covered_today"),
        say("villages.plan"),
        say("villages.plan_km"),
        say("excel.estimate"),
        say("villages.covered"),
        say("villages.parcels"),
        say("villages.cost"),
    )
    rows = tuple(_village(teller, one) for one in told_villages(teller.bundle, teller.few))
    return SheetTable(
        name=say("section.villages"),
        about=say("villages.caption"),
        heads=heads,
        rows=rows,
        totals=totals(say("excel.sum"), heads, rows, {2, 12, 13}),
    )


def _village(teller: Teller, one: ToldVillage) -> Row:
    """Return the cells of one village, or of several that are told together."""
    say, old = teller.say, one.inhabitants_65
    unknown = Cell(say("word.unknown"), "told")
    return (
        text(teller.villages(one.villages)),
        text(" + ".join(one.villages)),
        people(teller, one.inhabitants),
        unknown if old is None else people(teller, old),
        text(say(STATUS[one.coverage])),
        *_collects(teller, one, plan=False),
        text(yes_no(teller, answer=one.covered_today)),
        *_collects(teller, one, plan=True),
        text(yes_no(teller, answer=any(row.distance_is_estimate for row in one.rows))),
        text(yes_no(teller, answer=one.covered)),
        count(one.parcels_per_week),
        money(one.cost_ore_per_week),
    )


def _collects(teller: Teller, one: ToldVillage, *, plan: bool) -> tuple[Cell, Cell]:
    """Return where a village collects and how far away that is, at most."""
    points = [point for point in one.points(plan=plan) if point is not None]
    away_km = one.distances_km(plan=plan)
    return text(point_names(teller, points) or None), tenths(max(away_km, default=None))


def _points(teller: Teller) -> SheetTable:
    """Return a row for each pickup point in use."""
    say = teller.say
    heads = (
        say("points.point"),
        say("excel.id"),
        say("points.kind"),
        say("points.boxes"),
        say("excel.types"),
        say("excel.small"),
        say("excel.medium"),
        say("excel.large"),
        say("excel.villages_by_plan"),
        say("excel.villages_as_today"),
        say("points.people"),
        say("points.parcels"),
        say("excel.visits"),
        say("points.days"),
        say("excel.box_cost"),
        say("excel.site_cost"),
        say("excel.fees"),
    )
    listed = sorted(teller.bundle.metrics.pickup_point_rows, key=lambda row: row.boxes == 0)
    rows = tuple(_point(teller, row) for row in listed)
    return SheetTable(
        name=say("section.boxes"),
        about=say("points.caption"),
        heads=heads,
        rows=rows,
        totals=totals(say("excel.sum"), heads, rows, {3, 11, 12, 14, 15, 16}),
    )


def _is_hidden(teller: Teller, row: PickupPointRow) -> bool:
    """Return whether figures of a pickup point would tell of few home orders."""
    return row.pickup_point in points_hidden(teller.bundle.metrics, teller.few)


def _point(teller: Teller, row: PickupPointRow) -> Row:
    """Return the cells of one pickup point."""
    say = teller.say
    hides_people = row.pickup_point in withheld_people(teller.bundle, teller.few).points
    sizes = (row.compartments.small, row.compartments.medium, row.compartments.large)
    types = (
        f"{opened.boxes} {teller.names.box_types[opened.box_type]}"
        for opened in teller.bundle.plan.opened
        if opened.pickup_point == row.pickup_point
    )
    return (
        text(teller.names.points[row.pickup_point]),
        text(row.pickup_point),
        text(say.of("point_kind", row.kind)),
        count(row.boxes),
        text(" + ".join(types) or None),
        *(count(size if row.boxes else None) for size in sizes),
        count(row.villages_by_plan),
        count(row.villages_as_today),
        withheld(teller) if hides_people else people(teller, row.inhabitants),
        count(row.parcels_per_week),
        count(row.services_per_week),
        text(day_list(teller, row.delivery_days)),
        money(row.boxes_ore_per_week),
        money(row.site_ore_per_week),
        shown(teller, money(row.fees_ore_per_week), may_be=not _is_hidden(teller, row)),
    )


def _uses(teller: Teller) -> SheetTable:
    """Return how full the boxes are, day by day."""
    say = teller.say
    return SheetTable(
        name=say("excel.sheet_uses"),
        about=f"{say('use.caption')}. {say('use.note')}",
        heads=(
            say("points.point"),
            say("excel.compartments"),
            *(say("excel.still", day=say.of("day", day)) for day in DAYS),
            say("use.peak"),
            say("use.mean"),
            say("use.tightest"),
        ),
        rows=tuple(_use(teller, row) for row in sites_with_boxes(teller.bundle)),
    )


def _use(teller: Teller, row: PickupPointRow) -> Row:
    """Return the cells of one site; less of them where its days would tell of few home orders."""
    sizes = row.compartments
    whole = count(sizes.small + sizes.medium + sizes.large)
    days = [tenths(still) for still in row.still_here_parcels]
    uses = [share(row.peak_use_share), share(row.mean_use_share), share(row.tightest_share)]
    if _is_hidden(teller, row):
        peak, tightest = (
            Cell(use_at_most(teller, value), "told")
            for value in (row.peak_use_share, row.tightest_share)
        )
        days, uses = [withheld(teller)] * len(DAYS), [peak, withheld(teller), tightest]
    return (text(teller.names.points[row.pickup_point]), whole, *days, *uses)
