# Targets for developers and for whoever wants to try the project; `make help` lists them.
# Variables: PYTHON (for .venv) and QGIS_PYTHON (the Python of QGIS).
export PYTHON QGIS_PYTHON
unexport PYTHONPATH PYTHONHOME

.PHONY: help setup engine demo test bench lint package gui-test clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

setup: ## Install QGIS where it is missing, and build the engine's environment .venv
	@.ci/setup

engine: ## Build only the engine's environment .venv
	@.ci/setup engine

demo: setup ## Classify the demo scene; results in build/demo
	@.venv/bin/python .ci/demo.py

test: setup ## Run all tests, of the engine and of the plugin
	@.venv/bin/python .ci/test.py

bench: engine ## Measure accuracy, time and memory; results in build/bench
	@.venv/bin/python tests/bench/interval_coverage.py
	@.venv/bin/python tests/bench/demo_scene.py
	@.venv/bin/python tests/bench/large_scene.py

lint: engine ## Check style and format
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

package: engine ## Write the plugin as build/miaf-VERSION.zip
	@.venv/bin/python .ci/package.py

gui-test: setup ## Drive the QGIS desktop under a virtual display
	@test -x tests/gui/run.sh || { echo "tests/gui/run.sh is not there." >&2; exit 1; }
	xvfb-run -a -s "-screen 0 1400x900x24" tests/gui/run.sh

clean: ## Remove what the other targets made, save .venv
	rm -rf build .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
