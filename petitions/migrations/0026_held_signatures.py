"""Suspicious signatures wait for a person, in a state that the release before neither counts nor shows."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("petitions", "0025_integrity_ledger")]

    operations = [
        migrations.AddField(
            model_name="signature",
            name="held_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("domain", "blocked mail domain"),
                    ("address", "blocked address"),
                    ("network", "blocked network"),
                    ("limit", "too many at once from one network"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="held because",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="held_by",
            field=models.BigIntegerField(
                blank=True,
                editable=False,
                help_text="ListEntry.pk, where one holds it",
                null=True,
                verbose_name="held by entry",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "waiting for confirmation"),
                    ("confirmed", "confirmed"),
                    ("held", "held"),
                    ("withdrawn", "withdrawn"),
                    ("invalidated", "invalidated"),
                ],
                default="pending",
                max_length=12,
                verbose_name="state",
            ),
        ),
        AddConstraintNotValid(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=~Q(state="held") | Q(confirmed_at__isnull=False),
                name="signature_held_since",
                violation_error_message="A held signature has a time of confirmation.",
            ),
        ),
    ]
