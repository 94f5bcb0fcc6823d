"""Pages of a call: those on which its network edits the call, and the public page."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.journey.calls import actions
from explor.journey.calls.models import Call
from explor.journey.eligibility import actions as eligibility
from explor.journey.eligibility.rules import RULES
from factories import CallFactory, FunderFactory, NetworkFactory, officer_actor

pytestmark = pytest.mark.django_db
MANY = 25


@pytest.fixture
def call() -> Call:
    return CallFactory(state="draft", presentation="Pour tous.", title="Printemps")


@pytest.fixture
def officer(call: Call, session_of: Callable[..., Client]) -> Client:
    return session_of(officer_actor(call.network))


def url(call: Call, rest: str = "") -> str:
    return f"/reseau/{call.network.slug}/appels/{call.pk}/{rest}"


def send(client: Client, call: Call, rest: str, **typed: Any) -> Any:
    call.refresh_from_db()
    return client.post(url(call, rest), {"version": call.version, **typed})


def test_the_envelope_of_a_funder_changes_only_on_its_own_page_from_the_amount_read(
    officer: Client, call: Call
) -> None:
    funder, by = FunderFactory(name="Fonjep"), officer_actor(call.network)
    envelope = actions.fund(call, by=by, funder=funder, amount=Decimal(30_000))
    sent = {"idempotency_key": str(uuid4()), "funder": funder.pk, "amount": "5000"}
    page = officer.post(url(call, "enveloppe/"), sent)
    assert "Ce financeur a déjà une enveloppe sur cet appel." in page.content.decode()
    envelope.refresh_from_db()
    assert envelope.amount == 30_000

    change = f"/reseau/{call.network.slug}/appels/enveloppes/{envelope.pk}/"
    assert change in officer.get(url(call)).content.decode()
    pages = [officer.get(change) for _ in range(2)]
    for page, amount, status in zip(pages, ("35000", "20000"), (302, 409), strict=True):
        form = page.context["form"]
        sent = {"idempotency_key": str(uuid4()), "former": form["former"].value()}
        answer = officer.post(change, sent | {"amount": amount})
        assert answer.status_code == status
    assert "Quelqu’un a changé cette enveloppe" in answer.content.decode()
    envelope.refresh_from_db()
    assert envelope.amount == 35_000
    assert answer.context["form"]["former"].value() == 35_000  # sent again, it is accepted
    entry = Entry.objects.filter(verb="change_envelope").get()
    assert entry.details == {"funder": funder.slug, "amount": "35000.00", "former": "30000.00"}


def test_the_page_to_change_an_envelope_answers_404_to_another_network(
    call: Call, session_of: Callable[..., Client]
) -> None:
    by = officer_actor(call.network)
    envelope = actions.fund(call, by=by, funder=FunderFactory(), amount=Decimal(30_000))
    other = officer_actor(NetworkFactory())
    address = f"/reseau/{other.key}/appels/enveloppes/{envelope.pk}/"
    assert session_of(other).get(address).status_code == 404


def test_each_page_that_edits_a_call_saves_its_form(officer: Client, call: Call) -> None:
    sent = {
        "grille/": {"criteria": "3 ; Utilité ; Le terrain ?\n- Aucune\n– Réelle\n2 ; Clarté"},
        "documents/": {"papers": "nécessaire ; Statuts ; Signés\nFacultatif ; Rapport"},
        "calendrier/": {"milestones": "12/01/2027 ; Réunion ; en ligne"},
        "questions/": {"questions": "Est-ce utile ?\n\nEst-ce utile ?\nEst-ce sûr ?"},
        "regles/age/": {"on": "on", "value": "2"},
        "regles/pays/": {"on": "on", "value": ["MG", "SN"]},
        "regles/engagement/": {"on": "on"},
    }
    for rest, typed in sent.items():
        assert officer.get(url(call, rest)).status_code == 200
        assert send(officer, call, rest, **typed).status_code == 302, rest
    call.refresh_from_db()
    assert [(c.label, c.weight, c.help, c.levels) for c in call.criteria.all()] == [
        ("Utilité", 3, "Le terrain ?", ["Aucune", "Réelle"]),
        ("Clarté", 2, "", []),
    ]
    assert [(p.label, p.help, p.needed) for p in call.papers.all()] == [
        ("Statuts", "Signés", True),
        ("Rapport", "", False),
    ]
    assert [(m.on, m.label) for m in call.milestones.all()] == [
        (date(2027, 1, 12), "Réunion ; en ligne")
    ]
    assert call.questions == ["Est-ce utile ?", "Est-ce sûr ?"]
    assert call.eligibility == {"age": 2, "pays": ["MG", "SN"], "engagement": True}
    page = officer.get(url(call)).content.decode()
    assert "L’association existe depuis 2 ans au moins." in page
    assert "Régler les règles" in page
    again = officer.get(url(call, "grille/")).content.decode()
    assert "- Réelle" in again
    send(officer, call, "regles/age/", value="2")
    call.refresh_from_db()
    assert "age" not in call.eligibility


@pytest.mark.parametrize(
    ("rest", "typed", "said"),
    [
        ("grille/", {"criteria": "- Orphelin"}, "un niveau suit son critère"),
        ("grille/", {"criteria": "Utilité"}, "écrivez un poids"),
        ("grille/", {"criteria": "1 ; A\n2 ; A"}, "figure deux fois"),
        ("documents/", {"papers": "Statuts"}, "commencez par"),
        ("calendrier/", {"milestones": "31/02/2027 ; Bilan"}, "écrivez jj/mm/aaaa"),
        ("regles/age/", {"on": "on"}, "Donnez une valeur"),
        ("regles/regions/", {"on": "on"}, "Donnez une valeur"),
    ],
)
def test_an_invalid_form_of_a_call_is_refused_with_the_reason(
    officer: Client, call: Call, rest: str, typed: dict[str, str], said: str
) -> None:
    response = send(officer, call, rest, **typed)
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize("code", list(RULES))
def test_the_settings_page_of_each_eligibility_rule_opens(
    officer: Client, call: Call, code: str
) -> None:
    assert officer.get(url(call, f"regles/{code}/")).status_code == 200


def test_the_page_of_an_unknown_eligibility_rule_is_not_found(officer: Client, call: Call) -> None:
    assert officer.get(url(call, "regles/humeur/")).status_code == 404


def test_a_stale_form_of_a_call_is_refused_and_shown_again_with_the_typed_values(
    officer: Client, call: Call
) -> None:
    actions.set_calendar(call, by=officer_actor(call.network), milestones=[])
    response = officer.post(url(call, "documents/"), {"version": 0, "papers": "nécessaire ; A"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ce dossier a changé" in page
    assert "nécessaire ; A" in page
    assert f'value="{call.version}"' in page


def test_a_call_is_copied_shared_and_declined_on_its_pages(
    officer: Client, call: Call, session_of: Callable[..., Client]
) -> None:
    made = officer.post(url(call, "copier/"), {"title": "Printemps suivant"})
    copied = Call.objects.get(title="Printemps suivant")
    assert made["Location"] == url(copied)
    other = NetworkFactory()
    assert send(officer, call, "partager/", network=other.pk).status_code == 302
    shared = Call.objects.get(network=other)
    theirs = session_of(officer_actor(other))
    page = theirs.get(url(shared)).content.decode()
    assert "Cet appel est commun" in page
    assert "Décliner" in page
    assert theirs.get(url(call)).status_code == 404
    assert officer.get(url(call, "decliner/")).status_code == 403
    assert send(theirs, shared, "decliner/").status_code == 302
    assert not Call.objects.filter(network=other).exists()


def test_the_public_page_of_a_call_shows_its_dates_rules_documents_grid_and_funders(
    officer: Client, call: Call
) -> None:
    by = officer_actor(call.network)
    actions.set_papers(call, by=by, papers=[{"label": "Statuts", "help": "Signés", "needed": True}])
    actions.set_grid(
        call, by=by, criteria=[{"label": "Utilité", "weight": 3, "levels": ["Nulle", "Forte"]}]
    )
    eligibility.set_rule(call, by=by, code="age", on=True, value=2)
    actions.fund(call, by=by, funder=FunderFactory(name="La Région"), amount=30_000)  # type: ignore[arg-type]
    shared = actions.share(call, by=by, network=NetworkFactory(name="Réseau voisin"))
    assert Client().get(f"/dispositif/appels/{call.slug}/").status_code == 404
    actions.open_call(call, by=by)
    actions.open_call(shared, by=officer_actor(shared.network))
    page = Client().get(f"/dispositif/appels/{call.slug}/").content.decode()
    closing = timezone.localtime(call.closes_at)
    for words in (
        f"{closing:%H:%M}, heure de Paris",
        "Les chiffres, les dates et la grille de cette page sont donnés en exemple.",
        "L’association existe depuis 2 ans au moins.",
        "Statuts (nécessaire) : Signés",
        "<li>Nulle</li><li>Forte</li>",
        "La Région",
        "(exemple)",
        "Réseau voisin",
        "Déposer un besoin",
    ):
        assert words in page, words
    actions.set_call(call, by=by, changes={"example": False})
    page = Client().get(f"/dispositif/appels/{call.slug}/").content.decode()
    assert "exemple" not in page
    listed = Client().get("/dispositif/appels/").content.decode()
    assert listed.count("Printemps</a>") == 1
    assert "Réseau voisin" in listed
    actions.close_call(call, by=by)
    assert (
        "Déposer un besoin" not in Client().get(f"/dispositif/appels/{call.slug}/").content.decode()
    )
    assert listed.replace(call.slug, "") != Client().get("/dispositif/appels/").content.decode()


def test_a_call_not_open_yet_is_marked_as_opening_soon_and_has_no_link_to_submit_a_need() -> None:
    call = CallFactory(opens_at=timezone.now() + timedelta(days=2))
    page = Client().get(f"/dispositif/appels/{call.slug}/").content.decode()
    assert "bientôt ouvert" in page
    assert "Déposer un besoin" not in page


def test_pages_of_calls_stay_within_their_query_limits_at_any_size(
    officer: Client, call: Call, django_assert_max_num_queries: Any
) -> None:
    by = officer_actor(call.network)
    actions.set_grid(call, by=by, criteria=[{"label": f"C{n}", "weight": 1} for n in range(MANY)])
    actions.set_papers(
        call, by=by, papers=[{"label": f"P{n}", "needed": True} for n in range(MANY)]
    )
    for _ in range(5):
        actions.fund(call, by=by, funder=FunderFactory(), amount=1)  # type: ignore[arg-type]
        actions.share(call, by=by, network=NetworkFactory())
    actions.open_call(call, by=by)
    for _ in range(MANY):
        CallFactory()
    with django_assert_max_num_queries(6):
        Client().get("/dispositif/appels/")
    with django_assert_max_num_queries(8):
        Client().get(f"/dispositif/appels/{call.slug}/")
    with django_assert_max_num_queries(20):
        officer.get(url(call))
    with django_assert_max_num_queries(8):
        officer.get(url(call, "regles/"))
