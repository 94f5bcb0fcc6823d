"""Database queries on the texts of letters."""

from typing import TYPE_CHECKING

from explor.actors.networks.models import Network
from explor.journey.committees.models import Verdict

from ..models import Decision, LetterTemplate

if TYPE_CHECKING:
    from django.db.models import QuerySet


def letter_texts(network: int) -> dict[str, str]:
    """Return the texts that a network wrote for its letters, by verdict."""
    rows = LetterTemplate.objects.filter(network=network).exclude(text="")
    return dict(rows.values_list("verdict", "text"))


def letter_template(network: Network, verdict: str) -> LetterTemplate:
    """Return the template of a network for a verdict; unsaved and blank if never edited."""
    row = LetterTemplate.objects.filter(network=network, verdict=verdict).first()
    return row or LetterTemplate(network=network, verdict=verdict)


def letter_templates(network: Network) -> list[LetterTemplate]:
    """Return the templates of a network, one for each verdict, in the order of the verdicts."""
    rows = {row.verdict: row for row in LetterTemplate.objects.filter(network=network)}
    return [
        rows.get(verdict) or LetterTemplate(network=network, verdict=verdict)
        for verdict in Verdict.values
    ]


def scheduled_by(template: LetterTemplate) -> "QuerySet[Decision]":
    """Return the decisions whose letter is scheduled and written from `template`."""
    return Decision.objects.filter(
        need__network=template.network_id, verdict=template.verdict, announce_at__isnull=False
    )
