"""The verification workflow of organisations, for every state, verb and role."""

import pytest
from django.core.exceptions import PermissionDenied

from explor.actors.organisations import actions, rules
from explor.actors.organisations.models import Member, Organisation
from explor.actors.organisations.states import MEMBERSHIP
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from factories import (
    AssociationFactory,
    EmployerFactory,
    MemberFactory,
    NetworkFactory,
    association_actor,
    employer_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"
MAKE = {"association": AssociationFactory, "employeur": EmployerFactory}


def take(verb: str, organisation: Organisation, role: str) -> None:
    as_role = {"reseau": lambda: officer_actor(organisation.network), "systeme": lambda: SYSTEM}
    own = association_actor if role == "association" else employer_actor
    by = as_role.get(role, lambda: own(organisation))()
    given = {"reason": "Hors territoire."} if verb in ("refuse", "suspend") else {}
    getattr(actions, verb)(organisation, by=by, **given)


@pytest.mark.parametrize(("state", "verb", "role"), MEMBERSHIP.triples())
def test_each_verb_on_an_organisation_is_allowed_only_in_its_states_and_roles(state, verb, role):
    organisation = MAKE.get(role, AssociationFactory)(state=state, siret=SIRET)
    MemberFactory(organisation=organisation)
    if MEMBERSHIP.allows(state, verb, role):
        take(verb, organisation, role)
        assert Organisation.objects.get().state == MEMBERSHIP.transition(state, verb).target
        assert (Entry.objects.count(), Message.objects.exists()) == (1, True)
    else:
        with pytest.raises((ActionNotAllowed, PermissionDenied)):
            take(verb, organisation, role)
        assert Organisation.objects.get().state == state
        assert (Entry.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("blank", "why"),
    [
        ({"siret": ""}, "Il manque un identifiant : SIRET, SIREN ou numéro RNA."),
        (
            {"cer_signed_on": None},
            "Il manque la date de signature du contrat d’engagement républicain.",
        ),
        ({"general_interest": False}, "L’intérêt général n’est pas déclaré."),
        ({"general_interest": None}, "L’intérêt général n’est pas déclaré."),
    ],
)
def test_verifying_an_organisation_with_missing_fields_is_refused(blank, why):
    organisation = AssociationFactory(**{"state": "registered", "siret": SIRET, **blank})
    assert rules.missing_to_verify(organisation) == [why]
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.verify(organisation, by=officer_actor(organisation.network))
    assert refusal.value.reasons == (why,)


def test_an_employer_can_be_verified_without_a_republican_contract():
    organisation = EmployerFactory(siret=SIRET, cer_signed_on=None, general_interest=None)
    assert rules.missing_to_verify(organisation) == []


@pytest.fixture
def waiting():
    return AssociationFactory(
        state="registered", siret=SIRET, slug="rives", network=NetworkFactory(slug="alizes")
    )


def test_an_officer_verifies_an_organisation_from_its_page(waiting):
    officer = wearing(officer_actor(waiting.network))
    MemberFactory(organisation=waiting)
    home = officer.get("/reseau/alizes/").content.decode()
    assert f"Vérifier {waiting.name}" in home
    url = f"/reseau/alizes/organisations/{waiting.pk}/"
    assert f"{url}verifier/" in officer.get(url).content.decode()
    assert officer.get(f"{url}verifier/").status_code == 200
    assert officer.post(f"{url}verifier/", {"version": 0}).url == url
    # Submitting an older page from another tab changes nothing.
    assert officer.post(f"{url}verifier/", {"version": 0}).status_code == 409
    assert Organisation.objects.get().state == "verified"
    assert [m.subject for m in Message.objects.all()] == [f"{waiting.name} est vérifiée"]
    assert [e.verb for e in officer.get(url).context["entries"]] == ["verify"]


def test_a_refused_organisation_sees_the_reason_and_can_register_again(waiting):
    officer = wearing(officer_actor(waiting.network))
    member = wearing(association_actor(waiting))
    url = f"/reseau/alizes/organisations/{waiting.pk}/refuser/"
    assert officer.post(url, {"version": 0}).status_code == 422
    officer.post(url, {"version": 0, "reason": "Statuts absents."})
    assert "Statuts absents." in member.get("/association/rives/").content.decode()
    assert "Motif : Statuts absents." in Message.objects.get().body
    own = "/association/rives/notre-organisation/"
    assert "Statuts absents." in member.get(own).content.decode()
    edit = f"{own}modifier/"
    page = member.get(edit)
    assert (page.status_code, SIRET in page.content.decode()) == (200, True)
    given = {"name": "Rives", "postcode": "69007", "city": "Lyon", "siret": SIRET, "version": 1}
    assert member.post(edit, given | {"website": "rives.test"}).url == own
    assert Organisation.objects.get().website == "https://rives.test"
    page = member.get(f"{own}verification/")
    assert page.context["notes"] == ["Motif du refus : Statuts absents."]
    assert [each.count for each in page.context["effects"].notified] == [1]
    assert member.post(f"{own}verification/", {"version": 2}).url == own
    assert Organisation.objects.get().state == "registered"
    assert member.post(f"{own}verification/", {"version": 3}).status_code == 409


def test_a_suspended_organisation_can_be_verified_again(waiting):
    officer = officer_actor(waiting.network)
    actions.verify(waiting, by=officer)
    actions.suspend(waiting, by=officer, reason="Sans nouvelles.")
    assert Organisation.objects.get().state == "suspended"
    actions.verify(waiting, by=officer)
    assert Organisation.objects.get().state == "verified"
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["verify", "suspend", "verify"]


def test_an_organisation_is_hidden_from_other_networks(waiting):
    foreign = NetworkFactory(slug="ailleurs")
    client = wearing(officer_actor(foreign))
    base = f"/reseau/ailleurs/organisations/{waiting.pk}/"
    for url in (base, f"{base}verifier/"):
        assert client.get(url).status_code == 404
        assert client.post(url, {"version": 0}).status_code == 404
    assert client.get(f"/reseau/ailleurs/organisations/{waiting.pk}/peindre/").status_code == 404
    assert list(client.get("/reseau/ailleurs/organisations/").context["rows"]) == []
    assert (
        waiting.name
        not in client.get("/reseau/ailleurs/organisations/?format=csv").content.decode()
    )
    assert Organisation.objects.get().state == "registered"


def test_a_verb_not_allowed_in_the_state_of_the_organisation_answers_409(waiting):
    client = wearing(officer_actor(waiting.network))
    answer = client.get(f"/reseau/alizes/organisations/{waiting.pk}/mettre-en-veille/")
    assert answer.status_code == 409


def test_members_can_invite_and_remove_others_but_not_the_last_member(waiting):
    actor = association_actor(waiting)
    client = wearing(actor)
    own = "/association/rives/notre-organisation/"
    given = {"email": "bo@exemple.test", "position": "member", "name": "Bo"}
    assert client.get(f"{own}inviter/").status_code == 200
    assert client.post(f"{own}inviter/", given).url == own
    assert "bo@exemple.test" in client.get(own).content.decode()
    first = Member.objects.get()
    url = f"{own}membres/{first.pk}/retirer/"
    assert client.get(url).context["blockers"] == [
        "Invitez d’abord une autre personne : l’organisation resterait sans contact."
    ]
    assert client.post(url, {"version": 0}).status_code == 409
    other = MemberFactory(organisation=waiting)
    assert client.post(f"{own}membres/{other.pk}/retirer/", {"version": 0}).url == own
    assert list(Member.objects.all()) == [first]
    foreign = MemberFactory()
    assert client.get(f"{own}membres/{foreign.pk}/retirer/").status_code == 404


def test_editing_an_organisation_from_a_stale_version_is_refused_and_keeps_the_text(waiting):
    client = wearing(association_actor(waiting))
    edit = "/association/rives/notre-organisation/modifier/"
    given = {"name": "Un", "postcode": "69007", "city": "Lyon", "version": 0}
    assert client.post(edit, given).status_code == 302
    answer = client.post(edit, given | {"name": "Autre nom tapé"})
    assert (answer.status_code, "Autre nom tapé" in answer.content.decode()) == (409, True)
    assert Organisation.objects.get().name == "Un"
