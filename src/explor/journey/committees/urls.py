from django.urls import path

from .views import comite as member
from .views import reseau as network

comite = [
    path("dossiers/", member.needs, name="comite_needs"),
    path("dossiers/<int:pk>/", member.need, name="comite_need"),
    path("lecture/", member.reading, name="comite_reading"),
    *member.OPINIONS.urls("comite"),
    *member.NEEDS.urls("comite"),
    *member.INTERESTS.urls("comite"),
]
reseau = [
    path("appels/<int:pk>/comite/", network.committee, name="reseau_committee"),
    *network.INVITATIONS.urls("reseau"),
    *network.BYLAWS.urls("reseau"),
    *network.MEMBERS.urls("reseau"),
]
