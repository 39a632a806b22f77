"""Check that each run's stops follow each other in place and time."""

from collections import defaultdict
from itertools import pairwise

from deliveryopt.language import gettext as _
from deliveryopt.scenario.draft import Draft, id_of
from deliveryopt.scenario.entries import Entry
from deliveryopt.scenario.faults import FaultLog
from deliveryopt.units import clock

MIN_STOPS = 2


def check_runs(draft: Draft, log: FaultLog) -> None:
    """Check the stop times of each run, in the order of their sequence."""
    stops_of_run: defaultdict[str, list[Entry]] = defaultdict(list)
    for row in draft.rows("stop_times"):
        _check_stop(row, log)
        stops_of_run[row.text("run_id") or ""].append(row)
    for stops in stops_of_run.values():
        _check_order(stops, log)
    has_lost_rows = bool(stops_of_run.get(""))
    if draft.tables["stop_times"] is None or has_lost_rows:
        return
    for run in draft.rows("runs"):
        num_stops = len(stops_of_run.get(id_of(run), ()))
        if num_stops < MIN_STOPS:
            found = _("the run has {num} of the stop times it needs in stop_times.csv.")
            allowed = _("Allowed: at least {num} stop times with this run_id.")
            found, allowed = found.format(num=num_stops), allowed.format(num=MIN_STOPS)
            log.add(run.spot, found, allowed, _("Add them, or remove the run."), "DO-S080")


def _check_stop(row: Entry, log: FaultLog) -> None:
    """Check that a run does not leave a stop before it arrives there."""
    arrival, departure = row.number("arrival_min"), row.number("departure_min")
    if arrival is not None and departure is not None and departure < arrival:
        found = _("departure {departure} is before arrival {arrival}.")
        found = found.format(departure=clock(int(departure)), arrival=clock(int(arrival)))
        allowed = _("Allowed: departure at arrival or later.")
        advice = _("After midnight write 24:10 and so on.")
        log.add(row.spot, found, allowed, advice, "DO-S082")


def _check_order(stops: list[Entry], log: FaultLog) -> None:
    """Check that times never decrease along a run."""
    ordered = sorted(
        (stop for stop in stops if stop.number("stop_sequence") is not None),
        key=lambda stop: stop.number("stop_sequence") or 0,
    )
    for before, stop in pairwise(ordered):
        departure, arrival = before.number("departure_min"), stop.number("arrival_min")
        if departure is not None and arrival is not None and arrival < departure:
            found = _(
                "arrival {arrival} is before departure {departure} "
                "from the stop before it, row {row}."
            ).format(
                arrival=clock(int(arrival)), departure=clock(int(departure)), row=before.spot.row
            )
            allowed = _("Allowed: times that never go back along the run.")
            advice = _("Check stop_sequence and times; after midnight write 24:10 and so on.")
            log.add(stop.at("arrival_min"), found, allowed, advice, "DO-S082")
