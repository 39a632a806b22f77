"""The pages in a real browser with axe-core: nothing serious for those who cannot see or point."""

import html
import importlib.util
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.html import asset, html_text
from deliveryopt.reports.tables import write_tables
from tests.reports.bundles import homes_bundle, hostile_bundle, small_bundle
from tests.reports.test_browser import BROWSER, open_page

AXE: Final = importlib.util.find_spec("axe_core_python")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        BROWSER is None, reason="no chromium here: apt-get install chromium to run this"
    ),
    pytest.mark.skipif(AXE is None, reason="axe-core-python is not installed"),
]

RUN: Final = """
axe.run(document, { resultTypes: ["violations"] }).then((results) => {
  const told = results.violations.map((rule) => ({
    id: rule.id,
    impact: rule.impact,
    nodes: rule.nodes.map((node) => node.html.slice(0, 200) + " | " + node.failureSummary),
  }));
  const island = document.createElement("pre");
  island.id = "axe-results";
  island.textContent = JSON.stringify({ rules: results.passes.length, told });
  document.body.appendChild(island);
});
"""


def with_axe(page: str) -> str:
    """Return a copy of a page with the checker in it, and without the policy that forbids it."""
    assert AXE is not None
    assert AXE.origin is not None
    axe = (Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    return copy.replace("</body>", f"<script>{axe}</script><script>{RUN}</script></body>")


def faults_of(page: str, folder: Path) -> list[dict[str, Any]]:
    """Return what the checker found that is serious or critical."""
    path = folder / "page.html"
    path.write_text(with_axe(page), encoding="utf-8")
    drawn, _ = open_page(path, folder / "profile")
    island = re.search(r'<pre id="axe-results">(.*?)</pre>', drawn, flags=re.DOTALL)
    assert island is not None, "the checker did not come to an end"
    results = json.loads(html.unescape(island[1]))
    assert results["rules"] > 10
    return [rule for rule in results["told"] if rule["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize(
    ("bundle", "language", "internal"),
    [
        pytest.param(small_bundle(), "sv", False, id="small-sv"),
        pytest.param(homes_bundle(), "en", True, id="homes-en-internal"),
        pytest.param(hostile_bundle(), "en", False, id="hostile-en"),
    ],
)
def test_the_report_has_no_serious_fault(
    bundle: Bundle,
    language: Language,
    internal: bool,  # noqa: FBT001  a parameter of the test
    tmp_path: Path,
) -> None:
    page = html_text(bundle, language, internal=internal)

    assert faults_of(page, tmp_path) == []


def test_the_run_sheets_have_no_serious_fault(tmp_path: Path) -> None:
    paths = write_tables(homes_bundle(), tmp_path, language="sv")

    assert faults_of(paths[-1].read_text(encoding="utf-8"), tmp_path) == []


def test_focus_is_seen_and_nothing_moves_for_those_who_ask_for_it() -> None:
    for name in ("report.css", "sheets.css"):
        style = asset(name)

        assert ":focus-visible { outline: 3px" in style
        assert "outline: none" not in style.replace("main:focus { outline: none; }", "")
    assert "prefers-reduced-motion: reduce" in asset("report.css")
