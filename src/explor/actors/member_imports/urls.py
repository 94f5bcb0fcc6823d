from django.urls import path

from explor.ground.imports.urls import import_urls

from . import views

ROOT = "organisations/adhesions/"
reseau = [
    path(f"{ROOT}importer/", views.upload, name="reseau_import"),
    path(f"{ROOT}fichiers/<int:pk>/inviter/", views.invite, name="reseau_import_invite"),
    path(f"{ROOT}fichiers/<int:pk>/fautes.csv", views.faults, name="reseau_import_faults"),
    *import_urls(
        "member_import",
        role="reseau",
        imports=ROOT,
        files=f"{ROOT}fichiers/",
        lines=f"{ROOT}lignes-lues/",
    ),
]
