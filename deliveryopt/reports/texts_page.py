"""Texts of the HTML report, Swedish and English."""

from typing import Final

PAGE: Final[dict[str, tuple[str, str]]] = {
    "page.skip": ("Hoppa till innehållet", "Skip to the content"),
    "page.kind": ("Underlag för beslut om paketboxar", "Basis for a decision on parcel boxes"),
    "page.nav": ("Innehåll", "Contents"),
    "page.week": (
        "Beräknat för veckan från {date}.",
        "Calculated for the week from {date}.",
    ),
    "section.decision": ("Förslaget i korthet", "The proposal in brief"),
    "section.map": ("Karta", "Map"),
    "section.villages": ("Byar", "Villages"),
    "section.boxes": ("Boxar och ombud", "Boxes and agents"),
    "section.runs": ("Turer som kör paket", "Runs that carry parcels"),
    "section.cost": ("Kostnad", "Cost"),
    "section.distance": ("Avstånd", "Distances"),
    "section.climate": ("Resor och klimat", "Trips and climate"),
    "section.proof": ("Vad som är bevisat", "What is proven"),
    "section.assumptions": ("Antaganden", "Assumptions"),
    "section.sources": ("Källor", "Sources"),
    "section.about": ("Om rapporten", "About this report"),
    "figure.coverage": ("Invånare inom {reach}", "Residents within {reach}"),
    "figure.coverage_note": (
        "i dag {share}; {people} fler",
        "today {share}; {people} more",
    ),
    "figure.cost": ("Kostnad i veckan", "Cost a week"),
    "figure.cost_note": (
        "i dag {today}; {year} om året",
        "today {today}; {year} a year",
    ),
    "figure.boxes": ("Paketboxar", "Parcel boxes"),
    "figure.boxes_note": (
        "på {sites}; {runs} kör paket",
        "at {sites}; {runs} carry parcels",
    ),
    "figure.driving": ("Invånarnas bilkörning i veckan", "Residents' driving a week"),
    "figure.driving_note": ("i dag {today}; {change}", "today {today}; {change}"),
    "section.timeline": ("Turernas dag", "The runs' day"),
    "timeline.title": (
        "När varje tur kör, lastar och lämnar paket",
        "When each run drives, loads and leaves parcels",
    ),
    "timeline.text": (
        "En rad för varje tur och en linje över dygnets timmar. Tabellen visar samma uppgifter.",
        "A row for each run and a line over the hours of the day. The table holds the same facts.",
    ),
    "timeline.drives": ("kör sin tur", "drives its run"),
    "timeline.carries": ("från första till sista paketstoppet", "from first to last parcel stop"),
    "timeline.at_load": ("lastar hos avsändaren (fyrkant)", "loads at the origin (square)"),
    "timeline.at_point": ("vid box eller ombud (rund)", "at a box or agent (round)"),
    "timeline.caption": (
        "Turernas dag: var de lastar och när de är framme",
        "The runs' day: where they load and when they arrive",
    ),
    "timeline.run": ("Tur", "Run"),
    "timeline.days": ("Dagar", "Days"),
    "timeline.from": ("Kör", "Drives"),
    "timeline.loads": ("Lastar", "Loads"),
    "timeline.serves": ("Framme senast", "Arrives by"),
    "timeline.parcels": ("Paket i veckan", "Parcels a week"),
    "timeline.peak": ("Mest ombord", "Most aboard"),
    "timeline.by": ("{time} {point}", "{time} {point}"),
    "timeline.note": (
        (
            "Bilden visar tidtabellens tider. I tabellen är Framme senast räknat med hela den "
            "försening som turen får ha."
        ),
        (
            "The picture shows the times of the timetable. In the table, Arrives by counts the "
            "whole delay that the run may have."
        ),
    ),
    "timeline.rounded": (
        "Hemtjänstens tider är avrundade till kvart.",
        "Times of home care are rounded to a quarter of an hour.",
    ),
    "map.label": (
        "Karta över byar, utlämningsställen och turer. Samma uppgifter står i tabellerna nedan.",
        "Map of villages, pickup points and runs. The tables below hold the same facts.",
    ),
    "map.note": (
        (
            "Kartan fungerar utan nätet. Turer är ritade som raka linjer mellan hållplatser, inte "
            "längs vägen."
        ),
        (
            "The map works without a network. Runs are drawn as straight lines between stops, not "
            "along the road."
        ),
    ),
    "map.private": (
        "Hemtjänstens turer ritas aldrig på kartan, och deras tider är avrundade till kvart.",
        (
            "Home-care rounds are never drawn on the map, and their times are rounded to a quarter "
            "of an hour."
        ),
    ),
    "map.no_script": (
        "Kartan kräver JavaScript. Tabellerna nedan innehåller samma uppgifter.",
        "The map needs JavaScript. The tables below hold the same facts.",
    ),
    "map.legend": ("Teckenförklaring", "Legend"),
    "map.zoom_in": ("Zooma in", "Zoom in"),
    "map.zoom_out": ("Zooma ut", "Zoom out"),
    "map.whole": ("Visa allt", "Show all"),
    "map.close": ("Stäng", "Close"),
    "legend.kept": (
        "By som täcks redan i dag (rund)",
        "Village covered already today (round)",
    ),
    "legend.gained": (
        "By som täcks genom planen (romb)",
        "Village covered by the plan (diamond)",
    ),
    "legend.lost": (
        "By som täcks i dag men inte med planen (kryss)",
        "Village covered today but not by the plan (cross)",
    ),
    "legend.without": (
        "By utan utlämningsställe inom räckhåll (tom triangel)",
        "Village without a pickup point within reach (hollow triangle)",
    ),
    "legend.box": (
        "Paketbox, större ruta för fler fack",
        "Parcel box, larger square for more compartments",
    ),
    "legend.candidate": (
        "Möjlig plats som inte används (liten tom ruta)",
        "Possible site that is not used (small empty square)",
    ),
    "legend.agent": ("Ombud som finns i dag (fyrkant med O)", "Agent of today (square with A)"),
    "legend.depot": (
        "Terminal, butik eller annan avsändare (femhörning)",
        "Depot, shop or other origin (pentagon)",
    ),
    "legend.carrying": (
        "Tur som kör paket, bredare för fler paket",
        "Run that carries parcels, wider for more parcels",
    ),
    "legend.detour": ("Omväg till en box (streckad)", "Detour to a box (dashed)"),
    "legend.passing": ("Övriga turer", "Other runs"),
    "letter.agent": ("O", "A"),
    "popup.people": ("{people} invånare", "{people} residents"),
    "popup.today": ("I dag: {point}, {km}", "Today: {point}, {km}"),
    "popup.plan": ("Planen: {point}, {km}", "Plan: {point}, {km}"),
    "popup.today_none": ("I dag: inget ombud kan nås", "Today: no agent can be reached"),
    "popup.plan_none": ("Planen: inget utlämningsställe", "Plan: no pickup point"),
    "popup.boxes": ("{boxes}, fack: {compartments}", "{boxes}, compartments: {compartments}"),
    "popup.parcels": ("{parcels} i veckan", "{parcels} a week"),
    "popup.days": ("Leverans {days}", "Delivery {days}"),
    "popup.run": ("{kind}, {days}", "{kind}, {days}"),
    "sizes.all": (
        "{small} små, {medium} mellan, {large} stora",
        "{small} small, {medium} medium, {large} large",
    ),
    "villages.caption": (
        "Var varje by hämtar paket, i dag och med planen",
        "Where each village collects parcels, today and by the plan",
    ),
    "villages.village": ("By", "Village"),
    "villages.people": ("Invånare", "Residents"),
    "villages.old": ("65 år och äldre", "65 or older"),
    "villages.today": ("Ombud i dag", "Agent today"),
    "villages.today_km": ("Km i dag", "Km today"),
    "villages.plan": ("Hämtar med planen", "Collects by the plan"),
    "villages.plan_km": ("Km med planen", "Km by the plan"),
    "villages.covered_today": ("Täckt i dag", "Covered today"),
    "villages.covered": ("Täckt med planen", "Covered by the plan"),
    "villages.parcels": ("Paket i veckan", "Parcels a week"),
    "villages.cost": ("Hämtning, kr i veckan", "Collecting, SEK a week"),
    "villages.note": (
        (
            "Byar som täcks genom planen står först. Täckt betyder högst {reach} på väg till "
            "utlämningsstället. Ett avstånd med ≈ är uppskattat. Kolumnen Hämtning är ersättning "
            "per paket, och egna resor om målet räknar dem."
        ),
        (
            "Villages covered by the plan come first. Covered means at most {reach} by road to the "
            "pickup point. A distance with ≈ is an estimate. The column Collecting is the fee for "
            "each parcel, and own trips if the goal counts them."
        ),
    ),
    "points.caption": ("Utlämningsställen i bruk med planen", "Pickup points in use by the plan"),
    "points.point": ("Utlämningsställe", "Pickup point"),
    "points.kind": ("Slag", "Kind"),
    "points.boxes": ("Boxar", "Boxes"),
    "points.compartments": ("Fack: små, mellan, stora", "Compartments: small, medium, large"),
    "points.villages": ("Byar: planen, som i dag", "Villages: plan, as today"),
    "points.people": ("Invånare", "Residents"),
    "points.parcels": ("Paket i veckan", "Parcels a week"),
    "points.days": ("Leveransdagar", "Delivery days"),
    "points.cost": ("Box, plats, ersättning, kr i veckan", "Box, site, fees, SEK a week"),
    "use.caption": (
        "Paket i boxarna dag för dag; dagens nya paket räknas alla",
        "Parcels in the boxes day by day; all of the day's new parcels count",
    ),
    "use.week": ("Veckan", "Week"),
    "use.peak": ("Högsta beläggning", "Highest use"),
    "use.mean": ("Medelbeläggning", "Mean use"),
    "use.tightest": ("Trängsta storlek", "Tightest size"),
    "use.chart_title": ("Beläggning i {site}", "Use of {site}"),
    "use.chart_text": (
        "Staplar för måndag till söndag; linjen högst upp är alla fack.",
        "Bars for Monday to Sunday; the line at the top is all compartments.",
    ),
    "use.note": (
        (
            "Trängsta storlek visar hur nära gränsen boxen är när stora paket bara ryms i stora "
            "fack: "
            "100 % är precis fullt."
        ),
        (
            "Tightest size shows how near its limit a box is when large parcels only fit large "
            "compartments: 100% is just full."
        ),
    ),
    "use.none": ("Planen ställer inga boxar.", "The plan puts up no boxes."),
    "runs.caption": ("Turer som kör paket, per vecka", "Runs that carry parcels, a week"),
    "runs.none": ("Ingen tur kör paket i den här planen.", "No run carries parcels in this plan."),
    "runs.run": ("Tur", "Run"),
    "runs.kind": ("Slag", "Kind"),
    "runs.operator": ("Kör", "Driven by"),
    "runs.payer": ("Betalar", "Paid by"),
    "runs.days": ("Dagar", "Days"),
    "runs.services": ("Besök", "Visits"),
    "runs.parcels": ("Paket", "Parcels"),
    "runs.peak": ("Flest ombord (plats för)", "Most aboard (room for)"),
    "runs.extra": ("Extra minuter", "Extra minutes"),
    "runs.delay": (
        "Mest försening en dag (högst), minuter",
        "Longest delay on a day (limit), minutes",
    ),
    "runs.detour": ("Omväg, km", "Detour, km"),
    "runs.cost": ("Kr i veckan", "SEK a week"),
    "runs.of": ("{value} ({limit})", "{value} ({limit})"),
    "runs.no_limit": ("ingen gräns i antal", "no limit in number"),
    "runs.note": (
        (
            "Ett besök är när turen stannar vid ett utlämningsställe. Förseningen räknar också "
            "tiden "
            "att lasta i och ur. Klockslaget efter namnet är avgången från första hållplatsen."
        ),
        (
            "A visit is when the run stops at a pickup point. The delay also counts the time to "
            "load "
            "and unload. The time after the name is the departure from the first stop."
        ),
    ),
    "runs.sheets": (
        "Körlistor för varje tur och dag ligger i mappen {folder} bredvid rapporten.",
        "Run sheets for each run and day are in the folder {folder} beside this report.",
    ),
    "cost.by_item": (
        "Kostnad per slag, kronor i veckan",
        "Cost by item, SEK a week",
    ),
    "cost.item": ("Slag", "Item"),
    "cost.counted": ("Räknas i målets kostnad", "Counted in the goal's cost"),
    "cost.total": ("Målets kostnad", "The goal's cost"),
    "cost.by_payer": ("Kostnad per betalare, kronor i veckan", "Cost by payer, SEK a week"),
    "cost.payer": ("Betalare", "Payer"),
    "cost.payer_note": (
        (
            "Invånarnas egna resor är med i tabellen, även om målet inte räknar dem. Koldioxid har "
            "ingen betalare."
        ),
        (
            "Residents' own trips are in the table, even where the goal does not count them. "
            "Carbon "
            "dioxide has no payer."
        ),
    ),
    "cost.key_caption": ("Planen mot i dag", "The plan against today"),
    "cost.key": ("Mått", "Measure"),
    "cost.value": ("Värde", "Value"),
    "cost.above_week": ("Utöver dagens kostnad, i veckan", "Above today's cost, a week"),
    "cost.above_year": ("Utöver dagens kostnad, om året", "Above today's cost, a year"),
    "cost.per_new": ("Om året per ny täckt invånare", "A year for each newly covered resident"),
    "cost.per_parcel": ("Per paket", "For each parcel"),
    "cost.per_home_delivery": ("Per leverans till dörren", "For each delivery to the door"),
    "cost.parcel_note": (
        "Per paket är målets kostnad utan hemsändningar, delad med paketen.",
        "The cost for each parcel is the goal's cost without home orders, over the parcels.",
    ),
    "cost.parcel_hidden": (
        (
            "Där kostnaden för ett paket eller en leverans skulle avslöja ett litet antal "
            "hemsändningar är den avrundad, eller visas inte."
        ),
        (
            "Where the cost of a parcel or a delivery would tell of few home orders, it is rounded "
            "or not shown."
        ),
    ),
    "distance.caption": (
        "Invånare efter vägavstånd till utlämningsstället",
        "Residents by road distance to the pickup point",
    ),
    "distance.class": ("Avstånd", "Distance"),
    "distance.between": ("{from_km} till under {to_km} km", "{from_km} to below {to_km} km"),
    "distance.over": ("{from_km} km eller mer", "{from_km} km or more"),
    "distance.none": ("Inget kan nås på väg", "None can be reached by road"),
    "distance.chart_title": (
        "Invånare i varje avståndsklass, i dag och med planen",
        "Residents in each class of distance, today and by the plan",
    ),
    "distance.chart_text": (
        "Ljus stapel är i dag, mörk stapel är planen. Talen står i tabellen.",
        "The light bar is today, the dark bar is the plan. The table holds the numbers.",
    ),
    "distance.measures": ("Avstånd i korthet", "Distances in brief"),
    "distance.mean": ("Medelavstånd, km", "Mean distance, km"),
    "distance.p90": ("Nio av tio invånare har högst, km", "Nine in ten residents have at most, km"),
    "distance.worst": ("Längst avstånd, km", "Longest distance, km"),
    "distance.worst_village": ("By med längst avstånd", "Village with the longest distance"),
    "distance.lead_mean": ("Medeltid till utlämning, dagar", "Mean time to the pickup point, days"),
    "distance.lead_max": ("Längsta tid, dagar", "Longest time, days"),
    "distance.by_plan_only": (
        "Tiderna gäller paket som turerna kör; dagens arrangemang har ingen uppgift.",
        "Times are for parcels that runs carry; nothing is known of today's arrangement.",
    ),
    "climate.caption": ("Resor och koldioxid per vecka", "Trips and carbon dioxide a week"),
    "climate.measure": ("Mått", "Measure"),
    "climate.trips": ("Invånarnas resor enbart för paket", "Residents' trips only for parcels"),
    "climate.car_km": ("Invånarnas bilkörning, km", "Residents' driving, km"),
    "climate.walk_km": ("Invånarnas gångvägar, km", "Residents' walking, km"),
    "climate.detour_km": ("Turernas omvägar, km", "Detours of runs, km"),
    "climate.co2_residents": (
        "Koldioxid från invånarnas bilar, kg",
        "Carbon dioxide, residents' cars, kg",
    ),
    "climate.co2_operators": ("Koldioxid från omvägar, kg", "Carbon dioxide, detours, kg"),
    "climate.co2": ("Koldioxid, summa, kg", "Carbon dioxide, sum, kg"),
    "climate.note": (
        (
            "Antagandet att {share} av paketen ger en egen resa avgör mycket av resultatet. Hur "
            "paketföretagens bilar kör till ombuden i dag ingår inte."
        ),
        (
            "The assumption that {share} of parcels cause a trip of their own decides much of "
            "this. "
            "How the parcel companies drive to agents today is not included."
        ),
    ),
    "proof.caption": ("Beviset i siffror", "The proof in figures"),
    "proof.status": ("Läge", "Status"),
    "proof.status_optimal": ("bevisat bäst", "proven best"),
    "proof.status_feasible": ("håller reglerna", "keeps the rules"),
    "proof.cost": ("Planens kostnad i veckan", "The plan's cost a week"),
    "proof.bound": (
        "Ingen plan som når målet kan kosta mindre än",
        "No plan that meets the goal can cost less than",
    ),
    "proof.bound_coverage": (
        "Ingen plan som täcker minst lika många kan kosta mindre än",
        "No plan that covers at least as many can cost less than",
    ),
    "proof.of_enumerated": (
        "{what} (bland de körsätt som räknades igenom)",
        "{what} (of the enumerated model)",
    ),
    "proof.gap": ("Skillnad, högst", "Difference, at most"),
    "proof.coverage": ("Planens täckning, med vikt", "The plan's coverage, weighted"),
    "proof.coverage_at_most": (
        "Ingen plan inom budgeten täcker mer än",
        "No plan within the budget covers more than",
    ),
    "proof.seconds": ("Räknetid, sekunder", "Time of calculation, seconds"),
    "proof.seed": ("Slumpfrö", "Seed"),
    "proof.cut": ("Kortade listor", "Lists that were cut"),
    "proof.not_known": ("Uppskattat eller antaget", "Estimated or assumed"),
    "assumptions.caption": (
        "{group}: tal som planen bygger på",
        "{group}: numbers that the plan stands on",
    ),
    "assumptions.name": ("Antagande", "Assumption"),
    "assumptions.value": ("Värde", "Value"),
    "assumptions.unit": ("Enhet", "Unit"),
    "assumptions.range": ("Rimligt från\u2013till", "Plausible from\u2013to"),
    "assumptions.tag": ("Säkerhet", "Certainty"),
    "assumptions.source": ("Källa", "Source"),
    "assumptions.default": ("Standardvärde", "Default"),
    "assumptions.note": (
        "Det som står i underlaget är citerat på dess eget språk.",
        "What the input says is quoted in its own language.",
    ),
    "sources.caption": ("Varifrån uppgifterna kommer", "Where the data come from"),
    "sources.name": ("Källa", "Source"),
    "sources.licence": ("Licens", "Licence"),
    "sources.date": ("Datum", "Date"),
    "sources.note": ("Vad som hämtades", "What was taken"),
    "sources.none": ("Underlaget anger inga källor.", "The input names no sources."),
    "about.caption": ("Så gjordes rapporten", "How this report was made"),
    "about.what": ("Uppgift", "Fact"),
    "about.scenario": ("Underlag", "Input"),
    "about.sha256": ("Underlagets kontrollsumma (SHA-256)", "Checksum of the input (SHA-256)"),
    "about.leaflet": (
        (
            "Kartan är ritad med Leaflet 1.9.4, © Volodymyr Agafonkin och CloudMade, licens "
            "BSD-2-Clause."
        ),
        (
            "The map is drawn with Leaflet 1.9.4, © Volodymyr Agafonkin and CloudMade, licence "
            "BSD-2-Clause."
        ),
    ),
}
