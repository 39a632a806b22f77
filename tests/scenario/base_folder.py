"""A small scenario folder without fault, for tests that break one thing in it."""

from collections.abc import Callable
from pathlib import Path

from deliveryopt.errors import Fault, ScenarioError
from deliveryopt.scenario.load import load_scenario

FILES = {
    "scenario.yaml": """\
name: lillby
title: Lillby kommun
week_start: 2026-10-05
days: [mon, tue, wed, thu, fri]
rules:
  reach_km: 2.5
  max_boxes: 3
goal:
  kind: least_cost
  coverage_share: 0.9
run_kinds:
  bus:
    capacity_parcels: {value: 8, source: the operator, tag: measured, low: 5, high: 10}
box_types:
  - id: small
    operator: Boxbolaget
    compartments_s: 8
    compartments_m: 3
    compartments_l: 1
    sek_per_year: 9000
""",
    "villages.csv": """\
id,name,lat,lon,inhabitants,depot
lillby,Lillby,65.10,22.10,120,terminal
åsele,Åsele,65.20,22.20,80,terminal
""",
    "pickup_points.csv": """\
id,name,kind,lat,lon,box_types,max_boxes,state
handel,Handeln,agent,65.00,22.00,,,
site_lillby,Bygdegården,site,65.10,22.11,small,2,must_open
""",
    "depots.csv": """\
id,name,lat,lon,parcels_ready
terminal,Terminalen,65.01,22.01,06:00
""",
    "stops.csv": """\
id,name,lat,lon
stop_lillby,Lillby skola,65.10,22.10
""",
    "runs.csv": """\
id,name,kind,operator,days
linje_1,Linje 1,bus,Bussbolaget,mon-fri
""",
    "stop_times.csv": """\
run_id,stop_sequence,place_id,arrival_time,departure_time
linje_1,1,terminal,07:00,07:05
linje_1,2,stop_lillby,07:30,07:30
""",
    "parcels.csv": """\
village_id,day,size,parcels
lillby,mon,S,4
""",
    "distances.csv": """\
from,to,km,minutes
lillby,site_lillby,0.7,
åsele,site_lillby,unreachable,
""",
}


def write_base(folder: Path) -> Path:
    """Write the scenario without fault."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> Path:
    """Replace a text that stands in a file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")
    return folder


def rewrite(folder: Path, file: str, edit: Callable[[bytes], bytes]) -> Path:
    """Edit the bytes of a file."""
    (folder / file).write_bytes(edit((folder / file).read_bytes()))
    return folder


def faults_of(folder: Path, *, encoding: str = "utf-8") -> tuple[Fault, ...]:
    """Return the faults of a scenario; none if it loads."""
    try:
        load_scenario(folder, encoding=encoding)
    except ScenarioError as error:
        return error.faults
    return ()


def the_fault(folder: Path, *, encoding: str = "utf-8") -> Fault:
    """Return the only fault of a scenario."""
    faults = faults_of(folder, encoding=encoding)
    assert len(faults) == 1, "\n".join(str(fault) for fault in faults)
    return faults[0]
