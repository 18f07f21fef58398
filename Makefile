# The two commands: `make demo` shows Longshore at work, `make test` installs what the tests need and passes them all.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
LONGSHORE := target/release/longshore
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help demo test build lint unit sim e2e vm clean

help: ## this text
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## /  make \1\t/' | expand -t 16

demo: ## build, start, run real containers in front of your eyes
	@tools/setup run
	@cargo build --release --locked -p longshore
	@$(SUDO) tools/demo $(LONGSHORE)

build: ## the release binary, target/release/longshore
	@cargo build --release --locked -p longshore

lint: ## formatting, clippy, manners, licences and duplicate dependencies
	@tools/setup lint
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo xtask tidy
	cargo xtask import-models --check
	cargo deny check licenses bans sources

unit: ## every Rust test, with real containers (needs root)
	@tools/setup test
	@tools/as-root cargo nextest run --workspace --locked --profile ci
	cargo test --quiet --locked --package wire --doc

sim: ## the virtual world: a thousand seeds of faults against its laws
	cargo xtask sim --seeds 1000

e2e: ## the AWS CLI and boto3 against the binary, real containers (needs root)
	@tools/setup test
	cargo build --locked -p longshore
	@tools/as-root .venv/bin/python -m pytest -q e2e

vm: ## kernel tests on a stock Debian kernel with cgroup v2, emulated; an hour, and not a part of `test`
	@tools/setup vm
	@tools/as-root tools/vm kernel
	@tools/as-root tools/vm e2e e2e/test_control_groups.py

test: lint unit sim e2e ## everything that has to pass

clean: ## what the build made
	cargo clean
