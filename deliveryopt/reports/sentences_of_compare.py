"""The comparison of plans in words: what each costs and covers, and whether its input differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.compare_rows import CompareRow, figure_rows, may_be_alike, total_rows
from deliveryopt.reports.formats import money, percent
from deliveryopt.reports.sentences import Teller, teller_of
from deliveryopt.reports.texts import Texts
from deliveryopt.scenario.differences import ScenarioDifferences, scenario_differences

_PLACES: Final = ("depots", "stops")


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Several plans with what tells them; the baseline is fixed."""

    baseline: Teller
    others: tuple[Teller, ...]

    @property
    def say(self) -> Texts:
        """Return the texts."""
        return self.baseline.say

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """Return the other plans."""
        return tuple(other.bundle for other in self.others)

    def name(self, place: int) -> str:
        """Return what one other plan is called: the baseline is plan 1."""
        return self.say("compare.plan", number=self.baseline.number(place + 2))

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the other plans are called."""
        return tuple(self.name(place) for place in range(len(self.others)))

    def differences(self, place: int) -> ScenarioDifferences:
        """Return what differs in the input of one other plan."""
        return scenario_differences(
            self.baseline.bundle.scenario, self.others[place].bundle.scenario
        )


def compared(baseline: Bundle, others: Sequence[Bundle], say: Texts) -> Compared:
    """Return several plans with what tells them."""
    return Compared(
        teller_of(baseline, say.language),
        tuple(teller_of(other, say.language) for other in others),
    )


def brief_sentences(plans: Compared) -> list[str]:
    """Return what each plan costs and covers against the baseline, and on which input."""
    cost = total_rows(plans.baseline.bundle, plans.bundles)[-1]
    coverage = figure_rows(plans.baseline.bundle, plans.bundles)[0]
    told = []
    for place, other in enumerate(plans.bundles):
        sentences = [_cost_sentence(plans, place, cost, coverage)]
        if may_be_alike(plans.baseline.bundle, other):
            sentences.append(plans.say("compare.not_sure"))
        sentences.append(input_sentence(plans, place))
        told.append(" ".join(sentences))
    return told


def _cost_sentence(plans: Compared, place: int, cost: CompareRow, coverage: CompareRow) -> str:
    """Return what one plan costs and covers against the baseline."""
    language = plans.say.language
    more = cost.change(place) or 0.0
    shares = (coverage.others[place], coverage.baseline)
    share, before = (
        percent(share or 0.0, language, decimals=coverage.decimals) for share in shares
    )
    values = {"plan": plans.name(place), "share": share, "before": before}
    if not more:
        return plans.say("compare.costs_same", **values)
    key = "compare.costs_more" if more > 0 else "compare.costs_less"
    return plans.say(key, sek=money(abs(more), language), **values)


def input_sentence(plans: Compared, place: int) -> str:
    """Return whether one plan was calculated on the same input, and what differs."""
    found, name = plans.differences(place), plans.name(place)
    if found.are_none:
        return plans.say("compare.same_input", plan=name)
    kinds = kinds_of_differences(found, plans.say)
    if kinds == [plans.say("compare.what_goal")]:
        return plans.say("compare.other_goal", plan=name)
    return plans.say(
        "compare.other_input", plan=name, what=plans.baseline.joined(kinds, len(kinds))
    )


def kinds_of_differences(found: ScenarioDifferences, say: Texts) -> list[str]:
    """Return what sort of input differs, in words."""
    fields = [one.field for one in found.fields]
    prices = [field for field in fields if "sek" in field and not field.startswith("goal.")]
    rates = [field for field in fields if field.startswith("rates.") and field not in prices]
    terms = [
        field
        for field in fields
        if field.startswith(("run_kinds.", "box_types.", "vans.")) and field not in prices
    ]
    tables = {one.table for one in found.tables}
    homes = [
        field for field in fields if field.startswith("home_delivery.") and field not in prices
    ]
    kinds = (
        (found.touches("week_start", "days"), say("compare.what_week")),
        (found.touches("goal."), say("compare.what_goal")),
        (found.touches("rules."), say("compare.what_rules")),
        (bool(prices), say("compare.what_prices")),
        (bool(rates) or found.touches("given_demand"), say("compare.what_demand")),
        (bool(terms) or not tables.isdisjoint({"box_types", "vans"}), say("compare.what_terms")),
        (found.touches("villages"), say("compare.what_villages")),
        (found.touches("pickup_points"), say("compare.what_points")),
        (found.touches("runs"), say("compare.what_runs")),
        (found.touches("distances"), say("compare.what_roads")),
        (found.touches(*_PLACES), say("compare.what_places")),
        (bool(homes) or found.touches("homes"), say("compare.what_homes")),
    )
    return [word for is_so, word in kinds if is_so]


def proof_in_words(teller: Teller) -> str:
    """Return what is proven of one plan, in a few words."""
    proof, say = teller.bundle.proof, teller.say
    if proof.status == "OPTIMAL":
        told = say("proof.status_optimal")
    elif proof.bound_ore_per_week is None:
        told = say("ways.feasible")
    else:
        told = say("ways.bound", bound=teller.money(proof.bound_ore_per_week))
    return say("proof.of_enumerated", what=told) if proof.truncated else told
