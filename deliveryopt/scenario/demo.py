"""A small example scenario, written by `deliveryopt new` for a user to change into her own.

Every place and number in it is invented.
"""

from datetime import date

from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    Goal,
    PickupPoint,
    Provenance,
    Rules,
    Run,
    Scenario,
    Source,
    Stop,
    StopTime,
    Village,
)
from deliveryopt.scenario.terms import RunKindName, RunKinds, RunTerms

WEEKDAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")
ASSUMED = "exempel, byt mot egna uppgifter"


def _village(
    village_id: str, name: str, lat: float, lon: float, people: tuple[int, int]
) -> Village:
    return Village(
        id=village_id,
        name=name,
        lat_deg=lat,
        lon_deg=lon,
        inhabitants=people[0],
        inhabitants_65=people[1],
        depot="terminal",
        real=False,
    )


def _site(site_id: str, name: str, lat: float, lon: float) -> PickupPoint:
    return PickupPoint(
        id=site_id,
        name=name,
        kind="site",
        lat_deg=lat,
        lon_deg=lon,
        fixed_sek_per_year=1040.0,
        sek_per_parcel=8.0,
        real=False,
    )


def _run(run_id: str, kind: RunKindName, days: tuple[Day, ...], start_min: int, places: str) -> Run:
    """Return a run that leaves at a time and takes ten minutes from place to place."""
    return Run(
        id=run_id,
        name=run_id,
        kind=kind,
        days=days,
        stop_times=tuple(
            StopTime(
                stop_sequence=position + 1,
                place_id=place,
                arrival_min=start_min + 10 * position,
                departure_min=start_min + 10 * position,
            )
            for position, place in enumerate(places.split())
        ),
    )


def demo_scenario() -> Scenario:
    """Return the example: four villages, one agent, four sites, and three runs."""
    return Scenario(
        name="exempel",
        title="Exempelkommunen",
        week_start=date(2026, 1, 12),
        rules=Rules(reach_km=2.0, max_lead_days=2, min_deliveries_per_week=2),
        goal=Goal(kind="least_cost", coverage_share=0.9),
        run_kinds=RunKinds(
            bus=RunTerms(delay_budget_min=6.0, parcel_s=10.0),
        ),
        box_types=(
            BoxType(
                id="liten",
                name="Liten box, 12 fack",
                compartments_s=7,
                compartments_m=4,
                compartments_l=1,
                sek_per_year=13000.0,
            ),
            BoxType(
                id="mellan",
                name="Mellanstor box, 30 fack",
                compartments_s=17,
                compartments_m=9,
                compartments_l=4,
                sek_per_year=18200.0,
            ),
        ),
        sources=(Source(name="Påhittat exempel", note="Byt varje uppgift mot er egen."),),
        provenance=(
            Provenance(field="box_types.liten.sek_per_year", source=ASSUMED, tag="assumed"),
            Provenance(field="box_types.mellan.sek_per_year", source=ASSUMED, tag="assumed"),
            Provenance(field="rules.reach_km", source=ASSUMED, tag="assumed"),
            Provenance(field="run_kinds.bus.delay_budget_min", source=ASSUMED, tag="assumed"),
            Provenance(field="run_kinds.bus.parcel_s", source=ASSUMED, tag="assumed"),
        ),
        villages=(
            _village("by-alnas", "Alnäs", 59.0420, 15.9400, (310, 84)),
            _village("by-bjorkhult", "Björkhult", 59.0880, 15.9900, (180, 61)),
            _village("by-centralort", "Centralorten", 59.0400, 15.8600, (2400, 560)),
            _village("by-dalen", "Dalen", 59.1100, 15.8800, (95, 40)),
        ),
        pickup_points=(
            PickupPoint(
                id="ombud-centralort",
                name="Ombudet i centralorten",
                kind="agent",
                lat_deg=59.0410,
                lon_deg=15.8620,
                sek_per_parcel=8.0,
                real=False,
            ),
            _site("plats-alnas", "Alnäs bygdegård", 59.0432, 15.9390),
            _site("plats-bjorkhult", "Björkhults skola", 59.0885, 15.9890),
            _site("plats-dalen", "Dalens busshållplats", 59.1102, 15.8812),
            _site("plats-korset", "Korset", 59.0650, 15.9650),
        ),
        depots=(Depot(id="terminal", name="Terminalen", lat_deg=59.0405, lon_deg=15.8570),),
        stops=(
            Stop(id="hpl-alnas", name="Alnäs", lat_deg=59.0431, lon_deg=15.9388),
            Stop(id="hpl-bjorkhult", name="Björkhult", lat_deg=59.0870, lon_deg=15.9860),
            Stop(id="hpl-dalen", name="Dalen", lat_deg=59.1101, lon_deg=15.8810),
            Stop(id="hpl-korset", name="Korset", lat_deg=59.0651, lon_deg=15.9652),
        ),
        runs=(
            _run("buss-1", "bus", WEEKDAYS, 7 * 60, "terminal hpl-alnas hpl-korset hpl-bjorkhult"),
            _run("buss-2", "bus", ("mon", "wed", "fri"), 14 * 60, "terminal hpl-dalen"),
            _run("skolskjuts", "school_bus", WEEKDAYS, 13 * 60, "terminal hpl-korset hpl-alnas"),
        ),
    )
