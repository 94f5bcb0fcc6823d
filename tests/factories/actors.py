"""Factories of persons, networks, organisations, projects and experts."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from explor.actors.experts.models import Availability, Consent, Expert, LanguageSkill
from explor.actors.member_imports.models import MemberImport
from explor.actors.networks.models import Network, Officer
from explor.actors.organisations.models import FieldPartner, Member, Organisation
from explor.actors.projects.models import Project
from explor.actors.transfers.models import Transfer
from explor.ground.accounts.models import Administrator, Person


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"personne{n}@exemple.test")
    name = factory.Sequence(lambda n: f"Camille Exemple {n}")


class AdministratorFactory(DjangoModelFactory):
    class Meta:
        model = Administrator

    person = factory.SubFactory(PersonFactory)


class NetworkFactory(DjangoModelFactory):
    class Meta:
        model = Network

    name = factory.Sequence(lambda n: f"Réseau {n}")
    slug = factory.Sequence(lambda n: f"reseau-{n}")
    region = "84"
    departments = factory.LazyFunction(lambda: ["69", "38", "42"])
    email = factory.LazyAttribute(lambda o: f"contact@{o.slug}.test")


class OfficerFactory(DjangoModelFactory):
    class Meta:
        model = Officer

    network = factory.SubFactory(NetworkFactory)
    person = factory.SubFactory(PersonFactory)


class AssociationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = "association"
    name = factory.Sequence(lambda n: f"Association Rivages {n}")
    slug = factory.Sequence(lambda n: f"rivages-{n}")
    network = factory.SubFactory(NetworkFactory)
    state = "verified"
    department = "69"
    cer_signed_on = date(2024, 1, 15)
    general_interest = True


class EmployerFactory(AssociationFactory):
    kind = "employeur"
    name = factory.Sequence(lambda n: f"Ateliers du Val {n}")
    slug = factory.Sequence(lambda n: f"ateliers-{n}")
    headcount = 120
    schemes = factory.LazyFunction(lambda: ["CP", "MCP"])


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    organisation = factory.SubFactory(AssociationFactory)
    person = factory.SubFactory(PersonFactory)
    position = "contact"


class FieldPartnerFactory(DjangoModelFactory):
    class Meta:
        model = FieldPartner

    association = factory.SubFactory(AssociationFactory)
    name = "Union des maraîchères de Fenoarivo"
    country = "MG"
    place = "Fenoarivo"
    contact = "Hanta Exemple"
    email = factory.Sequence(lambda n: f"partenaire{n}@exemple.test")


class MemberImportFactory(DjangoModelFactory):
    """A file of associations to import, whose columns an officer must check."""

    class Meta:
        model = MemberImport

    network = factory.SubFactory(NetworkFactory)
    what = "association"
    name = "adherents.csv"


class TransferFactory(DjangoModelFactory):
    """A transfer between networks, requested by the organisation, not answered by the networks."""

    class Meta:
        model = Transfer

    organisation = factory.SubFactory(AssociationFactory)
    giver = factory.SelfAttribute("organisation.network")
    receiver = factory.SubFactory(NetworkFactory)
    requested_by = "own"
    own_at = factory.LazyFunction(timezone.now)


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    association = factory.SubFactory(AssociationFactory)
    title = factory.Sequence(lambda n: f"De l’eau pour les jardins {n}")
    countries = factory.LazyFunction(lambda: ["MG"])
    sectors = factory.LazyFunction(lambda: ["EAU"])
    start = "2026-03"
    objectives = "Arroser les jardins toute l’année."


class ExpertFactory(DjangoModelFactory):
    """An expert visible to their network, available for a year, who speaks two languages.

    With `alone=True` they are retired, without employer; with `fixed_term=True` their contract
    ends in two years.
    """

    class Meta:
        model = Expert
        skip_postgeneration_save = True

    class Params:
        alone = factory.Trait(employment="retraite", employer=None, employed_since=None)
        fixed_term = factory.Trait(
            employment="cdd",
            contract_ends=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=730)),
        )

    person = factory.SubFactory(PersonFactory)
    network = factory.SubFactory(NetworkFactory)
    employer = factory.SubFactory(EmployerFactory, network=factory.SelfAttribute("..network"))
    state = "available"
    job = "Technicienne de l’eau"
    department = "69"
    employment = "salarie"
    employed_since = date(2015, 9, 1)
    summary = "Je conçois et j’entretiens des réseaux d’eau potable."
    sectors = factory.LazyFunction(lambda: ["EAU"])
    skills = factory.LazyFunction(lambda: ["Gestion de l’eau"])
    confirmed_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def around(self, create: bool, extracted: object, **kwargs: object) -> None:
        if not create:
            return
        today = timezone.localdate()
        LanguageSkill.objects.create(expert=self, language="fr", level="C2")
        LanguageSkill.objects.create(expert=self, language="pt", level="B2")
        Availability.objects.create(expert=self, days=(today, today + timedelta(days=365)))
        Consent.objects.create(expert=self, network=self.network)
