"""The page of the study of single failures."""

from typing import Final

from markupsafe import Markup

from deliveryopt.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Page,
    Paragraphs,
    Picture,
    Section,
    Table,
    heads,
    row,
)
from deliveryopt.reports.bundle import Language
from deliveryopt.reports.bundle_fragility import FragilePart, Fragility
from deliveryopt.reports.formats import signed
from deliveryopt.reports.fragility_words import (
    MOST_NAMED,
    SHORT,
    brief_sentences,
    has_small_village,
    part_name,
    people_text,
    short_name,
    status_text,
    told_parts,
)
from deliveryopt.reports.sensitivity_words import PER_CENT, points_text, sek_text, share_text
from deliveryopt.reports.sentences import Teller, goal_sentences, teller_of
from deliveryopt.reports.sentences_of_homes import parcels_text, upper
from deliveryopt.reports.tornado_chart import Swing, Swings, tornado

MOST_DRAWN: Final = 15
_SMALLEST: Final = 0.00005
"""A smaller share is not drawn."""
_KEY: Final = (("now", "fragility.key_once"), ("plan", "fragility.key_new"))


def fragility_page(study: Fragility, language: Language) -> Page:
    """Return the page of a study in one language; everything on it may be published.

    Parameters
    ----------
    study
        The study.
    language
        `sv` or `en`.
    """
    teller = teller_of(study.bundle, language)
    say = teller.say
    brief = Paragraphs(tuple(brief_sentences(teller, study)), "decision")
    sections = [Section("brief", say("fragility.section_brief"), (brief,))]
    if told_parts(study):
        sections.append(_parts_section(teller, study))
    left = [part for part in told_parts(study) if not part.is_examined]
    if left:
        title = say("fragility.section_not_examined")
        names = tuple(upper(part_name(teller, part)) for part in left)
        sections.append(
            Section("not-examined", title, (Bullets(say("fragility.heading_not_examined"), names),))
        )
    return Page(
        language=language,
        title=teller.title,
        kind=say("fragility.kind"),
        skip=say("page.skip"),
        nav=say("page.nav"),
        goal=tuple(goal_sentences(teller)),
        sections=(*sections, _how_section(teller, study)),
    )


def _parts_section(teller: Teller, study: Fragility) -> Section:
    """Return the section with the drawing and the table of all parts."""
    say = teller.say
    blocks: list[Block] = []
    svg = fragility_svg(teller, study)
    if svg is not None:
        key = tuple((style, say(text)) for style, text in _KEY)
        blocks.append(Picture(say("fragility.chart"), svg, key=key))
        blocks.append(Paragraphs((say("fragility.key_note"),), "note"))
    blocks.append(_table(teller, study))
    return Section("parts", say("fragility.section_parts"), tuple(blocks))


def _how_section(teller: Teller, study: Fragility) -> Section:
    """Return the section on how it was worked out."""
    say = teller.say
    told = [
        say("fragility.how_once"),
        say("fragility.how_new"),
        say("fragility.how_agent"),
        say("fragility.how_hidden"),
        say("fragility.how_seconds", seconds=teller.number(study.seconds), seed=study.seed),
    ]
    return Section("how", say("fragility.section_how"), (Paragraphs(tuple(told)),))


def _table(teller: Teller, study: Fragility) -> Table:
    """Return the table of all parts, the most fragile first."""
    say, with_homes = teller.say, bool(study.bundle.scenario.homes)
    names = [
        say("fragility.head_part"),
        say("fragility.head_kind"),
        say("fragility.head_parcels"),
        say("fragility.head_people"),
        say("fragility.head_once"),
        say("fragility.head_new"),
        say("fragility.head_points"),
        say("fragility.head_cost"),
        say("fragility.head_lost"),
        say("fragility.head_proof"),
    ]
    numeric = "--nnnnnn--"
    if with_homes:
        names.insert(3, say("fragility.head_homes"))
        numeric = "--n-nnnnn--"
    rows = tuple(
        _row(teller, study, part, numeric, with_homes=with_homes) for part in told_parts(study)
    )
    return Table(say("fragility.section_parts"), heads(numeric, *names), rows)


def _row(
    teller: Teller, study: Fragility, part: FragilePart, numeric: str, *, with_homes: bool
) -> tuple[Cell, ...]:
    """Return the cells of one part."""
    say, once = teller.say, part.at_once
    none = say("word.none")
    plan = part.told if part.is_examined else None
    cells = [
        short_name(teller, part),
        say(SHORT[part.kind]),
        parcels_told(teller, study, part),
        people_text(teller, study, part),
        share_text(teller, once.coverage_share),
    ]
    if with_homes:
        cells.insert(3, say("word.yes" if once.orders_per_week else "word.no"))
    if plan is None:
        cells += [none] * 4
    else:
        lost = [teller.names.villages[village] for village in plan.villages_lost]
        cells += [
            share_text(teller, plan.coverage_share),
            points_text(teller, plan.coverage_change_share),
            say("word.withheld")
            if part.hides_homes
            else sek_text(teller, plan.cost_change_sek_per_year),
            teller.joined(lost, MOST_NAMED) or none,
        ]
    return row(numeric, *cells, status_text(teller, study, part))


def parcels_told(teller: Teller, study: Fragility, part: FragilePart) -> str:
    """Return the parcels that ride on a part, only about where they would tell of few homes."""
    is_hidden = part.hides_homes or has_small_village(study, part)
    return parcels_text(teller, part.at_once.parcels_per_week, is_hidden=is_hidden)


def fragility_svg(teller: Teller, study: Fragility) -> Markup | None:
    """Return the drawing of coverage lost, at once and with a new plan; None if none is lost."""
    say = teller.say
    rows = [_swings(teller, part) for part in told_parts(study)]
    shown = [one for one in rows if any(_is_seen(swing) for swing in (one.upper, one.lower))]
    if not shown:
        return None
    return tornado(
        shown[:MOST_DRAWN],
        title=say("fragility.chart"),
        text=say("fragility.chart_text", rows=", ".join(one.label for one in shown[:MOST_DRAWN])),
        axis=say("fragility.axis"),
        written=lambda value: _tick(teller, PER_CENT * value),
    )


def _swings(teller: Teller, part: FragilePart) -> Swings:
    """Return the two bars of a part."""
    once = part.at_once.coverage_change_share
    upper_bar = Swing(once, once, points_text(teller, once))
    return Swings(upper(part_name(teller, part)), upper_bar, _lower(teller, part))


def _lower(teller: Teller, part: FragilePart) -> Swing:
    """Return the bar of a new plan, or words where there is none."""
    say, plan = teller.say, part.told
    if not part.is_examined or (plan is None and part.status != "INFEASIBLE"):
        return Swing(None, 0.0, say("fragility.words_unknown"))
    if plan is None:
        return Swing(None, 0.0, say("fragility.words_impossible"))
    change = plan.coverage_change_share
    words = points_text(teller, change)
    if part.status == "INFEASIBLE":
        words = say("fragility.words_impossible")
    return Swing(change, part.certain_change_share, words)


def _is_seen(swing: Swing | None) -> bool:
    """Return whether a bar is long enough to be seen."""
    return swing is not None and swing.change is not None and abs(swing.change) >= _SMALLEST


def _tick(teller: Teller, value: float) -> str:
    """Return a value of the axis."""
    decimals = next((count for count in range(3) if round(value, count) == round(value, 6)), 3)
    return signed(teller.number(value, decimals), value)
