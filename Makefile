# Shortcuts; the build itself is meson.build. `make` needs a C compiler, Python 3.11 or newer and the package registry, no root.

PYTHON ?= python3
# More arguments for pytest: make test ARGS="-k softmax"
ARGS ?=
SECONDS_PER_TARGET ?= 300

.PHONY: all demo test test-c bench gains by-hand corpus fuzz lint docs check-address check-thread clean
all:
	@$(PYTHON) tools/build.py build

demo: all
	@$(PYTHON) tools/demo.py

# The C unit tests alone, then everything that runs the command and the frameworks.
test-c:
	@$(PYTHON) tools/build.py build all test

test: test-c
	@$(PYTHON) tools/test_environment.py pytest -q $(if $(ARGS),$(ARGS),-n auto)

# The same tests with the sanitizers.
check-address check-thread: check-%:
	@$(PYTHON) tools/check_sanitized.py $* $(ARGS)

bench: all
	@$(PYTHON) bench/run.py $(ARGS)

# What rewritten models of transformers 4.35 gain: make gains TRANSFORMERS=.../site-packages/transformers ARGS="--models bert,vit"
gains: all
	@$(PYTHON) tools/test_environment.py python bench/gains.py $(TRANSFORMERS) $(ARGS)

# The same beside what the library's authors wrote by hand later: make by-hand ARGS="OLD NEW --new-python ...", see the script.
by-hand: all
	@$(PYTHON) tools/test_environment.py python bench/by_hand.py $(ARGS)

corpus: all
	@$(PYTHON) tools/test_environment.py python bench/corpus.py $(ARGS)

fuzz:
	@$(PYTHON) tools/fuzz.py $(SECONDS_PER_TARGET) $(ARGS)

lint:
	@$(PYTHON) tools/lint.py

docs: all
	@$(PYTHON) tools/make_docs.py

# What was built and fetched; the environments of tests and tools are kept in .cache.
clean:
	rm -rf build build-address build-thread build-fuzz build-lint-gcc build-lint-clang
