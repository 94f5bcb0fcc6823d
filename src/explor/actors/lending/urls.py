from django.urls import path

from .views import employeur as own
from .views import reseau as network

employeur = [
    path("regles/", own.own_rules, name="employeur_rules"),
    *own.RULES.urls("employeur"),
    *own.PERIODS.urls("employeur"),
    *own.APPROVERS.urls("employeur"),
]
reseau = [
    path("organisations/<int:pk>/regles/", network.rules_of_employer, name="reseau_rules"),
]
