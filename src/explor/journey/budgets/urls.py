from .views import reseau as network

reseau = [*network.MISSIONS.urls("reseau"), *network.LINES.urls("reseau")]
