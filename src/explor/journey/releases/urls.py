from django.urls import path

from explor.ground.common.hats import wear

from .views import shared


def _pages(hat: str, *more: str) -> list[object]:
    """The pages of a release under one hat."""
    pages = {
        "release": ("", shared.release),
        "sign": ("signer/", shared.sign),
        "agreement": ("convention/", shared.agreement),
        "approve": ("accorder/", shared.approve),
        "refuse": ("refuser/", shared.refuse),
        "confirm": ("cadre/", shared.confirm),
    }
    names = ("release", "sign", "agreement", *more)
    return [
        path(
            f"mises-a-disposition/<int:pk>/{pages[name][0]}",
            wear(hat)(pages[name][1]),
            name=f"{hat}_{name}",
        )
        for name in names
    ]


association = _pages("association")
expert = _pages("expert")
employeur = [
    path("mises-a-disposition/", wear("employeur")(shared.releases), name="employeur_releases"),
    *_pages("employeur", "approve", "refuse"),
]
reseau = _pages("reseau", "approve", "refuse", "confirm")
