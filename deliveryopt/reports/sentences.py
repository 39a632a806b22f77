"""What the plan does, and what is proven of it, as sentences from a bundle's figures."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING
from typing import Final

from deliveryopt.plan.figures import PickupPointRow
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.formats import (
    FEW,
    HARD_SPACE,
    clean,
    km,
    money,
    money_from_ore,
    number,
    people,
    percent,
    percent_at_most,
)
from deliveryopt.reports.home_counts import num_parcel_runs
from deliveryopt.reports.names import Names, names_of
from deliveryopt.reports.small_villages import ToldVillage, told_villages
from deliveryopt.reports.suppression import EXACT
from deliveryopt.reports.texts import Texts
from deliveryopt.units import ORE_PER_SEK

MOST_LISTED: Final = 8
_SAME_SHARE: Final = 5e-7
"""Shares are rounded to millionths; a smaller difference is none."""
_CUT_SERVICES: Final = re.compile(r"services of run '(?P<run>.*)'")
_CUT_TRANSFERS: Final = re.compile(r"transfers to run '(?P<run>.*)'")


@dataclass(frozen=True, slots=True, eq=False)
class Teller:
    """A bundle with the texts and names to tell it by."""

    bundle: Bundle
    say: Texts
    names: Names
    internal: bool = False
    """Whether exact counts, home orders and home-care stops are told: for the driver's and the
    planner's eyes only. Without it, everything told may be published."""

    @property
    def few(self) -> int:
        """Return the least count that is told: five in public, one inside the municipality."""
        return EXACT if self.internal else FEW

    @property
    def language(self) -> Language:
        """Return the language of the report."""
        return self.say.language

    @property
    def reach(self) -> str:
        """Return the reach, for example `2 km`."""
        reach_km = self.bundle.scenario.rules.reach_km
        return km(reach_km, self.language, decimals=0 if reach_km == int(reach_km) else 1)

    @property
    def title(self) -> str:
        """Return the scenario's title, or its name."""
        scenario = self.bundle.scenario
        return clean(scenario.title, longest=200) or clean(scenario.name)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number in the report's language."""
        return number(value, self.language, decimals=decimals)

    def people(self, value: int) -> str:
        """Return a number of people; one to four are told as fewer than five in public."""
        return self.number(value) if self.internal else people(value, self.language)

    def villages(self, ids: Iterable[str]) -> str:
        """Return what villages are called that are told together."""
        names = [self.names.villages[village] for village in ids]
        return self.joined(names, most=len(names))

    def money(self, ore: float, decimals: int = 0) -> str:
        """Return öre as kronor in the report's language."""
        return money_from_ore(ore, self.language, decimals=decimals)

    def money_plain(self, ore: float, decimals: int = 0) -> str:
        """Return öre as kronor without the unit, for columns that name it."""
        return self.number(ore / ORE_PER_SEK, decimals)

    def counted(self, key: str, count: int) -> str:
        """Return a counted thing, the number written in the report's language."""
        told = self.say.counted(key, count, count=self.number(count))
        return told.replace(" ", HARD_SPACE, 1)

    def joined(self, parts: Iterable[str], most: int = MOST_LISTED) -> str:
        """Return parts as a list in words; what is over the limit is only counted."""
        listed = list(parts)
        if len(listed) > most:
            more = self.say("decide.and_more", count=self.number(len(listed) - most))
            return ", ".join(listed[:most]) + " " + more
        if len(listed) <= 1:
            return "".join(listed)
        return ", ".join(listed[:-1]) + f" {self.say('word.and')} " + listed[-1]


def teller_of(bundle: Bundle, language: Language, *, internal: bool = False) -> Teller:
    """Return what tells a bundle in a language; `internal` tells also what is secret."""
    return Teller(bundle, Texts(language), names_of(bundle.scenario, internal=internal), internal)


def sites_with_boxes(bundle: Bundle) -> tuple[PickupPointRow, ...]:
    """Return the rows of sites where boxes open."""
    return tuple(row for row in bundle.metrics.pickup_point_rows if row.boxes)


def villages_without(bundle: Bundle, few: int = FEW) -> tuple[ToldVillage, ...]:
    """Return the villages that the plan leaves uncovered, the most inhabited first.

    Parameters
    ----------
    bundle
        One solved scenario.
    few
        Least number of inhabitants that is told; below it villages are told together.
    """
    told = (one for one in told_villages(bundle, few) if not one.covered)
    return tuple(sorted(told, key=lambda one: (-one.inhabitants, one.villages)))


