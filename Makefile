# The commands of CONTRIBUTING.md. Python 3.11 or later, make and nothing else.
.PHONY: help demo test check coverage bench soak mutate sbom audit install lock clean
.DEFAULT_GOAL := help
BIN := .venv/bin
PORT ?= 8000
export PORT
# The bytecode of src and tests is written: each process would compile it again.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make demo    installe, charge une saison d’exemple et sert http://127.0.0.1:$(PORT) (PORT= pour changer)"
	@echo "make test    installe et lance toute la suite"
	@echo "make check   style, types, couches, migrations, déploiement"
	@echo "make coverage   la suite, et ce qu’elle ne couvre pas"
	@echo "make bench   mesures (ARGS=full : toutes les tailles) ; make soak : longues preuves ; make mutate : le moteur muté ; make sbom, make audit : ce que les verrous amènent, ses faiblesses publiées ; make lock : verrous ; make clean"

demo:
	@scripts/install runtime
	@exec $(BIN)/explor demo run

install:
	@scripts/install all

test: install
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

check: install
	scripts/check

coverage: install
	$(BIN)/python scripts/coverage $(ARGS)

bench: install
	@scripts/peers
	nice $(BIN)/python -m benchmarks $(ARGS)

soak: install
	@$(BIN)/python scripts/soak $(ARGS)

# The whole takes hours: SAMPLE=300 draws as many mutants.
mutate: install
	scripts/mutate $(ARGS)

sbom: install
	scripts/sbom

# Needs a source of advisories: PyPI, or ARGS=osv.
audit: install
	$(BIN)/python scripts/audit $(ARGS)
	$(BIN)/python scripts/secrets --history

lock: install
	scripts/lock

# The data in var/ stay: they are someone's work.
clean:
	rm -rf .venv build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -prune -exec rm -rf {} +
