"""A small scenario with a hand-made plan that keeps every rule.

It has one of everything: a stop and a detour, a transfer, a run past midnight, a village that
stays as today and one that no road reaches. All figures in the tests are computed by hand.

::

    terminalen --- hpl_a ------------ hpl_b      buss_1 (07:00), natt_3 (23:30)
               ica (agent)  alby_box   berg_box between hpl_a and hpl_b, off the road
    terminalen ---------------------- hpl_b      hem_4 (10:00)
    hpl_a --- hpl_c (ceder_box)                  skol_2 (09:00), no depot
"""

from datetime import date
from typing import Literal, TypeVar

from pydantic import BaseModel

from deliveryopt.plan.plan import (
    Collection,
    Leg,
    OpenedBoxes,
    Plan,
    Service,
    Shipment,
    TodaysCollection,
)
from deliveryopt.scenario.field_types import Day
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

Model = TypeVar("Model", bound=BaseModel)

WORKDAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")


def changed(value: Model, **changes: object) -> Model:
    """Return a copy with other values, validated again."""
    return type(value).model_validate(value.model_dump() | changes)


def _run_terms() -> dict[str, dict[str, object]]:
    """Return what the runs set themselves; the rest follows their kinds."""
    return {
        "buss_1": {"delay_budget_min": 12, "sek_per_stop": 5, "sek_per_parcel": 1.5},
        "skol_2": {"delay_budget_min": 8},
        "natt_3": {"delay_budget_min": 5},
        "hem_4": {},
        "hem_5": {},
    }


def _run(run_id: str, kind: str, days: tuple[Day, ...], *stops: tuple[str, int, int]) -> Run:
    return Run.model_validate(
        {
            "id": run_id,
            "kind": kind,
            "days": days,
            "stop_times": tuple(
                StopTime(
                    stop_sequence=10 * (number + 1),
                    place_id=place,
                    arrival_min=arrival_min,
                    departure_min=departure_min,
                )
                for number, (place, arrival_min, departure_min) in enumerate(stops)
            ),
            **_run_terms()[run_id],
        }
    )


def runs() -> tuple[Run, ...]:
    """Return the runs, sorted by id."""
    return (
        _run(
            "buss_1",
            "bus",
            WORKDAYS,
            ("terminalen", 420, 420),
            ("hpl_a", 450, 451),
            ("hpl_b", 480, 480),
        ),
        _run("hem_4", "home_care", ("tue", "thu"), ("terminalen", 600, 600), ("hpl_b", 640, 640)),
        _run("hem_5", "home_care", ("tue", "thu"), ("terminalen", 600, 600), ("hpl_b", 640, 640)),
        _run(
            "natt_3",
            "bus",
            (*WORKDAYS, "sat"),
            ("terminalen", 1410, 1410),
            ("hpl_a", 1460, 1461),
            ("hpl_b", 1490, 1490),
        ),
        _run(
            "skol_2", "school_bus", ("mon", "wed", "fri"), ("hpl_a", 535, 540), ("hpl_c", 570, 570)
        ),
    )


def _site(site_id: str, lat_deg: float, **fields: object) -> PickupPoint:
    return PickupPoint.model_validate(
        {
            "id": site_id,
            "name": site_id,
            "kind": "site",
            "lat_deg": lat_deg,
            "lon_deg": 22.0,
            "fixed_sek_per_year": 1040,
            "sek_per_parcel": 1,
            **fields,
        }
    )


def _agent(agent_id: str, lon_deg: float) -> PickupPoint:
    return PickupPoint(
        id=agent_id, name=agent_id, kind="agent", lat_deg=65.0, lon_deg=lon_deg, sek_per_parcel=3
    )


def _village(village_id: str, lat_deg: float, inhabitants: int, old: int | None) -> Village:
    return Village(
        id=village_id,
        name=village_id.title(),
        lat_deg=lat_deg,
        lon_deg=22.5,
        inhabitants=inhabitants,
        inhabitants_65=old,
        depot="terminalen",
    )


DISTANCES: tuple[tuple[str, str, float | None], ...] = (
    ("alby", "alby_box", 0.5),
    ("alby", "ica", 30),
    ("alby", "coop", 31),
    ("berg", "berg_box", 1),
    ("berg", "ica", 25),
    ("berg", "coop", 26),
    ("ceder", "ceder_box", 2),
    ("ceder", "ica", 60),
    ("ceder", "coop", 61),
    ("dal", "ica", 3),
    ("dal", "coop", 5),
    ("ensam", "ica", None),
    ("ensam", "coop", None),
    ("hpl_a", "berg_box", 2),
    ("berg_box", "hpl_b", 2.5),
    ("hpl_a", "hpl_b", 4),
    ("hpl_a", "kulle_box", 1),
    ("hpl_a", "hpl_c", 20),
    ("kulle_box", "hpl_c", 20),
    ("kulle_box", "berg_box", 1),
    ("kulle_box", "hpl_b", 3),
    ("terminalen", "berg_box", 10),
    ("terminalen", "hpl_b", 9),
    ("hpl_a", "tomt_box", 4),
    ("hpl_b", "tomt_box", 0.05),
)

DEMAND: tuple[tuple[str, Day, Size, int], ...] = (
    ("alby", "mon", "S", 4),
    ("alby", "wed", "M", 2),
    ("alby", "fri", "L", 1),
    ("berg", "mon", "S", 2),
    ("berg", "thu", "M", 1),
    ("ceder", "mon", "S", 2),
    ("ceder", "wed", "L", 1),
    ("dal", "tue", "S", 2),
    ("ensam", "mon", "S", 1),
)


