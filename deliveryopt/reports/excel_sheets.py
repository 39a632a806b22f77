"""The sheets of the workbook: the one that explains the others, and the main figures."""

from collections.abc import Callable, Sequence
from typing import Final

from deliveryopt.plan.figures import Metrics
from deliveryopt.reports.excel_homes import home_sheets
from deliveryopt.reports.excel_places import place_sheets
from deliveryopt.reports.excel_runs import run_sheets
from deliveryopt.reports.excel_sums import sum_sheets
from deliveryopt.reports.excel_trust import trust_sheets
from deliveryopt.reports.excel_unserved import unserved_sheets
from deliveryopt.reports.home_counts import num_parcel_runs
from deliveryopt.reports.sentences import Teller, goal_sentences, proof_sentences
from deliveryopt.reports.sentences_of_ways import sek_per_year
from deliveryopt.reports.small_villages import told_villages
from deliveryopt.reports.workbook_parts import (
    Cell,
    Change,
    Row,
    SheetTable,
    count,
    money,
    people,
    share,
    tenths,
    text,
    withheld,
)

Measure = tuple[str, Callable[[Metrics], Cell]]
_CHANGE: Final = Change(3, 2)


def sheet_tables(teller: Teller) -> list[SheetTable]:
    """Return every sheet of the workbook, the one that explains the others first."""
    sheets = [
        _summary(teller),
        *sum_sheets(teller),
        *home_sheets(teller),
        *place_sheets(teller),
        *unserved_sheets(teller),
        *run_sheets(teller),
        *trust_sheets(teller),
    ]
    return [_read_me(teller, sheets), *sheets]


def _read_me(teller: Teller, sheets: Sequence[SheetTable]) -> SheetTable:
    """Return the sheet that explains the others."""
    say, scenario = teller.say, teller.bundle.scenario
    told_of = [
        (say("excel.what"), say("excel.what_is")),
        (say("excel.title"), teller.title),
        (say("excel.week"), say("page.week", date=scenario.week_start.isoformat())),
    ]
    if teller.internal:
        told_of.insert(0, (say("excel.secrecy"), say("page.internal")))
    told_of += [(say("excel.goal"), line) for line in goal_sentences(teller)]
    told_of += [(say("section.proof"), line) for line in proof_sentences(teller)]
    notes = [
        say("excel.note_money"),
        say("excel.note_week"),
        say("excel.note_share"),
        say("excel.note_clock"),
        say("excel.note_formula"),
        say("excel.note_points"),
        say("excel.note_covered", reach=teller.reach),
        say("cost.payer_note"),
    ]
    if not teller.internal:
        notes += [say("sure.few"), say("excel.note_withheld", withheld=say("word.withheld"))]
        notes += [say("homes.few")] if scenario.homes else []
        if any(one.is_joined for one in told_villages(teller.bundle)):
            notes.append(say("villages.joined"))
    told_of += [(say("excel.notes"), note) for note in notes]
    told_of += [(sheet.name, sheet.about) for sheet in sheets]
    return SheetTable(
        name=say("excel.sheet_read_me"),
        about="",
        heads=(say("excel.subject_head"), say("excel.text_head")),
        rows=tuple((text(about), Cell(line, "long")) for about, line in told_of),
    )


def _summary(teller: Teller) -> SheetTable:
    """Return the figures of today and of the plan, and the change."""
    say, bundle = teller.say, teller.bundle
    rows = [
        (text(say(key)), text(say(unit)), measure(bundle.today), measure(bundle.metrics), _CHANGE)
        for unit, listed in (
            ("excel.unit_people", _of_people(teller)),
            ("excel.unit_share", _of_shares(teller)),
            ("excel.unit_km", _of_km()),
            ("excel.unit_number", _of_counts(teller)),
            ("excel.unit_km_week", _of_driving(teller)),
            ("excel.unit_kg_week", _of_co2(teller)),
        )
        for key, measure in listed
    ]
    return SheetTable(
        name=say("excel.sheet_summary"),
        about=say("excel.about_summary"),
        heads=(
            say("cost.key"),
            say("excel.unit"),
            say("word.today"),
            say("word.plan"),
            say("excel.change"),
        ),
        rows=(*_of_money(teller), *rows),
    )


