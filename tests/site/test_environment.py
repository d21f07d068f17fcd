"""The environment decides how the site starts, and says so when it cannot."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from campaign_site import environment

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "k" * 50,
    "LASTING_KEY": "l" * 50,
    "TRUSTED_PROXIES": "none",
    "ALLOWED_HOSTS": "www.example.org,example.org",
    "DATABASE_URL": "postgres://user:secret@localhost/name",
}


def start(expression="'started'", **variables):
    """What settings say with these variables and no others."""
    code = f"import campaign_site.settings as settings; print({expression})"
    kept = {name: os.environ[name] for name in ("PATH", "DATA_DIR") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=kept | variables, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


class TestStart:
    def test_nothing_set_starts_in_development(self):
        assert start("settings.MODE") == "development"

    def test_complete_production_starts(self):
        assert start("settings.SITE_URL", **PRODUCTION) == "https://www.example.org"

    def test_bare_production_lists_all_that_is_missing(self):
        assert "SECRET_KEY, LASTING_KEY, ALLOWED_HOSTS, DATABASE_URL" in start(MODE="production")

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("DEBUG", "true"),
            ("MAIL_PROVIDER", "mailbox"),
            ("SECRET_KEY", "short"),
            ("SECRET_KEY", "for-development-only-known-to-everyone-who-reads-this-file"),
            ("LASTING_KEY", "short"),
            ("LASTING_KEY", "for-development-only-known-to-everyone-who-reads-this-file"),
            ("SECRET_KEY_FALLBACKS", "short"),
            ("TRUSTED_PROXIES", ""),
            ("TRUSTED_PROXIES", "nobody"),
            ("DATABASE_URL", "sqlite://x"),
            ("RECAPTCHA_PUBLIC_KEY", "half"),
        ],
    )
    def test_unsafe_production_is_refused_by_name(self, name, value):
        message = start(**PRODUCTION | {name: value})
        assert "ImproperlyConfigured" in message
        assert name in message

    def test_wrong_value_is_refused_with_what_is_expected(self):
        assert start(PORT="many").endswith("PORT='many' is not understood. Expected: a whole number from 1 to 65535.")

    def test_missing_proxies_are_refused_with_the_reason_and_the_way_out(self):
        message = start(**PRODUCTION | {"TRUSTED_PROXIES": ""})
        assert "share one address" in message
        assert "or none where people reach the site directly" in message

    def test_word_none_trusts_no_proxy(self):
        assert start("settings.TRUSTED_PROXIES", **PRODUCTION) == "()"

    def test_fallback_keys_are_read_one_by_one(self):
        fallbacks = f"{'a' * 40}, {'b' * 40}"
        assert start("len(settings.SECRET_KEY_FALLBACKS)", **PRODUCTION | {"SECRET_KEY_FALLBACKS": fallbacks}) == "2"

    def test_wildcard_host_needs_a_site_url(self):
        assert "SITE_URL" in start(**PRODUCTION | {"ALLOWED_HOSTS": "*"})

    def test_anymail_variables_reach_the_provider(self):
        variables = PRODUCTION | {"MAIL_PROVIDER": "postmark", "ANYMAIL_POSTMARK_SERVER_TOKEN": "t"}
        assert start("settings.ANYMAIL", **variables) == "{'POSTMARK_SERVER_TOKEN': 't'}"


class TestReaders:
    def test_empty_value_counts_as_not_set(self, monkeypatch):
        monkeypatch.setenv("NAME", "")
        assert environment.number("NAME", 7) == 7

    def test_empty_key_of_a_service_counts_as_not_set(self, monkeypatch):
        monkeypatch.setenv("ANYMAIL_WEBHOOK_SECRET", " ")
        monkeypatch.setenv("ANYMAIL_POSTMARK_SERVER_TOKEN", "a-token")
        assert environment.prefixed("ANYMAIL_") == {"POSTMARK_SERVER_TOKEN": "a-token"}

    def test_secret_file_is_read(self, monkeypatch, tmp_path):
        (tmp_path / "secret").write_text("hidden\n")
        monkeypatch.setenv("NAME_FILE", str(tmp_path / "secret"))
        assert environment.secret("NAME") == "hidden"

    def test_secret_given_twice_is_refused_without_showing_it(self, monkeypatch):
        monkeypatch.setenv("NAME", "hidden")
        monkeypatch.setenv("NAME_FILE", "/somewhere")
        with pytest.raises(ImproperlyConfigured) as refusal:
            environment.secret("NAME")
        assert "hidden" not in str(refusal.value)

    def test_languages_say_their_own_names(self, monkeypatch):
        monkeypatch.setenv("INTERFACE_LANGUAGES", "ko, ar,zh-Hant")
        names = environment.languages("INTERFACE_LANGUAGES", ())
        assert names == [("ko", "한국어"), ("ar", "العربية"), ("zh-hant", "中文 (繁體)")]

    @pytest.mark.parametrize("tag", ["english", "x", "en_", "99", "e\0"])
    def test_tag_of_no_language_is_refused(self, monkeypatch, tag):
        monkeypatch.setattr("os.environ", {"INTERFACE_LANGUAGES": tag})
        with pytest.raises(ImproperlyConfigured, match="language tags"):
            environment.languages("INTERFACE_LANGUAGES", ())

    def test_unknown_flag_is_refused(self, monkeypatch):
        monkeypatch.setenv("NAME", "perhaps")
        with pytest.raises(ImproperlyConfigured, match="true or false"):
            environment.flag("NAME")

    def test_networks_with_host_bits_are_refused(self, monkeypatch):
        monkeypatch.setenv("NAME", "10.0.0.1/8")
        with pytest.raises(ImproperlyConfigured):
            environment.networks("NAME")


def test_env_example_documents_exactly_what_is_read():
    calls = ast.walk(ast.parse((ROOT / "campaign_site/settings.py").read_text()))
    read = {
        str(call.args[0].value)
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and getattr(call.func.value, "id", "") == "environment"
        and isinstance(call.args[0], ast.Constant)
    } - {"ANYMAIL_"}
    by_compose = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    documented = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(documented) == sorted(read | by_compose)
