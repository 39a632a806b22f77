"""Check home orders and vans: where a home stands, windows and shifts, days and origins."""

from deliveryopt.language import gettext as _
from deliveryopt.scenario.draft import Draft, id_of
from deliveryopt.scenario.entries import COLUMN_OF_FIELD, KEY_OF_FIELD, Entry
from deliveryopt.scenario.faults import FaultLog
from deliveryopt.scenario.text import shown
from deliveryopt.units import clock


def check_homes(draft: Draft, log: FaultLog) -> None:
    """Check what home orders and vans say, alone and against the other tables."""
    for row in draft.rows("homes"):
        _check_place(row, log)
        _check_days(row, draft.days(), log)
        _check_window(row, "earliest_min", "latest_min", log)
    for van in draft.vans():
        _check_window(van, "shift_start_min", "shift_end_min", log)
    _check_origins(draft, log)
    _check_distances(draft, log)


def _check_place(row: Entry, log: FaultLog) -> None:
    """Check that a home stands at one place or at both its coordinates."""
    if row.faulty & {"place_id", "lat_deg", "lon_deg"}:
        return
    is_at_place = row.get("place_id") is not None
    num_coordinates = sum(row.get(name) is not None for name in ("lat_deg", "lon_deg"))
    if is_at_place and num_coordinates:
        found = _("a place is given and coordinates too.")
        advice = _("Empty lat and lon, or empty place_id.")
    elif num_coordinates == 1:
        missing = "lat" if row.get("lat_deg") is None else "lon"
        found = _("{column} is not given.").format(column=missing)
        advice = _("Fill in {column}, or give a place instead.").format(column=missing)
    elif not is_at_place and not num_coordinates:
        found = _("neither a place nor coordinates are given.")
        advice = _("Fill in place_id, for example the village, or lat and lon.")
    else:
        return
    allowed = _("Allowed: place_id alone, or lat and lon.")
    log.add(row.spot, found, allowed, advice, "DO-S084")


def _check_days(row: Entry, days: tuple[str, ...], log: FaultLog) -> None:
    """Check that an order may be delivered on one operating day at least."""
    own = row.texts("days")
    if own and days and not set(own) & set(days):
        found = _("none of its days ({days}) is an operating day.").format(days=" ".join(own))
        allowed = _("Operating days: {days}.").format(days=" ".join(days))
        advice = _("Name one of them, or add an operating day under 'days' in scenario.yaml.")
        log.add(row.at("days"), found, allowed, advice, "DO-S086")


def _check_window(entry: Entry, first: str, last: str, log: FaultLog) -> None:
    """Check that a window or a shift ends after it begins."""
    start, end = entry.number(first), entry.number(last)
    if start is None or end is None or start < end:
        return
    names = [COLUMN_OF_FIELD.get(name, KEY_OF_FIELD.get(name, name)) for name in (first, last)]
    early = "{field} {time}" if first in entry.values else _("{field} {time}, the default")
    late = "{field} {time}" if last in entry.values else _("{field} {time}, the default,")
    found = _("{late} is not after {early}.").format(
        late=late.format(field=names[1], time=clock(int(end))),
        early=early.format(field=names[0], time=clock(int(start))),
    )
    allowed = _("Allowed: {late} later than {early}.").format(late=names[1], early=names[0])
    advice = _("Correct one of the two; after midnight write 24:10 and so on.")
    at_fault = last if last in entry.values else first
    log.add(entry.at(at_fault), found, allowed, advice, "DO-S085")


def _check_origins(draft: Draft, log: FaultLog) -> None:
    """Check that orders without an origin have a shop to come from."""
    depots = draft.tables["depots"]
    if depots is None or any("kind" in row.faulty for row in depots):
        return
    if any(row.text("kind") == "shop" for row in depots):
        return
    for row in draft.rows("homes"):
        if "origin" not in row.faulty and row.get("origin") is None:
            found = _("no origin is given, and no depot is a shop.")
            allowed = _("Allowed: an origin, or at least one shop in depots.csv.")
            advice = _("Name the depot it comes from, or give a depot the kind shop.")
            log.add(row.at("origin"), found, allowed, advice, "DO-S087")


def _check_distances(draft: Draft, log: FaultLog) -> None:
    """Check that no distance names a home whose distances are those of its place."""
    place_of = {
        id_of(row): place
        for row in draft.rows("homes")
        if (place := row.text("place_id")) is not None
    }
    for row in draft.rows("distances"):
        for name in ("from_id", "to_id"):
            home = row.text(name)
            if home in place_of:
                place = shown(place_of[home])
                found = _("the home {home} stands at the place {place}.")
                allowed = _("Allowed: places, and homes that have their own coordinates.")
                advice = _("Write {place}: a home's distances are those of its place.")
                found = found.format(home=shown(home), place=place)
                log.add(row.at(name), found, allowed, advice.format(place=place), "DO-S088")
