"""Transfer of an organisation to another network, with the consent of three parties."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.pages import tasks_of_network
from explor.actors.transfers import actions, pages
from explor.actors.transfers.models import Transfer
from explor.actors.transfers.states import TRANSFER
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from factories import (
    AssociationFactory,
    EmployerFactory,
    MemberFactory,
    NeedFactory,
    NetworkFactory,
    TransferFactory,
    association_actor,
    employer_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
OWN = "/association/rives/notre-organisation/transfert/"


@pytest.fixture
def association() -> Any:
    return AssociationFactory(slug="rives", name="Rives", network=NetworkFactory(slug="amont"))


@pytest.fixture
def receiver() -> Any:
    return NetworkFactory(slug="aval", name="Aval")


def requested(association: Any, receiver: Any, by: Any = None) -> Transfer:
    by = by or association_actor(association)
    return actions.request_transfer(
        association, receiver=receiver, message="Nous déménageons.", by=by
    )


def test_a_transfer_requested_by_an_association_requires_both_networks_to_consent(
    association: Any, receiver: Any
) -> None:
    need = NeedFactory(association=association, network=association.network, filed=True)
    member = wearing(association_actor(association))
    officer = wearing(officer_actor(association.network))
    other = wearing(officer_actor(receiver))
    assert member.get(OWN).status_code == 200
    given = {"receiver": receiver.pk, "message": "Nous déménageons."}
    assert member.post(OWN, given | {"receiver": association.network_id}).status_code == 422
    assert member.post(OWN, given).url == OWN
    transfer = Transfer.objects.get()
    assert "on attend sa réponse" in member.get(OWN).content.decode()
    for client, key in ((officer, "amont"), (other, "aval")):
        assert "Transfert de Rives" in client.get(f"/reseau/{key}/").content.decode()
        page = f"/reseau/{key}/organisations/transferts/{transfer.pk}/"
        assert client.get(page).status_code == 200
        assert client.get(f"{page}accord/").status_code == 200
        version = Transfer.objects.get().version
        assert client.post(f"{page}accord/", {"version": version}).url == page
        assert client.post(f"{page}accord/", {"version": version}).status_code in (403, 409)
    assert Organisation.objects.get(pk=association.pk).network == receiver
    need.refresh_from_db()
    assert need.network.slug == "amont"
    assert Transfer.objects.get().state == "done"
    verbs = Entry.objects.exclude(verb="receipt").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["request_transfer", "consent", "consent", "move", "join_network"]
    base = f"/reseau/aval/organisations/{association.pk}/"
    assert other.get(base).status_code == 200
    assert officer.get(base.replace("aval", "amont")).status_code == 404


def test_a_transfer_requested_by_a_network_requires_the_consent_of_the_association(
    association: Any, receiver: Any
) -> None:
    officer = wearing(officer_actor(association.network))
    url = f"/reseau/amont/organisations/transferer/{association.pk}/"
    assert officer.get(url).status_code == 200
    officer.post(url, {"receiver": receiver.pk, "message": "Elle déménage."})
    transfer = Transfer.objects.get()
    assert (transfer.requested_by, transfer.own_at, transfer.giver_at is None) == (
        "giver",
        None,
        False,
    )
    actions.consent(transfer, by=officer_actor(receiver))
    assert Organisation.objects.get(pk=association.pk).network.slug == "amont"
    member = wearing(association_actor(association))
    assert member.get(f"{OWN}accord/").status_code == 200
    member.post(f"{OWN}accord/", {"version": Transfer.objects.get().version})
    assert Organisation.objects.get(pk=association.pk).network == receiver


def test_refusing_a_transfer_ends_the_transfer_with_the_reason_of_the_party(
    association: Any, receiver: Any
) -> None:
    MemberFactory(organisation=association)
    transfer = requested(association, receiver)
    other = wearing(officer_actor(receiver))
    page = f"/reseau/aval/organisations/transferts/{transfer.pk}/"
    assert other.post(f"{page}refus/", {"version": 0}).status_code == 422
    other.post(f"{page}refus/", {"version": 0, "reason": "Hors de nos départements."})
    assert Transfer.objects.get().state == "declined"
    assert "Motif : Hors de nos départements." in Message.objects.last().body
    assert "Hors de nos départements." in other.get(page).content.decode()
    with pytest.raises(ActionNotAllowed):
        actions.consent(Transfer.objects.get(), by=officer_actor(association.network))


def test_requesting_a_second_transfer_or_one_to_the_same_network_is_refused(
    association: Any, receiver: Any
) -> None:
    requested(association, receiver)
    with pytest.raises(ActionNotAllowed, match="déjà demandé"):
        requested(association, NetworkFactory())
    with pytest.raises(ActionNotAllowed, match="déjà dans ce réseau"):
        other = AssociationFactory()
        requested(other, other.network)


@pytest.mark.parametrize("verb", ["consent", "turn_down", "call_off"])
@pytest.mark.parametrize("state", TRANSFER.states.values)
@pytest.mark.parametrize("party", ["own", "giver", "receiver", "stranger", "other"])
def test_each_verb_of_a_transfer_is_allowed_only_in_its_states_and_parties(
    verb: str, state: str, party: str
) -> None:
    transfer = TransferFactory(state=state)
    by = {
        "own": lambda: association_actor(transfer.organisation),
        "giver": lambda: officer_actor(transfer.giver),
        "receiver": lambda: officer_actor(transfer.receiver),
        "stranger": lambda: officer_actor(NetworkFactory()),
        "other": lambda: employer_actor(EmployerFactory()),
    }[party]()
    allowed = {"consent": ("giver", "receiver"), "turn_down": ("giver", "receiver"),
               "call_off": ("own",)}[verb]  # fmt: skip
    given = {"reason": "Non."} if verb == "turn_down" else {}
    if state == "open" and party in allowed:
        getattr(actions, verb)(transfer, by=by, **given)
        assert Entry.objects.count() == 1
    else:
        with pytest.raises((ActionNotAllowed, PermissionDenied)):
            getattr(actions, verb)(transfer, by=by, **given)
        assert (Entry.objects.count(), Transfer.objects.get().state) == (0, state)


def test_a_transfer_is_hidden_from_other_networks(association: Any, receiver: Any) -> None:
    transfer = requested(association, receiver)
    stranger = NetworkFactory(slug="ailleurs")
    client = wearing(officer_actor(stranger))
    url = f"/reseau/ailleurs/organisations/transferts/{transfer.pk}/"
    for end in ("", "accord/"):
        assert client.get(f"{url}{end}").status_code == 404
    assert list(client.get("/reseau/ailleurs/organisations/transferts/").context["rows"]) == []
    ask = f"/reseau/ailleurs/organisations/transferer/{association.pk}/"
    assert client.get(ask).status_code == 404


def test_an_open_transfer_is_a_task_of_the_parties_that_have_not_answered(
    association: Any, receiver: Any
) -> None:
    requested(association, receiver)
    assert pages.tasks_of(association_actor(association)) == []
    for by in (officer_actor(association.network), officer_actor(receiver)):
        assert [each.title for each in tasks_of_network(by)] == ["Transfert de Rives"]
    assert tasks_of_network(officer_actor(NetworkFactory())) == []


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_of_transfers_runs_a_constant_number_of_queries(
    receiver: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    TransferFactory.create_batch(count, receiver=receiver)
    client = wearing(officer_actor(receiver))
    with django_assert_max_num_queries(9):
        page = client.get("/reseau/aval/organisations/transferts/")
    assert len(page.context["rows"]) == min(count, 30)


def consequences(client: Any, url: str) -> list[str]:
    """Return the effects announced by the confirmation page at `url`."""
    return [each.what for each in client.get(url).context["effects"].happens]


def test_the_page_to_consent_to_a_transfer_says_if_the_organisation_then_changes_network(
    association: Any, receiver: Any
) -> None:
    transfer = requested(association, receiver)
    end = f"organisations/transferts/{transfer.pk}/accord/"
    first = wearing(officer_actor(association.network))
    assert consequences(first, f"/reseau/amont/{end}") == [
        "Votre accord est enregistré.",
        f"Rives passe de {association.network} à Aval.",
    ]
    actions.consent(transfer, by=officer_actor(association.network))
    last = wearing(officer_actor(receiver))
    assert consequences(last, f"/reseau/aval/{end}") == [
        "Rives, ses projets et ses partenaires sont suivis par Aval.",
        f"Les besoins et les missions déjà commencés restent suivis par {association.network}.",
    ]


@pytest.mark.parametrize("verb", ["turn_down", "call_off"])
def test_the_page_to_refuse_or_cancel_a_transfer_counts_the_messages_sent(
    association: Any, receiver: Any, verb: str
) -> None:
    MemberFactory(organisation=association)
    transfer = requested(association, receiver)
    by = officer_actor(receiver) if verb == "turn_down" else association_actor(association)
    page = pages.effects_of_turn_down if verb == "turn_down" else pages.effects_of_call_off
    announced = [each.count for each in page(by, transfer).notified]
    before = Message.objects.count()
    given = {"reason": "Non."} if verb == "turn_down" else {}
    getattr(actions, verb)(transfer, by=by, **given)
    assert announced == [Message.objects.count() - before]


def test_cancelling_a_transfer_redirects_to_the_page_that_offers_to_request_another(
    association: Any, receiver: Any
) -> None:
    requested(association, receiver)
    member = wearing(association_actor(association))
    assert member.get(f"{OWN}abandon/").status_code == 200
    assert member.post(f"{OWN}abandon/", {"version": 0}).url == OWN
    assert Transfer.objects.get().state == "off"
    assert member.get(f"{OWN}abandon/").status_code == 404
    assert "Demander le transfert" in member.get(OWN).content.decode()


def test_only_the_organisation_or_its_network_may_request_its_transfer(
    association: Any, receiver: Any
) -> None:
    for by in (officer_actor(receiver), association_actor(AssociationFactory())):
        with pytest.raises(PermissionDenied) as refusal:
            requested(association, receiver, by=by)
        assert str(refusal.value) == f"{by.role} may not request this transfer"
    assert (Transfer.objects.count(), Entry.objects.count(), Message.objects.count()) == (0, 0, 0)
