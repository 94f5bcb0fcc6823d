"""Create the signatories of each release: one per party, linked to the existing signatures."""

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
    """Return the capacities of the signatories of a party that has not signed, in order."""
    if party == "expert":
        return ("personne qui part",)
    if party == "employeur" and release.employer and release.employer.is_public:
        return LOCAL.get(release.employer.structure_type, ONE)
    return ONE


def first_chains(apps, schema_editor):
    """Create the signatories of each release, and link each existing signature to one of them.

    A party that had signed has one signatory, even a local authority: its agreement stays signed.
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
