from django.apps import AppConfig

# What changes a published sheet.
SHEET_VERBS = ("publish", "withdraw", "rename", "correct", "write_from_file")


class DatasetsConfig(AppConfig):
    name = "explor.public.datasets"
    label = "datasets"
    verbose_name = "Données ouvertes"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        nav = NavItem(label="Données ouvertes", name="datasets:reseau_datasets")
        slots.fill("nav:reseau", nav, order=75)
        followed = (
            *(f"sheets.projectsheet.{verb}" for verb in SHEET_VERBS),
            *("decisions.decision.announce", "needs.need.withdraw", "calls.call.open"),
        )
        for event in followed:
            slots.fill("reactions", (event, "datasets.follow"))
