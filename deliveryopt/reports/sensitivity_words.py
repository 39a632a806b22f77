"""What is said of the study of uncertain numbers, in words that the page and tables share."""

from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import Final

from deliveryopt.reports.bundle_sensitivity import (
    PlanAt,
    Sensitivity,
    SensitivityEnd,
    UncertainNumber,
    changed,
)
from deliveryopt.reports.formats import clean, money, money_from_ore, percent, signed
from deliveryopt.reports.parameter_words import parameter_amount, parameter_name
from deliveryopt.reports.sentences import Teller
from deliveryopt.reports.sentences_of_homes import upper

BROKEN: Final = {
    "village_has_one_pickup_point": "broken.village",
    "pickup_point_is_open": "broken.open",
    "pickup_point_is_within_reach": "broken.reach",
    "parcels_are_carried": "broken.carried",
    "parcels_wait_until_ready": "broken.ready",
    "promise_is_kept": "broken.promise",
    "delivered_often_enough": "broken.often",
    "run_keeps_within_capacity": "broken.capacity",
    "run_keeps_within_delay": "broken.delay",
    "run_is_permitted": "broken.permitted",
    "transfer_is_secure": "broken.transfer",
    "box_holds_its_parcels": "broken.box",
    "van_keeps_its_shift": "broken.van",
    "home_gets_its_delivery": "broken.home",
    "goal_is_met": "broken.goal",
}
"""Text of each rule that a plan may break."""
WHY: Final = {
    "proven impossible": "sensitivity.status_impossible",
    "not found in time": "sensitivity.status_not_found",
    "not sought in time": "sensitivity.status_kept",
    "stopped": "sensitivity.status_stopped",
    "failed": "sensitivity.status_failed",
    "not allowed": "sensitivity.status_not_allowed",
}
"""Text of each reason why there is no plan."""
HOW: Final = {
    "still best": "sensitivity.status_still",
    "no part": "sensitivity.status_no_part",
    "not sought": "sensitivity.status_at_least",
}
"""Text of how a plan is known that was not sought."""
PER_CENT: Final = 100
MARK: Final = "*"


def broken_text(teller: Teller, rules: tuple[str, ...]) -> str:
    """Return in words what does not hold."""
    parts = [teller.say(BROKEN[rule]) if rule in BROKEN else clean(rule) for rule in rules]
    return upper(", ".join(parts))


def points_text(teller: Teller, share: float) -> str:
    """Return a change of a share in percentage points."""
    return signed(teller.number(PER_CENT * share, 1), round(PER_CENT * share, 1))


def sek_text(teller: Teller, sek: float) -> str:
    """Return a change of kronor, without the unit."""
    return signed(teller.number(sek), round(sek))


def proof_text(teller: Teller, study: Sensitivity, end: SensitivityEnd) -> str:
    """Return what is proven of the best plan with one value."""
    say = teller.say
    if end.best is None:
        return say(WHY[end.why or "not found in time"])
    if end.how in HOW:
        return say(HOW[end.how])
    if end.status == "OPTIMAL":
        return say("sensitivity.status_best")
    open_text = _cost_open if study.measure == "cost" else _coverage_open
    return open_text(teller, end) + (say("sensitivity.cut") if end.truncated else "")


def _cost_open(teller: Teller, end: SensitivityEnd) -> str:
    """Return that a cheaper plan may exist, and how cheap it can be."""
    if end.bound_ore_per_week is None:
        return teller.say("sensitivity.status_open")
    cost = money_from_ore(end.bound_ore_per_week, teller.language)
    return teller.say("sensitivity.status_cost", cost=cost)


def _coverage_open(teller: Teller, end: SensitivityEnd) -> str:
    """Return that a plan may exist that covers more, and how much it can."""
    bound, change = end.coverage_bound_share, end.change
    if bound is None or change is None or change.most is None:
        return teller.say("sensitivity.status_open")
    if change.most == change.least:
        return teller.say("sensitivity.status_dearer")
    share = percent(bound, teller.language, rounding=ROUND_CEILING)
    return teller.say("sensitivity.status_coverage", share=share)


def number_name(teller: Teller, number: UncertainNumber) -> str:
    """Return what a number is called; one with the program's own range is marked."""
    name = parameter_name(teller, number.parameter.name)
    return name + (MARK if number.range_is_default else "")


def share_text(teller: Teller, share: float) -> str:
    """Return a share of inhabitants, never more than it is."""
    return percent(share, teller.language, rounding=ROUND_FLOOR)


def brief_sentences(teller: Teller, study: Sensitivity) -> list[str]:
    """Return what matters most, in a few sentences."""
    say = teller.say
    if not study.numbers:
        return [say("sensitivity.none")]
    tried = [end for end in study.ends if end.how != "no part"]
    told = [say("sensitivity.intro", count=teller.number(len(study.numbers)))]
    told += _impossible(teller, study)
    told += _most(teller, study)
    told += _kept(teller, study, tried)
    told.append(sites_sentence(teller, study))
    told += _limits(teller, study, tried)
    return told


