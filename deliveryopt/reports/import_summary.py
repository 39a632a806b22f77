"""What an import of a timetable feed is told: counts by day and notices."""

from dataclasses import asdict

from deliveryopt.scenario.from_gtfs import FeedImport
from deliveryopt.units import DAYS

MOST_NOTICES_SHOWN = 20


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
        (
            f"{len(result.runs)} runs and {len(result.stops)} stops from "
            f"{figures.num_trips_read} trips in the feed"
        ),
        f"  trips by day: {by_day}",
        f"  left out, driven only when booked: {figures.num_on_demand_left_out}",
        (
            f"  stop times interpolated: {figures.num_interpolated}, "
            f"rounded to whole minutes: {figures.num_rounded}"
        ),
    ]
    shown = result.notices[:MOST_NOTICES_SHOWN]
    lines += [f"  {notice.severity}: {notice.text}  [{notice.code}]" for notice in shown]
    if len(result.notices) > len(shown):
        lines.append(f"  ... and {len(result.notices) - len(shown)} more notices")
    return lines