def goal_sentences(teller: Teller) -> list[str]:
    """Return what the plan was asked to achieve."""
    say, language, goal = teller.say, teller.language, teller.bundle.scenario.goal
    share = percent(goal.coverage_share or 0.0, language)
    if goal.kind == "least_cost":
        return [say("goal.least_cost", share=share, reach=teller.reach)]
    budget = money(goal.budget_sek_per_year or 0.0, language)
    told = [say("goal.greatest_coverage", reach=teller.reach, budget=budget)]
    if goal.coverage_share is not None:
        told.append(say("goal.greatest_coverage_share", share=share))
    return told


def decision_sentences(teller: Teller, deliveries: Iterable[str] = ()) -> list[str]:
    """Return the decision in words: what opens, what rides, who gains, what it costs.

    Parameters
    ----------
    teller
        What tells the bundle.
    deliveries
        Sentences on home orders and vans, told after those on runs.
    """
    return [
        _boxes_sentence(teller),
        _runs_sentence(teller),
        *deliveries,
        _coverage_sentence(teller),
        *_cost_sentences(teller),
        *_driving_sentences(teller),
        _without_sentence(teller),
    ]


def _boxes_sentence(teller: Teller) -> str:
    """Return what opens where."""
    say, metrics = teller.say, teller.bundle.metrics
    rows = sites_with_boxes(teller.bundle)
    if not rows:
        return say("decide.no_boxes")
    listed = (
        say(
            "decide.site",
            site=teller.names.points[row.pickup_point],
            boxes=teller.counted("count.box", row.boxes),
        )
        for row in rows
    )
    return say(
        "decide.boxes",
        boxes=teller.counted("count.box", metrics.boxes),
        sites=teller.counted("count.site", metrics.sites_opened),
        list=teller.joined(listed),
    )


def _runs_sentence(teller: Teller) -> str:
    """Return which runs and vans carry how much."""
    metrics = teller.bundle.metrics
    runs, by_van = num_parcel_runs(metrics), metrics.vans.parcels
    parcels = teller.counted("count.parcel", metrics.parcels_by_plan_per_week)
    if not runs:
        key = "decide.by_van_only" if by_van else "decide.no_runs"
        return teller.say(key, parcels=parcels)
    return teller.say(
        "decide.runs_and_vans" if by_van else "decide.runs",
        runs=teller.counted("count.run", runs),
        parcels=parcels,
    )


def _coverage_sentence(teller: Teller) -> str:
    """Return how many are covered, against today."""
    metrics, today, language = teller.bundle.metrics, teller.bundle.today, teller.language
    return teller.say(
        "decide.coverage",
        covered=teller.number(metrics.covered_inhabitants),
        all=teller.number(metrics.inhabitants),
        share=percent(metrics.coverage_share, language),
        reach=teller.reach,
        covered_today=teller.number(today.covered_inhabitants),
        share_today=percent(today.coverage_share, language),
    )


def _cost_sentences(teller: Teller) -> list[str]:
    """Return what it costs above today."""
    change, say = teller.bundle.comparison, teller.say
    above_ore = change.cost_above_today_ore_per_week
    if above_ore == 0:
        return [say("decide.cost_same")]
    week = teller.money(abs(above_ore))
    year = money(abs(change.cost_above_today_sek_per_year), teller.language)
    if above_ore < 0:
        return [say("decide.cost_less", week=week, year=year)]
    told = [say("decide.cost_more", week=week, year=year)]
    per_new = change.cost_above_today_sek_per_newly_covered_year
    if per_new is not None:
        told.append(say("decide.cost_new", sek=money(per_new, teller.language)))
    return told


def _driving_sentences(teller: Teller) -> list[str]:
    """Return how residents' driving changes."""
    change_km = teller.bundle.comparison.resident_car_km_per_week_change
    told = km(abs(change_km), teller.language, decimals=0)
    if change_km < 0:
        return [teller.say("decide.less_driving", km=told)]
    return [teller.say("decide.more_driving", km=told)] if change_km > 0 else []


def _without_sentence(teller: Teller) -> str:
    """Return which villages are still without."""
    found, say = villages_without(teller.bundle, teller.few), teller.say
    if not found:
        return say("decide.nobody_without", reach=teller.reach)
    listed = []
    for one in found:
        village, told = teller.villages(one.villages), teller.people(one.inhabitants)
        away_km = one.distances_km(plan=True)
        if not away_km:
            listed.append(say("decide.village_no_road", village=village, people=told))
        else:
            away = km(max(away_km), teller.language)
            listed.append(say("decide.village_km", village=village, people=told, km=away))
    return say("decide.still_without", reach=teller.reach, list=teller.joined(listed))


