from django.apps import AppConfig

ACCESSES = "connexions, lectures et actes refusés"
BOUNCED = "adresses sans compte qui ne répondent pas"
MESSAGES = "textes de courriels"
UNVERIFIED = "comptes jamais vérifiés"


class PrivacyConfig(AppConfig):
    name = "explor.ground.privacy"
    label = "privacy"
    verbose_name = "Données personnelles"

    def ready(self) -> None:
        from django.core.exceptions import ImproperlyConfigured

        from explor.ground.accounts import selectors as accounts
        from explor.ground.accounts.actions.unproved import erase_unverified
        from explor.ground.audit.actions.accesses import erase_access
        from explor.ground.audit.selectors import accesses as audit
        from explor.ground.mail import actions as mail_actions
        from explor.ground.mail import selectors as mail
        from explor.ground.ui import hooks

        from . import selectors, terms
        from .kinds import Purge

        if faults := terms.faults():
            raise ImproperlyConfigured(" ".join(faults))
        for key, term, label, due in (
            ("accounts.invitations", "links", "invitations finies", accounts.ended_invitations),
            ("accounts.links", "links", "liens personnels finis", accounts.ended_links),
            ("accounts.sessions", "sessions", "connexions finies", accounts.ended_sessions),
            ("accounts.tries", "tries", "mots de passe essayés", accounts.old_tries),
            ("mail.bad_addresses", "emails", BOUNCED, mail.strange_addresses),
            ("http.keys", "keys", "clés de formulaires", selectors.old_keys),
            ("http.counts", "counts", "décomptes de demandes", selectors.old_counts),
        ):
            rows = Purge(key=key, term=term, label=label, due=due)
            hooks.register("privacy.purges", rows, order=80)
        for key, term, label, old, erase in (
            ("accounts.people", "unverified", UNVERIFIED, accounts.unverified, erase_unverified),
            ("audit.accesses", "accesses", ACCESSES, audit.ended_accesses, erase_access),
            ("mail.messages", "emails", MESSAGES, mail.old_texts, mail_actions.erase_text),
        ):
            purge = Purge(key=key, term=term, label=label, due=old, erase=erase)
            hooks.register("privacy.purges", purge, order=80)
