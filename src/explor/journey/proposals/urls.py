from django.urls import path

from explor.ground.roles.registry import role_required

from .views import party
from .views import reseau as network


def _party(role: str) -> list[object]:
    """Return the URL patterns that the three parties share, under the prefix of one role."""
    pages = {"": ("proposals", party.proposals), "<int:pk>/": ("proposal", party.proposal)}
    lists = [
        path(f"propositions/{url}", role_required(role)(view), name=f"{role}_{name}")  # type: ignore[arg-type]
        for url, (name, view) in pages.items()
    ]
    return [*lists, *party.VERBS.urls(role)]


expert = _party("expert")
association = _party("association")
employeur = _party("employeur")
reseau = [
    *network.MATCH.urls("reseau"),
    *network.RESERVE.urls("reseau"),
    path("propositions/<int:pk>/", network.proposal, name="reseau_proposal"),
    *network.REPLIES.urls("reseau"),
    *party.VERBS.urls("reseau"),
]
