"""Public reports tell of home delivery without a single home; internal ones are marked."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from deliveryopt.plan.plan import HomeLeft, Plan
from deliveryopt.reports.bundle import Bundle, Language
from deliveryopt.reports.home_amounts import About, cost_rows, payer_rows, payments, van_costs_told
from deliveryopt.reports.home_counts import HOWS, goods_rows, home_counts, van_weeks
from deliveryopt.reports.html import html_text
from deliveryopt.reports.map_data import map_data
from deliveryopt.reports.result_json import write_result
from deliveryopt.reports.sentences import teller_of
from deliveryopt.reports.sentences_of_homes import reasons_left
from deliveryopt.reports.suppression import Told
from deliveryopt.reports.tables import write_tables
from deliveryopt.reports.terminal import summary
from deliveryopt.reports.texts import LANGUAGES
from deliveryopt.scenario.schema import Scenario
from tests.plan.small_world import changed
from tests.plan.small_world_vans import van_plan, van_scenario
from tests.reports.bundles import (
    bundle_of,
    bus_bundle,
    busy_van_bundle,
    homes_bundle,
    hostile_homes_bundle,
    many_homes_bundle,
    only_vans_bundle,
    small_bundle,
    ways,
)

LATITUDE, LONGITUDE = 65.061357, 21.801357
MARK = {
    "sv": "Internt \u2013 kan innehålla sekretess",
    "en": "Internal \u2013 may contain secrecy-protected data",
}
ENDING = {"sv": "_intern", "en": "_internal"}


def canary_bundle() -> Bundle:
    """Return the small world with pseudonyms and coordinates that stand nowhere else."""
    homes = [
        order.model_dump()
        | {"household": f"kanariehus_{number}"}
        | ({} if order.lat_deg is None else {"lat_deg": LATITUDE, "lon_deg": LONGITUDE})
        for number, order in enumerate(van_scenario().homes)
    ]
    bundle = bundle_of(changed(van_scenario(), homes=homes), van_plan())
    return replace(bundle, ways=ways(bundle))


CANARIES = (
    *(order.id for order in van_scenario().homes),
    "kanariehus",
    *("65.0613", "65,0613", "65.06136", "21.8013", "21,8013", "21.80136"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_home_is_in_anything_that_may_be_published(language: Language, tmp_path: Path) -> None:
    bundle = canary_bundle()
    paths = write_tables(bundle, tmp_path, language=language)
    public = {path.name: path for path in paths if ENDING[language] not in path.name}
    texts = [path.read_text(encoding="utf-8-sig") for path in public.values()]
    texts += [html_text(bundle, language), summary(bundle, language, width=80)]

    assert [canary for canary in CANARIES for text in texts if canary in text] == []
    assert {"sv": {"hemsandning.csv", "bilar.csv"}, "en": {"home_delivery.csv", "vans.csv"}}[
        language
    ] <= public.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_with_homes_are_marked_and_named_internal(
    language: Language, tmp_path: Path
) -> None:
    paths = write_tables(canary_bundle(), tmp_path, language=language)
    internal = [path for path in paths if ENDING[language] in path.name]
    csvs = [path for path in internal if path.suffix == ".csv"]
    page = next(path for path in internal if path.suffix == ".html").read_text(encoding="utf-8")

    assert len(csvs) == 4, "home care on two days, and the van that fills a box with an order too"
    for path in csvs:
        assert path.read_text(encoding="utf-8-sig").splitlines()[0] == MARK[language]
    assert all(path.stat().st_mode & 0o077 == 0 for path in internal)
    sheets = page.count('<section class="sheet">')
    assert page.count(f'<p class="internal">{MARK[language]}</p>') == sheets + 1
    assert page.count(f">{MARK[language]}</td></tr></tfoot>") == sheets, "on every printed page"
    for order in ("hem_anna", "hem_bo", "hem_cia", "hem_dan"):
        assert order in page
    assert "hem_fia" not in page, "nobody drives it"


def test_sheets_without_homes_keep_their_names_and_say_nothing(tmp_path: Path) -> None:
    paths = write_tables(small_bundle(), tmp_path, language="sv")

    assert not [path for path in paths if "_intern" in path.name]
    for path in paths:
        assert "Internt" not in path.read_text(encoding="utf-8-sig")


def test_what_an_internal_result_left_is_removed(tmp_path: Path) -> None:
    write_tables(homes_bundle(), tmp_path, language="sv")

    paths = write_tables(only_vans_bundle(), tmp_path, language="en")

    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(paths)


def test_a_result_with_home_orders_is_for_its_user_only(tmp_path: Path) -> None:
    write_result(homes_bundle(), tmp_path / "homes.json")
    write_result(small_bundle(), tmp_path / "plain.json")

    assert (tmp_path / "homes.json").stat().st_mode & 0o077 == 0
    assert (tmp_path / "plain.json").stat().st_mode & 0o044


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stop_of_a_van_is_on_its_sheet(language: Language, tmp_path: Path) -> None:
    paths = write_tables(homes_bundle(), tmp_path, language=language)
    wednesday = next(path for path in paths if path.name.startswith("3-") and "van-1" in path.name)
    rows = wednesday.read_text(encoding="utf-8-sig").splitlines()
    delimiter = {"sv": ";", "en": ","}[language]
    steps = [row.split(delimiter) for row in rows if row[:1].isdigit()]

    assert [(step[1], step[2]) for step in steps] == [
        ("08:00", "Garaget"),
        ("08:15", "T"),
        ("08:27", "hem_dan"),
        ("08:37", "ek_box"),
        ("08:55", "T"),
        ("09:15", "Handlarn"),
        ("09:22", "hem_cia"),
        ("09:33", "Handlarn"),
        ("09:41", "Garaget"),
    ]
    assert [step[-4:-1] for step in steps if step[2] == "ek_box"] == [["3", "0", "0"]]
    assert [step[-1] for step in steps if step[2] == "hem_dan"] == ["4"]


def test_a_home_on_a_run_is_loaded_at_its_origin_and_brought_to_the_door(tmp_path: Path) -> None:
    write_tables(homes_bundle(), tmp_path, language="sv")
    text = (tmp_path / "korlistor" / "2-tis_0830_vard-6_intern.csv").read_text("utf-8-sig")

    assert "Hemsändningar;1" in text
    assert "Lasta matvaror vid Handlarn, till hem_anna (D).;0;0;0;" in text
    assert "Gå in hos hem_anna (D) med matvaror, 4 minuter.;0;0;0;09:40" in text


# --- what is told of counts ----------------------------------------------------------------------


def test_small_counts_are_put_together_and_large_ones_told() -> None:
    counts = home_counts(many_homes_bundle())

    assert counts.orders == 22
    assert {block: counts.by_plan(block) for block in counts.hows} == {
        ("by_run",): 8,
        ("by_van",): 0,
        ("in_box",): 0,
        ("as_today",): 6,
        ("unserved",): 8,
    }


def test_where_all_counts_are_small_not_even_their_sum_is_told() -> None:
    counts = home_counts(homes_bundle())

    assert counts.hows == (HOWS,)
    assert counts.orders == "withheld", "seven orders with five ends: each would be known nearly"
    assert goods_rows(homes_bundle(), counts) == []


@pytest.mark.parametrize("bundle", [homes_bundle(), only_vans_bundle(), many_homes_bundle()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_table_of_home_orders_shows_one_to_four(bundle: Bundle, language: Language) -> None:
    text = html_text(bundle, language)
    section = text[text.index('<section id="homes"') : text.index('<section id="vans"')]
    cells = re.findall(r'<td class="num">([^<]*)</td>', section)

    assert cells
    assert not {"1", "2", "3", "4"}.intersection(cells)


@pytest.mark.parametrize("unserved", [0, 2, 3, 5])
@pytest.mark.parametrize("as_today", [0, 1, 5])
@pytest.mark.parametrize("by_run", [0, 2, 6])
def test_neither_costs_nor_payers_tell_how_many_nobody_delivers(
    by_run: int, as_today: int, unserved: int
) -> None:
    bundle = many_homes_bundle(by_run=by_run, as_today=as_today, unserved=unserved)
    counts = home_counts(bundle)
    price_ore = 50_000
    for plan in (False, True):
        metrics = bundle.metrics if plan else bundle.today
        nobody = metrics.home_orders.unserved
        if counts.is_told("unserved") or not 0 < nobody < 5:
            continue
        rows = cost_rows(bundle, counts)
        alone = [row for row in rows if row.names == ("unserved_orders",)]
        paid = sum(row.plan_ore if plan else row.today_ore for row in payer_rows(bundle, counts))
        not_counted = metrics.cost_by_item.resident_trips_ore

        assert alone == []
        assert metrics.cost_ore_per_week - (paid - not_counted) != nobody * price_ore
        assert payments(bundle, counts, plan=plan)["expenditure_ore"] in {0, "withheld"}


def test_one_order_that_is_collected_cannot_be_worked_out_from_prices() -> None:
    bundle = many_homes_bundle(by_run=8, as_today=9, unserved=0, in_box=True)
    counts = home_counts(bundle)
    told = payments(bundle, counts, plan=True)
    exact = bundle.metrics.home_delivery

    assert [block for block in counts.hows if "in_box" in block] == [("by_run", "in_box")]
    names = next(row.names for row in cost_rows(bundle, counts) if "fees" in row.names)
    assert {"fees", "home_deliveries", "orders_in_boxes"} <= set(names)
    assert told["expenditure_ore"] == About(10_000 * round(exact.expenditure_ore / 10_000))
    assert told["deliveries"] == told["customer_fees_ore"] == "withheld", "17 of 18 orders"


def test_orders_with_known_prices_share_their_cost_row_with_one_without() -> None:
    bundle = many_homes_bundle(by_run=9, as_today=6, unserved=0, in_box=True)
    counts = home_counts(bundle)

    assert [block for block in counts.hows if "in_box" in block] == [("in_box", "as_today")]
    names = next(row.names for row in cost_rows(bundle, counts) if "orders_as_today" in row.names)
    assert {"fees", "home_deliveries", "orders_in_boxes"} <= set(names)
    assert "cirka" in html_text(bundle, "sv")


def test_payers_that_pay_each_other_for_few_deliveries_are_told_as_one() -> None:
    bundle = homes_bundle()
    rows = payer_rows(bundle, home_counts(bundle))

    assert rows[0].names == ("municipality", "residents", "state", "shops", "nobody")
    by_payer, by_item = bundle.metrics.cost_by_payer, bundle.metrics.cost_by_item
    everybody = sum(by_payer.model_dump().values()) + by_item.unserved_orders_ore
    assert sum(row.plan_ore for row in rows) == everybody


def test_payers_of_many_deliveries_are_told_one_by_one() -> None:
    bundle = many_homes_bundle(by_run=8, as_today=6, unserved=7)
    names = [row.names for row in payer_rows(bundle, home_counts(bundle))]

    assert names == [
        (payer,) for payer in ("municipality", "region", "carrier", "residents", "state", "shops")
    ]
    assert payments(bundle, home_counts(bundle), plan=True)["deliveries"] == 14


@pytest.mark.parametrize("bundle", [small_bundle(), homes_bundle(), many_homes_bundle()])
def test_cost_rows_add_up_to_the_goals_cost(bundle: Bundle) -> None:
    rows = cost_rows(bundle, home_counts(bundle))
    counted = [row for row in rows if row.names[0] not in {"resident_trips", "co2"}]

    assert sum(row.plan_ore for row in counted) == bundle.metrics.cost_ore_per_week
    assert sum(row.today_ore for row in counted) == bundle.today.cost_ore_per_week


def test_the_cost_of_vans_is_told_unless_it_would_tell_of_few_orders() -> None:
    assert van_costs_told(many_homes_bundle(), home_counts(many_homes_bundle()))
    assert not van_costs_told(homes_bundle(), home_counts(homes_bundle()))


# --- vans and runs that bring few --------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_on_which_a_van_only_brings_few_orders_is_not_told(
    language: Language, tmp_path: Path
) -> None:
    bundle = busy_van_bundle()
    text = html_text(bundle, language)
    section = text[text.index('<section id="vans"') : text.index('<section id="cost"')]
    paths = write_tables(bundle, tmp_path, language=language)
    csv = next(path for path in paths if path.stem in {"bilar", "vans"}).read_text("utf-8-sig")
    days = {"sv": ("måndag", "onsdag", "fredag"), "en": ("Monday", "Wednesday", "Friday")}[language]

    assert home_counts(bundle).by_plan(("by_van",)) == 14
    for told in (section, csv):
        assert [day for day in days if day in told] == [days[1]]
        assert "08:00" in told, "rounded to the quarter"
        assert "12:00" in told, "rounded up to the quarter"
    rows = csv.splitlines()[1:]
    assert [row.replace(",", ";").split(";")[0] for row in rows] == ["van_1", "van_1 + van_2"]


def test_vans_that_bring_few_orders_are_told_together() -> None:
    weeks = van_weeks(busy_van_bundle().metrics)

    assert [week.vans for week in weeks] == [("van_1", "van_2")]
    assert [week.vans for week in van_weeks(small_bundle().metrics)] == []


def test_a_run_that_only_brings_few_orders_is_neither_named_nor_drawn() -> None:
    bundle = bus_bundle(with_parcels=False)
    text = html_text(bundle, "sv")

    assert bundle.metrics.run_rows[0].orders_per_week == 2
    assert "Bussen" not in text
    assert map_data(teller_of(bundle, "sv"))["carrying"] == []


def test_figures_of_a_run_that_few_homes_have_a_part_in_are_not_shown() -> None:
    bundle = bus_bundle(with_parcels=True)
    text = html_text(bundle, "sv")
    row = text[text.index('<th scope="row">Bussen') :].partition("</tr>")[0]
    cells = re.findall(r"<td[^>]*>([^<]*)<", row)

    assert cells[3] == "tis tor", "days with visits"
    assert cells[4:7] == ["2", "2", "färre än 5"]
    assert cells[7:] == ["visas inte (3)", "visas inte", "visas inte (3,0)", *["visas inte"] * 2]
    drawn = map_data(teller_of(bundle, "sv"))
    assert json.dumps(drawn["carrying"]).count('"lines": ["buss, tis tor", "2\\u00a0paket') == 1
    assert drawn["detours"] == []


def test_what_was_cut_never_names_an_order() -> None:
    bundle = homes_bundle(truncated=("ways of order 'hem_anna'", "routes of van 'van_1'"))
    text = html_text(bundle, "en")

    assert "hem_anna" not in text
    assert text.count("<li>ways to drive of vans or home orders</li>") == 1


# --- why nobody delivers -------------------------------------------------------------------------


def _left(scenario: Scenario, order_id: str) -> list[tuple[str, Told]]:
    """Return the reasons of a plan that leaves one order to nobody."""
    homes = [order for order in scenario.homes if order.id == order_id]
    alone = changed(scenario, homes=[changed(homes[0], today_sek=None)])
    plan = Plan(homes_left=(HomeLeft(order=order_id, how="none"),))
    return reasons_left(teller_of(bundle_of(alone, plan), "en"))


@pytest.mark.parametrize(
    ("order_id", "changes", "reason"),
    [
        ("hem_bo", {}, "no way to deliver was found that costs less than leaving it"),
        ("hem_bo", {"days": ("sun",)}, "none of the days on which it can be received is an "),
        ("hem_gun", {"goods": "pharmacy"}, "no run and no van may bring such goods to the door"),
        (
            "hem_anna",
            {"goods": "parcel"},
            "no way to deliver was found that costs less than leaving it",
        ),
    ],
)
def test_the_reason_is_what_the_input_tells_and_no_more(
    order_id: str, changes: dict[str, object], reason: str
) -> None:
    scenario = van_scenario()
    homes = [
        changed(order, **changes) if order.id == order_id else order for order in scenario.homes
    ]
    vans = [changed(scenario.vans[0], carries_pharmacy=False)]

    (told, count), *rest = _left(changed(scenario, homes=homes, vans=vans), order_id)

    assert told.startswith(reason)
    assert count == "few"
    assert rest == []


def test_an_order_that_nobody_may_enter_for_says_so() -> None:
    scenario = van_scenario()
    outside = changed(scenario, run_kinds={"home_care": {"may_enter_homes": False}})

    assert _left(outside, "hem_anna")[0][0].startswith("somebody must enter the home")


def test_groceries_past_a_nearer_shop_and_without_any_shop_say_so() -> None:
    scenario = van_scenario()
    homes = [
        changed(order, origin="storkop") if order.id == "hem_bo" else order
        for order in scenario.homes
    ]
    ruled = changed(scenario, homes=homes, home_delivery={"no_bypass": "rule"})
    depots = [depot for depot in scenario.depots if depot.kind != "shop"]
    shopless = changed(scenario, depots=depots, homes=[], distances=())
    alone = [order for order in scenario.homes if order.id == "hem_fia"]

    assert "past a nearer shop" in _left(ruled, "hem_bo")[0][0]
    assert "no shop can be reached" in _left(changed(shopless, homes=alone), "hem_fia")[0][0]


# --- strangers' texts ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_of_vans_are_text(language: Language, tmp_path: Path) -> None:
    bundle = hostile_homes_bundle()
    paths = write_tables(bundle, tmp_path, language=language)
    texts = [html_text(bundle, language)]
    texts += [path.read_text(encoding="utf-8-sig") for path in paths if path.suffix == ".html"]

    for text in texts:
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "<img" not in text
        assert "\u202e" not in text
