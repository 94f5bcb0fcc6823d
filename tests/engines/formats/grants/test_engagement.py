"""The feed of mission offers for API Engagement, compared with the published example."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import yaml
from lxml import etree

from explor.engines.formats.grants import Offer, write_feed
from explor.engines.formats.grants._engagement import DOMAINS

OFFER = Offer(
    id="besoin-1",
    title="Former à l'entretien d'un forage",
    description="**Former** deux équipes.\n\n<script>x</script>",
    url="https://explor.example/missions/1/",
    posted=date(2026, 11, 1),
    start=date(2027, 3, 1),
    end=date(2027, 3, 10),
    country="SN",
    city="Sakal",
    organisation="Des puits & des pompes",
    organisation_id="des-puits",
    skills=("hydraulique", "pédagogie"),
    rna="W691234567",
)


def _feed(*offers):
    out = BytesIO()
    write_feed(
        offers,
        publisher="Explor",
        url="https://explor.example/",
        now=datetime(2026, 11, 23, 12, tzinfo=UTC),
        out=out,
    )
    return etree.fromstring(out.getvalue())


def test_a_mission_offer_is_written_with_every_element_of_the_feed():
    (mission,) = _feed(OFFER).findall("mission")
    result = {child.tag: child.text for child in mission if not len(child)}
    assert result == {
        "title": "Former à l'entretien d'un forage",
        "clientId": "besoin-1",
        "description": "**Former** deux équipes.\n\n\\<script>x\\</script>",
        "applicationUrl": "https://explor.example/missions/1/",
        "postedAt": "01/11/2026",
        "startAt": "01/03/2027",
        "endAt": "10/03/2027",
        "places": "1",
        "domain": "benevolat-competences",
        "activity": "mission-internationale",
        "remote": "no",
        "openToMinors": "no",
        "softSkills": "hydraulique,pédagogie",
        "organizationName": "Des puits & des pompes",
        "organizationClientId": "des-puits",
        "organizationRNA": "W691234567",
    }
    assert [(c.tag, c.text) for c in mission.find("addresses/address")] == [
        ("city", "Sakal"),
        ("country", "SN"),
    ]


def test_every_element_of_the_feed_is_in_the_published_example(shared):
    example = etree.parse(str(shared("data/engagement/correct-feed.xml"))).getroot()
    known = {element.tag for element in example.iter()}
    assert {element.tag for element in _feed(OFFER).iter()} - known == set()


def test_the_domains_of_the_feed_are_those_of_the_published_list(shared):
    text = shared("data/engagement/api-engagement-openapi.yaml").read_text(encoding="utf-8")
    result = yaml.safe_load(text)["components"]["schemas"]["Mission"]["properties"]["domain"]
    listed = result["description"].split(" :")[1].split(".")[0]
    assert {word.strip(" `\n") for word in listed.split(",")} == DOMAINS


def test_a_feed_of_missions_without_any_offer_is_valid_xml():
    assert [child.tag for child in _feed()] == ["publisher", "publisherurl", "lastBuildDate"]


def test_a_long_description_is_cut_at_the_length_limit_of_the_feed():
    (mission,) = _feed(replace(OFFER, description="a" * 30_000)).findall("mission")
    assert len(mission.findtext("description")) == 20_000


@pytest.mark.parametrize(
    ("change", "message"),
    [({"domain": "eau"}, "domaine inconnu"), ({"end": date(2027, 2, 1)}, "précède son début")],
)
def test_an_offer_with_an_unknown_domain_or_an_end_before_its_start_raises_an_error(
    change, message
):
    with pytest.raises(ValueError, match=message):
        replace(OFFER, **change)
