from django.urls import path

from .views import files

reseau = [
    path("organisations/adhesions/", files.files, name="reseau_files"),
    path("organisations/adhesions/importer/", files.upload, name="reseau_upload"),
    path("organisations/adhesions/fichiers/<int:pk>/", files.file, name="reseau_file"),
    path(
        "organisations/adhesions/fichiers/<int:pk>/colonnes/",
        files.columns,
        name="reseau_file_columns",
    ),
    path("organisations/adhesions/fichiers/<int:pk>/arreter/", files.stop, name="reseau_file_stop"),
    path(
        "organisations/adhesions/fichiers/<int:pk>/inviter/",
        files.invite,
        name="reseau_file_invite",
    ),
    path(
        "organisations/adhesions/fichiers/<int:pk>/fautes.csv",
        files.faults,
        name="reseau_file_faults",
    ),
    path(
        "organisations/adhesions/fichiers/<int:pk>/<str:verb>/", files.act, name="reseau_file_act"
    ),
    path("organisations/adhesions/lignes-lues/<int:pk>/", files.keep, name="reseau_file_keep"),
]
