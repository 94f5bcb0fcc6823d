from django.urls import path

from explor.ground.common.hats import wear

from .views import appeals, letters, sessions
from .views import comite as committee
from .views import reseau as network


def _led(hat: str) -> list[object]:
    """The pages that the network and whoever chairs share, each under its own hat."""
    pages = (
        ("appels/<int:pk>/classement/", sessions.ranking, "ranking"),
        ("appels/<int:pk>/seances/", sessions.plan, "plan"),
        ("seances/<int:pk>/", sessions.session, "session"),
        ("seances/<int:pk>/presences/", sessions.attend, "attend"),
        ("seances/<int:pk>/dossiers/<int:need>/", sessions.file, "session_file"),
        ("seances/<int:pk>/<slug:slug>/", sessions.act, "session_act"),
    )
    return [path(route, wear(hat)(view), name=f"{hat}_{name}") for route, view, name in pages]


association = [
    path("reexamens/<int:pk>/", appeals.contest, name="association_contest"),
]
comite = [
    path("dossiers/", committee.needs, name="comite_needs"),
    path("dossiers/<int:pk>/", committee.need, name="comite_need"),
    path("dossiers/<int:pk>/reprendre/", committee.take_up, name="comite_take_up"),
    path("dossiers/<int:pk>/retrait/", committee.recuse, name="comite_recuse"),
    path("lecture/", committee.reading, name="comite_reading"),
    path("liens/", committee.declare, name="comite_declare"),
    path("seances/<int:pk>/proces-verbal/", committee.minutes, name="comite_minutes"),
    *_led("comite"),
]
reseau = [
    path("appels/<int:pk>/comite/", network.committee, name="reseau_committee"),
    path("appels/<int:pk>/comite/inviter/", network.invite, name="reseau_invite"),
    path("appels/<int:pk>/comite/reglement/", network.bylaws, name="reseau_bylaws"),
    path("sieges/<int:pk>/presider/", network.chair, name="reseau_chair"),
    path("sieges/<int:pk>/retirer/", network.dismiss, name="reseau_dismiss"),
    path("appels/<int:pk>/annonces/", letters.letters, name="reseau_letters"),
    path("appels/<int:pk>/annonces/retenir/", letters.hold, name="reseau_hold"),
    path(
        "seances/<int:pk>/proces-verbal/", wear("reseau")(sessions.minutes), name="reseau_minutes"
    ),
    *_led("reseau"),
    path("decisions/<int:pk>/", network.decision, name="reseau_decision"),
    path("decisions/<int:pk>/decider/", network.decide, name="reseau_decide"),
    path("decisions/<int:pk>/annoncer/", network.announce, name="reseau_announce"),
    path("decisions/<int:pk>/reprendre/", network.reconsider, name="reseau_reconsider"),
    path("decisions/<int:pk>/motifs/", letters.words, name="reseau_words"),
    path("reexamens/<int:pk>/", appeals.appeal, name="reseau_appeal"),
    path("reexamens/<int:pk>/<slug:slug>/", appeals.give, name="reseau_answer"),
]
