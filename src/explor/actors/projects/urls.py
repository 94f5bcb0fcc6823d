from django.urls import path

from .views import association as own
from .views import reseau as network

association = [
    path("projets/", own.projects, name="association_projects"),
    path("projets/nouveau/", own.new, name="association_project_new"),
    path("projets/<int:pk>/", own.project, name="association_project"),
    path("projets/<int:pk>/modifier/", own.edit, name="association_project_edit"),
]
reseau = [path("projets/<int:pk>/", network.project, name="reseau_project")]
