"""The random source of the season: every invented name, date and figure comes from it."""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from stdnum import luhn

DATA = Path(__file__).parent / "data"


@cache
def load_list(name: str) -> Any:
    """Return an invented list: people, places or themes."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


class DemoData(Random):
    """A seeded source of invented facts, in which no person or organisation is real."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.names: set[str] = set()
        self.numbers = 0

    def name(self) -> str:
        """Return a first and a last name that nobody in the season has yet."""
        people = load_list("people")
        for _ in range(10_000):
            name = f"{self.choice(people['first'])} {self.choice(people['last'])}"
            if name not in self.names:
                self.names.add(name)
                return name
        raise RuntimeError("not enough invented names for this season")

    def email(self, name: str) -> str:
        """Return an address in a domain that cannot receive mail (RFC 2606)."""
        return f"{slugify(name).replace('-', '.')}@exemple.example"

    def siret(self) -> str:
        """Return a SIRET whose key is right, in the series 000 that INSEE does not give."""
        self.numbers += 1
        siren = f"000{self.numbers:05d}"
        siren += luhn.calc_check_digit(siren)
        establishment = f"{siren}0001"
        return establishment + luhn.calc_check_digit(establishment)

    def town(self, network: str) -> tuple[str, str]:
        """Return a postcode and a town of the territory of a network."""
        postcode, town = self.choice(load_list("people")["towns"][network])
        return postcode, town

    def place(self) -> tuple[str, str, list[str]]:
        """Return a country, a place in it, and the languages spoken there besides French."""
        code = self.choice(sorted(load_list("places")))
        first, second, *places = load_list("places")[code]
        return code, self.choice(places), [each for each in (first, second) if each]

    def day(self, start: int, end: int) -> date:
        """Return a day between `start` and `end` days from today."""
        return timezone.localdate() + timedelta(days=self.randint(start, end))
