"""The command line: parse, call one function, print, exit code.

Results go to stdout; messages and progress to stderr. Heavy imports wait until a command needs
them, so that `--help` is quick.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from deliveryopt.errors import (
    DeliveryoptError,
    LimitReachedError,
    NoPlanError,
    OutputError,
    PlanBreaksRuleError,
    UsageError,
)

if TYPE_CHECKING:
    from deliveryopt.reports.bundle import Bundle
    from deliveryopt.scenario.schema import Depot, Scenario
    from deliveryopt.solver.solve import Progress, SolveOptions, SolveResult

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
MOST_FAULTS_SHOWN = 1000
SIGNAL_EXIT = 128
ENCODING = click.option(
    "--encoding", default="utf-8", show_default=True, help="Text encoding of the input files."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
LANG = click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    help="Language of reports.  [default: the scenario's]",
)
SCENARIO = click.argument("scenario", type=click.Path(path_type=Path))


class _Commands(click.Group):
    """A group that names the nearest command for a mistyped one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may be meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if near and "Did you mean" not in error.format_message():
                error.message += f" Did you mean {near[0]!r}?"
            raise


@click.group(cls=_Commands, context_settings=CONTEXT)
@click.version_option(package_name="deliveryopt")
def cli() -> None:
    """Plan parcel boxes and parcels on runs that drive anyway.

    \b
    Example:
      deliveryopt new my-village
      deliveryopt solve my-village --out result
    """


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
def new(folder: Path, *, force: bool) -> None:
    """Write a small example scenario that solves in seconds.

    \b
    Example:
      deliveryopt new my-village
    """
    from deliveryopt.scenario.demo import demo_scenario
    from deliveryopt.scenario.save import save_scenario

    save_scenario(demo_scenario(), folder, force=force)
    click.echo(f"{folder}: written. Next: deliveryopt solve {folder}")


@cli.command()
@SCENARIO
@ENCODING
@AS_JSON
def check(scenario: Path, *, encoding: str, as_json: bool) -> None:
    """Check a scenario: every fault at once, and what it holds; nothing is solved.

    \b
    Example:
      deliveryopt check scenarios/kalix
    """
    from deliveryopt.plan.inventory import take_inventory
    from deliveryopt.scenario.load import load_scenario

    inventory = take_inventory(load_scenario(scenario, encoding=encoding))
    if as_json:
        click.echo(inventory.model_dump_json(indent=1))
        return
    click.echo("\n".join(inventory.lines()))


@cli.command()
@SCENARIO
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to write.  [default: out/NAME]"
)
@click.option(
    "--time-limit",
    type=float,
    default=60.0,
    show_default=True,
    help="Seconds to search; 0 takes today's delivery as the plan.",
)
@click.option(
    "--gap",
    default="0%",
    show_default=True,
    help="Stop when cost and bound are this near: a share, or per cent with %.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the search.")
@click.option(
    "--deterministic",
    is_flag=True,
    help="Limit the search by its own work, so that equal input gives equal bytes.",
)
@click.option(
    "--progress",
    type=click.Choice(["auto", "plain", "json", "none"]),
    default="auto",
    show_default=True,
    help="How progress is shown on stderr.",
)
@LANG
@ENCODING
@AS_JSON
@click.option("--force", is_flag=True, help="Overwrite an earlier result.")
def solve(
    scenario: Path,
    *,
    out: Path | None,
    time_limit: float,
    gap: str,
    seed: int,
    deterministic: bool,
    progress: str,
    lang: str | None,
    encoding: str,
    as_json: bool,
    force: bool,
) -> None:
    """Find the best plan and write the result and every report into a folder.

    \b
    Example:
      deliveryopt solve scenarios/kalix --out result --time-limit 60
    """
    from deliveryopt.scenario.load import load_scenario
    from deliveryopt.solver.solve import SolveOptions

    options = SolveOptions(time_limit, parse_share(gap), seed, deterministic)
    loaded = load_scenario(scenario, encoding=encoding)
    folder = out if out is not None else Path("out") / loaded.name
    _require_free(folder, force=force)
    stop = threading.Event()
    with _stopping(stop) as received:
        bundle = _solved(loaded, options, stop, progress)
    _write_all(bundle, folder, lang or loaded.language, as_json=as_json)
    if received:
        sys.stdout.flush()
        sys.exit(SIGNAL_EXIT + received[0])


@cli.command()
@SCENARIO
@click.argument("result", type=click.Path(path_type=Path))
@ENCODING
@AS_JSON
def verify(scenario: Path, result: Path, *, encoding: str, as_json: bool) -> None:
    """Check a result against its scenario, independently of the solver.

    RESULT is a result.json or the folder that holds one.

    \b
    Example:
      deliveryopt verify scenarios/kalix out/kalix
    """
    from deliveryopt.plan.verify import verify_result
    from deliveryopt.reports.result_file import read_result
    from deliveryopt.scenario.load import load_scenario, scenario_hash

    loaded = load_scenario(scenario, encoding=encoding)
    report = verify_result(loaded, read_result(result), sha256=scenario_hash(loaded))
    if as_json:
        click.echo(report.model_dump_json(indent=1))
    elif not report.violations:
        click.echo("The plan keeps every rule; every figure was recomputed and agrees.")
    if report.violations:
        raise PlanBreaksRuleError("\n".join(str(violation) for violation in report.violations))


