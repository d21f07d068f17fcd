#!/usr/bin/env python
"""Command line of the site: migrate, worker, load_demo and Django's own commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if not os.environ.get("DATABASE_LIMITS"):  # a line without a value in .env counts as not set
        os.environ["DATABASE_LIMITS"] = command if command in ("worker", "migrate") else "command"
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit("Django is not installed here. Run `make install`, then .venv/bin/python.") from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
