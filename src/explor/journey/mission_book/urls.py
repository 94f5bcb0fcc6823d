from django.urls import path

from explor.ground.roles.registry import role_required

from .views import devices, shared

BOOK = "missions/<int:pk>/carnet/"
_expert = role_required("expert")

expert = [
    path(BOOK, _expert(shared.book), name="expert_book"),
    path(f"{BOOK}hors-ligne/", _expert(devices.offline), name="expert_offline"),
    path(f"{BOOK}veille.js", _expert(devices.worker), name="expert_worker"),
    path(f"{BOOK}telephones/", _expert(devices.keep), name="expert_keep"),
    *shared.ENTRIES.urls("expert"),
    *shared.DEVICES.urls("expert"),
]
reseau = [
    path(BOOK, role_required("reseau")(shared.read), name="reseau_book"),
    *shared.DEVICES.urls("reseau"),
]
public = [path(f"{BOOK}envoi/", devices.receive, name="receive")]