@cli.command()
def schema() -> None:
    """Print the JSON Schema of scenario.yaml, for editors.

    \b
    Example:
      deliveryopt schema > scenario.schema.json
    """
    from deliveryopt.scenario.json_schema import scenario_json_schema

    click.echo(json.dumps(scenario_json_schema(), indent=1, ensure_ascii=False))


@cli.command("import-gtfs")
@click.argument("feed", type=click.Path(path_type=Path))
@click.option(
    "--week", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Monday of the week to import."
)
@click.option("--bbox", required=True, help="Box to keep: LAT_MIN,LON_MIN,LAT_MAX,LON_MAX.")
@click.option(
    "--depot",
    "depots",
    multiple=True,
    metavar="ID,LAT,LON",
    help="Depot whose stops are kept even outside the box; may be repeated.",
)
@click.option("--into", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--include-on-demand", is_flag=True, help="Also take lines that run when booked.")
@click.option("--lenient", is_flag=True, help="Leave out what is at fault, and list it.")
@ENCODING
@AS_JSON
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
def import_gtfs(
    feed: Path,
    *,
    week: datetime,
    bbox: str,
    depots: tuple[str, ...],
    into: Path,
    include_on_demand: bool,
    lenient: bool,
    encoding: str,
    as_json: bool,
    force: bool,
) -> None:
    """Turn one week of a GTFS feed into stops, runs and stop times of a scenario.

    \b
    Example:
      deliveryopt import-gtfs feed.zip --week 2022-10-03 --bbox 65.65,22.55,66.15,23.65 --into new
    """
    from deliveryopt.reports.import_summary import import_as_dict, import_lines
    from deliveryopt.scenario.from_gtfs import BoundingBox, ImportOptions, write_gtfs_import
    from deliveryopt.scenario.from_gtfs import import_gtfs as run_import

    result = run_import(
        feed,
        week_start=week.date(),
        box=BoundingBox.parse(bbox),
        depots=tuple(parse_depot(text) for text in depots),
        options=ImportOptions(
            include_on_demand=include_on_demand, lenient=lenient, encoding=encoding
        ),
    )
    paths = write_gtfs_import(result, into, force=force)
    if as_json:
        click.echo(json.dumps(import_as_dict(result), ensure_ascii=False, sort_keys=True))
        return
    click.echo("\n".join(import_lines(result)))
    click.echo("written: " + ", ".join(str(path) for path in paths))


def parse_share(text: str) -> float:
    """Return a share from `0.001` or `0.1%`.

    Raises
    ------
    UsageError
        If the text is neither.
    """
    number = text.strip()
    try:
        value = float(number.removesuffix("%").replace(" ", ""))
    except ValueError:
        message = f"--gap {text!r}: write a share such as 0.001, or per cent such as 0.1%"
        raise UsageError(message) from None
    return value / 100 if number.endswith("%") else value  # per cent


def parse_depot(text: str) -> "Depot":
    """Return a depot from `ID,LAT,LON`.

    Raises
    ------
    UsageError
        If the text is no such depot.
    """
    from pydantic import ValidationError

    from deliveryopt.scenario.schema import Depot

    parts = [part.strip() for part in text.split(",")]
    try:
        name, lat, lon = parts
        return Depot(id=name, name=name, lat_deg=float(lat), lon_deg=float(lon))
    except (ValueError, ValidationError):
        message = f"--depot {text!r}: write an id and degrees, such as terminal,65.8544,23.1422"
        raise UsageError(message) from None


def _require_free(folder: Path, *, force: bool) -> None:
    """Raise unless a result can be written into a folder; done before any solving."""
    if (folder / "result.json").exists() and not force:
        message = f"{folder}: holds a result already. Choose another --out, or add --force"
        raise OutputError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".deliveryopt-probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        message = (
            f"{folder}: cannot be written ({error.strerror or error}). "
            "Choose another folder with --out"
        )
        raise OutputError(message) from error


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[list[int]]:
    """Let the first signal end the search and keep the plan, and the second one end at once."""
    received: list[int] = []

    def handle(number: int, _: object) -> None:
        if received:
            os._exit(SIGNAL_EXIT + number)
        received.append(number)
        stop.set()

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    earlier = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield received
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _shower(how: str) -> "Callable[[Progress], None] | None":
    """Return what shows progress on stderr, or None."""
    from deliveryopt.reports.progress import as_json_line, as_line

    if how == "none":
        return None
    live = how == "auto" and sys.stderr.isatty()

    def show(progress: "Progress") -> None:
        values: dict[str, str | float | None] = {
            "stage": progress.stage,
            "seconds": round(progress.seconds, 1),
            "cost_ore_per_week": progress.cost_ore,
            "bound_ore_per_week": progress.bound_ore,
            "gap": progress.gap,
            "coverage_share": progress.coverage_share,
        }
        if how == "json":
            click.echo(as_json_line(values), err=True)
        else:
            click.echo(("\r" if live else "") + as_line(values), err=True, nl=not live)

    return show


