"""Sentences that say in plain words what the plan does and what is proven, Swedish and English."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "decide.boxes": (
        "Planen ställer {boxes} på {sites}: {list}.",
        "The plan puts {boxes} at {sites}: {list}.",
    ),
    "decide.no_boxes": ("Planen ställer inga paketboxar.", "The plan puts up no parcel boxes."),
    "decide.site": ("{site} ({boxes})", "{site} ({boxes})"),
    "decide.runs": (
        "Paketen följer med {runs} som ändå går: {parcels} i veckan.",
        "The parcels ride on {runs} that drive anyway: {parcels} a week.",
    ),
    "decide.no_runs": ("Inga turer kör paket.", "No run carries parcels."),
    "decide.coverage": (
        (
            "Då har {covered} av {all} invånare ({share}) högst {reach} till ett utlämningsställe, "
            "mot {covered_today} ({share_today}) i dag."
        ),
        (
            "Then {covered} of {all} residents ({share}) are within {reach} of a pickup point, "
            "against {covered_today} ({share_today}) today."
        ),
    ),
    "decide.cost_more": (
        "Det kostar {week} mer i veckan än i dag, {year} mer om året.",
        "It costs {week} more a week than today, {year} more a year.",
    ),
    "decide.cost_less": (
        "Det kostar {week} mindre i veckan än i dag, {year} mindre om året.",
        "It costs {week} less a week than today, {year} less a year.",
    ),
    "decide.cost_same": ("Det kostar lika mycket som i dag.", "It costs the same as today."),
    "decide.cost_new": (
        "För varje invånare som får ett utlämningsställe inom räckhåll är det {sek} om året.",
        "For each resident who gets a pickup point within reach that is {sek} a year.",
    ),
    "decide.less_driving": (
        "Invånarna kör {km} mindre bil i veckan för att hämta paket.",
        "Residents drive {km} less a week to collect parcels.",
    ),
    "decide.more_driving": (
        "Invånarna kör {km} mer bil i veckan för att hämta paket.",
        "Residents drive {km} more a week to collect parcels.",
    ),
    "decide.still_without": (
        "Fortfarande utan utlämningsställe inom {reach}: {list}.",
        "Still without a pickup point within {reach}: {list}.",
    ),
    "decide.nobody_without": (
        "Ingen by är längre utan utlämningsställe inom {reach}.",
        "No village is left without a pickup point within {reach}.",
    ),
    "decide.village_km": (
        "{village} ({people} inv., {km} till närmaste)",
        "{village} (pop. {people}, {km} to the nearest)",
    ),
    "decide.village_no_road": (
        "{village} ({people} inv., inget ombud kan nås på väg)",
        "{village} (pop. {people}, no agent can be reached by road)",
    ),
    "decide.and_more": ("och {count} till", "and {count} more"),
    "proof.best_cost": (
        "Planen är bevisat bäst: ingen plan som håller reglerna och når målet kostar mindre.",
        "The plan is proven best: no plan that keeps the rules and meets the goal costs less.",
    ),
    "proof.best_coverage": (
        (
            "Planen är bevisat bäst: ingen plan inom budgeten täcker fler invånare, och ingen som "
            "täcker lika många kostar mindre."
        ),
        (
            "The plan is proven best: no plan within the budget covers more residents, and none "
            "that "
            "covers as many costs less."
        ),
    ),
    "proof.best_cost_cut": (
        "Bland de körsätt som räknades igenom kostar ingen plan som når målet mindre.",
        "Among the ways to drive that were enumerated, no plan that meets the goal costs less.",
    ),
    "proof.best_coverage_cut": (
        (
            "Bland de körsätt som räknades igenom täcker ingen plan inom budgeten fler invånare, "
            "och ingen som täcker lika många kostar mindre."
        ),
        (
            "Among the ways to drive that were enumerated, no plan within the budget covers more "
            "residents, and none that covers as many costs less."
        ),
    ),
    "proof.keeps_rules": (
        (
            "Planen håller alla regler; det är kontrollerat av ett program som inte vet hur den "
            "räknades fram."
        ),
        "The plan keeps every rule; a program that does not know how it was found has checked it.",
    ),
    "proof.cost_gap": (
        (
            "Den billigaste planen som når målet kan kosta högst {gap} mindre än den här: minst "
            "{bound} i veckan mot {cost}."
        ),
        (
            "The cheapest plan that meets the goal can cost at most {gap} less than this one: at "
            "least {bound} a week against {cost}."
        ),
    ),
    "proof.cost_gap_coverage": (
        (
            "En plan som täcker minst lika många kan kosta högst {gap} mindre: minst {bound} i "
            "veckan "
            "mot {cost}."
        ),
        (
            "A plan that covers at least as many can cost at most {gap} less: at least {bound} a "
            "week "
            "against {cost}."
        ),
    ),
    "proof.cost_tight": (
        "Ingen plan som når målet kostar mindre än {cost} i veckan.",
        "No plan that meets the goal costs less than {cost} a week.",
    ),
    "proof.cost_tight_coverage": (
        "Ingen plan som täcker minst lika många kostar mindre än {cost} i veckan.",
        "No plan that covers at least as many costs less than {cost} a week.",
    ),
    "proof.cost_nothing": (
        "Hur mycket billigare en annan plan kan vara är inte bevisat.",
        "How much less another plan could cost is not proven.",
    ),
    "proof.coverage_tight": (
        "Täckningen är bevisat störst: ingen plan inom budgeten täcker mer än {share}.",
        "The coverage is proven greatest: no plan within the budget covers more than {share}.",
    ),
    "proof.coverage_bound": (
        "Planen täcker {share}. Ingen plan inom budgeten täcker mer än {bound}.",
        "The plan covers {share}. No plan within the budget covers more than {bound}.",
    ),
    "proof.coverage_nothing": (
        "Hur många fler en annan plan inom budgeten kan täcka är inte bevisat.",
        "How many more another plan within the budget could cover is not proven.",
    ),
    "proof.weighted": (
        "Täckningen är här räknad med byarnas prioritet som vikt.",
        "Coverage is counted here with the villages' priority as weight.",
    ),
    "proof.truncated": (
        (
            "Sökningen var begränsad: {count} av listorna över möjliga körsätt kortades. Det som "
            "är "
            "bevisat gäller bara de körsätt som räknades igenom."
        ),
        (
            "The search was limited: {count} of the lists of possible ways to drive were cut. "
            "What is "
            "proven holds only for the ways that were enumerated (the enumerated model)."
        ),
    ),
    "proof.interrupted": (
        "Sökningen avbröts innan den var klar; planen är den bästa som då fanns.",
        "The search was stopped before it was done; the plan is the best found by then.",
    ),
    "proof.cut_services": ("körsätt för {run}", "ways to drive of {run}"),
    "proof.cut_transfers": ("omlastningar till {run}", "transfers to {run}"),
    "sure.distances": (
        (
            "{estimated} av {used} vägavstånd är uppskattade: fågelvägen gånger {factor}. De "
            "övriga "
            "är givna."
        ),
        (
            "{estimated} of {used} road distances are estimates: the straight line times {factor}. "
            "The others are given."
        ),
    ),
    "sure.distances_all": (
        "Alla {used} vägavstånd är uppskattade: fågelvägen gånger {factor}.",
        "All {used} road distances are estimates: the straight line times {factor}.",
    ),
    "sure.distances_given": (
        "Alla {used} vägavstånd är givna i underlaget.",
        "All {used} road distances are given in the input.",
    ),
    "sure.no_distances": ("Inga vägavstånd användes.", "No road distances were used."),
    "sure.villages_assumed": (
        "Läge eller invånarantal är antaget för {count} av {all} byar.",
        "Place or number of residents is assumed for {count} of {all} villages.",
    ),
    "sure.points_assumed": (
        "Läget är antaget för {count} av {all} ombud och möjliga platser för boxar.",
        "The place is assumed for {count} of {all} agents and possible sites for boxes.",
    ),
    "sure.week": (
        (
            "Allt gäller en vecka som upprepas hela året, med samma paket varje vecka. Verkliga "
            "veckor varierar."
        ),
        (
            "Everything is for one week that repeats all year, with the same parcels each week. "
            "Real "
            "weeks vary."
        ),
    ),
    "sure.old_unknown": (
        "Antalet invånare 65 år och äldre är okänt i {count} av {all} byar.",
        "The number of residents of 65 years or more is not known in {count} of {all} villages.",
    ),
    "sure.few": (
        "Antal invånare från 1 till 4 skrivs <5 för att ingen ska kunna pekas ut.",
        "Numbers of residents from 1 to 4 are written <5, so that nobody can be singled out.",
    ),
    "sure.rounded": (
        "Belopp är avrundade till hela kronor; summor kan därför skilja någon krona.",
        "Amounts are rounded to whole kronor, so sums may differ by a krona.",
    ),
    "summary.coverage": (
        "Högst {reach} till utlämningsställe",
        "Within {reach} of a pickup point",
    ),
    "summary.share": ("{covered} av {all} invånare ({share})", "{covered} of {all} ({share})"),
    "summary.old": ("  varav 65 år och äldre", "  of whom 65 or older"),
    "summary.old_values": (
        "i dag {share_today}, med planen {share} (kända åldrar)",
        "today {share_today}, with the plan {share} (known ages)",
    ),
    "summary.opens": ("Här öppnar paketboxar", "Parcel boxes open here"),
    "summary.nothing_opens": ("inga paketboxar öppnas", "no parcel boxes open"),
    "summary.box_line": (
        "{boxes} ({types}), {parcels} i veckan",
        "{boxes} ({types}), {parcels} a week",
    ),
    "summary.cost": ("Kostnad", "Cost"),
    "summary.per_week": ("i veckan", "a week"),
    "summary.per_week_values": (
        "i dag {today}, med planen {plan}",
        "today {today}, with the plan {plan}",
    ),
    "summary.above": ("utöver i dag", "above today"),
    "summary.above_values": (
        "{week} i veckan, {year} om året",
        "{week} a week, {year} a year",
    ),
    "summary.per_new": ("per ny täckt invånare", "per newly covered resident"),
    "summary.per_new_values": ("{sek} om året", "{sek} a year"),
    "summary.per_new_nobody": ("ingen ny invånare täcks", "nobody is newly covered"),
    "summary.by_payer": ("Vem betalar, per vecka", "Who pays, a week"),
    "summary.trips_included": (
        "Invånarnas resor är med här även om målet inte räknar dem.",
        "Residents' trips are included here even where the goal does not count them.",
    ),
    "summary.carry": ("Resor och transporter, per vecka", "Trips and transport, a week"),
    "summary.car_km": ("invånarnas bilkörning", "residents' driving"),
    "summary.runs": ("turer som kör paket", "runs that carry parcels"),
    "summary.runs_values": (
        "{runs}, {parcels}, {km} omväg, {min} extra minuter",
        "{runs}, {parcels}, {km} of detours, {min} extra minutes",
    ),
    "summary.delay": ("mest försening en dag", "longest delay on a day"),
    "summary.delay_values": ("{min} minuter", "{min} minutes"),
    "summary.runs_none": ("ingen", "none"),
    "summary.without": (
        "Byar utan utlämningsställe inom {reach}",
        "Villages without a pickup point within {reach}",
    ),
    "summary.without_none": ("inga", "none"),
    "summary.village_people": ("{people} inv., ", "pop. {people}, "),
    "summary.village_to": ("{km} till {point}", "{km} to {point}"),
    "summary.village_no_road": (
        "inget ombud kan nås på väg",
        "no agent can be reached by road",
    ),
    "summary.and_more": ("och {count} byar till", "and {count} more villages"),
    "summary.sure": ("Vad som är bevisat och vad som är antaget", "What is proven and what is not"),
}
