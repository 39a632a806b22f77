"""The decision paper: what is proposed, what it gives and costs, what is proven, and a draft."""

from typing import Final

from deliveryopt.reports.blocks import Block, Cell, Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import km, money, percent
from deliveryopt.reports.home_amounts import AmountRow, payer_rows
from deliveryopt.reports.home_counts import home_counts, num_parcel_runs, public_runs
from deliveryopt.reports.page_cost import payer_label
from deliveryopt.reports.page_parameters import assumptions_section
from deliveryopt.reports.sentences import (
    Teller,
    decision_sentences,
    proof_sentences,
    sure_sentences,
)
from deliveryopt.reports.sentences_of_homes import home_sentences, homes_assumed
from deliveryopt.reports.sentences_of_ways import sek_per_year, usual_sequence_sentences, year_text
from deliveryopt.scenario.defaults import parameters

NUMBERED: Final = "numbered"
"""Style of paragraphs that are points of a proposal, with numbers before them."""
MOST_ASSUMPTIONS: Final = 5
_ABOUT_PLACES: Final = 2
"""The first sentences of a decision: what opens, and what carries the parcels."""
_KNOWN: Final = frozenset({"official", "measured"})
_RATES: Final = (
    "rates.parcels_per_inhabitant_per_year",
    "rates.dedicated_trip_share",
)
_AFTER: Final = ("rules.detour_factor", "rates.max_dwell_days")
_OF_RUNS: Final = ("sek_per_parcel", "sek_per_detour_km", "delay_budget_min")
_OF_HOMES: Final = ("homes.service_min",)


def decision_sections(teller: Teller) -> tuple[Section, ...]:
    """Return the parts of the decision paper; they are short enough for one page."""
    told = decision_sentences(teller)
    proposed = (*told[:_ABOUT_PLACES], *home_sentences(teller))
    gives = (*told[_ABOUT_PLACES:], *usual_sequence_sentences(teller))
    return (
        _section(teller, "paper.proposed", Paragraphs(proposed)),
        _section(
            teller,
            "paper.gives",
            Paragraphs(gives),
            _measures(teller),
            _payers(teller),
            Paragraphs((teller.say("paper.payers_note"),), "note"),
        ),
        _section(teller, "paper.proven", Paragraphs(_proven(teller))),
        _section(teller, "paper.largest", *_largest(teller)),
        _section(
            teller,
            "paper.decide",
            Paragraphs(tuple(_proposal(teller)), NUMBERED),
            Paragraphs((teller.say("paper.decide_note"),), "note"),
        ),
    )


def _section(teller: Teller, key: str, *blocks: Block) -> Section:
    """Return one part of the paper, by the key of its heading."""
    return Section(key.replace(".", "-"), teller.say(key), blocks)


def _measures(teller: Teller) -> Table:
    """Return what changes, today and by the plan."""
    say, language = teller.say, teller.language
    sides = (teller.bundle.today, teller.bundle.metrics)

    def distance(value: float | None) -> str:
        return say("word.none") if value is None else km(value, language)

    def delay(value: float | None) -> str:
        return say("paper.delay_min", min=teller.number(value or 0.0, 1))

    rows = (
        (
            say("figure.coverage", reach=teller.reach),
            [percent(one.coverage_share, language) for one in sides],
        ),
        (say("paper.mean_km"), [distance(one.mean_distance_km) for one in sides]),
        (say("paper.cost_year"), [year_text(teller, one.cost_ore_per_week) for one in sides]),
        (
            say("figure.driving"),
            [km(one.resident_car_km_per_week, language, decimals=0) for one in sides],
        ),
        (
            say("paper.co2"),
            [say("paper.co2_kg", kg=teller.number(one.co2_kg_per_week)) for one in sides],
        ),
        (say("paper.delay"), [delay(one.delay_min_max) for one in sides]),
    )
    return Table(
        say("paper.measures"),
        heads("-nn", say("climate.measure"), say("word.today"), say("word.plan")),
        tuple(row("-nn", label, *values) for label, values in rows),
    )


