from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import path

from explor.ground.roles.registry import role_required

from .views import account as registration
from .views import member, papers, partners
from .views import reseau as network

View = Callable[..., HttpResponseBase]
account = [path("inscription/<str:kind>/", registration.register, name="register")]


def _own(kind: str) -> list[object]:
    """Return the URL patterns shared by associations and employers, for the role `kind`."""
    pages: dict[str, tuple[str, View]] = {
        "": ("profile", member.profile),
        "modifier/": ("edit", member.edit),
        "inviter/": ("invite", member.invite),
        "justificatifs/ajouter/": ("paper_add", papers.add),
        "justificatifs/<int:pk>/": ("paper", papers.read),
    }
    return [
        *(
            path(f"notre-organisation/{url}", role_required(kind)(view), name=f"{kind}_{name}")
            for url, (name, view) in pages.items()
        ),
        *member.VERBS.urls(kind),
        *member.MEMBERS.urls(kind),
        *papers.OWN_REMOVAL.urls(kind),
    ]


association = [
    *_own("association"),
    path("partenaires/ajouter/", partners.add, name="association_partner_add"),
    path("partenaires/<int:pk>/", partners.edit, name="association_partner"),
    *partners.OWN_LINKS.urls("association"),
]
employeur = _own("employeur")

reseau = [
    path("organisations/", network.organisations, name="reseau_organisations"),
    path("organisations/<int:pk>/", network.organisation, name="reseau_organisation"),
    path(
        "organisations/<int:org>/justificatifs/ajouter/",
        role_required("reseau")(papers.add),
        name="reseau_paper_add",
    ),
    path(
        "organisations/justificatifs/<int:pk>/",
        role_required("reseau")(papers.read),
        name="reseau_paper",
    ),
    *papers.NETWORK_REMOVAL.urls("reseau"),
    *partners.NETWORK_LINKS.urls("reseau"),
    *network.VERBS.urls("reseau"),
]
