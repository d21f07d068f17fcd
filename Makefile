# All commands for working on the site. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help run test lint format messages screenshots measure bench lock install

PYTHON ?=
VENV := .venv
RUN := $(VENV)/bin/python
# Half of the tests wait for a browser: two processes pay off even on one core.
NPROC ?= 2
ARGS ?=

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{ printf "make %-10s %s\n", $$1, $$2 }'

run: install ## Start the whole site at http://localhost:8000, or PORT=…; Ctrl-C stops it
	@exec $(RUN) -m dev.run

test: install ## Run all tests; choose some with ARGS="tests/petitions -k sign"
	@$(RUN) -m dev.messages compile
	@CHROMIUM="$$($(RUN) -m dev.browser)"; \
	[ -n "$$CHROMIUM" ] && export CHROMIUM; \
	exec $(RUN) -m pytest -n $(NPROC) --dist loadgroup -rs $(ARGS)

lint: install ## Check code, templates and catalogs without changing them
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(VENV)/bin/lint-imports --no-cache --no-logo
	@$(RUN) -m mypy .
	@$(RUN) -m djlint --quiet --lint templates
	@$(RUN) -m dev.messages check

format: install ## Put code and templates in the house format
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

messages: install ## Bring the translation catalogs up to date with the sources
	@$(RUN) -m dev.messages update

screenshots: install ## Take the pictures of the README anew
	@$(RUN) -m dev.screenshots

measure: install ## Tell how long functions and files are, and how rooms stand on each other
	@$(RUN) -m dev.measure

bench: install ## Measure requests a second, side by side (needs wrk)
	@$(RUN) -m bench.paper
	@$(RUN) -m bench.mail
	@$(RUN) -m bench.fan_out
	@$(RUN) -m bench.desk
	@$(RUN) -m bench.clear_desk
	@$(RUN) -m bench.attack
	@$(RUN) -m bench.run

lock: ## Lock requirements*.in with hashes (needs uv: pip install uv)
	@sh dev/lock.sh

install: $(VENV)/installed

# Installed again when the lock file changes; an installation that broke off leaves no stamp.
$(VENV)/installed: requirements-dev.txt
	@PYTHON="$(PYTHON)" sh dev/install.sh $(VENV) requirements-dev.txt