def proof_sentences(teller: Teller) -> list[str]:
    """Return what is proven of the plan, in words."""
    proof, say = teller.bundle.proof, teller.say
    coverage_first = teller.bundle.scenario.goal.kind == "greatest_coverage"
    told = [say("proof.keeps_rules")]
    if proof.status == "OPTIMAL":
        best = ("proof.best_cost", "proof.best_coverage")
        best_cut = ("proof.best_cost_cut", "proof.best_coverage_cut")
        told.append(say((best_cut if proof.truncated else best)[coverage_first]))
    else:
        told += _coverage_proof(teller) if coverage_first else []
        told.append(_cost_proof(teller, coverage_first=coverage_first))
    if coverage_first and any(v.priority != 1 for v in teller.bundle.scenario.villages):
        told.append(say("proof.weighted"))
    if proof.truncated:
        told.append(say("proof.truncated", count=teller.number(len(proof.truncated))))
    if proof.interrupted:
        told.append(say("proof.interrupted"))
    return told


def _coverage_proof(teller: Teller) -> list[str]:
    """Return what is proven of coverage within the budget."""
    bound = teller.bundle.proof.coverage_bound_share
    share = teller.bundle.metrics.weighted_coverage_share
    if bound is None:
        return [teller.say("proof.coverage_nothing")]
    told = percent(share, teller.language)
    if bound - share <= _SAME_SHARE:
        return [teller.say("proof.coverage_tight", share=told)]
    at_most = percent(bound, teller.language, rounding=ROUND_CEILING)
    return [teller.say("proof.coverage_bound", share=told, bound=at_most)]


def _cost_proof(teller: Teller, *, coverage_first: bool) -> str:
    """Return what is proven of the cost of a plan that is not proven best."""
    proof, say = teller.bundle.proof, teller.say
    if proof.gap is None or proof.bound_ore_per_week is None:
        return say("proof.cost_nothing")
    cost = teller.money(proof.cost_ore_per_week)
    if proof.bound_ore_per_week >= proof.cost_ore_per_week:
        key = "proof.cost_tight_coverage" if coverage_first else "proof.cost_tight"
        return say(key, cost=cost)
    return say(
        "proof.cost_gap_coverage" if coverage_first else "proof.cost_gap",
        gap=percent_at_most(proof.gap, teller.language),
        bound=teller.money(proof.bound_ore_per_week),
        cost=cost,
    )


def cut_lists(teller: Teller) -> list[str]:
    """Return what was cut, one entry a list."""
    told = []
    for words in teller.bundle.proof.truncated:
        if found := _CUT_SERVICES.fullmatch(words):
            run = found["run"]
            told.append(teller.say("proof.cut_services", run=teller.names.runs.get(run, run)))
        elif found := _CUT_TRANSFERS.fullmatch(words):
            run = found["run"]
            told.append(teller.say("proof.cut_transfers", run=teller.names.runs.get(run, run)))
        elif teller.bundle.scenario.homes:
            told.append(teller.say("proof.cut_other"))
        else:
            told.append(clean(words))
    return list(dict.fromkeys(told))


def sure_sentences(teller: Teller) -> list[str]:
    """Return what is estimated or assumed rather than known."""
    say, metrics, scenario = teller.say, teller.bundle.metrics, teller.bundle.scenario
    told = [_distance_sentence(teller)]
    for key, places in (
        ("sure.villages_assumed", scenario.villages),
        ("sure.points_assumed", scenario.pickup_points),
    ):
        assumed = sum(not place.real for place in places)
        if assumed:
            told.append(say(key, count=teller.number(assumed), all=teller.number(len(places))))
    if metrics.villages_65_unknown:
        unknown, all_villages = metrics.villages_65_unknown, metrics.villages
        told.append(
            say("sure.old_unknown", count=teller.number(unknown), all=teller.number(all_villages))
        )
    return told


def _distance_sentence(teller: Teller) -> str:
    """Return how many distances are estimates."""
    metrics, say = teller.bundle.metrics, teller.say
    used, estimated = metrics.distances_used, metrics.distances_estimated
    factor = teller.number(teller.bundle.scenario.rules.detour_factor, 2)
    if not used:
        return say("sure.no_distances")
    if teller.bundle.scenario.homes:  # a number of distances would tell how many homes are served
        return _distance_share(teller, factor)
    if not estimated:
        return say("sure.distances_given", used=teller.number(used))
    if estimated == used:
        return say("sure.distances_all", used=teller.number(used), factor=factor)
    return say(
        "sure.distances",
        estimated=teller.number(estimated),
        used=teller.number(used),
        factor=factor,
    )


def _distance_share(teller: Teller, factor: str) -> str:
    """Return which share of the distances is estimated."""
    metrics, say = teller.bundle.metrics, teller.say
    if not metrics.distances_estimated:
        return say("sure.distances_known")
    if metrics.distances_estimated == metrics.distances_used:
        return say("sure.distances_every", factor=factor)
    estimated = metrics.distances_estimated / metrics.distances_used
    share = percent(estimated, teller.language, decimals=0)
    return say("sure.distances_share", share=share, factor=factor)
