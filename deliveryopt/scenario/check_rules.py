"""Check that days, goal, shares, sites and limits fit each other."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from deliveryopt.scenario.draft import PLACE_TABLES, Draft
from deliveryopt.scenario.entries import Entry
from deliveryopt.scenario.faults import FaultLog
from deliveryopt.scenario.text import shown
from deliveryopt.scenario.yaml_values import Document
from deliveryopt.units import DAYS

SHARE_TOLERANCE: Final = 1e-6
SWEDISH_LATS_DEG: Final = (55.0, 70.0)
SWEDISH_LONS_DEG: Final = (10.0, 25.0)
NULL_ISLAND_DEG: Final = 0.01
_SIZE_SHARES: Final = ("share_s", "share_m", "share_l")
_DAY_SHARES: Final = tuple(f"share_{day}" for day in DAYS)


def check_rules(draft: Draft, log: FaultLog) -> None:
    """Check what `scenario.yaml` says, alone and against the tables."""
    if draft.document is not None:
        _check_head(draft.document, log)
        _check_days(draft.document, log)
        _check_goal(draft.document.goal, log)
        _check_sum(draft.document.rates, _SIZE_SHARES, "size shares", log)
        _check_sum(draft.document.rates, _DAY_SHARES, "day shares", log)
        _check_pins(draft, draft.document, log)
    for row in draft.rows("villages"):
        _check_village(row, log)
    for row in draft.rows("pickup_points"):
        _check_point(row, draft, log)
    for row in draft.rows("given_demand"):
        _check_demand_day(row, draft.days(), log)
    for table in PLACE_TABLES:
        _check_coordinates(draft.rows(table), log)
    _check_coordinates(draft.rows("homes"), log, is_hidden=True)


def _check_head(document: Document, log: FaultLog) -> None:
    week_start = document.head.get("week_start")
    if isinstance(week_start, date) and week_start.weekday() != 0:
        found = f"{week_start.isoformat()} is not a Monday."
        monday = date.fromordinal(week_start.toordinal() - week_start.weekday())
        advice = f"The Monday of that week is {monday.isoformat()}."
        words = found, "Allowed: the date of a Monday.", advice, "DO-S070"
        document.head.add_fault("week_start", log, words=words)
    name = document.head.text("name")
    if name is not None and (name.startswith(".") or any(sign in name for sign in "/\\:")):
        found = f"{shown(name)} starts with a dot or holds /, \\ or :."
        words = found, "Allowed: a name that can name a file.", "Choose another.", "DO-S041"
        document.head.add_fault("name", log, words=words)
    for box in document.box_types:
        box_id = box.text("id")
        if box_id is not None and len(box_id.split()) > 1:
            found = f"the id {shown(box_id)} holds a space."
            advice = "Write an underscore instead: pickup_points.csv has spaces between ids."
            log.add(box.at("id"), found, "Allowed: ids without spaces.", advice, "DO-S041")


def _check_days(document: Document, log: FaultLog) -> None:
    """Check that rules and day shares fit the operating days."""
    days = document.head.texts("days")
    if not days:
        return
    for name, most, words in (
        ("max_lead_days", len(days) - 1, "fewer than the operating days"),
        ("min_deliveries_per_week", len(days), "at most the operating days"),
    ):
        number = document.rules.number(name)
        if number is not None and number > most:
            found = f"{number:g} is too many for {len(days)} operating days ({' '.join(days)})."
            allowed = f"Allowed: {words}, here at most {most}."
            advice = "Correct it, or add operating days under 'days'."
            log.add(document.rules.at(name), found, allowed, advice, "DO-S075")
    for day in DAYS:
        share = document.rates.number(f"share_{day}")
        if share and day not in days:
            given = "" if f"share_{day}" in document.rates.values else ", the default,"
            found = f"the share {share:g}{given} is for a day that is no operating day."
            allowed = f"Allowed: 0 on days other than {' '.join(days)}."
            advice = f"Set rates.share_{day} to 0 and share it out to the operating days."
            log.add(document.rates.at(f"share_{day}"), found, allowed, advice, "DO-S073")


def _check_goal(goal: Entry, log: FaultLog) -> None:
    needed = {"least_cost": "coverage_share", "greatest_coverage": "budget_sek_per_year"}
    name = needed.get(goal.text("kind") or "")
    if name is not None and name not in goal.faulty and goal.get(name) is None:
        found = f"nothing is given, and the goal is {goal.text('kind')}."
        allowed = f"Needed: {name} for this kind of goal."
        advice = f"Add goal.{name}, or choose the other kind."
        log.add(goal.at(name), found, allowed, advice, "DO-S071")


def _check_sum(entry: Entry, names: Sequence[str], what: str, log: FaultLog) -> None:
    """Check that shares add up to 1."""
    shares = [entry.number(name) for name in names]
    numbers = [share for share in shares if share is not None]
    if len(numbers) == len(names) and abs(sum(numbers) - 1) > SHARE_TOLERANCE:
        found = f"the {what} add up to {sum(numbers):.7g}."
        allowed = f"Allowed: {', '.join(names)} that add up to 1."
        advice = "Correct them; those that are not given have their default."
        log.add(entry.spot, found, allowed, advice, "DO-S072")


def _check_village(row: Entry, log: FaultLog) -> None:
    if row.faulty & set(_SIZE_SHARES):
        return
    given = [name for name in _SIZE_SHARES if row.get(name) is not None]
    if len(given) == len(_SIZE_SHARES):
        _check_sum(row, _SIZE_SHARES, "size shares", log)
    elif given:
        found = f"only {' and '.join(given)} of the three shares is given."
        allowed = "Allowed: share_s, share_m and share_l, or none of them."
        log.add(row.spot, found, allowed, "Fill in the others, or empty all.", "DO-S074")


def _check_point(row: Entry, draft: Draft, log: FaultLog) -> None:
    if row.text("kind") == "agent":
        _check_agent(row, log)
    elif row.text("kind") == "site" and row.text("state") == "must_open":
        boxes = draft.box_types()
        if row.get("max_boxes") == 0:
            found, advice = "it must open, and max_boxes is 0.", "Set max_boxes to 1 or more."
        elif boxes is not None and not boxes:
            found, advice = "it must open, and there is no box type.", "Add one under box_types."
        else:
            return
        allowed = "Allowed: must_open where at least one box may stand."
        log.add(row.at("state"), found, allowed, advice, "DO-S077")


def _check_agent(row: Entry, log: FaultLog) -> None:
    """Check that an agent has nothing that only sites have."""
    for name, nothing in (
        ("max_boxes", 0),
        ("box_types", ()),
        ("state", "optional"),
        ("fixed_sek_per_year", 0),
    ):
        if name in row.values and name not in row.faulty and row.values[name] != nothing:
            value = row.values[name]
            words = " ".join(value) if isinstance(value, tuple) else value
            found = f"an agent has {name} {shown(words)}."
            allowed = "Allowed for an agent: an empty cell."
            advice = "Empty the cell, or make the row a site."
            log.add(row.at(name), found, allowed, advice, "DO-S076")


def _check_pins(draft: Draft, document: Document, log: FaultLog) -> None:
    max_boxes = document.rules.number("max_boxes")
    pinned = [row for row in draft.rows("pickup_points") if row.text("state") == "must_open"]
    if max_boxes is not None and len(pinned) > max_boxes:
        found = f"{len(pinned)} sites must open, and only {max_boxes:g} boxes are allowed."
        allowed = f"Allowed: at least {len(pinned)}, a box for each site that must open."
        advice = "Raise rules.max_boxes, or let some of the sites be optional."
        log.add(document.rules.at("max_boxes"), found, allowed, advice, "DO-S078")


def _check_demand_day(row: Entry, days: tuple[str, ...], log: FaultLog) -> None:
    day = row.text("day")
    if day is not None and days and day not in days:
        found = f"{day} is no operating day."
        allowed = f"Operating days: {' '.join(days)}."
        advice = "Move the parcels to an operating day, or add the day under 'days'."
        log.add(row.at("day"), found, allowed, advice, "DO-S073")


def _check_coordinates(rows: Iterable[Entry], log: FaultLog, *, is_hidden: bool = False) -> None:
    """Check for coordinates that are swapped or were never filled in; homes' are not shown."""
    lat_low, lat_high = SWEDISH_LATS_DEG
    lon_low, lon_high = SWEDISH_LONS_DEG
    for row in rows:
        lat, lon = row.number("lat_deg"), row.number("lon_deg")
        if lat is None or lon is None:
            continue
        if lon_low <= lat <= lon_high and lat_low <= lon <= lat_high:
            found = f"lat {lat} and lon {lon} look swapped."
            allowed = "In Sweden lat is about 55 to 70 and lon about 10 to 25."
            advice = f"Write lat {lon} and lon {lat}."
            if is_hidden:
                found, advice = "lat and lon look swapped.", "Write each in the other's column."
            log.add(row.spot, found, allowed, advice, "DO-S056")
        elif max(abs(lat), abs(lon)) < NULL_ISLAND_DEG:
            found = f"lat {lat} and lon {lon} lie in the sea off Africa."
            advice = "Give the real coordinates."
            log.add(row.spot, found, "Allowed: WGS 84 degrees.", advice, "DO-S057")
