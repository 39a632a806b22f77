"""The page: its heading and its sections, in the order in which a council reads them."""

from deliveryopt.reports.blocks import MapBlock, Page, Paragraphs, Section
from deliveryopt.reports.map_data import HIDDEN_KIND
from deliveryopt.reports.page_cost import cost_section
from deliveryopt.reports.page_explain import unserved_section
from deliveryopt.reports.page_figures import big_figures, climate_section, distance_section
from deliveryopt.reports.page_homes import home_sections
from deliveryopt.reports.page_parameters import assumptions_section
from deliveryopt.reports.page_places import boxes_section, villages_section
from deliveryopt.reports.page_proof import about_section, proof_section, sources_section
from deliveryopt.reports.page_runs import runs_section
from deliveryopt.reports.page_timeline import timeline_sections
from deliveryopt.reports.page_ways import ways_sections
from deliveryopt.reports.sentences import Teller, decision_sentences, goal_sentences
from deliveryopt.reports.sentences_of_homes import home_sentences
from deliveryopt.reports.sentences_of_ways import usual_sequence_sentences

__all__ = ["SYMBOLS", "Page", "build_page"]

SYMBOLS = (
    "kept",
    "gained",
    "without",
    "lost",
    "box",
    "candidate",
    "agent",
    "depot",
    "carrying",
    "detour",
    "passing",
)


def build_page(teller: Teller, sheets_folder: str) -> Page:
    """Return the page of a bundle in one language."""
    say, scenario = teller.say, teller.bundle.scenario
    return Page(
        language=teller.language,
        title=teller.title,
        kind=say("page.kind_homes" if scenario.homes else "page.kind"),
        week=say("page.week", date=scenario.week_start.isoformat()),
        notice=say("page.internal") if teller.internal else "",
        skip=say("page.skip"),
        nav=say("page.nav"),
        goal=tuple(goal_sentences(teller)),
        figures=big_figures(teller),
        sections=(
            _decision_section(teller),
            _map_section(teller),
            villages_section(teller),
            unserved_section(teller),
            boxes_section(teller),
            runs_section(teller, sheets_folder),
            *timeline_sections(teller),
            *home_sections(teller),
            cost_section(teller),
            *ways_sections(teller),
            distance_section(teller),
            climate_section(teller),
            proof_section(teller),
            assumptions_section(teller),
            sources_section(teller),
            about_section(teller),
        ),
    )


def _decision_section(teller: Teller) -> Section:
    """Return the section with the decision in brief."""
    told = decision_sentences(teller, home_sentences(teller))
    told += usual_sequence_sentences(teller)
    block = Paragraphs(tuple(told), "decision")
    return Section("decision", teller.say("section.decision"), (block,))


def _symbols(teller: Teller) -> tuple[str, ...]:
    """Return the symbols of the map's legend."""
    vans = ("van",) if teller.bundle.scenario.vans else ()
    homes = ("home",) if teller.internal and teller.bundle.scenario.homes else ()
    return (*SYMBOLS, *vans, *homes)


def _map_section(teller: Teller) -> Section:
    """Return the section with the map and its legend."""
    say = teller.say
    block = MapBlock(
        label=say("map.label"),
        no_script=say("map.no_script"),
        legend_title=say("map.legend"),
        legend=tuple((symbol, say.of("legend", symbol)) for symbol in _symbols(teller)),
        letter=say("letter.agent"),
    )
    notes = [say("map.note")]
    hidden = any(run.kind == HIDDEN_KIND for run in teller.bundle.scenario.runs)
    if hidden and not teller.internal:
        notes.append(say("map.private"))
    if teller.bundle.plan.van_routes and not teller.internal:
        notes.append(say("map.vans_note"))
    return Section("map", say("section.map"), (block, Paragraphs(tuple(notes), "note")))
