from django.urls import path

from .views import comite as member
from .views import reseau as network

comite = [
    path("dossiers/", member.needs, name="comite_needs"),
    path("dossiers/<int:pk>/", member.need, name="comite_need"),
    path("dossiers/<int:pk>/reprendre/", member.take_up, name="comite_take_up"),
    path("dossiers/<int:pk>/retrait/", member.recuse, name="comite_recuse"),
    path("lecture/", member.reading, name="comite_reading"),
    path("liens/", member.declare, name="comite_declare"),
]
reseau = [
    path("appels/<int:pk>/comite/", network.committee, name="reseau_committee"),
    path("appels/<int:pk>/comite/inviter/", network.invite, name="reseau_invite"),
    path("appels/<int:pk>/comite/reglement/", network.bylaws, name="reseau_bylaws"),
    path("sieges/<int:pk>/presider/", network.chair, name="reseau_chair"),
    path("sieges/<int:pk>/retirer/", network.dismiss, name="reseau_dismiss"),
]
