from django.urls import path

from .views import public as views
from .views import reseau as network
from .views import terms
from .views.verbs import ENVELOPES, VERBS

public = [
    path("dispositif/appels/", views.calls, name="calls"),
    path("dispositif/appels/<slug:slug>/", views.call, name="call"),
]
reseau = [
    *VERBS.urls("reseau"),
    *ENVELOPES.urls("reseau"),
    path("appels/", network.calls, name="reseau_calls"),
    path("appels/nouveau/", network.new, name="reseau_new"),
    path("appels/<int:pk>/", network.call, name="reseau_call"),
    path("appels/<int:pk>/modifier/", network.edit, name="reseau_edit"),
    path("appels/<int:pk>/grille/", terms.grid, name="reseau_grid"),
    path("appels/<int:pk>/documents/", terms.papers, name="reseau_papers"),
    path("appels/<int:pk>/calendrier/", terms.calendar, name="reseau_calendar"),
    path("appels/<int:pk>/questions/", terms.questions, name="reseau_questions"),
]
