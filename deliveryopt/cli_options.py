"""Options that several commands of the command line share."""

from math import nan
from pathlib import Path

import click

from deliveryopt.errors import UsageError

STOPPED_EARLY = "Stopped before there was a plan; nothing was written."
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
RESULT = click.argument("result", type=click.Path(path_type=Path))
OF_SCENARIO = click.option(
    "--scenario",
    "scenario",
    type=click.Path(path_type=Path),
    help="Folder of the scenario.  [default: the one kept beside the result]",
)
INTERNAL = click.option(
    "--internal",
    is_flag=True,
    help="Tell exact counts, home orders and home-care stops; every file says that it is internal.",
)
FORMAT = click.option(
    "--format",
    "formats",
    metavar="NAMES",
    default="html,pdf,docx,xlsx,gpkg,geojson,csv",
    show_default=True,
    help="Formats of reports, separated by commas.",
)
SEED = click.option("--seed", type=int, default=1, show_default=True, help="Seed of the search.")
FORCE = click.option("--force", is_flag=True, help="Overwrite an earlier result.")
PROGRESS = click.option(
    "--progress",
    type=click.Choice(["auto", "plain", "json", "none"]),
    default="auto",
    show_default=True,
    help="How progress is shown on stderr.",
)


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
        value = nan
    share = value / 100 if number.endswith("%") else value
    if not 0 <= share < 1:
        message = (
            f"--gap {text!r}: it must be at least 0 and below 1.\n"
            "    Write a share such as 0.001, or per cent such as 0.1%  [DO-U001]"
        )
        raise UsageError(message)
    return share


def parse_formats(text: str) -> tuple[str, ...]:
    """Return formats from `pdf,xlsx`.

    Raises
    ------
    UsageError
        If one of them is not known.
    """
    from deliveryopt.reports.all_files import FORMATS

    chosen = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown or not chosen:
        found = repr(unknown[0]) if unknown else "nothing"
        message = (
            f"--format {text!r}: {found} is no format.\n"
            f"    Write some of {', '.join(FORMATS)}, separated by commas  [DO-U006]"
        )
        raise UsageError(message)
    return chosen
