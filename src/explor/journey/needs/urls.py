from django.urls import path

from .views import association as own
from .views import builder
from .views import partenaire as partner
from .views import reseau as network

association = [
    path("besoins/", own.needs, name="association_needs"),
    path("besoins/nouveau/", own.new, name="association_new"),
    path("besoins/<int:pk>/", own.need, name="association_need"),
    path("besoins/<int:pk>/modifier/", own.edit, name="association_edit"),
    path("besoins/<int:pk>/relire/", builder.review, name="association_review"),
    path("besoins/<int:pk>/ecrans/<str:slug>/", builder.screen, name="association_screen"),
    path("besoins/<int:pk>/ecrans/<str:slug>/garder/", builder.keep, name="association_keep"),
    path("besoins/<int:pk>/partenaire/", own.partner, name="association_partner"),
    path("besoins/<int:pk>/<str:verb>/", own.act, name="association_act"),
]
reseau = [
    path("besoins/", network.needs, name="reseau_needs"),
    path("besoins/<int:pk>/", network.need, name="reseau_need"),
    path("besoins/<int:pk>/renvoyer/", network.send_back, name="reseau_send_back"),
    path("besoins/<int:pk>/charge/", network.assign, name="reseau_assign"),
    path("besoins/<int:pk>/<str:verb>/", network.act, name="reseau_act"),
]
partenaire = [path("besoin/", partner.need, name="partenaire_need")]
