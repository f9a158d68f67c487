# What a newcomer and the continuous integration call. Each target is a script or a cargo command; none needs make.

.PHONY: help quickstart quickstart-stop test check unit-test e2e picture clean-lab

help:
	@echo 'make quickstart        from nothing to an answer, on this machine'
	@echo 'make quickstart-stop   remove all that it started and made'
	@echo 'make test              every check and test; installs what it needs'
	@echo 'make e2e               only the end-to-end test, with genuine podman and syft'
	@echo 'make picture           draw docs/tui.svg anew, from the real program'
	@echo 'make clean-lab         remove what interrupted end-to-end tests left'

quickstart:
	@scripts/quickstart

quickstart-stop:
	@scripts/quickstart-stop

# One after the other, cheap ones first.
test:
	scripts/install-tools test
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory unit-test
	@$(MAKE) --no-print-directory e2e

check:
	cargo fmt --all --check
	scripts/lint-scripts
	scripts/check-dependencies
	cargo clippy --workspace --all-targets --all-features -- -D warnings

# Needs no podman. The features are tests that need tmux, and what checks SBOMs.
unit-test:
	cargo test --workspace --features assetctl/schemas,assetctl/tmux

e2e:
	scripts/e2e

picture:
	scripts/tui-picture

clean-lab:
	@scripts/clean-lab
