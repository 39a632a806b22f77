"""The command line: parse, call one function, print, exit code.

Results go to stdout; messages and progress to stderr. Heavy imports wait until a command needs
them, so that `--help` is quick.
"""

import io
import json
import os
import sys
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from deliveryopt.cli_help import DECIMAL, Group, Option, argument, language_asked, option
from deliveryopt.cli_options import (
    AS_JSON,
    ENCODING,
    FORCE,
    FORMAT,
    INTERNAL,
    LANG,
    MESSAGES_LANG,
    PROGRESS,
    SCENARIO,
    SEED,
    STOPPED_EARLY,
    parse_formats,
    parse_share,
)
from deliveryopt.cli_studies import compare, explain, fragility, frontier, report, sensitivity
from deliveryopt.errors import (
    DeliveryoptError,
    PlanBreaksRuleError,
    UsageError,
)
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.language import ngettext, speak
from deliveryopt.process import (
    StoppedError,
    exit_code_of,
    finish_when_stopped,
    leave,
    own_standard_output,
    raise_when_stopped,
    say,
    tell,
)

if TYPE_CHECKING:
    from deliveryopt.reports.bundle import Language
    from deliveryopt.scenario.private_texts import PrivateKind
    from deliveryopt.scenario.schema import Depot

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
MOST_FAULTS_SHOWN = 1000
QUICK = ("html", "csv")
"""Formats that are written when the user stops a search and should not wait."""
_LOOKS: "Final[dict[PrivateKind, str]]" = {
    "personal_number": N_("what looks like a personal number (not shown here)."),
    "telephone": N_("what looks like a telephone (not shown here)."),
    "e_mail": N_("what looks like a e mail (not shown here)."),
}


class _Commands(Group):
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
            if not near or getattr(error, "possibilities", None):  # newer click says it itself
                raise
            message = _("{said} Did you mean {near!r}?")
            message = message.format(said=error.format_message(), near=near[0])
            raise click.UsageError(message, ctx) from None


@click.group(cls=_Commands, context_settings=CONTEXT)
@click.version_option(package_name="deliveryopt", cls=Option, help=N_("Show the version and exit."))
def cli() -> None:
    """Plan parcel boxes and parcels on runs that drive anyway.

    \b
    Example:
      deliveryopt new my-village
      deliveryopt solve my-village --out result
    """


@cli.command()
@argument("folder", type=click.Path(path_type=Path))
@option("--force", is_flag=True, help=N_("Overwrite files that exist."))
@MESSAGES_LANG
def new(folder: Path, *, force: bool) -> None:
    """Write a small example scenario that solves in seconds.

    \b
    Example:
      deliveryopt new my-village
    """
    from deliveryopt.scenario.demo import demo_scenario
    from deliveryopt.scenario.save import save_scenario

    save_scenario(demo_scenario(), folder, force=force)
    say(_("{folder}: written. Next: deliveryopt solve {folder}").format(folder=folder))


@cli.command()
@SCENARIO
@MESSAGES_LANG
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
    from deliveryopt.scenario.private_texts import private_texts

    loaded = load_scenario(scenario, encoding=encoding)
    for one in private_texts(loaded):
        message = _(
            "warning: {where}, field {field}: {found}\n"
            "    Public reports of this scenario are refused; remove it  [DO-W001]"
        )
        tell(message.format(where=one.where, field=one.field, found=_(_LOOKS[one.kind])))
    inventory = take_inventory(loaded)
    if as_json:
        say(inventory.model_dump_json(indent=1))
        return
    say("\n".join(inventory.lines()))


@cli.command()
@SCENARIO
@option("--out", type=click.Path(path_type=Path), help=N_("Folder to write.  [default: out/NAME]"))
@option(
    "--time-limit",
    metavar=N_("SECONDS"),
    type=DECIMAL,
    default=60.0,
    show_default=True,
    help=N_("Seconds to search; 0 takes today's delivery, or the first plan that meets the goal."),
)
@option(
    "--gap",
    metavar=N_("SHARE"),
    default="0%",
    show_default=True,
    help=N_("Stop when cost and bound are this near: a share, or per cent with %."),
)
@SEED
@option(
    "--deterministic",
    is_flag=True,
    help=N_("Limit the search by its own work, so that equal input gives equal bytes."),
)
@option(
    "--ways/--no-ways",
    default=True,
    show_default=True,
    help=N_("Also seek other ways on the same demand, and why something is not served."),
)
@PROGRESS
@LANG
@ENCODING
@AS_JSON
@FORMAT
@INTERNAL
@FORCE
def solve(
    scenario: Path,
    *,
    out: Path | None,
    time_limit: float,
    gap: str,
    seed: int,
    deterministic: bool,
    ways: bool,
    progress: str,
    lang: "Language | None",
    encoding: str,
    as_json: bool,
    formats: str,
    internal: bool,
    force: bool,
) -> int:
    """Find the best plan and write the result and every report into a folder.

    \b
    Example:
      deliveryopt solve scenarios/kalix --out result --time-limit 60
    """
    try:
        from deliveryopt.job import best_plan, folder_name, room_for_result, write_all
        from deliveryopt.reports.publish import refuse_private_texts
        from deliveryopt.scenario.load import load_scenario
        from deliveryopt.solver.solve import SolveOptions

        options = SolveOptions(time_limit, parse_share(gap), seed, deterministic)
        chosen = parse_formats(formats)
        loaded = load_scenario(scenario, encoding=encoding)
        if not internal:
            refuse_private_texts(loaded)
    except StoppedError as stopped:
        raise StoppedError(stopped.number, STOPPED_EARLY) from None
    folder = out if out is not None else Path("out") / folder_name(loaded.name)
    stop = threading.Event()
    with (
        own_standard_output(),
        finish_when_stopped(stop) as received,
        room_for_result(folder, force=force),
    ):
        bundle = best_plan(loaded, options, stop, progress, ways=ways)
        if bundle is None:
            raise StoppedError(received[0], STOPPED_EARLY)
        write_all(
            bundle,
            folder,
            lang or loaded.language,
            as_json=as_json,
            internal=internal,
            formats=QUICK if received else chosen,
        )
        if received:
            message = _(
                "Stopped; the best plan was kept. More reports: deliveryopt report {folder}"
            )
            tell(message.format(folder=folder))
            return exit_code_of(received[0])
    return 0


