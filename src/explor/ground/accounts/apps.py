from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "explor.ground.accounts"
    label = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks

        from .queries import administrators

        hooks.register(
            "roles",
            RoleType(
                kind="administration",
                label="Administration",
                holders=administrators,
                keyed=False,
                second_factor=True,
            ),
            order=90,
        )
