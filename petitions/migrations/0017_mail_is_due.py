"""Whether a signature's mail may be queued, asked once its row is locked.

A statement sees the rows that were there when it began. Of fifty that meet at one row all would see an empty outbox; a
volatile function looks anew each time it is called.
"""

from django.db import migrations

CREATE = """
    CREATE FUNCTION petitions_mail_is_due(signed_id bigint, most_a_day integer) RETURNS boolean
    LANGUAGE plpgsql VOLATILE AS $$
    BEGIN
        RETURN NOT EXISTS (
            SELECT FROM petitions_outboxmail
            WHERE signature_id = signed_id AND state = 'waiting' AND claimed_until IS NULL
        ) AND most_a_day > (
            SELECT count(*) FROM petitions_outboxmail
            WHERE signature_id = signed_id AND created_at > now() - interval '1 day'
        );
    END $$
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0016_outbox_knows_forgotten_passwords")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION petitions_mail_is_due")]
