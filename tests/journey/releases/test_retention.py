"""How long the IP address and browser of each signature are kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.journey.releases import actions
from explor.journey.releases.models import Release, Signature
from factories import ReleaseFactory

from .test_signatories import again, granted, links_to
from .test_signed_copies import concluded, text_of

pytestmark = pytest.mark.django_db
TERM = "jusqu’à 5 ans après le dernier jour de la mission"


def proven() -> Release:
    release = concluded()
    Signature.objects.filter(on_paper=False).update(address="192.0.2.7", browser="Renard")
    actions.draw_signed_copy(release)
    actions.draw_proof_files(again(release))
    return again(release)


def text_of_network(release: Release) -> str:
    return text_of(release.agreement.proof_files.get(party="").document)


@pytest.mark.parametrize(("years", "erased"), [(4, 0), (5, 0), (6, 1)])
def test_ip_addresses_and_browsers_of_signatures_are_erased_5_years_after_the_mission(
    years: int, erased: int
) -> None:
    release = proven()
    day = release.proposal.end + timedelta(days=365 * years)
    assert actions.erase_machines(day) == erased
    kept = Signature.objects.exclude(address=None, browser="").count()
    assert kept == (0 if erased else 2)
    assert Signature.objects.exclude(email="").exists()


def test_the_proof_file_says_how_long_ip_addresses_are_kept_and_is_generated_again_without() -> (
    None
):
    release = proven()
    before = text_of_network(release)
    assert TERM in " ".join(before.split())
    assert "192.0.2.7" in before
    former = set(release.agreement.proof_files.values_list("document", flat=True))
    actions.erase_machines(release.proposal.end + timedelta(days=366 * 6))
    after = text_of_network(again(release))
    assert TERM in after
    assert "192.0.2.7" not in after
    files = set(again(release).agreement.proof_files.values_list("document", flat=True))
    assert len(files) == len(former)
    assert files.isdisjoint(former)
    assert Entry.objects.about(release).filter(verb="erase_machines").count() == 1
    assert actions.erase_machines(release.proposal.end + timedelta(days=366 * 6)) == 0


def test_the_setting_of_the_years_of_retention_of_signature_data_replaces_the_default(
    settings: object,
) -> None:
    settings.SIGNATURE_YEARS = 1
    release = proven()
    assert "jusqu’à 1 an" in text_of_network(release)
    assert actions.erase_machines(release.proposal.end + timedelta(days=367)) == 1


def test_the_signing_page_says_how_long_ip_address_and_browser_are_kept() -> None:
    release = granted(ReleaseFactory())
    page = Client().get(links_to(release.proposal.expert.person.email)[-1]).content.decode()
    assert "effacés 5 ans après la mission" in " ".join(page.split())
    assert timezone.localdate() < release.proposal.end
