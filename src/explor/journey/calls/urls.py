from django.urls import path

from .views import public as views
from .views import reseau as network

public = [
    path("dispositif/appels/", views.calls, name="calls"),
    path("dispositif/appels/<slug:slug>/", views.call, name="call"),
]
reseau = [
    path("appels/", network.calls, name="reseau_calls"),
    path("appels/nouveau/", network.new, name="reseau_new"),
    path("appels/<int:pk>/", network.call, name="reseau_call"),
    path("appels/<int:pk>/modifier/", network.edit, name="reseau_edit"),
    path("appels/<int:pk>/grille/", network.grid, name="reseau_grid"),
    path("appels/<int:pk>/enveloppe/", network.fund, name="reseau_fund"),
    path("appels/<int:pk>/<str:verb>/", network.act, name="reseau_act"),
]
