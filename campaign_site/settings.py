"""Settings of the site. Every choice comes from an environment variable; .env.example explains each."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from campaign_site import environment, logs, memory
from campaign_site.country_names import country_names
from campaign_site.database import LIMITS, limited

BASE_DIR = Path(__file__).resolve().parent.parent

# Mode: development works with no variable set, production refuses to guess.

MODE = environment.choice("MODE", ("development", "production"), "development")
PRODUCTION = MODE == "production"
if PRODUCTION:
    environment.require(("SECRET_KEY", "LASTING_KEY", "ALLOWED_HOSTS", "DATABASE_URL"), "MODE=production")

# Off in development too: people see the real error pages, tracebacks go to the console.
DEBUG = environment.flag("DEBUG")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG=true shows secrets to visitors. MODE=production refuses it.")

# Keys: docs/keys.md says what each one does and how it is changed.

PUBLISHED_KEY = "for-development-only-known-to-everyone-who-reads-this-file"
SECRET_KEY = environment.key("SECRET_KEY", PUBLISHED_KEY, must_be_strong=PRODUCTION)
# Keys that were: what they signed is still believed.
SECRET_KEY_FALLBACKS = environment.keys("SECRET_KEY_FALLBACKS", PUBLISHED_KEY, must_be_strong=PRODUCTION)
# Never changes: by it people who want no mail are known again.
LASTING_KEY = environment.key("LASTING_KEY", PUBLISHED_KEY, must_be_strong=PRODUCTION)

# Addresses

PORT = environment.number("PORT", 8000, minimum=1, maximum=65535)
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
SITE_URL = environment.url(
    "SITE_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else f"http://localhost:{PORT}"
)
if "*" in SITE_URL:
    raise ImproperlyConfigured("SITE_URL is needed when ALLOWED_HOSTS begins with *: links in mails use it.")
HTTPS = SITE_URL.startswith("https://")
TRUSTED_PROXIES = environment.proxies("TRUSTED_PROXIES", must_choose=PRODUCTION)

ROOT_URLCONF = "campaign_site.urls"
WSGI_APPLICATION = "campaign_site.wsgi.application"

# Apps

INSTALLED_APPS = [
    # Ours first, so that their templates win over those of the apps below.
    "petitions",
    "campaigns",
    "campaign_site.apps.SiteConfig",
    "campaign_site.apps.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "django_recaptcha",
    "django_countries",
    "anymail",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    # Before all that may answer by itself, as are the next two: every answer carries their headers.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "campaign_site.security.PermissionsPolicy",
    # Before the host is checked: load balancers probe by address, not by name.
    "campaign_site.health.AnswerProbes",
    "campaign_site.proxies.TellOfUnknownProxies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside all that may raise below, so that its error pages carry the headers set above.
    "campaign_site.errors.HelpfulErrors",
    # Public pages must not touch the session: they are cached and set no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Last, so that its refusals carry every header; none of the others reads queries or bodies on the way in.
    "campaign_site.requests.RefuseUnreadable",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "campaign_site.context.site",
            ]
        },
    }
]
FORM_RENDERER = "campaign_site.forms.SiteForms"
# crispy lays out the forms that have a helper; the fields in them are Django's.
CRISPY_TEMPLATE_PACK = "plain"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("plain",)

# Data

DATA_DIR = Path(environment.text("DATA_DIR", str(BASE_DIR / "data"))).absolute()


def database_url() -> str:
    # The embedded database takes a free port at each start and writes where it listens.
    embedded = DATA_DIR / "postgres" / "url"
    default = embedded.read_text(encoding="utf-8").strip() if embedded.is_file() else "postgres://localhost/campaigns"
    value = environment.secret("DATABASE_URL", default)
    if not value.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL is not understood. Expected: postgres://user:password@host:5432/name.")
    return value


DATABASES = {
    # Opening a connection per request costs three quarters of the throughput. Each thread keeps its own.
    "default": limited(
        dj_database_url.parse(
            database_url(),
            conn_max_age=60,
            conn_health_checks=True,
            # A cursor that the server keeps needs the session that opened it, and a pool hands out another.
            disable_server_side_cursors=environment.flag("DATABASE_POOLED"),
        ),
        environment.choice("DATABASE_LIMITS", tuple(LIMITS), "web"),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = memory.caches(environment.number("PAGE_CACHE_MEGABYTES", 64, minimum=1))
PAGE_CACHE_SECONDS = environment.number("PAGE_CACHE_SECONDS", 5)

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# The admin shows all languages of a campaign on one page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Languages of the interface. Contents may be in any language; adding one here needs its catalog in locale/.

# A language without a catalog in locale/ speaks English, in its own direction.
LANGUAGES = environment.languages("INTERFACE_LANGUAGES", ("en", "it", "ko"))
LANGUAGE_CODE = LANGUAGES[0][0]
COUNTRIES_OVERRIDE = country_names()
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "UTC"

# Who is responsible, and what else the privacy page tells of how the site is run.

OPERATOR_NAME = environment.text("OPERATOR_NAME")
OPERATOR_CONTACT = environment.text("OPERATOR_CONTACT")
BACKUP_DAYS = environment.number("BACKUP_DAYS", 30, minimum=1)
PROXY_LOG_DAYS = environment.number("PROXY_LOG_DAYS", 7, minimum=1)

# Security. Django's own defaults already send nosniff, X-Frame-Options: DENY,
# Referrer-Policy: same-origin and Cross-Origin-Opener-Policy: same-origin.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{kind: [NONE] for kind in ("default-src", "frame-ancestors", "base-uri")},
        **{f"{kind}-src": [SELF] for kind in ("script", "style", "img", "font", "connect", "worker", "manifest")},
        "form-action": [SELF],
    }
}
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION and HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION and HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Only staff have sessions: a working day, at most to the end of the browser.
SESSION_COOKIE_AGE = 3600 * environment.number("STAFF_SESSION_HOURS", 12, 1, 24 * 14)
SESSION_EXPIRE_AT_BROWSER_CLOSE = environment.flag("STAFF_SESSION_ENDS_WITH_BROWSER")
STAFF_SECOND_FACTOR = environment.choice("STAFF_SECOND_FACTOR", ("off", "optional", "required"), "optional")
# Behind a proxy that ends TLS, Django sees http while the browser's Origin says https.
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if TRUSTED_PROXIES:
    # Only then: anyone who can reach the server directly could claim https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PASSWORD_RESET_TIMEOUT = 4 * 3600
AUTHENTICATION_BACKENDS = ["campaign_site.second_factor.backend.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains is not ours to decide
    "security.W008",  # the proxy that holds the certificate redirects to https
    "security.W021",  # nor is HSTS preloading
]

# reCAPTCHA is asked for only when both keys are set.

recaptcha_keys = (environment.text("RECAPTCHA_PUBLIC_KEY"), environment.secret("RECAPTCHA_PRIVATE_KEY"))
RECAPTCHA_ENABLED = all(recaptcha_keys)
if RECAPTCHA_ENABLED:
    RECAPTCHA_PUBLIC_KEY, RECAPTCHA_PRIVATE_KEY = recaptcha_keys
elif any(recaptcha_keys):
    raise ImproperlyConfigured("Set both RECAPTCHA_PUBLIC_KEY and RECAPTCHA_PRIVATE_KEY, or neither.")
else:
    SILENCED_SYSTEM_CHECKS.append("django_recaptcha.recaptcha_test_key_error")
RECAPTCHA_DOMAINS = ("www.google.com", "www.recaptcha.net")
RECAPTCHA_DOMAIN = environment.choice("RECAPTCHA_DOMAIN", RECAPTCHA_DOMAINS, RECAPTCHA_DOMAINS[0])
# The package's 10 seconds would hold a web worker while the service does not answer.
RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 3

# Mail waits in the outbox with what it is about, and the worker sends it.

ANYMAIL_PROVIDERS = [
    "brevo",
    "mailersend",
    "mailgun",
    "mailjet",
    "mailtrap",
    "mandrill",
    "postal",
    "postmark",
    "resend",
    "scaleway",
    "sendgrid",
    "sparkpost",
    "unisender_go",
]
MAIL_BACKENDS = {
    "mailbox": "campaign_site.mailbox.MailboxBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    **{name: f"anymail.backends.{name}.EmailBackend" for name in ANYMAIL_PROVIDERS},
}
MAIL_PROVIDER = environment.choice("MAIL_PROVIDER", tuple(MAIL_BACKENDS), "smtp" if PRODUCTION else "mailbox")
# A page that shows everyone's mail: for development only.
DEVELOPMENT_MAILBOX = MAIL_PROVIDER == "mailbox"
if PRODUCTION and DEVELOPMENT_MAILBOX:
    raise ImproperlyConfigured("MAIL_PROVIDER=mailbox shows all mail to visitors. MODE=production refuses it.")

EMAIL_BACKEND = MAIL_BACKENDS[MAIL_PROVIDER]
ANYMAIL = environment.prefixed("ANYMAIL_")
SMTP_TLS = environment.choice("SMTP_TLS", ("starttls", "ssl", "off"), "starttls")
EMAIL_USE_TLS = SMTP_TLS == "starttls"
EMAIL_USE_SSL = SMTP_TLS == "ssl"
EMAIL_HOST = environment.text("SMTP_HOST", "localhost")
EMAIL_PORT = environment.number("SMTP_PORT", {"starttls": 587, "ssl": 465, "off": 25}[SMTP_TLS], 1, 65535)
EMAIL_HOST_USER = environment.text("SMTP_USER")
EMAIL_HOST_PASSWORD = environment.secret("SMTP_PASSWORD")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text(
    "MAIL_FROM", f"Sister City Campaigns <noreply@{urlsplit(SITE_URL).hostname}>"
)

# News to more people than this need a second person's yes.
MAILING_SECOND_PERSON_ABOVE = environment.number("MAILING_SECOND_PERSON_ABOVE", 1000)

# Logs go to the console and name nobody.

LOG_LEVEL = environment.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING = logs.logging_settings(LOG_LEVEL)
