from django.urls import path

from explor.ground.roles.registry import role_required

from .views import papers, shared, signing, templates


def _pages(role: str) -> list[object]:
    """Return the URL patterns of the pages and actions of a release for one role."""
    route = "mises-a-disposition/<int:pk>/"
    return [
        path(route, role_required(role)(shared.release), name=f"{role}_release"),
        path(
            f"{route}convention/", role_required(role)(shared.agreement), name=f"{role}_agreement"
        ),
        path(
            f"{route}papiers/<slug:scheme>/<slug:slug>.<slug:form>",
            role_required(role)(papers.paper),
            name=f"{role}_paper",
        ),
        *shared.VERBS.urls(role),
        *signing.SIGNATORIES.urls(role),
        path(
            f"{route}convention-a-signer/",
            role_required(role)(shared.unsigned),
            name=f"{role}_unsigned",
        ),
        path(f"{route}preuve/", role_required(role)(signing.proof_file), name=f"{role}_proof"),
        path(
            "signatures/<int:pk>/papier/",
            role_required(role)(signing.paper),
            name=f"{role}_signed_paper",
        ),
        path(
            "signatures/<int:pk>/original/",
            role_required(role)(signing.original),
            name=f"{role}_original",
        ),
    ]


public = [
    path("signer/<str:secret>/", signing.sign, name="signing"),
    path("signer/<str:secret>/convention.pdf", signing.document, name="signing_document"),
    path("signer/<str:secret>/deleguer/", signing.delegate, name="delegating"),
    path("signer/<str:secret>/nouveau-lien/", signing.renew, name="renewing"),
]
association = _pages("association")
expert = _pages("expert")
employeur = [
    path(
        "mises-a-disposition/",
        role_required("employeur")(shared.releases),
        name="employeur_releases",
    ),
    *_pages("employeur"),
]
reseau = [
    *_pages("reseau"),
    path("le-reseau/papiers/", templates.network_papers, name="reseau_network_papers"),
    path(templates.ROUTE, templates.network_paper, name="reseau_network_paper"),
    path(
        f"{templates.ROUTE}apercu.pdf",
        templates.network_paper_preview,
        name="reseau_network_paper_preview",
    ),
    *templates.PAPERS.urls("reseau"),
    *templates.CLAUSES.urls("reseau"),
]
