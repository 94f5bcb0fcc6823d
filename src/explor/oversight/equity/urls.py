from django.urls import path

from .views import coordination as above
from .views import expert as own
from .views import reseau as network

reseau = [
    path("egalite/", network.equity, name="reseau_equity"),
    path("egalite/chiffres.csv", network.export, name="reseau_export"),
    path("egalite/question/poser/", network.switch_on, name="reseau_switch_on"),
    path("egalite/question/retirer/", network.switch_off, name="reseau_switch_off"),
]
coordination = [
    path("egalite/", above.equity, name="coordination_equity"),
    path("egalite/dossiers/", above.needs, name="coordination_needs"),
    path("egalite/dossiers/<str:name>", above.needs_export, name="coordination_needs_export"),
    path("egalite/chiffres.csv", above.export, name="coordination_export"),
]
expert = [
    path("question-facultative/<slug:network>/", own.question, name="expert_question"),
    path("question-facultative/<slug:network>/effacer/", own.erase, name="expert_erase"),
]
