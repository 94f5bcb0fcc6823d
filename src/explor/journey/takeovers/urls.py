from django.urls import path

from explor.ground.imports.urls import import_urls

from . import views

ROOT = "missions/reprises/"
reseau = [
    path(f"{ROOT}importer/", views.upload, name="reseau_import"),
    path(f"{ROOT}classeur.xlsx", views.template, name="reseau_template"),
    path(f"{ROOT}<int:pk>/fautes.csv", views.faults, name="reseau_import_faults"),
    *import_urls(
        "takeover", role="reseau", imports=ROOT, files=ROOT, lines="missions/lignes-reprises/"
    ),
]
