"""Random generator of the demonstration data: invented names, dates and figures."""

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from stdnum import luhn

from explor.ground.ui.elision import of

DATA = Path(__file__).parent / "data"


@cache
def load_list(name: str) -> Any:
    """Return the list `name` from a data file: people, places or themes."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def fill(pattern: str, **names: str) -> str:
    """Fill a pattern with names and elide « de »: « musée de {place} » gives « musée d’Ilam ».

    A field whose name is not given is kept, to be filled later.
    """
    for field, name in names.items():
        pattern = pattern.replace(f"de {{{field}}}", of(name)).replace(f"{{{field}}}", name)
    return pattern


class DemoData(Random):
    """A random generator, with a seed, of invented people and organisations."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.names: set[str] = set()
        self.numbers = 0

    def name(self) -> str:
        """Return a first and last name not used yet."""
        people = load_list("people")
        for _ in range(10_000):
            name = f"{self.choice(people['first'])} {self.choice(people['last'])}"
            if name not in self.names:
                self.names.add(name)
                return name
        raise RuntimeError("not enough invented names for this season")

    def email(self, name: str) -> str:
        """Return an email address in a domain that cannot receive mail (RFC 2606)."""
        return f"{slugify(name).replace('-', '.')}@exemple.example"

    def siret(self) -> str:
        """Return a SIRET with a valid check digit, in the range 000 that INSEE never assigns."""
        self.numbers += 1
        siren = f"000{self.numbers:05d}"
        siren += luhn.calc_check_digit(siren)
        establishment = f"{siren}0001"
        return establishment + luhn.calc_check_digit(establishment)

    def town(self, network: str) -> tuple[str, str]:
        """Return a postcode and town in the region of a network, given by slug."""
        postcode, town = self.choice(load_list("people")["towns"][network])
        return postcode, town

    def place(self) -> tuple[str, str, list[str]]:
        """Return a country code, a place in this country, and its languages besides French."""
        code = self.choice(sorted(load_list("places")))
        first, second, *places = load_list("places")[code]
        return code, self.choice(places), [each for each in (first, second) if each]

    def day(self, start: int, end: int) -> date:
        """Return a random day between `start` and `end` days from today."""
        return timezone.localdate() + timedelta(days=self.randint(start, end))
