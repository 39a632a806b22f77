"""Sources of the default numbers in Swedish, by their English text in `scenario/defaults.py`."""

from typing import Final

SOURCES_IN_SWEDISH: Final[dict[str, str]] = {
    "0 to 2, chosen so that the model runs; set it locally": (
        "0 till 2, valt för att kunna räkna; bestäms lokalt"
    ),
    "0.7 minutes for each parcel": "0,7 minuter per paket",
    "400 SEK/h; upper anchor taxi 542 SEK/h (official)": (
        "400 kr/h; övre jämförelse taxi 542 kr/h (offentlig uppgift)"
    ),
    "550 SEK/h; 506.70 in rural Jönköping 2016, mean 377, range 278-475 (official)": (
        "550 kr/h; 506,70 på landsbygden i Jönköping 2016, medel 377, spann 278\u2013475 "
        "(offentlig uppgift)"
    ),
    "Norwegian post: over half": "norska posten: över hälften",
    "Trafikverket 2020 (ASEK 7); later unchecked": (
        "Trafikverket 2020 (ASEK 7); senare utgåva inte kontrollerad"
    ),
    "a van": "en skåpbil",
    "a van and its driver; upper anchor taxi 542 SEK/h (official)": (
        "en skåpbil med förare; övre jämförelse taxi 542 kr/h (offentlig uppgift)"
    ),
    "an order of groceries a week; no source": "matvaror för en vecka; ingen källa",
    (
        "chosen so that the model runs; well above the 100 to 200 SEK that municipalities pay "
        "(official)"
    ): (
        "valt för att kunna räkna; väl över de 100 till 200 kr som kommuner betalar (offentlig "
        "uppgift)"
    ),
    "Kalix 2, other municipalities 1": "Kalix 2, andra kommuner 1",
    "no figure found; agreed with the shop": "ingen uppgift funnen; avtalas med butiken",
    "no figure found; agreed with whoever drives": (
        "ingen uppgift funnen; avtalas med den som kör skåpbilen"
    ),
    "none in Kalix; elsewhere 20 to 30 SEK (official)": (
        "ingen i Kalix; på andra håll 20 till 30 kr (offentlig uppgift)"
    ),
    "time at the door; no source": "tid vid dörren; ingen källa",
    "a bus on a detour, on its route 0; unverified recollection": (
        "en buss på omväg, längs linjen 0; inte kontrollerat"
    ),
    "a bus on a detour; on its route 0": "en buss på omväg; längs linjen 0",
    "a bus that stops or drives longer": "en buss som stannar eller kör längre",
    "a care car": "en hemtjänstbil",
    "a library bus": "en bokbuss",
    "a meal van": "en matbil",
    "a minibus": "en minibuss",
    "a separate hold, taken as a minibus's": "ett eget lastutrymme, som i en minibuss",
    "a stop of a bus or library bus": "ett stopp med buss eller bokbuss",
    "a stop of a care car": "ett stopp med hemtjänstbil",
    "a stop of a van": "ett stopp med skåpbil",
    "a van's distance cost": "en skåpbils kostnad per kilometer",
    "a van's speed outside villages": "en skåpbils fart utanför byar",
    "as a bus": "som en buss",
    "as a van's speed outside villages": "som en skåpbils fart utanför byar",
    "boxes abroad 2 to 7 days": "boxar utomlands 2 till 7 dagar",
    "carriers exclude animals, dangerous, chilled and hot goods": (
        "paketföretag tar inte djur, farligt, kylt eller varmt gods"
    ),
    "chosen so that the model runs": "valt för att kunna räkna",
    "chosen so that the model runs; set it locally": "valt för att kunna räkna; bestäms lokalt",
    "diesel van; new EU vans 2022: 183.8 (official)": (
        "skåpbil med diesel; nya skåpbilar i EU 2022: 183,8 (offentlig uppgift)"
    ),
    "equal on five weekdays, chosen so that the model runs": (
        "lika på fem vardagar, valt för att kunna räkna"
    ),
    "industry parcel index 2023: 197.4 million e-commerce parcels over 10.55 million inhabitants": (
        "branschens paketindex 2023: 197,4 miljoner e-handelspaket på 10,55 miljoner invånare"
    ),
    "industry parcel index 2023: agent 43 % and box 12 %": (
        "branschens paketindex 2023: ombud 43 % och box 12 %"
    ),
    "new EU cars 2022: 108.2 (official)": "nya bilar i EU 2022: 108,2 (offentlig uppgift)",
    "no Swedish source found; small, medium, large, oversize 55/30/12/3 %, oversize left out": (
        "ingen svensk källa funnen; små, mellan, stora, för stora 55/30/12/3 %, för stora "
        "utelämnade"
    ),
    "no figure found; agreed with the operator": "ingen uppgift funnen; avtalas med den som kör",
    "no rural figure found": "ingen uppgift för landsbygden funnen",
    "no source": "ingen källa",
    "no source; one mean for all": "ingen källa; ett medelvärde för alla",
    "private car; new EU cars 2022: 108.2": "personbil; nya bilar i EU 2022: 108,2",
    (
        "rural bus feed, by straight-line distance 1-5, 5-20, 20-50 km: 1.40, 1.26, 1.18; "
        "European cities 1.34; 1.5 and more by lakes"
    ): (
        "busstidtabell på landsbygden, efter fågelväg 1\u20135, 5\u201320, 20\u201350 km: 1,40, "
        "1,26, 1,18; "
        "europeiska städer 1,34; 1,5 och mer vid sjöar"
    ),
    "rural bus feed, by straight-line distance 1-5, 5-20, 20-50 km: medians 30, 47, 59": (
        "busstidtabell på landsbygden, efter fågelväg 1\u20135, 5\u201320, 20\u201350 km: "
        "medianer 30, 47, 59"
    ),
    "taken as a van's distance cost": "som en skåpbils kostnad per kilometer",
    "tax-free mileage for a private car, 2023-25": (
        "skattefri milersättning för egen bil, 2023\u201325"
    ),
    "the hold of a bus": "lastutrymmet i en buss",
    "the next operating day, a common promise; chosen so that the model runs": (
        "nästa körda dag, ett vanligt löfte; valt för att kunna räkna"
    ),
    "trips made only to collect; decides the sign of rural CO2": (
        "resor enbart för att hämta; avgör om koldioxiden ökar eller minskar på landsbygden"
    ),
    "unverified recollection": "inte kontrollerat",
}
