"""Saving a scenario, and loading what was saved."""

import os
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliveryopt.errors import OutputError, ScenarioError
from deliveryopt.scenario.field_types import Day
from deliveryopt.scenario.json_schema import SCHEMA_FILE
from deliveryopt.scenario.load import in_order, load_scenario, scenario_hash
from deliveryopt.scenario.rates import Rates
from deliveryopt.scenario.save import save_scenario
from deliveryopt.scenario.schema import (
    BoxType,
    Depot,
    Distance,
    GivenDemand,
    Goal,
    OperatorLimit,
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
from deliveryopt.scenario.terms import MealVanTerms, RunKinds, RunTerms
from deliveryopt.scenario.text import identifier, is_personal_number
from deliveryopt.units import DAYS
from tests.scenario.base_folder import FILES, change, write_base
from tests.strategies import random_scenario

T = TypeVar("T")
ODD_NAMES = [
    "",
    "=HYPERLINK(1)",
    "'=1",
    "''",
    "'",
    "+1",
    "-2+3",
    "@SUM(1)",
    'He said "no", twice;',
    "Åsele å ä ö 😀 \u202f nbsp\u00a0",
    "null",
    "~",
    "yes",
    "010",
    "1e3",
    "# no comment",
    "a: b",
    "?",
    "?a",
    "a ]}",
    ", -",
    "a #b",
    "% !x &y *z |",
    "- x",
    "{{7*7}}",
    "\ta\r\n=b\x00\x1b[31m\u202e",
    "unreachable",
    "x" * 10_000,
]
names = st.one_of(st.sampled_from(ODD_NAMES), st.text(max_size=20)).filter(
    lambda text: not is_personal_number(text)
)


def _twin(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in {"Cf", "Cc"})


def _is_id(text: str) -> bool:
    try:
        cleaned = str(identifier(text))
    except ValueError:
        return False
    return bool(_twin(cleaned)) and not is_personal_number(text)


ids = st.one_of(
    st.text(min_size=1, max_size=8).filter(_is_id),
    st.sampled_from(["010", "NO", "=1", "-x", "åäö", "null", "1e3", "a,b", 'q"q', "'@"]),
)
words = ids.map(lambda text: "".join(str(identifier(text)).split()))
numbers = st.floats(min_value=0, max_value=200, exclude_min=True, allow_subnormal=False)


def _days(draw: st.DrawFn, pool: tuple[Day, ...] = DAYS) -> tuple[Day, ...]:
    chosen = draw(st.sets(st.sampled_from(pool), min_size=1))
    return tuple(day for day in DAYS if day in chosen)


def _maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.one_of(st.none(), strategy)


def _place(draw: st.DrawFn) -> dict[str, object]:
    lat_deg = draw(st.floats(min_value=55, max_value=69))
    lon_deg = draw(st.floats(min_value=-20, max_value=20))
    return {"name": draw(names), "lat_deg": lat_deg, "lon_deg": lon_deg}


def _run(draw: st.DrawFn, run_id: str, places: list[str]) -> Run:
    times = sorted(draw(st.lists(st.integers(0, 4320), min_size=4, max_size=6)))
    order = sorted(draw(st.sets(st.integers(0, 100_000), min_size=3, max_size=3)))
    stops = [
        StopTime(
            stop_sequence=order[position],
            place_id=draw(st.sampled_from(places)),
            arrival_min=times[2 * position],
            departure_min=times[2 * position + 1],
        )
        for position in range(len(times) // 2)
    ]
    return Run(
        id=run_id,
        name=draw(names),
        kind=draw(st.sampled_from(["bus", "meal_van", "other"])),
        operator=draw(names),
        days=_days(draw),
        capacity_litres=draw(_maybe(numbers)),
        may_detour=draw(_maybe(st.booleans())),
        max_size=draw(_maybe(st.sampled_from(["S", "M", "L"]))),
        stop_times=tuple(stops),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw scenarios that are right and as odd as the format allows."""
    chosen = draw(st.lists(ids, min_size=6, max_size=6, unique_by=_twin))
    depot, village, other, agent, site, stop = (str(identifier(text)) for text in chosen)
    box_id, run_id = draw(words.filter(bool)), str(identifier(draw(ids)))
    days = _days(draw)
    shares: dict[str, float] = {f"share_{day}": 0.0 for day in DAYS}
    shares[f"share_{days[0]}"] = 1.0
    rates = Rates(car_speed_kmh=draw(numbers), resident_sek_per_h=draw(numbers), **shares)
    box = BoxType(
        id=box_id,
        operator=str(identifier(draw(ids))),
        compartments_s=draw(st.integers(0, 10_000)),
        compartments_m=1,
        compartments_l=0,
        sek_per_year=draw(st.floats(min_value=0, max_value=1e9)),
    )
    tag = draw(_maybe(st.sampled_from(["measured", "official", "derived", "assumed"])))
    about = Provenance(
        field=draw(
            st.sampled_from(
                ["rules.reach_km", f"box_types.{box.id}.sek_per_year", "run_kinds.bus.capacity_kg"]
            )
        ),
        source=draw(names),
        tag=tag,
    )
    goal = draw(
        st.sampled_from(
            [
                Goal(kind="least_cost", coverage_share=0.1 + 0.2),
                Goal(kind="greatest_coverage", budget_sek_per_year=1e9, count_co2=True),
            ]
        )
    )
    return in_order(
        Scenario(
            name=draw(words.filter(bool).filter(lambda text: text.isalnum())),
            title=draw(names),
            language=draw(st.sampled_from(["sv", "en"])),
            week_start=date(2026, 10, 5) + timedelta(weeks=draw(st.integers(-999, 999))),
            days=days,
            rules=Rules(
                reach_km=draw(numbers),
                max_lead_days=0,
                unusable_runs=draw(st.sampled_from([(), (run_id,)])),
                max_boxes_per_operator=(OperatorLimit(operator=box.operator, max_boxes=3),),
            ),
            goal=goal,
            rates=rates,
            run_kinds=RunKinds(
                bus=RunTerms(capacity_parcels=draw(_maybe(st.integers(0, 100_000)))),
                meal_van=MealVanTerms(payer=draw(st.sampled_from(["region", "municipality"]))),
            ),
            box_types=(box,),
            sources=(Source(name=draw(names), note=draw(names)),),
            provenance=(about,),
            villages=(
                Village(id=village, inhabitants=7, depot=depot, **_place(draw)),
                Village(
                    id=other,
                    inhabitants=0,
                    depot=depot,
                    parcels_per_week=draw(_maybe(numbers)),
                    must_serve=draw(st.booleans()),
                    **_place(draw),
                ),
            ),
            pickup_points=(
                PickupPoint(id=agent, kind="agent", host=draw(names), **_place(draw)),
                PickupPoint(
                    id=site,
                    kind="site",
                    box_types=draw(st.sampled_from([(), (box_id,)])),
                    max_boxes=draw(st.integers(1, 20)),
                    **_place(draw),
                ),
            ),
            depots=(Depot(id=depot, ready_mon=draw(st.integers(0, 4320)), **_place(draw)),),
            stops=(Stop(id=stop, **_place(draw)),),
            runs=(_run(draw, run_id, [depot, stop, site]),),
            given_demand=(GivenDemand(village_id=village, day=days[-1], size="M", parcels=3),),
            distances=(
                Distance(from_id=village, to_id=site, km=draw(_maybe(numbers))),
                Distance(from_id=site, to_id=village, km=0.0, minutes=draw(_maybe(numbers))),
            ),
        )
    )


@settings(deadline=None, max_examples=60)
@given(scenario=scenarios())
def test_what_is_saved_is_loaded_as_it_was(scenario: Scenario) -> None:
    with TemporaryDirectory() as folder:
        save_scenario(scenario, Path(folder))
        loaded = load_scenario(Path(folder))

    assert loaded == scenario
    assert scenario_hash(loaded) == scenario_hash(scenario)


@pytest.mark.parametrize("seed", range(5))
def test_random_scenarios_of_the_solver_survive_too(seed: int, tmp_path: Path) -> None:
    scenario = random_scenario(seed)
    longest = min(scenario.rules.max_lead_days, len(scenario.days) - 1)
    rules = scenario.rules.model_copy(update={"max_lead_days": longest})
    scenario = scenario.model_copy(update={"rules": rules})

    save_scenario(scenario, tmp_path / "saved")

    assert load_scenario(tmp_path / "saved") == in_order(scenario)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_survive_in_tables_and_yaml(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(write_base(tmp_path / "base"))
    village = Village.model_validate(scenario.villages[0].model_dump() | {"name": name})
    about = scenario.provenance[0].model_dump() | {"source": name}
    changes = {
        "title": name,
        "villages": (village, *scenario.villages[1:]),
        "sources": (Source(name=name, note=name),),
        "provenance": (about,),
    }
    odd = Scenario.model_validate(scenario.model_dump() | changes)

    save_scenario(odd, tmp_path / "saved")

    assert load_scenario(tmp_path / "saved") == odd


def _saved(tmp_path: Path) -> tuple[Scenario, Path]:
    scenario = load_scenario(write_base(tmp_path / "base"))
    save_scenario(scenario, tmp_path / "saved")
    return scenario, tmp_path / "saved"


def test_the_base_scenario_survives_with_its_sources(tmp_path: Path) -> None:
    scenario, folder = _saved(tmp_path)

    assert load_scenario(folder) == scenario
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    assert (
        "capacity_parcels: {value: 8, source: the operator, tag: measured, low: 5, high: 10}"
        in text
    )


def test_what_is_at_its_default_is_left_out(tmp_path: Path) -> None:
    _, folder = _saved(tmp_path)

    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert "rates:" not in text
    assert "school_bus" not in text
    head = (folder / "villages.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert head == "id,name,lat,lon,inhabitants,depot"


def test_no_cell_starts_as_a_formula(tmp_path: Path) -> None:
    folder = write_base(tmp_path / "base")
    change(folder, "villages.csv", ",Lillby,", ",=1+1,")

    save_scenario(load_scenario(folder), tmp_path / "saved")

    assert ",'=1+1," in (tmp_path / "saved" / "villages.csv").read_text(encoding="utf-8")


def test_nothing_is_replaced_without_force(tmp_path: Path) -> None:
    scenario, folder = _saved(tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(OutputError, match=r"there already: scenario\.yaml.*\n.*--force"):
        save_scenario(scenario, folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    save_scenario(scenario, folder, force=True)
    assert load_scenario(folder) == scenario


def test_an_old_optional_table_does_not_come_back(tmp_path: Path) -> None:
    scenario, folder = _saved(tmp_path)
    bare = scenario.model_copy(update={"given_demand": (), "distances": ()})

    save_scenario(bare, folder, force=True)

    assert load_scenario(folder) == bare
    assert (folder / "parcels.csv").read_text(encoding="utf-8") == "village_id,day,size,parcels\n"


def test_a_scenario_that_would_not_load_is_not_written(tmp_path: Path) -> None:
    scenario = load_scenario(write_base(tmp_path / "base"))
    broken = scenario.model_copy(update={"depots": ()})

    with pytest.raises(ScenarioError, match="not a known depot"):
        save_scenario(broken, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_provenance_of_no_number_is_not_lost_silently(tmp_path: Path) -> None:
    scenario = load_scenario(write_base(tmp_path / "base"))
    lost = scenario.model_copy(update={"provenance": (Provenance(field="rules.reech_km"),)})

    with pytest.raises(OutputError, match="provenance of scenario 'lillby'"):
        save_scenario(lost, tmp_path / "new")


def test_a_failing_write_leaves_the_old_files_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario, folder = _saved(tmp_path)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="No space left on device") as caught:
        save_scenario(scenario, folder, force=True)

    assert caught.value.exit_code == 4
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    scenario = load_scenario(write_base(tmp_path / "base"))
    (tmp_path / "file").touch()

    with pytest.raises(OutputError):
        save_scenario(scenario, tmp_path / "file" / "folder")


def test_every_table_of_the_base_is_written(tmp_path: Path) -> None:
    _, folder = _saved(tmp_path)

    assert {path.name for path in folder.iterdir()} == {*FILES, SCHEMA_FILE}
