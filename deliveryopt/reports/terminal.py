"""A summary for the terminal that a council member understands; plain text, no colour."""

import shutil
from typing import Final

from deliveryopt.plan.figures import PickupPointRow
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.formats import MINUS, clean, km, money, percent, signed
from deliveryopt.reports.home_amounts import payer_rows
from deliveryopt.reports.home_counts import home_counts, num_parcel_runs
from deliveryopt.reports.page_cost import lower, payer_label
from deliveryopt.reports.sentences import (
    Teller,
    proof_sentences,
    sites_with_boxes,
    sure_sentences,
    teller_of,
    villages_without,
)
from deliveryopt.reports.sentences_of_homes import homes_assumed
from deliveryopt.reports.terminal_homes import home_lines, way_lines
from deliveryopt.reports.terminal_page import LABEL, NARROWEST, TWO_COLUMNS, WIDEST, Page

_MOST_ROWS: Final = 8


def summary(bundle: Bundle, language: Language, *, width: int | None = None) -> str:
    """Return a summary of a plan against today, about thirty lines.

    Parameters
    ----------
    bundle
        One solved scenario.
    language
        `sv` or `en`.
    width
        Columns to fill, taken between 40 and 80; the terminal's if None.

    Returns
    -------
    str
        Lines without escape codes, none ending in a space.
    """
    columns = shutil.get_terminal_size((WIDEST, 24)).columns if width is None else width
    page = Page(max(NARROWEST, min(WIDEST, columns)))
    teller = teller_of(bundle, language)
    page.title(teller.title)
    _coverage(page, teller)
    _boxes(page, teller)
    _cost(page, teller)
    _transport(page, teller)
    home_lines(page, teller)
    _without(page, teller)
    way_lines(page, teller)
    page.heading(teller.say("summary.sure"))
    for sentence in (*proof_sentences(teller), *sure_sentences(teller), *homes_assumed(teller)):
        page.sentence(sentence)
    return "\n".join(page.lines).replace(MINUS, "-")


def _coverage(page: Page, teller: Teller) -> None:
    """Add who is covered, today and by the plan."""
    say, metrics, today = teller.say, teller.bundle.metrics, teller.bundle.today
    page.heading(say("summary.coverage", reach=teller.reach))
    for label, figures in ((say("word.today"), today), (say("word.plan"), metrics)):
        told = say(
            "summary.share",
            covered=teller.number(figures.covered_inhabitants),
            all=teller.number(figures.inhabitants),
            share=percent(figures.coverage_share, teller.language),
        )
        page.row(label, told)
    if metrics.coverage_65_share is not None and today.coverage_65_share is not None:
        told = say(
            "summary.old_values",
            share_today=percent(today.coverage_65_share, teller.language),
            share=percent(metrics.coverage_65_share, teller.language),
        )
        page.row(say("summary.old"), told)


def _boxes(page: Page, teller: Teller) -> None:
    """Add what opens where."""
    rows = sites_with_boxes(teller.bundle)
    page.heading(teller.say("summary.opens"))
    if not rows:
        page.row(teller.say("word.plan"), teller.say("summary.nothing_opens"))
    for row in rows[:_MOST_ROWS]:
        page.row(clean(teller.names.points[row.pickup_point], longest=LABEL), _box(teller, row))
    if len(rows) > _MOST_ROWS:
        more = teller.say("decide.and_more", count=teller.number(len(rows) - _MOST_ROWS))
        page.row(more, teller.counted("count.box", teller.bundle.metrics.boxes))


def _box(teller: Teller, row: PickupPointRow) -> str:
    """Return the boxes of one site by type."""
    types = (
        f"{opened.boxes} {clean(teller.names.box_types[opened.box_type], longest=LABEL)}"
        for opened in teller.bundle.plan.opened
        if opened.pickup_point == row.pickup_point
    )
    return teller.say(
        "summary.box_line",
        boxes=teller.counted("count.box", row.boxes),
        types=" + ".join(types),
        parcels=teller.counted("count.parcel", row.parcels_per_week),
    )


def _cost(page: Page, teller: Teller) -> None:
    """Add what it costs, above today and by payer."""
    say, bundle, language = teller.say, teller.bundle, teller.language
    change = bundle.comparison
    page.heading(say("summary.cost"))
    both = say(
        "summary.per_week_values",
        today=teller.money(bundle.today.cost_ore_per_week),
        plan=teller.money(bundle.metrics.cost_ore_per_week),
    )
    page.row(say("summary.per_week"), both)
    above_ore = change.cost_above_today_ore_per_week
    above = say(
        "summary.above_values",
        week=signed(teller.money(above_ore), above_ore),
        year=signed(money(change.cost_above_today_sek_per_year, language), above_ore),
    )
    page.row(say("summary.above"), above)
    per_new = change.cost_above_today_sek_per_newly_covered_year
    told = say("summary.per_new_nobody")
    if per_new is not None:
        told = say("summary.per_new_values", sek=money(per_new, language))
    page.row(say("summary.per_new"), told)
    page.heading(say("summary.by_payer"))
    for amount in payer_rows(bundle, home_counts(bundle, teller.few)):
        both = say(
            "summary.per_week_values",
            today=teller.money(amount.today_ore),
            plan=teller.money(amount.plan_ore),
        )
        page.row(lower(payer_label(teller, amount)), both)
    if not bundle.metrics.resident_trips_counted:
        page.row("", say("summary.trips_included")) if page.width >= TWO_COLUMNS else None


def _transport(page: Page, teller: Teller) -> None:
    """Add residents' driving and what the runs carry."""
    say, metrics, language = teller.say, teller.bundle.metrics, teller.language
    page.heading(say("summary.carry"))
    driving = say(
        "summary.per_week_values",
        today=km(teller.bundle.today.resident_car_km_per_week, language, decimals=0),
        plan=km(metrics.resident_car_km_per_week, language, decimals=0),
    )
    page.row(say("summary.car_km"), driving)
    told = say("summary.runs_none")
    if runs := num_parcel_runs(metrics):
        with_homes = teller.bundle.scenario.homes
        told = say(
            "summary.runs_values_homes" if with_homes else "summary.runs_values",
            runs=teller.counted("count.run", runs),
            parcels=teller.counted("count.parcel", metrics.parcels_by_plan_per_week),
            km=km(metrics.detour_km_per_week, language),
            min=teller.number(metrics.extra_min_per_week),
        )
    page.row(say("summary.runs"), told)
    if metrics.delay_min_max is not None:
        minutes = teller.number(metrics.delay_min_max, 1)
        page.row(say("summary.delay"), say("summary.delay_values", min=minutes))


def _without(page: Page, teller: Teller) -> None:
    """Add the villages that are still without a pickup point within reach."""
    say, rows = teller.say, villages_without(teller.bundle, teller.few)
    page.heading(say("summary.without", reach=teller.reach))
    if not rows:
        page.row(say("word.plan"), say("summary.without_none"))
    for row in rows[:_MOST_ROWS]:
        told = say("summary.village_people", people=teller.people(row.inhabitants))
        away_km, point = row.distances_km(plan=True), row.rows[0].pickup_point
        if not away_km or point is None:
            told += say("summary.village_no_road")
        else:
            name = clean(teller.names.points[point], longest=LABEL)
            told += say("summary.village_to", km=km(max(away_km), teller.language), point=name)
        page.row(clean(teller.villages(row.villages), longest=LABEL), told)
    if len(rows) > _MOST_ROWS:
        more = say("summary.and_more", count=teller.number(len(rows) - _MOST_ROWS))
        page.lines.append(f"  {more}")
