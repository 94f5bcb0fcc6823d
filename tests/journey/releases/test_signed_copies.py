"""Signed copies of agreements, proof files, and papers signed by hand."""

import subprocess
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.reader import PdfFileReader

from explor.ground.files.engine.keys import current_key
from explor.ground.files.models import Document
from explor.ground.http.sanitize import ReceivedFile, sanitize
from explor.journey.releases import actions, rules
from explor.journey.releases.actions import copies
from explor.journey.releases.models import Release, Signature
from explor.journey.releases.pages.copies import spaced
from factories import (
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
    wearing,
)
from support.papers import validated

from .test_signatories import DGS, again, granted, links_to, places, sign_at

pytestmark = pytest.mark.django_db


def a_pdf() -> bytes:
    """Return a small PDF with a script, which sanitizing removes."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(out)
    return out.getvalue()


def on_paper(release: Release, party: str) -> bytes:
    """Record a party's signature on paper, and return the bytes of the file received."""
    content = a_pdf()
    (place,) = places(release, party)
    actions.sign_on_paper(
        place,
        by=officer_actor(release.proposal.need.network),
        name="Noé Valmy",
        capacity="président",
        file=ReceivedFile(content=content, clean=sanitize(content)),
    )
    return content


def concluded() -> Release:
    """Return a release with one signature by link, one from an account and one on paper."""
    release = granted(ReleaseFactory())
    assert sign_at(links_to(release.proposal.expert.person.email)[-1]) == 302
    employer = employer_actor(release.employer)
    actions.sign(again(release), by=employer, party="employeur", capacity="gérante")
    on_paper(release, "association")
    release = again(release)
    assert release.state == "agreed"
    return release


def text_of(document: Document) -> str:
    """Return the text of a PDF, its words separated by single spaces."""
    drawn = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=bytes_of(document),
        capture_output=True,
        check=True,
    )
    return " ".join(drawn.stdout.decode().split())


def bytes_of(document: Document) -> bytes:
    with document.file.open("rb") as file:
        return bytes(file.read())


def test_the_signed_copy_states_each_signatory_time_and_document_digest() -> None:
    release = concluded()
    actions.draw_signed_copy(release)
    agreement = again(release).agreement
    assert agreement and agreement.signed_copy
    text = text_of(agreement.signed_copy)
    for signature in agreement.signatures.all():
        assert f"{signature.name}, {signature.capacity}" in text
    assert "heure de Paris, UTC+01:00" in text
    groups = spaced(agreement.document.sha256).split()
    assert [group for group in groups if group not in text] == []
    assert "Date et signature :" not in text


def test_the_signed_copy_is_sealed_and_stays_a_tagged_pdf() -> None:
    release = concluded()
    actions.draw_signed_copy(release)
    agreement = again(release).agreement
    assert agreement and agreement.signed_copy
    content = bytes_of(agreement.signed_copy)
    reader = PdfFileReader(BytesIO(content))
    (embedded,) = reader.embedded_signatures
    trusted = translate_pyca_cryptography_cert_to_asn1(current_key().certificate)
    status = validated(embedded, trusted)
    assert (status.intact, status.valid, status.bottom_line) == (True, True, True)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root


def test_the_seal_of_an_agreement_points_to_its_signed_copy_whose_facts_name_nobody() -> None:
    release = concluded()
    actions.draw_signed_copy(release)
    agreement = again(release).agreement
    assert agreement and agreement.signed_copy
    seal = agreement.document.seal
    assert seal.replaced_by == agreement.signed_copy.seal
    said = str(agreement.signed_copy.seal.facts)
    people = [release.proposal.expert.person.name, "Noé Valmy", release.employer.name]
    assert [name for name in people if name in said] == []


def test_running_the_signed_copy_job_again_generates_no_second_copy_or_proof_file() -> None:
    release = concluded()
    for _ in range(2):
        actions.draw_signed_copy(Release.objects.get(pk=release.pk))
        actions.draw_proof_files(Release.objects.get(pk=release.pk))
    kinds = Document.objects.filter(owner=f"releases.release:{release.pk}")
    assert sorted(kinds.values_list("kind", flat=True)) == [
        "agreement",
        "signature_proof",
        "signature_proof",
        "signature_proof",
        "signature_proof",
        "signed_agreement",
        "signed_paper",
        "signed_paper",
    ]


