"""A small scenario with a van and home orders, and a hand-made plan that keeps every rule.

It has one of everything that vans and homes bring: an order at a stop of a run and one on a
detour, orders and parcels by a van on two trips, an order collected at a pickup point, one as
today and one for nobody. Everything is just full, just in time or just long enough, so that a
small change breaks a rule. All figures in the tests are computed by hand.

::

    terminalen -- handlarn -- hpl_d (hem_anna) -- hpl_e (lid_box)     vard_6 (08:30)
                                    hem_bo between them, off the road
    garaget -- terminalen -- hem_dan -- ek_box -- terminalen          van on Wednesday, trip 1
               terminalen -- handlarn -- hem_cia -- handlarn -- garaget         and trip 2
    garaget -- terminalen -- ek_box -- terminalen -- garaget          van on Friday
"""

from datetime import date

from deliveryopt.plan.plan import (
    Collection,
    HomeByRun,
    HomeInBox,
    HomeLeft,
    OpenedBoxes,
    Plan,
    TodaysCollection,
    VanRoute,
    VanShipment,
    VanStop,
    VanTrip,
)
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.home_delivery import HomeDelivery, HomeOrder
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    Distance,
    GivenDemand,
    Goal,
    PickupPoint,
    Rules,
    Run,
    Scenario,
    Stop,
    StopTime,
    Village,
)
from deliveryopt.scenario.terms import Size
from deliveryopt.scenario.vans import Van
from tests.plan.small_world import leg, service, shipment

DISTANCES: tuple[tuple[str, str, float | None], ...] = (
    ("aby", "ica", 3),
    ("ekby", "ica", 40),
    ("lidby", "ica", 50),
    ("ekby", "ek_box", 1),
    ("ekby", "ny_box", 3),
    ("lidby", "lid_box", 2),
    ("garaget", "terminalen", 5),
    ("garaget", "handlarn", 8),
    ("terminalen", "handlarn", 10),
    ("terminalen", "hem_dan", 12),
    ("hem_dan", "ek_box", 6),
    ("terminalen", "ek_box", 15),
    ("ek_box", "ny_box", 2),
    ("terminalen", "ny_box", 15),
    ("handlarn", "hem_cia", 7),
    ("handlarn", "hem_bo", 30),
    ("hpl_d", "hem_bo", 3),
    ("hem_bo", "hpl_e", 4),
    ("hpl_d", "hpl_e", 6),
    ("hpl_d", "ny_box", 4),
    ("ny_box", "hpl_e", 2),
)

DEMAND: tuple[tuple[str, Day, Size, int], ...] = (
    ("aby", "mon", "S", 2),
    ("ekby", "wed", "S", 2),
    ("ekby", "thu", "S", 1),
    ("ekby", "fri", "M", 1),
    ("lidby", "tue", "S", 2),
)


def _village(village_id: str, lat_deg: float, inhabitants: int) -> Village:
    return Village(
        id=village_id,
        name=village_id.title(),
        lat_deg=lat_deg,
        lon_deg=22.3,
        inhabitants=inhabitants,
        depot="terminalen",
    )


def _site(site_id: str, lat_deg: float, lon_deg: float) -> PickupPoint:
    return PickupPoint(
        id=site_id,
        name=site_id,
        kind="site",
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        fixed_sek_per_year=1040,
        sek_per_parcel=1,
    )


def _home(order_id: str, days: tuple[Day, ...], **fields: object) -> HomeOrder:
    """Return an order; without a place it has coordinates that no other place is near."""
    where = {} if "place_id" in fields else {"lat_deg": 65.06, "lon_deg": 21.8}
    return HomeOrder.model_validate({"id": order_id, "days": days, **where, **fields})


def homes() -> tuple[HomeOrder, ...]:
    """Return the home orders, sorted by id."""
    return (
        _home("hem_anna", ("tue",), place_id="hpl_d", needs_entry=True, cold_chain_min=35),
        _home("hem_bo", ("mon", "thu"), litres=20, kg=10, earliest_min=572, latest_min=610),
        _home("hem_cia", ("wed",), origin="handlarn", cold_chain_min=7, earliest_min=562),
        _home("hem_dan", ("wed",), goods="parcel", origin="terminalen", latest_min=507),
        _home(
            "hem_eva",
            ("wed", "sat"),
            place_id="ekby",
            goods="parcel",
            origin="terminalen",
            box_size="S",
            box_sek=12,
        ),
        _home("hem_fia", ("mon",), place_id="aby", today_sek=120),
        _home("hem_gun", ("mon",), place_id="aby", goods="meal", origin="handlarn"),
    )


def van() -> Van:
    """Return the van, whose shift is just long enough and whose room is just full."""
    return Van(
        id="van_1",
        name="Varubilen",
        operator="Kommunen",
        base="garaget",
        days=("wed", "fri"),
        shift_start_min=480,
        shift_end_min=581,
        max_trips=2,
        capacity_litres=53,
        capacity_kg=21,
        capacity_parcels=4,
        max_size="M",
        sek_per_day=100,
    )


def run() -> Run:
    """Return the home-care round, sized so that Tuesday's load just fits."""
    stops = (
        ("terminalen", 510, 510),
        ("handlarn", 540, 545),
        ("hpl_d", 570, 572),
        ("hpl_e", 600, 600),
    )
    return Run(
        id="vard_6",
        kind="home_care",
        days=("tue", "thu"),
        capacity_litres=47,
        capacity_kg=19,
        capacity_parcels=3,
        sek_per_stop=5,
        sek_per_parcel=2,
        stop_times=tuple(
            StopTime(
                stop_sequence=10 * number,
                place_id=place,
                arrival_min=arrival_min,
                departure_min=departure_min,
            )
            for number, (place, arrival_min, departure_min) in enumerate(stops, start=1)
        ),
    )


