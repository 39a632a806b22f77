"""Cost against coverage in words: the ends, the turning point, and what is proven."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import Final

from deliveryopt.reports.bundle import Language, WhyNot
from deliveryopt.reports.bundle_frontier import Frontier, FrontierPoint
from deliveryopt.reports.formats import km, money, number, percent, percent_at_most, signed
from deliveryopt.reports.texts import Texts

_SAME_SHARE: Final = 5e-7
"""Shares are rounded to millionths; a smaller difference is none."""
WHY_MISSING: Final[dict[WhyNot, str]] = {
    "proven impossible": "frontier.missing_impossible",
    "not found in time": "frontier.missing_not_in_time",
    "stopped": "frontier.missing_stopped",
    "failed": "frontier.missing_failed",
}
"""Text that says why a point has no plan."""


@dataclass(frozen=True, slots=True, eq=False)
class FrontierTeller:
    """A frontier with the texts to tell it by."""

    frontier: Frontier
    say: Texts

    @property
    def language(self) -> Language:
        """Return the language of the report."""
        return self.say.language

    @property
    def reach(self) -> str:
        """Return the reach, for example `2 km`."""
        reach_km = self.frontier.scenario.rules.reach_km
        return km(reach_km, self.language, decimals=0 if reach_km == int(reach_km) else 1)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number in the report's language."""
        return number(value, self.language, decimals=decimals)

    def share(self, share: float | None) -> str:
        """Return a share as per cent."""
        none = self.say("word.none")
        return none if share is None else percent(share, self.language)

    def asked(self, point: FrontierPoint) -> str:
        """Return the share that a point asks for, rounded down: what the plan covers is no less."""
        if not point.asked_share:
            return self.say("frontier.any")
        return percent(point.asked_share, self.language, rounding=ROUND_FLOOR)

    def money(self, sek: float) -> str:
        """Return an amount in kronor."""
        return money(sek, self.language)

    def above(self, sek: float | None) -> str:
        """Return an amount above today in words."""
        whole = round(sek or 0.0)
        if not whole:
            return self.say("frontier.as_today")
        key = "frontier.more_than_today" if whole > 0 else "frontier.less_than_today"
        return self.say(key, sek=self.money(abs(whole)))

    def above_plain(self, sek: float | None) -> str:
        """Return an amount above today without its unit, with its sign."""
        if sek is None:
            return self.say("word.none")
        return signed(self.number(sek), round(sek))


def brief_sentences(teller: FrontierTeller) -> list[str]:
    """Return the curve in brief: today, its ends, its turning point, how far it can go."""
    say, frontier = teller.say, teller.frontier
    told = [say("frontier.today", share=teller.share(frontier.today.coverage_share))]
    plans = frontier.plans
    if not plans:
        told.append(say("frontier.no_plan"))
    elif len(plans) == 1:
        only = plans[0]
        told.append(
            say(
                "frontier.only",
                share=teller.share(only.coverage_share),
                cost=teller.above(only.above_today_sek_per_year),
            )
        )
    else:
        told.append(
            say(
                "frontier.from_to",
                share=teller.share(plans[0].coverage_share),
                cost=teller.above(plans[0].above_today_sek_per_year),
                most=teller.share(plans[-1].coverage_share),
                most_cost=teller.above(plans[-1].above_today_sek_per_year),
            )
        )
    told += _knee_sentences(teller)
    told += _most_sentences(teller)
    if frontier.interrupted:
        told.append(say("frontier.interrupted"))
    return told


def _knee_sentences(teller: FrontierTeller) -> list[str]:
    """Return the turning point, or that there is none, where there are plans to compare."""
    say, frontier = teller.say, teller.frontier
    knee = frontier.knee
    if knee is None:
        return [say("frontier.no_knee")] if len(frontier.plans) > 1 else []
    point = frontier.point(knee.number)
    return [
        say(
            "frontier.knee",
            number=teller.number(knee.number),
            share=teller.share(point.coverage_share),
            cost=teller.above(point.above_today_sek_per_year),
        ),
        say(
            "frontier.further",
            before=teller.money(knee.sek_per_inhabitant_year_before),
            after=teller.money(knee.sek_per_inhabitant_year_after),
        ),
    ]


def _most_sentences(teller: FrontierTeller) -> list[str]:
    """Return what is proven of the greatest coverage."""
    say, frontier = teller.say, teller.frontier
    most, bound = frontier.greatest_share, frontier.greatest_bound_share
    if most is None or most >= 1:
        return []
    if bound is None:
        return [say("frontier.most_unknown", share=teller.share(most))]
    if bound - most <= _SAME_SHARE:
        return [say("frontier.most_proven", share=teller.share(most))]
    at_most = percent(bound, teller.language, rounding=ROUND_CEILING)
    key = "frontier.most_unknown" if bound >= 1 else "frontier.most_at_most"
    return [say(key, share=teller.share(most) if bound >= 1 else at_most)]


def missing_sentences(teller: FrontierTeller) -> list[str]:
    """Return why points have no plan."""
    return [
        teller.say(
            WHY_MISSING[point.why], number=teller.number(point.number), share=teller.asked(point)
        )
        for point in teller.frontier.points
        if point.why is not None
    ]


def proof_of_point(teller: FrontierTeller, point: FrontierPoint) -> str:
    """Return what is proven of one point."""
    told = _proof(teller, point)
    if point.bundle is not None and point.bundle.proof.truncated:
        return teller.say("proof.of_enumerated", what=told)
    return told


def _proof(teller: FrontierTeller, point: FrontierPoint) -> str:
    """Return what is proven of one point, whether or not lists were cut."""
    say, bound_sek = teller.say, point.bound_above_today_sek_per_year
    if point.status == "INFEASIBLE":
        return say("frontier.proof_impossible")
    if point.bundle is None:
        if bound_sek is None:
            return say("frontier.proof_none")
        return say("frontier.proof_none_bound", cost=teller.above(bound_sek))
    if point.status == "OPTIMAL":
        return say("frontier.proof_optimal")
    gap = point.bundle.proof.gap
    if bound_sek is None or gap is None:
        return say("frontier.proof_nothing")
    less = (point.above_today_sek_per_year or 0.0) - bound_sek
    return say(
        "frontier.proof_bound",
        sek=teller.money(less),
        gap=percent_at_most(gap, teller.language),
    )


def about_sentences(teller: FrontierTeller) -> list[str]:
    """Return how the curve was found, and by which rule the turning point is named."""
    say, frontier = teller.say, teller.frontier
    told = [
        say("frontier.rule_goal"),
        say("frontier.rule_shares"),
        say("frontier.rule_better"),
        say("frontier.rule_knee"),
    ]
    if frontier.scenario.homes or frontier.scenario.vans:
        told.append(say("frontier.rule_homes"))
    if frontier.truncated:
        told.append(say("frontier.rule_cut", count=teller.number(len(frontier.truncated))))
    versions = ", ".join(f"{name} {version}" for name, version in frontier.versions.items())
    told.append(
        say(
            "frontier.search",
            seconds=teller.number(frontier.seconds),
            seed=teller.number(frontier.seed),
            versions=versions,
        )
    )
    return told
