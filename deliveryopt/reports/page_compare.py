"""The page of a comparison: the baseline fixed on the left, each other plan with its difference."""

from collections.abc import Iterable, Sequence

from deliveryopt.reports.blocks import Block, Cell, Page, Paragraphs, Picture, Section, Table, heads
from deliveryopt.reports.blocks import row as cells
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.compare_map import changes_drawing
from deliveryopt.reports.compare_rows import (
    CompareRow,
    VillageChange,
    figure_rows,
    item_rows,
    payer_amounts,
    run_changes,
    site_changes,
    total_rows,
    village_changes,
)
from deliveryopt.reports.compare_words import (
    FATE_TEXTS,
    TABLE_TEXTS,
    change_share_text,
    change_text,
    field_label,
    field_value,
    row_label,
    value_text,
)
from deliveryopt.reports.formats import clean, km
from deliveryopt.reports.sentences import Teller, goal_sentences
from deliveryopt.reports.sentences_of_compare import (
    Compared,
    brief_sentences,
    compared,
    proof_in_words,
)
from deliveryopt.reports.texts import Texts
from deliveryopt.scenario.differences import ScenarioDifferences


def compare_page(baseline: Bundle, others: Sequence[Bundle], language: Language) -> Page:
    """Return the page that compares plans with a baseline.

    Parameters
    ----------
    baseline
        The plan that all others are held against; on the left of every table.
    others
        One plan or several; their scenarios may differ from the baseline's, and the page says how.
    language
        `sv` or `en`.
    """
    plans = compared(baseline, others, Texts(language))
    say, number = plans.say, plans.baseline.number(len(others) + 1)
    brief = Section(
        "brief",
        say("compare.brief"),
        (Paragraphs(tuple(brief_sentences(plans)), "decision"),),
    )
    sections = [
        brief,
        _plans_section(plans),
        *_differences_sections(plans),
        _figures_section(plans),
        _costs_section(plans),
        _places_section(plans),
        _runs_section(plans),
    ]
    return Page(
        language=language,
        title=say("compare.title", title=plans.baseline.title, count=number),
        kind=say("compare.kind"),
        skip=say("page.skip"),
        nav=say("page.nav"),
        sections=tuple(sections),
    )


def _plans_section(plans: Compared) -> Section:
    """Return what is compared: input, goal and proof of each plan."""
    say = plans.say

    def told(name: str, teller: Teller) -> tuple[Cell, ...]:
        goal = " ".join(goal_sentences(teller))
        return cells("----", name, teller.title, goal, proof_in_words(teller))

    table = Table(
        say("compare.plans_caption"),
        heads(
            "----",
            say("compare.head_plan"),
            say("compare.head_input"),
            say("compare.head_goal"),
            say("compare.head_proof"),
        ),
        (
            told(say("compare.baseline"), plans.baseline),
            *(told(name, other) for name, other in zip(plans.names, plans.others, strict=True)),
        ),
    )
    return Section("plans", say("compare.plans"), (table,))


def _differences_sections(plans: Compared) -> list[Section]:
    """Return what differs in the input; none if nothing does."""
    blocks: list[Block] = []
    for place, name in enumerate(plans.names):
        found = plans.differences(place)
        if found.fields:
            blocks.append(_fields_table(plans, name, found))
        if any(one.table in TABLE_TEXTS for one in found.tables):
            blocks.append(_tables_table(plans, name, found))
        if found.touches("homes"):
            blocks.append(Paragraphs((plans.say("compare.homes_differ"),)))
    title = plans.say("compare.differences")
    return [Section("differences", title, tuple(blocks))] if blocks else []


def _fields_table(plans: Compared, name: str, found: ScenarioDifferences) -> Table:
    """Return the fields that have other values."""
    say = plans.say
    return Table(
        say("compare.fields_caption", plan=name),
        heads(
            "--nn",
            say("compare.head_field"),
            say("compare.head_meaning"),
            say("compare.baseline"),
            name,
        ),
        tuple(
            cells(
                "--nn",
                clean(one.field),
                field_label(plans, one.field),
                field_value(one.before, one.field, say),
                field_value(one.after, one.field, say),
            )
            for one in found.fields
        ),
    )


def _tables_table(plans: Compared, name: str, found: ScenarioDifferences) -> Table:
    """Return the tables with other rows; home orders are not named."""
    say = plans.say

    def listed(ids: Iterable[str]) -> str:
        return plans.baseline.joined(clean(one) for one in ids) or say("word.none")

    return Table(
        say("compare.tables_caption", plan=name),
        heads(
            "-----",
            say("compare.head_table"),
            say("compare.head_added"),
            say("compare.head_removed"),
            say("compare.head_changed"),
            say("compare.head_columns"),
        ),
        tuple(
            cells(
                "-----",
                say(TABLE_TEXTS[one.table]),
                listed(one.added),
                listed(one.removed),
                listed(one.changed),
                listed(one.fields),
            )
            for one in found.tables
            if one.table in TABLE_TEXTS
        ),
    )


def _side_by_side(plans: Compared, caption: str, first: str, rows: Iterable[CompareRow]) -> Table:
    """Return figures of every plan, with differences to the baseline."""
    say, names = plans.say, plans.names
    titles = [first, say("compare.baseline")]
    for name in names:
        titles += [
            name,
            say("compare.head_change", plan=name),
            say("compare.head_change_share", plan=name),
        ]
    numeric = "-" + "n" * (len(titles) - 1)
    told = []
    for one in rows:
        texts = [row_label(plans, one), value_text(one, one.baseline, say)]
        for place in range(len(names)):
            texts += [
                value_text(one, one.others[place], say),
                change_text(one, place, say),
                change_share_text(one, place, say),
            ]
        told.append(cells(numeric, *texts))
    return Table(caption, heads(numeric, *titles), tuple(told))


