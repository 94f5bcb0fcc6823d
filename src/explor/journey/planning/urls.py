from django.urls import path

from .views import reseau as views

reseau = [
    path("plans/", views.plans, name="reseau_plans"),
    *views.NEW_PLAN.urls("reseau"),
    path("plans/<int:pk>/", views.plan, name="reseau_plan"),
    *views.PLAN.urls("reseau"),
    path("plans/<int:pk>/calculer/", views.recompute, name="reseau_recompute"),
    path("choix/<int:pk>/oublier/", views.remove_choice, name="reseau_remove_choice"),
    path("scenarios/<int:pk>/arreter/", views.stop, name="reseau_stop"),
    path("scenarios/<int:pk>/retirer/", views.remove_scenario, name="reseau_remove_scenario"),
    *views.SCENARIO.urls("reseau"),
    path("a-recruter/", views.recruitment, name="reseau_recruitment"),
]
