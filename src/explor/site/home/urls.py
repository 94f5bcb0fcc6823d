from django.urls import path

from .views import account as own
from .views import public as views
from .views import security
from .views.roles import home

public = [
    path("", views.home, name="home"),
    path("dispositif/", views.scheme, name="scheme"),
    path("plan-du-site/", views.sitemap, name="sitemap"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal, name="legal"),
    path(".well-known/security.txt", security.contact, name="security"),
    path("sante", views.health, name="health"),
    path("sante/pret", views.ready, name="ready"),
]
account = [path("", own.account, name="account")]
association = [path("", home("association"), name="association_home")]
expert = [path("", home("expert"), name="expert_home")]
employeur = [path("", home("employeur"), name="employeur_home")]
reseau = [path("", home("reseau"), name="reseau_home")]
comite = [path("", home("comite"), name="comite_home")]
coordination = [path("", home("coordination"), name="coordination_home")]
financeur = [path("", home("financeur"), name="financeur_home")]
administration = [path("", home("administration"), name="administration_home")]
