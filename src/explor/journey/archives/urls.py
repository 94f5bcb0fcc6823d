from django.urls import path

from . import views

LIST = "archives/bordereaux/<int:pk>/"

reseau = [
    path("archives/", views.disposals, name="reseau_disposals"),
    path(LIST, views.disposal, name="reseau_disposal"),
    path(f"{LIST}bordereau.docx", views.document, name="reseau_disposal_docx"),
    path(f"{LIST}bordereau.csv", views.table, name="reseau_disposal_csv"),
    path(f"{LIST}visa-recu/", views.visa, name="reseau_disposal_visa"),
    *views.PREPARE.urls("reseau"),
    *views.VERBS.urls("reseau"),
]
