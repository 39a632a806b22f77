"""Commands about results: reports written again, reasons, comparison, and studies of many solves.

Each parses, calls one function, prints and returns an exit code.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from deliveryopt.cli_help import DECIMAL, WHOLE, Command, argument, option
from deliveryopt.cli_options import (
    AS_JSON,
    ENCODING,
    FORCE,
    FORMAT,
    INTERNAL,
    LANG,
    OF_SCENARIO,
    PROGRESS,
    RESULT,
    SCENARIO,
    SEED,
    parse_formats,
    parse_share,
)
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.process import exit_code_of, finish_when_stopped, own_standard_output, say, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from deliveryopt.reports.bundle import Language

Found = TypeVar("Found")
"""What a study found."""
OUT = option("--out", type=click.Path(path_type=Path), required=True, help=N_("Folder to write."))
STUDY_LIMIT = option(
    "--time-limit",
    metavar=N_("SECONDS"),
    type=DECIMAL,
    default=300.0,
    show_default=True,
    help=N_("Seconds for all searches together."),
)
KEPT = N_("Stopped; what was found so far was kept.")


@click.command(cls=Command)
@RESULT
@FORMAT
@option(
    "--out", type=click.Path(path_type=Path), help=N_("Folder to write.  [default: the result's]")
)
@OF_SCENARIO
@INTERNAL
@LANG
@ENCODING
def report(
    result: Path,
    *,
    formats: str,
    out: Path | None,
    scenario: Path | None,
    internal: bool,
    lang: "Language | None",
    encoding: str,
) -> None:
    """Write a result's reports again, in chosen formats or as internal ones.

    RESULT is a result.json or the folder that holds one.

    \b
    Example:
      deliveryopt report out/kalix --format pdf,xlsx --lang en
    """
    from deliveryopt.reports.all_files import write_reports
    from deliveryopt.results import open_result

    chosen = parse_formats(formats)
    bundle = open_result(result, scenario, encoding=encoding)
    folder = out or (result if result.is_dir() else result.parent)
    language = lang or bundle.scenario.language
    written = write_reports(bundle, folder, language, internal=internal, formats=chosen)
    say("\n".join(str(path) for path in written))


@click.command(cls=Command)
@RESULT
@argument("names", nargs=-1)
@option(
    "--time-limit",
    metavar=N_("SECONDS"),
    type=DECIMAL,
    default=120.0,
    show_default=True,
    help=N_("Seconds for all answers together."),
)
@OF_SCENARIO
@LANG
@ENCODING
@AS_JSON
def explain(
    result: Path,
    names: tuple[str, ...],
    *,
    time_limit: float,
    scenario: Path | None,
    lang: "Language | None",
    encoding: str,
    as_json: bool,
) -> int:
    """Say why something is not served, and what would help at least cost.

    RESULT is a result.json or the folder that holds one; NAMES are ids, all if none is given.

    \b
    Example:
      deliveryopt explain out/kalix storon
    """
    from deliveryopt.questions import explained
    from deliveryopt.results import open_result

    bundle = open_result(result, scenario, encoding=encoding)
    stop = threading.Event()
    with own_standard_output(), finish_when_stopped(stop) as received:
        for line in explained(
            bundle, names, time_limit, lang or bundle.scenario.language, stop, as_json=as_json
        ):
            say(line)
        return exit_code_of(received[0]) if received else 0


@click.command(cls=Command)
@argument("baseline", type=click.Path(path_type=Path))
@argument("others", nargs=-1, required=True, type=click.Path(path_type=Path))
@OUT
@LANG
@ENCODING
@FORCE
def compare(
    baseline: Path,
    others: tuple[Path, ...],
    *,
    out: Path,
    lang: "Language | None",
    encoding: str,
    force: bool,
) -> None:
    """Compare results with a baseline: cost, coverage, boxes, runs, villages.

    BASELINE and OTHERS are results: a result.json or the folder that holds one.

    \b
    Example:
      deliveryopt compare out/before out/after --out difference
    """
    from deliveryopt.job import room_for_result
    from deliveryopt.reports.compare_files import write_comparison
    from deliveryopt.results import open_result

    first = open_result(baseline, encoding=encoding)
    rest = [open_result(path, encoding=encoding) for path in others]
    with room_for_result(out, force=force):
        written = write_comparison(first, rest, out, lang or first.scenario.language)
    say("\n".join(str(path) for path in written))


@click.command(cls=Command)
@SCENARIO
@OUT
@option("--points", type=WHOLE, default=8, show_default=True, help=N_("Most points of the curve."))
@option(
    "--time-limit",
    metavar=N_("SECONDS"),
    type=DECIMAL,
    default=170.0,
    show_default=True,
    help=N_("Seconds for all searches together."),
)
@option(
    "--gap",
    metavar=N_("SHARE"),
    default="0%",
    show_default=True,
    help=N_("Stop a point when cost and bound are this near: a share, or per cent with %."),
)
@SEED
@INTERNAL
@PROGRESS
@LANG
@ENCODING
@FORCE
def frontier(
    scenario: Path,
    *,
    out: Path,
    points: int,
    time_limit: float,
    gap: str,
    seed: int,
    internal: bool,
    progress: str,
    lang: "Language | None",
    encoding: str,
    force: bool,
) -> int:
    """Show what each further share of residents within reach costs at least.

    \b
    Example:
      deliveryopt frontier scenarios/vingaker --points 8 --out curve
    """
    from deliveryopt.job import room_for_result
    from deliveryopt.questions import point_shower, refuse_empty
    from deliveryopt.reports.frontier_files import bundles_of, write_frontier
    from deliveryopt.reports.publish import refuse_private_texts
    from deliveryopt.results import keep_scenario
    from deliveryopt.scenario.load import load_scenario
    from deliveryopt.studies.frontier import FrontierOptions, trace_frontier

    options = FrontierOptions(points, time_limit, seed, parse_share(gap))
    loaded = load_scenario(scenario, encoding=encoding)
    if not internal:
        refuse_private_texts(loaded)
    stop = threading.Event()
    with (
        own_standard_output(),
        finish_when_stopped(stop) as received,
        room_for_result(out, force=force),
    ):
        found = trace_frontier(loaded, options, stop=stop, listener=point_shower(progress))
        refuse_empty(found)
        written = write_frontier(found, out, lang or loaded.language, internal=internal)
        bundles = bundles_of(found)
        for path in [path for path in written if path.name == "result.json"]:
            keep_scenario(bundles[int(path.parent.name)].scenario, path.parent)
        say("\n".join(str(path) for path in written))
        if received:
            tell(_(KEPT))
            return exit_code_of(received[0])
    return 0


class _Asked(TypedDict):
    """What is asked of a study of a result."""

    result: Path
    out: Path
    time_limit: float
    seed: int
    scenario: Path | None
    progress: str
    lang: "Language | None"
    encoding: str
    force: bool


@click.command(cls=Command)
@RESULT
@OUT
@STUDY_LIMIT
@SEED
@OF_SCENARIO
@PROGRESS
@LANG
@ENCODING
@FORCE
def sensitivity(**asked: Unpack[_Asked]) -> int:
    """Solve again with each uncertain number low and high; draw the effects.

    RESULT is a result.json or the folder that holds one.

    \b
    Example:
      deliveryopt sensitivity out/kalix --out uncertain
    """
    from deliveryopt.reports.sensitivity_files import write_sensitivity
    from deliveryopt.studies.sensitivity import study_sensitivity

    return _study(study_sensitivity, write_sensitivity, **asked)


@click.command(cls=Command)
@RESULT
@OUT
@STUDY_LIMIT
@SEED
@OF_SCENARIO
@PROGRESS
@LANG
@ENCODING
@FORCE
def fragility(**asked: Unpack[_Asked]) -> int:
    """Show what happens if a run, operator, host, agent or van disappears.

    RESULT is a result.json or the folder that holds one.

    \b
    Example:
      deliveryopt fragility out/kalix --out fragile
    """
    from deliveryopt.reports.fragility_files import write_fragility
    from deliveryopt.studies.fragility import study_fragility

    return _study(study_fragility, write_fragility, **asked)


def _study(
    study: "Callable[..., Found]",
    write: "Callable[[Found, Path, Language], list[Path]]",
    **asked: Unpack[_Asked],
) -> int:
    """Study a result and write what was found, also if it is stopped before the end."""
    from deliveryopt.job import room_for_result
    from deliveryopt.questions import case_shower
    from deliveryopt.results import open_result
    from deliveryopt.studies.cases import StudyOptions

    bundle = open_result(asked["result"], asked["scenario"], encoding=asked["encoding"])
    stop = threading.Event()
    options = StudyOptions(seconds=asked["time_limit"], seed=asked["seed"])
    with (
        own_standard_output(),
        finish_when_stopped(stop) as received,
        room_for_result(asked["out"], force=asked["force"]),
    ):
        shower = case_shower(asked["progress"])
        found = study(bundle.scenario, bundle, options, stop=stop, listener=shower)
        written = write(found, asked["out"], asked["lang"] or bundle.scenario.language)
        say("\n".join(str(path) for path in written))
        if received:
            tell(_(KEPT))
            return exit_code_of(received[0])
    return 0