def test_no_signed_copy_or_proof_file_is_generated_before_the_last_signature() -> None:
    release = granted(ReleaseFactory())
    actions.draw_signed_copy(release)
    actions.draw_proof_files(release)
    assert again(release).agreement.signed_copy is None  # type: ignore[union-attr]


def test_an_amendment_replaces_the_signed_copy_of_the_agreement() -> None:
    release = concluded()
    actions.draw_signed_copy(release)
    former = again(release).agreement
    officer = officer_actor(release.proposal.need.network)
    actions.amend(again(release), by=officer, reason="Dates.")
    actions.draw_amendment(again(release))
    assert former and former.signed_copy
    former.signed_copy.seal.refresh_from_db()
    now = again(release).agreement
    assert now and former.signed_copy.seal.replaced_by == now.document.seal


def test_the_proof_file_of_a_party_shows_only_the_devices_of_its_own_signatories() -> None:
    release = concluded()
    Signature.objects.filter(party="employeur").update(address="203.0.113.7", browser="Navigo 7")
    Signature.objects.filter(party="expert").update(address="198.51.100.9", browser="Lisible 2")
    actions.draw_signed_copy(release)
    actions.draw_proof_files(again(release))
    agreement = again(release).agreement
    assert agreement
    texts = {each.party: text_of(each.document) for each in agreement.proof_files.all()}
    shown = {
        party: [mark for mark in ("203.0.113.7", "198.51.100.9", "Navigo 7") if mark in text]
        for party, text in texts.items()
    }
    assert shown == {
        "": ["203.0.113.7", "198.51.100.9", "Navigo 7"],
        "association": [],
        "expert": ["198.51.100.9"],
        "employeur": ["203.0.113.7", "Navigo 7"],
    }
    email = release.proposal.expert.person.email
    assert {party for party, text in texts.items() if email in text} == {"", "expert"}


def test_each_role_downloads_its_own_proof_file() -> None:
    release = concluded()
    actions.draw_signed_copy(release)
    actions.draw_proof_files(again(release))
    proposal = release.proposal
    actors = (
        officer_actor(proposal.need.network),
        association_actor(proposal.need.association),
        expert_actor(proposal.expert),
        employer_actor(release.employer),
    )
    agreement = again(release).agreement
    assert agreement
    files = {each.party: each.document for each in agreement.proof_files.all()}
    for actor in actors:
        key = f"/{actor.key}" if actor.role != "expert" else ""
        url = f"/{actor.role}{key}/mises-a-disposition/{release.pk}/preuve/"
        answer = wearing(actor).get(url)
        own = files["" if actor.role == "reseau" else actor.role]
        assert b"".join(answer.streaming_content) == bytes_of(own)


def test_a_signature_on_paper_without_file_is_rejected_by_the_page_and_the_database() -> None:
    release = granted(ReleaseFactory())
    officer = officer_actor(release.proposal.need.network)
    (place,) = places(release, "association")
    url = f"/reseau/{officer.key}/signataires/{place.pk}/papier/"
    typed = {"version": place.version, "name": "Noé Valmy", "capacity": "président"}
    assert wearing(officer).post(url, typed).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            agreement=release.agreement,
            signatory=place,
            party="association",
            name="Noé Valmy",
            on_paper=True,
            sha256="0" * 64,
        )


