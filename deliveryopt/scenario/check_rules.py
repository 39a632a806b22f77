"""Check that days, goal, shares, sites and limits fit each other."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from deliveryopt.language import gettext as _
from deliveryopt.language import gettext_noop as N_
from deliveryopt.scenario.draft import PLACE_TABLES, Draft
from deliveryopt.scenario.entries import Entry
from deliveryopt.scenario.faults import FaultLog
from deliveryopt.scenario.text import all_of, shown
from deliveryopt.scenario.yaml_values import Document
from deliveryopt.units import DAYS

SHARE_TOLERANCE: Final = 1e-6
SWEDISH_LATS_DEG: Final = (55.0, 70.0)
SWEDISH_LONS_DEG: Final = (10.0, 25.0)
NULL_ISLAND_DEG: Final = 0.01
_SIZE_SHARES: Final = ("share_s", "share_m", "share_l")
_DAY_SHARES: Final = tuple(f"share_{day}" for day in DAYS)
_SIZE_SUM: Final = N_("the size shares add up to {sum:.7g}.")
_DAY_SUM: Final = N_("the day shares add up to {sum:.7g}.")


def check_rules(draft: Draft, log: FaultLog) -> None:
    """Check what `scenario.yaml` says, alone and against the tables."""
    if draft.document is not None:
        _check_head(draft.document, log)
        _check_days(draft.document, log)
        _check_goal(draft.document.goal, log)
        _check_sum(draft.document.rates, _SIZE_SHARES, _SIZE_SUM, log)
        _check_sum(draft.document.rates, _DAY_SHARES, _DAY_SUM, log)
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
        found = _("{date} is not a Monday.").format(date=week_start.isoformat())
        monday = date.fromordinal(week_start.toordinal() - week_start.weekday())
        advice = _("The Monday of that week is {date}.").format(date=monday.isoformat())
        words = found, _("Allowed: the date of a Monday."), advice, "DO-S070"
        document.head.add_fault("week_start", log, words=words)
    name = document.head.text("name")
    if name is not None and (name.startswith(".") or any(sign in name for sign in "/\\:")):
        found = _("{name} starts with a dot or holds /, \\ or :.").format(name=shown(name))
        allowed = _("Allowed: a name that can name a file.")
        words = found, allowed, _("Choose another."), "DO-S041"
        document.head.add_fault("name", log, words=words)
    for box in document.box_types:
        box_id = box.text("id")
        if box_id is not None and len(box_id.split()) > 1:
            found = _("the id {id} holds a space.").format(id=shown(box_id))
            advice = _("Write an underscore instead: pickup_points.csv has spaces between ids.")
            log.add(box.at("id"), found, _("Allowed: ids without spaces."), advice, "DO-S041")


def _check_days(document: Document, log: FaultLog) -> None:
    """Check that rules and day shares fit the operating days."""
    days = document.head.texts("days")
    if not days:
        return
    fewer = N_("Allowed: fewer than the operating days, here at most {most}.")
    not_more = N_("Allowed: at most the operating days, here at most {most}.")
    for name, most, limit in (
        ("max_lead_days", len(days) - 1, fewer),
        ("min_deliveries_per_week", len(days), not_more),
    ):
        number = document.rules.number(name)
        if number is not None and number > most:
            found = _("{number:g} is too many for {num_days} operating days ({days}).")
            found = found.format(number=number, num_days=len(days), days=" ".join(days))
            allowed = _(limit).format(most=most)
            advice = _("Correct it, or add operating days under 'days'.")
            log.add(document.rules.at(name), found, allowed, advice, "DO-S075")
    for day in DAYS:
        share = document.rates.number(f"share_{day}")
        if share and day not in days:
            name = f"share_{day}"
            told = N_("the share {share:g} is for a day that is no operating day.")
            if name not in document.rates.values:
                told = N_(
                    "the share {share:g}, the default, is for a day that is no operating day."
                )
            allowed = _("Allowed: 0 on days other than {days}.").format(days=" ".join(days))
            advice = _("Set rates.{share} to 0 and share it out to the operating days.")
            found, advice = _(told).format(share=share), advice.format(share=name)
            log.add(document.rates.at(name), found, allowed, advice, "DO-S073")


def _check_goal(goal: Entry, log: FaultLog) -> None:
    needed = {"least_cost": "coverage_share", "greatest_coverage": "budget_sek_per_year"}
    name = needed.get(goal.text("kind") or "")
    if name is not None and name not in goal.faulty and goal.get(name) is None:
        found = _("nothing is given, and the goal is {goal}.").format(goal=goal.text("kind"))
        allowed = _("Needed: {key} for this kind of goal.").format(key=name)
        advice = _("Add goal.{key}, or choose the other kind.").format(key=name)
        log.add(goal.at(name), found, allowed, advice, "DO-S071")


def _check_sum(entry: Entry, names: Sequence[str], told: str, log: FaultLog) -> None:
    """Check that shares add up to 1; `told` is the sentence on a wrong sum."""
    shares = [entry.number(name) for name in names]
    numbers = [share for share in shares if share is not None]
    if len(numbers) == len(names) and abs(sum(numbers) - 1) > SHARE_TOLERANCE:
        found = _(told).format(sum=sum(numbers))
        allowed = _("Allowed: {names} that add up to 1.").format(names=", ".join(names))
        advice = _("Correct them; those that are not given have their default.")
        log.add(entry.spot, found, allowed, advice, "DO-S072")


def _check_village(row: Entry, log: FaultLog) -> None:
    if row.faulty & set(_SIZE_SHARES):
        return
    given = [name for name in _SIZE_SHARES if row.get(name) is not None]
    if len(given) == len(_SIZE_SHARES):
        _check_sum(row, _SIZE_SHARES, _SIZE_SUM, log)
    elif given:
        found = _("only {names} of the three shares is given.").format(names=all_of(given))
        allowed = _("Allowed: share_s, share_m and share_l, or none of them.")
        log.add(row.spot, found, allowed, _("Fill in the others, or empty all."), "DO-S074")


def _check_point(row: Entry, draft: Draft, log: FaultLog) -> None:
    if row.text("kind") == "agent":
        _check_agent(row, log)
    elif row.text("kind") == "site" and row.text("state") == "must_open":
        boxes = draft.box_types()
        if row.get("max_boxes") == 0:
            found = _("it must open, and max_boxes is 0.")
            advice = _("Set max_boxes to 1 or more.")
        elif boxes is not None and not boxes:
            found = _("it must open, and there is no box type.")
            advice = _("Add one under box_types.")
        else:
            return
        allowed = _("Allowed: must_open where at least one box may stand.")
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
            found = _("an agent has {column} {value}.").format(column=name, value=shown(words))
            allowed = _("Allowed for an agent: an empty cell.")
            advice = _("Empty the cell, or make the row a site.")
            log.add(row.at(name), found, allowed, advice, "DO-S076")


def _check_pins(draft: Draft, document: Document, log: FaultLog) -> None:
    max_boxes = document.rules.number("max_boxes")
    pinned = [row for row in draft.rows("pickup_points") if row.text("state") == "must_open"]
    if max_boxes is not None and len(pinned) > max_boxes:
        found = _("{num} sites must open, and only {most:g} boxes are allowed.")
        allowed = _("Allowed: at least {num}, a box for each site that must open.")
        advice = _("Raise rules.max_boxes, or let some of the sites be optional.")
        found = found.format(num=len(pinned), most=max_boxes)
        allowed = allowed.format(num=len(pinned))
        log.add(document.rules.at("max_boxes"), found, allowed, advice, "DO-S078")


def _check_demand_day(row: Entry, days: tuple[str, ...], log: FaultLog) -> None:
    day = row.text("day")
    if day is not None and days and day not in days:
        found = _("{day} is no operating day.").format(day=day)
        allowed = _("Operating days: {days}.").format(days=" ".join(days))
        advice = _("Move the parcels to an operating day, or add the day under 'days'.")
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
            found = _("lat {lat} and lon {lon} look swapped.").format(lat=lat, lon=lon)
            allowed = _("In Sweden lat is about 55 to 70 and lon about 10 to 25.")
            advice = _("Write lat {lat} and lon {lon}.").format(lat=lon, lon=lat)
            if is_hidden:
                found = _("lat and lon look swapped.")
                advice = _("Write each in the other's column.")
            log.add(row.spot, found, allowed, advice, "DO-S056")
        elif max(abs(lat), abs(lon)) < NULL_ISLAND_DEG:
            found = _("lat {lat} and lon {lon} lie in the sea off Africa.")
            found = found.format(lat=lat, lon=lon)
            advice = _("Give the real coordinates.")
            log.add(row.spot, found, _("Allowed: WGS 84 degrees."), advice, "DO-S057")
