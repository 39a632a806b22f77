"""What other ways of delivering the same demand cost beside the plan, in words."""

from typing import Final

from deliveryopt.reports.bundle import Way, WayName, WhyNot
from deliveryopt.reports.formats import money, percent
from deliveryopt.reports.home_counts import HOWS, home_counts
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.suppression import Told, is_few, part
from deliveryopt.units import WEEKS_PER_YEAR, sek_from_ore

COMPARED: Final[tuple[WayName, ...]] = (
    "boxes_then_routes",
    "vans_only",
    "boxes_and_vans",
    "today",
)
"""Ways that the plan is held against in words, the usual sequence first."""
WHY_MISSING: Final[dict[WhyNot, str]] = {
    "no van in the scenario": "no_van",
    "no home order in the scenario": "no_order",
    "proven impossible": "impossible",
    "no transport for the places chosen": "no_transport",
    "not found in time": "not_in_time",
    "stopped": "stopped",
    "failed": "failed",
}
"""Key of the text that says why a way has no plan."""


def sek_per_year(ore_per_week: int) -> float:
    """Return a weekly amount as kronor a year."""
    return sek_from_ore(ore_per_week * WEEKS_PER_YEAR)


def year_text(teller: Teller, ore_per_week: int) -> str:
    """Return a weekly amount as kronor a year, in words."""
    return money(sek_per_year(ore_per_week), teller.language)


def unserved_told(teller: Teller, way: Way) -> Told | None:
    """Return what may be told of the home orders that nobody delivers; None if not known."""
    if way.metrics is None or not teller.bundle.scenario.homes:
        return None
    orders = way.metrics.home_orders
    if is_few(orders.unserved, teller.few):
        return "few"
    counts = home_counts(teller.bundle, teller.few)
    beside_plan = way.name in {"today", "together"} and not counts.is_told("unserved")
    if orders.unserved and (beside_plan or not isinstance(counts.orders, int)):
        return "withheld"
    whole = sum(getattr(orders, how) for how in HOWS)
    return part(orders.unserved, whole, teller.few)


def missing_sentences(teller: Teller) -> list[str]:
    """Return why ways have no figures."""
    say = teller.say
    return [
        say(
            "ways.missing", way=say.of("way", way.name), why=say.of("way_why", WHY_MISSING[way.why])
        )
        for way in teller.bundle.ways
        if way.why is not None
    ]


def saving_sentences(teller: Teller) -> list[str]:
    """Return what the plan costs less or more than the other ways, the usual sequence first."""
    ways = {way.name: way for way in teller.bundle.ways}
    return [
        sentence
        for name in COMPARED
        if name in ways
        for sentence in _against(teller, ways[name], ways["together"])
    ]


def usual_sequence_sentences(teller: Teller) -> list[str]:
    """Return what the plan saves over the usual sequence."""
    ways = {way.name: way for way in teller.bundle.ways}
    if not ways:
        return []
    return _against(teller, ways["boxes_then_routes"], ways["together"])


def _against(teller: Teller, way: Way, plan: Way) -> list[str]:
    """Return what the plan costs against one way, and what else differs."""
    say, above_ore = teller.say, way.above_together_ore_per_week
    if above_ore is None:
        return []
    than = say.of("way_than", way.name)
    if above_ore == 0:
        told = [say("ways.same", than=than)]
    else:
        amount = abs(above_ore)
        values = {
            "week": teller.money(amount),
            "year": year_text(teller, amount),
            "than": than,
        }
        told = [say("ways.less" if above_ore > 0 else "ways.more", **values)]
    shares = [
        "" if one.coverage_share is None else percent(one.coverage_share, teller.language)
        for one in (plan, way)
    ]
    if all(shares) and shares[0] != shares[1]:
        told.append(say("ways.covers", share=shares[0], other=shares[1]))
    if way.status == "FEASIBLE":
        told.append(_not_sure(teller, way, plan))
    return [" ".join(told)]


def _not_sure(teller: Teller, way: Way, plan: Way) -> str:
    """Return what a way that is not proven best may come to."""
    cost_ore, bound_ore = plan.cost_ore_per_week or 0, way.bound_ore_per_week
    if (way.above_together_ore_per_week or 0) <= 0:
        return teller.say("ways.may_cost_less")
    if bound_ore is None or bound_ore <= cost_ore or way.truncated:
        return teller.say("ways.may_save_nothing")
    return teller.say("ways.may_save_less", bound=teller.money(bound_ore))


def repaired_sentences(teller: Teller) -> list[str]:
    """Return the villages for which the usual sequence had to choose again."""
    return [
        teller.say(
            "ways.repaired",
            villages=teller.joined(teller.names.villages[village] for village in way.repaired),
        )
        for way in teller.bundle.ways
        if way.repaired
    ]


def proof_of_way(teller: Teller, way: Way) -> str:
    """Return what is proven of one way."""
    say = teller.say
    if way.why is not None:
        return say("word.none")
    if way.status == "GIVEN":
        return say("ways.given")
    told = say("ways.feasible")
    if way.status == "OPTIMAL":
        told = say("ways.optimal")
    elif way.bound_ore_per_week is not None:
        chosen = way.name == "boxes_then_routes"
        key = "ways.bound_at_places" if chosen else "ways.bound"
        told = say(key, bound=teller.money(way.bound_ore_per_week))
    return say("proof.of_enumerated", what=told) if way.truncated else told
