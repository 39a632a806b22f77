"""The page of the study of uncertain numbers."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from deliveryopt.reports.blocks import (
    Block,
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
from deliveryopt.reports.bundle_sensitivity import (
    EndName,
    MeasureName,
    PlanAt,
    Sensitivity,
    SensitivityEnd,
    UncertainNumber,
    changed,
)
from deliveryopt.reports.formats import signed
from deliveryopt.reports.parameter_words import parameter_unit, parameter_value
from deliveryopt.reports.sensitivity_words import (
    PER_CENT,
    brief_sentences,
    broken_text,
    number_name,
    points_text,
    proof_text,
    sek_text,
    share_text,
)
from deliveryopt.reports.sentences import Teller, goal_sentences, teller_of
from deliveryopt.reports.tornado_chart import Swing, Swings, tornado

MOST_DRAWN: Final = 15
_BEST: Final = "-nnnnnn-"
_KEPT: Final = "-nnnnn--"
_SITES: Final = "---"
_THOUSAND: Final = 1000
_KEY: Final = (("now", "sensitivity.key_low"), ("plan", "sensitivity.key_high"))
_SMALLEST: Final = {"cost": 0.5, "coverage": 0.00005}
"""Changes that are smaller are not drawn: kronor a year, share."""


def sensitivity_page(study: Sensitivity, language: Language) -> Page:
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
    sections = [Section("brief", say("sensitivity.section_brief"), (brief,))]
    if study.numbers:
        sections += [
            _best_section(teller, study),
            _kept_section(teller, study),
            _sites_section(teller, study),
        ]
    return Page(
        language=language,
        title=teller.title,
        kind=say("sensitivity.kind"),
        skip=say("page.skip"),
        nav=say("page.nav"),
        goal=tuple(goal_sentences(teller)),
        sections=(*sections, _how_section(teller, study)),
    )


def with_a_part(study: Sensitivity) -> list[UncertainNumber]:
    """Return the numbers that have a part in cost, rules or demand."""
    return [number for number in study.numbers if not number.has_no_part]


def _best_section(teller: Teller, study: Sensitivity) -> Section:
    """Return the section on plans made anew."""
    say = teller.say
    title = _best_title(teller, study)
    blocks: list[Block] = []
    svg = best_svg(teller, study)
    if svg is not None:
        blocks.append(Picture(title, svg, key=_key(teller)))
        blocks.append(Paragraphs((say("sensitivity.key_note"),), "note"))
    blocks.append(_best_table(teller, study))
    notes = [say("sensitivity.how_best")]
    if any(number.hides_costs for number in study.numbers):
        notes.append(say("sensitivity.hidden"))
    blocks.append(Paragraphs(tuple(notes), "note"))
    return Section("best", say("sensitivity.section_best"), tuple(blocks))


def _kept_section(teller: Teller, study: Sensitivity) -> Section:
    """Return the section on the plan kept as it is."""
    say = teller.say
    blocks: list[Block] = []
    svg = kept_svg(teller, study)
    if svg is not None:
        blocks.append(Picture(say("sensitivity.chart_kept"), svg, key=_key(teller)))
    blocks.append(_kept_table(teller, study))
    blocks.append(Paragraphs((say("sensitivity.how_kept"),), "note"))
    return Section("kept", say("sensitivity.section_kept"), tuple(blocks))


def _sites_section(teller: Teller, study: Sensitivity) -> Section:
    """Return the section on sites that have boxes in several plans."""
    say = teller.say
    names = (say("sensitivity.head_site"), say("sensitivity.head_in_plan"))
    rows = []
    for one in study.sites:
        key = "sensitivity.always" if one.is_always else "sensitivity.times"
        times = say(key, times=teller.number(one.times), of=teller.number(one.of))
        is_in = say("word.yes" if one.in_plan else "word.no")
        rows.append(row(_SITES, teller.names.points[one.site], is_in, times))
    title = say("sensitivity.section_sites")
    table = Table(title, heads(_SITES, *names, say("sensitivity.head_times")), tuple(rows))
    return Section("sites", title, (table,))


def _how_section(teller: Teller, study: Sensitivity) -> Section:
    """Return the section on how it was worked out."""
    say = teller.say
    told = [say("sensitivity.how_today")]
    idle = [number_name(teller, number) for number in study.numbers if number.has_no_part]
    if idle:
        told.append(say("sensitivity.no_part", names=teller.joined(idle, len(idle))))
    if any(number.range_is_default for number in study.numbers):
        told.append(say("sensitivity.default_range"))
    seconds = teller.number(study.seconds)
    told.append(say("sensitivity.how_seconds", seconds=seconds, seed=study.seed))
    return Section("how", say("sensitivity.section_how"), (Paragraphs(tuple(told)),))


def _key(teller: Teller) -> tuple[tuple[str, str], ...]:
    """Return the legend of a drawing."""
    return tuple((style, teller.say(key)) for style, key in _KEY)


def _best_title(teller: Teller, study: Sensitivity) -> str:
    """Return the title of the drawing of plans made anew."""
    if study.measure == "cost":
        return teller.say("sensitivity.chart_best_cost")
    return teller.say("sensitivity.chart_best_coverage")


def _start(teller: Teller, number: UncertainNumber, end: SensitivityEnd) -> list[str]:
    """Return the cells that name a number, its unit, its value and the one tried."""
    one = number.parameter
    return [
        number_name(teller, number),
        parameter_unit(teller, one) or teller.say("word.none"),
        parameter_value(teller, one, one.value),
        parameter_value(teller, one, end.value),
    ]


def _best_table(teller: Teller, study: Sensitivity) -> Table:
    """Return the table of plans made anew."""
    say = teller.say
    names = (
        say("sensitivity.head_number"),
        say("sensitivity.head_base"),
        say("sensitivity.head_value"),
        say("sensitivity.head_coverage"),
        say("sensitivity.head_points"),
        say("sensitivity.head_above"),
        say("sensitivity.head_change"),
        say("sensitivity.head_proof"),
    )
    rows = []
    for number in with_a_part(study):
        for end in number.ends:
            name, unit, base, value = _start(teller, number, end)
            cells = [_with_unit(name, unit, teller), base, value]
            cells += _figures(teller, number, end.best)
            rows.append(row(_BEST, *cells, proof_text(teller, study, end)))
    return Table(say("sensitivity.section_best"), heads(_BEST, *names), tuple(rows))


def _with_unit(name: str, unit: str, teller: Teller) -> str:
    """Return a name with its unit, where it has one."""
    return name if unit == teller.say("word.none") else f"{name}, {unit}"


def _figures(teller: Teller, number: UncertainNumber, figures: PlanAt | None) -> list[str]:
    """Return coverage and cost of a plan, each with its change."""
    if figures is None:
        return [teller.say("word.none")] * 4
    costs = [teller.say("word.withheld")] * 2
    if not number.hides_costs:
        costs = [
            teller.number(figures.above_today_sek_per_year),
            sek_text(teller, changed(figures, "cost")),
        ]
    return [
        share_text(teller, figures.coverage_share),
        points_text(teller, figures.coverage_change_share),
        *costs,
    ]


def _kept_table(teller: Teller, study: Sensitivity) -> Table:
    """Return the table of the plan kept."""
    say = teller.say
    names = (
        say("sensitivity.head_number"),
        say("sensitivity.head_base"),
        say("sensitivity.head_value"),
        say("sensitivity.head_coverage"),
        say("sensitivity.head_above"),
        say("sensitivity.head_change"),
        say("sensitivity.head_holds"),
        say("sensitivity.head_broken"),
    )
    rows: list[tuple[Cell, ...]] = []
    for number in with_a_part(study):
        for end in number.ends:
            if end.kept is None:
                continue
            name, unit, base, value = _start(teller, number, end)
            figures = end.kept.figures if end.kept.works else None
            coverage, _, above, change = _figures(teller, number, figures)
            cells = row(
                _KEPT,
                _with_unit(name, unit, teller),
                base,
                value,
                coverage,
                above,
                change,
                say("word.yes" if end.kept.is_valid else "word.no"),
                broken_text(teller, end.kept.broken_rules) or say("word.none"),
            )
            rows.append(cells)
    return Table(say("sensitivity.section_kept"), heads(_KEPT, *names), tuple(rows))


def best_svg(teller: Teller, study: Sensitivity) -> Markup | None:
    """Return the drawing of plans made anew; None if nothing changes."""
    rows = []
    for number in with_a_part(study):
        ends = {end.end: _best_swing(teller, study.measure, number, end) for end in number.ends}
        rows.append(_swings(teller, number, ends))
    return _drawn(teller, rows, study.measure, _best_title(teller, study))


def kept_svg(teller: Teller, study: Sensitivity) -> Markup | None:
    """Return the drawing of what the plan costs if it is kept; None if nothing changes."""
    rows = []
    for number in with_a_part(study):
        ends = {end.end: _kept_swing(teller, number, end) for end in number.ends}
        rows.append(_swings(teller, number, ends))
    return _drawn(teller, rows, "cost", teller.say("sensitivity.chart_kept"))


def _swings(
    teller: Teller, number: UncertainNumber, ends: Mapping[EndName, Swing | None]
) -> Swings:
    """Return the bars of one number."""
    return Swings(number_name(teller, number), ends.get("low"), ends.get("high"))


def _best_swing(
    teller: Teller, measure: MeasureName, number: UncertainNumber, end: SensitivityEnd
) -> Swing | None:
    """Return the bar of a plan made anew."""
    if end.status == "INFEASIBLE":
        return _words(teller, number, end, "sensitivity.words_impossible")
    if number.hides_costs and measure == "cost":
        return None
    if end.best is None:
        is_sought = end.how == "sought"
        key = "sensitivity.words_unknown" if is_sought else "sensitivity.words_not_sought"
        return _words(teller, number, end, key)
    certain = 0.0 if end.change is None else end.change.certain
    return Swing(
        changed(end.best, measure), certain, parameter_value(teller, number.parameter, end.value)
    )


def _kept_swing(teller: Teller, number: UncertainNumber, end: SensitivityEnd) -> Swing | None:
    """Return the bar of the plan kept."""
    if end.kept is None or number.hides_costs:
        return None
    if not end.kept.works:
        return _words(teller, number, end, "sensitivity.words_broken")
    change = changed(end.kept.figures, "cost")
    return Swing(change, change, parameter_value(teller, number.parameter, end.value))


def _words(teller: Teller, number: UncertainNumber, end: SensitivityEnd, key: str) -> Swing:
    """Return words in place of a bar."""
    value = parameter_value(teller, number.parameter, end.value)
    return Swing(None, 0.0, f"{value}: {teller.say(key)}")


def _drawn(
    teller: Teller, rows: Sequence[Swings], measure: MeasureName, title: str
) -> Markup | None:
    """Return a drawing of the rows that swing, the widest first; None if there are none."""
    say = teller.say
    smallest = _SMALLEST[measure]
    shown = [
        one
        for one in rows
        if _width(one) >= smallest or any(_is_words(swing) for swing in (one.upper, one.lower))
    ]
    if not any(_width(one) >= smallest for one in shown):
        return None
    shown = sorted(shown, key=lambda one: -_width(one))[:MOST_DRAWN]
    is_cost = measure == "cost"
    return tornado(
        shown,
        title=title,
        text=say("sensitivity.chart_text", rows=", ".join(one.label for one in shown)),
        axis=say("sensitivity.axis_cost" if is_cost else "sensitivity.axis_coverage"),
        written=lambda value: _tick(teller, value / _THOUSAND if is_cost else value * PER_CENT),
    )


def _is_words(swing: Swing | None) -> bool:
    return swing is not None and swing.change is None


def _width(one: Swings) -> float:
    """Return the longest bar of a row."""
    found = [swing.change for swing in (one.upper, one.lower) if swing is not None]
    return max((abs(change) for change in found if change is not None), default=0.0)


def _tick(teller: Teller, value: float) -> str:
    """Return a value of the axis."""
    decimals = next((count for count in range(3) if round(value, count) == round(value, 6)), 3)
    return signed(teller.number(value, decimals), value)
