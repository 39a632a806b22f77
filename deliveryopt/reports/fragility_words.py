"""What is said of the study of single failures, in words that the page and tables share."""

from collections.abc import Sequence
from decimal import ROUND_CEILING
from typing import Final

from deliveryopt.reports.bundle_fragility import FragilePart, Fragility, PlanWithout
from deliveryopt.reports.formats import (
    FEW,
    clean,
    money,
    money_from_ore,
    people,
    percent,
    signed,
    to_fives,
)
from deliveryopt.reports.home_counts import public_runs
from deliveryopt.reports.sensitivity_words import share_text
from deliveryopt.reports.sentences import Teller

MOST_TOLD: Final = 3
MOST_NAMED: Final = 8
SHORT: Final = {
    "run": "fragility.short_run",
    "operator": "fragility.short_operator",
    "vehicle": "fragility.short_vehicle",
    "host": "fragility.short_host",
    "site": "fragility.short_site",
    "agent": "fragility.short_agent",
    "van": "fragility.short_van",
}
"""Text of each kind of part."""
_NAME: Final = {
    "run": "fragility.name_run",
    "operator": "fragility.name_operator",
    "vehicle": "fragility.name_vehicle",
    "host": "fragility.name_host",
    "site": "fragility.name_site",
    "agent": "fragility.name_agent",
    "van": "fragility.name_van",
}
"""Text that names a part of each kind inside a sentence."""
_WHY: Final = {
    "proven impossible": "fragility.status_impossible",
    "not found in time": "fragility.status_not_found",
    "not sought in time": "fragility.status_not_sought",
    "stopped": "fragility.status_stopped",
    "failed": "fragility.status_failed",
}


def told_parts(study: Fragility) -> tuple[FragilePart, ...]:
    """Return the parts that may be named: not runs that only deliver to few homes."""
    public = {row.run for row in public_runs(study.bundle.metrics)}
    return tuple(
        part
        for part in study.parts
        if not part.runs_used or part.vans or public.intersection(part.runs_used)
    )


def has_small_village(study: Fragility, part: FragilePart) -> bool:
    """Return whether a village with one to four inhabitants is affected."""
    inhabitants = {village.id: village.inhabitants for village in study.bundle.scenario.villages}
    return any(0 < inhabitants[village] < FEW for village in part.at_once.villages)


def people_text(teller: Teller, study: Fragility, part: FragilePart) -> str:
    """Return the residents affected; only about, where a very small village is among them."""
    count = part.at_once.inhabitants
    if count < FEW or not has_small_village(study, part):
        return people(count, teller.language)
    return teller.say("word.about", count=teller.number(to_fives(count)))


def short_name(teller: Teller, part: FragilePart) -> str:
    """Return the name of a part without its kind."""
    names = teller.names
    by_kind = {"run": names.runs, "site": names.points, "agent": names.points, "van": names.vans}
    return by_kind.get(part.kind, {}).get(part.key, clean(part.key))


def part_name(teller: Teller, part: FragilePart) -> str:
    """Return the name of a part as it stands inside a sentence."""
    used = teller.number(len(part.runs_used))
    return teller.say(_NAME[part.kind], name=short_name(teller, part), used=used)


def status_text(teller: Teller, study: Fragility, part: FragilePart) -> str:
    """Return what is proven of the plan without a part."""
    say = teller.say
    if part.how == "not sought":
        return say("fragility.status_not_sought")
    if part.best is None:
        return say(_WHY[part.why or "not found in time"])
    if part.how == "still best":
        return say("fragility.status_still")
    if part.status == "OPTIMAL":
        return say("fragility.status_best")
    told = _open_text(teller, study, part, part.best)
    return told + (say("fragility.cut") if part.truncated else "")


