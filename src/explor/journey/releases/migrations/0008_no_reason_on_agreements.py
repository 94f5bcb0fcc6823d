"""Remove the reason of an amendment, which the journal keeps and no paper may state."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("releases", "0007_clause_texts")]

    operations = [migrations.RemoveField(model_name="agreement", name="reason")]
