from django.urls import path

from .views import employeur as own
from .views import public as views

public = [path("personne-proposee/<str:secret>/", views.answer, name="answer")]
employeur = [
    path("profils-recherches/", own.wanted, name="employeur_wanted"),
    *own.WANTED.urls("employeur"),
    *own.NOMINATIONS.urls("employeur"),
]
