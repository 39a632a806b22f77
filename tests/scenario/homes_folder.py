"""The small scenario with a shop, home orders, a van and terms of home delivery."""

from pathlib import Path

from tests.scenario.base_folder import change, write_base

HOME_FILES = {
    "depots.csv": """\
id,name,kind,lat,lon,parcels_ready
terminal,Terminalen,terminal,65.01,22.01,06:00
butik,Butiken,shop,65.02,22.02,08:00
""",
    "homes.csv": """\
id,household,place_id,lat,lon,goods,litres,kg,days,earliest,latest,service_min,origin,\
cold_chain_min,needs_entry,box_size,box_sek,today_sek,real
hem_01,hush_a,lillby,,,grocery,40.5,12,tue thu,10:00,15:30,5,butik,90,ja,M,12.5,120,no
hem_02,,,65.16,22.17,parcel,,,mon-fri,,,,terminal,,,,,,
""",
}
YAML_PART = """\
vans:
  - id: skåpbil
    name: Kommunens bil
    operator: Kommunen
    base: terminal
    origins: [terminal, butik]
    days: mon-wed
    shift_start: 07:30
    shift_end: 15:00
    max_trips: 2
    capacity_litres: {value: 3000, source: the dealer, tag: official, low: 2000, high: 4000}
    capacity_parcels: null
    max_size: M
    feeds_points: no
    may_enter_homes: yes
    payer: shop
home_delivery:
  no_bypass: rule
  unserved_sek: {value: 600, source: the council, tag: assumed}
  grant_cap_sek: 100
"""


def write_homes(folder: Path) -> Path:
    """Write the scenario without fault."""
    write_base(folder)
    for name, text in HOME_FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return change(folder, "scenario.yaml", "box_types:\n", YAML_PART + "box_types:\n")
