"""Outcomes of needs by group, gaps between reviewers, time spent in each state."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest

from explor.actors.networks.models import Coordinator
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.journey.committees.models import Opinion, Recusal
from explor.journey.needs.models import Need
from explor.oversight.equity import selectors
from explor.oversight.equity.rules import files as rules
from explor.oversight.equity.rules.figures import OTHERS
from explor.oversight.equity.selectors.files import HIDDEN, PROTECTIVE
from factories import (
    AssociationFactory,
    CallFactory,
    CommitteeMemberFactory,
    DecisionFactory,
    NeedFactory,
    NetworkFactory,
    PersonFactory,
    officer_actor,
    wearing,
)
from support.equity import inside, year

pytestmark = pytest.mark.django_db
URL = "/coordination/egalite/dossiers/"


def filed(count: int, state: str = "inadmissible", **fields: Any) -> list[Need]:
    return NeedFactory.create_batch(count, state=state, filed_at=inside(), **fields)


def kept(count: int, state: str = "announced", verdict: str = "favourable", **given: Any) -> Any:
    for need in filed(count, "admissible", **given):
        DecisionFactory(need=need, state=state, verdict=verdict, announced_at=inside())


def rows(title: str) -> list[tuple[str, int, tuple[int, ...]]]:
    found = dict(selectors.tables_of(year()))[title]
    return [(each.label, each.people, each.counts) for each in (found.total, *found.groups)]


@pytest.mark.parametrize(
    ("headcount", "counted"),
    [(None, "Non précisé"), (0, "Sans salariée ni salarié"), (1, "1 à 5 emplois"),
     (5, "1 à 5 emplois"), (6, "6 à 20 emplois"), (20, "6 à 20 emplois"),
     (21, "Plus de 20 emplois")],
)  # fmt: skip
def test_an_association_is_assigned_the_group_of_its_size(
    headcount: int | None, counted: str
) -> None:
    assert rules.staff_of(headcount) == counted


@pytest.mark.parametrize(
    ("founded", "counted"),
    [(None, "Non précisé"), (date(2024, 6, 2), "Moins de 3 ans"), (date(2024, 6, 1), "3 à 9 ans"),
     (date(2017, 6, 1), "10 à 19 ans"), (date(2007, 6, 1), "20 ans ou plus")],
)  # fmt: skip
def test_an_association_is_assigned_the_group_of_its_age(
    founded: date | None, counted: str
) -> None:
    assert rules.age_of(founded, date(2027, 6, 1)) == counted


def test_only_needs_with_an_announced_favourable_decision_count_as_selected() -> None:
    kept(5)
    kept(5, verdict="unfavourable")
    kept(5, state="decided")
    filed(5)
    assert rows("Par réseau")[0] == ("Ensemble", 20, (15, 5))


def test_equity_groups_of_five_needs_are_shown_and_smaller_groups_are_merged() -> None:
    small = AssociationFactory(headcount=2)
    large = AssociationFactory(headcount=50)
    kept(6, association=small)
    filed(3, association=large)
    filed(4, association=AssociationFactory(headcount=None))
    assert rows("Par taille d’association") == [
        ("Ensemble", 13, (6, 6)),
        ("1 à 5 emplois", 6, (6, 6)),
        (OTHERS, 7, (0, 0)),
    ]


def test_only_the_first_need_of_an_association_is_a_first_submission() -> None:
    known = AssociationFactory()
    NeedFactory(association=known, state="admissible", filed_at=inside() - timedelta(days=900))
    filed(5, association=known)
    filed(6)
    assert rows("Premier dépôt ou non")[1:] == [
        ("Premier dépôt", 6, (0, 0)),
        ("A déjà déposé", 5, (0, 0)),
    ]


def test_draft_and_withdrawn_needs_are_not_counted_in_the_equity_figures() -> None:
    filed(5)
    filed(5, "withdrawn")
    NeedFactory.create_batch(5)
    assert rows("Par réseau")[0] == ("Ensemble", 5, (0, 0))


def test_equity_figures_on_fewer_than_five_needs_are_not_shown() -> None:
    filed(4)
    assert selectors.tables_of(year()) == []


@pytest.mark.parametrize(
    ("scores", "counted"),
    [
        ([[10.0]], None),
        ([[10, 14], [10, 10], [5, 15]], {"files": 3, "deviation": 2.0, "wide": 1}),
        ([[10, 15], [10]], {"files": 1, "deviation": 2.5, "wide": 1}),
    ],
)
def test_the_spread_between_committee_members_is_computed_from_their_scores(
    scores: Any, counted: Any
) -> None:
    assert rules.spread(scores) == counted


def judged(count: int, network: Any, *, state: str = "announced") -> None:
    call = CallFactory(network=network)
    one, two, aside = CommitteeMemberFactory.create_batch(3, call=call)
    for need in NeedFactory.create_batch(count, network=network, call=call, state="admissible"):
        DecisionFactory(need=need, state=state, announced_at=inside())
        for member, score in ((one, 10), (two, 14), (aside, 0)):
            Opinion.objects.create(
                member=member, need=need, verdict="favourable", score=score, final_at=inside()
            )
        Recusal.objects.create(member=aside, need=need, reason="Membre de l’association")


def test_scores_of_recused_members_are_not_counted_and_spreads_on_few_needs_are_hidden() -> None:
    judged(5, NetworkFactory(name="Amont"))
    judged(2, NetworkFactory(name="Aval"))
    judged(5, NetworkFactory(name="Secret"), state="decided")
    found = [(r["label"], r.get("files"), r.get("deviation"), r["hidden"])
             for r in selectors.spreads_of(year())]  # fmt: skip
    assert found == [
        ("Ensemble", 7, 2.0, ""),
        ("Amont", None, None, PROTECTIVE),
        ("Aval", None, None, HIDDEN),
    ]


def test_subtracting_shown_networks_from_the_total_never_isolates_fewer_than_five_needs() -> None:
    for name, count in (("Amont", 8), ("Aval", 5), ("Delta", 2)):
        judged(count, NetworkFactory(name=name))
    found = {r["label"]: r.get("files") for r in selectors.spreads_of(year())}
    assert found == {"Ensemble": 15, "Amont": 8, "Aval": None, "Delta": None}


def test_time_in_state_counts_of_shown_networks_never_isolate_fewer_than_five_needs() -> None:
    start = inside()
    for name, count in (("Amont", 8), ("Aval", 5), ("Delta", 2)):
        network = NetworkFactory(name=name)
        for _ in range(count):
            need = NeedFactory(network=network, state="filed", created_at=start)
            moved(need, "draft", "filed", start + timedelta(days=1))
    found = {r["network"]: (r.get("count"), r["hidden"]) for r in selectors.stays_in(year())}
    assert found == {
        "Ensemble": (15, ""),
        "Amont": (8, ""),
        "Aval": (None, PROTECTIVE),
        "Delta": (None, HIDDEN),
    }


def moved(need: Need, source: str, target: str, at: Any) -> None:
    count = Entry.objects.count()
    Entry.objects.create(
        at=at, name="Camille", role="reseau", kind="needs.need", subject=need.pk, verb="x",
        source=source, target=target, previous="0" * 64, digest=f"{count:064d}",
        rank=Entry.objects.about(need).count() + 1,
    )  # fmt: skip


def test_the_time_a_need_spends_in_each_state_is_computed_from_the_journal() -> None:
    network = NetworkFactory(name="Amont")
    start = inside()
    for day in range(1, 6):
        need = NeedFactory(network=network, state="admissible", created_at=start)
        moved(need, "draft", "filed", start + timedelta(days=day))
        moved(need, "filed", "filed", start + timedelta(days=day + 1))
        if day < 3:
            moved(need, "filed", "admissible", start + timedelta(days=day + 10))
    lines = [(r["network"], r["state"], r.get("count"), r.get("median"), r.get("ninetieth"))
             for r in selectors.stays_in(year())]  # fmt: skip
    assert lines == [
        ("Ensemble", "brouillon", 5, 3.0, 4.6),
        ("Ensemble", "déposé", None, None, None),
        ("Amont", "brouillon", 5, 3.0, 4.6),
        ("Amont", "déposé", None, None, None),
    ]


@pytest.fixture
def above() -> Any:
    person = PersonFactory()
    row = Coordinator.objects.create(person=person)
    return wearing(Actor(person=person.pk, name="Camille", role="coordination", scope=row.pk))


def test_the_equity_page_about_needs_and_its_csv_files_show_the_figures(above: Any) -> None:
    assert "Trop peu de dossiers" in above.get(URL).content.decode()
    kept(6)
    judged(5, NetworkFactory(name="Amont"))
    page = above.get(URL).content.decode()
    assert "Part des dossiers retenus" in page
    for name, column in (("taux", "retenus"), ("ecarts", "ecart_type_median"),
                         ("durees", "mediane_jours")):  # fmt: skip
        body = above.get(f"{URL}{name}.csv?mois=24").content.decode("utf-8-sig")
        assert column in (csv.DictReader(StringIO(body), delimiter=";").fieldnames or [])
    assert above.get(f"{URL}autre.csv").status_code == 404


@pytest.mark.parametrize("count", [5, 50])
def test_the_equity_page_about_needs_stays_within_its_query_limit(
    above: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    kept(count)
    judged(count, NetworkFactory())
    with django_assert_max_num_queries(20):
        assert above.get(URL).status_code == 200


def test_an_officer_cannot_open_the_equity_page_about_needs() -> None:
    assert wearing(officer_actor(NetworkFactory())).get(URL).status_code == 404


def test_the_coordination_gets_the_same_equity_figures_whatever_the_period_of_the_url(
    above: Any,
) -> None:
    lone = AssociationFactory(department="38")
    filed(6, association=AssociationFactory(department="69"))
    filed(6, association=lone)
    before = year().instants[0] - timedelta(days=40)
    NeedFactory(association=lone, state="inadmissible", filed_at=before)
    for name in ("dossiers/", "dossiers/taux.csv", "dossiers/durees.csv", "chiffres.csv", ""):
        address = f"/coordination/egalite/{name}"
        answers = [above.get(address, {"mois": months}) for months in ("12", "24", "36")]
        assert [each.status_code for each in answers] == [200] * 3, address
        shown = [each.context["period"] if not name.endswith("csv") else each.content
                 for each in answers]  # fmt: skip
        assert shown[0] == shown[1] == shown[2], address
        assert b'name="mois"' not in answers[0].content
