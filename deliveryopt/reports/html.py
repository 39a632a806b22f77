"""The report as one HTML file that works from a disk with the network blocked.

The file asks for nothing from outside: its style, its script and the map library stand in it, and
its content security policy names their hashes and allows nothing else.
"""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined

from deliveryopt.reports.blocks import Page
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.files import write_text
from deliveryopt.reports.map_data import map_data
from deliveryopt.reports.page import build_page
from deliveryopt.reports.publish import refuse_private_texts
from deliveryopt.reports.sentences import teller_of

_URL: Final = re.compile(r"[a-z-]+\s*:\s*url\([^)]*\)[^;}]*;?")
_SOURCE_MAP: Final = re.compile(r"\n//# sourceMappingURL=\S*\s*$")


@cache
def asset(name: str) -> str:
    """Return the text of a file that stands beside this one."""
    return (files("deliveryopt.reports") / name).read_text(encoding="utf-8")


def environment() -> Environment:
    """Return the template environment: everything is escaped, nothing may be undefined."""
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(asset),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def policy(style: str, scripts: tuple[str, ...]) -> str:
    """Return a content security policy that allows only these inline texts."""
    allowed = " ".join(f"'sha256-{_hash(script)}'" for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'sha256-{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """Return the hash of an inline text as a policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def page_style(*, with_map: bool = True) -> str:
    """Return the style of the page: the map library's without its pictures, then ours."""
    of_map = _URL.sub("", asset("leaflet.css")) + "\n" if with_map else ""
    return of_map + asset("report.css")


def page_scripts() -> tuple[str, ...]:
    """Return the scripts of the page: the map library, then ours."""
    return (_SOURCE_MAP.sub("\n", asset("leaflet.js")), asset("map.js"))


def page_html(page: Page, data: dict[str, object] | None = None) -> str:
    """Return any page as HTML; the scripts of the map are only in a page that has one.

    Parameters
    ----------
    page
        The page: finished texts.
    data
        What the map draws; needed if, and only if, the page has a map.
    """
    style = page_style(with_map=page.has_map) + (asset("internal.css") if page.notice else "")
    scripts = page_scripts() if page.has_map else ()
    return (
        environment()
        .get_template("report.html")
        .render(page=page, data=data, style=style, scripts=scripts, policy=policy(style, scripts))
    )


def html_text(bundle: Bundle, language: Language, *, internal: bool = False) -> str:
    """Return the report as HTML."""
    if not internal:
        refuse_private_texts(bundle.scenario)
    teller = teller_of(bundle, language, internal=internal)
    return page_html(build_page(teller, teller.say("file.sheets")), map_data(teller))


def write_html(bundle: Bundle, path: Path, *, language: Language, internal: bool = False) -> None:
    """Write the report as one self-contained HTML file.

    Parameters
    ----------
    bundle
        One solved scenario.
    path
        File to write; an existing one is replaced.
    language
        `sv` or `en`.
    internal
        Whether exact counts, homes and home-care stops are shown; every page then says that it is
        internal. Without it, the report may be published.

    Raises
    ------
    OutputError
        If the file cannot be written; nothing half-written is left.
    ScenarioError
        If the report may be published and a text of the scenario tells of a person.
    """
    write_text(path, html_text(bundle, language, internal=internal), is_private=internal)
