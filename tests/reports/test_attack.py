"""Counts of home orders withstand a reader who takes every printed number for an equation."""

from html.parser import HTMLParser
from typing import Final

import pytest
from ortools.math_opt.python import mathopt

from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.formats import FEW
from deliveryopt.reports.home_amounts import About, cost_of_home_delivery, cost_of_parcel
from deliveryopt.reports.home_counts import DOOR, HOWS, home_counts
from deliveryopt.reports.html import html_text
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.sentences_of_homes import how_label, upper, used_hows
from deliveryopt.reports.suppression import EXACT
from tests.reports.bundles import (
    busy_van_bundle,
    homes_bundle,
    many_homes_bundle,
    only_vans_bundle,
)


class Tables(HTMLParser):
    """Collects the tables of a page by their captions: rows of cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._caption, self._rows, self._in = "", list[list[str]](), ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        del attrs
        if tag == "table":
            self._caption, self._rows = "", []
        if tag == "tr":
            self._rows.append([])
        if tag in {"td", "th"} and self._rows:
            self._rows[-1].append("")
        if tag in {"td", "th", "caption"}:
            self._in = tag

    def handle_endtag(self, tag: str) -> None:
        """End a cell or a table."""
        if tag in {"td", "th", "caption"}:
            self._in = ""
        if tag == "table":
            self.tables[self._caption] = self._rows

    def handle_data(self, data: str) -> None:
        """Keep text of a caption or a cell."""
        if self._in == "caption":
            self._caption += data
        elif self._in and self._rows:
            self._rows[-1][-1] += data


HIDDEN_COUNT: Final = "visas inte"
FEW_COUNT: Final = f"färre än {FEW}"
MOST: Final = 10_000.0


class Reader:
    """One who knows everything that a Swedish report prints of home orders, and can count.

    What becomes of orders by the plan and today are unknown numbers; every printed number is an
    equation. The least and the most that each may be come from two linear programmes.
    """

    def __init__(self, *bundles: Bundle) -> None:
        self.model = mathopt.Model()
        self.counts: list[dict[str, mathopt.Variable]] = []
        self.todays: list[dict[str, mathopt.Variable]] = []
        for bundle in bundles:
            self._read(bundle)

    def _read(self, bundle: Bundle) -> None:
        """Put what one report prints into equations."""
        model = self.model
        plan = {how: model.add_variable(lb=0.0, ub=MOST) for how in HOWS}
        today = {how: model.add_variable(lb=0.0, ub=MOST) for how in HOWS}
        self.counts.append(plan)
        self.todays.append(today)
        model.add_linear_constraint(sum(plan.values()) == sum(today.values()))
        tables = Tables(html_text(bundle, "sv")).tables
        labels = _labels(bundle)
        for table, rows in tables.items():
            if table.startswith("Hemsändningar i veckan efter hur"):
                for label, *cells in rows[1:]:
                    for column, cell in zip((today, plan), cells, strict=True):
                        self._tell(sum(column[how] for how in labels[label]), cell)
            if table.startswith("Vem som betalar för leveranser"):
                self._deliveries(rows, today, plan)
            if table == "Turer som kör paket, per vecka":
                self._parts(rows, "Hemsändningar", plan["by_run"])
            if table.startswith("Skåpbilar dag för dag"):
                self._parts(rows, "Hemsändningar", plan["by_van"])
            if table.startswith("Hemsändningar som ingen"):
                self._parts(rows, rows[0][-1], plan["unserved"])

    def _deliveries(
        self,
        rows: list[list[str]],
        today: dict[str, mathopt.Variable],
        plan: dict[str, mathopt.Variable],
    ) -> None:
        """Read how many come to the door at the municipality's expense: at most all that do."""
        _, *cells = rows[1]
        for column, cell in zip((today, plan), cells, strict=True):
            if cell.isdigit():
                self.model.add_linear_constraint(sum(column[how] for how in DOOR) >= float(cell))

    def _tell(self, told: mathopt.LinearTypes, cell: str) -> None:
        """Put one printed count into an equation."""
        if cell == FEW_COUNT:
            self.model.add_linear_constraint(told >= 1.0)
            self.model.add_linear_constraint(told <= FEW - 1.0)
        elif cell == HIDDEN_COUNT:
            self.model.add_linear_constraint(told >= 1.0)
        else:
            self.model.add_linear_constraint(told == float(cell.replace("\u00a0", "")))

    def _parts(self, rows: list[list[str]], head: str, whole: mathopt.Variable) -> None:
        """Put the counts of a column, parts of a whole, into equations."""
        column = rows[0].index(head)
        parts = []
        for cells in rows[1:]:
            part = self.model.add_variable(lb=0.0, ub=MOST)
            self._tell(part, cells[column])
            parts.append(part)
        self.model.add_linear_constraint(whole >= sum(parts))

    def range_of(self, count: mathopt.LinearTypes) -> tuple[int, int]:
        """Return the least and the most that a count may be, for all that is printed."""
        ends = []
        for is_most in (False, True):
            self.model.set_objective(count, is_maximize=is_most)
            solved = mathopt.solve(self.model, mathopt.SolverType.GLOP)
            assert solved.termination.reason == mathopt.TerminationReason.OPTIMAL
            ends.append(solved.objective_value())
        return round(ends[0] + 0.499), round(ends[1] - 0.499)


