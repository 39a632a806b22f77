"""The tables of the benchmark page: the last runs count, and nothing found is the worst."""

from pathlib import Path

from benchmarks.scale_table import gap_table, growth_table, idea_table, last_runs, run_table

HEAD = (
    "at,case,seed,villages,sites,run_days,time_limit_s,solver,gap,seconds,peak_mib,"
    "cost_ore_per_week,bound_ore_per_week,trouble\n"
)


def _rows(tmp_path: Path, *lines: str) -> list[dict[str, str]]:
    file = tmp_path / "2026-01-01-scale.csv"
    file.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return last_runs([file])


def test_the_last_run_counts_and_a_run_without_plan_is_the_worst(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        "2026-01-01T10:00Z,S,1,20,14,200,10.0,ours,0.5,10.0,100.0,200,100,",
        "2026-01-01T11:00Z,S,1,20,14,200,10.0,ours,0.001,9.0,110.0,1000,999,",
        "2026-01-01T11:00Z,S,2,20,14,200,10.0,ours,0.002,9.5,120.0,1000,998,",
        "2026-01-01T11:00Z,S,3,20,14,200,10.0,ours,,10.0,90.0,,998,no plan",
        "2026-01-01T11:00Z,L,1,40,28,400,120.0,ours,0.25,60.0,220.0,4000,3000,",
    )

    assert gap_table(rows)[2:] == [
        "| S | 10 | ours | 3 | 0 | 0.200 % | none | 9.5 | 10.0 | 120 |",
        "| L | 120 | ours | 1 | 0 | 25.000 % | 25.000 % | 60.0 | 60.0 | 220 |",
    ]
    # from 20 to 40 villages the cost grows fourfold
    assert growth_table(rows)[2].startswith("| cost_ore_per_week | 2.00 | 2.00 | 2.00 |")


def test_ideas_are_compared_on_what_all_were_run_on(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        "2026-01-01T10:00Z,M,1,50,30,600,30.0,ours,0.0,12.0,100.0,200,200,",
        "2026-01-01T10:00Z,M,2,50,30,600,30.0,ours,0.3,30.0,100.0,200,140,",
        "2026-01-01T10:00Z,M,1,50,30,600,30.0,no-triples,0.01,30.0,100.0,200,198,",
    )

    assert idea_table(rows) == [
        "Measured on M 1 in 30 s:",
        "",
        "| left out | proven best | median gap | worst gap | median s |",
        "|---|---:|---:|---:|---:|",
        "| nothing | 1 of 1 | 0.000 % | 0.000 % | 12.0 |",
        "| rows on three villages (`no-triples`) | 0 of 1 | 1.000 % | 1.000 % | 30.0 |",
    ]
    assert idea_table(rows[:2]) == []


def test_every_run_is_told_ours_first(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        "2026-01-01T10:00Z,M,1,50,30,600,30.0,highs,,30.0,100.0,,190000,no plan",
        "2026-01-01T10:00Z,M,1,50,30,600,30.0,ours,0.05,12.0,100.4,200000,190000,",
    )

    assert run_table(rows)[2:] == [
        "| M | 1 | 30 | ours | 2,000.00 | 1,900.00 | 5.000 % | 12.0 | 100 |",
        "| M | 1 | 30 | highs | none | 1,900.00 | none | 30.0 | 100 |",
    ]
