from django.apps import AppConfig


class EmergencyContactsConfig(AppConfig):
    name = "explor.journey.emergency_contacts"
    label = "emergency_contacts"
    verbose_name = "Personnes à prévenir"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks

        from . import actions, pages, rules, selectors

        hooks.register("panel:mission:expert", pages.for_mission, order=5)
        hooks.register("panel:mission:reseau", pages.for_mission, order=5)
        hooks.register("tasks:expert", pages.waiting_for, order=52)
        hooks.register("mission:related", "emergency_contact")
        hooks.register("mission:remarks", rules.remarks_on)
        old = Purge(
            key="emergency_contacts.contacts",
            term="travel",
            label="personnes à prévenir",
            due=selectors.after_return,
            erase=actions.erase_contact,
        )
        hooks.register("privacy.purges", old, order=41)
        own = OwnData("emergency_contacts.contacts", "personnes à prévenir", selectors.own_contacts)
        hooks.register("privacy.copies", own, order=50)
        erasure = Erasure(
            label="personnes à prévenir",
            erase=actions.erase_contacts,
            gone="Les personnes à prévenir de vos missions.",
        )
        hooks.register("privacy.erasures", erasure, order=31)
