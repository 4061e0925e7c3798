# The command list; `make help` prints it. What the commands do is in tools/, sandbox/stack and recovery.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv/bin/python
SET_UP = engine=$$($(PYTHON) tools/bootstrap.py)
LOCAL = $(SET_UP) && eval "$$($(VENV) -m sandbox.stack --engine "$$engine" env)"
STACK ?=

.PHONY: help up verify failover down test check env preview state-preview bench mutation nightly mutants findings requirements
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

up: ## set up, start the sandbox, bring the local stack up through its phases, print the manifest
	@$(SET_UP) && $(VENV) -m sandbox.stack --engine "$$engine" up --to "$(or $(PHASE),live)" --speed "$(or $(SPEED),1)"

verify: ## look at the local stack from outside: users in both Regions, names, checks, controls
	@$(LOCAL) && bin/cognito-dr verify

failover: ## fail us-east-1 and measure the switch as clients see it: make failover MODE=refuse|hang|error|slow
	@$(LOCAL) && bin/cognito-dr failover-test --mode "$(or $(MODE),refuse)" $(if $(OUTAGE),--outage $(OUTAGE))

down: ## destroy the local stack, stop the sandbox, leave nothing running
	@$(SET_UP) && $(VENV) -m sandbox.stack --engine "$$engine" down

test: ## set up and run all tests
	@$(SET_UP) && $(VENV) -m tools.run_tests

check: ## formatter, linter and strict type checker over all Python; the workflows by GitHub's schema and for holes
	@$(SET_UP) && .venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/ty check .
	@.venv/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@.venv/bin/zizmor --offline --quiet --persona pedantic .github

env: ## print the local stack's environment: eval "$(make -s env)"
	@$(SET_UP) && $(VENV) -m sandbox.stack --engine "$$engine" env

preview: ## offline preview with this checkout's pack: make preview STACK=prod [PROJECT=another checkout, to judge it]
	@$(SET_UP) && $(VENV) -m sandbox.stack --engine "$$engine" preview "$(STACK)" $(if $(PROJECT),--project "$(PROJECT)")

state-preview: ## preview on a copy of the real state, secrets left out: make state-preview STACK=prod STATE=s3://… [PROJECT=…]
	@$(SET_UP) && $(VENV) -m sandbox.stack --engine "$$engine" state-preview "$(STACK)" --state "$(STATE)" \
		$(if $(PROJECT),--project "$(PROJECT)")

bench: ## cold import of each function; the policy pack beside an empty one, written into docs/benchmarks.md
	@$(SET_UP) && $(VENV) -m tools.bench && $(VENV) -m tests.engine.bench_pack

mutation: ## every small mistake in the policy pack against its tests; writes docs/policy-mutation.md: make mutation [ONLY=file] [AGAIN=1]
	@$(SET_UP) && nice $(VENV) -m tools.mutation $(if $(ONLY),--only "$(ONLY)") $(if $(AGAIN),--again)

nightly: ## all tests, also those in real time, with new and many more examples
	@$(SET_UP) && HYPOTHESIS_PROFILE=nightly $(VENV) -m tools.run_tests --nightly

mutants: ## the matrix of docs/policy-mutants.md: which rule is tried by which mistakes
	@$(SET_UP) && PYTHONPATH=policies $(VENV) -m tests.policies.mutants.matrix

findings: ## docs/policy-findings.md: what the pack says about each case and each value of a good stack
	@$(SET_UP) && PYTHONPATH=policies $(VENV) -m tests.policies.told

requirements: ## compile the requirement files from pyproject.toml
	@$(SET_UP) && $(VENV) -m tools.requirements