def _solved(
    scenario: "Scenario", options: "SolveOptions", stop: threading.Event, progress: str
) -> "Bundle":
    """Solve and return the bundle; raise if there is no plan."""
    from deliveryopt.solver.solve import solve as run_solver

    result = run_solver(scenario, options, stop=stop, listener=_shower(progress))
    if progress == "auto" and sys.stderr.isatty():
        click.echo(err=True)
    if result.plan is None:
        _no_plan(result)
    return bundle_of(scenario, result)


def _no_plan(result: "SolveResult") -> NoReturn:
    """Raise the error that says why there is no plan."""
    if result.status == "INFEASIBLE":
        message = (
            "no plan keeps every rule and meets the goal; this is proven.\n"
            "    Lower the goal's coverage_share, widen reach_km or max_lead_days, "
            "or add sites or runs  [DO-P001]"
        )
        raise NoPlanError(message)
    message = (
        f"no plan was found in {result.seconds:.0f} s; that does not mean that there is none.\n"
        "    Give more time with --time-limit  [DO-P002]"
    )
    raise LimitReachedError(message)


def bundle_of(scenario: "Scenario", result: "SolveResult") -> "Bundle":
    """Return what every report reads.

    Raises
    ------
    ValueError
        If the result has no plan.
    """
    from deliveryopt.plan.metrics import compare_with_today, measure
    from deliveryopt.plan.today import todays_plan
    from deliveryopt.reports.bundle import Bundle, Proof
    from deliveryopt.scenario.load import scenario_hash
    from deliveryopt.solver.solve import versions

    if result.plan is None or result.cost_ore is None or result.status not in _WITH_PLAN:
        message = f"a result with status {result.status} has no plan to report"
        raise ValueError(message)
    metrics = measure(scenario, result.plan)
    today = measure(scenario, todays_plan(scenario))
    proof = Proof(
        status="OPTIMAL" if result.status == "OPTIMAL" else "FEASIBLE",
        cost_ore_per_week=result.cost_ore,
        bound_ore_per_week=result.bound_ore,
        gap=result.gap,
        coverage_bound_share=result.coverage_bound,
        truncated=result.truncated,
        seconds=result.seconds,
        seed=result.options.seed,
        interrupted=result.interrupted,
        versions=versions(),
    )
    return Bundle(
        scenario=scenario,
        scenario_sha256=scenario_hash(scenario),
        plan=result.plan,
        proof=proof,
        metrics=metrics,
        today=today,
        comparison=compare_with_today(metrics, today),
    )


_WITH_PLAN = ("OPTIMAL", "FEASIBLE")


def _write_all(bundle: "Bundle", folder: Path, language: str, *, as_json: bool) -> None:
    """Write every file of a result and print the summary."""
    from deliveryopt.reports.html import write_html
    from deliveryopt.reports.result_json import result_as_dict, write_result
    from deliveryopt.reports.tables import write_tables
    from deliveryopt.reports.terminal import summary

    write_result(bundle, folder / "result.json")
    write_html(bundle, folder / "report.html", language=language)
    write_tables(bundle, folder, language=language)
    if as_json:
        click.echo(json.dumps(result_as_dict(bundle), sort_keys=True, ensure_ascii=False))
        return
    click.echo(summary(bundle, language))
    click.echo(f"\n{folder / 'report.html'}")


def _show_error(error: DeliveryoptError) -> None:
    faults = getattr(error, "faults", ())
    lines = [str(fault) for fault in faults] or [str(error)]
    for line in lines[:MOST_FAULTS_SHOWN]:
        click.echo(line, err=True)
    if len(lines) > MOST_FAULTS_SHOWN:
        click.echo(f"... and {len(lines) - MOST_FAULTS_SHOWN} more", err=True)
    if faults:
        click.echo(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} found.", err=True)


def _leave(code: int) -> NoReturn:
    """End with an exit code, also if a search was left behind in its thread."""
    sys.stdout.flush()
    sys.stderr.flush()
    if threading.active_count() > 1:
        os._exit(code)
    sys.exit(code)


def main() -> NoReturn:
    """Run the command line and end with its exit code; no error ends in a traceback."""
    try:
        cli.main(standalone_mode=False)
    except DeliveryoptError as error:
        _show_error(error)
        _leave(error.exit_code)
    except click.ClickException as error:
        error.show()
        _leave(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped before there was a plan.", err=True)
        _leave(SIGNAL_EXIT + signal.SIGINT)
    except BrokenPipeError:
        os._exit(0)
    except SystemExit as stopped:
        _leave(stopped.code if isinstance(stopped.code, int) else 1)
    except Exception as error:  # noqa: BLE001  the last door: our fault, said plainly
        click.echo(
            f"deliveryopt failed: {type(error).__name__}: {error}\n"
            "    This is our fault, not yours. Please report the command you ran  [DO-X001]",
            err=True,
        )
        _leave(1)
    _leave(0)
