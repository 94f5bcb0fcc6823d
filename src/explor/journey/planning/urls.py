from django.urls import path

from .views import reseau as views

reseau = [
    path("plans/", views.matching_plans, name="reseau_plans"),
    path("plans/nouveau/", views.open_matching_plan, name="reseau_open_round"),
    path("plans/<int:pk>/", views.matching_plan, name="reseau_plan"),
    path("plans/<int:pk>/scenario/", views.add_scenario, name="reseau_add_scenario"),
    path("plans/<int:pk>/choix/", views.choose, name="reseau_choose"),
    path("plans/<int:pk>/et-si/", views.what_if, name="reseau_what_if"),
    path("plans/<int:pk>/calculer/", views.recompute, name="reseau_recompute"),
    path("plans/<int:pk>/abandonner/", views.drop, name="reseau_drop"),
    path("choix/<int:pk>/oublier/", views.forget, name="reseau_forget"),
    path("scenarios/<int:pk>/arreter/", views.stop, name="reseau_stop"),
    path("scenarios/<int:pk>/retirer/", views.remove_scenario, name="reseau_remove_scenario"),
    path("scenarios/<int:pk>/adopter/", views.adopt, name="reseau_adopt"),
    path("a-recruter/", views.outlook, name="reseau_outlook"),
]