def van_scenario() -> Scenario:
    """Return the scenario: three villages, two sites in use, a shop, a van and seven orders."""
    return Scenario(
        name="vans",
        week_start=date(2025, 3, 3),
        rules=Rules(reach_km=5, max_lead_days=1, min_deliveries_per_week=2),
        goal=Goal(kind="least_cost", coverage_share=0.8),
        box_types=(
            BoxType(
                id="liten",
                operator="Boxbolaget",
                compartments_s=6,
                compartments_m=2,
                compartments_l=1,
                sek_per_year=5200,
            ),
            BoxType(
                id="mini",
                compartments_s=1,
                compartments_m=1,
                compartments_l=0,
                sek_per_year=2600,
            ),
        ),
        vans=(van(),),
        home_delivery=HomeDelivery(customer_fee_sek=20, shop_share_sek=10),
        villages=(
            _village("aby", 65.03, 50),
            _village("ekby", 65.3, 100),
            _village("lidby", 65.16, 60),
        ),
        pickup_points=(
            _site("ek_box", 65.31, 22.3),
            PickupPoint(
                id="ica",
                name="ica",
                kind="agent",
                lat_deg=65.0,
                lon_deg=22.4,
                sek_per_parcel=3,
            ),
            _site("lid_box", 65.15, 22.0),
            _site("ny_box", 65.32, 22.4),
        ),
        depots=(
            Depot(id="handlarn", name="Handlarn", kind="shop", lat_deg=65.02, lon_deg=22.0),
            Depot(id="storkop", name="Storköp", kind="shop", lat_deg=66.0, lon_deg=22.0),
            Depot(id="terminalen", name="T", lat_deg=65.0, lon_deg=22.0),
        ),
        stops=(
            Stop(id="garaget", name="Garaget", lat_deg=65.01, lon_deg=22.1),
            Stop(id="hpl_d", name="D", lat_deg=65.1, lon_deg=22.0),
            Stop(id="hpl_e", name="E", lat_deg=65.15, lon_deg=22.0),
        ),
        runs=(run(),),
        given_demand=tuple(
            GivenDemand(village_id=village, day=day, size=size, parcels=parcels)
            for village, day, size, parcels in DEMAND
        ),
        distances=tuple(
            Distance(from_id=from_id, to_id=to_id, km=km) for from_id, to_id, km in DISTANCES
        ),
        homes=homes(),
    )


def trip(origin: str, departure_min: int, *stops: tuple[str, int], back: int) -> VanTrip:
    """Return a trip that makes stops at times and is back at its origin."""
    return VanTrip(
        origin=origin,
        departure_min=departure_min,
        stops=tuple(VanStop(place=place, arrival_min=arrival_min) for place, arrival_min in stops),
        return_min=back,
    )


def brought(
    day: Day, load: tuple[Day, Size, int], *, trip_number: int = 1, point: str = "ek_box"
) -> VanShipment:
    """Return a van's shipment of (ready day, size, parcels)."""
    ready_day, size, parcels = load
    return VanShipment(
        van="van_1",
        day=day,
        trip=trip_number,
        pickup_point=point,
        size=size,
        ready_day=ready_day,
        parcels=parcels,
    )


WEDNESDAY = VanRoute(
    van="van_1",
    day="wed",
    start_min=480,
    trips=(
        trip("terminalen", 495, ("hem_dan", 507), ("ek_box", 517), back=535),
        trip("handlarn", 555, ("hem_cia", 562), back=573),
    ),
    end_min=581,
)
FRIDAY = VanRoute(
    van="van_1",
    day="fri",
    start_min=480,
    trips=(trip("terminalen", 495, ("ek_box", 510), back=528),),
    end_min=533,
)
AT_STOP = HomeByRun(
    order="hem_anna",
    run="vard_6",
    day="tue",
    kind="at_stop",
    stop_sequence=30,
    board_sequence=20,
    board_min=545,
    latest_arrival_min=580,
)
ON_DETOUR = HomeByRun(
    order="hem_bo",
    run="vard_6",
    day="thu",
    kind="through",
    stop_sequence=30,
    board_sequence=20,
    board_min=545,
    latest_arrival_min=610,
)
BROUGHT = (
    brought("wed", ("wed", "S", 3)),
    brought("fri", ("thu", "S", 1)),
    brought("fri", ("fri", "M", 1)),
)
IN_BOX = HomeInBox(order="hem_eva", pickup_point="ek_box")
LEFT = (HomeLeft(order="hem_fia", how="today"), HomeLeft(order="hem_gun", how="none"))


def van_plan() -> Plan:
    """Return the plan that keeps every rule."""
    return Plan(
        opened=tuple(
            OpenedBoxes(pickup_point=site, box_type="liten", boxes=1)
            for site in ("ek_box", "lid_box")
        ),
        collections=(
            Collection(village="ekby", pickup_point="ek_box"),
            Collection(village="lidby", pickup_point="lid_box"),
        ),
        as_today=(TodaysCollection(village="aby", agent="ica"),),
        services=(
            service("vard_6", "tue", "at_stop", 40, "lid_box", latest=610),
            service("vard_6", "thu", "at_stop", 40, "lid_box", latest=610),
        ),
        shipments=(
            shipment("lid_box", ("tue", "S", 2), leg("vard_6", "tue", (10, 510), ("lid_box", 610))),
        ),
        homes_by_run=(AT_STOP, ON_DETOUR),
        van_routes=(WEDNESDAY, FRIDAY),
        van_shipments=BROUGHT,
        homes_in_box=(IN_BOX,),
        homes_left=LEFT,
    )
