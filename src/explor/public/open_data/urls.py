from django.urls import path

from .views import public as views
from .views import reseau as network

public = [
    path("donnees/", views.datasets, name="datasets"),
    path("donnees/catalogue.jsonld", views.catalogue, name="catalogue"),
    path("donnees/fichiers/<str:name>", views.file, name="file"),
]
reseau = [path("donnees/", network.datasets, name="reseau_datasets")]
