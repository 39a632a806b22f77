"""What the tests of printed documents ask about: pages with text, pictures and tables."""

from collections.abc import Iterable

from deliveryopt.reports.blocks import (
    Bullets,
    Cell,
    Chart,
    Page,
    Paragraphs,
    Picture,
    Section,
    Table,
    heads,
    paired_chart,
    row,
)
from deliveryopt.reports.bundle import Bundle
from deliveryopt.reports.svg import drawing, element, polyline
from tests.plan.small_world import changed
from tests.reports.bundles import bundle_of, small_bundle

CODE = '#read("/etc/passwd")'
"""What a template would run if a name became a part of it."""


def chart() -> Chart:
    """Return a small chart of bars."""
    return paired_chart(
        [("nära", 3, 5), ("långt", 2, 0)],
        title="Avstånd",
        text="Fler bor nära.",
        legend=(("now", "i dag"), ("plan", "planen")),
    )


def tables_of(sections: Iterable[Section]) -> list[Table]:
    """Return every table of some sections, those beside drawings included, in their order."""
    found: list[Table] = []
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table):
                found.append(block)
            elif isinstance(block, Picture) and block.table is not None:
                found.append(block.table)
    return found


def study_page(*, notice: str = "", rows: int = 90) -> Page:
    """Return the page of a study: a drawing, a long table, a list, a chart, and no map."""
    table = Table(
        "En lång tabell",
        heads("-n", "Budget", "Täckning"),
        tuple(row("-n", f"{CODE} {number}", f"{number}\u00a0%") for number in range(rows)),
    )
    line = element("polyline", points=polyline([(0, 40), (50, 10)]), class_="series-a")
    drawn = drawing([line], width=60, height=50, title="Kurvan", text="Den stiger.")
    cells = Table("Liten", heads("--", "Plats", "Veckan"), ((Cell("a"), Cell("", "", chart())),))
    return Page(
        language="sv",
        title=f"Studie {CODE}",
        kind="Vad det kostar",
        skip="",
        nav="",
        notice=notice,
        sections=(
            Section("curve", "Kurva", (Picture("Kurva", drawn, table, (("a", "linje"),)),)),
            Section("words", "Ord", (Paragraphs(("Ett.", "Två.")), Bullets("Lista", ("Tre.",)))),
            Section("bars", "Staplar", (chart(), cells)),
        ),
    )


def private_bundle() -> Bundle:
    """Return a bundle whose sources tell how a person is reached."""
    bundle = small_bundle()
    sources = ({"name": "Anna", "note": "anna.andersson@example.se"},)
    return bundle_of(changed(bundle.scenario, sources=sources), bundle.plan)


def wide_bundle() -> Bundle:
    """Return a bundle with letters of Swedish, Sami and Finnish, and with code in names."""
    bundle = small_bundle()
    names = ("Åäö", "Jåhkåmåhkke Čáŋŧđž", "Õšü", CODE, "日本🛒")
    villages = [
        changed(village, name=name)
        for village, name in zip(bundle.scenario.villages, names, strict=True)
    ]
    return bundle_of(changed(bundle.scenario, villages=villages, title=CODE), bundle.plan)
