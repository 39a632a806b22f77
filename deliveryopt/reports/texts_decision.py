"""Texts of the one-page decision paper and of the documents for printing, Swedish and English."""

from typing import Final

DECISION: Final[dict[str, tuple[str, str]]] = {
    "paper.title": ("Beslutsunderlag", "Decision paper"),
    "paper.proposed": ("Vad som föreslås", "What is proposed"),
    "paper.gives": (
        "Vad det ger mot i dag, och vad det kostar",
        "What it gives against today, and what it costs",
    ),
    "paper.measures": ("Planen mot i dag", "The plan against today"),
    "paper.payers": (
        "Vem som betalar, kronor om året",
        "Who pays, SEK a year",
    ),
    "paper.mean_km": (
        "Medelavstånd till utlämningsställe",
        "Mean distance to a pickup point",
    ),
    "paper.cost_year": ("Kostnad om året", "Cost a year"),
    "paper.co2": ("Koldioxid i veckan", "Carbon dioxide a week"),
    "paper.co2_kg": ("{kg}\u00a0kg", "{kg}\u00a0kg"),
    "paper.delay": ("Mest försening av en tur på en dag", "Longest delay of a run on a day"),
    "paper.delay_min": ("{min}\u00a0min", "{min}\u00a0min"),
    "paper.payers_note": (
        "Invånarnas egna resor är med i tabellen över betalare, även om målet inte räknar dem.",
        "Residents' own trips are in the table of payers, even where the goal does not count them.",
    ),
    "paper.proven": (
        "Vad som är bevisat, och vad som inte är det",
        "What is proven, and what is not",
    ),
    "paper.not_known": ("Uppskattat eller antaget: {told}", "Estimated or assumed: {told}"),
    "paper.largest": ("Antaganden som betyder mest", "The assumptions that matter most"),
    "paper.largest_caption": (
        "Antagna tal, och hur de kan variera",
        "Assumed numbers, and how they may vary",
    ),
    "paper.largest_none": (
        "Inga av de tal som brukar betyda mest är antagna.",
        "None of the numbers that usually matter most is assumed.",
    ),
    "paper.largest_note": (
        "Alla antaganden står i rapporten, med källa.",
        "Every assumption is in the report, with its source.",
    ),
    "paper.decide": ("Förslag till beslut", "Proposal for decision"),
    "paper.decide_note": (
        "Ett utkast, skrivet av planens siffror: handläggaren granskar och ändrar det.",
        "A draft, written from the plan's figures: the officer in charge reviews and changes it.",
    ),
    "paper.approve": (
        "{boxes} ställs på {sites} enligt rapporten.",
        "{boxes} are put up at {sites} as in the report.",
    ),
    "paper.approve_one": (
        "{boxes} ställs på {sites} enligt rapporten.",
        "{boxes} is put up at {sites} as in the report.",
    ),
    "paper.agree": (
        (
            "Förvaltningen får i uppdrag att träffa avtal med dem som kör turerna, med "
            "markägarna och med paketföretagen."
        ),
        (
            "The administration is instructed to make agreements with those who drive the runs, "
            "with the landowners and with the parcel companies."
        ),
    ),
    "paper.agree_homes": (
        (
            "Förvaltningen får i uppdrag att träffa avtal om hemsändning med dem som kör och med "
            "butikerna."
        ),
        (
            "The administration is instructed to make agreements on home delivery with those who "
            "drive and with the shops."
        ),
    ),
    "paper.budget": (
        "Kommunens kostnad, {plan} om året mot {today} i dag, tas in i budgeten.",
        "The municipality's cost, {plan} a year against {today} today, enters the budget.",
    ),
    "paper.check": (
        (
            "De antaganden som betyder mest kontrolleras innan avtalen skrivs under. Visar sig "
            "något av dem vara ett annat räknas planen om."
        ),
        (
            "The assumptions that matter most are checked before agreements are signed. If one of "
            "them turns out different, the plan is calculated again."
        ),
    ),
    "paper.follow": (
        (
            "Efter ett år redovisas hur många paket som hämtats, hur fulla boxarna varit, hur "
            "turerna försenats och vad det kostat."
        ),
        (
            "After a year an account is given of parcels collected, how full the boxes were, how "
            "runs were delayed and what it cost."
        ),
    ),
    "paper.nothing": (
        "Leveransen lämnas som den är i dag.",
        "Delivery is left as it is today.",
    ),
    "paper.report": ("Rapporten", "The report"),
    "paper.contents": ("Innehåll", "Contents"),
    "paper.page": ("Sida {page} av {pages}", "Page {page} of {pages}"),
    "paper.map_note": (
        (
            "Turer är ritade som raka linjer mellan hållplatser, inte längs vägen. Namn som inte "
            "får plats är utelämnade."
        ),
        (
            "Runs are drawn as straight lines between stops, not along the road. Names that have "
            "no room are left out."
        ),
    ),
    "paper.map_alone": (
        "Karta över byar, utlämningsställen och turer. Samma uppgifter står i tabellerna.",
        "Map of villages, pickup points and runs. The tables hold the same facts.",
    ),
}
