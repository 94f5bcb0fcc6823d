from django.urls import path

from explor.ground.imports.urls import import_urls

from . import views

ROOT = "organisations/adhesions/"
reseau = [
    path(f"{ROOT}importer/", views.upload, name="reseau_import"),
    *views.INVITATIONS.urls("reseau"),
    path(f"{ROOT}fichiers/<int:pk>/fautes.csv", views.faults, name="reseau_import_faults"),
    *import_urls(
        "member_import",
        role="reseau",
        imports=ROOT,
        files=f"{ROOT}fichiers/",
        lines=f"{ROOT}lignes-lues/",
    ),
]