@cli.command()
@SCENARIO
@argument("result", type=click.Path(path_type=Path))
@MESSAGES_LANG
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
        say(report.model_dump_json(indent=1))
    elif not report.violations:
        say(_("The plan keeps every rule; every figure was recomputed and agrees."))
    if report.violations:
        raise PlanBreaksRuleError("\n".join(str(violation) for violation in report.violations))


@cli.command()
@MESSAGES_LANG
def schema() -> None:
    """Print the JSON Schema of scenario.yaml, for editors.

    \b
    Example:
      deliveryopt schema > scenario.schema.json
    """
    from deliveryopt.scenario.json_schema import scenario_json_schema

    say(json.dumps(scenario_json_schema(), indent=1, ensure_ascii=False))


@cli.command("import-gtfs")
@argument("feed", type=click.Path(path_type=Path))
@option(
    "--week",
    metavar=N_("YYYY-MM-DD"),
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help=N_("Monday of the week to import."),
)
@option(
    "--bbox",
    metavar=N_("DEGREES"),
    required=True,
    help=N_("Box to keep: LAT_MIN,LON_MIN,LAT_MAX,LON_MAX."),
)
@option(
    "--depot",
    "depots",
    multiple=True,
    metavar="ID,LAT,LON",
    help=N_("Depot whose stops are kept even outside the box; may be repeated."),
)
@option("--into", required=True, type=click.Path(path_type=Path), help=N_("Folder to write."))
@option("--include-on-demand", is_flag=True, help=N_("Also take lines that run when booked."))
@option("--lenient", is_flag=True, help=N_("Leave out what is at fault, and list it."))
@MESSAGES_LANG
@ENCODING
@AS_JSON
@option("--force", is_flag=True, help=N_("Overwrite files that exist."))
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
        say(json.dumps(import_as_dict(result), ensure_ascii=False, sort_keys=True))
        return
    say("\n".join(import_lines(result)))
    say(_("written: {files}").format(files=", ".join(str(path) for path in paths)))


for command in (report, explain, compare, frontier, sensitivity, fragility):
    cli.add_command(command)


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
        message = _(
            "--depot {text!r}: it must be an id and degrees.\n"
            "    Write for example terminal,65.8544,23.1422  [DO-U005]"
        )
        raise UsageError(message.format(text=text)) from None


def _show_error(error: DeliveryoptError) -> None:
    faults = getattr(error, "faults", ())
    lines = [str(fault) for fault in faults] or [str(error)]
    for line in lines[:MOST_FAULTS_SHOWN]:
        tell(line)
    if len(lines) > MOST_FAULTS_SHOWN:
        tell(_("... and {count} more").format(count=len(lines) - MOST_FAULTS_SHOWN))
    if faults:
        found = ngettext("{count} fault found.", "{count} faults found.", len(faults))
        tell(found.format(count=len(faults)))


def _run() -> int:
    """Run the command line and return its exit code; no error ends in a traceback."""
    try:
        code = cli.main(prog_name="deliveryopt", standalone_mode=False)
    except DeliveryoptError as error:
        _show_error(error)
        return error.exit_code
    except click.ClickException as error:
        with suppress(OSError):  # as in `tell`
            error.show()
        return error.exit_code
    except StoppedError as stopped:
        tell(_(str(stopped)))
        return stopped.exit_code
    except SystemExit:
        return 0  # so click ends when nobody reads its help
    except Exception as error:  # noqa: BLE001  the last door: our fault, said plainly
        message = _(
            "deliveryopt failed: {kind}: {error}\n"
            "    This is our fault, not yours. Please report the command you ran  [DO-X001]"
        )
        tell(message.format(kind=type(error).__name__, error=error))
        return 1
    return code if isinstance(code, int) else 0


def main() -> NoReturn:
    """Run the command line and end with its exit code."""
    speak(language_asked(sys.argv[1:], os.environ))
    raise_when_stopped()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    leave(_run())