def small_scenario() -> Scenario:
    """Return the scenario: five villages, two agents, five sites, a depot and five runs."""
    return Scenario(
        name="small",
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
                operator="Annan",
                compartments_s=1,
                compartments_m=0,
                compartments_l=0,
                sek_per_year=2600,
            ),
            BoxType(
                id="rymlig",
                operator="Annan",
                compartments_s=0,
                compartments_m=0,
                compartments_l=4,
                sek_per_year=2600,
            ),
        ),
        villages=(
            _village("alby", 65.11, 100, 30),
            _village("berg", 65.16, 50, 20),
            _village("ceder", 65.31, 40, 10),
            _village("dal", 65.01, 20, None),
            _village("ensam", 65.9, 10, 5),
        ),
        pickup_points=(
            _site("alby_box", 65.1, transfer_parcels=5),
            _site("berg_box", 65.15),
            _site("ceder_box", 65.3),
            _agent("coop", 22.2),
            _agent("ica", 22.1),
            _site("kulle_box", 65.17),
            _site("tomt_box", 65.2, box_types=("liten",)),
        ),
        depots=(Depot(id="terminalen", name="T", lat_deg=65.0, lon_deg=22.0, ready_thu=540),),
        stops=(
            Stop(id="hpl_a", name="A", lat_deg=65.1, lon_deg=22.0),
            Stop(id="hpl_b", name="B", lat_deg=65.2, lon_deg=22.0),
            Stop(id="hpl_c", name="C", lat_deg=65.3, lon_deg=22.0),
        ),
        runs=runs(),
        given_demand=tuple(
            GivenDemand(village_id=village, day=day, size=size, parcels=parcels)
            for village, day, size, parcels in DEMAND
        ),
        distances=tuple(
            Distance(from_id=from_id, to_id=to_id, km=km) for from_id, to_id, km in DISTANCES
        ),
    )


Kind = Literal["at_stop", "through", "out_and_back"]


def service(run: str, day: Day, kind: Kind, sequence: int, *points: str, latest: int) -> Service:
    """Return a service."""
    return Service(
        run=run,
        day=day,
        kind=kind,
        stop_sequence=sequence,
        points=points,
        latest_arrival_min=latest,
    )


def leg(run: str, day: Day, board: tuple[int, int], alight: tuple[str, int]) -> Leg:
    """Return a leg from stop and departure to point and latest arrival."""
    return Leg(
        run=run,
        day=day,
        board_sequence=board[0],
        board_min=board[1],
        alight_point=alight[0],
        alight_min=alight[1],
    )


def shipment(point: str, load: tuple[Day, Size, int], *legs: Leg) -> Shipment:
    """Return a shipment of (ready day, size, parcels)."""
    ready_day, size, parcels = load
    return Shipment(
        depot="terminalen",
        pickup_point=point,
        size=size,
        ready_day=ready_day,
        parcels=parcels,
        legs=legs,
    )


def bus_to_alby(day: Day) -> Leg:
    """Return the leg by buss_1 from the depot to alby_box."""
    return leg("buss_1", day, (10, 420), ("alby_box", 462))


def school_bus_to_ceder(day: Day) -> Leg:
    """Return the leg by skol_2 from alby_box to ceder_box."""
    return leg("skol_2", day, (10, 540), ("ceder_box", 578))


def small_plan() -> Plan:
    """Return the plan that keeps every rule."""
    return Plan(
        opened=tuple(
            OpenedBoxes(pickup_point=site, box_type="liten", boxes=1)
            for site in ("alby_box", "berg_box", "ceder_box")
        ),
        collections=tuple(
            Collection(village=village, pickup_point=f"{village}_box")
            for village in ("alby", "berg", "ceder")
        ),
        as_today=(
            TodaysCollection(village="dal", agent="ica"),
            TodaysCollection(village="ensam", agent=None),
        ),
        services=(
            service("buss_1", "mon", "at_stop", 20, "alby_box", latest=462),
            service("buss_1", "mon", "through", 20, "berg_box", latest=492),
            service("buss_1", "wed", "at_stop", 20, "alby_box", latest=462),
            service("buss_1", "fri", "at_stop", 20, "alby_box", latest=462),
            service("hem_4", "thu", "through", 10, "berg_box", latest=650),
            service("natt_3", "wed", "at_stop", 20, "alby_box", latest=1465),
            service("skol_2", "mon", "at_stop", 10, "alby_box", latest=543),
            service("skol_2", "mon", "at_stop", 20, "ceder_box", latest=578),
            service("skol_2", "wed", "at_stop", 10, "alby_box", latest=543),
            service("skol_2", "wed", "at_stop", 20, "ceder_box", latest=578),
        ),
        shipments=(
            shipment("alby_box", ("mon", "S", 4), bus_to_alby("mon")),
            shipment(
                "alby_box", ("wed", "M", 2), leg("natt_3", "wed", (10, 1410), ("alby_box", 1465))
            ),
            shipment("alby_box", ("fri", "L", 1), bus_to_alby("fri")),
            shipment(
                "berg_box", ("mon", "S", 2), leg("buss_1", "mon", (10, 420), ("berg_box", 492))
            ),
            shipment(
                "berg_box", ("thu", "M", 1), leg("hem_4", "thu", (10, 600), ("berg_box", 650))
            ),
            shipment("ceder_box", ("mon", "S", 2), bus_to_alby("mon"), school_bus_to_ceder("mon")),
            shipment("ceder_box", ("wed", "L", 1), bus_to_alby("wed"), school_bus_to_ceder("wed")),
        ),
    )
