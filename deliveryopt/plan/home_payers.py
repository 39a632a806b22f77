"""Who pays for deliveries to the door: payers, customers, shops and the state's grant."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from deliveryopt.plan.figures_of_homes import HomeDeliveryFigures
from deliveryopt.plan.replay import Replay
from deliveryopt.plan.replay_homes import HomeRide
from deliveryopt.plan.replay_vans import VanRouteReplay
from deliveryopt.plan.world import DAY_NUMBER
from deliveryopt.scenario.demand import apportion
from deliveryopt.scenario.grants import GrantTerms, grant_terms
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.homes import left_ore, van_route_ore
from deliveryopt.scenario.prices import service_ore
from deliveryopt.scenario.terms import Payer
from deliveryopt.units import DAYS_PER_WEEK, ORE_PER_SEK, ore_from_sek, round_half_even

PAYS_GRANT_TO: Final[Payer] = "municipality"


@dataclass(frozen=True, slots=True, eq=False)
class DoorDelivery:
    """One home order delivered to its door, by run, by van or as today."""

    order: HomeOrder
    """The order."""
    day: int | None
    """Day of the week, 0 to 6; none as today."""
    payer: Payer
    """Who pays for it, before fees and grant."""
    cost_ore: int
    """What it costs, öre: for a van the stop's part of the day."""
    customer_fee_ore: int
    """What the household pays for it."""
    shop_share_ore: int
    """What the shop pays for it."""

    @property
    def net_ore(self) -> int:
        """What is left to its payer, öre."""
        return self.cost_ore - self.customer_fee_ore - self.shop_share_ore


def cost_of_route(done: VanRouteReplay) -> int:
    """Return what a van's day costs, öre, carbon dioxide left out."""
    return van_route_ore(done.van, metres=done.metres, minutes=done.minutes)


def cost_of_home_ride(replay: Replay, done: HomeRide) -> int:
    """Return what one home delivery costs a run, öre, carbon dioxide left out."""
    terms = replay.world.terms[done.run.id]
    return service_ore(terms, num_stops=1, extra_m=done.way.extra_m, extra_s=done.way.extra_s)


def parts_of_route(done: VanRouteReplay) -> list[int]:
    """Return each stop's part of what a van's day costs, öre: equal parts in whole öre."""
    return apportion(cost_of_route(done), [Fraction(1)] * len(done.stops))


def door_deliveries(replay: Replay) -> list[DoorDelivery]:
    """Return everything that comes to a door: by runs, by vans, and as today."""
    terms = replay.world.scenario.home_delivery
    fee_ore, share_ore = ore_from_sek(terms.customer_fee_sek), ore_from_sek(terms.shop_share_sek)

    def to_door(order: HomeOrder, day: int | None, payer: Payer, cost_ore: int) -> DoorDelivery:
        shop_share_ore = share_ore if order.goods == "grocery" else 0
        return DoorDelivery(order, day, payer, cost_ore, fee_ore, shop_share_ore)

    found = [
        to_door(
            done.order,
            done.day % DAYS_PER_WEEK,
            replay.world.terms[done.run.id].payer,
            cost_of_home_ride(replay, done),
        )
        for done in replay.home_rides
    ]
    found += [
        to_door(stop.order, DAY_NUMBER[done.route.day], done.van.payer, part_ore)
        for done in replay.van_routes
        for stop, part_ore in zip(done.stops, parts_of_route(done), strict=True)
        if stop.order is not None
    ]
    found += [
        to_door(order, None, PAYS_GRANT_TO, left_ore(replay.world.scenario, order))
        for order in replay.left
        if order.today_sek is not None
    ]
    return found


def _occasions(deliveries: Iterable[DoorDelivery], terms: GrantTerms) -> int:
    """Return the occasions for which the state pays: a household and day, or one as today."""
    days_of: dict[str, set[int]] = {}
    as_today = Counter[str]()
    for done in deliveries:
        household = household_of(done.order)
        days = days_of.setdefault(household, set())
        if done.day is None:
            as_today[household] += 1
        else:
            days.add(done.day)
    most = terms.max_per_household_week
    return sum(min(most, len(days) + as_today[home]) for home, days in days_of.items())


def household_of(order: HomeOrder) -> str:
    """Return an order's household; an order without one is its household's only one."""
    return order.household or order.id


def home_delivery_figures(replay: Replay) -> HomeDeliveryFigures:
    """Return who pays for the deliveries to the door for which the municipality pays."""
    terms = grant_terms(replay.world.scenario)
    paid = [done for done in door_deliveries(replay) if done.payer == PAYS_GRANT_TO]
    granted = [done for done in paid if done.order.goods in terms.goods]
    base_ore = max(0, sum(done.net_ore for done in granted))
    occasions = _occasions(granted, terms)
    most = min(terms.share * base_ore, terms.cap_sek * ORE_PER_SEK * occasions)
    grant_ore = round_half_even(most.numerator, most.denominator)
    net_ore = sum(done.net_ore for done in paid)
    return HomeDeliveryFigures(
        deliveries=len(paid),
        expenditure_ore=sum(done.cost_ore for done in paid),
        customer_fees_ore=sum(done.customer_fee_ore for done in paid),
        shops_share_ore=sum(done.shop_share_ore for done in paid),
        net_expenditure_ore=net_ore,
        grant_deliveries=len(granted),
        grant_net_expenditure_ore=base_ore,
        occasions=occasions,
        state_grant_ore=grant_ore,
        municipality_net_ore=net_ore - grant_ore,
        grant_rule=terms.rule,
        grant_share=float(terms.share),
        grant_cap_ore=ore_from_sek(float(terms.cap_sek)),
    )
