from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0012_goal_in_the_asked_city"),
    ]

    operations = [
        migrations.AddField(
            model_name="media",
            name="is_hero",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="The one picture under the headline. It also stands on the campaign’s card and where its link is shared. A face that looks back speaks best. A campaign’s own comes before its story’s.",
                verbose_name="at the top",
            ),
        ),
        migrations.AddField(
            model_name="media",
            name="renditions",
            field=models.JSONField(blank=True, db_default=[], default=list, editable=False),
        ),
        migrations.AddField(
            model_name="media",
            name="renditions_of",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=100),
        ),
        migrations.AddConstraint(
            model_name="media",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_hero", True)),
                fields=("campaign",),
                name="media_one_hero_a_campaign",
                violation_error_message="This campaign has another picture at the top. Take that one down first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="media",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_hero", True)),
                fields=("story",),
                name="media_one_hero_a_story",
                violation_error_message="This story has another picture at the top. Take that one down first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="media",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_hero", False), ("is_graphic", False), _connector="OR"),
                name="media_hero_is_bearable",
                violation_error_message="What is hard to look at cannot stand at the top: nobody could look away.",
            ),
        ),
        migrations.AddConstraint(
            model_name="media",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_hero", False), models.Q(("image", ""), _negated=True), _connector="OR"),
                name="media_hero_is_a_picture",
                violation_error_message="Only a picture can stand at the top. Add one, or choose another.",
            ),
        ),
    ]
