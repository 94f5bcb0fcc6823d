"""Turn the agreement of each release into its first version, with its facts and signatures."""

import json
from hashlib import sha256

from django.db import migrations


def first_versions(apps, schema_editor):
    """Create the first version of each agreement, and move the signatures to this version."""
    agreements = apps.get_model("releases", "Agreement")
    releases = apps.get_model("releases", "Release").objects.exclude(agreement=None)
    for release in releases.select_related("proposal__need").iterator(chunk_size=500):
        proposal = release.proposal
        facts = {
            "person": str(proposal.expert_id),
            "association": str(proposal.need.association_id),
            "employer": str(release.employer_id or ""),
            "country": proposal.need.country,
            "place": proposal.need.place,
            "start": proposal.start.isoformat(),
            "end": proposal.end.isoformat(),
            "scheme": release.scheme,
        }
        release.current = agreements.objects.create(
            release=release,
            rank=0,
            document_id=release.agreement_id,
            facts=facts,
            digest=sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest(),
            drawn_at=release.decided_at or release.created_at,
        )
        release.save(update_fields=["current"])
        release.signatures.update(agreement=release.current)


class Migration(migrations.Migration):

    dependencies = [("releases", "0003_agreement_versions")]

    operations = [migrations.RunPython(first_versions)]
