"""The held signatures, newest first and by the entry that holds them, found while people go on signing."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("petitions", "0026_held_signatures")]

    operations = [
        ValidateConstraint("signature", "signature_held_since"),
        AddIndexConcurrently(
            "signature",
            models.Index(fields=["-id"], name="signature_held", condition=~Q(held_reason="")),
        ),
        AddIndexConcurrently(
            "signature",
            models.Index(fields=["held_by", "id"], name="signature_held_by", condition=Q(held_by__isnull=False)),
        ),
    ]
