"""Nothing that may be published tells of a person, not even to one who can count backwards."""

import re
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from deliveryopt.errors import ScenarioError
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.formats import FEW
from deliveryopt.reports.home_order_rows import orders_csv, orders_table
from deliveryopt.reports.html import html_text, write_html
from deliveryopt.reports.map_data import map_data
from deliveryopt.reports.page_timeline import run_days
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.small_villages import told_villages, withheld_people
from deliveryopt.reports.tables import write_tables
from deliveryopt.reports.terminal import summary
from deliveryopt.reports.texts import LANGUAGES
from deliveryopt.scenario.private_texts import kind_of_private, private_texts
from tests.plan.small_world import changed, small_plan, small_scenario
from tests.plan.small_world_vans import van_plan, van_scenario
from tests.reports.bundles import (
    bundle_of,
    homes_bundle,
    small_bundle,
)
from tests.reports.test_attack import Tables

MARK: Final = {
    "sv": "Internt \u2013 kan innehålla sekretess",
    "en": "Internal \u2013 may contain secrecy-protected data",
}
INTERNAL: Final = re.compile("_intern(al)?[.]")

# --- canaries ------------------------------------------------------------------------------------

PERSONS: Final = (
    "Kanariefågel Svensson",
    "Storgatan 17 B lgh 1203",
    "191212121212",
    "0923-123 45",
    "hem.kanarie",
    "<b>Kanarie-Anna</b>",
)
"""A name, an address, a personal number, a telephone, a pseudonym, and one that is markup."""
LATITUDE, LONGITUDE = 65.061357, 21.801357


def canary_bundle() -> Bundle:
    """Return the small world with persons in every text that a public report has no need of."""
    scenario = van_scenario()
    ids = {order.id: f"kanarie_{number}" for number, order in enumerate(scenario.homes)}
    homes = [
        order.model_dump()
        | {"id": ids[order.id], "household": f"Hushåll {PERSONS[number % len(PERSONS)]}"}
        | ({} if order.lat_deg is None else {"lat_deg": LATITUDE, "lon_deg": LONGITUDE})
        for number, order in enumerate(scenario.homes)
    ]
    points = [
        point.model_dump()
        | {"host": f"Värd {PERSONS[0]}", "opening_hours": f"ring {PERSONS[1]}, {PERSONS[5]}"}
        for point in scenario.pickup_points
    ]
    runs = [run.model_dump() | {"vehicle": f"Bil {PERSONS[0]}"} for run in scenario.runs]
    distances = [
        distance.model_dump()
        | {end: ids.get(getattr(distance, end), getattr(distance, end)) for end in ENDS}
        for distance in scenario.distances
    ]
    plan = van_plan().model_dump_json()
    for old, new in ids.items():
        plan = plan.replace(f'"{old}"', f'"{new}"')
    return bundle_of(
        changed(scenario, homes=homes, pickup_points=points, runs=runs, distances=distances),
        type(van_plan()).model_validate_json(plan),
    )


