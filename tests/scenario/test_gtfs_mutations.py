"""Feeds spoilt at random: never a traceback, a hang or a silent empty success."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from deliveryopt.errors import FeedError
from deliveryopt.scenario.from_gtfs import (
    ImportOptions,
)
from tests.scenario.gtfs_small import (
    Feed,
    imported,
    small_feed,
    write_folder,
    write_zip,
)

Mutation = Callable[[random.Random, Feed], None]
ODD_VALUES = (
    "", "0", "-1", "x", "NaN", "1e999", "65,88", "99:99:99", "06:10", "20260105", "001", "r14",
    "t-mon", "t-night", "weekdays", "\u0000", "é" * 300, '"', "=1+1", "9" * 400, "25:10:00",
)  # fmt: skip


def _spoil_value(rng: random.Random, feed: Feed) -> None:
    row = rng.choice(rng.choice(list(feed.values())))
    if row:
        row[rng.randrange(len(row))] = rng.choice(ODD_VALUES)


def _drop_row(rng: random.Random, feed: Feed) -> None:
    rows = rng.choice(list(feed.values()))
    if rows:
        rows.pop(rng.randrange(len(rows)))


def _double_row(rng: random.Random, feed: Feed) -> None:
    rows = rng.choice(list(feed.values()))
    if rows:
        rows.insert(rng.randrange(len(rows)), list(rng.choice(rows)))


def _swap_values(rng: random.Random, feed: Feed) -> None:
    rows = rng.choice(list(feed.values()))
    one, other = rng.choice(rows or [[""]]), rng.choice(rows or [[""]])
    if one and other:
        at, to = rng.randrange(len(one)), rng.randrange(len(other))
        one[at], other[to] = other[to], one[at]


def _change_width(rng: random.Random, feed: Feed) -> None:
    row = rng.choice(rng.choice(list(feed.values())) or [[""]])
    if rng.random() < 0.5:
        row.append(rng.choice(ODD_VALUES))
    elif row:
        row.pop()


def _drop_column(rng: random.Random, feed: Feed) -> None:
    rows = rng.choice(list(feed.values()))
    at = rng.randrange(8)
    rows[:] = [row[:at] + row[at + 1 :] for row in rows]


def _drop_table(rng: random.Random, feed: Feed) -> None:
    if len(feed) > 1:
        feed.pop(rng.choice(list(feed)))


MUTATIONS: tuple[Mutation, ...] = (
    _spoil_value, _spoil_value, _spoil_value, _swap_values, _drop_row, _double_row, _change_width,
    _drop_column, _drop_table,
)  # fmt: skip


def _spoil_bytes(rng: random.Random, path: Path) -> None:
    content = bytearray(path.read_bytes() or b"\n")
    for _ in range(rng.randint(1, 4)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    if rng.random() < 0.2:
        del content[rng.randrange(len(content)) :]
    path.write_bytes(content)


def is_handled(seed: int, folder: Path) -> bool:
    """Spoil the feed at random and return whether it is refused with faults or imported whole."""
    rng = random.Random(seed)  # noqa: S311 - repeatable damage, no secret
    feed = small_feed()
    for _ in range(rng.randint(1, 3)):
        rng.choice(MUTATIONS)(rng, feed)
    is_zip = rng.random() < 0.5
    path = write_zip(feed, folder / f"{seed}.zip") if is_zip else folder / str(seed)
    if not is_zip:
        write_folder(feed, path)
    if rng.random() < 0.25:
        _spoil_bytes(rng, path if is_zip else path / rng.choice(list(feed)))
    options = ImportOptions(lenient=rng.random() < 0.5, include_on_demand=rng.random() < 0.5)
    try:
        result = imported(path, options=options)
    except FeedError as error:
        return bool(error.faults) and all(fault.code and fault.found for fault in error.faults)
    places = {stop.id for stop in result.stops}
    used = {at.place_id for run in result.runs for at in run.stop_times}
    num_driven = sum(len(run.days) for run in result.runs)
    return used == places and sum(result.figures.trips_by_day) == num_driven > 0


def test_300_random_mutations_are_refused_or_imported(tmp_path: Path) -> None:
    unhandled = [seed for seed in range(300) if not is_handled(seed, tmp_path)]

    assert unhandled == []


@pytest.mark.slow
def test_1000_random_mutations_are_refused_or_imported(tmp_path: Path) -> None:
    unhandled = [seed for seed in range(1_000, 2_000) if not is_handled(seed, tmp_path)]

    assert unhandled == []
