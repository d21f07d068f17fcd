"""Who runs the site, in one row."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("petitions", "0013_shown_names_and_promises")]

    operations = [
        migrations.CreateModel(
            name="Operator",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="The organization, or the person, that runs this site.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                (
                    "postal_address",
                    models.TextField(
                        help_text="Where a letter reaches you: the law of many countries asks.",
                        max_length=400,
                        verbose_name="postal address",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                (
                    "responsible",
                    models.CharField(
                        help_text="A person by name, who answers for what is published here.",
                        max_length=200,
                        verbose_name="responsible person",
                    ),
                ),
            ],
            options={
                "verbose_name": "who runs this site",
                "verbose_name_plural": "who runs this site",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("id", 1)),
                        name="operator_one_row",
                        violation_error_message="One operator runs the site: change the row that is there.",
                    )
                ],
            },
        ),
    ]
