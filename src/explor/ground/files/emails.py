"""The messages about a file that the antivirus refused."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from explor.ground.accounts.selectors import addresses_of_administrators
from explor.ground.mail.actions import notify
from explor.ground.ui import hooks
from explor.ground.ui.days import date_format

from .models import Document


def infected(document: Document, *, was_readable: bool) -> None:
    """Notify the person who uploaded an infected file, and its network or the administrators."""
    day = timezone.localtime(document.uploaded_at)
    body = (
        f"L’antivirus a reconnu « {document.threat} » dans le fichier « {document.title} », "
        f"déposé le {date_format(day)}. Le fichier est effacé.\n\n"
    )
    body += (
        "Il a pu être téléchargé avant : prévenez les personnes qui l’ont ouvert.\n\n"
        if was_readable
        else "Personne n’a pu l’ouvrir.\n\n"
    )
    body += "Faites contrôler l’ordinateur d’où il vient, puis déposez une copie saine."
    subject = f"Fichier refusé par l’antivirus : {document.title}"
    for to in dict.fromkeys([*_uploader(document), *_guardians(document)]):
        notify(
            to=to,
            kind="files.infected",
            subject=subject[:200],
            body=body,
            about=document,
            urgent=True,
        )


def _uploader(document: Document) -> list[str]:
    if document.uploaded_by is None:
        return []
    people = get_user_model()._default_manager.filter(pk=document.uploaded_by, is_active=True)
    return list(people.values_list("email", flat=True))


def _guardians(document: Document) -> list[str]:
    if document.network is None:
        return addresses_of_administrators()
    lists = (addresses(document.network) for addresses in hooks.get("files.guardians"))
    return [address for addresses in lists for address in addresses]
