"""Texts of what a report does not show, Swedish and English."""

from typing import Final

PRIVACY: Final[dict[str, tuple[str, str]]] = {
    "page.internal": (
        "Internt \u2013 kan innehålla sekretess",
        "Internal \u2013 may contain secrecy-protected data",
    ),
    "popup.load": ("Som mest {peak} paket ombord", "At most {peak} parcels aboard"),
    "popup.load_of": (
        "Som mest {peak} paket ombord, plats för {room}",
        "At most {peak} parcels aboard, room for {room}",
    ),
    "popup.van": ("skåpbil, {days}", "van, {days}"),
    "popup.van_parcels": (
        "{parcels} paket till boxar och ombud de dagarna",
        "{parcels} parcels to boxes and agents on those days",
    ),
    "popup.van_orders": (
        "{orders} hemsändningar de dagarna",
        "{orders} home orders on those days",
    ),
    "popup.latest": ("senast {time}", "by {time}"),
    "legend.van": (
        "Skåpbil mellan avsändare och utlämningsställen",
        "Van between origins and pickup points",
    ),
    "legend.home": ("Hemsändning (internt)", "Home order (internal)"),
    "map.vans_note": (
        "Skåpbilarnas linjer går bara mellan avsändare och utlämningsställen, aldrig till hem.",
        "The lines of vans go between origins and pickup points only, never to homes.",
    ),
    "orders.caption": (
        "Varje hemsändning med sin pseudonym, bara för internt bruk",
        "Each home order by its pseudonym, for internal use only",
    ),
    "orders.order": ("Hemsändning", "Home order"),
    "orders.household": ("Hushåll", "Household"),
    "orders.goods": ("Varor", "Goods"),
    "orders.origin": ("Från", "From"),
    "orders.how": ("Hur", "How"),
    "orders.day": ("Dag", "Day"),
    "orders.carrier": ("Tur eller bil", "Run or van"),
    "orders.point": ("Hämtas vid", "Collected at"),
    "orders.earliest": ("Tidigast", "Earliest"),
    "orders.latest": ("Senast", "Latest"),
    "orders.km": ("Km från avsändaren", "Km from the origin"),
    "orders.payer": ("Betalar", "Paid by"),
    "orders.cost": ("Kostnad, kr", "Cost, SEK"),
    "csv_order.order": ("hemsandning", "home_order"),
    "csv_order.household": ("hushall", "household"),
    "csv_order.goods": ("varor", "goods"),
    "csv_order.origin": ("fran", "from"),
    "csv_order.how": ("hur", "how"),
    "csv_order.day": ("dag", "day"),
    "csv_order.carrier": ("tur_eller_bil", "run_or_van"),
    "csv_order.point": ("hamtas_vid", "collected_at"),
    "csv_order.earliest": ("tidigast", "earliest"),
    "csv_order.latest": ("senast", "latest"),
    "csv_order.km": ("km_fran_avsandaren", "km_from_origin"),
    "csv_order.payer": ("betalar", "paid_by"),
    "csv_order.cost": ("kostnad_kr", "cost_sek"),
    "file.orders": ("hemsandningar", "home_orders"),
    "villages.joined": (
        (
            "En by med 1 till 4 invånare visas tillsammans med en grannby, för att ingen ska kunna "
            "pekas ut. Där byarna skiljer sig åt står två avstånd, eller visas inte."
        ),
        (
            "A village with 1 to 4 residents is shown together with a neighbour, so that nobody "
            "can be singled out. Where the villages differ there are two distances, or not shown."
        ),
    ),
    "points.people_hidden": (
        "Antal invånare visas inte där det skulle avslöja hur många som bor i en mycket liten by.",
        (
            "The number of residents is not shown where it would tell how many live in a "
            "very small village."
        ),
    ),
    "distance.hidden": (
        (
            "Antal invånare per avstånd visas inte: det skulle avslöja hur många som bor i en "
            "mycket liten by."
        ),
        (
            "The number of residents by distance is not shown: it would tell how many live in a "
            "very small village."
        ),
    ),
}
