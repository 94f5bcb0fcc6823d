from django.urls import path

from .views import reseau as network

reseau = [
    path("appels/<int:pk>/regles/", network.rules_page, name="reseau_rules"),
    path("appels/<int:pk>/regles/<slug:code>/", network.rule, name="reseau_rule"),
]
