from django.urls import path

from explor.ground.roles.registry import role_required

from .views import appeals, decisions, letters, ranking, votes


def _shared(role: str) -> list[object]:
    """Return the pages that the network and the chair share, each under its own role."""
    patterns = (
        ("appels/<int:pk>/classement/", ranking.ranking, "ranking"),
        ("seances/<int:pk>/dossiers/<int:need>/", votes.vote, "vote"),
    )
    return [
        path(route, role_required(role)(view), name=f"{role}_{name}")
        for route, view, name in patterns
    ]


association = [
    path("reexamens/<int:pk>/", appeals.request_review, name="association_request_review"),
]
comite = _shared("comite")
reseau = [
    *_shared("reseau"),
    path("appels/<int:pk>/annonces/", letters.letters, name="reseau_letters"),
    path("appels/<int:pk>/annonces/retenir/", letters.hold, name="reseau_hold"),
    path("decisions/<int:pk>/", decisions.decision, name="reseau_decision"),
    path("decisions/<int:pk>/decider/", decisions.decide, name="reseau_decide"),
    path("decisions/<int:pk>/annoncer/", decisions.announce, name="reseau_announce"),
    path("decisions/<int:pk>/reprendre/", decisions.reconsider, name="reseau_reconsider"),
    path("decisions/<int:pk>/motifs/", letters.reasons, name="reseau_reasons"),
    path("reexamens/<int:pk>/", appeals.appeal, name="reseau_appeal"),
    path("reexamens/<int:pk>/<slug:slug>/", appeals.answer_review, name="reseau_answer"),
]
