from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "explor.ground.accounts"
    label = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.hats import HatKind

        from .queries import administrators

        slots.fill(
            "hats",
            HatKind(
                kind="administration",
                label="Administration",
                worn_by=administrators,
                keyed=False,
                second_factor=True,
            ),
            order=90,
        )
