from django.urls import URLPattern, path

from explor.ground.roles.registry import role_required

from . import views

reseau = [
    path("organisations/transferts/", views.transfers, name="reseau_transfers"),
    path("organisations/transferts/<int:pk>/", views.transfer, name="reseau_transfer"),
    path("organisations/transferer/<int:pk>/", views.new, name="reseau_transfer_request"),
    *views.NETWORK.urls("reseau"),
]


def _own(kind: str) -> list[URLPattern]:
    """Return the URL patterns shared by associations and employers, for the role `kind`."""
    home = "notre-organisation/transfert/"
    return [
        path(home, role_required(kind)(views.own), name=f"{kind}_transfer"),
        *views.OWN.urls(kind),
    ]


association, employeur = _own("association"), _own("employeur")
