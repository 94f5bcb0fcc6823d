from django.urls import path

from explor.ground.imports.urls import import_urls

from .views import association as own
from .views import editing, imports
from .views import reseau as network

reseau = [
    path("fiches/", network.sheets, name="reseau_sheets"),
    path("fiches/importer/", imports.upload, name="reseau_import"),
    *import_urls(
        "sheet_import",
        role="reseau",
        imports="fiches/imports/",
        files="fiches/imports/",
        lines="fiches/lignes/",
    ),
    path("fiches/ecrire/<int:project>/", network.write, name="reseau_write"),
    path("fiches/<int:pk>/", network.sheet, name="reseau_sheet"),
    path("fiches/<int:pk>/versions/", editing.versions, name="reseau_versions"),
    path("fiches/<int:pk>/corriger/", editing.correct, name="reseau_correct"),
    path("fiches/<int:pk>/adresse/", editing.rename, name="reseau_rename"),
    path("fiches/<int:pk>/photos/", editing.add_photo, name="reseau_add_photo"),
    path("fiches/<int:pk>/photos/<int:photo>/", editing.remove_photo, name="reseau_remove_photo"),
    path("fiches/<int:pk>/<str:verb>/", network.act, name="reseau_act"),
]
association = [
    path("fiches/<int:pk>/", own.sheet, name="association_sheet"),
    path("fiches/<int:pk>/corriger/", own.correct, name="association_correct"),
    path("fiches/<int:pk>/<str:verb>/", own.act, name="association_act"),
]