ENDS: Final = ("from_id", "to_id")
CANARIES: Final = (
    "kanarie_",
    "Kanarie",
    "Storgatan 17",
    "191212121212",
    "0923-123",
    *("65.0613", "65,0613", "21.8013", "21,8013"),
)


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Return every part of a file: what is packed in it too."""
    yield path.name, path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield f"{path.name}: {name}", packed.read(name)


def _found(paths: list[Path]) -> list[tuple[str, str]]:
    """Return where canaries are in files, as UTF-8 and as UTF-16."""
    return [
        (name, canary)
        for path in paths
        for name, content in _contents(path)
        for canary in CANARIES
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if canary.encode(encoding) in content
    ]


def _of_pdf(path: Path) -> str:
    """Return the text of a PDF and what it says of itself."""
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join([*pages, *document.get_metadata_dict().values()])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_canary_is_in_a_public_page_or_table(language: Language, tmp_path: Path) -> None:
    bundle = canary_bundle()
    write_html(bundle, tmp_path / "report.html", language=language)
    paths = write_tables(bundle, tmp_path, language=language)
    public = [path for path in paths if INTERNAL.search(path.name) is None]
    text = summary(bundle, language, width=80)

    assert len(public) > 3
    assert _found([*public, tmp_path / "report.html"]) == []
    assert [canary for canary in CANARIES if canary in text] == []


@pytest.mark.parametrize(
    ("module", "function", "file"),
    [
        ("excel", "write_workbook", "result.xlsx"),
        ("geopackage", "write_geopackage", "result.gpkg"),
        ("geojson", "write_geojson", ""),
        ("pdf", "write_pdf", "report.pdf"),
        ("word", "write_word", "report.docx"),
    ],
)
def test_no_canary_is_in_any_byte_of_another_public_file(
    module: str, function: str, file: str, tmp_path: Path
) -> None:
    writer = pytest.importorskip(f"deliveryopt.reports.{module}")
    write: Callable[..., object] = getattr(writer, function)

    write(canary_bundle(), tmp_path / file, language="sv")

    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert paths
    assert _found(paths) == []
    for path in paths:
        if path.suffix == ".pdf":
            told = _of_pdf(path)
            assert [canary for canary in CANARIES if canary in told] == []


def test_the_canaries_would_be_found_in_what_is_internal(tmp_path: Path) -> None:
    paths = write_tables(canary_bundle(), tmp_path, language="sv", internal=True)
    found = {canary for _, canary in _found(paths)}

    assert {"kanarie_", "Kanarie", "Storgatan 17", "0923-123"} <= found


# --- texts that tell of a person -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ring Eva 070-123 45 67", "telephone"),
        ("0701234567 kvällstid", "telephone"),
        ("+46 70 123 45 67", "telephone"),
        ("08-123 456 78", "telephone"),
        ("0923/12345", "telephone"),
        ("Lanthandeln (eva@example.se)", "e_mail"),
        ("Eva 19121212-1212", "personal_number"),
        ("Eva 191212121212", "personal_number"),
        ("mån-fre 07-18, lör 08-12 13-17", None),
        ("0700-1600, 0800-1200 1300-1700", None),
        ("Linje 045 Kalix 06:30", None),
        ("2022-10-03 2022-10-09", None),
        ("Trafikverket 2022, CC0", None),
    ],
)
def test_telephones_and_numbers_of_persons_are_known_from_hours_and_dates(
    text: str, kind: str | None
) -> None:
    assert (kind_of_private(text) is not None) == (kind is not None)
    if kind != "telephone" or not text.startswith("0701234567"):
        assert kind_of_private(text) == kind


def test_long_ids_of_stops_are_no_persons() -> None:
    assert kind_of_private("9021001004001000", is_free=False) is None
    assert kind_of_private("191212121212", is_free=False) is None
    assert kind_of_private("19121212-1212", is_free=False) == "personal_number"


def test_a_scenario_that_tells_how_a_person_is_reached_is_not_published(tmp_path: Path) -> None:
    scenario = small_scenario()
    points = [point.model_dump() for point in scenario.pickup_points]
    points[0] |= {"host": "Eva, 070-123 45 67"}
    runs = [run.model_dump() for run in scenario.runs]
    runs[0] |= {"name": "Bussen 19121212-1212"}
    telling = changed(scenario, pickup_points=points, runs=runs, title="eva@example.se")
    bundle = bundle_of(telling, small_plan())

    with pytest.raises(ScenarioError) as raised:
        write_html(bundle, tmp_path / "report.html", language="sv")
    with pytest.raises(ScenarioError):
        write_tables(bundle, tmp_path, language="sv")

    assert raised.value.exit_code == 2
    assert [one.field for one in private_texts(telling)] == ["host", "name", "title"]
    for secret in ("070-123", "19121212", "eva@"):
        assert secret not in str(raised.value)
    assert points[0]["id"] in str(raised.value)
    assert list(tmp_path.iterdir()) == []

    write_html(bundle, tmp_path / "report_intern.html", language="sv", internal=True)
    assert (tmp_path / "report_intern.html").stat().st_mode & 0o077 == 0


# --- small villages ------------------------------------------------------------------------------


def _with_few(*few: int, inhabitants: int = 3) -> Bundle:
    """Return the small world in which some villages have few inhabitants."""
    scenario = small_scenario()
    villages = [
        village.model_dump() | ({"inhabitants": inhabitants} if number in few else {})
        for number, village in enumerate(scenario.villages)
    ]
    return bundle_of(changed(scenario, villages=villages), small_plan())


@pytest.mark.parametrize("few", [(0,), (1,), (2,), (3,), (4,), (0, 1), (2, 4), (0, 1, 2, 3, 4)])
def test_a_village_with_few_inhabitants_is_told_with_others(few: tuple[int, ...]) -> None:
    bundle = _with_few(*few)
    told = told_villages(bundle)

    listed = [village for one in told for village in one.villages]
    assert sorted(listed) == sorted(row.village for row in bundle.metrics.village_rows)
    for one in told:
        if any(0 < row.inhabitants < FEW for row in one.rows):
            assert one.is_joined
            assert one.inhabitants - len(one.rows) >= FEW - 1
    assert sum(one.inhabitants for one in told) == bundle.metrics.inhabitants


def test_no_number_of_a_small_village_is_printed_and_the_page_says_why(tmp_path: Path) -> None:
    bundle = _with_few(4)
    few = bundle.metrics.village_rows[4]
    together = next(one for one in told_villages(bundle) if few.village in one.villages)
    page = html_text(bundle, "sv")
    rows = Tables(page).tables["Var varje by hämtar paket, i dag och med planen"]
    write_tables(bundle, tmp_path, language="sv")
    csv = (tmp_path / "byar.csv").read_text("utf-8-sig")
    drawn = map_data(teller_of(bundle, "sv"))["villages"]

    names = teller_of(bundle, "sv").villages(together.villages)
    assert [row[1] for row in rows if few.name in row[0]] == [str(together.inhabitants)]
    assert "visas tillsammans med en grannby" in page
    assert " + ".join(together.villages) in csv
    assert isinstance(drawn, list)
    assert len(drawn) == len(told_villages(bundle))
    assert [thing["name"] for thing in drawn if few.name in thing["name"]] == [names]
    assert few.name in html_text(bundle, "sv", internal=True)
    assert "visas tillsammans" not in html_text(bundle, "sv", internal=True)


def test_a_village_is_told_with_one_that_fares_alike() -> None:
    for number in range(5):
        bundle = _with_few(number)
        small = bundle.metrics.village_rows[number]
        one = next(one for one in told_villages(bundle) if small.village in one.villages)
        alike = [
            row
            for row, today in zip(
                bundle.metrics.village_rows, bundle.today.village_rows, strict=True
            )
            if row.village != small.village
            and row.covered == small.covered
            and today.covered == bundle.today.village_rows[number].covered
        ]

        if alike:
            assert one.covered is not None
            assert one.covered_today is not None


def test_what_would_give_a_small_village_back_is_not_told() -> None:
    bundle = _with_few(4)
    hidden = withheld_people(bundle)
    page = html_text(bundle, "sv")

    if hidden.distances:
        assert "Antal invånare per avstånd visas inte" in page
        assert "Invånare efter vägavstånd till utlämningsstället" not in page
    if hidden.points:
        assert "mycket liten by" in page
    assert hidden.distances or hidden.points or len(told_villages(bundle)) == 4
    assert withheld_people(bundle, 1).points == frozenset()


# --- home care and the map -----------------------------------------------------------------------


def test_vans_are_drawn_between_origins_and_pickup_points_only() -> None:
    bundle = homes_bundle()
    scenario = bundle.scenario
    public = map_data(teller_of(bundle, "sv"))
    known = {
        (round(place.lat_deg, 5), round(place.lon_deg, 5))
        for places in (scenario.depots, scenario.pickup_points)
        for place in places
    }
    vans = public["vans"]

    assert isinstance(vans, list)
    assert vans
    assert {tuple(point) for van in vans for point in van["path"]} <= known
    assert public["homes"] == []


def test_homes_and_home_care_are_on_the_internal_map() -> None:
    bundle = homes_bundle()
    inside = map_data(teller_of(bundle, "sv", internal=True))
    homes, carrying = inside["homes"], inside["carrying"]

    assert isinstance(homes, list)
    assert [home["name"] for home in homes] == [order.id for order in bundle.scenario.homes]
    assert isinstance(carrying, list)
    assert len(carrying) == len(bundle.metrics.run_rows)


def test_the_day_of_home_care_is_told_to_the_quarter() -> None:
    bundle = small_bundle()
    public = [one for one in run_days(teller_of(bundle, "sv")) if one.row.kind == "home_care"]
    exact = run_days(teller_of(bundle, "sv", internal=True))
    times = [
        minutes
        for one in public
        for minutes in (
            *(one.start_min, one.end_min),
            *(
                end
                for event in (*one.loads, *one.serves)
                for end in (event.time_min, event.latest_min)
            ),
        )
    ]

    assert times
    assert [minutes for minutes in times if minutes % 15] == []
    assert any(event.latest_min % 15 for one in exact for event in one.serves)


def test_every_run_that_carries_parcels_has_its_day_told() -> None:
    bundle = small_bundle()
    told = run_days(teller_of(bundle, "en"))
    carried = {(row.run, row.day): row.parcels for row in bundle.metrics.run_day_rows}

    assert {(one.row.run, day) for one in told for day in one.days} == set(carried)
    assert sum(one.parcels for one in told) == sum(carried.values())
    assert 'id="timeline"' in html_text(bundle, "en")


# --- internal reports ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_report_says_so_on_every_page(language: Language, tmp_path: Path) -> None:
    bundle = homes_bundle()
    page = html_text(bundle, language, internal=True)
    paths = write_tables(bundle, tmp_path, language=language, internal=True)

    assert page.count(f">{MARK[language]}<") == 2, "on the screen and on every printed page"
    assert "position: fixed" in page
    assert all(INTERNAL.search(path.name) for path in paths)
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths)
    sheets = paths[-1].read_text(encoding="utf-8")
    assert sheets.count(f'<p class="internal">{MARK[language]}</p>') == sheets.count("<section") + 1
    assert MARK[language] not in html_text(bundle, language)


def test_an_internal_report_tells_exact_counts_and_every_order() -> None:
    bundle = homes_bundle()
    page = html_text(bundle, "sv", internal=True)

    assert "färre än 5" not in page
    assert "visas inte" not in page
    for order in bundle.scenario.homes:
        assert order.id in page
        assert order.id not in html_text(bundle, "sv")


def test_orders_cannot_be_told_by_mistake() -> None:
    teller = teller_of(homes_bundle(), "sv")

    for tell in (orders_table, orders_csv):
        with pytest.raises(ValueError, match="internal reports only"):
            tell(teller)


def test_internal_tables_stand_beside_public_ones(tmp_path: Path) -> None:
    public = write_tables(homes_bundle(), tmp_path, language="sv")
    internal = write_tables(homes_bundle(), tmp_path, language="sv", internal=True)

    assert all(path.exists() for path in (*public, *internal))
    write_tables(small_bundle(), tmp_path, language="sv", internal=True)
    assert not (tmp_path / "hemsandningar_intern.csv").exists()
    assert (tmp_path / "hemsandning.csv").exists()


def test_writers_publish_unless_they_are_told_otherwise() -> None:
    for name in ("html", "tables", "sentences"):
        module = import_module(f"deliveryopt.reports.{name}")
        for function in ("write_html", "write_tables", "teller_of"):
            if hasattr(module, function):
                assert getattr(module, function).__kwdefaults__["internal"] is False
