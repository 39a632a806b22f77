"""Check home orders and vans: where a home stands, windows and shifts, days and origins."""

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
        found = "a place is given and coordinates too."
        advice = "Empty lat and lon, or empty place_id."
    elif num_coordinates == 1:
        missing = "lat" if row.get("lat_deg") is None else "lon"
        found, advice = f"{missing} is not given.", f"Fill in {missing}, or give a place instead."
    elif not is_at_place and not num_coordinates:
        found = "neither a place nor coordinates are given."
        advice = "Fill in place_id, for example the village, or lat and lon."
    else:
        return
    allowed = "Allowed: place_id alone, or lat and lon."
    log.add(row.spot, found, allowed, advice, "DO-S084")


def _check_days(row: Entry, days: tuple[str, ...], log: FaultLog) -> None:
    """Check that an order may be delivered on one operating day at least."""
    own = row.texts("days")
    if own and days and not set(own) & set(days):
        found = f"none of its days ({' '.join(own)}) is an operating day."
        allowed = f"Operating days: {' '.join(days)}."
        advice = "Name one of them, or add an operating day under 'days' in scenario.yaml."
        log.add(row.at("days"), found, allowed, advice, "DO-S086")


def _check_window(entry: Entry, first: str, last: str, log: FaultLog) -> None:
    """Check that a window or a shift ends after it begins."""
    start, end = entry.number(first), entry.number(last)
    if start is None or end is None or start < end:
        return
    names = [COLUMN_OF_FIELD.get(name, KEY_OF_FIELD.get(name, name)) for name in (first, last)]
    words = [
        f"{shown_as} {clock(int(value))}{'' if name in entry.values else ', the default,'}"
        for shown_as, value, name in zip(names, (start, end), (first, last), strict=True)
    ]
    found = f"{words[1]} is not after {words[0].removesuffix(',')}."
    allowed = f"Allowed: {names[1]} later than {names[0]}."
    advice = "Correct one of the two; after midnight write 24:10 and so on."
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
            found = "no origin is given, and no depot is a shop."
            allowed = "Allowed: an origin, or at least one shop in depots.csv."
            advice = "Name the depot it comes from, or give a depot the kind shop."
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
                found = f"the home {shown(home)} stands at the place {place}."
                allowed = "Allowed: places, and homes that have their own coordinates."
                advice = f"Write {place}: a home's distances are those of its place."
                log.add(row.at(name), found, allowed, advice, "DO-S088")
