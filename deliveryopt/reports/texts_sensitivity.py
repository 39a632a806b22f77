"""Texts of the study of uncertain numbers, Swedish and English."""

from typing import Final

SENSITIVITY: Final[dict[str, tuple[str, str]]] = {
    "sensitivity.file": ("kanslighet", "sensitivity"),
    "sensitivity.file_kept": ("kanslighet_behallen_plan", "sensitivity_plan_kept"),
    "sensitivity.kind": ("Osäkra tal: vad de betyder för planen", "Uncertain numbers"),
    "sensitivity.section_brief": ("I korthet", "In brief"),
    "sensitivity.section_best": (
        "Om planen görs om för det nya talet",
        "If the plan is made anew for the other number",
    ),
    "sensitivity.section_kept": ("Om planen behålls som den är", "If the plan is kept as it is"),
    "sensitivity.section_sites": ("Boxar som står sig", "Boxes that stay"),
    "sensitivity.section_how": ("Så har det räknats", "How this was worked out"),
    "sensitivity.intro": (
        (
            "{count} tal i underlaget är osäkra. De har prövats ett i taget, med det lägsta och "
            "det högsta rimliga värdet, medan allt annat är som i planen."
        ),
        (
            "{count} numbers are uncertain. They were tried one at a time, at the lowest and the "
            "highest plausible value, with everything else as in the plan."
        ),
    ),
    "sensitivity.none": (
        "Inget tal i underlaget har ett lägsta eller högsta rimligt värde.",
        "No number has a lowest or highest plausible value.",
    ),
    "sensitivity.most_coverage": (
        (
            "Mest för täckningen betyder {name}: är det {value} i stället för {base} täcker den "
            "bästa plan som hittats {share} i stället för {base_share}{proof}."
        ),
        (
            "What matters most for coverage is {name}: at {value} instead of {base} the best plan "
            "found covers {share} instead of {base_share}{proof}."
        ),
    ),
    "sensitivity.most_cost": (
        (
            "Mest för kostnaden betyder {name}: är det {value} i stället för {base} kostar den "
            "bästa plan som hittats {cost} om året utöver i dag, {change} mot planen{proof}."
        ),
        (
            "What matters most for cost is {name}: at {value} instead of {base} the best plan "
            "found costs {cost} a year above today, {change} against the plan{proof}."
        ),
    ),
    "sensitivity.nothing_certain": (
        "Inget värde ger säkert någon annan {measure} än planen har.",
        "No value is certain to give another {measure} than that of the plan.",
    ),
    "sensitivity.measure_coverage": ("täckning", "coverage"),
    "sensitivity.measure_cost": ("kostnad", "cost"),
    "sensitivity.proof_best": ("; det är bevisat bäst", "; this is proven best"),
    "sensitivity.proof_open": (
        ", men det är inte bevisat bäst",
        ", but this is not proven best",
    ),
    "sensitivity.impossible": (
        "Är {name} {value} finns ingen plan som når målet. Det är bevisat.",
        "At {value} of {name} no plan meets the goal. This is proven.",
    ),
    "sensitivity.kept_brief": (
        (
            "Behålls planen som den är håller den vid {good} av de {all} prövade värdena. Vid "
            "{missed} går den att köra men missar målet, till exempel budgeten, och vid {broken} "
            "går den inte att köra utan ändringar."
        ),
        (
            "Kept as it is, the plan holds at {good} of the {all} values tried. At {missed} it can "
            "be carried out but misses the goal, for example the budget, and at {broken} it cannot "
            "be carried out without changes."
        ),
    ),
    "sensitivity.kept_most": (
        (
            "Mest för den behållna planens kostnad betyder {name}: är det {value} i stället för "
            "{base} kostar planen {cost} om året utöver i dag, {change}."
        ),
        (
            "What matters most for the cost of the plan kept is {name}: at {value} instead of "
            "{base} the plan costs {cost} a year above today, {change}."
        ),
    ),
    "sensitivity.not_sought": (
        (
            "För {count} av värdena räckte tiden inte till någon egen sökning. För dem är bara "
            "den behållna planen och de andra värdenas planer prövade."
        ),
        (
            "For {count} of the values there was no time for a search of their own. For them only "
            "the plan kept and the plans of the other values were tried."
        ),
    ),
    "sensitivity.not_found": (
        (
            "För {count} av värdena hittades ingen plan i tid. Det betyder inte att det inte finns "
            "någon."
        ),
        (
            "For {count} of the values no plan was found in time. That does not mean that there "
            "is none."
        ),
    ),
    "sensitivity.stopped": (
        "Sökandet avbröts. Det som hann bli klart visas.",
        "The search was stopped. What was ready is shown.",
    ),
    "sensitivity.failed": (
        "För {count} av värdena misslyckades sökandet. Det är vårt fel, inte ert.",
        "For {count} of the values the search failed. This is our fault, not yours.",
    ),
    "sensitivity.base_open": (
        (
            "Planen själv är inte bevisat bäst. En ändring i tabellen kan därför delvis bero på "
            "att en bättre plan hittades, inte på talet."
        ),
        (
            "The plan itself is not proven best. A change in the table may thus come in part from "
            "finding a better plan, not from the number."
        ),
    ),
    "sensitivity.sites_brief": (
        "Dessa platser har boxar i alla {of} planer som jämförts: {sites}.",
        "These sites have boxes in all {of} plans that were compared: {sites}.",
    ),
    "sensitivity.sites_none": (
        "Ingen plats har boxar i alla {of} planer som jämförts.",
        "No site has boxes in all {of} plans that were compared.",
    ),
    "sensitivity.no_part": (
        (
            "Dessa tal har också prövats. De påverkar varken regler, paket eller den kostnad som "
            "målet räknar, så planen är densamma: {names}."
        ),
        (
            "These numbers were tried too. They have no part in rules, parcels or the cost that "
            "the goal counts, so the plan is the same: {names}."
        ),
    ),
    "sensitivity.default_range": (
        (
            "Märkta med * har inget intervall i underlaget; då har programmets eget intervall "
            "använts."
        ),
        "Those marked * have no range in the data; the program's own range was used.",
    ),
    "sensitivity.how_best": (
        (
            "En ny plan får flytta boxar, byar och turer fritt. Står det att den är bevisat bäst "
            "finns ingen bättre; annars står gränsen för vad som är möjligt."
        ),
        (
            "A new plan may move boxes, villages and runs freely. Where it says proven best, no "
            "plan is better; else the limit of what is possible is told."
        ),
    ),
    "sensitivity.how_kept": (
        (
            "En behållen plan har samma boxar, byar, turer och skåpbilar. Blir paketen fler eller "
            "färre åker de som sina likar, i samma proportioner. Håller den inte kan en liten "
            "ändring ändå räcka."
        ),
        (
            "A plan that is kept has the same boxes, villages, runs and vans. More or fewer "
            "parcels ride as their like do, in the same proportions. Where it does not hold, a "
            "small change may still be enough."
        ),
    ),
    "sensitivity.how_today": (
        (
            "Kostnad utöver i dag är räknad mot dagens leveranser med samma värde på talet. "
            "Dagens leveranser blir också dyrare eller billigare när talet är ett annat."
        ),
        (
            "Cost above today is counted against today's delivery with the same value of the "
            "number. Today's delivery also costs more or less when the number is another."
        ),
    ),
    "sensitivity.how_seconds": (
        "Sökandet tog {seconds} sekunder, startvärde {seed}.",
        "The search took {seconds} seconds, seed {seed}.",
    ),
    "sensitivity.hidden": (
        "Kostnader som skulle visa hur få hemsändningar det gäller visas inte.",
        "Costs that would tell of few home orders are not shown.",
    ),
    "sensitivity.chart_best_coverage": (
        "Täckning med ny plan, ändring mot planen",
        "Coverage with a new plan, change against the plan",
    ),
    "sensitivity.chart_best_cost": (
        "Kostnad utöver i dag med ny plan, ändring mot planen",
        "Cost above today with a new plan, change against the plan",
    ),
    "sensitivity.chart_kept": (
        "Den behållna planens kostnad utöver i dag, ändring mot planen",
        "Cost above today of the plan kept, change against the plan",
    ),
    "sensitivity.chart_text": (
        "Liggande staplar från planens värde, störst ändring överst: {rows}.",
        "Level bars from the plan's value, the greatest change first: {rows}.",
    ),
    "sensitivity.axis_coverage": ("Procentenheter", "Percentage points"),
    "sensitivity.axis_cost": ("Tusental kronor om året", "Thousands of SEK a year"),
    "sensitivity.key_low": ("lägsta värdet", "lowest value"),
    "sensitivity.key_high": ("högsta värdet", "highest value"),
    "sensitivity.key_note": (
        "Streckad kontur: inte bevisat; verkligheten kan ligga närmare planen.",
        "Outline of dashes: not proven; the truth may lie nearer the plan.",
    ),
    "sensitivity.words_impossible": ("ingen plan", "no plan"),
    "sensitivity.words_unknown": ("inte funnet", "not found"),
    "sensitivity.words_not_sought": ("inte sökt", "not sought"),
    "sensitivity.words_broken": ("håller inte", "does not hold"),
    "sensitivity.head_number": ("Tal", "Number"),
    "sensitivity.head_unit": ("Enhet", "Unit"),
    "sensitivity.head_base": ("I planen", "In the plan"),
    "sensitivity.head_value": ("Prövat", "Tried"),
    "sensitivity.head_coverage": ("Täckning", "Coverage"),
    "sensitivity.head_points": ("Ändring, procentenheter", "Change, percentage points"),
    "sensitivity.head_week": ("Kostnad, kr i veckan", "Cost, SEK a week"),
    "sensitivity.head_above": ("Utöver i dag, kr om året", "Above today, SEK a year"),
    "sensitivity.head_change": ("Ändring, kr om året", "Change, SEK a year"),
    "sensitivity.head_proof": ("Vad som är bevisat", "What is proven"),
    "sensitivity.head_holds": ("Håller reglerna", "Keeps the rules"),
    "sensitivity.head_broken": ("Vad som inte håller", "What does not hold"),
    "sensitivity.head_site": ("Plats", "Site"),
    "sensitivity.head_in_plan": ("I planen", "In the plan"),
    "sensitivity.head_times": ("Har boxar i", "Has boxes in"),
    "sensitivity.times": ("{times} av {of} planer", "{times} of {of} plans"),
    "sensitivity.always": ("alla {of} planer", "all {of} plans"),
    "sensitivity.status_best": ("bevisat bäst", "proven best"),
    "sensitivity.status_still": ("samma plan, fortfarande bäst", "the same plan, still best"),
    "sensitivity.status_no_part": ("påverkar inte planen", "has no part in the plan"),
    "sensitivity.status_kept": ("inte sökt, tiden räckte inte", "not sought, for lack of time"),
    "sensitivity.status_at_least": (
        "inte sökt, tiden räckte inte; minst så bra går det",
        "not sought, for lack of time; at least as good as this",
    ),
    "sensitivity.status_impossible": (
        "ingen plan når målet, bevisat",
        "no plan meets the goal, proven",
    ),
    "sensitivity.status_not_found": ("ingen plan hittad i tid", "no plan found in time"),
    "sensitivity.status_stopped": ("avbrutet", "stopped"),
    "sensitivity.status_failed": ("sökandet misslyckades", "the search failed"),
    "sensitivity.status_not_allowed": (
        "värdet går inte att ha",
        "the number may not have this value",
    ),
    "sensitivity.status_open": ("bättre kan finnas", "a better one may exist"),
    "sensitivity.status_coverage": (
        "bättre kan finnas, men högst {share}",
        "a better one may exist, but at most {share}",
    ),
    "sensitivity.status_cost": (
        "billigare kan finnas, men inte under {cost} i veckan",
        "a cheaper one may exist, but not below {cost} a week",
    ),
    "sensitivity.status_dearer": (
        "täcker mest, men en billigare kan finnas",
        "covers most, but a cheaper one may exist",
    ),
    "sensitivity.cut": (" (av det som räknats upp)", " (of the enumerated model)"),
    "sensitivity.csv_field": ("fält", "field"),
    "sensitivity.csv_default": ("programmets_intervall", "range_is_default"),
    "sensitivity.csv_seconds": ("sekunder", "seconds"),
    "sensitivity.csv_kept": ("behållen: {head}", "kept: {head}"),
    "broken.village": ("byar har inte ett utlämningsställe var", "villages lack a pickup point"),
    "broken.open": ("ett utlämningsställe är inte öppet", "a pickup point is not open"),
    "broken.reach": (
        "det blir för långt till ett utlämningsställe",
        "a pickup point is too far away",
    ),
    "broken.carried": ("alla paket kommer inte fram", "not all parcels are carried"),
    "broken.ready": ("en tur går innan paketen är klara", "a run leaves before parcels are ready"),
    "broken.promise": ("paketen kommer för sent", "parcels come too late"),
    "broken.often": ("det blir för få leveransdagar", "there are too few delivery days"),
    "broken.capacity": ("paketen får inte plats på en tur", "parcels do not fit on a run"),
    "broken.delay": ("en tur försenas för mycket", "a run is delayed too much"),
    "broken.permitted": ("en tur gör något den inte får", "a run does what it may not"),
    "broken.transfer": ("en omlastning hinns inte med", "a transfer is not safe"),
    "broken.box": ("paketen får inte plats i en box", "parcels do not fit in a box"),
    "broken.van": ("en skåpbil hinner inte", "a van does not manage its shift"),
    "broken.home": (
        "en hemsändning kommer inte fram som den ska",
        "a home order does not come as it must",
    ),
    "broken.goal": ("målet nås inte", "the goal is not met"),
}
