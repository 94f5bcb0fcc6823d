"""Verification papers, their dates, and the yearly check."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from explor.actors.organisations import actions, rules
from explor.actors.organisations.models import MembershipPaper, Organisation
from explor.actors.organisations.tasks import watch
from explor.ground.audit.models import Entry
from explor.ground.files.models import Document, owner_of
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
from support.office import DOCX, docx

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"
OWN = "/association/rives/notre-organisation/"


@pytest.fixture
def network():
    return NetworkFactory(slug="alizes", papers_needed=["cer", "statuts"])


@pytest.fixture
def association(network):
    return AssociationFactory(slug="rives", name="Rives", network=network, siret=SIRET)


def paper(owner, kind="statuts", until=None, dated=date(2024, 5, 1)):
    return MembershipPaper.objects.create(
        organisation=owner, kind=kind, dated=dated, valid_until=until, by="Camille"
    )


def picture():
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    return SimpleUploadedFile("statuts.png", buffer.getvalue(), content_type="image/png")


def in_days(count):
    return timezone.localdate() + timedelta(days=count)


def test_a_verification_paper_required_by_the_network_is_missing_until_added(association):
    missing = rules.missing_to_verify(association)
    assert missing == [
        "Il manque une pièce : contrat d’engagement républicain.",
        "Il manque une pièce : statuts.",
    ]
    paper(association, "cer")
    paper(association, "statuts", until=in_days(-1))
    assert rules.missing_to_verify(association) == missing[1:]
    paper(association, "statuts")
    assert rules.missing_to_verify(association) == []


def test_an_employer_needs_no_verification_paper_of_an_association(network):
    assert rules.missing_to_verify(EmployerFactory(network=network, siret=SIRET)) == []


@pytest.mark.parametrize(
    ("ends", "expected"), [(None, 365), (200, 200), (0, 0), (-1, 365), (900, 365)]
)
def test_the_next_verification_is_due_in_a_year_or_when_a_required_paper_expires(
    association, ends, expected
):
    paper(association, "statuts", until=None if ends is None else in_days(ends))
    paper(association, "rapport", until=in_days(3))  # not needed by this network
    assert rules.next_check(association, timezone.localdate()) == in_days(expected)


def test_among_verification_papers_of_one_kind_the_latest_valid_one_is_in_force(association):
    old = paper(association, until=in_days(30), dated=date(2020, 1, 1))
    new = paper(association, until=in_days(10), dated=date(2024, 1, 1))
    assert rules.in_force([new, old], in_days(5)) == {"statuts": new}
    assert rules.in_force([new, old], in_days(20)) == {"statuts": old}
    assert rules.in_force([new, old], in_days(31)) == {}


def test_the_yearly_check_of_an_organisation_is_reminded_once_then_marked_as_overdue(association):
    MemberFactory(organisation=association)
    Organisation.objects.update(verified_until=date(2027, 3, 1))
    for day in (date(2027, 1, 29), date(2027, 1, 30), date(2027, 1, 31), date(2027, 3, 1)):
        actions.watch(day)
    association = Organisation.objects.get()
    assert (association.state, association.reminded_on) == ("verified", date(2027, 1, 30))
    subject = "Vérification de l’année : Rives, avant le 1er mars 2027"
    assert [m.subject for m in Message.objects.all()] == [subject] * 2
    actions.watch(date(2027, 3, 2))
    actions.watch(date(2027, 3, 3))
    assert Organisation.objects.get().state == "lapsed"
    assert [m.subject for m in Message.objects.order_by("pk")][2:] == [
        "À vérifier de nouveau : Rives"
    ] * 2
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["remind", "fall_due"]


def test_verifying_again_sets_the_next_check_a_year_later_with_a_new_reminder(association):
    Organisation.objects.update(state="lapsed", verified_until=in_days(-1), reminded_on=in_days(-9))
    association.refresh_from_db()
    officer = officer_actor(association.network)
    with pytest.raises(ActionNotAllowed):
        actions.verify_again(association, by=officer)
    for kind in ("cer", "statuts"):
        paper(association, kind)
    actions.verify_again(association, by=officer)
    association = Organisation.objects.get()
    assert (association.state, association.verified_until) == ("verified", in_days(365))
    assert association.reminded_on is None


def test_the_daily_job_on_verifications_uses_the_day_it_was_scheduled_for(association):
    Organisation.objects.update(verified_until=date(2027, 3, 1))
    watch(timestamp=1_803_960_000)  # 2 March 2027
    assert Organisation.objects.get().state == "lapsed"


def test_an_organisation_with_an_overdue_verification_still_counts_as_verified(association):
    Organisation.objects.update(state="lapsed")
    assert list(Organisation.objects.verified()) == [association]


def test_a_member_can_add_download_and_remove_a_verification_paper(association):
    client = wearing(association_actor(association))
    url = f"{OWN}justificatifs/"
    assert client.get(f"{url}ajouter/").status_code == 200
    given = {"kind": "cer", "dated": "2026-03-02"}
    assert client.post(f"{url}ajouter/", given).status_code == 422
    sent = given | {"file": picture()}
    assert client.post(f"{url}ajouter/", sent).url == OWN
    made = MembershipPaper.objects.get()
    assert Organisation.objects.get().cer_signed_on == date(2026, 3, 2)
    assert "en vigueur" in client.get(OWN).content.decode()
    answer = client.get(f"{url}{made.pk}/")
    assert answer["Content-Type"] == "image/png"
    b"".join(answer.streaming_content)
    page = client.get(f"{url}{made.pk}/retirer/")
    assert page.context["title"] == "Retirer : contrat d’engagement républicain du 2 mars 2026"
    gone = {"version": Organisation.objects.get().version, "reason": "Mauvais fichier."}
    assert client.post(f"{url}{made.pk}/retirer/", gone).url == OWN
    assert (MembershipPaper.objects.count(), Document.objects.count()) == (0, 0)
    assert [e.verb for e in Entry.objects.about(association)] == ["hand_paper", "remove_paper"]


def test_a_verification_paper_in_an_office_format_is_served_only_as_a_download(association):
    client = wearing(association_actor(association))
    sent = {"kind": "rapport", "dated": "2026-03-02"}
    file = SimpleUploadedFile("<script>.docx", docx(), content_type="text/html")
    assert client.post(f"{OWN}justificatifs/ajouter/", sent | {"file": file}).status_code == 302
    answer = client.get(f"{OWN}justificatifs/{MembershipPaper.objects.get().pk}/")
    b"".join(answer.streaming_content)
    assert answer["Content-Type"] == DOCX
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Content-Disposition"].endswith('.docx"')
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_network_gives_more_space_to_an_organisation_whose_space_is_full(association, settings):
    settings.SPACES = {"organisations.organisation": 1, "networks.network": 1}
    Document.objects.create(
        size=2**20 - 10, charged_to=owner_of(association), owner=owner_of(association)
    )
    member = wearing(association_actor(association))
    given = {"kind": "cer", "dated": "2026-03-02"}
    page = member.post(f"{OWN}justificatifs/ajouter/", given | {"file": picture()})
    assert (page.status_code, "demandez plus de place" in page.text) == (409, True)
    assert MembershipPaper.objects.count() == 0
    place = f"/reseau/alizes/organisations/{association.pk}/place/"
    network = wearing(officer_actor(association.network))
    assert "Changer la place de ses fichiers" in network.get(place).text
    assert network.post(place, {"megabytes": "0"}).status_code == 422
    assert network.post(place, {"megabytes": "3"}).status_code == 302
    assert "Il reste 2,0\xa0Mo pour les fichiers, sur 3,0\xa0Mo." in member.get(OWN).text
    assert member.post(f"{OWN}justificatifs/ajouter/", given | {"file": picture()}).url == OWN
    stranger = wearing(officer_actor(NetworkFactory()))
    assert stranger.post(place, {"megabytes": "9"}).status_code in (403, 404)


def test_an_officer_can_add_a_verification_paper_without_a_file(association):
    client = wearing(officer_actor(association.network))
    base = f"/reseau/alizes/organisations/{association.pk}/"
    given = {"kind": "statuts", "dated": "2025-01-10", "valid_until": "2028-01-10"}
    assert client.post(f"{base}justificatifs/ajouter/", given).url == base
    page = " ".join(client.get(base).content.decode().split())
    assert ("vue sur papier" in page, "valable jusqu’au 10 janvier 2028" in page) == (True, True)
    made = MembershipPaper.objects.get()
    assert client.get(f"/reseau/alizes/organisations/justificatifs/{made.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"dated": "2999-01-01"}, "dated"),
        ({"valid_until": "2019-01-01"}, "valid_until"),
        ({"kind": "passeport"}, "kind"),
        ({"file": SimpleUploadedFile("a.pdf", b"MZ programme")}, "file"),
    ],
)
def test_an_invalid_membership_paper_is_refused_with_an_error_on_its_field(
    association, given, field
):
    client = wearing(officer_actor(association.network))
    url = f"/reseau/alizes/organisations/{association.pk}/justificatifs/ajouter/"
    answer = client.post(url, {"kind": "statuts", "dated": "2025-01-10"} | given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert MembershipPaper.objects.count() == 0


def test_a_verification_paper_is_hidden_from_other_networks_and_organisations(association):
    made = paper(association)
    foreign = NetworkFactory(slug="ailleurs")
    other = AssociationFactory(slug="autre")
    employer = EmployerFactory(slug="val")
    for actor, base in (
        (officer_actor(foreign), "/reseau/ailleurs/organisations/"),
        (association_actor(other), "/association/autre/notre-organisation/"),
        (employer_actor(employer), "/employeur/val/notre-organisation/"),
    ):
        client = wearing(actor)
        for url in (f"{base}justificatifs/{made.pk}/", f"{base}justificatifs/{made.pk}/retirer/"):
            assert client.get(url).status_code == 404
            assert client.post(url, {"version": 0, "reason": "x"}).status_code == 404
    assert MembershipPaper.objects.count() == 1


def test_a_lapsed_verification_is_a_task_of_the_members_and_of_the_network(association):
    Organisation.objects.update(state="lapsed", verified_until=in_days(-2))
    officer = wearing(officer_actor(association.network))
    assert "Vérifier Rives de nouveau" in officer.get("/reseau/alizes/").content.decode()
    member = wearing(association_actor(association))
    assert "Mettre vos pièces à jour" in member.get("/association/rives/").content.decode()
    page = member.get(OWN).content.decode()
    assert "Il manque une pièce : statuts." in page
    url = f"/reseau/alizes/organisations/{association.pk}/verifier-de-nouveau/"
    home = officer.get(f"/reseau/alizes/organisations/{association.pk}/").content.decode()
    assert ("Vérifier pour un an de plus" in home, url in home) == (True, False)
    for kind in ("cer", "statuts"):
        paper(association, kind)
    assert officer.post(url, {"version": 0}).status_code == 302
    assert Organisation.objects.get().state == "verified"


def test_an_association_edits_its_numbers_of_employees_and_of_members(association):
    client = wearing(association_actor(association))
    given = {"name": "Rives", "postcode": "69007", "city": "Lyon", "version": 0}
    answer = client.post(f"{OWN}modifier/", given | {"headcount": "0", "members_count": "42"})
    assert answer.status_code == 302
    association = Organisation.objects.get()
    assert (association.headcount, association.members_count) == (0, 42)
    assert client.post(f"{OWN}modifier/", given | {"headcount": "-1"}).status_code == 422
