from django.urls import path

from explor.ground.imports.urls import import_urls

from .views import association as own
from .views import imports
from .views import reseau as network
from .views.verbs import PHOTO_VERBS, PROJECT_VERBS, VERBS

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
    path("fiches/<int:pk>/", network.sheet, name="reseau_sheet"),
    path("fiches/<int:pk>/versions/", network.versions, name="reseau_versions"),
    *PROJECT_VERBS.urls("reseau"),
    *PHOTO_VERBS.urls("reseau"),
    *VERBS.urls("reseau"),
]
association = [
    path("fiches/<int:pk>/", own.sheet, name="association_sheet"),
    *VERBS.urls("association"),
]
