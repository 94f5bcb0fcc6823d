"""Forms of a plan: its title, the options of a scenario, an officer's choice."""

from typing import Any

from django import forms

from explor.actors.experts.models import Expert
from explor.ground.http.bounds import LARGEST_ID
from explor.ground.ui.fields import NumberField
from explor.ground.ui.forms import BaseForm, CreateForm, set_queryset
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need

from .models import Choice, Fairness


class PlanForm(CreateForm):
    """The title of a plan, and the call whose needs it matches; without a call, all needs."""

    title = forms.CharField(label="Nom de ce plan", max_length=120)
    call = forms.ModelChoiceField(
        label="Appel",
        queryset=Call.objects.none(),
        required=False,
        empty_label="tous les besoins à pourvoir",
    )

    def __init__(self, *args: Any, network: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "call", Call.objects.filter(network=network))


class ScenarioForm(CreateForm):
    """The options of a scenario."""

    name = forms.CharField(label="Nom du scénario", max_length=80)
    extra_load = NumberField(
        label="Missions de plus par personne", min_value=0, max_value=3, initial=0
    )
    fairness = forms.ChoiceField(label="À égalité de places pourvues, chercher", choices=Fairness)
    minimum = NumberField(
        label="Score minimal sur 100",
        min_value=0,
        max_value=100,
        initial=0,
        help_text="En dessous, mieux vaut une place vide.",
    )
    reserves = NumberField(
        label="Personnes en réserve par besoin", min_value=0, max_value=5, initial=2
    )
    shared = forms.BooleanField(
        label="Avec les personnes des autres réseaux",
        required=False,
        help_text="Une hypothèse : leurs noms restent cachés tant qu’elles n’ont pas donné "
        "leur accord à votre réseau.",
    )
    deferred = forms.BooleanField(
        label="Avec les besoins ajournés",
        required=False,
        help_text="Une hypothèse : ce que permettrait une enveloppe de plus.",
    )
    several = forms.BooleanField(
        label="Plusieurs personnes d’un même employeur sur une mission", required=False
    )

    @property
    def values(self) -> dict[str, Any]:
        """Return the form as fields of a `Scenario`: the box `several` gives `one_per_employer`."""
        fields = {
            k: v for k, v in self.cleaned_data.items() if k not in ("idempotency_key", "several")
        }
        return {**fields, "one_per_employer": not self.cleaned_data["several"]}


class PairForm(BaseForm):
    """A need of the plan, and an expert whom the network may see."""

    need = forms.ModelChoiceField(label="Besoin", queryset=Need.objects.none())
    expert = forms.ModelChoiceField(label="Personne", queryset=Expert.objects.none())

    def __init__(self, *args: Any, needs: Any, experts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "need", needs)
        set_queryset(self, "expert", experts)


class ChoiceForm(PairForm):
    """An expert imposed on a need or excluded from it, and the reason."""

    kind = forms.ChoiceField(label="Choix", choices=Choice.Kind)
    reason = forms.CharField(label="Raison", max_length=300, required=False)
    # The scenario that the plan page showed, to redirect the officer to it afterwards.
    scenario = NumberField(required=False, widget=forms.HiddenInput, max_value=LARGEST_ID)
