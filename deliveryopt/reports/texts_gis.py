"""Texts of map layers, Swedish and English.

The text of a layer is `name|title|description`, that of an attribute `name|title`. Names are
ASCII, so that every map program takes them.
"""

from typing import Final

GIS: Final[dict[str, tuple[str, str]]] = {
    "gis.villages": (
        "byar|Byar|Byar med invånare, var de hämtar paket i dag och med planen, och om de täcks.",
        (
            "villages|Villages|Villages with residents, where they collect parcels today and by "
            "the plan, and whether they are covered."
        ),
    ),
    "gis.boxes": (
        (
            "paketboxar|Paketboxar|Platser där planen ställer boxar, med fack, beläggning för "
            "varje dag och kostnad."
        ),
        (
            "boxes|Parcel boxes|Sites where the plan puts up boxes, with compartments, use on "
            "each day and cost."
        ),
    ),
    "gis.agents": (
        "ombud|Ombud|Paketombud som finns i dag, med det som hämtas där med planen.",
        "agents|Agents|Parcel agents of today, with what is collected there by the plan.",
    ),
    "gis.sites": (
        "mojliga_platser|Möjliga platser|Möjliga platser för boxar som planen inte använder.",
        "possible_sites|Possible sites|Possible sites for boxes that the plan does not use.",
    ),
    "gis.depots": (
        "avsandare|Avsändare|Terminaler, butiker och andra platser som varor kommer från.",
        "depots|Depots|Depots, shops and other places that goods come from.",
    ),
    "gis.runs": (
        (
            "turer|Turer som kör paket|Den del av varje tur där den har paket ombord, som raka "
            "linjer mellan hållplatser."
        ),
        (
            "runs|Runs that carry parcels|The part of each run on which it has parcels aboard, as "
            "straight lines between stops."
        ),
    ),
    "gis.detours": (
        (
            "omvagar|Omvägar|Turernas omvägar till utlämningsställen, som raka linjer från "
            "hållplatsen där turen lämnar sin väg."
        ),
        (
            "detours|Detours|Detours of runs to pickup points, as straight lines from the stop "
            "where the run leaves its road."
        ),
    ),
    "gis.vans": (
        (
            "skapbilar|Skåpbilar|Vad skåpbilarna kör till utlämningsställen, som raka linjer. "
            "Stopp vid hem ingår inte."
        ),
        (
            "vans|Vans|What vans drive to pickup points, as straight lines. Stops at homes are "
            "left out."
        ),
    ),
    "gis.vans_internal": (
        "skapbilar|Skåpbilar|Varje slinga som skåpbilarna kör, med stopp vid hem, som raka linjer.",
        "vans|Vans|Each trip that vans drive, with stops at homes, as straight lines.",
    ),
    "gis.van_stops": (
        "skapbilar_stopp|Skåpbilarnas stopp|Skåpbilarnas stopp i ordning, dag för dag.",
        "van_stops|Stops of vans|Stops of vans in order, day by day.",
    ),
    "gis.cells": (
        (
            "hemsandning_rutor|Hemsändning i rutor|Hemsändningar i veckan per ruta i SWEREF 99 "
            "TM. Punkten är rutans mitt, ingens hem. Rutan är 1 km, eller 5 km där för få hushåll "
            "bor. Där även en sådan ruta har färre än 5 hushåll visas ingenting."
        ),
        (
            "home_order_cells|Home orders by cell|Home orders a week by cell of SWEREF 99 TM. The "
            "point is the middle of the cell and nobody's home. A cell is 1 km, or 5 km where too "
            "few households live. Where even such a cell has fewer than 5 households, nothing is "
            "shown."
        ),
    ),
    "gis.homes": (
        "hemsandningar|Hemsändningar|Varje hemsändning där den ska lämnas, med ordning och tid.",
        "home_orders|Home orders|Each home order where it is to be delivered, with order and time.",
    ),
    "gis.id": ("id|Id", "id|Id"),
    "gis.name": ("namn|Namn", "name|Name"),
    "gis.people": ("invanare|Invånare", "residents|Residents"),
    "gis.people_text": (
        "invanare_text|Invånare, i ord där de är få",
        "residents_text|Residents, in words where they are few",
    ),
    "gis.old": ("invanare_65|Invånare 65 år och äldre", "residents_65|Residents of 65 or older"),
    "gis.old_text": (
        "invanare_65_text|Invånare 65 år och äldre, i ord där de är få",
        "residents_65_text|Residents of 65 or older, in words where they are few",
    ),
    "gis.status": ("tackning|Täckning", "coverage|Coverage"),
    "gis.covered_today": ("tackt_i_dag|Täckt i dag", "covered_today|Covered today"),
    "gis.covered": ("tackt_med_planen|Täckt med planen", "covered_by_plan|Covered by the plan"),
    "gis.agent": ("ombud_i_dag|Hämtar i dag", "agent_today|Collects today"),
    "gis.agent_km": ("avstand_i_dag_km|Avstånd i dag, km", "distance_today_km|Distance today, km"),
    "gis.point": ("hamtar_med_planen|Hämtar med planen", "pickup_point|Collects by the plan"),
    "gis.point_km": (
        "avstand_med_planen_km|Avstånd med planen, km",
        "distance_km|Distance by the plan, km",
    ),
    "gis.estimate": (
        "avstand_uppskattat|Avståndet är uppskattat",
        "distance_is_estimate|The distance is an estimate",
    ),
    "gis.parcels": ("paket|Paket i veckan", "parcels|Parcels a week"),
    "gis.parcels_text": (
        "paket_text|Paket i veckan, i ord där talet är ungefärligt",
        "parcels_text|Parcels a week, in words where the number is about",
    ),
    "gis.assumed": ("antagen|Läget eller talen är antagna", "assumed|Place or numbers are assumed"),
    "gis.boxes_here": ("boxar|Boxar", "boxes|Boxes"),
    "gis.types": ("typer|Typer av box", "types|Types of box"),
    "gis.compartments": ("fack|Fack", "compartments|Compartments"),
    "gis.small": ("sma_fack|Små fack", "small|Small compartments"),
    "gis.medium": ("mellanfack|Mellanfack", "medium|Medium compartments"),
    "gis.large": ("stora_fack|Stora fack", "large|Large compartments"),
    "gis.villages_here": ("byar|Byar som hämtar här", "villages|Villages that collect here"),
    "gis.visits": (
        "besok|Besök av turer i veckan, vid utlämningsställen",
        "visits|Visits by runs a week, at pickup points",
    ),
    "gis.days": ("dagar|Dagar", "days|Days"),
    "gis.use": (
        "belaggning|Högsta beläggning, som den får visas",
        "use|Highest use, as it may be told",
    ),
    "gis.use_class": ("belaggning_klass|Beläggning, klass", "use_class|Use, class"),
    "gis.peak": ("hogsta_belaggning|Högsta beläggning, andel", "peak_use|Highest use, share"),
    "gis.mean": ("medelbelaggning|Medelbeläggning, andel", "mean_use|Mean use, share"),
    "gis.still_mon": ("paket_man|Paket i boxen måndag", "parcels_mon|Parcels in the box Monday"),
    "gis.still_tue": ("paket_tis|Paket i boxen tisdag", "parcels_tue|Parcels in the box Tuesday"),
    "gis.still_wed": ("paket_ons|Paket i boxen onsdag", "parcels_wed|Parcels in the box Wednesday"),
    "gis.still_thu": ("paket_tor|Paket i boxen torsdag", "parcels_thu|Parcels in the box Thursday"),
    "gis.still_fri": ("paket_fre|Paket i boxen fredag", "parcels_fri|Parcels in the box Friday"),
    "gis.still_sat": ("paket_lor|Paket i boxen lördag", "parcels_sat|Parcels in the box Saturday"),
    "gis.still_sun": ("paket_son|Paket i boxen söndag", "parcels_sun|Parcels in the box Sunday"),
    "gis.box_cost": ("boxar_kr|Boxar, kr i veckan", "boxes_sek|Boxes, SEK a week"),
    "gis.site_cost": ("plats_kr|Plats, kr i veckan", "site_sek|Site, SEK a week"),
    "gis.fees": ("ersattning_kr|Ersättning, kr i veckan", "fees_sek|Fees, SEK a week"),
    "gis.kind": ("slag|Slag", "kind|Kind"),
    "gis.operator": ("kor|Kör", "driven_by|Driven by"),
    "gis.payer": ("betalar|Betalar", "paid_by|Paid by"),
    "gis.run": ("tur|Tur", "run|Run"),
    "gis.places": ("platser|Platser i ordning", "places|Places in order"),
    "gis.place": ("plats|Plats", "place|Place"),
    "gis.van": ("skapbil|Skåpbil", "van|Van"),
    "gis.day": ("dag|Dag", "day|Day"),
    "gis.trip": ("slinga|Slinga", "trip|Trip"),
    "gis.sequence": ("ordning|Ordning på dagen", "sequence|Order on the day"),
    "gis.start": ("fran_klockan|Från klockan", "from_time|From"),
    "gis.end": ("till_klockan|Till klockan", "to_time|To"),
    "gis.clock": ("klockan|Klockan", "time|Time"),
    "gis.orders": ("hemsandningar|Hemsändningar i veckan", "home_orders|Home orders a week"),
    "gis.cell_m": ("ruta_m|Rutans sida, meter", "cell_m|Side of the cell, metres"),
    "gis.least": ("minst|Hemsändningar, minst", "at_least|Home orders, at least"),
    "gis.most": ("hogst|Hemsändningar, högst", "at_most|Home orders, at most"),
    "gis.band": ("hemsandningar|Hemsändningar i veckan", "home_orders|Home orders a week"),
    "gis.household": ("hushall|Hushåll", "household|Household"),
    "gis.goods": ("vara|Vara", "goods|Goods"),
    "gis.how": ("hur|Hur den kommer fram", "how|How it is delivered"),
    "gis.carrier": ("fordon|Tur eller skåpbil", "carrier|Run or van"),
    "gis.origin": ("fran|Varan kommer från", "origin|Goods come from"),
    "gis.distance": ("avstand_km|Avstånd från avsändaren, km", "distance_km|Distance, km"),
    "gis.cost": ("kostnad_kr|Kostnad, kr", "cost_sek|Cost, SEK"),
    "gis.kept": ("täckt redan i dag", "covered already today"),
    "gis.gained": ("täckt genom planen", "covered by the plan"),
    "gis.lost": ("täckt i dag men inte med planen", "covered today but not by the plan"),
    "gis.without": ("inget inom räckhåll", "none within reach"),
    "gis.low_use": ("högst 50 %", "at most 50%"),
    "gis.middle_use": ("över 50 och högst 80 %", "over 50 and at most 80%"),
    "gis.high_use": ("över 80 %", "over 80%"),
    "gis.terminal": ("terminal", "terminal"),
    "gis.shop": ("butik", "shop"),
    "gis.pharmacy": ("apotek", "pharmacy"),
    "gis.kitchen": ("kök", "kitchen"),
    "gis.through": ("på vägen till nästa hållplats", "on the way to the next stop"),
    "gis.out_and_back": ("fram och tillbaka", "out and back"),
    "gis.at_load": ("lastar", "loads"),
    "gis.at_home": ("lämnar vid dörren", "delivers at a door"),
    "gis.at_point": ("lämnar vid utlämningsställe", "delivers at a pickup point"),
}
