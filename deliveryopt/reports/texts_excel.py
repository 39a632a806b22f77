"""Texts of the workbook, Swedish and English."""

from typing import Final

EXCEL: Final[dict[str, tuple[str, str]]] = {
    "excel.subject": (
        "Plan för paketboxar och turer som ändå går",
        "Plan for parcel boxes and runs that drive anyway",
    ),
    "excel.sheet_read_me": ("Läs mig", "Read me"),
    "excel.sheet_summary": ("Sammanfattning", "Summary"),
    "excel.sheet_items": ("Kostnad per slag", "Cost by item"),
    "excel.sheet_payers": ("Kostnad per betalare", "Cost by payer"),
    "excel.sheet_ways": ("Andra sätt", "Other ways"),
    "excel.sheet_payments": ("Vem betalar hemsändning", "Who pays home delivery"),
    "excel.sheet_orders": ("Varje hemsändning", "Each home order"),
    "excel.sheet_van_days": ("Skåpbilar dag för dag", "Vans day by day"),
    "excel.sheet_uses": ("Beläggning", "Use of boxes"),
    "excel.sheet_runs": ("Turer", "Runs"),
    "excel.sheet_run_days": ("Turer dag för dag", "Runs day by day"),
    "excel.sheet_proof": ("Bevis", "Proof"),
    "excel.about_summary": (
        "Huvudtalen i dag och med planen, och skillnaden.",
        "The main figures today and by the plan, and the change.",
    ),
    "excel.about_items": (
        (
            "Kostnad per slag. Sista raden är målets kostnad: summan av de slag som målet räknar "
            "med."
        ),
        "Cost by item. The last row is the goal's cost: the sum of the items that the goal counts.",
    ),
    "excel.about_payers": (
        "Kostnad per betalare, invånarnas egna resor inräknade.",
        "Cost by payer, residents' own trips included.",
    ),
    "excel.about_orders": (
        "Varje hemsändning med dag, fordon och kostnad. Bara för internt bruk.",
        "Each home order with day, carrier and cost. For internal use only.",
    ),
    "excel.about_run_days": (
        "Varje tur och dag då turen kör paket.",
        "Each run and day on which the run carries parcels.",
    ),
    "excel.about_assumptions": (
        "Varje tal som planen bygger på, med källa och hur säkert det är.",
        "Each number that the plan stands on, with its source and how sure it is.",
    ),
    "excel.about_proof": (
        (
            "Hur nära det bästa planen är, vad som är uppskattat eller antaget, och hur "
            "beräkningen gjordes."
        ),
        (
            "How near the best the plan is, what is estimated or assumed, and how the "
            "calculation was made."
        ),
    ),
    "excel.subject_head": ("Ämne", "Subject"),
    "excel.text_head": ("Text", "Text"),
    "excel.what": ("Vad det är", "What it is"),
    "excel.what_is": (
        (
            "En plan för var paketboxar ska stå och vilka turer som kör paketen dit, jämförd med "
            "hur paketen hämtas i dag. Varje blad har en tabell med rubriker i första raden."
        ),
        (
            "A plan for where parcel boxes should stand and which runs bring the parcels there, "
            "compared with how parcels are collected today. Each sheet has one table with heads in "
            "the first row."
        ),
    ),
    "excel.secrecy": ("Sekretess", "Confidential"),
    "excel.title": ("Underlag", "Input"),
    "excel.week": ("Vecka", "Week"),
    "excel.goal": ("Mål", "Goal"),
    "excel.notes": ("Att veta", "Good to know"),
    "excel.note_money": (
        (
            "Belopp är kronor. Kostnad per år är kostnaden i en vecka gånger 52. Där det inte står "
            "något annat gäller beloppet en vecka."
        ),
        (
            "Amounts are Swedish kronor (SEK). Cost a year is the cost of a week times 52. Where "
            "nothing else is said, an amount is for one week."
        ),
    ),
    "excel.note_week": (
        "Antal paket, besök, kilometer och minuter gäller en vecka som upprepas.",
        "Numbers of parcels, visits, kilometres and minutes are for one week that repeats itself.",
    ),
    "excel.note_share": (
        (
            "Andelar visas i procent. Cellen innehåller fler decimaler än den visar. En tom cell "
            "betyder att det inte finns någon uppgift."
        ),
        (
            "Shares are shown as per cent. A cell holds more decimals than it shows. An empty cell "
            "means that there is no such figure."
        ),
    ),
    "excel.note_clock": (
        "Klockslag står som text, och tider efter midnatt har (+1).",
        "Clock times are texts, and times after midnight have (+1).",
    ),
    "excel.note_formula": (
        "Formler finns bara i skillnader och i summor under tabellerna. Allt annat är värden.",
        "Only changes and the sums below tables are formulas. Everything else is a value.",
    ),
    "excel.note_points": (
        "Skillnaden mellan två andelar är procentenheter.",
        "The change between two shares is in percentage points.",
    ),
    "excel.note_covered": (
        (
            "Täckt betyder högst {reach} på väg till utlämningsstället. Hämtning är ersättning per "
            "paket, och egna resor om målet räknar dem."
        ),
        (
            "Covered means at most {reach} by road to the pickup point. Collecting is the fee for "
            "each parcel, and own trips if the goal counts them."
        ),
    ),
    "excel.note_withheld": (
        "Där det står {withheld} skulle talet säga något om enskilda personer.",
        "Where a cell says {withheld}, the number would tell of single persons.",
    ),
    "excel.unit": ("Enhet", "Unit"),
    "excel.change": ("Skillnad", "Change"),
    "excel.sek": ("kr", "SEK"),
    "excel.sek_week": ("kr i veckan", "SEK a week"),
    "excel.sek_year": ("kr om året", "SEK a year"),
    "excel.unit_people": ("personer", "persons"),
    "excel.unit_share": ("procent", "per cent"),
    "excel.unit_km": ("km", "km"),
    "excel.unit_number": ("antal", "number"),
    "excel.unit_week": ("antal i veckan", "number a week"),
    "excel.unit_km_week": ("km i veckan", "km a week"),
    "excel.unit_kg_week": ("kg i veckan", "kg a week"),
    "excel.cost": ("Målets kostnad", "The goal's cost"),
    "excel.per_new": (
        "Utöver dagens kostnad, per ny täckt invånare",
        "Above today's cost, for each newly covered resident",
    ),
    "excel.per_home": ("Per hemsändning till dörren", "For each home delivery to the door"),
    "excel.people": ("Invånare", "Residents"),
    "excel.covered": ("Täckta invånare", "Residents covered"),
    "excel.covered_65": ("Täckta invånare 65 år och äldre", "Residents of 65 or older covered"),
    "excel.coverage": ("Täckta invånare, andel", "Residents covered, share"),
    "excel.coverage_65": (
        "Täckta invånare 65 år och äldre, andel",
        "Residents of 65 or older covered, share",
    ),
    "excel.covered_villages": ("Täckta byar", "Villages covered"),
    "excel.sites": ("Platser med boxar", "Sites with boxes"),
    "excel.compartments": ("Fack", "Compartments"),
    "excel.parcels_by_plan": (
        "Paket i veckan som planen kör",
        "Parcels a week that the plan brings",
    ),
    "excel.runs": ("Turer som kör paket", "Runs that carry parcels"),
    "excel.visits": ("Besök av turer i veckan", "Visits by runs a week"),
    "excel.vans_used": ("Skåpbilar som kör", "Vans that drive"),
    "excel.id": ("Id", "Id"),
    "excel.status": ("Täckning", "Coverage"),
    "excel.estimate": ("Avståndet är uppskattat", "The distance is an estimate"),
    "excel.sum": ("Summa", "Sum"),
    "excel.types": ("Typer av box", "Types of box"),
    "excel.small": ("Små fack", "Small compartments"),
    "excel.medium": ("Mellanfack", "Medium compartments"),
    "excel.large": ("Stora fack", "Large compartments"),
    "excel.villages_by_plan": ("Byar med planen", "Villages by the plan"),
    "excel.villages_as_today": ("Byar som i dag", "Villages as today"),
    "excel.still": ("Paket i boxen, {day}", "Parcels in the box, {day}"),
    "excel.box_cost": ("Boxar, kr i veckan", "Boxes, SEK a week"),
    "excel.site_cost": ("Plats, kr i veckan", "Site, SEK a week"),
    "excel.fees": ("Ersättning, kr i veckan", "Fees, SEK a week"),
    "excel.parcels": ("Paket", "Parcels"),
    "excel.peak": ("Flest ombord", "Most aboard"),
    "excel.room": ("Plats för, tomt utan gräns i antal", "Room for, empty without a limit"),
    "excel.delay": ("Mest försening en dag, minuter", "Longest delay on a day, minutes"),
    "excel.delay_limit": ("Högsta tillåtna försening, minuter", "Delay allowed, minutes"),
    "excel.today_week": ("I dag, kr i veckan", "Today, SEK a week"),
    "excel.plan_week": ("Planen, kr i veckan", "Plan, SEK a week"),
    "excel.change_week": ("Skillnad, kr i veckan", "Change, SEK a week"),
    "excel.today_orders": ("I dag, hemsändningar i veckan", "Today, home orders a week"),
    "excel.plan_orders": ("Planen, hemsändningar i veckan", "Plan, home orders a week"),
    "excel.year_cost": ("Kostnad, kr om året", "Cost, SEK a year"),
    "excel.bound": ("Inte under, kr i veckan", "Not below, SEK a week"),
    "excel.minutes": ("Tid, minuter", "Time, minutes"),
    "excel.cost_sek": ("Kostnad, kr", "Cost, SEK"),
    "excel.order": ("Hemsändning", "Home order"),
    "excel.household": ("Hushåll", "Household"),
    "excel.origin": ("Kommer från", "Comes from"),
    "excel.carrier": ("Tur eller skåpbil", "Run or van"),
    "excel.trip": ("Slinga", "Trip"),
    "excel.earliest": ("Vid dörren tidigast", "At the door at the earliest"),
    "excel.latest": ("Vid dörren senast", "At the door at the latest"),
    "excel.distance": ("Avstånd från avsändaren, km", "Distance from the origin, km"),
    "excel.assumed": ("Antagen", "Assumed"),
    "excel.group": ("Grupp", "Group"),
    "excel.low": ("Rimligt från", "Plausible from"),
    "excel.high": ("Rimligt till", "Plausible to"),
}
