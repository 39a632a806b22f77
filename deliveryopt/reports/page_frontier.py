"""The page of cost against coverage, and the same figures as a table and for programs."""

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
from deliveryopt.reports.bundle_frontier import Frontier, FrontierPoint
from deliveryopt.reports.csv_text import Value, csv_text
from deliveryopt.reports.formats import clean
from deliveryopt.reports.frontier_chart import frontier_drawing
from deliveryopt.reports.home_counts import num_parcel_runs
from deliveryopt.reports.sentences_of_frontier import (
    FrontierTeller,
    about_sentences,
    brief_sentences,
    missing_sentences,
    proof_of_point,
)
from deliveryopt.reports.texts import Texts

FORMAT = "deliveryopt-frontier/1"
KNEE_RULE = "greatest distance below the chord of the normalised curve"
_COLUMNS = "-nnnnnnn-"


def frontier_page(frontier: Frontier, language: Language) -> Page:
    """Return the page of a frontier in one language."""
    say = Texts(language)
    teller = FrontierTeller(frontier, say)
    scenario = frontier.scenario
    return Page(
        language=language,
        title=clean(scenario.title, longest=200) or clean(scenario.name),
        kind=say("frontier.kind"),
        skip=say("page.skip"),
        nav=say("page.nav"),
        goal=(say("frontier.asked", reach=teller.reach),),
        week=say("page.week", date=scenario.week_start.isoformat()),
        sections=(
            _brief_section(teller),
            _curve_section(teller),
            _points_section(teller),
            Section("about", say("frontier.about"), (Paragraphs(tuple(about_sentences(teller))),)),
        ),
    )


def _brief_section(teller: FrontierTeller) -> Section:
    """Return the curve in words."""
    block = Paragraphs(tuple(brief_sentences(teller)), "decision")
    return Section("brief", teller.say("frontier.brief"), (block,))


def _curve_section(teller: FrontierTeller) -> Section:
    """Return the drawing, and what its marks mean."""
    say, frontier = teller.say, teller.frontier
    picture = Picture(say("frontier.chart_title"), frontier_drawing(frontier, say))
    meanings = [say("frontier.legend_optimal")]
    if any(point.status == "FEASIBLE" for point in frontier.plans):
        meanings.append(say("frontier.legend_feasible"))
    meanings += [say("frontier.legend_knee"), say("frontier.legend_line")]
    if any(point.bundle is None for point in frontier.points):
        meanings.append(say("frontier.legend_missing"))
    blocks = (picture, Bullets(say("frontier.legend"), tuple(meanings)))
    return Section("curve", say("frontier.curve"), blocks)


def _points_section(teller: FrontierTeller) -> Section:
    """Return a row for each point, and why some have no plan."""
    say = teller.say
    names = [
        say("frontier.head_number"),
        say("frontier.head_asked"),
        say("frontier.head_covers"),
        say("frontier.head_residents"),
        say("frontier.head_cost"),
        say("frontier.head_further"),
        say("frontier.head_boxes"),
        say("frontier.head_runs"),
        say("frontier.head_proof"),
    ]
    table = Table(
        say("frontier.caption"),
        heads(_COLUMNS, *names),
        tuple(_row(teller, point) for point in teller.frontier.points),
    )
    blocks: list[Block] = [table]
    missing = missing_sentences(teller)
    if missing:
        blocks.append(Paragraphs(tuple(missing)))
    return Section("points", say("frontier.points"), tuple(blocks))


def _row(teller: FrontierTeller, point: FrontierPoint) -> tuple[Cell, ...]:
    """Return the cells of one point."""
    say, none = teller.say, teller.say("word.none")
    name = teller.number(point.number)
    knee = teller.frontier.knee
    if knee is not None and knee.number == point.number:
        name = f"{name} ({say('frontier.mark_knee')})"
    if point.bundle is None:
        cells = [none] * 6
        return row(_COLUMNS, name, teller.asked(point), *cells, proof_of_point(teller, point))
    metrics = point.bundle.metrics
    further_sek, proof = point.further_sek_per_inhabitant_year, proof_of_point(teller, point)
    if point.same_plan_as is not None:
        same = say("frontier.same_plan", number=teller.number(point.same_plan_as))
        proof = f"{same}; {proof}"
    return row(
        _COLUMNS,
        name,
        teller.asked(point),
        teller.share(metrics.coverage_share),
        teller.number(metrics.covered_inhabitants),
        teller.above_plain(point.above_today_sek_per_year),
        none if further_sek is None else teller.number(further_sek),
        teller.number(metrics.boxes),
        teller.number(num_parcel_runs(metrics)),
        proof,
    )


