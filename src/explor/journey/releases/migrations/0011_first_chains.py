"""Make the chain of each release: a place for each party, and for each former signature."""

from django.db import migrations

ONE = ("représentante ou représentant légal",)
ADMINISTRATION = "direction générale des services"
LOCAL = {
    "REGION": (ADMINISTRATION, "présidente ou président du conseil régional"),
    "DEPT": (ADMINISTRATION, "présidente ou président du conseil départemental"),
    "EPCI": (ADMINISTRATION, "présidente ou président de l’intercommunalité"),
    "COMMUNE": (ADMINISTRATION, "maire"),
    "EP": ("direction", "présidente ou président"),
    "CCAS": ("direction", "présidente ou président"),
    "SYNDICAT": ("direction", "présidente ou président"),
}


def capacities(release, party):
    """Return the capacities in which a party that has not signed signs, in order."""
    if party == "expert":
        return ("personne qui part",)
    if party == "employeur" and release.employer and release.employer.is_public:
        return LOCAL.get(release.employer.structure_type, ONE)
    return ONE


def first_chains(apps, schema_editor):
    """Make the places of each release, and give each former signature the place of its party.

    A party that had signed has one place, even a local authority: its agreement stays signed.
    """
    places = apps.get_model("releases", "Signatory").objects
    signatures = apps.get_model("releases", "Signature").objects
    releases = apps.get_model("releases", "Release").objects.select_related(
        "employer", "proposal__expert__person"
    )
    for release in releases.iterator(chunk_size=500):
        former = list(signatures.filter(agreement__release=release).order_by("pk"))
        current = {s.party: s for s in former if s.agreement_id == release.agreement_id}
        parties = ["association", "expert", *(["employeur"] if release.employer_id else [])]
        parties += [s.party for s in former if s.party not in parties]
        for party in dict.fromkeys(parties):
            person = release.proposal.expert.person
            named = {"name": person.name, "email": person.email} if party == "expert" else {}
            if party in current:
                named = {**named, "name": current[party].name}
            wanted = ONE if party in current else capacities(release, party)
            made = [
                places.create(release=release, party=party, rank=rank, capacity=capacity, **named)
                for rank, capacity in enumerate(wanted)
            ]
            signatures.filter(agreement__release=release, party=party).update(signatory=made[0])


class Migration(migrations.Migration):
    dependencies = [("releases", "0010_signatories")]

    operations = [migrations.RunPython(first_chains, migrations.RunPython.noop)]
