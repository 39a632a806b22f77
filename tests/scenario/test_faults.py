"""The codes of the loader, and the order in which faults are told."""

import re
from pathlib import Path

from deliveryopt import errors
from deliveryopt.scenario.faults import CODES, FaultLog, Spot

PACKAGE = Path(errors.__file__).parent


def test_every_code_in_use_is_explained_and_every_code_explained_is_in_use() -> None:
    used: set[str] = set()
    for path in (PACKAGE / "scenario").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name == "faults.py":
            text = text.partition("What each code of the loader")[2]
        used |= set(re.findall(r'"(DO-S[0-9]{3})"', text))

    assert used == set(CODES)


def test_faults_come_by_file_row_and_column() -> None:
    log = FaultLog()
    for spot in (Spot("runs.csv", row=2), Spot("scenario.yaml", line=9), Spot("villages.csv")):
        log.add(spot, "x", "y", "z", "DO-S030")

    assert [fault.where.split(",")[0] for fault in log.faults()] == [
        "scenario.yaml",
        "villages.csv",
        "runs.csv",
    ]


def test_the_same_fault_is_told_once() -> None:
    log = FaultLog()
    for _ in range(2):
        log.add(Spot("runs.csv", row=2), "x", "y", "z", "DO-S030")

    assert len(log.faults()) == 1