def _impossible(teller: Teller, study: Sensitivity) -> list[str]:
    """Return at which values no plan meets the goal."""
    return [
        teller.say(
            "sensitivity.impossible",
            name=_inside(parameter_name(teller, number.parameter.name)),
            value=parameter_amount(teller, number.parameter, end.value),
        )
        for number in study.numbers
        for end in number.ends
        if end.status == "INFEASIBLE"
    ]


def _inside(name: str) -> str:
    """Return a name as it stands inside a sentence."""
    return f"\u201d{name}\u201d"


def _most(teller: Teller, study: Sensitivity) -> list[str]:
    """Return which number changes the goal's measure most, of what is certain."""
    say, measure = teller.say, study.measure
    certain = [
        (abs(end.change.certain), number, end)
        for number in study.numbers
        for end in number.ends
        if end.change is not None and end.best is not None and not number.hides_costs
    ]
    size, number, end = max(certain, key=lambda one: one[0], default=(0.0, None, None))
    if not size or number is None or end is None or end.best is None:
        what = "sensitivity.measure_cost" if measure == "cost" else "sensitivity.measure_coverage"
        return [say("sensitivity.nothing_certain", measure=say(what))]
    one = number.parameter
    is_best = end.status == "OPTIMAL"
    words = {
        "name": _inside(parameter_name(teller, one.name)),
        "value": parameter_amount(teller, one, end.value),
        "base": parameter_amount(teller, one, one.value),
        "proof": say("sensitivity.proof_best" if is_best else "sensitivity.proof_open"),
    }
    if measure == "coverage":
        share = share_text(teller, end.best.coverage_share)
        base = share_text(teller, teller.bundle.metrics.coverage_share)
        return [say("sensitivity.most_coverage", share=share, base_share=base, **words)]
    return [say("sensitivity.most_cost", **words, **_amounts(teller, end.best))]


def _amounts(teller: Teller, figures: PlanAt) -> dict[str, str]:
    """Return a plan's cost above today and its change, in kronor a year."""
    change = changed(figures, "cost")
    return {
        "cost": money(figures.above_today_sek_per_year, teller.language),
        "change": signed(money(change, teller.language), round(change)),
    }


def _kept(teller: Teller, study: Sensitivity, tried: list[SensitivityEnd]) -> list[str]:
    """Return how the plan fares if it is kept, and which number changes its cost most."""
    say = teller.say
    kept = [end.kept for end in tried if end.kept is not None]
    if not kept:
        return []
    good = sum(one.is_valid for one in kept)
    missed = sum(one.works for one in kept) - good
    told = [
        say(
            "sensitivity.kept_brief",
            good=teller.number(good),
            all=teller.number(len(kept)),
            missed=teller.number(missed),
            broken=teller.number(len(kept) - good - missed),
        )
    ]
    working = [
        (abs(changed(end.kept.figures, "cost")), number, end.value, end.kept.figures)
        for number in study.numbers
        for end in number.ends
        if end.kept is not None and end.kept.works and not number.hides_costs
    ]
    most = max(working, key=lambda one: one[0], default=None)
    if most is not None and round(most[0]):
        _, number, value, figures = most
        one = number.parameter
        told.append(
            say(
                "sensitivity.kept_most",
                name=_inside(parameter_name(teller, one.name)),
                value=parameter_amount(teller, one, value),
                base=parameter_amount(teller, one, one.value),
                **_amounts(teller, figures),
            )
        )
    return told


def sites_sentence(teller: Teller, study: Sensitivity) -> str:
    """Return which sites have boxes in every plan."""
    names = [teller.names.points[one.site] for one in study.sites if one.is_always]
    of = teller.number(study.plans)
    if not names:
        return teller.say("sensitivity.sites_none", of=of)
    return teller.say("sensitivity.sites_brief", of=of, sites=teller.joined(names, len(names)))


def _limits(teller: Teller, study: Sensitivity, tried: list[SensitivityEnd]) -> list[str]:
    """Return what was not sought, not found or not proven."""
    say = teller.say
    counts = {
        "sensitivity.not_sought": sum(
            end.how == "not sought" and end.why in {None, "not sought in time"} for end in tried
        ),
        "sensitivity.not_found": sum(end.why == "not found in time" for end in tried),
        "sensitivity.failed": sum(end.why == "failed" for end in tried),
    }
    told = [say(key, count=teller.number(count)) for key, count in counts.items() if count]
    if study.interrupted:
        told.append(say("sensitivity.stopped"))
    if study.bundle.proof.status != "OPTIMAL":
        told.append(say("sensitivity.base_open"))
    return told
