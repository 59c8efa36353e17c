# SPDX-License-Identifier: Apache-2.0
# The commands of every day. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

JOBS ?= $(shell nproc)
ARGS ?=
BUILD := build/release
SANITIZERS := asan tsan
# Debian's own, which has the packages that `make setup` installs; a pyenv or conda in PATH has not.
export PYTHON := /usr/bin/python3
SOURCES = $(shell git ls-files '*.cpp' '*.h')

.PHONY: help setup build demo test test-sanitizers chaos soak fuzz bench bench-scale bench-peers check-deploy format lint clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  Options: ARGS="…" is given to the demo, the tests (ctest) and the benchmarks; JOBS=n is how many jobs run at once.'

setup: ## Install what is missing (apt, Kafka's jars); does nothing when all is there
	@tools/setup test

build: ## Build build/release/copydesk
	@tools/setup demo
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS) --target copydesk

demo: build ## See it work on a private Kafka; ARGS="--for 20s" ends by itself
	@$(BUILD)/copydesk demo $(ARGS)

test: setup ## Build and run every test of the product; ARGS="-R name" picks
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS) --target copydesk tests/all
	@ctest --test-dir $(BUILD) --output-on-failure --no-tests=error -j $(JOBS) $(ARGS)

test-sanitizers: setup ## The tests without a broker under ASan+UBSan and TSan, and half a minute of every fuzzer
	@for sanitizer in $(SANITIZERS); do \
	  cmake --preset $$sanitizer --log-level=WARNING && cmake --build build/$$sanitizer -j $(JOBS); \
	done
	@cmake --preset fuzz --log-level=WARNING
	@cmake --build build/fuzz -j $(JOBS) --target fuzzers
	@for sanitizer in $(SANITIZERS); do tests/sanitized.sh $$sanitizer $(JOBS); done
	@$(PYTHON) tests/fuzz/run build/fuzz --seconds 28

fuzz: setup ## Run every fuzzer in turn; ARGS="--seconds 600" is CPU seconds for all of them
	@cmake --preset fuzz --log-level=WARNING
	@cmake --build build/fuzz -j $(JOBS) --target fuzzers
	@$(PYTHON) tests/fuzz/run build/fuzz $(ARGS)

chaos: setup ## Strike a cluster and workers with faults and count what is lost; ARGS="--faults 30 --seed 7"
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS) --target copydesk chaos
	@$(BUILD)/tests/chaos/chaos $(ARGS)

soak: setup ## Run for an hour at 80 % of capacity and watch memory and latency; ARGS="--minutes 30"
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS) --target copydesk soak
	@$(BUILD)/tests/chaos/soak $(ARGS)

bench: setup ## Measure each stage and the whole, beside a plain copy of the same messages
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS)
	@bench/run $(BUILD) $(ARGS)

bench-scale: setup ## Measure 1, 2 and 4 workers, one more and one less, and more partitions; ARGS=--update
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS) --target copydesk scale_broker
	@bench/scale $(BUILD) $(ARGS)

bench-peers: setup ## Compare with ICU, BlingFire, spaCy, textacy and CoreNLP; ARGS="--shared FOLDER" adds quality
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS) --target copydesk tokenize_bench names_eval
	@bench/peers/run $(BUILD) $(ARGS)

check-deploy: ## Dashboards, alerts, live page, chart, package and image, each shown with what it is made for
	@tools/setup deploy
	@cmake --preset release --log-level=WARNING
	@cmake --build $(BUILD) -j $(JOBS) --target copydesk broker_fixture broker_with_topics loaded_workers page_server scale_broker
	@$(PYTHON) tests/deploy/check.py $(BUILD)

format: ## Format the C++ sources
	@tools/setup develop
	@clang-format-19 -i $(SOURCES)

lint: ## Check format, clang-tidy and shell scripts; changes nothing
	@tools/setup develop
	@clang-format-19 --dry-run -Werror $(SOURCES)
	@shellcheck tools/setup tools/setup_chart_tools tools/setup_kube_apiserver tools/check_whitespace deploy/debian/postinst deploy/debian/postrm deploy/debian/prerm tests/install_test.sh tests/hardening_test.sh tests/sanitized.sh .ci/run
	@cmake --preset dev --log-level=WARNING
	@run-clang-tidy-19 -quiet -extra-arg=-Wno-unknown-warning-option -p build/dev -j $(JOBS) $(ARGS) '^$(CURDIR)/(bench|config|pipeline|stages|tests|tools)/'

clean: ## Delete what was built; keeps Kafka's jars
	@rm -rf build