def _figures_section(plans: Compared) -> Section:
    """Return coverage, boxes and driving side by side."""
    say, bundles = plans.say, (plans.baseline.bundle, *plans.bundles)
    rows = figure_rows(plans.baseline.bundle, plans.bundles)
    table = _side_by_side(plans, say("compare.figures_caption"), say("compare.head_figure"), rows)
    notes = [say("compare.rounded")]
    if any(village_changes(bundles[0], other).some_are_hidden for other in plans.bundles):
        notes.append(say("compare.hidden_villages"))
    if any(bundle.scenario.homes for bundle in bundles):
        notes.append(say("compare.no_homes"))
    blocks = (table, Paragraphs(tuple(notes), "note"))
    return Section("figures", say("compare.figures"), blocks)


def _costs_section(plans: Compared) -> Section:
    """Return cost in all, by item and by payer, side by side."""
    say, baseline, others = plans.say, plans.baseline.bundle, plans.bundles
    figure = say("compare.head_figure")
    blocks = (
        _side_by_side(plans, say("compare.total_caption"), figure, total_rows(baseline, others)),
        _side_by_side(plans, say("cost.by_item"), say("cost.item"), item_rows(baseline, others)),
        _side_by_side(
            plans, say("cost.by_payer"), say("cost.payer"), payer_amounts(baseline, others)
        ),
        Paragraphs((say("compare.rounded"), say("cost.payer_note")), "note"),
    )
    return Section("costs", say("compare.costs"), blocks)


def _places_section(plans: Compared) -> Section:
    """Return villages and sites that fare otherwise, with a map for each plan."""
    blocks: list[Block] = []
    for place, name in enumerate(plans.names):
        blocks += _places_of(plans, place, name)
    return Section("places", plans.say("compare.places"), tuple(blocks))


def _places_of(plans: Compared, place: int, name: str) -> list[Block]:
    """Return what one plan changes for villages and sites."""
    say, other = plans.say, plans.others[place]
    villages = village_changes(plans.baseline.bundle, other.bundle)
    sites = site_changes(plans.baseline.bundle, other.bundle)
    blocks: list[Block] = []
    if villages.rows or sites:
        title = say("compare.map_title", plan=name)
        blocks.append(Picture(title, changes_drawing(plans, place)))
        blocks.append(Paragraphs((say("compare.map_key"),), "note"))
    if villages.rows:
        blocks.append(_villages_table(plans, other, name, villages.rows))
    elif not villages.some_are_hidden:
        blocks.append(Paragraphs((say("compare.no_villages", plan=name),)))
    if villages.some_are_hidden:
        blocks.append(Paragraphs((say("compare.hidden_villages"),), "note"))
    if not sites:
        blocks.append(Paragraphs((say("compare.no_sites", plan=name),)))
        return blocks
    known = other.names.points | plans.baseline.names.points
    rows = tuple(
        cells(
            "-nn",
            known[one.site],
            plans.baseline.number(one.before),
            plans.baseline.number(one.after),
        )
        for one in sites
    )
    titles = (
        say("compare.head_site"),
        say("compare.head_boxes_before"),
        say("compare.head_boxes_after", plan=name),
    )
    blocks.append(Table(say("compare.sites_caption", plan=name), heads("-nn", *titles), rows))
    return blocks


def _villages_table(
    plans: Compared, other: Teller, name: str, rows: Iterable[VillageChange]
) -> Table:
    """Return the villages that fare otherwise."""
    say = plans.say

    def point(teller: Teller, point_id: str | None) -> str:
        return say("word.none") if point_id is None else teller.names.points[point_id]

    def far(distance_km: float | None) -> str:
        return say("word.none") if distance_km is None else km(distance_km, say.language)

    def covered(*, is_so: bool) -> Cell:
        return Cell(say("word.yes" if is_so else "word.no"), "yes" if is_so else "no")

    def told(one: VillageChange) -> tuple[Cell, ...]:
        before, after = one.before, one.after
        return (
            *cells(
                "----nn",
                other.names.villages[one.village],
                say(FATE_TEXTS[one.fate]),
                point(plans.baseline, before.pickup_point),
                point(other, after.pickup_point),
                far(before.distance_km),
                far(after.distance_km),
            ),
            covered(is_so=before.covered),
            covered(is_so=after.covered),
        )

    return Table(
        say("compare.villages_caption", plan=name),
        heads(
            "----nn--",
            say("compare.head_village"),
            say("compare.head_fate"),
            say("compare.head_point_before"),
            say("compare.head_point_after", plan=name),
            say("compare.head_km_before"),
            say("compare.head_km_after", plan=name),
            say("compare.head_covered_before"),
            say("compare.head_covered_after", plan=name),
        ),
        tuple(told(one) for one in rows),
    )


def _runs_section(plans: Compared) -> Section:
    """Return the runs that only one of two plans uses."""
    say = plans.say
    told = []
    for name, other in zip(plans.names, plans.others, strict=True):
        before, after = run_changes(plans.baseline.bundle, other.bundle)
        listed = (
            ("compare.runs_only_baseline", plans.baseline, before),
            ("compare.runs_only_plan", other, after),
        )
        sentences = [
            say(key, plan=name, list=teller.joined(teller.names.runs[run] for run in runs))
            for key, teller, runs in listed
            if runs
        ]
        told += sentences or [say("compare.runs_same", plan=name)]
    return Section("runs", say("compare.runs"), (Paragraphs(tuple(told)),))
