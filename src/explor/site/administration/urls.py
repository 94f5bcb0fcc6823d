from django.urls import path

from .views import accounts, actors, health, register

ROLE = "administration"


def _page(route: str, view: object, name: str) -> object:
    return path(route, view, name=f"{ROLE}_{name}")  # type: ignore[call-overload]


administration = [
    _page("reseaux/", actors.networks, "networks"),
    _page("reseaux/nouveau/", actors.new_network, "new_network"),
    _page("reseaux/<int:pk>/", actors.network, "network"),
    *actors.NETWORK.urls(ROLE),
    _page("reseaux/<int:pk>/lettres/", actors.letter_templates, "letter_templates"),
    *actors.LETTERS.urls(ROLE),
    _page("financeurs/", actors.funders, "funders"),
    _page("financeurs/nouveau/", actors.new_funder, "new_funder"),
    _page("financeurs/<int:pk>/", actors.funder, "funder"),
    *actors.FUNDER.urls(ROLE),
    _page("roles/", actors.roles, "roles"),
    *actors.ROLE_TYPE.urls(ROLE),
    *actors.HOLDER.urls(ROLE),
    *actors.INVITATION.urls(ROLE),
    _page("comptes/", accounts.people, "accounts"),
    _page("comptes/<int:pk>/", accounts.account, "account"),
    *accounts.ACCOUNT.urls(ROLE),
    *accounts.SESSION.urls(ROLE),
    _page("seconds-facteurs/<int:pk>/", accounts.reset, "reset"),
    *accounts.RESET.urls(ROLE),
    _page("liens/", accounts.links, "links"),
    *accounts.LINK.urls(ROLE),
    _page("adresses/", health.bad_addresses, "bad_addresses"),
    *health.ADDRESS.urls(ROLE),
    *health.MESSAGE.urls(ROLE),
    *health.JOB.urls(ROLE),
    _page("etat/", health.state, "health"),
    _page("registre/", register.register, "register"),
    _page("registre/registre.csv", register.register_csv, "register_csv"),
    _page("registre/registre.docx", register.register_docx, "register_docx"),
    _page("registre/analyse-d-impact.docx", register.impact, "impact"),
]
