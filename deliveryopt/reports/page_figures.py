"""Sections of the page about figures: the four at the top, distances, trips and climate."""

from deliveryopt.plan.figures import DistanceClass, Metrics
from deliveryopt.reports.blocks import Paragraphs, Section, Table, heads, paired_chart, row
from deliveryopt.reports.formats import km, money, number, percent, signed
from deliveryopt.reports.home_counts import num_parcel_runs
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.small_villages import withheld_people


def distance_section(teller: Teller) -> Section:
    """Return the section on distances and times."""
    say, metrics, today = teller.say, teller.bundle.metrics, teller.bundle.today
    labels = [_class_label(teller, item) for item in metrics.inhabitants_by_distance]
    before = [item.inhabitants for item in today.inhabitants_by_distance]
    after = [item.inhabitants for item in metrics.inhabitants_by_distance]
    classes = list(zip(labels, before, after, strict=True))
    classes.append((say("distance.none"), today.inhabitants_without, metrics.inhabitants_without))
    if withheld_people(teller.bundle, teller.few).distances:
        hidden = Paragraphs((say("distance.hidden"),), "note")
        times = say("distance.by_plan_vans" if metrics.vans.parcels else "distance.by_plan_only")
        blocks = (hidden, _distance_measures(teller), Paragraphs((times,), "note"))
        return Section("distance", say("section.distance"), blocks)
    chart = paired_chart(
        [(label, now, plan) for label, now, plan in classes],
        title=say("distance.chart_title"),
        text=say("distance.chart_text"),
        legend=(("now", say("word.today")), ("plan", say("word.plan"))),
    )
    table = Table(
        say("distance.caption"),
        heads("-nn", say("distance.class"), say("word.today"), say("word.plan")),
        tuple(
            row("-nn", label, teller.people(now), teller.people(plan))
            for label, now, plan in classes
        ),
    )
    times = "distance.by_plan_vans" if metrics.vans.parcels else "distance.by_plan_only"
    told = (say(times),) if teller.internal else (say("sure.few"), say(times))
    notes = Paragraphs(told, "note")
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
    operators = "climate.co2_operators"
    measures = [
        ("climate.trips", today.resident_trips_per_week, metrics.resident_trips_per_week),
        ("climate.car_km", today.resident_car_km_per_week, metrics.resident_car_km_per_week),
        ("climate.walk_km", today.resident_walk_km_per_week, metrics.resident_walk_km_per_week),
        ("climate.detour_km", today.detour_km_per_week, metrics.detour_km_per_week),
    ]
    if teller.bundle.scenario.vans:
        measures.append(("climate.van_km", today.vans.km, metrics.vans.km))
        operators = "climate.co2_operators_vans"
    residents = (today.co2_residents_kg_per_week, metrics.co2_residents_kg_per_week)
    measures += [
        ("climate.co2_residents", *residents),
        (operators, today.co2_operators_kg_per_week, metrics.co2_operators_kg_per_week),
        ("climate.co2", today.co2_kg_per_week, metrics.co2_kg_per_week),
    ]
    table = Table(
        say("climate.caption"),
        heads("-nn", say("climate.measure"), say("word.today"), say("word.plan")),
        tuple(
            row("-nn", say(key), teller.number(now, 1), teller.number(planned, 1))
            for key, now, planned in measures
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
                runs=teller.counted("count.run", num_parcel_runs(metrics)),
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
