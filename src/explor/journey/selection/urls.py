from django.urls import path

from .views import comite as committee
from .views import reseau as network

comite = [
    path("dossiers/", committee.needs, name="comite_needs"),
    path("dossiers/<int:pk>/", committee.need, name="comite_need"),
    path("dossiers/<int:pk>/retrait/", committee.recuse, name="comite_recuse"),
]
reseau = [
    path("appels/<int:pk>/classement/", network.ranking, name="reseau_ranking"),
    path("appels/<int:pk>/comite/", network.invite, name="reseau_invite"),
    path("decisions/<int:pk>/", network.decision, name="reseau_decision"),
    path("decisions/<int:pk>/decider/", network.decide, name="reseau_decide"),
    path("decisions/<int:pk>/annoncer/", network.announce, name="reseau_announce"),
]
