"""Mails a second that worker processes hand over to a local mail server: python -m bench.mail

The server takes everything at once, so this is what rendering and recording leave; a real one is slower.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from dev.database import Database, free_port
from dev.running import ROOT

ROUNDS, MAILS = 3, 2000
PROCESSES = (1, 2)


async def take_mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 sink.example\r\n")
    while line := await reader.readline():
        command = line[:4].upper()
        if command == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250 taken\r\n")
        if command == b"QUIT":
            break
    writer.close()


def listen(port: int) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(take_mail, "127.0.0.1", port, limit=2**20)
        await server.serve_forever()

    threading.Thread(target=asyncio.run, args=(serve(),), daemon=True).start()


def queue_mails(count: int) -> None:
    from django.utils import timezone

    from petitions.consent import record_of_text
    from petitions.models import OutboxMail, Petition, PetitionText, Signature

    now = timezone.now()
    petition, is_new = Petition.objects.get_or_create(slug="bench", defaults={"status": "open", "opened_at": now})
    if is_new:
        PetitionText.objects.create(petition=petition, language="en", title="A bench", body="We ask you.")
    signed_text = record_of_text(petition, PetitionText.objects.get())
    common: dict[str, Any] = {"petition": petition, "signed_text": signed_text, "signed_at": now, "language": "en"}
    Signature.objects.all().delete()
    signatures = Signature.objects.bulk_create(
        Signature(name="Elena Marchi", email=f"s{number}@mail.example", canonical_email=f"{number}", **common)
        for number in range(count)
    )
    OutboxMail.objects.bulk_create(
        OutboxMail(kind="signed", signature=signature, language=language)
        for signature, language in zip(signatures, ["en", "it", "ko"] * count, strict=False)
    )


def mails_a_second(processes: int) -> float:
    """From the first to the last that was recorded, by the database's clock."""
    from django.db.models import Max, Min

    from petitions.models import OutboxMail

    queue_mails(MAILS)
    workers = [subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT) for _ in range(processes)]
    while OutboxMail.objects.waiting().exists():
        time.sleep(0.2)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.wait()
    took = OutboxMail.objects.aggregate(first=Min("finished_at"), last=Max("finished_at"))
    return MAILS / (took["last"] - took["first"]).total_seconds()


def main() -> None:
    port = free_port()
    listen(port)
    with tempfile.TemporaryDirectory() as data:
        database = Database(Path(data) / "postgres")
        os.environ |= {
            "DATABASE_URL": database.start(),
            "DATA_DIR": data,
            "MAIL_PROVIDER": "smtp",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_TLS": "off",
            "DJANGO_SETTINGS_MODULE": "campaign_site.settings",
        }
        try:
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
            import django

            django.setup()
            for processes in PROCESSES:
                middle = statistics.median(mails_a_second(processes) for _ in range(ROUNDS))
                print(f"mails, {processes} worker process{'es' * (processes > 1):2} {middle:10.0f}/s")
        finally:
            database.release()


if __name__ == "__main__":
    main()
