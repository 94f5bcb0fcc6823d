"""Forms of incidents."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from explor.actors.networks.models import Network, Officer
from explor.ground.ui.fields import DayField, MomentField, column
from explor.ground.ui.forms import CreateForm
from explor.ground.ui.order import french_key

from .models import Incident, Measure
from .selectors import designated_in
from .states import Level

LEVELS = {
    Level.INFORMATION: "Information : rien à faire, mais à savoir",
    Level.NUISANCE: "Gêne : la mission continue autrement",
    Level.SERIOUS: "Grave : la mission ou une personne est en danger",
    Level.EMERGENCY: "Urgence : il faut agir maintenant",
}


def area(model: type[Any], name: str, rows: int = 5, **given: Any) -> Any:
    """Return the form field of the text `name` of a model, as a text area of `rows` lines."""
    return column(model, name).formfield(widget=forms.Textarea(attrs={"rows": rows}), **given)


class IncidentForm(CreateForm):
    """The day, level, place and description of an incident, and whether somebody is hurt."""

    level = forms.ChoiceField(
        label="Niveau",
        choices=[(level.value, words) for level, words in LEVELS.items()],
        widget=forms.RadioSelect,
    )
    accident = forms.BooleanField(
        label="Quelqu’un est blessé ou malade",
        required=False,
        help_text="La page dira qui déclare l’accident, à qui et avant quand.",
    )
    on = DayField(label="Jour", initial=timezone.localdate)
    place = column(Incident, "place").formfield()
    what = area(Incident, "what", required=True, help_text="Les faits, dans l’ordre.")
    done = area(Incident, "done", 3)


class ConfideForm(CreateForm):
    """The day, place and text of a confidential report, which the browser does not store."""

    undrafted = True

    on = DayField(label=gettext_lazy("Jour"), initial=timezone.localdate)
    place = column(Incident, "place").formfield(label=gettext_lazy("Lieu"))
    what = area(Incident, "what", 8, required=True, label=gettext_lazy("Ce qui s’est passé"))

    @property
    def report(self) -> dict[str, Any]:
        """Return the keyword arguments of `actions.confide`: `on`, `place` and `what`."""
        return {name: self.cleaned_data[name] for name in ("on", "place", "what")}


class MeasureForm(CreateForm):
    """A measure about an incident: when and what was done, and who was informed."""

    at = MomentField(label="Quand", initial=timezone.localtime, latest=timezone.localdate)
    what = area(Measure, "what", 4)
    informed = column(Measure, "informed").formfield(
        label="Qui a été prévenu", help_text="Par exemple : l’employeur, l’assureur, la famille."
    )


class DesignateForm(CreateForm):
    """The officers who read the confidential reports of a network; none means its directors."""

    officers = forms.ModelMultipleChoiceField(
        label="Qui lit les signalements confidentiels",
        queryset=Officer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Si personne n’est coché, la direction les lit.",
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["officers"]
        own = Officer.objects.filter(network=network, person__is_active=True)
        field.queryset = own.select_related("person").order_by(french_key("person__name"), "pk")
        field.label_from_instance = lambda officer: (
            f"{officer.person.name}, {officer.get_position_display()}"
        )
        self.initial["officers"] = [each.pk for each in designated_in(network)]
