"""Texts of cost against coverage, Swedish and English."""

from typing import Final

FRONTIER: Final[dict[str, tuple[str, str]]] = {
    "frontier.kind": ("Kostnad mot täckning", "Cost against coverage"),
    "frontier.asked": (
        (
            "För varje andel av invånarna: den lägsta kostnaden för att minst så många ska ha "
            "högst {reach} till ett utlämningsställe."
        ),
        (
            "For each share of residents: the least cost of having at least so many within "
            "{reach} of a pickup point."
        ),
    ),
    "frontier.brief": ("I korthet", "In brief"),
    "frontier.curve": ("Kurvan", "The curve"),
    "frontier.points": ("Planerna", "The plans"),
    "frontier.about": ("Så är det räknat", "How it was calculated"),
    "frontier.today": (
        "I dag täcks {share} av invånarna.",
        "Today {share} of residents are covered.",
    ),
    "frontier.from_to": (
        (
            "Den billigaste planen täcker {share} och kostar {cost} om året. Den som täcker mest "
            "täcker {most} och kostar {most_cost} om året."
        ),
        (
            "The cheapest plan covers {share} and costs {cost} a year. The one that covers the "
            "most covers {most} and costs {most_cost} a year."
        ),
    ),
    "frontier.only": (
        "Den enda plan som hittades täcker {share} och kostar {cost} om året.",
        "The only plan found covers {share} and costs {cost} a year.",
    ),
    "frontier.no_plan": ("Ingen plan hittades.", "No plan was found."),
    "frontier.more_than_today": ("{sek} mer än i dag", "{sek} more than today"),
    "frontier.less_than_today": ("{sek} mindre än i dag", "{sek} less than today"),
    "frontier.as_today": ("lika mycket som i dag", "the same as today"),
    "frontier.knee": (
        ("Brytpunkten är nummer {number}: den täcker {share} och kostar {cost} om året."),
        ("The turning point is number {number}: it covers {share} and costs {cost} a year."),
    ),
    "frontier.further": (
        (
            "Fram till brytpunkten kostar varje ytterligare invånare i snitt {before} om året, "
            "därefter i snitt {after}."
        ),
        (
            "Up to the turning point each further resident costs {before} a year on average, "
            "after it {after} on average."
        ),
    ),
    "frontier.no_knee": (
        "Kurvan har ingen tydlig brytpunkt.",
        "The curve has no clear turning point.",
    ),
    "frontier.most_proven": (
        "Ingen plan täcker mer än {share}; det är bevisat.",
        "No plan covers more than {share}; this is proven.",
    ),
    "frontier.most_at_most": (
        (
            "Ingen plan täcker mer än {share}; det är bevisat. Någon plan som täcker så mycket "
            "hittades inte på den tid som fanns."
        ),
        (
            "No plan covers more than {share}; this is proven. No plan that covers as much was "
            "found in the time given."
        ),
    ),
    "frontier.most_unknown": (
        "Om någon plan täcker mer än {share} är inte bevisat.",
        "Whether any plan covers more than {share} is not proven.",
    ),
    "frontier.missing_impossible": (
        "Nummer {number}, minst {share}: det är bevisat att ingen plan täcker så många.",
        "Number {number}, at least {share}: it is proven that no plan covers as many.",
    ),
    "frontier.missing_not_in_time": (
        (
            "Nummer {number}, minst {share}: ingen plan hittades på den tid som fanns; det kan "
            "ändå finnas en."
        ),
        (
            "Number {number}, at least {share}: no plan was found in the time given; there may "
            "be one all the same."
        ),
    ),
    "frontier.missing_stopped": (
        "Nummer {number}, minst {share}: sökningen avbröts innan någon plan hittades.",
        "Number {number}, at least {share}: the search was stopped before a plan was found.",
    ),
    "frontier.missing_failed": (
        "Nummer {number}, minst {share}: räkningen misslyckades, och det är programmets fel.",
        "Number {number}, at least {share}: the calculation failed, which is the program's fault.",
    ),
    "frontier.interrupted": (
        "Sökningen avbröts; det här är vad som då fanns.",
        "The search was stopped; this is what was found by then.",
    ),
    "frontier.chart_title": (
        "Kostnad om året utöver dagens, mot andel invånare som täcks",
        "Cost a year above today's, against the share of residents covered",
    ),
    "frontier.chart_text": (
        "{count} planer, från {share} för {cost} till {most} för {most_cost} om året.",
        "{count} plans, from {share} for {cost} to {most} for {most_cost} a year.",
    ),
    "frontier.chart_empty": ("Ingen plan hittades.", "No plan was found."),
    "frontier.axis_coverage": ("Andel invånare som täcks", "Share of residents covered"),
    "frontier.axis_cost": ("Kronor om året utöver i dag", "SEK a year above today"),
    "frontier.mark_today": ("i dag", "today"),
    "frontier.mark_knee": ("brytpunkt", "turning point"),
    "frontier.legend": ("Tecken i kurvan", "Marks in the curve"),
    "frontier.legend_optimal": (
        "Fylld ring: bevisat billigast av alla planer som täcker så många.",
        "Filled circle: proven cheapest of all plans that cover as many.",
    ),
    "frontier.legend_feasible": (
        (
            "Öppen ring: en billigare plan kan finnas. Strecket nedåt visar hur långt ned "
            "kostnaden kan komma som mest."
        ),
        (
            "Open circle: a cheaper plan may exist. The bar below shows how low the cost can "
            "come at most."
        ),
    ),
    "frontier.legend_knee": (
        "Dubbel ring: brytpunkten. Fyrkant: dagens leveranser.",
        "Double circle: the turning point. Square: today's delivery.",
    ),
    "frontier.legend_line": (
        "Linjen förbinder planerna för ögats skull; mellan dem finns inga uträknade planer.",
        "The line joins the plans for the eye; between them no plans were worked out.",
    ),
    "frontier.legend_missing": (
        "Kryss vid nederkanten: ingen plan täcker så många. Frågetecken: ingen plan hittades.",
        "Cross at the lower edge: no plan covers as many. Question mark: no plan was found.",
    ),
    "frontier.caption": (
        "En rad för varje andel som det frågades efter",
        "One row for each share that was asked for",
    ),
    "frontier.head_number": ("Nummer", "Number"),
    "frontier.head_asked": ("Fråga: minst", "Asked: at least"),
    "frontier.head_covers": ("Planen täcker", "The plan covers"),
    "frontier.head_residents": ("Invånare som täcks", "Residents covered"),
    "frontier.head_cost": ("Kronor om året utöver i dag", "SEK a year above today"),
    "frontier.head_further": (
        "Kronor om året för varje ytterligare invånare",
        "SEK a year for each further resident",
    ),
    "frontier.head_boxes": ("Boxar", "Boxes"),
    "frontier.head_runs": ("Turer med paket", "Runs with parcels"),
    "frontier.head_proof": ("Vad som är bevisat", "What is proven"),
    "frontier.any": ("ingen andel", "no share"),
    "frontier.same_plan": ("samma plan som nummer {number}", "the same plan as number {number}"),
    "frontier.proof_optimal": (
        "ingen plan som täcker så många kostar mindre",
        "no plan that covers as many costs less",
    ),
    "frontier.proof_bound": (
        "en plan som täcker så många kan kosta högst {sek} mindre om året ({gap} av kostnaden)",
        "a plan that covers as many can cost at most {sek} less a year ({gap} of the cost)",
    ),
    "frontier.proof_nothing": (
        "hur mycket billigare en annan plan kan vara är inte bevisat",
        "how much less another plan could cost is not proven",
    ),
    "frontier.proof_impossible": ("ingen plan täcker så många", "no plan covers as many"),
    "frontier.proof_none": ("ingenting", "nothing"),
    "frontier.proof_none_bound": (
        "om det finns en plan kostar den som lägst {cost} om året",
        "if there is a plan, the least that it can cost is {cost} a year",
    ),
    "frontier.rule_goal": (
        (
            "Varje plan är den billigaste som hittades bland dem som täcker minst den andel som "
            "det frågades efter. Underlagets eget mål och eventuella budget är ersatta av den "
            "frågan; krav på enskilda byar och platser gäller som förut."
        ),
        (
            "Each plan is the cheapest found among those that cover at least the share asked "
            "for. The input's own goal and budget, if any, are replaced by that question; what "
            "is required of single villages and sites holds as before."
        ),
    ),
    "frontier.rule_shares": (
        (
            "Nummer 1 frågar inte efter någon andel: det är den billigaste planen av alla. En plan "
            "täcker aldrig färre än i dag."
        ),
        (
            "Number 1 asks for no share: it is the cheapest plan of all. No plan covers fewer "
            "than today."
        ),
    ),
    "frontier.rule_better": (
        (
            "En plan som täcker fler och kostar mindre än en annan rads plan står även på den "
            "raden. Varje plan är kontrollerad mot alla regler av ett program som inte vet hur den "
            "räknades fram."
        ),
        (
            "A plan that covers more and costs less than another row's plan stands in that row "
            "too. Each plan was checked against every rule by a program that does not know how "
            "it was found."
        ),
    ),
    "frontier.rule_knee": (
        (
            "Brytpunkten är den plan som ligger längst under den räta linjen mellan den första "
            "och den sista planen, när täckning och kostnad båda räknas från 0 till 1."
        ),
        (
            "The turning point is the plan that lies farthest below the straight line between "
            "the first plan and the last, when coverage and cost are both counted from 0 to 1."
        ),
    ),
    "frontier.rule_homes": (
        "Kostnaden räknar även hemsändningar och skåpbilar.",
        "The cost also counts home delivery and vans.",
    ),
    "frontier.rule_cut": (
        (
            "Sökningen var begränsad: {count} av listorna över möjliga körsätt kortades. Det som "
            "är bevisat gäller bland de körsätt som räknades igenom."
        ),
        (
            "The search was limited: {count} of the lists of possible ways to drive were cut. "
            "What is proven holds among the ways to drive that were enumerated."
        ),
    ),
    "frontier.search": (
        "Räknetid {seconds} sekunder, slumpfrö {seed}, {versions}.",
        "Time of calculation {seconds} seconds, seed {seed}, {versions}.",
    ),
    "frontier.csv_number": ("nummer", "number"),
    "frontier.csv_asked": ("frågad_andel", "asked_share"),
    "frontier.csv_status": ("läge", "status"),
    "frontier.csv_covers": ("täckning", "coverage_share"),
    "frontier.csv_residents": ("invånare_som_täcks", "covered_inhabitants"),
    "frontier.csv_cost": ("kr_om_året_utöver_i_dag", "sek_per_year_above_today"),
    "frontier.csv_bound": ("minst_kr_om_året_utöver_i_dag", "at_least_sek_per_year_above_today"),
    "frontier.csv_further": (
        "kr_om_året_per_ytterligare_invånare",
        "sek_per_year_per_further_inhabitant",
    ),
    "frontier.csv_boxes": ("boxar", "boxes"),
    "frontier.csv_sites": ("platser", "sites"),
    "frontier.csv_runs": ("turer_med_paket", "runs_with_parcels"),
    "frontier.csv_same": ("samma_plan_som", "same_plan_as"),
    "frontier.csv_knee": ("brytpunkt", "turning_point"),
    "frontier.status_optimal": ("bevisat billigast", "proven cheapest"),
    "frontier.status_feasible": ("billigare kan finnas", "a cheaper one may exist"),
    "frontier.status_infeasible": ("bevisat omöjligt", "proven impossible"),
    "frontier.status_unknown": ("ingen plan hittades", "no plan found"),
}
