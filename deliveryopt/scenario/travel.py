"""Distance and time between places: the given table, else straight line times a factor.

Road distances come from `distances.csv` where the scenario gives them, and otherwise are
estimates: geodesic distance times `detour_factor`. A road graph would be a third source here.
"""

from dataclasses import dataclass, field
from functools import cache

from geopy.distance import geodesic

from deliveryopt.scenario.schema import Depot, PickupPoint, Scenario, Stop, Village
from deliveryopt.units import driving_s, m_from_km, s_from_min


@cache
def straight_line_m(lat_a_deg: float, lon_a_deg: float, lat_b_deg: float, lon_b_deg: float) -> int:
    """Return the geodesic distance between two WGS 84 points, whole metres."""
    if (lat_a_deg, lon_a_deg) == (lat_b_deg, lon_b_deg):
        return 0
    metres: float = geodesic((lat_a_deg, lon_a_deg), (lat_b_deg, lon_b_deg)).m
    return round(metres)


@dataclass(frozen=True, slots=True, eq=False)
class Travel:
    """Distances and times between the places of one scenario; made by `build_travel`."""

    positions: dict[str, tuple[float, float]]
    """Latitude and longitude by place id, degrees."""
    given_m: dict[tuple[str, str], int | None]
    """Given road distance, metres; None means unreachable."""
    given_s: dict[tuple[str, str], int]
    """Given driving time, seconds."""
    detour_factor: float
    """Road over straight-line distance for estimates."""
    place_of: dict[str, str] = field(default_factory=dict)
    """Place at which a home stands that has no coordinates of its own, by home order."""
    _metres: dict[tuple[str, str], int | None] = field(default_factory=dict)

    def apart_m(self, place_a: str, place_b: str) -> int:
        """Return the straight-line distance, whole metres."""
        lat_a, lon_a = self.positions[place_a]
        lat_b, lon_b = self.positions[place_b]
        return straight_line_m(lat_a, lon_a, lat_b, lon_b)

    def road_m(self, place_a: str, place_b: str) -> int | None:
        """Return the road distance, whole metres; None if unreachable."""
        pair = self._pair(place_a, place_b)
        if pair not in self._metres:
            if pair[0] == pair[1]:
                self._metres[pair] = 0
            elif pair in self.given_m:
                self._metres[pair] = self.given_m[pair]
            else:
                self._metres[pair] = round(self.apart_m(*pair) * self.detour_factor)
        return self._metres[pair]

    def road_s(self, place_a: str, place_b: str, *, speed_kmh: float) -> int | None:
        """Return the driving time, whole seconds; None if unreachable."""
        metres = self.road_m(place_a, place_b)
        if metres is None:
            return None
        pair = self._pair(place_a, place_b)
        if pair in self.given_s:
            return self.given_s[pair]
        return driving_s(metres, speed_kmh)

    def is_estimate(self, place_a: str, place_b: str) -> bool:
        """Return whether the road distance is an estimate rather than given."""
        pair = self._pair(place_a, place_b)
        return pair[0] != pair[1] and pair not in self.given_m

    def _pair(self, place_a: str, place_b: str) -> tuple[str, str]:
        """Return the places at which two places stand."""
        return self.place_of.get(place_a, place_a), self.place_of.get(place_b, place_b)


def build_travel(scenario: Scenario) -> Travel:
    """Return the distances and times of a scenario.

    A given distance holds in both directions unless the other direction is given too.
    """
    places: tuple[Village | PickupPoint | Depot | Stop, ...] = (
        *scenario.villages,
        *scenario.pickup_points,
        *scenario.depots,
        *scenario.stops,
    )
    given_m: dict[tuple[str, str], int | None] = {}
    given_s: dict[tuple[str, str], int] = {}
    backwards = ((row.to_id, row.from_id, row) for row in scenario.distances)
    forwards = ((row.from_id, row.to_id, row) for row in scenario.distances)
    for from_id, to_id, row in (*backwards, *forwards):
        given_m[from_id, to_id] = None if row.km is None else m_from_km(row.km)
        given_s.pop((from_id, to_id), None)
        if row.minutes is not None:
            given_s[from_id, to_id] = s_from_min(row.minutes)
    positions = {place.id: (place.lat_deg, place.lon_deg) for place in places}
    for home in scenario.homes:
        if home.place_id is not None:
            positions[home.id] = positions[home.place_id]
        elif home.lat_deg is not None and home.lon_deg is not None:
            positions[home.id] = (home.lat_deg, home.lon_deg)
    return Travel(
        positions=positions,
        given_m=given_m,
        given_s=given_s,
        detour_factor=scenario.rules.detour_factor,
        place_of={home.id: home.place_id for home in scenario.homes if home.place_id is not None},
    )


def nearest_agent(scenario: Scenario, travel: Travel, village_id: str) -> tuple[str, int] | None:
    """Return the existing agent nearest by road and its distance in metres; ties by id."""
    candidates = [
        (metres, point.id)
        for point in scenario.pickup_points
        if point.kind == "agent" and (metres := travel.road_m(village_id, point.id)) is not None
    ]
    if not candidates:
        return None
    metres, agent_id = min(candidates)
    return agent_id, metres


def reach_m(scenario: Scenario) -> int:
    """Return the reach, whole metres."""
    return m_from_km(scenario.rules.reach_km)
