# Shortcuts; the build itself is meson.build. `make` alone needs a C compiler, Python 3.11 or newer and the package registry.

PYTHON ?= python3

.PHONY: all
all:
	@$(PYTHON) tools/build.py build
