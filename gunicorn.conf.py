"""Settings of gunicorn, which reads this file by itself. WEB_CONCURRENCY sets the number of workers."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
wsgi_app = "campaign_site.wsgi"
if "WEB_CONCURRENCY" not in os.environ:
    workers = 2
# Two slow senders would stop two sync workers. Each thread keeps a database connection: 16 with two workers.
worker_class = "gthread"
threads = 8
# It would be made in the home folder, which a read-only container does not have.
control_socket_disable = True

level = os.environ.get("LOG_LEVEL") or "INFO"

# Gunicorn's own warnings quote the visitor's address: they get the site's nameless format.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "nameless": {
            "()": "campaign_site.logs.NamelessFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "nameless"}},
    "root": {"handlers": ["console"], "level": level},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": level, "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}