def _payers(teller: Teller) -> Table:
    """Return who pays, today and by the plan."""
    say = teller.say
    return Table(
        say("paper.payers"),
        heads("-nn", say("cost.payer"), say("word.today"), say("word.plan")),
        tuple(
            row(
                "-nn",
                payer_label(teller, amount),
                teller.number(sek_per_year(amount.today_ore)),
                teller.number(sek_per_year(amount.plan_ore)),
            )
            for amount in _amounts(teller)
        ),
    )


def _amounts(teller: Teller) -> list[AmountRow]:
    """Return the amounts by payer."""
    return payer_rows(teller.bundle, home_counts(teller.bundle, teller.few))


def _proven(teller: Teller) -> tuple[str, str]:
    """Return what is proven, and what is estimated or assumed."""
    say = teller.say
    not_known = (*sure_sentences(teller), *homes_assumed(teller), say("sure.week"))
    told = say("paper.not_known", told=" ".join(not_known))
    return " ".join(proof_sentences(teller)), told


def _largest(teller: Teller) -> list[Block]:
    """Return the assumed numbers that matter most, as they stand in the report."""
    say = teller.say
    rows = _rows_by_name(teller)
    tags = {one.name: one.tag for one in parameters(teller.bundle.scenario)}
    names = [name for name in _important(teller) if name in rows and tags[name] not in _KNOWN]
    if not names:
        return [Paragraphs((say("paper.largest_none"),))]
    columns = ("name", "value", "unit", "range")
    table = Table(
        say("paper.largest_caption"),
        heads("-n-n", *(say.of("assumptions", name) for name in columns)),
        tuple(rows[name][: len(columns)] for name in names[:MOST_ASSUMPTIONS]),
    )
    return [table, Paragraphs((say("paper.largest_note"),), "note")]


def _rows_by_name(teller: Teller) -> dict[str, tuple[Cell, ...]]:
    """Return the rows of the report's tables of assumptions, by the name of the number."""
    say, listed = teller.say, parameters(teller.bundle.scenario)
    groups = dict.fromkeys(one.name.partition(".")[0] for one in listed)
    captions = {say("assumptions.caption", group=say.of("group", name)): name for name in groups}
    rows: dict[str, tuple[Cell, ...]] = {}
    for block in assumptions_section(teller).blocks:
        if isinstance(block, Table):
            group = captions[block.caption]
            names = [one.name for one in listed if one.name.startswith(f"{group}.")]
            rows |= zip(names, block.rows, strict=True)
    return rows


def _important(teller: Teller) -> list[str]:
    """Return the names of the numbers that matter most, the most important first."""
    bundle = teller.bundle
    opened = [
        f"box_types.{one.box_type}.sek_per_year"
        for one in bundle.metrics.boxes_by_type
        if one.boxes
    ]
    kinds = {run.id: run.kind for run in bundle.scenario.runs}
    used = list(dict.fromkeys(kinds[one.run] for one in public_runs(bundle.metrics, teller.few)))
    of_runs = [f"run_kinds.{kind}.{name}" for name in _OF_RUNS for kind in used]
    return [*_RATES, *opened, *_OF_HOMES, *of_runs, *_AFTER]


def _proposal(teller: Teller) -> list[str]:
    """Return the points of a proposal for decision."""
    say, metrics = teller.say, teller.bundle.metrics
    runs, homes = num_parcel_runs(metrics), bool(teller.bundle.scenario.homes)
    told: list[str] = []
    if metrics.boxes:
        told.append(
            say(
                "paper.approve_one" if metrics.boxes == 1 else "paper.approve",
                boxes=teller.counted("count.box", metrics.boxes),
                sites=teller.counted("count.site", metrics.sites_opened),
            )
        )
    if runs or metrics.boxes:
        told.append(say("paper.agree"))
    if homes:
        told.append(say("paper.agree_homes"))
    if not told:
        return [say("paper.nothing")]
    return [*told, *_budget(teller), say("paper.check"), say("paper.follow")]


def _budget(teller: Teller) -> list[str]:
    """Return the point on the municipality's cost, where it is told by itself."""
    for amount in _amounts(teller):
        if amount.names == ("municipality",):
            plan, today = (
                money(sek_per_year(ore), teller.language)
                for ore in (amount.plan_ore, amount.today_ore)
            )
            return [teller.say("paper.budget", plan=plan, today=today)]
    return []
