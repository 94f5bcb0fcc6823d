"""Old papers of a public body are erased only if listed and approved by the archives (the visa)."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.ground.mail.models import Message
from explor.ground.privacy.actions import purge
from explor.ground.privacy.terms import duration
from explor.journey.archives import actions, rules
from explor.journey.archives.models import Disposal, DisposalItem
from explor.journey.archives.states import DISPOSAL
from explor.journey.budgets.models import BudgetLine
from explor.journey.releases.models import Agreement
from factories import NetworkFactory, OfficerFactory, officer_actor, wearing
from support.purges import old_mission, written_report

pytestmark = pytest.mark.django_db
PDF = SanitizedFile(content=b"%PDF-1.7", mime="application/pdf")


@pytest.fixture
def network() -> Any:
    """Return a public body with one old mission, and a director."""
    mission = old_mission()
    network = mission.network
    network.public_body = True
    network.slug, network.name = "amont", "Amont"
    network.save()
    OfficerFactory(network=network, position="direction", person__email="dir@amont.test")
    return network


def director(network: Any) -> Actor:
    return officer_actor(network)


def late(days: int = 1) -> datetime:
    """Return an instant after the term of papers made now."""
    return timezone.now() + duration("accounts") + timedelta(days=days)


def prepared(network: Any) -> Disposal:
    return actions.prepare_disposal(network, by=director(network), now=late())


def endorsed(network: Any, **values: Any) -> Disposal:
    given = {"reference": "AD69-2036-12", "on": timezone.localdate(), "file": PDF, **values}
    return actions.endorse_disposal(prepared(network), by=director(network), **given)


def line_of(report: Any, key: str) -> dict[str, Any]:
    return next(line for line in report.lines if line["key"] == key)


def test_a_disposal_list_counts_the_papers_by_kind_and_year_and_names_nobody(network: Any) -> None:
    disposal = prepared(network)
    year = timezone.localdate().year
    lines = {(each.kind, each.year): each for each in disposal.lines.all()}
    assert set(lines) == {("agreements", year), ("money", year)}
    agreements = lines["agreements", year]
    assert (agreements.papers, agreements.size) == (2, len(PDF.content))
    assert agreements.first_on == agreements.last_on == timezone.localdate()
    assert "10 ans après la mission" in agreements.ground
    assert "L123-22" in agreements.ground
    assert Entry.objects.about(disposal).get().verb == "prepare_disposal"
    sent = Message.objects.get(kind="archives.prepare_disposal")
    assert (sent.to, "à faire viser" in sent.subject) == ("dir@amont.test", True)


def test_no_paper_is_erased_before_the_visa_of_the_archives_and_the_report_says_why(
    network: Any,
) -> None:
    report = purge(now=late())
    assert line_of(report, "budgets.accounts")["kept"] == {"le visa des archives est attendu": 1}
    prepared(network)
    report = purge(now=late())
    assert line_of(report, "budgets.accounts")["kept"] == {"un bordereau est en cours": 1}
    assert BudgetLine.objects.count() == Agreement.objects.count() == 1


def test_the_night_after_the_visa_erases_the_listed_papers_but_not_those_due_since(
    network: Any,
) -> None:
    disposal = endorsed(network)
    since = old_mission()
    type(since).objects.filter(pk=since.pk).update(network=network)
    report = purge(now=late())
    assert line_of(report, "archives.endorsed")["erased"] == 2
    assert line_of(report, "budgets.accounts")["kept"] == {"le visa des archives est attendu": 1}
    assert list(BudgetLine.objects.values_list("mission", flat=True)) == [since.pk]
    disposal.refresh_from_db()
    assert disposal.state == "eliminated"
    assert disposal.visa is not None, "the list and its visa are kept"
    assert not DisposalItem.objects.filter(erased_at=None).exists()
    assert Message.objects.filter(kind="archives.eliminate_disposal").count() == 1


def test_a_listed_mission_that_received_another_paper_since_the_visa_keeps_all_its_papers(
    network: Any,
) -> None:
    endorsed(network)
    line = BudgetLine.objects.get()
    BudgetLine.objects.create(mission=line.mission, heading="VISA", planned=1)
    report = purge(now=late())
    assert line_of(report, "archives.endorsed")["kept"] == {rules.CHANGED: 1}
    assert BudgetLine.objects.count() == 2
    assert Disposal.objects.get().state == "endorsed"


def test_the_papers_that_the_archives_want_to_keep_are_not_erased_nor_listed_again(
    network: Any,
) -> None:
    disposal = prepared(network)
    kept = disposal.lines.filter(kind="agreements")
    actions.endorse_disposal(
        disposal, by=director(network), reference="A", on=timezone.localdate(), file=PDF, kept=kept
    )
    purge(now=late())
    assert (BudgetLine.objects.count(), Agreement.objects.count()) == (0, 1)
    assert Disposal.objects.get().state == "eliminated"
    report = purge(now=late(2))
    why = {"les archives les gardent : à verser": 1}
    assert line_of(report, "budgets.accounts")["kept"] == why
    with pytest.raises(ActionNotAllowed, match="n’a passé son terme"):
        prepared(network)


def test_a_refused_visa_keeps_every_paper_and_a_stopped_list_frees_its_papers_for_another(
    network: Any,
) -> None:
    by = director(network)
    actions.stop_disposal(prepared(network), by=by, reason="Une erreur.")
    actions.refuse_disposal(prepared(network), by=by, reason="À verser.")
    assert "Motif : À verser." in Message.objects.get(kind="archives.refuse_disposal").body
    purge(now=late())
    assert BudgetLine.objects.count() == Agreement.objects.count() == 1
    with pytest.raises(ActionNotAllowed, match="n’a passé son terme"):
        prepared(network)


def test_stopping_an_endorsed_disposal_list_before_the_night_keeps_its_papers(network: Any) -> None:
    actions.stop_disposal(endorsed(network), by=director(network), reason="Une erreur.")
    purge(now=late())
    assert BudgetLine.objects.count() == Agreement.objects.count() == 1


def test_a_visa_of_the_archives_requires_its_paper_a_possible_day_and_a_line_to_eliminate(
    network: Any,
) -> None:
    disposal, today = prepared(network), timezone.localdate()
    given: dict[str, Any] = {"by": director(network), "reference": "A", "on": today, "file": PDF}
    for change, reason in (
        ({"file": None}, "Joignez le visa"),
        ({"on": today + timedelta(days=1)}, "Le visa date"),
        ({"on": today - timedelta(days=1)}, "Le visa date"),
        ({"kept": disposal.lines.all()}, "notez le refus"),
    ):
        with pytest.raises(ActionNotAllowed, match=reason):
            actions.endorse_disposal(disposal, **given | change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(state="endorsed")


def test_reports_and_mission_notes_of_a_public_body_are_not_erased_before_the_visa(
    network: Any,
) -> None:
    report = written_report()
    type(report.mission).objects.filter(pk=report.mission_id).update(network=network)
    held = line_of(purge(now=late()), "reports.texts")["kept"]
    assert held == {"le visa des archives est attendu": 1}
    endorsed(network)
    purge(now=late())
    report.refresh_from_db()
    assert (report.done, report.certificate) == ("", None)


def test_preparing_a_disposal_list_is_refused_to_a_network_that_is_not_a_public_body(
    network: Any,
) -> None:
    network.public_body = False
    network.save()
    with pytest.raises(ActionNotAllowed, match="pas un organisme public"):
        prepared(network)


def test_the_nightly_job_prepares_one_disposal_list_a_year(network: Any) -> None:
    assert actions.prepare_yearly(now=timezone.now()) == 0, "nothing passed its term"
    assert actions.prepare_yearly(now=late()) == 1
    assert actions.prepare_yearly(now=late(2)) == 0, "one is open"
    actions.stop_disposal(Disposal.objects.get(), by=director(network), reason="Trop tôt.")
    Disposal.objects.update(created_at=late())
    assert actions.prepare_yearly(now=late(300)) == 0, "one was prepared this year"
    assert actions.prepare_yearly(now=late(400)) == 1


def test_a_second_open_disposal_list_is_refused(network: Any) -> None:
    prepared(network)
    with pytest.raises(ActionNotAllowed, match="déjà en cours"):
        prepared(network)


@pytest.mark.parametrize("verb", ["endorse_disposal", "refuse_disposal", "stop_disposal"])
@pytest.mark.parametrize("state", ["prepared", "refused", "stopped"])
@pytest.mark.parametrize("who", ["director", "officer", "other", "system"])
def test_each_verb_on_a_disposal_list_is_allowed_only_in_its_states_and_to_directors(
    network: Any, verb: str, state: str, who: str
) -> None:
    disposal = prepared(network)
    Disposal.objects.update(state=state)
    disposal.refresh_from_db()
    officer = OfficerFactory(network=network, position="officer").person
    other = NetworkFactory()
    OfficerFactory(network=other, position="direction")
    by = {
        "director": director(network),
        "officer": Actor(person=officer.pk, name="O", role="reseau", scope=network.pk),
        "other": director(other),
        "system": SYSTEM,
    }[who]
    given: dict[str, Any] = {"reason": "Non."}
    if verb == "endorse_disposal":
        given = {"reference": "A", "on": timezone.localdate(), "file": PDF}
    if who == "director" and DISPOSAL.allows(state, verb, "reseau"):
        assert getattr(actions, verb)(disposal, by=by, **given).state != state
        return
    with pytest.raises((ActionNotAllowed, PermissionDenied)):
        getattr(actions, verb)(disposal, by=by, **given)
    assert Disposal.objects.get().state == state


def test_only_directors_of_the_network_prepare_a_disposal_list(network: Any) -> None:
    officer = OfficerFactory(network=network, position="officer").person
    by = Actor(person=officer.pk, name="O", role="reseau", scope=network.pk)
    with pytest.raises(PermissionDenied):
        actions.prepare_disposal(network, by=by, now=late())


def test_a_director_prepares_downloads_and_endorses_a_disposal_list_on_its_pages(
    network: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client: Client = wearing(director(network))
    assert "Archives" in client.get("/reseau/amont/le-reseau/").content.decode()
    page = client.get("/reseau/amont/archives/").content.decode()
    assert "Préparer un bordereau" in page
    refused = client.post("/reseau/amont/archives/preparer/")
    assert refused.status_code == 409
    assert "n’a passé son terme" in refused.content.decode()
    disposal = prepared(network)
    url = f"/reseau/amont/archives/bordereaux/{disposal.pk}/"
    shown = client.get(url).content.decode()
    assert "À faire maintenant" in shown
    assert "Conventions, avenants, signatures et leurs preuves" in shown
    table = client.get(f"{url}bordereau.csv").content.decode("utf-8-sig")
    mission = BudgetLine.objects.get().mission
    assert mission.file_number in table
    word = client.get(f"{url}bordereau.docx")
    text = ZipFile(BytesIO(word.content)).read("word/document.xml").decode()
    assert "Visa des archives" in text
    assert mission.expert.person.name not in text + table + shown
    assert client.get(f"{url}visa-recu/").status_code == 404
    scan = BytesIO(b"\x89PNG")
    scan.name = "visa.png"
    sent = {"version": 0, "reference": "AD69", "on": timezone.localdate().isoformat()}
    assert client.post(f"{url}visa/", sent).status_code == 409
    assert client.post(f"{url}visa/", {**sent, "file": scan}).status_code == 422
    assert client.post(f"{url}visa/", {**sent, "file": picture()}).status_code == 302
    assert client.get(f"{url}visa-recu/").status_code == 200
    assert "La nuit prochaine" not in client.get(url).content.decode()


def picture() -> BytesIO:
    """Return the file of a small picture, as a browser sends it."""
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    out.seek(0)
    out.name = "visa.png"
    return out


def test_an_officer_who_is_not_a_director_cannot_read_a_disposal_list(network: Any) -> None:
    disposal = prepared(network)
    officer = OfficerFactory(network=network, position="officer").person
    client = wearing(Actor(person=officer.pk, name="O", role="reseau", scope=network.pk))
    for url in ("archives/", f"archives/bordereaux/{disposal.pk}/"):
        assert client.get(f"/reseau/amont/{url}").status_code == 403
    assert "Archives</a>" not in client.get("/reseau/amont/le-reseau/").content.decode()
