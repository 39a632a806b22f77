# One environment, made on first use from pyproject.toml; every goal below stands on it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SCENARIO ?= scenarios/kalix
OUT ?= out/$(notdir $(SCENARIO))

.PHONY: solve test check format bench bench-routes bench-scale docs clean

solve: $(READY)
	$(BIN)/deliveryopt solve $(SCENARIO) --out $(OUT) --force --time-limit 120

test: $(READY)
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check deliveryopt tests benchmarks
	$(BIN)/ruff check deliveryopt tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

format: $(READY)
	$(BIN)/ruff check --fix deliveryopt tests benchmarks
	$(BIN)/ruff format deliveryopt tests benchmarks

bench: $(READY)
	$(BIN)/python -m benchmarks.main_job

# make bench-routes FOLDER=instances SECONDS=5; also SEEDS=3, SOLVERS=ours,pyvrp and SAVE=1
bench-routes: $(READY)
	@$(BIN)/python -m benchmarks.routes --folder "$(FOLDER)" --seconds "$(or $(SECONDS),5)" \
		--seeds "$(or $(SEEDS),1)" --solvers "$(SOLVERS)" $(if $(SAVE),--save)

# make bench-scale CASE=L SECONDS=120 SEED=1; also SOLVERS=ours,highs,gscip,cpsat and SAVE=1
bench-scale: $(READY)
	@$(BIN)/python -m benchmarks.scale --case "$(or $(CASE),L)" --seconds "$(or $(SECONDS),120)" \
		--seed "$(or $(SEED),1)" --solvers "$(SOLVERS)" $(if $(SAVE),--save)

docs: $(READY)
	$(BIN)/python -m docs.messages
	$(BIN)/python -m docs.generate

clean:
	rm -rf $(VENV) build out *.egg-info

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@
