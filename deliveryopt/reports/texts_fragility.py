"""Texts of the study of single failures, Swedish and English."""

from typing import Final

FRAGILITY: Final[dict[str, tuple[str, str]]] = {
    "fragility.file": ("sarbarhet", "fragility"),
    "fragility.kind": (
        "Sårbarhet: vad händer om något försvinner",
        "Single failures: what if something disappears",
    ),
    "fragility.section_brief": ("I korthet", "In brief"),
    "fragility.section_parts": ("Vad planen hänger på", "What the plan depends on"),
    "fragility.section_not_examined": ("Inte undersökt", "Not examined"),
    "fragility.heading_not_examined": (
        "Bara det som händer direkt är känt för",
        "Only what happens at once is known of",
    ),
    "fragility.section_how": ("Så har det räknats", "How this was worked out"),
    "fragility.intro": (
        (
            "Planen använder {count} saker som kan försvinna var för sig: turer, dem som kör, "
            "platser och deras värdar, ombud och skåpbilar. För {examined} av dem har en ny plan "
            "sökts."
        ),
        (
            "The plan uses {count} things that may disappear one by one: runs, those who drive, "
            "sites and their hosts, agents and vans. For {examined} of them a new plan was sought."
        ),
    ),
    "fragility.none": (
        "Planen använder inga turer, boxar, ombud eller skåpbilar.",
        "The plan uses no runs, boxes, agents or vans.",
    ),
    "fragility.most": ("Mest sårbart är: {names}.", "The most fragile parts are: {names}."),
    "fragility.told": (
        (
            "Försvinner {name}: {people} invånare i byar som får paket den vägen berörs direkt, "
            "och täckningen blir {share}. Med en ny plan blir den {best}{proof}, och kostnaden "
            "ändras med {cost} om året."
        ),
        (
            "Without {name}: {people} residents of villages that get parcels that way are affected "
            "at once, and coverage becomes {share}. With a new plan it becomes {best}{proof}, and "
            "the cost changes by {cost} a year."
        ),
    ),
    "fragility.told_few": (
        (
            "Försvinner {name}: täckningen blir {share} direkt. Med en ny plan blir den "
            "{best}{proof}."
        ),
        (
            "Without {name}: coverage becomes {share} at once. With a new plan it becomes "
            "{best}{proof}."
        ),
    ),
    "fragility.told_impossible": (
        (
            "Försvinner {name} finns ingen plan som når målet; det är bevisat. Den plan som täcker "
            "mest, oavsett kostnad, når {best}{proof} och kostar {above} om året utöver i dag."
        ),
        (
            "Without {name} no plan meets the goal; this is proven. The plan that covers most, at "
            "any cost, reaches {best}{proof} and costs {above} a year above today."
        ),
    ),
    "fragility.told_impossible_only": (
        (
            "Försvinner {name} finns ingen plan som når målet; det är bevisat. Hur mycket som ändå "
            "kan täckas hann inte räknas ut."
        ),
        (
            "Without {name} no plan meets the goal; this is proven. How much can be covered even "
            "so was not worked out in time."
        ),
    ),
    "fragility.proof_best": (", vilket är bevisat bäst", ", which is proven best"),
    "fragility.proof_least": (" eller mer", " or more"),
    "fragility.lost_nothing": (
        ("För {count} av de undersökta räcker det att göra om planen: då täcks lika många som nu."),
        (
            "For {count} of those examined it is enough to make the plan anew: as many are then "
            "covered as now."
        ),
    ),
    "fragility.not_examined": (
        "För {count} hann ingen ny plan sökas; de står längst ned med namn.",
        "For {count} there was no time to seek a new plan; they are named at the end.",
    ),
    "fragility.not_found": (
        ("För {count} hittades ingen ny plan i tid. Det betyder inte att det inte finns någon."),
        "For {count} no new plan was found in time. That does not mean that there is none.",
    ),
    "fragility.failed": (
        "För {count} misslyckades sökandet. Det är vårt fel, inte ert.",
        "For {count} the search failed. This is our fault, not yours.",
    ),
    "fragility.stopped": (
        "Sökandet avbröts. Det som hann bli klart visas.",
        "The search was stopped. What was ready is shown.",
    ),
    "fragility.unused": (
        (
            "Sådant som planen inte använder har inte prövats: {counts}. Utan något av det är "
            "planen fortfarande en plan, och är den bevisat bäst är den det också då."
        ),
        (
            "What the plan does not use was not tried: {counts}. Without any of it the plan is "
            "still a plan, and if it is proven best it is so then too."
        ),
    ),
    "fragility.how_once": (
        (
            "Direkt: en by räknas som berörd om några av dess paket åker eller hämtas där. Tills "
            "en ny plan finns räknas byn som om den inte ingick i planen: den har det ombud den "
            "har i dag, om det är nära nog."
        ),
        (
            "At once: a village counts as affected if some of its parcels ride or are collected "
            "there. Until there is a new plan it counts as if the plan did not serve it: it has "
            "the agent that it has today, if that is near enough."
        ),
    ),
    "fragility.how_new": (
        (
            "Ny plan: samma mål utan det som försvann. Boxar, byar och turer väljs om fritt, så "
            "länge och så bra som tiden räckte. Mål och kostnad utöver i dag räknas mot dagens "
            "leveranser utan det som försvann."
        ),
        (
            "New plan: the same goal without what disappeared. Boxes, villages and runs are chosen "
            "anew, as well as time allowed. The goal and the cost above today are counted against "
            "today's delivery without it."
        ),
    ),
    "fragility.how_agent": (
        "Stänger ett ombud går dess byar till nästa ombud, och deras paket läggs där.",
        "If an agent closes, its villages go to the next one, and their parcels are left there.",
    ),
    "fragility.how_hidden": (
        (
            "Siffror som skulle visa hur få hemsändningar eller invånare det gäller visas inte "
            "eller är avrundade, och turer som bara gör några få hemsändningar nämns inte."
        ),
        (
            "Figures that would tell of few home orders or residents are not shown or are rounded, "
            "and runs that only deliver a few home orders are not named."
        ),
    ),
    "fragility.how_seconds": (
        "Sökandet tog {seconds} sekunder, startvärde {seed}.",
        "The search took {seconds} seconds, seed {seed}.",
    ),
    "fragility.chart": (
        "Täckning som går förlorad när något försvinner",
        "Coverage lost when something disappears",
    ),
    "fragility.chart_text": (
        "Två staplar för vart och ett, direkt och med en ny plan: {rows}.",
        "Two bars for each, at once and with a new plan: {rows}.",
    ),
    "fragility.axis": ("Procentenheter", "Percentage points"),
    "fragility.key_once": ("direkt", "at once"),
    "fragility.key_new": ("med en ny plan", "with a new plan"),
    "fragility.key_note": (
        "Streckad kontur: inte bevisat; en bättre plan kan förlora mindre.",
        "Outline of dashes: not proven; a better plan may lose less.",
    ),
    "fragility.words_unknown": ("inte känt", "not known"),
    "fragility.words_impossible": ("målet nås inte", "goal not met"),
    "fragility.name_run": ("turen {name}", "the run {name}"),
    "fragility.name_operator": (
        "alla turer som {name} kör ({used} i planen)",
        "all runs of {name} ({used} in the plan)",
    ),
    "fragility.name_vehicle": (
        "fordonet {name} ({used} turer i planen)",
        "the vehicle {name} ({used} runs in the plan)",
    ),
    "fragility.name_host": ("alla platser hos {name}", "all sites of {name}"),
    "fragility.name_site": ("boxarna vid {name}", "the boxes at {name}"),
    "fragility.name_agent": ("ombudet {name}", "the agent {name}"),
    "fragility.name_van": ("skåpbilen {name}", "the van {name}"),
    "fragility.short_run": ("Tur", "Run"),
    "fragility.short_operator": ("Förare", "Operator"),
    "fragility.short_vehicle": ("Fordon", "Vehicle"),
    "fragility.short_host": ("Värd", "Host"),
    "fragility.short_site": ("Boxar", "Boxes"),
    "fragility.short_agent": ("Ombud", "Agent"),
    "fragility.short_van": ("Skåpbil", "Van"),
    "fragility.head_part": ("Det som försvinner", "What disappears"),
    "fragility.head_kind": ("Slag", "Kind"),
    "fragility.head_runs": ("Turer i planen", "Runs in the plan"),
    "fragility.head_parcels": ("Paket i veckan", "Parcels a week"),
    "fragility.head_homes": ("Hemsändningar", "Home orders"),
    "fragility.head_people": ("Invånare som berörs", "Residents affected"),
    "fragility.head_once": ("Täckning direkt", "Coverage at once"),
    "fragility.head_new": ("Täckning med ny plan", "Coverage with a new plan"),
    "fragility.head_points": ("Ändring, procentenheter", "Change, percentage points"),
    "fragility.head_cost": ("Kostnad, ändring i kr om året", "Cost, change in SEK a year"),
    "fragility.head_lost": ("Byar som mister täckning", "Villages that lose coverage"),
    "fragility.head_proof": ("Vad som är bevisat", "What is proven"),
    "fragility.csv_key": ("id", "id"),
    "fragility.csv_villages": ("Byar som berörs", "Villages affected"),
    "fragility.csv_above": ("Utöver i dag, kr om året", "Above today, SEK a year"),
    "fragility.csv_seconds": ("Sekunder", "Seconds"),
    "fragility.status_best": ("bevisat bäst", "proven best"),
    "fragility.status_still": ("samma plan, fortfarande bäst", "the same plan, still best"),
    "fragility.status_not_sought": ("inte undersökt", "not examined"),
    "fragility.status_open": ("bättre kan finnas", "a better one may exist"),
    "fragility.status_share": (
        "bättre kan finnas, men högst {share}",
        "a better one may exist, but at most {share}",
    ),
    "fragility.status_widest": (
        "täcker mest, men en billigare kan finnas",
        "covers most, but a cheaper one may exist",
    ),
    "fragility.status_cost": (
        "billigare kan finnas, men inte under {cost} i veckan",
        "a cheaper one may exist, but not below {cost} a week",
    ),
    "fragility.status_impossible": (
        "ingen plan når målet, bevisat; siffrorna är för den som täcker mest",
        "no plan meets the goal, proven; the figures are of the one that covers most",
    ),
    "fragility.status_not_found": ("ingen plan hittad i tid", "no plan found in time"),
    "fragility.status_stopped": ("avbrutet", "stopped"),
    "fragility.status_failed": ("sökandet misslyckades", "the search failed"),
    "fragility.cut": (" (av det som räknats upp)", " (of the enumerated model)"),
}
