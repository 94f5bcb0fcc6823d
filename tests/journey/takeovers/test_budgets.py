"""Lines of budget that a network kept before Explor."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from explor.ground.audit.models import Entry
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import Envelope
from explor.journey.needs.models import Need
from explor.journey.takeovers import actions
from factories import (
    CallFactory,
    DecisionFactory,
    FunderFactory,
    MissionFactory,
    NeedFactory,
    NetworkFactory,
    officer_actor,
)
from factories import wearing as client_of

from .support import ROOT, Run, read, row, taken_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="alizes", name="Alizés")


@pytest.fixture
def mission(network: Any) -> Any:
    return MissionFactory(
        release__proposal__decision__need__network=network,
        release__proposal__decision__need__title="Réparer les fontaines",
    )


def money(**said: str) -> str:
    """Return a line of a file of budgets."""
    given = {
        "mission": "Réparer les fontaines", "call": "", "funder": "Région", "heading": "Visa",
        "planned": "1 200,50", "committed": "", "paid": "", "currency": "", "rate": "",
        "rate_on": "", "note": "",
    } | said  # fmt: skip
    return ";".join(given.values()) + "\n"


def test_lines_of_budget_are_taken_over_once_with_their_totals(
    network: Any, mission: Any, run_jobs: Run
) -> None:
    funder = FunderFactory(name="Région")
    rows = [money(), money(heading="Transport international", planned="900 €", paid="1 k€")]
    batch = read(network, run_jobs, *rows, what="budgets")
    page = client_of(officer_actor(network)).get(f"{ROOT}{batch.pk}/")
    text = " ".join(page.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())
    assert "Total à reprendre : 2 100,50 € prévus, 0,00 € engagés, 1 000,00 € payés." in text
    actions.make(batch, by=officer_actor(network))
    run_jobs()
    first, second = BudgetLine.objects.order_by("pk")
    assert (first.mission, first.funder, first.heading, first.planned, first.paid) == (
        mission, funder, "VISA", Decimal("1200.50"), 0,
    )  # fmt: skip
    assert (second.heading, second.planned, second.paid) == ("TRANSPORT", 900, 1000)
    assert [entry.verb for entry in Entry.objects.about(first)] == ["take_over"]
    again = read(network, run_jobs, *rows, what="budgets")
    assert [line.duplicate for line in again.lines.all()] == [
        "Cette mission a déjà une ligne de ce financeur, de ce poste, de ce montant."
    ] * 2
    assert not again.lines.to_make().exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            {"planned": "12.345"},
            "« 12.345 » se lit de deux façons : écrivez « 12\u202f345 » ou « 12,35 ».",
        ),
        ({"planned": "environ 900"}, "« environ 900 » : « environ » non gardé "
         "(attendu : « 12 000 € »)."),
        ({"planned": "-20"}, "Montant incompris : « -20 » est négatif."),
        ({"planned": "beaucoup"}, "Montant incompris : « beaucoup » (attendu : « 12 000 € »)."),
        ({"planned": ""}, "Aucun montant sur cette ligne."),
        ({"planned": "200 000 000"}, "Ce montant est trop grand."),
        ({"mission": ""}, "Dites la mission, ou l’appel d’une enveloppe."),
        ({"mission": "Inconnue"}, "Aucune mission du réseau n’a ce numéro ni ce titre."),
        ({"funder": "Personne"}, "Ce financeur n’est pas connu : l’administration l’ajoute, ou "
         "corrigez son nom."),
        ({"planned": "50 000", "currency": "XOF"}, "Une autre monnaie que l’euro se reprend avec "
         "son taux (unités pour un euro) et son jour."),
    ],
)  # fmt: skip
def test_an_amount_that_is_not_understood_refuses_its_line(
    network: Any, mission: Any, run_jobs: Run, said: Any, why: str
) -> None:
    FunderFactory(name="Région")
    line = read(network, run_jobs, money(**said), what="budgets").lines.get()
    assert line.content is None
    assert why in [fault[2] for fault in line.faults]


def test_another_currency_is_converted_at_the_rate_of_its_day(
    network: Any, mission: Any, run_jobs: Run
) -> None:
    said = {"funder": "", "planned": "", "paid": "65 595,70", "currency": "XOF"}
    rate = {"rate": "655,957", "rate_on": "12/03/2026", "heading": ""}
    taken_over(network, run_jobs, money(**said, **rate), what="budgets")
    line = BudgetLine.objects.get()
    assert (line.paid, line.original, line.currency, line.rate, line.rate_on, line.heading) == (
        Decimal("100.00"), Decimal("65595.70"), "XOF", Decimal("655.957"), date(2026, 3, 12),
        "REPRISE",
    )  # fmt: skip


def test_a_line_without_mission_is_the_envelope_of_a_call(network: Any, run_jobs: Run) -> None:
    funder, call = FunderFactory(name="Région"), CallFactory(network=network, title="Appel 2026")
    rows = [
        money(mission="", call="Appel 2026", heading="", planned="50 000"),
        money(mission="", call="Appel 2026", heading="", planned="50 000", paid="10"),
        money(mission="", call="Appel 2026", heading="", funder=""),
    ]
    batch = taken_over(network, run_jobs, *rows, what="budgets")
    envelope = Envelope.objects.get()
    assert (envelope.call, envelope.funder, envelope.amount) == (call, funder, 50_000)
    assert [line.content is None for line in batch.lines.order_by("number")] == [False, True, True]
    again = read(network, run_jobs, rows[0], what="budgets").lines.get()
    assert (again.certain, again.duplicate.startswith("Ce financeur a déjà une enveloppe")) == (
        True, True,
    )  # fmt: skip
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    assert not Envelope.objects.exists()


def test_undoing_an_import_keeps_an_envelope_from_which_money_was_granted(
    network: Any, run_jobs: Run
) -> None:
    FunderFactory(name="Région")
    call = CallFactory(network=network, title="Appel 2026")
    envelope = money(mission="", call="Appel 2026", heading="", planned="50 000")
    batch = taken_over(network, run_jobs, envelope, what="budgets")
    DecisionFactory(need=NeedFactory(network=network, call=call), amount=1_000)
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    assert Envelope.objects.get().amount == 50_000


def test_undoing_an_import_keeps_an_envelope_whose_funder_pays_a_mission_of_the_call(
    network: Any, run_jobs: Run
) -> None:
    funder, call = FunderFactory(name="Région"), CallFactory(network=network, title="Appel 2026")
    envelope = money(mission="", call="Appel 2026", heading="", planned="50 000")
    batch = taken_over(network, run_jobs, envelope, what="budgets")
    mission = MissionFactory()
    Need.objects.filter(pk=mission.need_id).update(call=call)
    BudgetLine.objects.create(mission=mission, heading="VISA", funder=funder, planned=80)
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    assert Envelope.objects.get().amount == 50_000


def test_a_line_names_a_mission_by_the_number_of_the_network(network: Any, run_jobs: Run) -> None:
    taken_over(network, run_jobs, row())
    batch = taken_over(network, run_jobs, money(mission="2026-7", funder=""), what="budgets")
    line = BudgetLine.objects.get()
    assert (line.mission.need.title, line.funder) == ("Réparer les fontaines", None)
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    assert not BudgetLine.objects.exists()


def test_a_mission_of_another_network_is_not_known(network: Any, run_jobs: Run) -> None:
    other = MissionFactory()
    said = money(mission=other.file_number, funder="")
    line = read(network, run_jobs, said, what="budgets").lines.get()
    assert [fault[2] for fault in line.faults] == [
        "Aucune mission du réseau n’a ce numéro ni ce titre."
    ]


def test_the_lines_of_one_mission_differ_by_their_heading(network: Any, run_jobs: Run) -> None:
    rows = [f"2026-3;;Région;{heading};10;;;;;;\n" for heading in ("Visa", "Transport", "")]
    batch = read(network, run_jobs, *rows, what="budgets")
    titles = batch.lines.order_by("number").values_list("title", flat=True)
    assert list(titles) == ["2026-3 – Région – Visa", "2026-3 – Région – Transport",
                            "2026-3 – Région"]  # fmt: skip
