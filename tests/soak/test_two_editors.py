"""Two authors of one need: the second to save loses no text and overwrites no unseen text."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need, Revision
from factories import MemberFactory, NeedFactory, wearing
from support.soak import length

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
FIELDS = ("objectives", "expected_results", "deliverables")
STEPS = 8


class Author:
    """A member of the association, with one page of the builder open in a browser."""

    def __init__(self, need: Need) -> None:
        person = MemberFactory(organisation=need.association).person
        self.client: Client = wearing(Actor(person=person.pk))
        self.url = f"/association/{need.association.slug}/besoins/{need.pk}/ecrans/attendus/"
        self.open()

    def open(self) -> None:
        self._show(self.client.get(self.url))
        self.base = {name: self.form[name] for name in FIELDS}
        self.read = {**self.base}

    def send(self) -> int:
        """Send the form; after a refusal, the page that answers is the one that is open."""
        answer = self.client.post(self.url, self.form)
        if answer.status_code == 409:
            self._show(answer)
        else:
            self.open()
        return answer.status_code

    def _show(self, answer: Any) -> None:
        page = html.fromstring(answer.content.decode())
        self.words = " ".join(page.text_content().split())
        forms = [each for each in page.forms if each.get("data-hx-post")]
        self.form: dict[str, Any] = dict(forms[-1].form_values())
        # A browser sends a text area as it shows it: without the line break that HTML ignores.
        self.form |= {name: self.form[name].strip() for name in FIELDS}


def clash(author: Author, stored: dict[str, str]) -> set[str]:
    """Return the fields that the author changed, and that changed since the author read them."""
    return {
        name
        for name in FIELDS
        if author.form[name] not in (author.base[name], stored[name])
        and stored[name] != author.read[name]
    }


def play(dice: random.Random) -> list[str]:
    """Let two authors write in any order; return what was lost, refused or kept wrongly."""
    need = NeedFactory()
    stored = {name: str(getattr(need, name)) for name in FIELDS}
    authors, faults, ever = [Author(need), Author(need)], [], set()
    for step in range(STEPS):
        author = dice.choice(authors)
        for name in dice.sample(FIELDS, dice.choice((0, 1, 1, 2))):
            author.form[name] = f"Texte {step} de {name}."
        typed, base, seen = {**author.form}, {**author.base}, clash(author, stored)
        status = author.send()
        if seen:
            kept = all(author.form[name] == typed[name] for name in seen)
            both = all(stored[name] in author.words for name in seen)
            if (status, kept, both) != (409, True, True):
                faults.append(f"{sorted(seen)}: {status}, own text {kept}, both shown {both}")
            author.read = {**stored}  # the page of the refusal shows it
            continue
        mine = {name: typed[name] for name in FIELDS if typed[name] != base[name]}
        stored |= mine
        ever |= set(mine.values())
        if status != 302:
            faults.append(f"refused without a conflict: {status}")
    need.refresh_from_db()
    faults += [f"{n}: {getattr(need, n)}" for n in FIELDS if getattr(need, n) != stored[n]]
    history = str(list(Revision.objects.filter(need=need).values_list("changes", flat=True)))
    return faults + [f"lost: {text}" for text in ever if text not in history]


def test_two_authors_who_edit_a_need_at_the_same_time_lose_no_text(
    record_property: Callable[[str, object], None],
) -> None:
    plays = length(5, 500)
    faults = [(seed, fault) for seed in range(plays) for fault in play(random.Random(seed))]
    assert faults == []
    record_property("figure", f"{plays} interleavings of two authors: 0 text lost or overwritten")
