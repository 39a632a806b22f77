"""Texts of the comparison of several plans, Swedish and English."""

from typing import Final

COMPARE: Final[dict[str, tuple[str, str]]] = {
    "compare.kind": ("Jämförelse av planer", "Comparison of plans"),
    "compare.title": ("{title}: {count} planer jämförda", "{title}: {count} plans compared"),
    "compare.baseline": ("Utgångsplanen", "Baseline"),
    "compare.plan": ("Plan {number}", "Plan {number}"),
    "compare.brief": ("I korthet", "In brief"),
    "compare.plans": ("Planerna", "The plans"),
    "compare.differences": ("Skillnader i underlaget", "Differences of input"),
    "compare.figures": ("Täckning, boxar och körning", "Coverage, boxes and driving"),
    "compare.costs": ("Kostnad", "Cost"),
    "compare.places": ("Byar och boxar", "Villages and boxes"),
    "compare.runs": ("Turer", "Runs"),
    "compare.plans_caption": ("Vad som jämförs", "What is compared"),
    "compare.head_plan": ("Plan", "Plan"),
    "compare.head_input": ("Underlag", "Input"),
    "compare.head_goal": ("Mål", "Goal"),
    "compare.head_proof": ("Vad som är bevisat", "What is proven"),
    "compare.costs_more": (
        "{plan} kostar {sek} mer om året än utgångsplanen och täcker {share} mot {before}.",
        "{plan} costs {sek} more a year than the baseline and covers {share} against {before}.",
    ),
    "compare.costs_less": (
        "{plan} kostar {sek} mindre om året än utgångsplanen och täcker {share} mot {before}.",
        "{plan} costs {sek} less a year than the baseline and covers {share} against {before}.",
    ),
    "compare.costs_same": (
        "{plan} kostar lika mycket som utgångsplanen och täcker {share} mot {before}.",
        "{plan} costs the same as the baseline and covers {share} against {before}.",
    ),
    "compare.not_sure": (
        (
            "Vilken som är billigast är inte säkert: den dyrare är inte färdigräknad och kan komma "
            "ned till den andras kostnad."
        ),
        (
            "Which one is cheaper is not sure: the dearer one is not worked out to the end and "
            "may come down to the other one's cost."
        ),
    ),
    "compare.same_input": (
        "{plan} är räknad på samma underlag och med samma mål som utgångsplanen.",
        "{plan} was calculated on the same input and with the same goal as the baseline.",
    ),
    "compare.other_goal": (
        "{plan} är räknad på samma underlag som utgångsplanen men med ett annat mål.",
        "{plan} was calculated on the same input as the baseline but with another goal.",
    ),
    "compare.other_input": (
        (
            "{plan} är räknad på ett annat underlag än utgångsplanen, så skillnaderna beror inte "
            "bara på planerna. Det som skiljer: {what}."
        ),
        (
            "{plan} was calculated on other input than the baseline, so the differences are not "
            "those of the plans alone. What differs: {what}."
        ),
    ),
    "compare.what_week": ("vecka eller dagar", "week or days"),
    "compare.what_goal": ("mål", "goal"),
    "compare.what_rules": ("regler", "rules"),
    "compare.what_prices": ("priser", "prices"),
    "compare.what_demand": ("efterfrågan", "demand"),
    "compare.what_terms": ("villkor för turer, boxar eller bilar", "terms of runs, boxes or vans"),
    "compare.what_villages": ("byar", "villages"),
    "compare.what_points": ("utlämningsställen", "pickup points"),
    "compare.what_runs": ("turer", "runs"),
    "compare.what_roads": ("avstånd", "distances"),
    "compare.what_places": ("terminaler, butiker eller hållplatser", "depots, shops or stops"),
    "compare.what_homes": ("hemsändningar", "home orders"),
    "compare.fields_caption": ("{plan}: tal och regler som skiljer", "{plan}: numbers and rules"),
    "compare.tables_caption": ("{plan}: tabeller som skiljer", "{plan}: tables that differ"),
    "compare.head_field": ("Fält i underlaget", "Field of the input"),
    "compare.head_meaning": ("Betyder", "Meaning"),
    "compare.head_table": ("Tabell", "Table"),
    "compare.head_added": ("Nya rader", "New rows"),
    "compare.head_removed": ("Borttagna rader", "Rows removed"),
    "compare.head_changed": ("Ändrade rader", "Rows changed"),
    "compare.head_columns": ("Kolumner som skiljer", "Columns that differ"),
    "compare.homes_differ": (
        "Hemsändningarna skiljer sig också; vilka visas inte.",
        "Home orders differ too; which is not shown.",
    ),
    "compare.table_villages": ("Byar", "Villages"),
    "compare.table_pickup_points": ("Utlämningsställen", "Pickup points"),
    "compare.table_depots": ("Terminaler och butiker", "Depots and shops"),
    "compare.table_stops": ("Hållplatser", "Stops"),
    "compare.table_runs": ("Turer", "Runs"),
    "compare.table_given_demand": ("Givna paket", "Given parcels"),
    "compare.table_distances": ("Avstånd", "Distances"),
    "compare.table_box_types": ("Boxtyper", "Box types"),
    "compare.table_vans": ("Skåpbilar", "Vans"),
    "compare.figures_caption": ("Mått för varje plan", "Figures of each plan"),
    "compare.total_caption": ("Målets kostnad", "The goal's cost"),
    "compare.head_figure": ("Mått", "Figure"),
    "compare.head_change": ("{plan}: skillnad", "{plan}: difference"),
    "compare.head_change_share": ("{plan}: skillnad, andel", "{plan}: difference, share"),
    "compare.points": ("{count} procentenheter", "{count} percentage points"),
    "compare.figure_coverage_share": (
        "Andel invånare inom räckhåll",
        "Share of residents within reach",
    ),
    "compare.figure_covered_inhabitants": ("Invånare inom räckhåll", "Residents within reach"),
    "compare.figure_mean_distance_km": ("Medelavstånd, km", "Mean distance, km"),
    "compare.figure_worst_distance_km": ("Längst avstånd, km", "Longest distance, km"),
    "compare.figure_boxes": ("Boxar", "Boxes"),
    "compare.figure_sites_opened": ("Platser med box", "Sites with a box"),
    "compare.figure_compartments": ("Fack", "Compartments"),
    "compare.figure_runs_with_parcels": ("Turer som kör paket", "Runs that carry parcels"),
    "compare.figure_parcels_by_plan_per_week": (
        "Paket i veckan som planen kör ut",
        "Parcels a week that the plan brings",
    ),
    "compare.figure_lead_days_mean": (
        "Medeltid till utlämning, dagar",
        "Mean time to the pickup point, days",
    ),
    "compare.figure_resident_car_km_per_week": (
        "Invånarnas bilkörning, km i veckan",
        "Residents' driving, km a week",
    ),
    "compare.figure_detour_km_per_week": (
        "Turernas omvägar, km i veckan",
        "Detours of runs, km a week",
    ),
    "compare.figure_van_km_per_week": (
        "Skåpbilarnas körning, km i veckan",
        "Driving of vans, km a week",
    ),
    "compare.figure_co2_kg_per_week": (
        "Koldioxid, kg i veckan",
        "Carbon dioxide, kg a week",
    ),
    "compare.figure_cost_per_week": ("Kronor i veckan", "SEK a week"),
    "compare.figure_cost_above_today_per_year": (
        "Kronor om året utöver i dag",
        "SEK a year above today",
    ),
    "compare.villages_caption": (
        "{plan}: byar som hämtar på annat sätt än i utgångsplanen",
        "{plan}: villages that collect otherwise than in the baseline",
    ),
    "compare.no_villages": (
        "{plan}: alla byar hämtar som i utgångsplanen.",
        "{plan}: all villages collect as in the baseline.",
    ),
    "compare.head_village": ("By", "Village"),
    "compare.head_fate": ("Skillnad", "Difference"),
    "compare.head_point_before": ("Hämtar, utgångsplanen", "Collects, baseline"),
    "compare.head_point_after": ("Hämtar, {plan}", "Collects, {plan}"),
    "compare.head_km_before": ("km, utgångsplanen", "km, baseline"),
    "compare.head_km_after": ("km, {plan}", "km, {plan}"),
    "compare.head_covered_before": ("Täckt, utgångsplanen", "Covered, baseline"),
    "compare.head_covered_after": ("Täckt, {plan}", "Covered, {plan}"),
    "compare.fate_gained": ("täcks här, inte i utgångsplanen", "covered here, not in the baseline"),
    "compare.fate_lost": ("täcks i utgångsplanen, inte här", "covered in the baseline, not here"),
    "compare.fate_moved": ("annat ställe eller avstånd", "other point or distance"),
    "compare.hidden_villages": (
        (
            "Byar med färre än 5 invånare visas inte, och då visas inte heller antalet invånare "
            "som täcks."
        ),
        "Villages with fewer than 5 residents are not shown, nor then the residents covered.",
    ),
    "compare.sites_caption": (
        "{plan}: platser med annat antal boxar",
        "{plan}: sites with another number of boxes",
    ),
    "compare.no_sites": (
        "{plan}: samma boxar på samma platser som i utgångsplanen.",
        "{plan}: the same boxes at the same sites as in the baseline.",
    ),
    "compare.head_site": ("Plats", "Site"),
    "compare.head_boxes_before": ("Boxar, utgångsplanen", "Boxes, baseline"),
    "compare.head_boxes_after": ("Boxar, {plan}", "Boxes, {plan}"),
    "compare.runs_only_baseline": (
        "{plan}: turer som bara utgångsplanen använder: {list}.",
        "{plan}: runs that only the baseline uses: {list}.",
    ),
    "compare.runs_only_plan": (
        "{plan}: turer som bara den använder: {list}.",
        "{plan}: runs that only it uses: {list}.",
    ),
    "compare.runs_same": (
        "{plan}: samma turer som i utgångsplanen.",
        "{plan}: the same runs as in the baseline.",
    ),
    "compare.rounded": (
        "Skillnader är räknade på de avrundade talen.",
        "Differences are of the rounded numbers.",
    ),
    "compare.no_homes": (
        (
            "Antal hemsändningar jämförs inte: skillnader mellan små tal skulle kunna peka ut "
            "enskilda hem. De finns, så långt de får visas, i varje plans egen rapport."
        ),
        (
            "Numbers of home orders are not compared: differences of small numbers could point "
            "to single homes. As far as they may be shown, they are in each plan's own report."
        ),
    ),
    "compare.map_title": (
        "{plan} mot utgångsplanen: byar och boxar",
        "{plan} against the baseline: villages and boxes",
    ),
    "compare.map_text": (
        "Byar som täcks här men inte i utgångsplanen: {gained}; tvärtom: {lost}.",
        "Villages covered here and not in the baseline: {gained}; the other way round: {lost}.",
    ),
    "compare.map_key": (
        (
            "Romb: by som täcks här, inte i utgångsplanen. Kryss: tvärtom. Ring: by som hämtar på "
            "annat sätt. Prick: övriga byar. Fylld ruta: fler boxar. Tom ruta: färre eller inga."
        ),
        (
            "Diamond: village covered here, not in the baseline. Cross: the other way round. "
            "Circle: village that collects otherwise. Dot: other villages. Filled square: more "
            "boxes. Empty square: fewer or none."
        ),
    ),
    "compare.csv_figure": ("mått", "figure"),
    "compare.csv_unit": ("enhet", "unit"),
    "compare.csv_plan": ("plan", "plan"),
    "compare.csv_village_id": ("by_id", "village_id"),
    "compare.csv_village": ("by", "village"),
    "compare.csv_fate": ("skillnad", "difference"),
    "compare.csv_point_before": ("utlämningsställe_utgångsplanen", "pickup_point_baseline"),
    "compare.csv_point_after": ("utlämningsställe_planen", "pickup_point_plan"),
    "compare.csv_km_before": ("avstånd_km_utgångsplanen", "distance_km_baseline"),
    "compare.csv_km_after": ("avstånd_km_planen", "distance_km_plan"),
    "compare.csv_covered_before": ("täckt_utgångsplanen", "covered_baseline"),
    "compare.csv_covered_after": ("täckt_planen", "covered_plan"),
    "compare.unit_share": ("andel", "share"),
    "compare.unit_count": ("antal", "count"),
    "compare.unit_km": ("km", "km"),
    "compare.unit_kg": ("kg", "kg"),
    "compare.unit_days": ("dagar", "days"),
    "compare.unit_sek_per_week": ("kr i veckan", "SEK a week"),
    "compare.unit_sek_per_year": ("kr om året", "SEK a year"),
}
