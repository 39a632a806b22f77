"""Texts on other ways of delivering the same demand, Swedish and English."""

from typing import Final

WAYS: Final[dict[str, tuple[str, str]]] = {
    "section.ways": ("Jämfört med andra sätt", "Compared with other ways"),
    "way.today": ("Som i dag", "As today"),
    "way.vans_only": ("Bara skåpbilar", "Vans only"),
    "way.boxes_and_vans": ("Boxar med bara skåpbilar", "Boxes with vans only"),
    "way.boxes_then_routes": ("Först boxar, sedan körning", "First boxes, then routes"),
    "way.together": ("Allt planerat tillsammans", "Everything together"),
    "way_is.today": (
        "Som i dag: byarna hämtar hos dagens ombud, och hemsändningar går som nu.",
        "As today: villages collect at today's agents, and home orders go as now.",
    ),
    "way_is.vans_only": (
        (
            "Bara skåpbilar: byarna hämtar som i dag, och skåpbilarna kör de hemsändningar som de "
            "hinner. De andra räknas som inte levererade, även de som kommunen har i dag."
        ),
        (
            "Vans only: villages collect as today, and vans bring the home orders that they have "
            "time for. The others count as not delivered, even those that the municipality has "
            "today."
        ),
    ),
    "way_is.boxes_and_vans": (
        (
            "Boxar med bara skåpbilar: samma mål som planen, men ingen tur tar med paket eller "
            "hemsändningar."
        ),
        ("Boxes with vans only: the plan's goal, but no run takes parcels or home orders along."),
    ),
    "way_is.boxes_then_routes": (
        (
            "Först boxar, sedan körning: platserna för boxar väljs först, utan att se till hur "
            "paketen kommer dit. Sedan bestäms turer och bilar. Så brukar det gå till."
        ),
        (
            "First boxes, then routes: sites for boxes are chosen first, without a look at how "
            "parcels get there. Then runs and vans are decided. That is the usual sequence."
        ),
    ),
    "way_is.together": (
        "Allt planerat tillsammans: planen i den här rapporten.",
        "Everything together: the plan of this report.",
    ),
    "way_than.today": ("i dag", "today"),
    "way_than.vans_only": ("med bara skåpbilar", "vans only"),
    "way_than.boxes_and_vans": ("boxar med bara skåpbilar", "boxes with vans only"),
    "way_than.boxes_then_routes": (
        "att först välja platser för boxar och sedan ordna körningen",
        "choosing sites for boxes first and arranging the driving afterwards",
    ),
    "ways.caption": (
        "Samma paket och hemsändningar på olika sätt",
        "The same parcels and home orders in different ways",
    ),
    "ways.caption_parcels": (
        "Samma paket på olika sätt",
        "The same parcels in different ways",
    ),
    "ways.way": ("Sätt", "Way"),
    "ways.week": ("Kostnad, kr i veckan", "Cost, SEK a week"),
    "ways.year": ("Kr om året", "SEK a year"),
    "ways.above": ("Mot planen, kr i veckan", "Against the plan, SEK a week"),
    "ways.coverage": ("Täckta invånare", "Residents covered"),
    "ways.unserved": ("Hemsändningar som ingen levererar", "Home orders that nobody delivers"),
    "ways.proof": ("Vad som är bevisat", "What is proven"),
    "ways.given": ("så är det nu", "so it is now"),
    "ways.optimal": ("bevisat bäst av sitt slag", "proven best of its kind"),
    "ways.bound": (
        "billigare kan finnas, men inte under {bound} i veckan",
        "a cheaper one may exist, but not below {bound} a week",
    ),
    "ways.bound_at_places": (
        "billigare kan finnas, men inte under {bound} i veckan på de valda platserna",
        "a cheaper one may exist, but not below {bound} a week at the places chosen",
    ),
    "ways.feasible": ("bättre kan finnas", "a better one may exist"),
    "ways.missing": ("{way}: ingen siffra, {why}.", "{way}: no figure, {why}."),
    "way_why.no_van": ("underlaget har ingen skåpbil", "the input has no van"),
    "way_why.no_order": ("underlaget har inga hemsändningar", "the input has no home order"),
    "way_why.impossible": (
        "det är bevisat att inget sådant sätt når målet",
        "it is proven that no such way meets the goal",
    ),
    "way_why.no_transport": (
        "ingen kan köra till de platser som valdes först",
        "nobody can drive to the places chosen first",
    ),
    "way_why.not_in_time": (
        "inget hittades på den tid som fanns; det kan ändå finnas",
        "none was found in the time given; there may be one all the same",
    ),
    "way_why.stopped": (
        "sökningen avbröts innan något hittades",
        "the search was stopped before any was found",
    ),
    "way_why.failed": (
        "räkningen misslyckades, och det är programmets fel",
        "the calculation failed, which is the program's fault",
    ),
    "ways.less": (
        "Planen kostar {week} mindre i veckan än {than}: {year} om året.",
        "The plan costs {week} less a week than {than}: {year} a year.",
    ),
    "ways.more": (
        "Planen kostar {week} mer i veckan än {than}: {year} om året.",
        "The plan costs {week} more a week than {than}: {year} a year.",
    ),
    "ways.same": (
        "Planen kostar lika mycket som {than}.",
        "The plan costs the same as {than}.",
    ),
    "ways.covers": (
        "Den täcker {share} av invånarna i stället för {other}.",
        "It covers {share} of residents instead of {other}.",
    ),
    "ways.may_save_less": (
        (
            "Men det sättet är inte färdigräknat: det kan kosta ned till {bound} i veckan, och då "
            "är besparingen mindre."
        ),
        (
            "But that way is not worked out to the end: it may cost as little as {bound} a week, "
            "and then the saving is smaller."
        ),
    ),
    "ways.may_save_nothing": (
        "Men det sättet är inte färdigräknat, så det är inte säkert att planen sparar något.",
        "But that way is not worked out to the end, so it is not sure that the plan saves at all.",
    ),
    "ways.may_cost_less": (
        "Det sättet är inte bevisat bäst, så det kan finnas ett som är ännu billigare.",
        "That way is not proven best, so there may be a still cheaper one.",
    ),
    "ways.repaired": (
        (
            "Med först boxar, sedan körning gick det inte att köra till alla platser som valdes, "
            "eller att betala dem. Dessa byar fick en annan plats eller ingen: {villages}."
        ),
        (
            "With first boxes, then routes, not all places chosen could be reached or paid for. "
            "These villages got another place or none: {villages}."
        ),
    ),
    "ways.note": (
        (
            "Kostnaden är målets kostnad. I den ingår vad en hemsändning räknas som när ingen "
            "levererar den, även om ingen betalar det."
        ),
        (
            "The cost is the goal's cost. It includes what a home order counts for when nobody "
            "delivers it, although nobody pays that."
        ),
    ),
    "ways.note_parcels": ("Kostnaden är målets kostnad.", "The cost is the goal's cost."),
    "summary.ways": ("Samma leveranser på andra sätt", "The same deliveries in other ways"),
    "summary.way_values": (
        "{week} i veckan ({year} om året), täcker {share}",
        "{week} a week ({year} a year), covers {share}",
    ),
    "summary.way_unserved": (
        ", hemsändningar som ingen levererar: {orders}",
        ", home orders that nobody delivers: {orders}",
    ),
}
