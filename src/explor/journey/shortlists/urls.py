from django.urls import path

from .views import public as views
from .views import reseau as network

public = [path("missions/", views.missions, name="missions")]
reseau = [
    path("recherches/", network.searches, name="reseau_searches"),
    path("recherches/<int:need>/", network.shortlist, name="reseau_shortlist"),
    path("recherches/<int:need>/comparer/", network.compare, name="reseau_compare"),
]