def _open_text(teller: Teller, study: Fragility, part: FragilePart, plan: PlanWithout) -> str:
    """Return how good a better plan can be at most."""
    say, scenario = teller.say, study.bundle.scenario
    if scenario.goal.kind == "least_cost":
        if part.bound_ore_per_week is None or part.hides_homes:
            return say("fragility.status_open")
        cost = money_from_ore(part.bound_ore_per_week, teller.language)
        return say("fragility.status_cost", cost=cost)
    is_plain = all(village.priority == 1 for village in scenario.villages)
    if part.coverage_bound_share is None or not is_plain:
        return say("fragility.status_open")
    if part.certain_change_share == plan.coverage_change_share:
        return say("fragility.status_widest")
    share = percent(part.coverage_bound_share, teller.language, rounding=ROUND_CEILING)
    return say("fragility.status_share", share=share)


def brief_sentences(teller: Teller, study: Fragility) -> list[str]:
    """Return what the plan depends on most, in a few sentences."""
    say, parts = teller.say, told_parts(study)
    if not parts:
        return [say("fragility.none")]
    examined = [part for part in parts if part.is_examined]
    count = teller.number(len(parts))
    told = [say("fragility.intro", count=count, examined=teller.number(len(examined)))]
    ranked = [part for part in examined if part.told is not None or part.status == "INFEASIBLE"]
    losing = [part for part in ranked if _loses(part)]
    if losing:
        names = [part_name(teller, part) for part in losing]
        told.append(say("fragility.most", names=teller.joined(names, MOST_TOLD)))
    told += [_part_sentence(teller, study, part) for part in losing[:MOST_TOLD]]
    kept = len(ranked) - len(losing)
    if kept:
        told.append(say("fragility.lost_nothing", count=teller.number(kept)))
    return told + _limits(teller, study, parts)


def _loses(part: FragilePart) -> bool:
    """Return whether coverage is lost without a part, as far as found, or the goal is not met."""
    if part.status == "INFEASIBLE":
        return True
    return part.told is not None and part.told.coverage_change_share < 0


def _part_sentence(teller: Teller, study: Fragility, part: FragilePart) -> str:
    """Return what becomes of the plan without one part."""
    say, name = teller.say, part_name(teller, part)
    plan = part.told
    if plan is None:
        return say("fragility.told_impossible_only", name=name)
    is_proven = part.widest_is_proven if part.best is None else _is_proven(part, plan)
    words = {
        "name": name,
        "best": share_text(teller, plan.coverage_share),
        "proof": say("fragility.proof_best" if is_proven else "fragility.proof_least"),
    }
    if part.best is None:
        above = say("word.withheld")
        if not part.hides_homes:
            above = money(plan.above_today_sek_per_year, teller.language)
        return say("fragility.told_impossible", above=above, **words)
    share = share_text(teller, part.at_once.coverage_share)
    if part.hides_homes:
        return say("fragility.told_few", share=share, **words)
    change = plan.cost_change_sek_per_year
    return say(
        "fragility.told",
        people=people_text(teller, study, part),
        share=share,
        cost=signed(money(change, teller.language), round(change)),
        **words,
    )


def _is_proven(part: FragilePart, plan: PlanWithout) -> bool:
    """Return whether no plan without a part covers more than one, as far as the goal asks."""
    return part.status == "OPTIMAL" or part.certain_change_share == plan.coverage_change_share < 0


def _limits(teller: Teller, study: Fragility, parts: Sequence[FragilePart]) -> list[str]:
    """Return what was not examined or not found, and what was not tried."""
    say = teller.say
    counts = {
        "fragility.not_examined": sum(not part.is_examined for part in parts),
        "fragility.not_found": sum(
            part.is_examined and part.why == "not found in time" for part in parts
        ),
        "fragility.failed": sum(part.why == "failed" for part in parts),
    }
    told = [say(key, count=teller.number(count)) for key, count in counts.items() if count]
    if study.interrupted:
        told.append(say("fragility.stopped"))
    if study.unused:
        texts = {"run": "count.run", "site": "count.site", "van": "count.van"}
        words = [
            teller.counted(texts[kind], count) for kind, count in study.unused if kind in texts
        ]
        told.append(say("fragility.unused", counts=teller.joined(words)))
    return told
