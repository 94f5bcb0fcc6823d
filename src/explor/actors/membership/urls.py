from django.urls import URLPattern, path

from explor.ground.common.hats import wear

from .views import doubles, files, transfers

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
    path("organisations/doubles/", doubles.doubles, name="reseau_doubles"),
    path("organisations/doubles/reunir/", doubles.merge, name="reseau_merge"),
    path("organisations/transferts/", transfers.transfers, name="reseau_transfers"),
    path("organisations/transferts/<int:pk>/", transfers.transfer, name="reseau_transfer"),
    path("organisations/transferer/<int:pk>/", transfers.ask, name="reseau_transfer_ask"),
    path(
        "organisations/transferts/<int:pk>/<str:verb>/",
        wear("reseau")(transfers.act),
        name="reseau_transfer_act",
    ),
]


def _own(kind: str) -> list[URLPattern]:
    """The pages that associations and employers share, each under its own hat."""
    home = "notre-organisation/transfert/"
    return [
        path(home, wear(kind)(transfers.own), name=f"{kind}_transfer"),
        path(f"{home}<str:verb>/", wear(kind)(transfers.act), name=f"{kind}_transfer_act"),
    ]


association, employeur = _own("association"), _own("employeur")
