"""Options that several commands of the command line share."""

from math import nan
from pathlib import Path

import click

from deliveryopt.cli_help import LANG_OPTION, LANGUAGES, WHOLE, argument, option
from deliveryopt.errors import UsageError
from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_

STOPPED_EARLY = N_("Stopped before there was a plan; nothing was written.")
ENCODING = option(
    "--encoding", default="utf-8", show_default=True, help=N_("Text encoding of the input files.")
)
AS_JSON = option("--json", "as_json", is_flag=True, help=N_("Print the result as JSON."))
LANG = option(
    LANG_OPTION,
    type=click.Choice(LANGUAGES),
    help=N_(
        "Language of reports and messages.  "
        "[default: the scenario's for reports, the computer's for messages]"
    ),
)
MESSAGES_LANG = option(
    LANG_OPTION,
    type=click.Choice(LANGUAGES),
    expose_value=False,  # the entry point has looked for it: errors of usage are messages too
    help=N_("Language of messages.  [default: the computer's]"),
)
SCENARIO = argument("scenario", type=click.Path(path_type=Path))
RESULT = argument("result", type=click.Path(path_type=Path))
OF_SCENARIO = option(
    "--scenario",
    "scenario",
    type=click.Path(path_type=Path),
    help=N_("Folder of the scenario.  [default: the one kept beside the result]"),
)
INTERNAL = option(
    "--internal",
    is_flag=True,
    help=N_(
        "Tell exact counts, home orders and home-care stops; every file says that it is internal."
    ),
)
FORMAT = option(
    "--format",
    "formats",
    metavar=N_("NAMES"),
    default="html,pdf,docx,xlsx,gpkg,geojson,csv",
    show_default=True,
    help=N_("Formats of reports, separated by commas."),
)
SEED = option("--seed", type=WHOLE, default=1, show_default=True, help=N_("Seed of the search."))
FORCE = option("--force", is_flag=True, help=N_("Overwrite an earlier result."))
PROGRESS = option(
    "--progress",
    type=click.Choice(["auto", "plain", "json", "none"]),
    default="auto",
    show_default=True,
    help=N_("How progress is shown on stderr."),
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
        message = _(
            "--gap {text!r}: it must be at least 0 and below 1.\n"
            "    Write a share such as 0.001, or per cent such as 0.1%  [DO-U001]"
        )
        raise UsageError(message.format(text=text))
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
        found = repr(unknown[0]) if unknown else _("nothing")
        message = _(
            "--format {text!r}: {found} is no format.\n"
            "    Write some of {formats}, separated by commas  [DO-U006]"
        )
        raise UsageError(message.format(text=text, found=found, formats=", ".join(FORMATS)))
    return chosen
