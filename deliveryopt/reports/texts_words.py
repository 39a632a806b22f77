"""Words and short phrases that several reports share, Swedish and English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "word.yes": ("ja", "yes"),
    "word.no": ("nej", "no"),
    "word.none": ("\u2013", "\u2013"),
    "word.unknown": ("okänt", "not known"),
    "word.and": ("och", "and"),
    "word.or": ("eller", "or"),
    "word.few": ("färre än 5", "fewer than 5"),
    "word.withheld": ("visas inte", "not shown"),
    "word.about": ("cirka {count}", "about {count}"),
    "word.today": ("I dag", "Today"),
    "word.plan": ("Planen", "Plan"),
    "count.box.one": ("{count} box", "{count} box"),
    "count.box.other": ("{count} boxar", "{count} boxes"),
    "count.run.one": ("{count} tur", "{count} run"),
    "count.run.other": ("{count} turer", "{count} runs"),
    "count.site.one": ("{count} plats", "{count} site"),
    "count.site.other": ("{count} platser", "{count} sites"),
    "count.parcel.one": ("{count} paket", "{count} parcel"),
    "count.parcel.other": ("{count} paket", "{count} parcels"),
    "count.order.one": ("{count} hemsändning", "{count} home order"),
    "count.order.other": ("{count} hemsändningar", "{count} home orders"),
    "count.van.one": ("{count} skåpbil", "{count} van"),
    "count.van.other": ("{count} skåpbilar", "{count} vans"),
    "count.day.one": ("{count} dag", "{count} day"),
    "count.day.other": ("{count} dagar", "{count} days"),
    "day.mon": ("måndag", "Monday"),
    "day.tue": ("tisdag", "Tuesday"),
    "day.wed": ("onsdag", "Wednesday"),
    "day.thu": ("torsdag", "Thursday"),
    "day.fri": ("fredag", "Friday"),
    "day.sat": ("lördag", "Saturday"),
    "day.sun": ("söndag", "Sunday"),
    "day_short.mon": ("mån", "Mon"),
    "day_short.tue": ("tis", "Tue"),
    "day_short.wed": ("ons", "Wed"),
    "day_short.thu": ("tor", "Thu"),
    "day_short.fri": ("fre", "Fri"),
    "day_short.sat": ("lör", "Sat"),
    "day_short.sun": ("sön", "Sun"),
    "payer.municipality": ("kommunen", "municipality"),
    "payer.region": ("regionen", "region"),
    "payer.carrier": ("paketföretagen", "parcel companies"),
    "payer.residents": ("invånarna", "residents"),
    "payer.shop": ("butikerna", "shops"),
    "payer.state": ("staten", "state"),
    "payer.nobody": ("uteblivna hemsändningar", "undelivered home orders"),
    "run_kind.bus": ("buss", "bus"),
    "run_kind.school_bus": ("skolbuss", "school bus"),
    "run_kind.home_care": ("hemtjänst", "home care"),
    "run_kind.library_bus": ("bokbuss", "library bus"),
    "run_kind.meal_van": ("matbil", "meal van"),
    "run_kind.minibus": ("minibuss", "minibus"),
    "run_kind.other": ("annat fordon", "other vehicle"),
    "tag.measured": ("uppmätt", "measured"),
    "tag.official": ("offentlig uppgift", "official"),
    "tag.derived": ("beräknat", "derived"),
    "tag.assumed": ("antaget", "assumed"),
    "point_kind.agent": ("ombud", "agent"),
    "point_kind.site": ("paketbox", "parcel box"),
    "how.plan": ("med planen", "by the plan"),
    "how.today": ("som i dag", "as today"),
    "how.none": ("saknar", "has none"),
    "item.boxes": ("Boxar", "Boxes"),
    "item.sites": ("Platser för boxar", "Sites for boxes"),
    "item.fees": ("Ersättning per utlämnat paket", "Fees for parcels collected"),
    "item.services": ("Turernas extra stopp och omvägar", "Extra stops and detours of runs"),
    "item.carrying": ("Turernas ersättning per paket", "What runs are paid for each parcel"),
    "item.vans": ("Skåpbilar", "Vans"),
    "item.home_deliveries": ("Hemsändning med turer", "Home delivery by runs"),
    "item.orders_in_boxes": (
        "Hemsändning som hämtas på utlämningsställe",
        "Home orders collected at pickup points",
    ),
    "item.orders_as_today": ("Hemsändning som i dag", "Home delivery as today"),
    "item.unserved_orders": (
        "Hemsändning som ingen levererar",
        "Home orders that nobody delivers",
    ),
    "item.resident_trips": ("Invånarnas egna resor", "Residents' own trips"),
    "item.co2": ("Koldioxid, värderad", "Carbon dioxide, valued"),
    "goal.least_cost": (
        (
            "Målet är lägsta kostnad när minst {share} av invånarna har högst {reach} till ett "
            "utlämningsställe."
        ),
        (
            "The goal is the least cost with at least {share} of residents within {reach} of a "
            "pickup point."
        ),
    ),
    "goal.greatest_coverage": (
        (
            "Målet är att så många invånare som möjligt har högst {reach} till ett "
            "utlämningsställe, "
            "för högst {budget} om året utöver dagens kostnad."
        ),
        (
            "The goal is that as many residents as possible are within {reach} of a pickup "
            "point, for "
            "at most {budget} a year above today's cost."
        ),
    ),
    "goal.greatest_coverage_share": (
        "Minst {share} av invånarna ska täckas.",
        "At least {share} of residents must be covered.",
    ),
}
