"""Texts on home delivery and vans, Swedish and English."""

from typing import Final

HOMES: Final[dict[str, tuple[str, str]]] = {
    "page.kind_homes": (
        "Underlag för beslut om paketboxar och hemsändning",
        "Basis for a decision on parcel boxes and home delivery",
    ),
    "distance.by_plan_vans": (
        "Tiderna gäller paket som turer och skåpbilar kör; dagens arrangemang har ingen uppgift.",
        "Times are for parcels that runs and vans carry; nothing is known of today's arrangement.",
    ),
    "section.homes": ("Hemsändning", "Home delivery"),
    "section.vans": ("Skåpbilar", "Vans"),
    "home.by_run": ("med turer som ändå går", "by runs that drive anyway"),
    "home.by_van": ("med skåpbil", "by van"),
    "home.in_box": ("hämtas på utlämningsställe", "collected at a pickup point"),
    "home.as_today": ("som i dag", "as today"),
    "home.unserved": ("levereras inte", "not delivered"),
    "goods.grocery": ("matvaror", "groceries"),
    "goods.meal": ("måltider", "meals"),
    "goods.pharmacy": ("läkemedel", "medicines"),
    "goods.parcel": ("paket", "parcels"),
    "decide.homes": ("{orders} i veckan: {list}.", "{orders} a week: {list}."),
    "decide.homes_few": (
        "Planen tar också hand om hemsändningar: {orders} i veckan.",
        "The plan also settles home orders: {orders} a week.",
    ),
    "decide.homes_withheld": (
        "Planen tar också hand om hemsändningar; hur många visas inte.",
        "The plan also settles home orders; how many is not shown.",
    ),
    "decide.homes_mixed": (
        "Planen tar hand om {orders} i veckan, på flera sätt.",
        "The plan settles {orders} a week, in several ways.",
    ),
    "decide.vans": (
        "Planen använder också {vans}: {km} i veckan.",
        "The plan also uses {vans}: {km} a week.",
    ),
    "decide.van_days": (
        "Planen använder också {vans}: {days} och {km} i veckan.",
        "The plan also uses {vans}: {days} and {km} a week.",
    ),
    "decide.runs_and_vans": (
        "Paketen följer med {runs} som ändå går, och med skåpbil: {parcels} i veckan.",
        "The parcels ride on {runs} that drive anyway, and in vans: {parcels} a week.",
    ),
    "decide.by_van_only": (
        "Paketen kommer med skåpbil: {parcels} i veckan.",
        "The parcels come by van: {parcels} a week.",
    ),
    "homes.caption": (
        "Hemsändningar i veckan efter hur de kommer fram",
        "Home orders a week by how they are delivered",
    ),
    "homes.how": ("Hur de kommer fram", "How they are delivered"),
    "homes.all": ("Alla hemsändningar", "All home orders"),
    "homes.used": (
        "Med planen: {list}. Hur många av varje visas inte, för antalen är för små.",
        "By the plan: {list}. How many of each is not shown, for the numbers are too small.",
    ),
    "homes.goods_caption": ("Hemsändningar i veckan efter vara", "Home orders a week by goods"),
    "homes.goods": ("Vara", "Goods"),
    "homes.pay_caption": (
        "Vem som betalar för leveranser till dörren, kronor i veckan",
        "Who pays for deliveries to the door, SEK a week",
    ),
    "homes.pay": ("Post", "Item"),
    "pay.deliveries": (
        "Antal leveranser till dörren som kommunen betalar",
        "Number of deliveries to the door that the municipality pays for",
    ),
    "pay.expenditure": ("Kommunens utgift för dem", "The municipality's expenditure for them"),
    "pay.customer_fees": ("Hushållens avgifter", "Households' fees"),
    "pay.shops_share": ("Butikernas del", "The shops' share"),
    "pay.net_expenditure": ("Kommunens nettoutgift", "The municipality's net expenditure"),
    "pay.state_grant": ("Statens bidrag", "The state's grant"),
    "pay.municipality_net": ("Kvar för kommunen", "Left to the municipality"),
    "homes.pay_note": (
        (
            "En skåpbils dag delas lika på dess stopp. Det som boxar och ombud får är inte med "
            "här, och inte heller leveranser som någon annan än kommunen betalar."
        ),
        (
            "A van's day is shared out equally to its stops. What goes to boxes and agents is not "
            "in this table, nor deliveries that somebody other than the municipality pays for."
        ),
    ),
    "homes.pay_rounded": (
        "Belopp med cirka är avrundade till hundratal, så att inget litet antal kan räknas fram.",
        "Amounts with about are rounded to hundreds, so that no small number can be worked out.",
    ),
    "homes.grant_rule": (
        (
            "Statens bidrag är räknat efter {rule}: högst {share} av kommunens nettoutgift för "
            "matvaror, och högst {cap} för varje hushåll och gång."
        ),
        (
            "The state's grant follows {rule}: at most {share} of the municipality's net "
            "expenditure for groceries, and at most {cap} for each household and occasion."
        ),
    ),
    "homes.grant_own": (
        (
            "Statens bidrag är räknat efter underlagets egna villkor: högst {share} av kommunens "
            "nettoutgift för matvaror, och högst {cap} för varje hushåll och gång."
        ),
        (
            "The state's grant follows the input's own terms: at most {share} of the "
            "municipality's net expenditure for groceries, and at most {cap} for each household "
            "and occasion."
        ),
    ),
    "homes.grant_none": (
        "Inget statligt bidrag är räknat: ingen regel är känd för den här veckan.",
        "No state grant is counted: no rule is known for this week.",
    ),
    "homes.grant_threshold": (
        (
            "Den minsta utgift om året som ger bidrag, ett halvt prisbasbelopp, är inte prövad. "
            "Bidraget söks i efterhand."
        ),
        (
            "The least expenditure a year that gives a grant, half a price base amount, is not "
            "checked. The grant is applied for afterwards."
        ),
    ),
    "homes.bypass_rule": (
        "Matvaror körs aldrig förbi en närmare butik.",
        "Groceries are never driven past a nearer shop.",
    ),
    "homes.bypass": (
        "Matvaror som körs förbi en närmare butik: {orders}.",
        "Groceries that are driven past a nearer shop: {orders}.",
    ),
    "homes.few": (
        (
            "Antal hemsändningar från 1 till 4 skrivs färre än 5. Det som skulle avslöja ett "
            "sådant antal är hopslaget med annat eller visas inte. Då kan ingen kund pekas ut."
        ),
        (
            "Numbers of home orders from 1 to 4 are written fewer than 5. What would give such a "
            "number away is put together with something else or not shown. So no customer can be "
            "singled out."
        ),
    ),
    "homes.private": (
        (
            "Enskilda hemsändningar, deras platser, dagar och tider står bara i körlistorna. De "
            "listorna är interna och har {mark} i filnamnet."
        ),
        (
            "Single home orders, their places, days and times stand only in the run sheets. Those "
            "sheets are internal and have {mark} in the file name."
        ),
    ),
    "homes.left_caption": (
        "Hemsändningar som ingen levererar, och vad som är känt om skälet",
        "Home orders that nobody delivers, and what is known of the reason",
    ),
    "homes.left": ("Skäl", "Reason"),
    "homes.orders": ("Hemsändningar", "Home orders"),
    "homes.left_none": (
        "Ingen hemsändning blir utan leverans.",
        "No home order is left without delivery.",
    ),
    "left.no_origin": (
        "ingen butik kan nås på väg, så varorna har ingen avsändare",
        "no shop can be reached by road, so the goods have no origin",
    ),
    "left.past_nearer_shop": (
        "varorna skulle köras förbi en närmare butik, och det är inte tillåtet",
        "the goods would be driven past a nearer shop, which is not allowed",
    ),
    "left.no_day": (
        "ingen av de dagar den kan tas emot är en dag då turer kör",
        "none of the days on which it can be received is an operating day",
    ),
    "left.no_carrier": (
        "ingen tur och ingen skåpbil får köra sådana varor till dörren",
        "no run and no van may bring such goods to the door",
    ),
    "left.no_entry": (
        "någon måste gå in i bostaden, och ingen som får köra varorna får göra det",
        "somebody must enter the home, and nobody who may carry the goods may do so",
    ),
    "left.no_way": (
        "ingen tur och ingen skåpbil kan köra den under dess tid, med allt annat oförändrat",
        "no run and no van can carry it within its time, with everything else unchanged",
    ),
    "left.costlier": (
        "den kan levereras, men det kostar mer än att låta bli",
        "it can be delivered, but that costs more than leaving it",
    ),
    "left.unknown": (
        "inget sätt att leverera hittades som kostar mindre än att låta bli",
        "no way to deliver was found that costs less than leaving it",
    ),
    "vans.week_caption": ("Skåpbilarna per vecka", "The vans, a week"),
    "vans.day_caption": ("Skåpbilarna dag för dag", "The vans day by day"),
    "vans.van": ("Skåpbil", "Van"),
    "vans.operator": ("Kör", "Driven by"),
    "vans.payer": ("Betalar", "Paid by"),
    "vans.days": ("Dagar", "Days"),
    "vans.day": ("Dag", "Day"),
    "vans.start": ("Lämnar basen", "Leaves its base"),
    "vans.end": ("Tillbaka", "Back"),
    "vans.trips": ("Slingor", "Trips"),
    "vans.stops": ("Stopp vid boxar och ombud", "Stops at boxes and agents"),
    "vans.homes": ("Hemsändningar", "Home orders"),
    "vans.parcels": ("Paket till boxar och ombud", "Parcels to boxes and agents"),
    "vans.km": ("Km", "Km"),
    "vans.hours": ("Tid", "Time"),
    "vans.cost": ("Kronor", "SEK"),
    "vans.co2": ("Koldioxid, kg", "Carbon dioxide, kg"),
    "vans.duration": ("{hours} h {min} min", "{hours} h {min} min"),
    "vans.duration_short": ("{min} min", "{min} min"),
    "vans.none": ("Ingen skåpbil kör i den här planen.", "No van drives in this plan."),
    "vans.note": (
        (
            "En slinga är när bilen lastar, kör ut och kommer tillbaka till samma ställe. Tiden "
            "räknas från basen och tillbaka, med väntan. Vägarna står i körlistorna."
        ),
        (
            "A trip is when the van loads, drives out and comes back to the same place. Time "
            "counts from the base and back, waiting included. The run sheets hold the routes."
        ),
    ),
    "vans.rounded": (
        (
            "Dagarna är avrundade till kvart och hela kilometer, eftersom bilarna kör få "
            "hemsändningar någon dag. Så kan ingen leverans pekas ut."
        ),
        (
            "Days are rounded to quarters of an hour and whole kilometres, because vans bring few "
            "home orders on some day. So no delivery can be singled out."
        ),
    ),
    "vans.days_hidden": (
        (
            "Dagar då en bil bara kör några få hemsändningar visas inte, och bilar som kör så få i "
            "veckan är hopslagna. Så kan ingen leverans pekas ut."
        ),
        (
            "Days on which a van only brings a few home orders are not shown, and vans that bring "
            "so few a week are put together. So no delivery can be singled out."
        ),
    ),
    "vans.cost_hidden": (
        "Bilarnas kostnad är hopslagen med annan hemsändning i tabellen över kostnader.",
        "The vans' cost is put together with other home delivery in the table of costs.",
    ),
    "runs.homes": ("Hemsändningar", "Home orders"),
    "runs.homes_note": (
        (
            "För turer med färre än 5 hemsändningar visas inte det som skulle säga något om dem. "
            "Turer som bara kör så få hemsändningar står inte i tabellen."
        ),
        (
            "For runs with fewer than 5 home orders, what would tell of them is not shown. Runs "
            "that only bring so few home orders are not in the table."
        ),
    ),
    "points.homes_note": (
        (
            "Där färre än 5 hemsändningar hämtas visas inte ersättning och beläggning dag för dag, "
            "högsta beläggning är avrundad uppåt till tiotal, och paket på turerna dit till femtal."
        ),
        (
            "Where fewer than 5 home orders are collected, fees and daily use are not shown, the "
            "highest use is rounded up to tens of per cent, and parcels on runs that go there to "
            "fives."
        ),
    ),
    "use.at_most": ("högst {share}", "at most {share}"),
    "climate.van_km": ("Skåpbilarnas körning, km", "Driving of vans, km"),
    "climate.co2_operators_vans": (
        "Koldioxid från omvägar och skåpbilar, kg",
        "Carbon dioxide, detours and vans, kg",
    ),
    "cost.homes_note": (
        (
            "Hushållens avgifter, butikernas del och statens bidrag för hemsändning är flyttade "
            "mellan betalarna. Vad en utebliven hemsändning räknas som betalas av ingen."
        ),
        (
            "Households' fees, the shops' share and the state's grant for home delivery are moved "
            "between payers. What an undelivered home order counts for is paid by nobody."
        ),
    ),
    "item.homes": ("Hemsändning utan skåpbilar", "Home delivery without vans"),
    "item.homes_and_vans": ("Hemsändning och skåpbilar", "Home delivery and vans"),
    "cost.together": ("Tillsammans: {list}", "Together: {list}"),
    "sure.distances_share": (
        "{share} av vägavstånden är uppskattade: fågelvägen gånger {factor}. De övriga är givna.",
        (
            "{share} of the road distances are estimates: the straight line times {factor}. The "
            "others are given."
        ),
    ),
    "sure.distances_every": (
        "Alla vägavstånd är uppskattade: fågelvägen gånger {factor}.",
        "All road distances are estimates: the straight line times {factor}.",
    ),
    "sure.distances_known": (
        "Alla vägavstånd är givna i underlaget.",
        "All road distances are given in the input.",
    ),
    "sure.homes_assumed": (
        "Antagna hemsändningar: {orders}.",
        "Assumed home orders: {orders}.",
    ),
    "sure.homes_all_assumed": (
        "Alla hemsändningar är antagna.",
        "All home orders are assumed.",
    ),
    "proof.cut_other": (
        "körsätt för skåpbilar eller hemsändningar",
        "ways to drive of vans or home orders",
    ),
    "summary.homes": ("Hemsändningar, per vecka", "Home orders, a week"),
    "summary.homes_all": ("alla", "all"),
    "summary.vans": ("Skåpbilar, per vecka", "Vans, a week"),
    "summary.vans_none": ("kör inte", "do not drive"),
    "summary.vans_values": ("{km}, {time}", "{km}, {time}"),
    "summary.vans_days_values": ("{days}, {km}, {time}", "{days}, {km}, {time}"),
    "summary.home_cost": (
        "Kostnad för hemsändning och skåpbilar, per vecka",
        "Cost of home delivery and vans, a week",
    ),
    "summary.runs_values_homes": (
        "{runs}, {parcels}; med hemsändningar {km} omväg, {min} extra minuter",
        "{runs}, {parcels}; with home orders {km} of detours, {min} extra minutes",
    ),
}
