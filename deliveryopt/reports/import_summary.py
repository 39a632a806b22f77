"""What an import of a timetable feed is told: counts by day and notices."""

from dataclasses import asdict
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.from_gtfs import FeedImport
from deliveryopt.scenario.gtfs_feed import Severity
from deliveryopt.units import DAYS

MOST_NOTICES_SHOWN = 20
_SEVERITIES: Final[dict[Severity, str]] = {
    "error": N_("error"),
    "warning": N_("warning"),
    "info": N_("info"),
}


def import_as_dict(result: FeedImport) -> dict[str, object]:
    """Return counts and notices for programs."""
    return {
        "stops": len(result.stops),
        "runs": len(result.runs),
        "figures": asdict(result.figures),
        "notices": [asdict(notice) for notice in result.notices],
    }


def import_lines(result: FeedImport) -> list[str]:
    """Return counts and the first notices as lines of text."""
    figures = result.figures
    by_day = ", ".join(
        f"{day} {trips}" for day, trips in zip(DAYS, figures.trips_by_day, strict=True)
    )
    lines = [
        _("{runs} runs and {stops} stops from {trips} trips in the feed").format(
            runs=len(result.runs), stops=len(result.stops), trips=figures.num_trips_read
        ),
        "  " + _("trips by day: {days}").format(days=by_day),
        "  "
        + _("left out, driven only when booked: {count}").format(
            count=figures.num_on_demand_left_out
        ),
        "  "
        + _("stop times interpolated: {interpolated}, rounded to whole minutes: {rounded}").format(
            interpolated=figures.num_interpolated, rounded=figures.num_rounded
        ),
    ]
    shown = result.notices[:MOST_NOTICES_SHOWN]
    lines += [
        f"  {_(_SEVERITIES[notice.severity])}: {notice.text}  [{notice.code}]" for notice in shown
    ]
    if len(result.notices) > len(shown):
        more = len(result.notices) - len(shown)
        lines.append("  " + _("... and {count} more notices").format(count=more))
    return lines
