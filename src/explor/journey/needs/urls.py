from django.urls import path

from .views import association as own
from .views import builder, papers, together
from .views import partenaire as partner
from .views import reseau as network
from .views.verbs import VERBS

association = [
    *VERBS.urls("association"),
    path("besoins/", own.needs, name="association_needs"),
    path("besoins/nouveau/", own.new, name="association_new"),
    path("besoins/<int:pk>/", own.need, name="association_need"),
    path("besoins/<int:pk>/modifier/", own.edit, name="association_edit"),
    path("besoins/<int:pk>/relire/", builder.review, name="association_review"),
    path("besoins/<int:pk>/ecrans/<str:slug>/", builder.screen, name="association_screen"),
    path("besoins/<int:pk>/ecrans/<str:slug>/garder/", builder.keep, name="association_keep"),
    path(
        "besoins/<int:pk>/ecrans/<str:slug>/presence/", together.presence, name="association_there"
    ),
    path("besoins/<int:pk>/remarques/", together.association_remarks, name="association_remarks"),
    path("besoins/<int:pk>/versions/", together.association_versions, name="association_versions"),
    path("besoins/<int:pk>/apercu/", papers.preview, name="association_preview"),
    path(
        "besoins/<int:pk>/termes-de-reference.<str:form>",
        papers.association_export,
        name="association_export",
    ),
]
reseau = [
    *VERBS.urls("reseau"),
    path("besoins/", network.needs, name="reseau_needs"),
    path("besoins/<int:pk>/", network.need, name="reseau_need"),
    path("besoins/<int:pk>/remarques/", together.reseau_remarks, name="reseau_remarks"),
    path("besoins/<int:pk>/versions/", together.reseau_versions, name="reseau_versions"),
    path(
        "besoins/<int:pk>/termes-de-reference.<str:form>",
        papers.reseau_export,
        name="reseau_export",
    ),
]
partenaire = [path("besoin/", partner.need, name="partenaire_need")]