def _of_money(teller: Teller) -> list[Row]:
    """Return what it costs; the year is that of the comparison."""
    say, change = teller.say, teller.bundle.comparison
    today, plan = teller.bundle.today, teller.bundle.metrics
    weeks = (today.cost_ore_per_week, plan.cost_ore_per_week)
    years = [Cell(sek_per_year(ore), "money") for ore in weeks]
    per_new = Cell(change.cost_above_today_sek_per_newly_covered_year, "money")
    parcels_today, parcels_plan = (money(one.cost_ore_per_parcel) for one in (today, plan))
    if teller.bundle.scenario.homes and not teller.internal:
        parcels_today = parcels_plan = withheld(teller)  # they tell what home orders cost
    week, year = text(say("excel.sek_week")), text(say("excel.sek_year"))
    rows: list[Row] = [
        (text(say("excel.cost")), week, *(money(ore) for ore in weeks), _CHANGE),
        (text(say("excel.cost")), year, *years, _CHANGE),
        (
            text(say("cost.per_parcel")),
            text(say("excel.sek")),
            parcels_today,
            parcels_plan,
            _CHANGE,
        ),
        (text(say("excel.per_new")), year, text(None), text(None), per_new),
    ]
    if teller.bundle.scenario.homes and teller.internal:
        homes = (money(one.cost_ore_per_home_delivery) for one in (today, plan))
        rows.append((text(say("excel.per_home")), text(say("excel.sek")), *homes, _CHANGE))
    return rows


def _of_people(teller: Teller) -> list[Measure]:
    """Return whom the plan reaches."""
    measures: list[Measure] = [
        ("excel.people", lambda one: people(teller, one.inhabitants)),
        ("excel.covered", lambda one: people(teller, one.covered_inhabitants)),
    ]
    if teller.bundle.metrics.coverage_65_share is not None:
        measures += [
            ("villages.old", lambda one: people(teller, one.inhabitants_65)),
            ("excel.covered_65", lambda one: people(teller, one.covered_inhabitants_65)),
        ]
    return measures


def _of_shares(teller: Teller) -> list[Measure]:
    """Return shares of people and compartments."""
    measures: list[Measure] = [("excel.coverage", lambda one: share(one.coverage_share))]
    if teller.bundle.metrics.coverage_65_share is not None:
        measures.append(("excel.coverage_65", lambda one: share(one.coverage_65_share)))
    return [*measures, ("use.mean", lambda one: share(one.box_mean_use_share))]


def _of_km() -> list[Measure]:
    """Return distances to pickup points."""
    return [
        ("distance.mean", lambda one: tenths(one.mean_distance_km)),
        ("distance.p90", lambda one: tenths(one.p90_distance_km)),
        ("distance.worst", lambda one: tenths(one.worst_distance_km)),
    ]


def _of_counts(teller: Teller) -> list[Measure]:
    """Return what stands and drives."""
    measures: list[Measure] = [
        ("section.villages", lambda one: count(one.villages)),
        ("excel.covered_villages", lambda one: count(one.covered_villages)),
        ("points.boxes", lambda one: count(one.boxes)),
        ("excel.sites", lambda one: count(one.sites_opened)),
        ("excel.compartments", lambda one: count(one.compartments)),
        ("points.parcels", lambda one: count(one.parcels_per_week)),
        ("excel.parcels_by_plan", lambda one: count(one.parcels_by_plan_per_week)),
        ("excel.runs", lambda one: count(num_parcel_runs(one))),
        ("excel.visits", lambda one: count(one.services_per_week)),
    ]
    if teller.bundle.scenario.vans:
        measures.append(("excel.vans_used", lambda one: count(one.vans.vans_used)))
    return measures


def _of_driving(teller: Teller) -> list[Measure]:
    """Return what residents, runs and vans drive."""
    measures: list[Measure] = [
        ("climate.car_km", lambda one: tenths(one.resident_car_km_per_week)),
        ("climate.walk_km", lambda one: tenths(one.resident_walk_km_per_week)),
        ("climate.detour_km", lambda one: tenths(one.detour_km_per_week)),
    ]
    if teller.bundle.scenario.vans:
        measures.append(("climate.van_km", lambda one: tenths(one.vans.km)))
    return measures


def _of_co2(teller: Teller) -> list[Measure]:
    """Return carbon dioxide."""
    vans = teller.bundle.scenario.vans
    operators = "climate.co2_operators_vans" if vans else "climate.co2_operators"
    return [
        ("climate.co2_residents", lambda one: tenths(one.co2_residents_kg_per_week)),
        (operators, lambda one: tenths(one.co2_operators_kg_per_week)),
        ("climate.co2", lambda one: tenths(one.co2_kg_per_week)),
    ]
