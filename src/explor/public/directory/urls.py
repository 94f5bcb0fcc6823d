from django.urls import path

from explor.ground.imports.urls import import_urls

from .views import association as own
from .views import editing, follow, imports, machines
from .views import public as views
from .views import reseau as network

public = [
    path("projets/", views.sheets, name="sheets"),
    path("projets/suivre/", follow.follow, name="follow"),
    path("projets/suivre/<str:token>/", follow.followed, name="followed"),
    path("projets/suivre/<str:token>/arreter/", follow.stop, name="stop_following"),
    path("projets/photos/<int:pk>/", views.photo, name="photo"),
    path("projets/<slug:slug>/", views.sheet, name="sheet"),
    path("projets/<slug:slug>.<slug:form>", views.take, name="take"),
    path("carte/", views.world, name="map"),
    path("flux/projets.atom", machines.feed, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
]
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
