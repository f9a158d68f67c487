# What a newcomer and the continuous integration call. Each target is a script or a cargo command; none needs make.

.PHONY: help demo quickstart quickstart-stop test check unit-test explore faults bench bench-million bench-advisories instructions e2e churn kills watch-latency agent-figures picture openapi schemathesis packages package-test image image-test terminal clean-lab

help:
	@echo 'make demo              a server with a made-up fleet and its past, to try everything on'
	@echo 'make quickstart        from nothing to an answer, on this machine'
	@echo 'make quickstart-stop   remove all that it started and made'
	@echo 'make test              every check and test; installs what it needs'
	@echo 'make e2e               only the end-to-end test, with genuine podman and syft'
	@echo 'make explore           the property tests with fresh cases; CASES=20000 for so many each'
	@echo 'make faults            disks that fail, kills, lost power, backups, clocks and races, many times; TIMES=0.1 for a tenth'
	@echo 'make churn             an hour of starts and stops under an agent that watches; MINUTES=5 for five'
	@echo 'make kills             500 kills of an agent at any moment, after which nothing may be left; COUNT=50 for fifty'
	@echo 'make watch-latency     how long a start takes until the server knows it'
	@echo 'make agent-figures     what a cycle and a scan cost beside podman and syft alone'
	@echo 'make bench             a server under a large fleet, beside other stores; writes docs/PERFORMANCE.md'
	@echo 'make instructions      how many instructions the hot loops of a question take, which no noise changes'
	@echo 'make bench-million     a million hosts in one server; HOSTS=100000 for a tenth of them'
	@echo 'make bench-advisories  what imported advisories cost: imports, questions by id and by file, what affects what runs'
	@echo 'make picture           draw docs/tui.svg and docs/tui-map.svg anew, from the real program'
	@echo 'make openapi           write docs/openapi.json anew, after a change of the API'
	@echo 'make schemathesis      send requests made from that document; CASES=50000 for so many'
	@echo 'make terminal          every program on a terminal, at a server that was told the worst names'
	@echo 'make packages          the Debian packages, into target/packages'
	@echo 'make package-test      try them in clean trees of Debian 12 and 13'
	@echo 'make image             the container image of the server, localhost/assetmon-server'
	@echo 'make image-test        build it, run it with podman and ask it'
	@echo 'make clean-lab         remove what interrupted end-to-end tests left'

# What an operator who installed the packages starts as `assetmon-server --demo`.
demo:
	cargo build -p assetmon-server -p assetctl
	@$${CARGO_TARGET_DIR:-target}/debug/assetmon-server --demo

quickstart:
	@scripts/quickstart

quickstart-stop:
	@scripts/quickstart-stop

# One after the other, cheap ones first.
test:
	scripts/install-tools test
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory unit-test
	@$(MAKE) --no-print-directory schemathesis
	@$(MAKE) --no-print-directory terminal
	@$(MAKE) --no-print-directory e2e

check:
	cargo fmt --all --check
	scripts/lint-scripts
	scripts/check-house
	scripts/check-dependencies
	cargo clippy --workspace --all-targets --all-features -- -D warnings

unit-test:
	@scripts/unit-test

# CASES: so many for each test. SEED: one that an earlier run printed, to take its cases again.
explore:
	@CASES="$(CASES)" SEED="$(SEED)" scripts/explore

# What of it ends within a minute is part of `make test`.
faults:
	@TIMES="$(TIMES)" scripts/faults

e2e:
	scripts/e2e

# A minute of it is part of `make test`.
churn:
	CHURN_MINUTES=$(or $(MINUTES),60) scripts/e2e watch::churn --nocapture

# Twenty of them are part of `make test`. COUNT: so many. SEED: one that an earlier run printed, to do the same again.
kills:
	KILLS=$(or $(COUNT),500) KILLS_SEED=$(SEED) scripts/e2e kills:: --nocapture --test-threads 1

watch-latency:
	scripts/watch-latency

agent-figures:
	scripts/agent-figures

# BENCH_SCALE=0.1 for a tenth of the fleet, which is said and not written.
bench:
	scripts/bench

instructions:
	scripts/instructions

# HOSTS: so many. MINUTES: for so long.
bench-million:
	@HOSTS="$(HOSTS)" MINUTES="$(MINUTES)" scripts/bench-million

bench-advisories:
	@BENCH_SCALE="$(or $(BENCH_SCALE),1)" scripts/bench-advisories

picture:
	scripts/tui-picture

openapi:
	OPENAPI_UPDATE=1 cargo test -p assetmon-server --test http openapi

# CASES: so many; for 40 s where nothing is said, as in `make test`. SEED: one that an earlier run printed.
schemathesis:
	@CASES="$(CASES)" SEED="$(SEED)" scripts/schemathesis

# Whether anything that a terminal would obey comes through from a name: on any output, in the log, in a file.
terminal:
	@scripts/check-terminal

# VERSION=0.1.1-1 MAINTAINER='NAME <MAIL>': other than Cargo.toml says. PROGRAMS=FOLDER: of programs that are built.
packages:
	scripts/install-tools test
	scripts/packages

package-test:
	scripts/install-tools test
	scripts/package-test

image:
	scripts/image

image-test:
	scripts/install-tools test
	scripts/image-test

clean-lab:
	@scripts/clean-lab
