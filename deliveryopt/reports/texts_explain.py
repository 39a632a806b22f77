"""Texts of reasons why something is not served, Swedish and English."""

from typing import Final

EXPLAIN: Final[dict[str, tuple[str, str]]] = {
    "section.unserved": ("Det som planen inte når", "What the plan does not reach"),
    "unserved.nothing": (
        "Alla byar och alla hemsändningar nås.",
        "Every village and every home order is reached.",
    ),
    "unserved.villages": (
        "Byar utan utlämningsställe inom {reach}: varför, och vad som skulle hjälpa",
        "Villages without a pickup point within {reach}: why, and what would help",
    ),
    "unserved.orders": (
        "Hemsändningar som planen lämnar: varför, och vad som skulle hjälpa",
        "Home orders that the plan leaves: why, and what would help",
    ),
    "unserved.village": ("By", "Village"),
    "unserved.order": ("Beställning", "Order"),
    "unserved.why": ("Varför", "Why"),
    "unserved.help": ("Vad som skulle hjälpa", "What would help"),
    "unserved.sheet": ("Inte nådda", "Not reached"),
    "unserved.what": ("By eller beställning", "Village or order"),
    "unserved.cost_sek": ("Kostar mer, kr om året", "Costs more, SEK a year"),
    "unserved.is_least": (
        "Lägsta kostnad med allt annat oförändrat",
        "Least cost with everything else unchanged",
    ),
    "unserved.cost": ("Kostar mer om året", "Costs more a year"),
    "unserved.note": (
        (
            "Av de ändringar som prövades står den billigaste. Kostnaden är beräknad på nytt för "
            "varje rad, med allt annat i planen oförändrat, och kontrollerad mot alla regler. Två "
            "rader kan därför inte läggas ihop."
        ),
        (
            "The cheapest of the changes tried is told. The cost is calculated anew for each row, "
            "with everything else in the plan unchanged, and checked against every rule. So two "
            "rows do not add up."
        ),
    ),
    "unserved.orders_inside": (
        "Skäl för enskilda hemsändningar står bara i den interna rapporten.",
        "Reasons for single home orders stand in the internal report only.",
    ),
    "unserved.not_yet": (
        "Skälen är inte undersökta. Kommandot explain ger dem.",
        "The reasons have not been examined. The command explain gives them.",
    ),
    "unserved.at_most": ("högst {cost}", "at most {cost}"),
    "unserved.no_change": (
        "Ingen av de ändringar som prövades hjälper: {list}.",
        "None of the changes tried helps: {list}.",
    ),
    "unserved.maybe_less": (
        "Alla andra ändringar är inte prövade till slut; någon av dem kan kosta mindre.",
        "Not all other changes were tried to the end; one of them may cost less.",
    ),
    "unserved.maybe_helps": (
        "Alla andra ändringar är inte prövade till slut; någon av dem kan hjälpa.",
        "Not all other changes were tried to the end; one of them may help.",
    ),
    "unserved.nothing_tried": ("Ingen ändring är prövad.", "No change has been tried."),
    "explain.price": ("Kostar {cost} mer om året.", "Costs {cost} more a year."),
    "explain.saving": ("Kostar {cost} mindre om året.", "Costs {cost} less a year."),
    "explain.served": ("Nås redan: {list}.", "Reached already: {list}."),
    "reason.costs_more": (
        "Målet nås för mindre utan den. En box vid {point} kostar {cost} mer om året.",
        "The goal is met for less without it. A box at {point} costs {cost} more a year.",
    ),
    "reason.over_budget": (
        (
            "Budgeten räcker inte. Leverans till {point} kostar {cost} mer om året, och av "
            "budgeten återstår {left}."
        ),
        (
            "The budget is not enough. Delivery to {point} costs {cost} more a year, and {left} is "
            "left of the budget."
        ),
    ),
    "reason.costs_more_than_leaving": (
        "Den kan levereras, men för {cost} mer om året än att lämna den.",
        "It can be delivered, but for {cost} more a year than leaving it.",
    ),
    "reason.point_beyond_reach": (
        "Närmaste plats för en box, {point}, ligger {found} bort. Gränsen är {allowed}.",
        "The nearest site for a box, {point}, is {found} away. The limit is {allowed}.",
    ),
    "reason.agent_beyond_reach": (
        "Närmaste ombud, {point}, ligger {found} bort. Gränsen är {allowed}.",
        "The nearest agent, {point}, is {found} away. The limit is {allowed}.",
    ),
    "reason.no_road": (
        "Ingen väg leder till något ombud eller någon plats för en box.",
        "No road leads to any agent or any site for a box.",
    ),
    "reason.no_run_near": (
        (
            "Ingen tur når {point}. Närmast kommer {run}: omvägen dit och tillbaka tar {found} "
            "minuter, och turen får försenas {allowed} minuter."
        ),
        (
            "No run reaches {point}. {run} comes nearest: the detour there and back takes {found} "
            "minutes, and the run may be delayed {allowed} minutes."
        ),
    ),
    "reason.no_run_at_all": (
        "Ingen tur kör från byns terminal till {point}.",
        "No run drives from the village's terminal to {point}.",
    ),
    "reason.no_run_in_time": (
        (
            "Paket som är klara på {day} når {point} efter {found} trafikdagar. Löftet är högst "
            "{allowed}."
        ),
        (
            "Parcels ready on {day} reach {point} after {found} operating days. The promise is at "
            "most {allowed}."
        ),
    ),
    "reason.too_few_days": (
        "Turer når {point} {found} dagar i veckan. Minst {allowed} krävs.",
        "Runs reach {point} on {found} days a week. At least {allowed} are asked for.",
    ),
    "reason.size_not_carried": (
        "{found} paket i veckan är större än vad de turer som når {point} får ta.",
        "{found} parcels a week are larger than the runs that reach {point} may take.",
    ),
    "reason.run_keeps_within_capacity": (
        "Turen {run} har inte plats på {day}: det fattas {found} {unit}.",
        "Run {run} has no room on {day}: it is short of {found} {unit}.",
    ),
    "reason.run_keeps_within_delay": (
        "Turen {run} skulle på {day} försenas {found} minuter mer än den får.",
        "Run {run} would on {day} be delayed {found} minutes more than it may be.",
    ),
    "reason.box_holds_its_parcels": (
        "Boxen vid {point} räcker inte: på {day} fattas {found} fack.",
        "The box at {point} is too small: on {day} it is short of {found} compartments.",
    ),
    "reason.delivered_often_enough": (
        "Det går inte att leverera så många dagar i veckan som krävs.",
        "Deliveries on as many days a week as are asked for are not possible.",
    ),
    "reason.transfer_is_secure": (
        "Platsen för omlastning vid {point} räcker inte: det fattas plats för {found} paket.",
        "The room for transfers at {point} is not enough: it is short by {found} parcels.",
    ),
    "reason.parcels_are_carried": (
        "{found} paket i veckan kan ingen tur föra till {point}.",
        "{found} parcels a week no run can bring to {point}.",
    ),
    "reason.goal_is_met": (
        "Gränsen för antalet boxar är nådd.",
        "The limit on the number of boxes is reached.",
    ),
    "reason.no_origin": (
        "Det finns ingen butik eller terminal som varorna kan komma från.",
        "There is no shop or terminal that the goods can come from.",
    ),
    "reason.nobody_carries": (
        "Ingen tur och ingen bil kan och får köra den under dess tid.",
        "No run and no van can and may carry it within its time.",
    ),
    "reason.several_rules": (
        "Flera regler hindrar tillsammans; ingen av dem hindrar ensam.",
        "Several rules stand in the way together; none of them does alone.",
    ),
    "reason.not_examined": (
        "Mer hann inte undersökas. Kommandot explain ger ett fullständigt svar.",
        "Time did not allow more. The command explain gives a full answer.",
    ),
    "reason.not_in_model": (
        "Planen har en del som optimeringen inte räknar med. Lös scenariot på nytt med solve.",
        "The plan has a part that the optimisation leaves out. Solve the scenario anew with solve.",
    ),
    "short_of.parcels": ("paketplatser", "parcels"),
    "short_of.litres": ("liter", "litres"),
    "short_of.kg": ("kilo", "kilograms"),
    "change.accept_cost": ("Betala för leverans", "Pay for delivery"),
    "change.at_point": ("{change}, vid {point}", "{change}, at {point}"),
    "change.new_site": ("En plats för en box i byn", "A site for a box in the village"),
    "change.longer_promise": ("en dags längre löfte", "a promise one day longer"),
    "change.fewer_days": ("en leveransdag färre i veckan", "one delivery day less a week"),
    "change.van": (
        "en skåpbil (400 kr i timmen och 4 kr per kilometer, antaget)",
        "a van (SEK 400 an hour and SEK 4 a kilometre, assumed)",
    ),
    "change.any_time": (
        "Leverans vilken dag och tid som helst",
        "Delivery on any day at any time",
    ),
}
"""Swedish and English text by key."""
