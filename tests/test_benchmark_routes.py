"""The comparison of route solvers reads public instances, and says clearly what it cannot read."""

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks import route_solvers, routes
from deliveryopt.solver.routes import Route, RouteProblem, Trip, cost_of

ROOT = Path(__file__).parent.parent
INSTANCE = """small

VEHICLE
NUMBER     CAPACITY
   3         20

CUSTOMER
CUST NO.   XCOORD.  YCOORD.    DEMAND    READY TIME  DUE DATE   SERVICE TIME

    0      40         50          0          0       1236          0
    1      45         68         10          0       1127         10
    2      45         70          5          0       1125         10
    3      42         66         10         20        946         10
    4      42         68         10        727        882         10
    5      40         69          5         15       1067         10
"""
BEST_KNOWN = "instance,best_known_distance\nSMALL,80.5\nNOT_HERE,12\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.txt").write_text(INSTANCE, encoding="utf-8")
    (tmp_path / "best_known_dimacs.csv").write_text(BEST_KNOWN, encoding="utf-8")
    return tmp_path


def test_an_instance_is_read_in_tenths_with_distances_cut(folder: Path) -> None:
    problem = routes.read_instance(folder / "small.txt")

    assert problem.distance.shape == (6, 6)
    assert problem.distance[0, 1] == 186  # 10 * sqrt(25 + 324) is 186.8
    assert problem.distance[3, 4] == 20
    assert (problem.distance == problem.duration).all()
    assert (problem.depots[0].early, problem.depots[0].late) == (0, 12360)
    stop = problem.stops[3]
    assert (stop.place, stop.loads, stop.service) == (4, (10,), 100)
    assert (stop.early, stop.late, stop.prize) == (7270, 8820, None)
    assert (problem.vehicles[0].number, problem.vehicles[0].capacity) == (3, (20,))


def test_windows_line_ends_a_byte_order_mark_and_decimals_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + INSTANCE.replace("45         68", "45.0  68.25").replace("\n", "\r\n")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")

    problem = routes.read_instance(tmp_path / "a.txt")

    assert problem.distance[0, 1] == 189  # 10 * sqrt(25 + 333.0625) is 189.2


def test_best_known_distances_are_read_by_name_in_capitals(folder: Path) -> None:
    assert routes.read_best_known(folder) == {"SMALL": 805, "NOT_HERE": 120}


def test_instances_without_a_best_known_distance_are_left_out_with_a_word(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "notes.txt").write_text("no instance", encoding="utf-8")

    assert [instance.name for instance in routes.read_folder(folder)] == ["SMALL"]
    assert "notes.txt: left out" in capsys.readouterr().err


def without(line: str) -> str:
    return INSTANCE.replace(line, "")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("small.txt", "", "no VEHICLE and CUSTOMER parts"),
        ("small.txt", without("CUSTOMER\n"), "no VEHICLE and CUSTOMER parts"),
        ("small.txt", without("   3         20\n"), "no VEHICLE and CUSTOMER parts"),
        ("small.txt", INSTANCE.replace("3         20", "3"), "line 5: '3' must be 2 numbers"),
        ("small.txt", INSTANCE.replace("3         20", "0 20"), "no vehicles"),
        ("small.txt", INSTANCE.replace("946", "nan"), "line 13"),
        ("small.txt", INSTANCE.replace("946", "9 46"), "must be 7 numbers"),
        ("small.txt", INSTANCE.replace("946", "soon"), "must be 7 numbers"),
        ("small.txt", INSTANCE.replace("10          0       1127", "-1 0 1127"), "demands"),
        ("small.txt", INSTANCE.replace("727        882", "-7 882"), "not below 0"),
        ("best_known_dimacs.csv", "", "it must have"),
        ("best_known_dimacs.csv", "instance,distance\nSMALL,1\n", "it must have"),
        ("best_known_dimacs.csv", BEST_KNOWN.replace("80.5", "many"), "line 2: 'many'"),
        ("best_known_dimacs.csv", BEST_KNOWN.replace("80.5", "-1"), "no distance above 0"),
        ("best_known_dimacs.csv", BEST_KNOWN.replace("SMALL,80.5", "SMALL"), "line 2"),
        ("best_known_dimacs.csv", BEST_KNOWN.replace("SMALL", "LARGE"), "no instance"),
    ],
)
def test_a_folder_that_cannot_be_read_ends_with_2_and_one_message(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, found: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")

    assert routes.main(["--folder", str(folder)]) == 2
    shown = capsys.readouterr()
    assert found in shown.err
    assert shown.out == ""
    assert "Traceback" not in shown.err


@pytest.mark.parametrize(
    ("option", "text", "found"),
    [
        ("--seconds", "soon", "SECONDS: 'soon'"),
        ("--seconds", "nan", "SECONDS"),
        ("--seconds", "0", "SECONDS"),
        ("--seconds", "", "SECONDS"),
        ("--seeds", "1.5", "SEEDS: '1.5'"),
        ("--seeds", "-1", "SEEDS"),
        ("--solvers", "ours,guess", "SOLVERS: 'guess' is not known"),
        ("--folder", "", "FOLDER is missing"),
        ("--folder", "nowhere", "no such folder"),
    ],
)
def test_a_wrong_option_ends_with_2_and_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str, text: str, found: str
) -> None:
    words = {"--folder": str(folder), option: text}

    assert routes.main([f"{name}={value}" for name, value in words.items()]) == 2
    shown = capsys.readouterr()
    assert found in shown.err
    assert len(shown.err.splitlines()) == 1
    assert shown.out == ""


