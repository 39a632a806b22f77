"""Deliveries of home orders by runs lived through."""

from dataclasses import dataclass

from deliveryopt.plan.plan import HomeByRun
from deliveryopt.plan.replay_services import Way, way_of
from deliveryopt.plan.world import DAY_NUMBER, World
from deliveryopt.scenario.home_delivery import HomeOrder
from deliveryopt.scenario.schema import Run
from deliveryopt.units import MIN_PER_DAY, S_PER_MIN


@dataclass(frozen=True, slots=True, eq=False)
class HomeRide:
    """One home order on a run, from boarding to its door."""

    delivery: HomeByRun
    """The delivery."""
    order: HomeOrder
    """The order."""
    run: Run
    """The run."""
    way: Way
    """What the run drives for it."""
    board_stop: int
    """Number of the boarding stop along the run, from 0."""
    departure_min: int
    """Timetabled departure from the boarding stop."""
    origin_stop: int | None
    """Last stop at the order's origin before the home in position; none if there is none."""

    @property
    def gaps(self) -> range:
        """Gaps in which the goods are aboard; empty if they board after the home."""
        return range(self.board_stop, self.way.gap_end)

    @property
    def day(self) -> int:
        """Day of boarding, counted from the Monday of the service day's week."""
        return DAY_NUMBER[self.delivery.day] + self.departure_min // MIN_PER_DAY

    @property
    def midnight_min(self) -> int:
        """00:00 of the day of boarding, minutes after 00:00 of the service day."""
        return self.departure_min // MIN_PER_DAY * MIN_PER_DAY


def replay_home(world: World, delivery: HomeByRun) -> HomeRide | None:
    """Return a delivery lived through; None if it names something that does not exist."""
    stop = world.stop_number.get((delivery.run, delivery.stop_sequence))
    board_stop = world.stop_number.get((delivery.run, delivery.board_sequence))
    order = world.homes.get(delivery.order)
    if stop is None or board_stop is None or order is None:
        return None
    run = world.runs[delivery.run]
    way = way_of(
        world,
        run,
        delivery.kind,
        stop,
        by_way=(order.id,),
        at_places_s=order.service_min * S_PER_MIN,
    )
    if way is None:
        return None
    origin = world.origins[order.id]
    standing = [] if origin is None else world.stands_at(origin, run)
    return HomeRide(
        delivery=delivery,
        order=order,
        run=run,
        way=way,
        board_stop=board_stop,
        departure_min=run.stop_times[board_stop].departure_min,
        origin_stop=max((number for number in standing if number < way.gap_end), default=None),
    )
