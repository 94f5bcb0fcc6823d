"""The public page that verifies a code, and downloads of documents."""

import re

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from explor.ground.files import actions
from explor.ground.files.models import Document, Seal
from explor.ground.files.views.files import download
from explor.ground.http.access import PUBLIC_VIEWS
from explor.ground.ui.days import date_format

from .conftest import READER, issue

pytestmark = pytest.mark.django_db
FORM = "/verifier/"


def heading(response) -> str:
    return response.text.split("<h1>")[1].split("</h1>")[0].strip()


def test_the_verification_form_and_the_result_for_a_code_share_one_url_name():
    assert reverse("files:verify") == FORM
    assert reverse("files:verify", args=["ABCD"]) == "/verifier/ABCD/"


def test_the_verification_form_opens_without_signing_in(client):
    response = client.get(FORM)
    assert (response.status_code, heading(response)) == (200, "Vérifier un document")
    module = "explor.ground.files.views.public"
    assert {view for view in PUBLIC_VIEWS if view.startswith(module)} == {
        f"{module}.verify",
        f"{module}.verdict",
    }


def test_the_verification_form_redirects_to_the_page_of_the_typed_code(client, seal):
    response = client.get(FORM, {"code": f" {str(seal).lower()} "})
    assert (response.status_code, response["Location"]) == (302, f"/verifier/{seal.code}/")


def test_an_invalid_code_is_kept_in_the_verification_form_with_an_error(client):
    response = client.get(FORM, {"code": "ABCD-0"})
    assert response.status_code == 200
    assert 'value="ABCD-0"' in response.text
    assert "sans 0, 1, I, L, O ni U" in response.text


@pytest.mark.parametrize("form", [str, str.lower, lambda code: f"{code[:4]} - {code[4:]}"])
def test_a_seal_is_confirmed_whatever_the_case_and_dashes_of_its_code(client, seal, form):
    response = client.get(reverse("files:verify", args=[form(seal.code)]))
    assert (response.status_code, heading(response)) == (200, "Ce document est confirmé")
    for shown in ("Attestation d’engagement", "Camille Exemple", "20 avril 2027", seal.sha256):
        assert shown in response.text
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_the_page_of_a_revoked_seal_shows_the_reason(client, seal):
    actions.revoke(seal, reason="Erreur de nom.", by=READER)
    response = client.get(reverse("files:verify", args=[seal.code]))
    assert (response.status_code, heading(response)) == (200, "Ce document n’est plus valable")
    assert "Erreur de nom." in response.text


@pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "x", "é" * 300, "' OR 1=1 --", "%00"])
def test_the_verification_page_of_an_unknown_code_answers_404(client, seal, code):
    response = client.get(reverse("files:verify", args=[code]))
    assert (response.status_code, heading(response)) == (404, "Aucun document ne porte ce code")


def test_a_seal_code_with_a_null_character_answers_404_in_the_url_and_400_in_the_form(client, seal):
    assert client.get("/verifier/%00/").status_code == 404
    assert client.get(FORM, {"code": "\0" * 12}).status_code == 400


def test_a_valid_seal_code_followed_by_another_character_is_not_found(client, seal):
    response = client.get(reverse("files:verify", args=[seal.code + "2"]))
    assert response.status_code == 404


def test_the_verification_of_a_code_takes_one_query(client, seal, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(reverse("files:verify", args=[seal.code]))


def test_posting_to_the_page_of_a_code_answers_405(client, seal):
    assert client.post(reverse("files:verify", args=[seal.code])).status_code == 405


def test_the_page_of_a_valid_document_shows_its_issuer_and_signing_certificate(client, seal):
    text = client.get(reverse("files:verify", args=[seal.code])).text
    for shown in ("émis par Réseau d’exemple", "toujours valable", seal.certificate):
        assert shown in " ".join(text.split())


def test_a_document_issued_by_an_older_version_is_confirmed_without_an_issuer(client, seal):
    Seal.objects.filter(pk=seal.pk).update(issuer="", certificate="")
    text = " ".join(client.get(reverse("files:verify", args=[seal.code])).text.split())
    assert "a bien été émis par un réseau EXPLOR" in text
    assert "Émis par" not in text
    assert "son certificat" not in text


def test_the_verification_page_of_a_replaced_document_links_to_the_new_one(client, seal, owner):
    new = issue(owner, title="Attestation corrigée").seal
    actions.replace(seal, by=READER, with_=new)
    response = client.get(reverse("files:verify", args=[seal.code]))
    assert (response.status_code, heading(response)) == (200, "Ce document a été remplacé")
    text = " ".join(response.text.split())
    today = date_format(timezone.localdate(), "j F Y")
    assert f"Attestation corrigée, code {new}</a> le {today}." in text
    assert f'Remplacé par <a href="/verifier/{new.code}/">' in text
    assert "toujours valable" not in text
    assert heading(client.get(f"/verifier/{new.code}/")) == "Ce document est confirmé"


def test_the_verification_page_of_a_revoked_then_replaced_document_shows_both_facts(
    client, seal, owner
):
    actions.revoke(seal, reason="Erreur de nom.", by=READER)
    new = issue(owner).seal
    actions.replace(seal, by=READER, with_=new)
    response = client.get(reverse("files:verify", args=[seal.code]))
    assert heading(response) == "Ce document n’est plus valable"
    text = " ".join(response.text.split())
    assert ("Erreur de nom." in text, f"/verifier/{new.code}/" in text) == (True, True)
    assert "toujours valable" not in text


def test_a_downloaded_document_has_headers_that_prevent_its_execution(issued):
    response = download(issued, by=READER)
    assert response.getvalue() == Document.objects.get().file.read()
    assert response["Content-Disposition"] == 'attachment; filename="attestation-dengagement.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_the_content_security_policy_of_a_download_overrides_that_of_the_site(issued):
    from csp.middleware import CSPMiddleware

    answered = CSPMiddleware(lambda request: download(issued, by=READER))(RequestFactory().get("/"))
    assert answered["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_document_whose_title_has_no_letter_gets_a_default_file_name(issued):
    issued.title = "– / –"
    assert 'filename="document.pdf"' in download(issued, by=READER)["Content-Disposition"]


def test_downloading_a_document_without_stored_file_answers_404(issued):
    issued.file.storage.delete(issued.file.name)
    with pytest.raises(Http404):
        download(issued, by=READER)


@pytest.mark.parametrize(
    "title",
    ['a.exe"; filename="b.exe', "../../etc/passwd", "a\r\nSet-Cookie: x=y", "a\u202efdp.exe"],
)
def test_no_document_title_can_change_the_file_name_or_headers_of_a_download(issued, title):
    issued.title = title
    response = download(issued, by=READER)
    given = response["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.pdf"', given)
    assert "Set-Cookie" not in response.headers