def test_an_officer_uploads_a_signed_paper_and_its_bytes_are_kept() -> None:
    release = granted(ReleaseFactory())
    officer = officer_actor(release.proposal.need.network)
    (place,) = places(release, "association")
    url = f"/reseau/{officer.key}/signataires/{place.pk}/papier/"
    content = a_pdf()
    typed = {
        "version": place.version,
        "name": "Noé Valmy",
        "capacity": "président",
        "file": SimpleUploadedFile("signe.pdf", content, "application/pdf"),
    }
    assert wearing(officer).post(url, typed).status_code == 302
    signature = Signature.objects.get(party="association")
    assert (signature.on_paper, signature.name) == (True, "Noé Valmy")
    answer = wearing(officer).get(f"/reseau/{officer.key}/signatures/{signature.pk}/original/")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    copy = wearing(officer).get(f"/reseau/{officer.key}/signatures/{signature.pk}/papier/")
    assert b"JavaScript" not in b"".join(copy.streaming_content)


def test_a_party_cannot_read_the_signed_paper_of_another_party() -> None:
    release = granted(ReleaseFactory())
    on_paper(release, "association")
    signature = Signature.objects.get(party="association")
    employer = employer_actor(release.employer)
    own = association_actor(release.proposal.need.association)
    for name in ("original", "papier"):
        path = f"signatures/{signature.pk}/{name}/"
        assert wearing(employer).get(f"/employeur/{employer.key}/{path}").status_code == 404
        assert b"".join(wearing(own).get(f"/association/{own.key}/{path}").streaming_content)


def test_only_the_network_records_a_signed_paper_and_only_before_the_signatory_has_signed() -> None:
    release = granted(ReleaseFactory())
    officer = officer_actor(release.proposal.need.network)
    (place,) = places(release, "employeur")
    assert rules.can_record_paper(officer, place) is True
    assert rules.can_record_paper(employer_actor(release.employer), place) is False
    actions.name_signatory(place, by=officer, **DGS)
    on_paper(release, "employeur")
    (place,) = places(release, "employeur")
    assert rules.can_record_paper(officer, place) is False


def amended(release: Release) -> None:
    officer = officer_actor(release.proposal.need.network)
    actions.amend(again(release), by=officer, reason="Dates.")
    actions.draw_amendment(again(release))


def amended_and_signed(release: Release) -> None:
    amended(release)
    for actor in (
        association_actor(release.proposal.need.association),
        expert_actor(release.proposal.expert),
        employer_actor(release.employer),
    ):
        actions.name_signatory(places(release, actor.role)[0], by=actor, **NOBODY)
        actions.sign(again(release), by=actor, party=actor.role)
    assert again(release).state == "agreed"


NOBODY = {"name": "", "email": "", "capacity": "membre"}


def while_drawing(
    monkeypatch: pytest.MonkeyPatch, paper: str, change: Callable[[Release], None]
) -> None:
    """Let `change` happen once, while the job draws the next paper of this name."""
    real = getattr(copies, paper)

    def changed_meanwhile(agreement: Any, *args: Any) -> Any:
        monkeypatch.setattr(copies, paper, real)
        drawn = real(agreement, *args)
        change(Release.objects.get(pk=agreement.release_id))
        return drawn

    monkeypatch.setattr(copies, paper, changed_meanwhile)


@pytest.mark.parametrize(
    ("change", "copies_kept"),
    [(actions.draw_signed_copy, 1), (amended, 0), (amended_and_signed, 0)],
    ids=["another job drew it", "the agreement is amended", "the amendment is signed"],
)
def test_a_signed_copy_is_not_kept_when_its_agreement_changed_during_its_generation(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Release], None], copies_kept: int
) -> None:
    release = concluded()
    while_drawing(monkeypatch, "signed_paper", change)
    actions.draw_signed_copy(release)
    kept = Document.objects.filter(kind="signed_agreement")
    assert kept.count() == copies_kept
    assert release.agreements.filter(signed_copy__isnull=False).count() == copies_kept


def test_a_proof_file_already_made_by_another_job_is_not_made_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = concluded()
    while_drawing(monkeypatch, "proof_paper", actions.draw_proof_files)
    actions.draw_proof_files(release)
    agreement = again(release).agreement
    assert agreement
    made = sorted(agreement.proof_files.values_list("party", flat=True))
    assert made == ["", "association", "employeur", "expert"]
    assert Document.objects.filter(kind="signature_proof").count() == 4
