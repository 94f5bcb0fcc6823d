"""Tasks, facts and described effects shown on the administration pages."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.actions import blockers_of_erasure as without_direction
from explor.actors.networks.models import Network
from explor.actors.networks.selectors import networks_list
from explor.ground.accounts import rules as account_rules
from explor.ground.accounts import selectors as accounts
from explor.ground.accounts.models import (
    FactorReset,
    Invitation,
    Person,
    PersonalLink,
    Session,
)
from explor.ground.files.pages import storage_line_of
from explor.ground.http.actor import Actor
from explor.ground.mail import selectors as mail
from explor.ground.mail.models import BadAddress, Message
from explor.ground.reference.selectors import label
from explor.ground.roles.registry import RoleType
from explor.ground.ui.amounts import file_size
from explor.ground.ui.days import date_format
from explor.ground.ui.elision import of
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.calls.models import Funder

from . import rules
from .models import Backup
from .selectors import health
from .selectors.holders import Holder

ANY_TIME = "À tout moment"


def url(name: str, *args: object) -> str:
    """Return the URL of the administration page `name`."""
    return reverse(f"administration:administration_{name}", args=args)


# Tasks: things that need the attention of administrators.


def tasks(actor: Actor) -> list[Task]:
    """Return the tasks listed on the home page of `actor`, an administrator."""
    lines = [
        Task(
            title=f"Décider du second facteur {of(reset.person.name)}",
            url=url("reset", reset.pk),
            why=reset.reason,
            urgent=True,
        )
        for reset in accounts.resets_to_decide()[:20]
        if not account_rules.blockers_of_decision(actor, reset)
    ]
    lines += [
        Task(
            title=f"Inviter une direction pour {network.name}",
            url=url("invite_to_network", network.pk),
            why="Sans direction, personne ne règle ce réseau.",
        )
        for network in networks_list().filter(directions_count=0)[:20]
    ]
    return lines + _health_tasks()


def _health_tasks() -> list[Task]:
    page, lines = url("health"), []
    if count := health.failed_jobs().count():
        lines.append(Task(title=f"{_count(count, 'tâche')} en échec", url=page, why="À relancer."))
    if count := mail.failed_messages().count():
        why = "Non remis à leur destinataire."
        lines.append(Task(title=f"{_count(count, 'courriel')} en échec", url=page, why=why))
    if count := mail.bad_addresses_list().count():
        title = f"{_count(count, 'adresse')} en panne"
        lines.append(
            Task(title=title, url=url("bad_addresses"), why="Nos messages n’y arrivent plus.")
        )
    last = health.last_backup()
    if rules.is_stale(last.made_at if last else None, timezone.now()):
        why = (
            f"La dernière : {date_format(last.made_at, 'd/m/Y')}."
            if last
            else "Aucune n’est connue."
        )
        lines.append(Task(title="Faire une sauvegarde", url=page, why=why, urgent=True))
    return lines


def _count(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"


# Facts: pairs of a label and a value, shown on the page of an object.


def facts_of_network(network: Network) -> list[tuple[str, object]]:
    """Return the properties of a network as (label, value) pairs."""
    return [
        ("Identifiant", network.slug),
        ("Région", label("regions", network.region)),
        ("Départements", [label("departments", code) for code in network.departments]),
        ("Forme juridique", network.legal_form),
        ("Adresse électronique", network.email),
        ("Téléphone", network.phone),
        ("Adresse", network.address),
        ("Site", network.website),
        ("Participe à EXPLOR", "oui" if network.in_explor else "non"),
        ("Organisme public", "oui" if network.public_body else "non"),
        ("Place de ses fichiers", storage_line_of(network)),
    ]


def facts_of_funder(funder: Funder) -> list[tuple[str, object]]:
    """Return the properties of a funder as (label, value) pairs."""
    return [
        ("Identifiant", funder.slug),
        ("Échelon", funder.get_level_display()),
        ("SIRET", funder.siret),
    ]


def facts_of_person(person: Person, has_factor: bool) -> list[tuple[str, object]]:
    """Return the state of an account as (label, value) pairs."""
    last = person.last_login
    return [
        ("Adresse électronique", person.email),
        ("Téléphone", person.phone),
        ("Compte", "ouvert" if person.is_active else "fermé"),
        ("Depuis", date_format(person.joined_at, "d/m/Y")),
        ("Dernière connexion", f"{timezone.localtime(last):%d/%m/%Y à %H:%M}" if last else ""),
        ("Second facteur", "réglé" if has_factor else "aucun"),
    ]


def facts_of_reset(reset: FactorReset) -> list[tuple[str, object]]:
    """Return a request to reset a second factor as (label, value) pairs."""
    both = Person.objects.filter(pk__in=[reset.requested_by, reset.decided_by or 0])
    names = dict(both.values_list("pk", "name"))
    return [
        ("Personne", reset.person.name),
        ("Adresse électronique", reset.person.email),
        ("État", reset.get_state_display()),
        ("Motif", reset.reason),
        ("Demandée par", names.get(reset.requested_by, "")),
        ("Demandée le", f"{timezone.localtime(reset.created_at):%d/%m/%Y à %H:%M}"),
        ("Décidée par", names.get(reset.decided_by or 0, "")),
    ]


def facts_of_health(last: Backup | None) -> list[tuple[str, object]]:
    """Return storage, last backup, worker and version as (label, value) pairs."""
    used = health.storage()
    beat = health.last_heartbeat()
    made = f"{timezone.localtime(last.made_at):%d/%m/%Y à %H:%M}, {last.name}" if last else ""
    return [
        ("Documents", f"{_count(used.papers, 'fichier')}, {file_size(used.files)}"),
        ("Base de données", file_size(used.database)),
        ("Place libre", file_size(used.free)),
        ("Dernière sauvegarde", made),
        ("Exécutant des tâches", _state_of_worker(beat)),
        ("Version", health.installed_version()),
    ]


def _state_of_worker(beat: datetime | None) -> str:
    if not rules.is_silent(beat, timezone.now()):
        return "en marche"
    since = f", muet depuis le {timezone.localtime(beat):%d/%m/%Y à %H:%M}" if beat else ""
    return f"arrêté{since} : lancez explor worker"


def rows_of_backups(backups: list[Backup]) -> list[tuple[str, str, str, str]]:
    """Return (time, file, size, documents) of backups as text."""
    return [
        (
            f"{timezone.localtime(each.made_at):%d/%m/%Y à %H:%M}",
            each.name,
            file_size(each.size),
            _count(each.files, "fichier"),
        )
        for each in backups
    ]


# Effects: what each action does, shown on its confirmation page.


def effects_of_edit(actor: Actor, subject: object) -> Effects:
    return Effects(
        happens=(Consequence("Les pages montrent aussitôt ce que vous écrivez."),),
        undo=(Undo(ANY_TIME, "Changez de nouveau."),),
    )


def effects_of_invitation(actor: Actor, subject: Network | Funder | RoleType) -> Effects:
    name = subject.label if isinstance(subject, RoleType) else subject.name
    return Effects(
        happens=(
            Consequence("Une invitation part. Une plus ancienne à la même adresse ne sert plus."),
            Consequence("Le lien ne sert plus.", "sous 14 jours"),
        ),
        notified=(Notified("La personne invitée", f"un lien personnel pour rejoindre {name}", 1),),
        undo=(Undo(ANY_TIME, "Le rôle se retire dans la liste des rôles."),),
    )


def effects_of_withdraw_invitation(actor: Actor, invitation: Invitation) -> Effects:
    return Effects(
        happens=(
            Consequence("Le lien déjà envoyé n’ouvre plus rien."),
            Consequence("Personne n’est prévenu."),
        ),
        undo=(Undo(ANY_TIME, "Une nouvelle invitation peut partir à la même adresse."),),
    )


def effects_of_withdrawal(actor: Actor, holder: Holder) -> Effects:
    return Effects(
        happens=(
            Consequence(f"{holder.person.name} n’ouvre plus les pages de ce rôle."),
            Consequence(
                "Les invitations à ce rôle qu’elle a reçues ou envoyées, si elles attendent, ne "
                "servent plus."
            ),
            Consequence("Ses autres rôles, son compte et ses actes passés restent."),
        ),
        undo=(Undo(ANY_TIME, "Invitez de nouveau la personne."),),
    )


def effects_of_lock(actor: Actor, person: Person) -> Effects:
    return Effects(
        happens=(
            Consequence("Les sessions de la personne se terminent."),
            Consequence("Les invitations qu’elle a envoyées, si elles attendent, ne servent plus."),
            Consequence("Personne ne se connecte plus avec ce compte. Ses rôles restent inscrits."),
            *map(Consequence, without_direction(person)),
        ),
        notified=(Notified(person.name, "que son compte est fermé, et le motif", 1),),
        undo=(Undo(ANY_TIME, "Le compte peut être rouvert."),),
    )


def effects_of_unlock(actor: Actor, person: Person) -> Effects:
    return Effects(
        happens=(Consequence("La personne peut se connecter, avec les rôles qu’elle avait."),),
        notified=(Notified(person.name, "que son compte est rouvert", 1),),
        undo=(Undo(ANY_TIME, "Le compte peut être fermé de nouveau."),),
    )


def effects_of_end_sessions(actor: Actor, person: Person) -> Effects:
    count = accounts.sessions_of(person).count()
    sentence = f"{_count(count, 'session')} se termine{'nt' if count > 1 else ''} aussitôt."
    return Effects(
        happens=(
            Consequence(sentence if count else "Aucune session n’est ouverte : rien ne change."),
            Consequence("Il faudra se connecter de nouveau, sur chaque appareil."),
            Consequence("Le compte et ses rôles restent. Personne n’est prévenu."),
        ),
        undo=(Undo(ANY_TIME, "La personne peut se connecter de nouveau."),),
    )


def effects_of_end_session(actor: Actor, session: Session) -> Effects:
    opened = f"{timezone.localtime(session.opened_at):%d/%m/%Y à %H:%M}"
    return Effects(
        happens=(
            Consequence(f"La session ouverte le {opened} se termine aussitôt."),
            Consequence("Il faudra se connecter de nouveau sur l’appareil qui s’en servait."),
            Consequence("Les autres sessions de la personne restent ouvertes."),
            Consequence("Le compte et ses rôles restent. Personne n’est prévenu."),
        ),
        undo=(Undo(ANY_TIME, "La personne peut se connecter de nouveau."),),
    )


def effects_of_request(actor: Actor, person: Person) -> Effects:
    others = accounts.addresses_of_administrators(without=(actor.person, person.pk))
    return Effects(
        happens=(
            Consequence("Rien ne change encore : une autre personne doit approuver."),
            Consequence("Vous ne pourrez pas approuver vous-même."),
        ),
        notified=(
            Notified(person.name, "qui demande, et quoi faire si ce n’est pas voulu", 1),
            Notified("Les autres administrations", "le motif, et la page où décider", len(others)),
        ),
        undo=(Undo("Jusqu’à la décision", "Une autre personne peut refuser."),),
    )


def notes_of_request(actor: Actor, person: Person) -> list[str]:
    """Return a warning if no other administrator could approve the reset of `person`; else []."""
    if accounts.addresses_of_administrators(without=(actor.person, person.pk)):
        return []
    return ["Personne d’autre ne pourrait approuver : invitez d’abord une administration de plus."]


def effects_of_approval(actor: Actor, reset: FactorReset) -> Effects:
    return Effects(
        happens=(
            Consequence("Le second facteur de la personne est effacé, ses codes de secours aussi."),
            Consequence("Ses sessions se terminent ; elle règle un nouveau second facteur."),
        ),
        notified=(Notified(reset.person.name, "que deux personnes l’ont décidé", 1),),
    )


def effects_of_decline(actor: Actor, reset: FactorReset) -> Effects:
    return Effects(
        happens=(Consequence("Le second facteur reste en place."),),
        notified=(Notified(reset.person.name, "que la demande est refusée", 1),),
        undo=(Undo(ANY_TIME, "Une nouvelle demande peut être faite."),),
    )


def effects_of_forget(actor: Actor, address: BadAddress) -> Effects:
    return Effects(
        happens=(
            Consequence("Les dossiers ne signalent plus cette adresse."),
            Consequence("Si elle refuse encore un message, elle revient dans cette liste."),
        ),
    )


def effects_of_revocation(actor: Actor, link: PersonalLink) -> Effects:
    return Effects(
        happens=(Consequence("Le lien n’ouvre plus rien."),),
        undo=(Undo(ANY_TIME, "Un nouveau lien peut être envoyé depuis le dossier."),),
    )


def effects_of_retry_message(actor: Actor, message: Message) -> Effects:
    return Effects(
        happens=(Consequence("Le message repart sans attendre."),),
        notified=(Notified(message.to, message.subject, 1),),
    )


def effects_of_retry_job(actor: Actor, job: object) -> Effects:
    return Effects(
        happens=(Consequence("La tâche est remise en file et faite sans attendre."),),
        notified=(Notified("Selon la tâche", "les messages qu’elle envoie"),),
    )
