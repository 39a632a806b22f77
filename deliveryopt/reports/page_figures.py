"""Sections of the page about figures: runs, cost, distances, trips and climate."""

from deliveryopt.plan.figures import DistanceClass, Metrics, RunRow
from deliveryopt.reports.blocks import Cell, Paragraphs, Section, Table, heads, paired_chart, row
from deliveryopt.reports.formats import clean, km, money, number, people, percent, signed
from deliveryopt.reports.page_places import day_list
from deliveryopt.reports.sentences import Teller

_RUNS = "-----nnnnnnn"
_ITEMS = ("boxes", "sites", "fees", "services", "carrying", "resident_trips", "co2")
_PAYERS = ("municipality", "region", "carrier", "residents")


def runs_section(teller: Teller, sheets_folder: str) -> Section:
    """Return the section on runs that carry parcels."""
    say, metrics = teller.say, teller.bundle.metrics
    title = say("section.runs")
    if not metrics.run_rows:
        return Section("runs", title, (Paragraphs((say("runs.none"),)),))
    names = (
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
    table = Table(
        say("runs.caption"),
        heads(_RUNS, *(say.of("runs", name) for name in names)),
        tuple(_run_row(teller, item) for item in metrics.run_rows),
    )
    notes = (say("runs.note"), say("runs.sheets", folder=sheets_folder))
    return Section("runs", title, (table, Paragraphs(notes, "note")))


def _run_row(teller: Teller, run: RunRow) -> tuple[Cell, ...]:
    """Return the cells of one run."""
    say = teller.say
    room = say("runs.no_limit")
    if run.capacity_parcels is not None:
        room = teller.number(run.capacity_parcels)
    budget = teller.number(run.delay_budget_min, 1)
    return row(
        _RUNS,
        teller.names.runs[run.run],
        say.of("run_kind", run.kind),
        clean(run.operator) or say("word.none"),
        say.of("payer", run.payer),
        day_list(teller, run.days),
        teller.number(run.services_per_week),
        teller.number(run.parcels_per_week),
        say("runs.of", value=teller.number(run.peak_parcels), limit=room),
        teller.number(run.extra_min_per_week, 1),
        say("runs.of", value=teller.number(run.delay_min_max, 1), limit=budget),
        teller.number(run.detour_km_per_week, 1),
        teller.money_plain(run.cost_ore_per_week),
    )


def cost_section(teller: Teller) -> Section:
    """Return the section on cost: against today, by item and by payer."""
    notes = (teller.say("cost.payer_note"), teller.say("sure.rounded"))
    blocks = (_key_costs(teller), _by_item(teller), _by_payer(teller), Paragraphs(notes, "note"))
    return Section("cost", teller.say("section.cost"), blocks)


def _key_costs(teller: Teller) -> Table:
    """Return the cost against today."""
    say, change, language = teller.say, teller.bundle.comparison, teller.language
    above_ore = change.cost_above_today_ore_per_week
    per_new = change.cost_above_today_sek_per_newly_covered_year
    per_parcel = teller.bundle.metrics.cost_ore_per_parcel
    none = say("word.none")
    rows = (
        (say("cost.above_week"), signed(teller.money(above_ore, 2), above_ore)),
        (
            say("cost.above_year"),
            signed(money(change.cost_above_today_sek_per_year, language), above_ore),
        ),
        (say("cost.per_new"), none if per_new is None else money(per_new, language)),
        (say("cost.per_parcel"), none if per_parcel is None else teller.money(per_parcel, 2)),
    )
    return Table(
        say("cost.key_caption"),
        heads("-n", say("cost.key"), say("cost.value")),
        tuple(row("-n", *cells) for cells in rows),
    )


def _by_item(teller: Teller) -> Table:
    """Return the cost by item, today and by the plan."""
    say, metrics, today = teller.say, teller.bundle.metrics, teller.bundle.today
    counted = {"resident_trips": metrics.resident_trips_counted, "co2": metrics.co2_counted}
    rows = [
        row(
            "-nn-",
            say.of("item", item),
            teller.money_plain(getattr(today.cost_by_item, f"{item}_ore")),
            teller.money_plain(getattr(metrics.cost_by_item, f"{item}_ore")),
            say("word.yes" if counted.get(item, True) else "word.no"),
        )
        for item in _ITEMS
    ]
    total = row(
        "-nn-",
        say("cost.total"),
        teller.money_plain(today.cost_ore_per_week),
        teller.money_plain(metrics.cost_ore_per_week),
        "",
    )
    names = (say("cost.item"), say("word.today"), say("word.plan"), say("cost.counted"))
    return Table(say("cost.by_item"), heads("-nn-", *names), (*rows, total), last_is_total=True)


def _by_payer(teller: Teller) -> Table:
    """Return the cost by payer, today and by the plan."""
    say, metrics, today = teller.say, teller.bundle.metrics, teller.bundle.today
    return Table(
        say("cost.by_payer"),
        heads("-nn", say("cost.payer"), say("word.today"), say("word.plan")),
        tuple(
            row(
                "-nn",
                _upper(say.of("payer", payer)),
                teller.money_plain(getattr(today.cost_by_payer, f"{payer}_ore")),
                teller.money_plain(getattr(metrics.cost_by_payer, f"{payer}_ore")),
            )
            for payer in _PAYERS
        ),
    )


def _upper(text: str) -> str:
    """Return a text with its first letter upper."""
    return text[:1].upper() + text[1:]


def distance_section(teller: Teller) -> Section:
    """Return the section on distances and times."""
    say, metrics, today = teller.say, teller.bundle.metrics, teller.bundle.today
    labels = [_class_label(teller, item) for item in metrics.inhabitants_by_distance]
    before = [item.inhabitants for item in today.inhabitants_by_distance]
    after = [item.inhabitants for item in metrics.inhabitants_by_distance]
    classes = list(zip(labels, before, after, strict=True))
    classes.append((say("distance.none"), today.inhabitants_without, metrics.inhabitants_without))
    chart = paired_chart(
        [(label, now, plan) for label, now, plan in classes],
        title=say("distance.chart_title"),
        text=say("distance.chart_text"),
        legend=(("now", say("word.today")), ("plan", say("word.plan"))),
    )
    language = teller.language
    table = Table(
        say("distance.caption"),
        heads("-nn", say("distance.class"), say("word.today"), say("word.plan")),
        tuple(
            row("-nn", label, people(now, language), people(plan, language))
            for label, now, plan in classes
        ),
    )
    notes = Paragraphs((say("sure.few"), say("distance.by_plan_only")), "note")
    return Section(
        "distance", say("section.distance"), (chart, table, _distance_measures(teller), notes)
    )


def _class_label(teller: Teller, distance: DistanceClass) -> str:
    """Return what a class of distance is called."""
    from_km = teller.number(distance.from_km)
    if distance.to_km is None:
        return teller.say("distance.over", from_km=from_km)
    to_km = teller.number(distance.to_km)
    return teller.say("distance.between", from_km=from_km, to_km=to_km)


def _distance_measures(teller: Teller) -> Table:
    """Return means and extremes of distance and time."""
    say, today, metrics = teller.say, teller.bundle.today, teller.bundle.metrics

    def told(figures: Metrics, name: str, decimals: int) -> str:
        value = getattr(figures, name)
        return say("word.none") if value is None else teller.number(value, decimals)

    def worst(figures: Metrics) -> str:
        village = figures.worst_village
        return say("word.none") if village is None else teller.names.villages[village]

    measures = (
        ("distance.mean", "mean_distance_km", 1),
        ("distance.p90", "p90_distance_km", 1),
        ("distance.worst", "worst_distance_km", 1),
        ("distance.lead_mean", "lead_days_mean", 1),
        ("distance.lead_max", "lead_days_max", 0),
    )
    rows = [
        row("-nn", say(key), told(today, name, decimals), told(metrics, name, decimals))
        for key, name, decimals in measures
    ]
    rows.insert(3, row("-nn", say("distance.worst_village"), worst(today), worst(metrics)))
    return Table(
        say("distance.measures"),
        heads("-nn", say("climate.measure"), say("word.today"), say("word.plan")),
        tuple(rows),
    )


def climate_section(teller: Teller) -> Section:
    """Return the section on residents' trips, detours and carbon dioxide."""
    say, today, metrics = teller.say, teller.bundle.today, teller.bundle.metrics
    measures = (
        ("climate.trips", "resident_trips_per_week"),
        ("climate.car_km", "resident_car_km_per_week"),
        ("climate.walk_km", "resident_walk_km_per_week"),
        ("climate.detour_km", "detour_km_per_week"),
        ("climate.co2_residents", "co2_residents_kg_per_week"),
        ("climate.co2_operators", "co2_operators_kg_per_week"),
        ("climate.co2", "co2_kg_per_week"),
    )
    table = Table(
        say("climate.caption"),
        heads("-nn", say("climate.measure"), say("word.today"), say("word.plan")),
        tuple(
            row(
                "-nn",
                say(key),
                teller.number(getattr(today, name), 1),
                teller.number(getattr(metrics, name), 1),
            )
            for key, name in measures
        ),
    )
    share = percent(teller.bundle.scenario.rates.dedicated_trip_share, teller.language)
    note = Paragraphs((say("climate.note", share=share),), "note")
    return Section("climate", say("section.climate"), (table, note))


def big_figures(teller: Teller) -> tuple[tuple[str, str, str], ...]:
    """Return the four figures at the top: heading, value and a note that tells today's."""
    say, language = teller.say, teller.language
    metrics, today, change = teller.bundle.metrics, teller.bundle.today, teller.bundle.comparison
    above_ore = change.cost_above_today_ore_per_week
    more = number(change.newly_covered_inhabitants, language)
    driving = change.resident_car_km_per_week_change
    return (
        (
            say("figure.coverage", reach=teller.reach),
            percent(metrics.coverage_share, language),
            say(
                "figure.coverage_note",
                share=percent(today.coverage_share, language),
                people=more,
            ),
        ),
        (
            say("figure.cost"),
            teller.money(metrics.cost_ore_per_week),
            say(
                "figure.cost_note",
                today=teller.money(today.cost_ore_per_week),
                year=signed(money(change.cost_above_today_sek_per_year, language), above_ore),
            ),
        ),
        (
            say("figure.boxes"),
            teller.number(metrics.boxes),
            say(
                "figure.boxes_note",
                sites=teller.counted("count.site", metrics.sites_opened),
                runs=teller.counted("count.run", metrics.runs_used),
            ),
        ),
        (
            say("figure.driving"),
            km(metrics.resident_car_km_per_week, language, decimals=0),
            say(
                "figure.driving_note",
                today=km(today.resident_car_km_per_week, language, decimals=0),
                change=signed(km(driving, language, decimals=0), driving),
            ),
        ),
    )
