# Everything a developer or a city runs. Nothing but Python 3.11+ and make is assumed.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: start test test-services lint bench messages lock clean

start: ## the site, its worker and the demo city, until Ctrl-C
	@$(PYTHON) scripts/environment.py
	@exec $(BIN)/python scripts/start.py

test: ## every test, browser ones included
	@$(PYTHON) scripts/environment.py --dev
	@$(BIN)/python scripts/browser_tools.py
	@$(BIN)/python scripts/messages.py compile
	@$(BIN)/pytest -n auto $(ARGS)

test-services: ## what meets a database, on PostgreSQL, Redis and clamd, without the running city and the browser
	@$(PYTHON) scripts/environment.py --dev
	@$(BIN)/python scripts/messages.py compile
	@scripts/services.sh $(BIN)/pytest -n auto -m "not city" $(ARGS)

lint: ## style, types, borders between rooms, migrations, translations
	@$(PYTHON) scripts/environment.py --dev
	@$(BIN)/python scripts/lint.py

bench: ## cost of each page, in multiples of a bare Django view (SERVICES=1: PostgreSQL and Redis)
	@$(PYTHON) scripts/environment.py --dev
	@$(if $(SERVICES),scripts/services.sh) $(BIN)/python -m tests.bench $(ARGS)

messages: ## bring locale/*.po up to date with the source
	@$(PYTHON) scripts/environment.py --dev
	@$(BIN)/python scripts/messages.py update

lock: ## choose the versions again, with hashes
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 -c requirements.txt --extra dev pyproject.toml -o requirements-dev.txt

clean: ## forget the demo city, the environment and everything built
	rm -rf var .venv node_modules
