"""Remove the reason of an amendment: the journal keeps it, and no paper may state it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("releases", "0007_clause_texts")]

    operations = [migrations.RemoveField(model_name="agreement", name="reason")]
