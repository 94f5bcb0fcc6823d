"""The main tasks of each role by Tab, Enter, Space and arrows alone, on wide and narrow screens."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from trust.world import Side, overseers, side

from explor.actors.experts.models import Expert
from explor.actors.lending.models import ClosedPeriod
from explor.ground.accounts.actions import open_link
from explor.ground.accounts.models import Invitation
from explor.ground.http.actor import SYSTEM
from explor.journey.committees.models import Opinion
from explor.journey.decisions.actions import open_decision
from explor.journey.leave_readings.models import LawAmendment
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Answer
from factories import NeedFactory, ProposalFactory
from support.sight import NARROW, WIDE

from .focus import FocusChecker, open_with_focus_checks
from .visitor import BrowserVisitor

Journey = Callable[[FocusChecker, Side], object]
WIDTHS = {"Amont": WIDE, "Aval": NARROW}


def as_association(keys: FocusChecker, own: Side) -> None:
    """Start to describe a need for a call."""
    need = Need.objects.get(pk=own.rows["besoins"])
    keys.follow("Décrire un besoin").over_the_menu()
    keys.choose("call", str(need.call_id)).fill(title=f"Puits {own.secret}").send("Commencer")
    assert Need.objects.get(title=f"Puits {own.secret}").state == "draft"


def as_expert(keys: FocusChecker, own: Side) -> None:
    """Say yes to a mission."""
    proposal = ProposalFactory(expert=Expert.objects.get(pk=own.rows["experts"]))
    keys.page.goto("/expert/propositions/")
    keys.follow(proposal.need.title).follow("Répondre").over_the_menu()
    keys.tick("[name=said]").send()
    assert Answer.objects.get(proposal=proposal).yes


def as_employer(keys: FocusChecker, own: Side) -> None:
    """Read a request for a colleague, then close days in one's rules (granting: test_employers)."""
    home = f"/employeur/{own.keys['employeur']}/"
    keys.page.goto(f"{home}mises-a-disposition/{own.rows['mises-a-disposition']}/")
    keys.cross()
    keys.page.goto(f"{home}regles/periodes/ajouter/")
    # The same day and month, since the language of the browser says which one is typed first.
    keys.over_the_menu().fill(start="03032027", end="05052027", words=f"Inventaire {own.secret}")
    keys.send()
    closed = ClosedPeriod.objects.get(words=f"Inventaire {own.secret}")
    assert (closed.start, closed.end) == (date(2027, 3, 3), date(2027, 5, 5))


def as_partner(keys: FocusChecker, own: Side) -> None:
    """Confirm the need, from a personal link."""
    need = Need.objects.get(pk=own.rows["besoins"])
    secret = open_link(need, name="Hanta", email="hanta@exemple.test", by=SYSTEM)
    keys.page.goto(f"/partenaire/{secret}/besoin/")
    keys.cross()
    keys.page.reload()
    keys.over_the_menu().send()
    need.refresh_from_db()
    assert need.partner_confirmed_at


def as_officer(keys: FocusChecker, own: Side) -> None:
    """Declare a need admissible."""
    keys.page.goto(f"/reseau/{own.keys['reseau']}/recevabilite/{own.rows['recevabilite']}/")
    keys.over_the_menu().tick("[name=rest]").send()
    assert Need.objects.get(pk=own.rows["besoins"]).state == "admissible"


def as_director(keys: FocusChecker, own: Side) -> None:
    """Invite a colleague."""
    keys.page.goto(f"/reseau/{own.keys['reseau']}/le-reseau/")
    keys.follow("Inviter une personne").over_the_menu()
    email = f"{own.secret}@exemple.test".lower()
    keys.fill(email=email, name="Awa").choose("position", "direction").send()
    assert Invitation.objects.get(email=email).position == "direction"


