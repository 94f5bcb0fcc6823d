"""Factories of the rows that lead to a mission; each creates the rows that it depends on."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from explor.ground.files.models import Document
from explor.ground.reference.selectors import fold
from explor.journey.calls.models import Call, Funder
from explor.journey.committees.models import CommitteeMember
from explor.journey.decisions.models import Appeal, Decision
from explor.journey.emergency_contacts.models import EmergencyContact
from explor.journey.incidents.models import Incident
from explor.journey.meetings.models import Meeting
from explor.journey.missions.models import Mission
from explor.journey.needs.models import LanguageNeed, Need
from explor.journey.proposals.models import Answer, Proposal
from explor.journey.proposals.states import HOLDING
from explor.journey.releases.actions import make_chain
from explor.journey.releases.models import Agreement, Release
from explor.journey.releases.rules import digest_of, stated_facts
from explor.journey.reports.models import Report
from explor.journey.sheets.models import ProjectSheet, SheetImport
from explor.journey.takeovers.models import Takeover

from .actors import (
    AssociationFactory,
    ExpertFactory,
    FieldPartnerFactory,
    NetworkFactory,
    PersonFactory,
    ProjectFactory,
)


def in_days(days: int) -> factory.LazyFunction:
    """Return a lazy attribute: the date `days` after today."""
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


def at_days(days: int) -> factory.LazyFunction:
    """Return a lazy attribute: the instant `days` after now."""
    return factory.LazyFunction(lambda: timezone.now() + timedelta(days=days))


class FunderFactory(DjangoModelFactory):
    class Meta:
        model = Funder

    name = factory.Sequence(lambda n: f"Financeur {n}")
    slug = factory.Sequence(lambda n: f"financeur-{n}")
    level = "national"


class CallFactory(DjangoModelFactory):
    class Meta:
        model = Call

    network = factory.SubFactory(NetworkFactory)
    title = factory.Sequence(lambda n: f"Appel {n}")
    slug = factory.Sequence(lambda n: f"appel-{n}")
    state = "open"
    opens_at = at_days(-30)
    closes_at = at_days(30)


class CommitteeMemberFactory(DjangoModelFactory):
    class Meta:
        model = CommitteeMember

    call = factory.SubFactory(CallFactory)
    person = factory.SubFactory(PersonFactory)
    declared_at = at_days(-2)


class NeedFactory(DjangoModelFactory):
    """A need: a complete draft, or a filed need with `state="filed"` or a later state."""

    class Meta:
        model = Need
        skip_postgeneration_save = True

    class Params:
        filed = factory.Trait(state="filed", filed_at=factory.LazyFunction(timezone.now))

    network = factory.SubFactory(NetworkFactory)
    call = factory.SubFactory(CallFactory, network=factory.SelfAttribute("..network"))
    association = factory.SubFactory(AssociationFactory, network=factory.SelfAttribute("..network"))
    project = factory.SubFactory(ProjectFactory, association=factory.SelfAttribute("..association"))
    partner = factory.SubFactory(
        FieldPartnerFactory, association=factory.SelfAttribute("..association")
    )
    title = factory.Sequence(lambda n: f"Former les fontainières de Fenoarivo {n}")
    purpose = "carry_out"
    mission_type = "training"
    context = "Douze fontaines, trois en panne."
    objectives = "Former six personnes à l’entretien des fontaines."
    expected_results = "Six personnes savent réparer une fontaine ; un carnet d’entretien existe."
    sectors = factory.LazyFunction(lambda: ["EAU"])
    skills = factory.LazyFunction(lambda: ["Gestion de l’eau"])
    country = "MG"
    place = "Fenoarivo"
    window_start = in_days(120)
    window_end = in_days(180)
    days = 10
    min_days = 7
    max_days = 15

    @factory.post_generation
    def around(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create:
            LanguageNeed.objects.create(need=self, language="fr", level="B2")


class DecisionFactory(DjangoModelFactory):
    """A decision on a need: favourable and announced, so that an expert can be proposed."""

    class Meta:
        model = Decision

    need = factory.SubFactory(NeedFactory, state="admissible")
    state = "announced"
    verdict = "favourable"
    decided_at = at_days(-3)
    announced_at = at_days(-1)


class MeetingFactory(DjangoModelFactory):
    """A meeting of the committee, planned in an hour."""

    class Meta:
        model = Meeting

    call = factory.SubFactory(CallFactory)
    on = at_days(0)


class AppealFactory(DjangoModelFactory):
    """An appeal requested by the association, against a decision that is not favourable."""

    class Meta:
        model = Appeal

    need = factory.LazyFunction(lambda: DecisionFactory(verdict="unfavourable").need)
    contested = "défavorable"
    text = "Le partenaire a confirmé les dates depuis."
    by = "Camille"


class ProposalFactory(DjangoModelFactory):
    """A proposal of an expert to a need; with `agreed=True`, all parties have agreed."""

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    class Params:
        decision = factory.SubFactory(DecisionFactory)
        agreed = factory.Trait(state="agreed")

    need = factory.SelfAttribute("decision.need")
    expert = factory.SubFactory(ExpertFactory, network=factory.SelfAttribute("..need.network"))
    employer = factory.SelfAttribute("expert.employer")
    start = factory.SelfAttribute("need.window_start")
    end = factory.LazyAttribute(lambda o: o.start + timedelta(days=o.need.days - 1))
    answer_by = at_days(7)

    @factory.post_generation
    def seat_taken(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and self.state in HOLDING:
            Need.objects.filter(pk=self.need.pk).take_seat()
            self.need.refresh_from_db(fields=["taken_seats", "free_seats"])

    @factory.post_generation
    def answers_given(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and self.state == "agreed":
            employer = ("employeur",) if self.employer else ()
            for party in ("expert", "association", *employer):
                Answer.objects.create(proposal=self, party=party, yes=True, by="Camille")


class ReleaseFactory(DjangoModelFactory):
    """A release requested from the employer, with a place for each signatory."""

    class Meta:
        model = Release
        skip_postgeneration_save = True

    proposal = factory.SubFactory(ProposalFactory, agreed=True)
    employer = factory.SelfAttribute("proposal.employer")
    answer_by = in_days(15)

    @factory.post_generation
    def chain(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create:
            make_chain(self)


class DocumentFactory(DjangoModelFactory):
    """A document whose file does not exist."""

    class Meta:
        model = Document

    kind = "agreement"
    title = "Convention de mission"
    sha256 = "0" * 64
    mime = "application/pdf"
    size = 1
    owner = "releases.release:0"


class AgreementFactory(DjangoModelFactory):
    """An agreement that states the facts of today; its PDF document was never generated."""

    class Meta:
        model = Agreement

    release = factory.SubFactory(ReleaseFactory)
    document = factory.SubFactory(DocumentFactory)
    facts = factory.LazyAttribute(lambda made: stated_facts(made.release))
    digest = factory.LazyAttribute(lambda made: digest_of(made.facts))


class MissionFactory(DjangoModelFactory):
    """A mission in preparation, on the dates of its proposal."""

    class Meta:
        model = Mission

    release = factory.SubFactory(ReleaseFactory, state="agreed", scheme="MCP")
    need = factory.SelfAttribute("release.proposal.need")
    network = factory.SelfAttribute("need.network")
    association = factory.SelfAttribute("need.association")
    employer = factory.SelfAttribute("release.employer")
    expert = factory.SelfAttribute("release.proposal.expert")
    country = factory.SelfAttribute("need.country")
    place = factory.SelfAttribute("need.place")
    start = factory.SelfAttribute("release.proposal.start")
    end = factory.SelfAttribute("release.proposal.end")
    min_days = factory.SelfAttribute("need.min_days")
    max_days = factory.SelfAttribute("need.max_days")


class EmergencyContactFactory(DjangoModelFactory):
    """The emergency contact of a mission in preparation."""

    class Meta:
        model = EmergencyContact

    mission = factory.SubFactory(MissionFactory)
    version = 1
    name = "Lalao Andria"
    tie = "ma sœur"
    phone = "+33 6 00 00 00 01"
    language = "fr"


class IncidentFactory(DjangoModelFactory):
    """An incident that the expert of a mission under way reported."""

    class Meta:
        model = Incident

    mission = factory.SubFactory(MissionFactory, state="away")
    level = "serious"
    on = factory.LazyFunction(timezone.localdate)
    place = "Gare routière"
    what = "Un vol sur la route."
    done = "Plainte déposée."
    party = "expert"
    reporter = factory.SelfAttribute("mission.expert.person")


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    mission = factory.SubFactory(MissionFactory, state="returned")


class SheetFactory(DjangoModelFactory):
    """A published project sheet, not linked to a project of Explor."""

    class Meta:
        model = ProjectSheet

    title = factory.Sequence(lambda n: f"Un grenier pour le village {n}")
    title_key = factory.LazyAttribute(lambda o: fold(o.title)[:250])
    slug = factory.Sequence(lambda n: f"un-grenier-{n}")
    network = factory.SubFactory(NetworkFactory)
    state = "published"
    published_at = at_days(-10)
    countries = factory.LazyFunction(lambda: ["BF"])
    sectors = factory.LazyFunction(lambda: ["AGRI"])
    year = 2025
    content = factory.LazyAttribute(lambda o: {"title": o.title, "start": "2025-02"})


class SheetImportFactory(DjangoModelFactory):
    """An import of sheets from a table that has not been read yet."""

    class Meta:
        model = SheetImport

    network = factory.SubFactory(NetworkFactory)
    kind = "table"
    name = "fiches.csv"


class TakeoverFactory(DjangoModelFactory):
    """A file of missions to take over, whose columns an officer must check."""

    class Meta:
        model = Takeover

    network = factory.SubFactory(NetworkFactory)
    what = "missions"
    name = "missions.csv"