def frontier_csv(frontier: Frontier, language: Language) -> str:
    """Return a row for each point as CSV."""
    say = Texts(language)
    names = [
        say("frontier.csv_number"),
        say("frontier.csv_asked"),
        say("frontier.csv_status"),
        say("frontier.csv_covers"),
        say("frontier.csv_residents"),
        say("frontier.csv_cost"),
        say("frontier.csv_bound"),
        say("frontier.csv_further"),
        say("frontier.csv_boxes"),
        say("frontier.csv_sites"),
        say("frontier.csv_runs"),
        say("frontier.csv_same"),
        say("frontier.csv_knee"),
    ]
    rows = [_csv_row(frontier, point, say) for point in frontier.points]
    return csv_text(language, [names, *rows])


def _csv_row(frontier: Frontier, point: FrontierPoint, say: Texts) -> list[Value]:
    """Return the cells of one point."""
    status = {
        "OPTIMAL": say("frontier.status_optimal"),
        "FEASIBLE": say("frontier.status_feasible"),
        "INFEASIBLE": say("frontier.status_infeasible"),
    }.get(point.status, say("frontier.status_unknown"))
    metrics = None if point.bundle is None else point.bundle.metrics
    is_knee = frontier.knee is not None and frontier.knee.number == point.number
    return [
        point.number,
        point.asked_share,
        status,
        point.coverage_share,
        None if metrics is None else metrics.covered_inhabitants,
        _whole(point.above_today_sek_per_year),
        _whole(point.bound_above_today_sek_per_year),
        _whole(point.further_sek_per_inhabitant_year),
        None if metrics is None else metrics.boxes,
        None if metrics is None else metrics.sites_opened,
        None if metrics is None else num_parcel_runs(metrics),
        point.same_plan_as,
        say("word.yes" if is_knee else "word.no"),
    ]


def _whole(sek: float | None) -> int | None:
    """Return an amount in whole kronor: öre would tell more of home orders than may be told."""
    return None if sek is None else round(sek)


def frontier_dict(frontier: Frontier) -> dict[str, object]:
    """Return a frontier for programs; amounts in whole kronor, each plan in a file of its own."""
    knee = frontier.knee
    return {
        "format": FORMAT,
        "scenario": {"name": frontier.scenario.name, "sha256": frontier.scenario_sha256},
        "goal_replaced": frontier.scenario.goal.model_dump(mode="json"),
        "today": {
            "coverage_share": frontier.today.coverage_share,
            "covered_inhabitants": frontier.today.covered_inhabitants,
        },
        "points": [_point_dict(point) for point in frontier.points],
        "knee": None
        if knee is None
        else {
            "number": knee.number,
            "rule": KNEE_RULE,
            "sek_per_inhabitant_year_before": _whole(knee.sek_per_inhabitant_year_before),
            "sek_per_inhabitant_year_after": _whole(knee.sek_per_inhabitant_year_after),
        },
        "greatest_coverage_share": frontier.greatest_share,
        "greatest_coverage_bound_share": frontier.greatest_bound_share,
        "truncated": len(frontier.truncated),
        "interrupted": frontier.interrupted,
        "reproducible": frontier.reproducible,
        "seconds": round(frontier.seconds, 3),
        "seed": frontier.seed,
        "versions": frontier.versions,
    }


def _point_dict(point: FrontierPoint) -> dict[str, object]:
    """Return one point for programs."""
    metrics = None if point.bundle is None else point.bundle.metrics
    return {
        "number": point.number,
        "asked_share": point.asked_share,
        "status": point.status,
        "why": point.why,
        "coverage_share": point.coverage_share,
        "covered_inhabitants": None if metrics is None else metrics.covered_inhabitants,
        "sek_per_year_above_today": _whole(point.above_today_sek_per_year),
        "bound_sek_per_year_above_today": _whole(point.bound_above_today_sek_per_year),
        "gap": None if point.bundle is None else point.bundle.proof.gap,
        "further_sek_per_inhabitant_year": _whole(point.further_sek_per_inhabitant_year),
        "boxes": None if metrics is None else metrics.boxes,
        "sites": None if metrics is None else metrics.sites_opened,
        "runs": None if metrics is None else num_parcel_runs(metrics),
        "same_plan_as": point.same_plan_as,
    }
