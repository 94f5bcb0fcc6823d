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
    """The pages that associations and employers share, each under its own role."""
    pages: dict[str, tuple[str, View]] = {
        "": ("profile", member.profile),
        "modifier/": ("edit", member.edit),
        "verification/": ("ask_again", member.ask_again),
        "inviter/": ("invite", member.invite),
        "justificatifs/ajouter/": ("paper_add", papers.add),
        "justificatifs/<int:pk>/": ("paper", papers.read),
        "justificatifs/<int:pk>/retirer/": ("paper_remove", papers.remove),
    }
    return [
        *(
            path(f"notre-organisation/{url}", role_required(kind)(view), name=f"{kind}_{name}")
            for url, (name, view) in pages.items()
        ),
        path(
            "notre-organisation/membres/<int:pk>/retirer/",
            role_required(kind)(member.remove),
            name=f"{kind}_remove",
        ),
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
    path("organisations.csv", network.export, name="reseau_organisations_csv"),
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
    path(
        "organisations/justificatifs/<int:pk>/retirer/",
        role_required("reseau")(papers.remove),
        name="reseau_paper_remove",
    ),
    *partners.NETWORK_LINKS.urls("reseau"),
    *network.VERBS.urls("reseau"),
]
