"""Workflows as tables of transitions: targets, permissions, diagram."""

import pytest
from django.db.models import TextChoices

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.table import DANGER, T, Transition, Workflow


class State(TextChoices):
    OPEN = "open", "ouverte"
    SHUT = "shut", "fermée"


DOOR = Workflow(
    "door",
    State,
    Transition(verb="shut", sources=("open",), target="shut", by=("a", "b"), label="Fermer"),
    Transition(verb="open", sources=("shut",), target="open", by=("a",), label="Ouvrir"),
)


def test_the_method_transition_returns_the_transition_of_a_verb_with_its_target_state():
    assert DOOR.transition("open", "shut").target == "shut"


def test_a_verb_not_allowed_in_a_state_is_refused_with_its_label():
    with pytest.raises(ActionNotAllowed) as refusal:
        DOOR.transition("shut", "shut")
    assert str(refusal.value) == "« Fermer » n’est pas possible : fermée."


def test_the_refusal_of_a_verb_names_the_state_by_its_given_label():
    with pytest.raises(ActionNotAllowed) as refusal:
        DOOR.transition("shut", "shut", "Close pour la nuit")
    assert str(refusal.value) == "« Fermer » n’est pas possible : close pour la nuit."


def test_a_verb_unknown_to_a_workflow_is_refused():
    with pytest.raises(ActionNotAllowed):
        DOOR.transition("open", "paint")


def test_the_method_triples_returns_every_combination_of_state_verb_and_role():
    allowed = [triple for triple in DOOR.triples() if DOOR.allows(*triple)]
    assert len(list(DOOR.triples())) == 8
    assert allowed == [("open", "shut", "a"), ("open", "shut", "b"), ("shut", "open", "a")]


def test_the_method_verbs_returns_the_transitions_open_to_a_role_from_a_state():
    assert [row.label for row in DOOR.verbs("open", "b")] == ["Fermer"]
    assert DOOR.verbs("shut", "b") == []


def test_the_diagram_of_a_workflow_has_each_state_and_each_transition():
    assert DOOR.diagram() == (
        "stateDiagram-v2\n"
        "    open : ouverte\n"
        "    shut : fermée\n"
        "    [*] --> open\n"
        "    open --> shut : Fermer (a, b)\n"
        "    shut --> open : Ouvrir (a)\n"
    )


def test_the_function_t_creates_a_transition_from_short_arguments():
    assert T("shut", State.OPEN, State.SHUT, "a", "Fermer", DANGER) == Transition(
        verb="shut", sources=("open",), target="shut", by=("a",), label="Fermer", danger=True
    )


def test_the_function_t_accepts_several_source_states_and_several_roles():
    row = T("paint", [State.OPEN, State.SHUT], State.SHUT, ("a", "b"), "Peindre")
    assert (row.sources, row.by) == (("open", "shut"), ("a", "b"))


def test_a_workflow_can_have_more_than_eight_states():
    many = TextChoices("Many", {f"S{n}": f"s{n}" for n in range(9)})
    assert len(list(Workflow("many", many, T("go", "s0", "s8", "a", "Aller")).triples())) == 9
