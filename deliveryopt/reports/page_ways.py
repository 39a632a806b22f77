"""Section of the page about other ways of delivering the same demand."""

from deliveryopt.plan.figures import Metrics
from deliveryopt.reports.blocks import Block, Cell, Paragraphs, Section, Table, heads, row
from deliveryopt.reports.bundle import Way
from deliveryopt.reports.formats import percent, signed
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import told_text
from deliveryopt.reports.sentences_of_ways import (
    missing_sentences,
    proof_of_way,
    repaired_sentences,
    saving_sentences,
    sek_per_year,
    unserved_told,
)


def ways_sections(teller: Teller) -> tuple[Section, ...]:
    """Return the section on other ways; none if they were not asked for."""
    bundle, say = teller.bundle, teller.say
    if not bundle.ways:
        return ()
    blocks: list[Block] = [Paragraphs(tuple(saving_sentences(teller))), _table(teller)]
    missing = (*missing_sentences(teller), *repaired_sentences(teller))
    if missing:
        blocks.append(Paragraphs(missing))
    meanings = [say.of("way_is", way.name) for way in bundle.ways]
    note = "ways.note" if bundle.scenario.homes else "ways.note_parcels"
    blocks.append(Paragraphs((*meanings, say(note)), "note"))
    return (Section("ways", say("section.ways"), tuple(blocks)),)


def _table(teller: Teller) -> Table:
    """Return the ways side by side."""
    say, with_homes = teller.say, bool(teller.bundle.scenario.homes)
    names = ["way", "week", "year", "above", "coverage", "unserved", "proof"]
    if not with_homes:
        names.remove("unserved")
    numeric = "-" + "n" * (len(names) - 2) + "-"
    return Table(
        say("ways.caption" if with_homes else "ways.caption_parcels"),
        heads(numeric, *(say.of("ways", name) for name in names)),
        tuple(_row(teller, numeric, way) for way in teller.bundle.ways),
    )


def _row(teller: Teller, numeric: str, way: Way) -> tuple[Cell, ...]:
    """Return the cells of one way."""
    none = teller.say("word.none")
    cost_ore, above_ore, figures = (
        way.cost_ore_per_week,
        way.above_together_ore_per_week,
        way.metrics,
    )
    cells = [
        teller.say.of("way", way.name),
        none if cost_ore is None else teller.money_plain(cost_ore),
        none if cost_ore is None else teller.number(sek_per_year(cost_ore)),
        none if above_ore is None else signed(teller.money_plain(above_ore), above_ore),
        none if figures is None else _coverage(teller, figures),
        proof_of_way(teller, way),
    ]
    if teller.bundle.scenario.homes:
        told = unserved_told(teller, way)
        cells.insert(-1, none if told is None else told_text(teller, told))
    return row(numeric, *cells)


def _coverage(teller: Teller, figures: Metrics) -> str:
    """Return the share of residents covered."""
    return percent(figures.coverage_share, teller.language)
