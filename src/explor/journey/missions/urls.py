from django.urls import path

from explor.ground.common.hats import wear

from .views import reseau as network
from .views import shared


def _pages(hat: str) -> list[object]:
    """The pages that the four hats share, each under its own."""
    return [
        path("missions/<int:pk>/", wear(hat)(shared.mission), name=f"{hat}_mission"),
        path("missions/points/<int:pk>/", wear(hat)(shared.tick), name=f"{hat}_tick"),
    ]


def _list(hat: str) -> object:
    return path("missions/", wear(hat)(shared.missions), name=f"{hat}_missions")


association = [_list("association"), *_pages("association")]
employeur = [_list("employeur"), *_pages("employeur")]
expert = [
    _list("expert"),
    *_pages("expert"),
    path(
        "missions/<int:pk>/depart/",
        wear("expert")(shared.move),
        {"verb": "depart"},
        name="expert_depart",
    ),
    path(
        "missions/<int:pk>/retour/",
        wear("expert")(shared.move),
        {"verb": "come_back"},
        name="expert_come_back",
    ),
]
reseau = [
    path("missions/", network.missions, name="reseau_missions"),
    *_pages("reseau"),
    path("missions/<int:pk>/<slug:slug>/", network.act, name="reseau_act"),
]
