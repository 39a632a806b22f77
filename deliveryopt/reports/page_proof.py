"""Sections of the page about trust: what is proven, what is assumed, and where data come from."""

from deliveryopt.reports.blocks import Block, Bullets, Paragraphs, Section, Table, heads, row
from deliveryopt.reports.formats import clean, percent, percent_at_most
from deliveryopt.reports.sentences import Teller, cut_lists, proof_sentences, sure_sentences
from deliveryopt.reports.sentences_of_homes import homes_assumed

_LONGEST = 300


def proof_section(teller: Teller) -> Section:
    """Return the section on what is proven and what is not."""
    say = teller.say
    blocks: list[Block] = [Paragraphs(tuple(proof_sentences(teller))), _proof_table(teller)]
    cut = cut_lists(teller)
    if cut:
        blocks.append(Bullets(say("proof.cut"), tuple(cut)))
    not_known = (*sure_sentences(teller), *homes_assumed(teller), say("sure.week"))
    blocks.append(Bullets(say("proof.not_known"), not_known))
    return Section("proof", say("section.proof"), tuple(blocks))


def _proof_table(teller: Teller) -> Table:
    """Return the proof in figures."""
    say, proof, language = teller.say, teller.bundle.proof, teller.language
    none = say("word.none")
    optimal = proof.status == "OPTIMAL"
    coverage_first = teller.bundle.scenario.goal.kind == "greatest_coverage"

    def limited(what: str) -> str:
        """Return what is proven, with the words that it holds for what was enumerated only."""
        return say("proof.of_enumerated", what=what) if proof.truncated else what

    rows = [
        (
            say("proof.status"),
            limited(say("proof.status_optimal")) if optimal else say("proof.status_feasible"),
        ),
        (say("proof.cost"), teller.money(proof.cost_ore_per_week, 2)),
        (
            limited(say("proof.bound_coverage" if coverage_first else "proof.bound")),
            none if proof.bound_ore_per_week is None else teller.money(proof.bound_ore_per_week, 2),
        ),
        (
            limited(say("proof.gap")),
            none if proof.gap is None else percent_at_most(proof.gap, language),
        ),
    ]
    if coverage_first:
        bound = proof.coverage_bound_share
        share = teller.bundle.metrics.weighted_coverage_share
        rows += [
            (say("proof.coverage"), percent(share, language)),
            (
                limited(say("proof.coverage_at_most")),
                none if bound is None else percent_at_most(bound, language, decimals=1),
            ),
        ]
    rows += [
        (say("proof.seconds"), teller.number(proof.seconds, 1)),
        (say("proof.seed"), str(proof.seed)),
    ]
    return Table(
        say("proof.caption"),
        heads("-n", say("cost.key"), say("cost.value")),
        tuple(row("-n", *cells) for cells in rows),
    )


def sources_section(teller: Teller) -> Section:
    """Return the section on where data come from."""
    say = teller.say
    sources = teller.bundle.scenario.sources
    if not sources:
        return Section("sources", say("section.sources"), (Paragraphs((say("sources.none"),)),))
    names = ("name", "licence", "date", "note")
    table = Table(
        say("sources.caption"),
        heads("----", *(say.of("sources", name) for name in names)),
        tuple(
            row(
                "----",
                *(
                    clean(text, longest=_LONGEST) or say("word.none")
                    for text in (source.name, source.licence, source.date, source.note)
                ),
            )
            for source in sources
        ),
    )
    note = Paragraphs((say("assumptions.note"),), "note")
    return Section("sources", say("section.sources"), (table, note))


def about_section(teller: Teller) -> Section:
    """Return the section on how the report was made."""
    say, bundle = teller.say, teller.bundle
    rows = [
        (say("about.scenario"), clean(bundle.scenario.name)),
        (say("about.sha256"), clean(bundle.scenario_sha256)),
        *((clean(name), clean(version)) for name, version in sorted(bundle.proof.versions.items())),
    ]
    table = Table(
        say("about.caption"),
        heads("--", say("about.what"), say("cost.value")),
        tuple(row("--", *cells) for cells in rows),
    )
    return Section(
        "about", say("section.about"), (table, Paragraphs((say("about.leaflet"),), "note"))
    )
