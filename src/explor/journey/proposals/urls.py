from django.urls import path

from explor.ground.common.hats import wear

from .views import party
from .views import reseau as network


def _party(hat: str) -> list[object]:
    """The pages that the three parties share, each in its own role."""
    pages = {
        "": ("introductions", party.introductions),
        "<int:pk>/": ("introduction", party.introduction),
        "<int:pk>/repondre/": ("answer", party.reply),
    }
    return [
        path(f"propositions/{url}", wear(hat)(view), name=f"{hat}_{name}")  # type: ignore[arg-type]
        for url, (name, view) in pages.items()
    ]


expert = [
    *_party("expert"),
    path(
        "propositions/<int:pk>/desistement/", wear("expert")(party.withdraw), name="expert_withdraw"
    ),
]
association = _party("association")
employeur = _party("employeur")
reseau = [
    path(
        "recherches/<int:need>/proposer/<int:expert>/", network.introduce, name="reseau_introduce"
    ),
    path("recherches/<int:need>/reserve/<int:expert>/", network.reserve, name="reseau_reserve"),
    path("reserve/<int:pk>/retirer/", network.unreserve, name="reseau_unreserve"),
    path("propositions/<int:pk>/", network.introduction, name="reseau_introduction"),
    path("propositions/<int:pk>/reponse/<str:party>/", network.reply, name="reseau_answer"),
    path("propositions/<int:pk>/<str:verb>/", network.act, name="reseau_act"),
]