def as_committee(keys: FocusChecker, own: Side) -> None:
    """Declare one's links, then give one's opinion on a need."""
    filed = Need.objects.get(pk=own.rows["besoins"])
    need = NeedFactory(
        network=filed.network, association=filed.association, call=filed.call,
        project=filed.project, partner=filed.partner, state="admissible", title="Un puits",
    )  # fmt: skip
    open_decision(need)
    home = f"/comite/{own.keys['comite']}/"
    keys.page.goto(f"{home}liens/")
    keys.over_the_menu().tick("[name=nothing_else]").send()
    keys.page.goto(f"{home}dossiers/{need.pk}/")
    keys.over_the_menu()
    keys.choose("verdict", "favourable").fill(score="14").choose("then", "final").send()
    assert Opinion.objects.get(need=need).final_at


def as_funder(keys: FocusChecker, own: Side) -> None:
    """Read the figures that are public."""
    keys.page.goto("/chiffres/")
    keys.cross()


def as_coordination(keys: FocusChecker, own: Side) -> None:
    """Decline a change of a text of law."""
    change = LawAmendment.objects.get(pk=own.rows["changements"])
    keys.page.goto(f"/coordination/cadres/changements/{change.pk}/")
    keys.follow("Refuser").over_the_menu().fill(reason="La source manque.").send()
    change.refresh_from_db()
    assert change.state == "declined"


def as_administration(keys: FocusChecker, own: Side) -> None:
    """Close an account."""
    pk = own.rows["comptes"]
    keys.page.goto(f"/administration/comptes/{pk}/")
    keys.follow("Fermer").over_the_menu().fill(reason="Départ.").send()
    assert not own.people["reseau"].__class__.objects.get(pk=pk).is_active


def as_public(keys: FocusChecker, own: Side) -> None:
    """Search the directory, then verify a document."""
    keys.page.goto("/projets/")
    keys.over_the_menu().to("main [name=q]").type("puits")
    keys.enter()
    assert "q=puits" in keys.page.url
    keys.follow("Vérifier un document", within="footer").over_the_menu()
    keys.fill(code="ABCD").to("main button[type=submit]").enter()
    assert keys.page.locator("main h1").is_visible()


ROLES: dict[str, tuple[Journey, str]] = {
    "association": (as_association, "/association/{association}/"),
    "expert": (as_expert, "/expert/"),
    "employeur": (as_employer, "/employeur/{employeur}/"),
    "partenaire": (as_partner, ""),
    "reseau": (as_officer, "/reseau/{reseau}/"),
    "direction": (as_director, "/reseau/{reseau}/"),
    "comite": (as_committee, "/comite/{comite}/"),
    "financeur": (as_funder, "/financeur/{financeur}/"),
    "coordination": (as_coordination, "/coordination/"),
    "administration": (as_administration, "/administration/"),
    "public": (as_public, "/"),
}


@pytest.fixture
def sides(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Side]:
    """Return two networks: one for each width."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    made = {name: side(name) for name in WIDTHS}
    for role, (person, key) in overseers().items():
        for each in made.values():
            each.people[role], each.keys[role] = person, key
    for each in made.values():
        each.people["direction"] = each.people["reseau"]
    return made


@pytest.fixture
def open_at(
    sides: dict[str, Side], browser: Browser, live_server: Any
) -> Iterator[Callable[[str, str], FocusChecker]]:
    """Return a function that opens the home of a role at one of the widths."""
    opened = []

    def open_at(role: str, name: str) -> FocusChecker:
        own, home = sides[name], ROLES[role][1]
        email = own.people[role].email if role in own.people else ""
        visitor = BrowserVisitor(
            browser, live_server.url, email, viewport=WIDTHS[name], reduced_motion="reduce"
        )
        visitor.page.set_default_timeout(120_000)
        opened.append(visitor)
        return open_with_focus_checks(visitor, home.format(**own.keys) or "/")

    yield open_at
    for each in opened:
        each.close()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_its_main_tasks_with_the_keyboard_alone(
    role: str, sides: dict[str, Side], open_at: Callable[[str, str], FocusChecker]
) -> None:
    faults = []
    for name, own in sides.items():
        keys = open_at(role, name)
        keys.cross()
        if role in own.people:
            keys.page.reload()
            keys.close_with_escape(".who summary", ".who details ul")
        if WIDTHS[name] == NARROW:
            keys.page.reload()
            keys.close_with_escape("[popovertarget=menu]", "#menu")
        keys.page.reload()
        ROLES[role][0](keys, own)
        faults += keys.faults
    assert faults == []
