"""The report in a real browser, from the disk and with the network blocked."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.html import write_html
from deliveryopt.reports.tables import write_tables
from tests.reports.bundles import homes_bundle, hostile_bundle, small_bundle, todays_bundle

BROWSER = next(
    (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None
)
SECONDS = 120

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        BROWSER is None, reason="no chromium here: apt-get install chromium to run this"
    ),
]


def open_page(path: Path, profile: Path) -> tuple[str, str]:
    """Return the page after its scripts ran, and what the browser logged."""
    done = subprocess.run(
        [
            str(BROWSER),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--proxy-server=http://127.0.0.1:9",
            "--enable-logging=stderr",
            "--v=0",
            "--virtual-time-budget=5000",
            "--window-size=1300,2000",
            f"--user-data-dir={profile}",
            "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True,
        timeout=SECONDS,
        check=True,
        encoding="utf-8",
    )
    return done.stdout, done.stderr


@pytest.mark.parametrize(
    ("bundle", "language"),
    [
        pytest.param(small_bundle(), "sv", id="small-sv"),
        pytest.param(todays_bundle(), "en", id="today-en"),
        pytest.param(hostile_bundle(), "en", id="hostile-en"),
        pytest.param(homes_bundle(), "sv", id="homes-sv"),
    ],
)
def test_the_map_is_drawn_without_an_error(
    bundle: Bundle, language: Language, tmp_path: Path
) -> None:
    write_html(bundle, tmp_path / "report.html", language=language)

    page, log = open_page(tmp_path / "report.html", tmp_path / "profile")

    assert "CONSOLE" not in log
    drawn = re.findall(r'<path class="line-(passing|carrying)', page)
    in_legend = 1
    is_home_care = [run.kind == "home_care" for run in bundle.scenario.runs]
    assert (drawn.count("passing") > in_legend) != all(is_home_care)
    assert drawn.count("carrying") - in_legend == sum(
        row.kind != "home_care" for row in bundle.metrics.run_rows
    )
    vans = page.count('<path class="line-van') - bool(bundle.scenario.vans)
    assert (vans > 0) == bool(bundle.plan.van_routes)
    markers = re.findall(r"<div class=\"[^\"]*leaflet-marker-icon[^\"]*\"", page)
    scenario = bundle.scenario
    places = (*scenario.villages, *scenario.pickup_points, *scenario.depots)
    assert len(markers) == len(places)
    assert "<img" not in page


@pytest.mark.parametrize("bundle", [small_bundle(), homes_bundle()])
def test_the_run_sheets_open_without_an_error(bundle: Bundle, tmp_path: Path) -> None:
    paths = write_tables(bundle, tmp_path, language="sv")

    page, log = open_page(paths[-1], tmp_path / "profile")

    assert "CONSOLE" not in log
    assert "<caption>Att göra, i ordning</caption>" in page
