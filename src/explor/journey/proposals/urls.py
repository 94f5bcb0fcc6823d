from django.urls import path

from explor.ground.roles.registry import role_required

from .views import party
from .views import reseau as network


def _party(role: str) -> list[object]:
    """The pages that the three parties share, each in its own role."""
    pages = {
        "": ("proposals", party.proposals),
        "<int:pk>/": ("proposal", party.proposal),
        "<int:pk>/repondre/": ("answer", party.reply),
    }
    return [
        path(f"propositions/{url}", role_required(role)(view), name=f"{role}_{name}")  # type: ignore[arg-type]
        for url, (name, view) in pages.items()
    ]


expert = [
    *_party("expert"),
    *party.VERBS.urls("expert"),
]
association = _party("association")
employeur = _party("employeur")
reseau = [
    path(
        "recherches/<int:need>/proposer/<int:expert>/", network.introduce, name="reseau_introduce"
    ),
    path("recherches/<int:need>/reserve/<int:expert>/", network.reserve, name="reseau_reserve"),
    path("reserve/<int:pk>/retirer/", network.unreserve, name="reseau_unreserve"),
    path("propositions/<int:pk>/", network.proposal, name="reseau_proposal"),
    path("propositions/<int:pk>/reponse/<str:party>/", network.reply, name="reseau_answer"),
    *party.VERBS.urls("reseau"),
]
