from django.urls import path

from .views import association as own
from .views import reseau as network
from .views.verbs import LATE, NEEDS, SUPPLEMENTS

association = [
    path("complements/<int:pk>/", own.answer_supplement, name="association_answer"),
    path("pieces/<int:pk>/", own.papers, name="association_papers"),
    path("pieces/lire/<int:pk>/", own.download_paper, name="association_paper"),
]
reseau = [
    *NEEDS.urls("reseau"),
    *SUPPLEMENTS.urls("reseau"),
    *LATE.urls("reseau"),
    path("recevabilite/", network.board, name="reseau_board"),
    path("recevabilite/repartition/", network.workload, name="reseau_workload"),
    path("recevabilite/tardifs/", network.late, name="reseau_late"),
    path("recevabilite/<int:pk>/", network.need, name="reseau_need"),
    path("pieces/lire/<int:pk>/", network.download_paper, name="reseau_paper"),
    path("complements/lire/<int:pk>/", network.download_item, name="reseau_item"),
]
