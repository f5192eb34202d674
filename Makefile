# Targets for developers and for whoever wants to try the project; `make help` lists them.
# Variables: PYTHON (for .venv) and QGIS_PYTHON (the Python of QGIS).
export PYTHON QGIS_PYTHON
unexport PYTHONPATH PYTHONHOME
BENCHMARKS = indian_pines ablation floor per_pixel large_maps tiled continue_training altered_scene

.PHONY: help setup engine demo test bench bench-scenes bench-quick gpu-check lint package compat models gui-test screenshots clean help-pages i18n faults fuzz soak lock licences audit

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

setup: ## Install QGIS where it is missing, and build the engine's environment .venv
	@.ci/setup

engine: ## Build only the engine's environment .venv
	@.ci/setup engine

demo: setup ## Classify the demo scene; results in build/demo
	@.venv/bin/python .ci/demo.py

test: setup ## Run all tests, of the engine and of the plugin
	@.venv/bin/python .ci/test.py

bench: engine ## Measure accuracy, time and memory (hours; resumes); results in build/bench
	@for name in $(BENCHMARKS); do .venv/bin/python -m tests.bench.$$name || exit 1; done
	@.venv/bin/python tests/bench/interval_coverage.py
	@.venv/bin/python tests/bench/sample_coverage.py
	@.venv/bin/python tests/bench/demo_scene.py
	@.venv/bin/python tests/bench/holdout_honesty.py
	@.venv/bin/python tests/bench/large_scene.py
	@.venv/bin/python -m tests.bench.active_learning
	@.venv/bin/python -m tests.bench.whole_loop
	@.venv/bin/python -m tests.bench.click_or_draw
	@.venv/bin/python -m tests.bench.classify_many
	@.venv/bin/python -m tests.bench.summary > build/bench/all.txt

bench-scenes: engine ## Measure maps of six real scenes beside baselines (hours; resumes); needs docs/benchmark_runs.md
	@.venv/bin/python -m tests.bench.scenes
	@.venv/bin/python -m tests.bench.salinas_a

bench-quick: engine ## Measure splits c and d (seed 0), floor and tiling in under 10 minutes
	@.venv/bin/python -m tests.bench.indian_pines --splits c d --seeds 0 --table indian_pines_quick
	@.venv/bin/python -m tests.bench.floor --epochs 20
	@.venv/bin/python -m tests.bench.tiled --copies 3 --set epochs=30

gpu-check: engine ## Measure a graphics card in at most six minutes; build/bench/gpu_check.md
	@.venv/bin/python -m tests.bench.gpu_check

lint: engine ## Check style, format and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/python -m mypy

help-pages: setup ## Write the help pages in resources/help from the dialogs
	@QT_QPA_PLATFORM=offscreen $${QGIS_PYTHON:-/usr/bin/python3} resources/help/make_pages.py

i18n: setup ## Bring the translations of plugin and engine up to date
	@QT_QPA_PLATFORM=offscreen $${QGIS_PYTHON:-/usr/bin/python3} resources/i18n/make_catalogues.py
	@.venv/bin/python resources/i18n/make_engine_catalogues.py

faults: engine ## Strike runs with faults (half an hour; continues where it was); docs/reliability.md
	@.venv/bin/python -m tests.faults

fuzz: engine ## Give all readers 100,000 random and mutated inputs; docs/reliability.md
	@MIAF_FUZZ=10500 .venv/bin/python -m pytest -q tests/engine/scenarios/test_fuzz.py tests/engine/scenarios/test_fuzz_values.py tests/engine/scenarios/test_cube_dress.py
	@.venv/bin/python -m tests.faults --page

soak: setup ## Train and classify 100 times in one QGIS session; docs/reliability.md
	@.venv/bin/python -m tests.faults.run_soak

lock: engine ## Pin the engine's packages with hashes, in requirements-lock.txt
	@.venv/bin/python .ci/supply.py lock

licences: engine ## List the licences of all that is installed, in docs/licences.md
	@.venv/bin/python .ci/supply.py licences

audit: engine ## Look for known faults in the packages, where pip-audit reaches its data
	@.venv/bin/python .ci/supply.py audit

package: ## Write the plugin as build/miaf-VERSION.zip; any Python 3 will do
	@$${PYTHON:-python3} .ci/package.py

compat: ## Run the plugin's tests under newer versions of QGIS, where they can be had
	@.ci/compat

models: ## Write the graphical models of resources/models again (QGIS 3.22)
	QT_HASH_SEED=0 QT_QPA_PLATFORM=offscreen $${QGIS_PYTHON:-/usr/bin/python3} resources/models/make_models.py

gui-test: setup ## Drive the QGIS desktop under a virtual display
	@test -x tests/gui/run.sh || { echo "tests/gui/run.sh is not there." >&2; exit 1; }
	xvfb-run -a -s "-screen 0 1400x900x24" tests/gui/run.sh

screenshots: setup ## Take the pictures of the handbook again, under a virtual display
	xvfb-run -a -s "-screen 0 1400x900x24" tests/gui/screenshots.sh

clean: ## Remove what the other targets made, save .venv
	rm -rf build .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info
	find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