def test_a_folder_without_best_known_distances_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert routes.main(["--folder", str(tmp_path)]) == 2
    assert "best_known_dimacs.csv: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["ours", "pyvrp_alone", "vroom", "ortools"])
def test_every_solver_serves_all_stops_of_a_small_instance(folder: Path, name: str) -> None:
    instance = routes.read_folder(folder)[0]

    found, cpu_s = route_solvers.timed(getattr(route_solvers, name), instance.problem, 0.2, 1)

    assert found is not None
    assert cost_of(instance.problem, found) < 1300
    assert 0 <= cpu_s < 3


@pytest.mark.e2e
def test_the_comparison_ends_with_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert routes.main(["--folder", str(folder), "--seconds", "0.2", "--solvers", "ours"]) == 0
    lines = capsys.readouterr().out.splitlines()
    figures = json.loads(lines[-1])

    assert list(figures) == ["ours"]
    assert figures["ours"]["failed"] == 0
    assert figures["ours"]["runs"] == 1
    assert lines[0].split()[0] == "instance"
    assert lines[1].split()[:2] == ["SMALL", "ours"]


def stub(routes_found: list[Route] | None) -> route_solvers.RouteSolver:
    def load() -> route_solvers.Search:
        def solve(problem: RouteProblem, seconds: float, seed: int) -> list[Route] | None:
            del problem, seconds, seed
            return routes_found

        return solve

    return load


def test_routes_that_break_a_rule_count_as_failed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [Route(0, (Trip(0, (0, 1)),))]
    monkeypatch.setattr(
        routes, "in_own_process", lambda _, *rest: route_solvers.timed(stub(broken), *rest)
    )

    assert routes.main(["--folder", str(folder), "--solvers", "ours,vroom", "--seeds", "2"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sum("stop 2: not served" in line for line in lines) == 3
    figures = json.loads(lines[-1])
    assert figures["ours"]["median_gap_percent"] is None
    assert (figures["ours"]["failed"], figures["vroom"]["failed"]) == (2, 1)


def test_a_solver_that_crashes_or_finds_nothing_is_a_failure_with_a_word(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = routes.read_folder(folder)[0]

    def crash(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(routes, "in_own_process", crash)
    assert "MemoryError" in routes.measured(instance, "ours", 1, 1).trouble
    monkeypatch.setattr(routes, "in_own_process", lambda *_: (None, 1.0))
    assert routes.measured(instance, "ours", 1, 1).trouble == "no routes found"


def test_medians_and_worst_gaps_are_taken_over_all_runs(tmp_path: Path) -> None:
    runs = [
        routes.Run("A", 5.0, "ours", seed, 100.0 + gap, gap, 5.0)
        for seed, gap in enumerate((0.5, 0.1, 0.9), 1)
    ]

    figures = routes.summary(runs, "ours")

    assert figures["median_gap_percent"] == 0.5
    assert figures["worst_gap_percent"] == 0.9
    assert figures["cpu_s"] == 5.0
    path = routes.save(runs, tmp_path)
    assert path.name.endswith("-routes.csv")
    again = routes.save([routes.Run("A", 5.0, "ours", 2, 100.0, 0.0, 5.0)], tmp_path)
    assert again == path
    assert [line.split(",")[3:6] for line in path.read_text(encoding="utf-8").splitlines()] == [
        ["seed", "cost", "gap_percent"],
        ["1", "100.5", "0.5"],
        ["2", "100.0", "0.0"],
        ["3", "100.9", "0.9"],
    ]


@pytest.mark.skipif(not (ROOT / ".venv" / ".ready").exists(), reason="not made with make")
def test_make_says_that_the_folder_is_missing() -> None:
    shown = subprocess.run(
        ["make", "--silent", "bench-routes", "--assume-old=pyproject.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert shown.returncode == 2
    assert "FOLDER is missing" in shown.stderr
    assert "Traceback" not in shown.stderr
