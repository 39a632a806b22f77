"""The folder of a result: made before the work, gone again if nothing comes of it."""

from pathlib import Path

import pytest

from deliveryopt.errors import OutputError
from deliveryopt.job import folder_name, room_for_result
from deliveryopt.scenario.demo import demo_scenario
from deliveryopt.solver.solve import SolveOptions, SolveResult
from deliveryopt.studies.bundles import bundle_of


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("kalix", "kalix"),
        ("Åsele norra", "Åsele norra"),
        ("../../etc", "_.._etc"),
        ("/root", "_root"),
        ("..", "result"),
        ("a:b", "a_b"),
    ],
)
def test_a_scenarios_name_is_one_folder_and_never_outside(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_folders_are_made_and_stay_if_something_is_in_them(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "å b"
    with room_for_result(folder, force=False):
        (folder / "result.json").write_text("{}", encoding="utf-8")

    assert [path.name for path in folder.iterdir()] == ["result.json"]


def test_folders_that_were_made_for_nothing_go_again(tmp_path: Path) -> None:
    with pytest.raises(KeyError), room_for_result(tmp_path / "a" / "b", force=False):
        raise KeyError

    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_that_was_there_stays(tmp_path: Path) -> None:
    with room_for_result(tmp_path, force=False):
        pass

    assert tmp_path.is_dir()


def test_a_folder_with_anything_in_it_needs_force(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError, match="not empty"), room_for_result(tmp_path, force=False):
        pass
    with room_for_result(tmp_path, force=True):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_scenario_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("", encoding="utf-8")

    with (
        pytest.raises(OutputError, match="holds a scenario"),
        room_for_result(tmp_path, force=True),
    ):
        pass


@pytest.mark.parametrize("folder", ["/proc/deliveryopt", "/dev/null/a", "a" * 300])
def test_a_folder_that_cannot_be_written_is_said_with_another_one(folder: str) -> None:
    with pytest.raises(OutputError) as caught, room_for_result(Path(folder), force=False):
        pass

    assert str(caught.value).startswith(f"{folder}: cannot be written (")
    assert "--out /" in str(caught.value)


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file", encoding="utf-8")

    with (
        pytest.raises(OutputError, match="a file, not a folder"),
        room_for_result(tmp_path / "a", force=True),
    ):
        pass
    assert (tmp_path / "a").read_text(encoding="utf-8") == "a file"


def test_a_folder_that_is_read_only_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)

    with (
        pytest.raises(OutputError, match="Permission denied"),
        room_for_result(tmp_path, force=False),
    ):
        pass


def test_a_result_without_a_plan_has_no_reports() -> None:
    result = SolveResult("UNKNOWN", None, None, None, 1.0, SolveOptions())

    with pytest.raises(ValueError, match="status UNKNOWN has no plan"):
        bundle_of(demo_scenario(), result)
