"""Jobs of the selection."""

from procrastinate.contrib.django import app

from explor.journey.needs.models import Need

from . import actions


@app.task(name="selection.open_decision")
def open_decision(subject: int) -> None:
    actions.open_decision(Need.objects.get(pk=subject))
