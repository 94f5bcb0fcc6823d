from django.urls import path

from .views import public as views
from .views import reseau as network

public = [
    path("projets/", views.sheets, name="sheets"),
    path("projets/<slug:slug>/", views.sheet, name="sheet"),
    path("carte/", views.world, name="map"),
]
reseau = [
    path("fiches/", network.sheets, name="reseau_sheets"),
    path("fiches/importer/", network.bring_in, name="reseau_import"),
    path("fiches/ecrire/<int:project>/", network.write, name="reseau_write"),
    path("fiches/<int:pk>/", network.sheet, name="reseau_sheet"),
    path("fiches/<int:pk>/<str:verb>/", network.act, name="reseau_act"),
]