def _labels(bundle: Bundle) -> dict[str, tuple[str, ...]]:
    """Return which ends a printed row counts."""
    teller, counts = teller_of(bundle, "sv"), home_counts(bundle)
    used = used_hows(counts)
    blocks = {upper(how_label(teller, block, within=used)): block for block in counts.hows}
    return blocks | {"Alla hemsändningar": HOWS}


MANY: Final = [
    many_homes_bundle(by_run=by_run, as_today=as_today, unserved=unserved, in_box=in_box)
    for by_run, as_today, unserved, in_box in (
        *((8, 6, 7, False), (8, 9, 0, True), (9, 6, 0, True), (2, 6, 9, False)),
        *((3, 3, 8, True), (12, 1, 2, False), (6, 2, 5, True), (1, 14, 3, True)),
    )
]
ATTACKED: Final = [*MANY, homes_bundle(), only_vans_bundle(), busy_van_bundle()]


@pytest.mark.parametrize("bundle", ATTACKED)
def test_a_linear_programme_finds_no_small_count(bundle: Bundle) -> None:
    reader = Reader(bundle)
    for exact, told in (
        (home_counts(bundle).plan, reader.counts[0]),
        (home_counts(bundle).today, reader.todays[0]),
    ):
        for how in HOWS:
            least, most = reader.range_of(told[how])

            assert least <= exact[how] <= most, "the reader's equations hold"
            if 0 < exact[how] < FEW:
                assert least <= 1
                assert most >= FEW - 1


def _many(counts: dict[str, int]) -> Bundle:
    """Return the small world with so many orders by run, as today and unserved."""
    by_run, as_today, unserved = (counts[name] for name in ("by_run", "as_today", "unserved"))
    return many_homes_bundle(by_run=by_run, as_today=as_today, unserved=unserved)


@pytest.mark.parametrize("change", [{"by_run": 1}, {"as_today": 1}, {"unserved": 1}])
@pytest.mark.parametrize(
    "counts",
    [
        {"by_run": 8, "as_today": 6, "unserved": 3},
        {"by_run": 9, "as_today": 2, "unserved": 7},
        {"by_run": 3, "as_today": 9, "unserved": 9},
        {"by_run": 4, "as_today": 4, "unserved": 4},
    ],
)
def test_two_reports_that_differ_by_one_order_do_not_tell_a_small_count(
    counts: dict[str, int], change: dict[str, int]
) -> None:
    more = {name: count + change.get(name, 0) for name, count in counts.items()}
    pair = (_many(counts), _many(more))
    reader = Reader(*pair)
    grown = {how: reader.model.add_variable(lb=0.0, ub=1.0) for how in HOWS}
    reader.model.add_linear_constraint(sum(grown.values()) == 1.0)  # the reader knows of one more
    for how in HOWS:
        more_orders = reader.counts[1][how] - reader.counts[0][how]
        reader.model.add_linear_constraint(more_orders - grown[how] == 0.0)

    for told, bundle in zip(reader.counts, pair, strict=True):
        for how, exact in home_counts(bundle).plan.items():
            least, most = reader.range_of(told[how])

            assert least <= exact <= most
            if 0 < exact < FEW:
                assert least < most


def test_the_cost_of_a_parcel_does_not_tell_what_few_orders_cost() -> None:
    for bundle in ATTACKED:
        counts = home_counts(bundle)
        metrics = bundle.metrics
        told = cost_of_parcel(bundle, counts, plan=True)
        hidden = [how for how in HOWS if counts.hides(how, plan=True)]
        if not hidden or told is None or told == "withheld":
            continue
        parcels = metrics.parcels_per_week - metrics.parcels_without_per_week

        assert isinstance(told, About)
        assert told.ore % 100 == 0
        assert parcels * 1_000 >= (FEW - 1) * 50_000, "ten kronor a parcel hide four orders"


def test_the_cost_of_a_delivery_to_the_door_is_told_where_all_deliveries_are() -> None:
    open_bundle, hidden_bundle = many_homes_bundle(), homes_bundle()
    each = cost_of_home_delivery(open_bundle, home_counts(open_bundle), plan=True)

    assert each == open_bundle.metrics.cost_ore_per_home_delivery
    assert cost_of_home_delivery(hidden_bundle, home_counts(hidden_bundle), plan=True) == "withheld"
    inside = home_counts(hidden_bundle, EXACT)
    exact = hidden_bundle.metrics.cost_ore_per_home_delivery
    assert cost_of_home_delivery(hidden_bundle, inside, plan=True) == exact
