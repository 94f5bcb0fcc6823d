from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "explor.ground.accounts"
    label = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks

        from . import actions, selectors

        hooks.register("encryption.stores", selectors.FACTOR_SECRETS)
        _listen()
        hooks.define("sign-out pages", "callable(request) -> str: a page to leave by, or blank")
        hooks.define(
            "password words", "callable() -> Iterable[str]: words that count as frequent in one"
        )

        hooks.register(
            "roles",
            RoleType(
                kind="administration",
                label="Administration",
                holders=selectors.administration_of,
                roster=selectors.administrators_list,
                grant=actions.grant_administration,
                withdraw=actions.withdraw_administration,
                named=lambda key: "l’administration d’Explor",
                keyed=False,
                second_factor=True,
            ),
            order=90,
        )


def _listen() -> None:
    """Connect the signal handlers of sign-in, sign-out, codes, addresses and second factors."""
    from allauth.account.signals import email_changed, email_confirmed, login_code_rejected
    from allauth.mfa.models import Authenticator
    from allauth.mfa.signals import (
        authentication_failed,
        authenticator_added,
        authenticator_removed,
    )
    from django.contrib.auth.signals import user_logged_in, user_logged_out
    from django.db.models.signals import post_init, pre_save

    from . import selectors
    from .views import middleware as then

    post_init.connect(selectors.FACTOR_SECRETS.after_reading, sender=Authenticator)
    pre_save.connect(selectors.FACTOR_SECRETS.before_saving, sender=Authenticator)
    user_logged_in.connect(then.opened)
    user_logged_in.connect(then.signed_in)
    user_logged_out.connect(then.signed_out)
    authenticator_added.connect(then.enrolled)
    authenticator_removed.connect(then.unenrolled)
    email_confirmed.connect(then.verified)
    email_changed.connect(then.readdressed)
    login_code_rejected.connect(then.code_refused)
    authentication_failed.connect(then.code_refused)
