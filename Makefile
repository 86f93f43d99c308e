# motcua: one Makefile for the whole house. `make help` lists what it can do.
#
# Objects, libraries and programs go under $(B); nothing is written outside it. Each room (core, store, icalendar, forms, cli, tui)
# becomes one static library; build/motcua links the screen and the commands, build/libexec/motcua-out what needs libical, Pango
# and the other large libraries.

B       ?= build
V       ?= 0
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
VERSION := 0.1.0

# ---- what the machine must have (Debian and Ubuntu names) ---------------------------------------------------------
BUILD_PACKAGES := gcc make libc6-dev pkg-config libncurses-dev liblmdb-dev libical-dev libicu-dev libseccomp-dev libutf8proc-dev libsodium-dev libcsv-dev \
                  libjansson-dev libpango1.0-dev libcairo2-dev libqrencode-dev libxlsxwriter-dev zlib1g-dev fonts-liberation2
TEST_PACKAGES  := clang clang-format libcmocka-dev libvterm-dev mandoc python3 python3-icalendar python3-dateutil khal calcurse \
                  python3-radicale vdirsyncer openssl \
                  binutils ncurses-base procps tzdata poppler-utils qpdf zbar-tools unrtf libreoffice-calc-nogui systemd

# ---- flags ---------------------------------------------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Werror -Wformat-security -Wold-style-definition -Wpointer-arith -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wwrite-strings -Wshadow -Wundef -fno-common \
            -Wno-missing-field-initializers # a row names what it says; the rest is zero
# Hidden: what a library calls by the same name (json_null is one of jansson's too) stays its own.
HARDEN   := -fstack-protector-strong -fvisibility=hidden
SAN      :=
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DMOTCUA_VERSION='"$(VERSION)"' -I. -I$(B)/gen \
             $(WARNINGS) $(HARDEN) $(CFLAGS) $(SAN) -MMD -MP

pkg = $(shell pkg-config $(1) $(2) 2>/dev/null)
CSV_LIBS   := -lcsv
JSON_LIBS  := -ljansson
CORE_LIBS  := $(call pkg,--libs,libutf8proc) -lm
STORE_LIBS := $(call pkg,--libs,lmdb libsodium)
ICAL_CFLAGS := $(call pkg,--cflags,libical)
ICAL_LIBS  := -lical $(call pkg,--libs,icu-i18n)
CONFINE_LIBS := $(call pkg,--libs,libseccomp)
FORMS_CFLAGS := $(call pkg,--cflags,pangocairo libqrencode xlsxwriter zlib)
FORMS_LIBS := $(call pkg,--libs,pangocairo libqrencode xlsxwriter zlib)
TUI_CFLAGS := $(call pkg,--cflags,panelw ncursesw)
TUI_LIBS   := $(call pkg,--libs,panelw ncursesw)
TEST_LIBS  := $(call pkg,--libs,cmocka vterm fontconfig)

ifeq ($(V),0)
  say = @printf '  %-8s %s\n' $(1) '$(2)';
endif

# ---- the rooms -----------------------------------------------------------------------------------------------------
MAINS   := cli/main.c cli/out_main.c
ROOMS   := core store icalendar forms cli tui
objects  = $(patsubst %.c,$(B)/%.o,$(filter-out $(MAINS),$(wildcard $(1)/*.c)))
LIBS    := $(foreach r,$(ROOMS),$(B)/lib$(r).a)
GENERATED := $(B)/gen/fold_table.h $(B)/gen/catalogue.h

TESTS     := $(patsubst %.c,$(B)/%,$(wildcard tests/test_*.c))
TEST_TOOLS := $(B)/libtesting.a

# Below the first make the job server is there already.
SUBMAKE := $(MAKE) --no-print-directory $(if $(filter 0,$(MAKELEVEL)),-j$(shell nproc))

.DEFAULT_GOAL := all
.PHONY: all programs pictures demo check check-unit check-system check-long check-asan check-clang fuzz fuzz-run lint format deps-build deps-test install clean help
.SECONDARY:

all: $(B)/motcua $(B)/libexec/motcua-out

ifeq ($(STORE_LIBS)$(filter clean help deps-% demo check bench install,$(MAKECMDGOALS)),)
  $(warning libraries are missing: `make demo` or `make check` installs them (Debian: $(BUILD_PACKAGES)))
endif

$(B)/motcua: $(B)/cli/main.o $(B)/libcli.a $(B)/libtui.a $(B)/libstore.a $(B)/libcore.a
	$(call say,LINK,$@)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(TUI_LIBS) $(CSV_LIBS) $(JSON_LIBS) $(STORE_LIBS) $(CORE_LIBS)

$(B)/libexec/motcua-out: $(B)/cli/out_main.o $(B)/libcli.a $(B)/libicalendar.a $(B)/libforms.a $(B)/libstore.a $(B)/libcore.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ICAL_LIBS) $(CONFINE_LIBS) $(FORMS_LIBS) $(STORE_LIBS) $(CORE_LIBS)

define room_library
$(B)/lib$(1).a: $(call objects,$(1))
	@rm -f $$@
	$$(call say,AR,$$@)$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_library,$(r))))

$(B)/icalendar/%.o: ALL_CFLAGS += $(ICAL_CFLAGS)
$(B)/forms/%.o: ALL_CFLAGS += $(FORMS_CFLAGS)
$(B)/tui/%.o: ALL_CFLAGS += $(filter-out -D_XOPEN_SOURCE=600,$(TUI_CFLAGS))

$(B)/%.o: %.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# ---- generated at build time: the folding table and the shipped catalogue ------------------------------------------
$(B)/gen/%.h: $(B)/gen/make_%
	$(call say,GEN,$@)$< > $@.new && mv $@.new $@

$(B)/gen/make_fold_table: data/make_fold_table.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) -std=c17 $(WARNINGS) -O1 -o $@ $< $(CORE_LIBS)

$(B)/gen/make_catalogue: data/make_catalogue.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) -std=c17 -D_XOPEN_SOURCE=700 $(WARNINGS) -O1 -o $@ $< -lcsv
$(B)/gen/catalogue.h: data/procedures.csv data/holidays.csv

# ---- tests ---------------------------------------------------------------------------------------------------------
# Everything in tests/ that is not test_*.c is shared by all tests; each test_*.c is a program of its own.
$(TEST_TOOLS): $(patsubst %.c,$(B)/%.o,$(filter-out $(wildcard tests/test_*.c),$(wildcard tests/*.c)))
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $^

$(B)/tests/test_%: $(B)/tests/test_%.o $(TEST_TOOLS) $(LIBS)
	$(call say,LINK,$@)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(TEST_TOOLS) $(LIBS) -Wl,--end-group \
	    -Wl,--as-needed $(TUI_LIBS) $(ICAL_LIBS) $(CONFINE_LIBS) $(FORMS_LIBS) $(CSV_LIBS) $(JSON_LIBS) $(STORE_LIBS) $(CORE_LIBS) $(TEST_LIBS) -lutil

# Fuzz targets. As plain tests they are fed their seeds by seeds.c; `make fuzz` gives them libFuzzer's main instead.
FUZZED     := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_TESTS := $(FUZZED:%=$(B)/tests/fuzz/fuzz_%)
FUZZ_MAIN   = $(B)/tests/fuzz/seeds.o
FUZZ_FLAGS :=
$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/fuzz.o $(B)/tests/slow_text.o $(FUZZ_MAIN) $(LIBS)
	$(call say,LINK,$@)$(CC) $(ALL_CFLAGS) $(FUZZ_FLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(LIBS) \
	    -Wl,--end-group -Wl,--as-needed $(TUI_LIBS) $(ICAL_LIBS) $(CONFINE_LIBS) $(FORMS_LIBS) $(CSV_LIBS) $(JSON_LIBS) $(STORE_LIBS) $(CORE_LIBS) $(TEST_LIBS) -lutil

# A clock of their own, and a failing disk, for the programs under test: plain even where those are built with sanitizers.
PRELOADS := $(B)/tests/clock.so $(B)/tests/faults.so $(B)/tests/people.so $(B)/tests/hostile.so
$(PRELOADS): $(B)/tests/%.so: tests/tools/%.c
	@mkdir -p $(@D)
	$(call say,CC,$@)$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O1 -fPIC -shared -o $@ $< -ldl

# libical as a reader of what the program writes.
ICAL_READ := $(B)/tests/ical_read
$(ICAL_READ): tests/tools/ical_read.c
	@mkdir -p $(@D)
	$(call say,CC,$@)$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O1 $(ICAL_CFLAGS) -o $@ $< $(ICAL_LIBS)

programs: all $(TESTS) $(FUZZ_TESTS) $(PRELOADS) $(ICAL_READ)

# ---- measuring: tests/bench, against SQLite, taskwarrior and the plain floors of the machine ----------------------------
# `make bench` takes stores of up to 100,000 dossiers, BIG=1 one of a million too; STRICT=1 fails where a row does not hold.
BENCH_PACKAGES := sqlite3 libsqlite3-dev taskwarrior python3
BENCH_PRELOADS := $(B)/tests/bench/nosync.so $(B)/tests/bench/held.so
BENCH_SQLITE   := $(B)/tests/bench/sqlite_fill $(B)/tests/bench/sqlite_import
BENCH_PLAIN    := $(patsubst %,$(B)/tests/bench/%,run screen saves hashing scanning rewrite scatter)
$(BENCH_PRELOADS): $(B)/tests/bench/%.so: tests/bench/%.c
	@mkdir -p $(@D)
	$(call say,CC,$@)$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O1 -fPIC -shared -o $@ $< -ldl

$(BENCH_SQLITE): BENCH_LIBS = -lsqlite3 $(CSV_LIBS)
$(BENCH_PLAIN) $(BENCH_SQLITE): $(B)/tests/bench/%: $(B)/tests/bench/%.o $(B)/libstore.a $(B)/libcore.a
	$(call say,LINK,$@)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(BENCH_LIBS) $(STORE_LIBS) $(CORE_LIBS) -lutil

.PHONY: bench bench-programs
bench-programs: all $(BENCH_PLAIN) $(BENCH_SQLITE) $(BENCH_PRELOADS) $(B)/tests/clock.so
bench:
	@sh .ci/packages.sh $(BUILD_PACKAGES) $(BENCH_PACKAGES) >&2
	@$(SUBMAKE) bench-programs >&2
	@BIG='$(BIG)' STRICT='$(STRICT)' ROWS='$(ROWS)' python3 -B tests/bench/bench.py $(B)

# The pictures of the README, drawn by the running program on a demo store: the same on every machine.
$(B)/tests/tools/screenshot: $(B)/tests/tools/screenshot.o $(TEST_TOOLS) $(LIBS)
	$(call say,LINK,$@)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(TEST_TOOLS) $(LIBS) -Wl,--end-group \
	    -Wl,--as-needed $(TUI_LIBS) $(CSV_LIBS) $(JSON_LIBS) $(STORE_LIBS) $(CORE_LIBS) $(TEST_LIBS) -lutil

SHOT = MOTCUA=$(B)/motcua $(B)/tests/tools/screenshot
MORNING_OF = '2026-11-20 07:30:00'
pictures: all $(B)/tests/tools/screenshot $(B)/tests/clock.so
	@rm -rf $(B)/pictures && mkdir -p man/pictures
	@$(B)/motcua -s $(B)/pictures demo --until 2026-11-20 > /dev/null
	$(SHOT) man/pictures/morning.svg 30x100 $(B)/pictures $(MORNING_OF)
	$(SHOT) man/pictures/receive.svg 30x100 $(B)/pictures $(MORNING_OF) n 'hon nhan' '\r' 'Nguyễn Thị Hương' '\t' 0912345678
	$(SHOT) man/pictures/dossier.svg 30x100 $(B)/pictures $(MORNING_OF) '\r'
	$(SHOT) man/pictures/explain.svg 24x80 $(B)/pictures $(MORNING_OF) '\r' e
	$(SHOT) man/pictures/reports.svg 24x120 $(B)/pictures $(MORNING_OF) 4 jjjjj '\r'
	$(SHOT) man/pictures/qr.svg 40x100 $(B)/pictures $(MORNING_OF) / 1030-0003 '\r' x
	$(SHOT) man/pictures/days.svg 22x110 $(B)/pictures $(MORNING_OF) 6da '25/11\t\t\tNghỉ phòng, chống bão số 13\tCông điện 118/CĐ-UBND' '\x13'
	@$(B)/motcua -s $(B)/pictures print receipt "$$($(B)/motcua -s $(B)/pictures list --max 1 --json | sed 's/^{"code":"\([^"]*\)".*/\1/')" -o $(B)/receipt.pdf > /dev/null
	@pdftoppm -r 96 -gray -png -singlefile $(B)/receipt.pdf man/pictures/receipt-slip

# What a clean machine runs. Each step is a make of its own, so that packages found by the first are seen by the next.
check:
	@$(SUBMAKE) deps-test
	@$(SUBMAKE) lint
	@$(SUBMAKE) check-clang
	@$(SUBMAKE) check-unit
	@$(SUBMAKE) check-system
	@$(SUBMAKE) check-asan
	@echo 'make check: everything passed'

# The unit tests. MOTCUA names the program for those that drive it through a terminal. What takes longest is begun first: at the end one
# processor would wait for it.
LONGEST := $(addprefix $(B)/tests/test_,store_flips crash_store paper_flow)
check-unit: programs
	@{ printf 'MOTCUA=$(B)/motcua %s\n' $(filter $(LONGEST),$(TESTS)) $(filter-out $(LONGEST),$(TESTS)); for t in $(FUZZED); do echo "$(B)/tests/fuzz/fuzz_$$t tests/fuzz/seeds/$$t"; done; } | \
	    sh tests/together.sh

# The program as scripts and other people's programs meet it.
check-system: all $(PRELOADS) $(ICAL_READ)
	@printf 'MOTCUA=$(B)/motcua python3 tests/run.py %s\n' $(wildcard tests/*/test_*.py) | sh tests/together.sh

# What make check samples, in full: every fault, a thousand kills. Takes its time.
check-long:
	@$(SUBMAKE) deps-test
	@MOTCUA_LONG=1 $(SUBMAKE) check-unit
	@MOTCUA_LONG=1 $(SUBMAKE) check-system
	@echo 'make check-long: everything passed'

# The same unit tests under AddressSanitizer and UndefinedBehaviorSanitizer, the long counts scaled down. Of what debuggers read they
# have the lines alone: all of it takes a sixth longer to build, and three times the disk.
check-asan:
	@MOTCUA_ORACLE_CASES=4000 MOTCUA_QUICK=1 $(SUBMAKE) B=$(B)/asan CFLAGS='-O1 -g1 -fno-omit-frame-pointer' \
	    SAN='-fsanitize=address,undefined -fno-sanitize-recover=all' check-unit

# Warnings differ between compilers: clang must have none either. It reads everything, the tests too, and builds nothing.
CLANG_READS := $(wildcard $(foreach r,$(ROOMS) tests tests/fuzz,$(r)/*.c))
check-clang: $(GENERATED)
	@printf '%s\n' $(CLANG_READS) | xargs -n 24 -P "$$(nproc)" clang -fsyntax-only $(filter-out -MMD -MP,$(ALL_CFLAGS)) -O1 \
	    $(ICAL_CFLAGS) $(FORMS_CFLAGS) $(filter-out -D_XOPEN_SOURCE=600,$(TUI_CFLAGS))
	@echo 'clang: no warning'

# ---- fuzzing ---------------------------------------------------------------------------------------------------------
# Each target for FUZZ_SECONDS, or FUZZ="text args" alone. What is found is kept under $(B)/fuzz/found, and belongs among the
# seeds once it is mended; what was learnt stays in $(B)/fuzz/corpus for the next time.
FUZZ_SECONDS ?= 60
FUZZ         ?= $(FUZZED)
FUZZ_PACKAGES := libclang-rt-dev
fuzz:
	@sh .ci/packages.sh $(BUILD_PACKAGES) $(TEST_PACKAGES) $(FUZZ_PACKAGES)
	@$(SUBMAKE) B=$(B)/fuzz CC=clang CFLAGS='-O1 -g -fno-omit-frame-pointer' FUZZ_MAIN= FUZZ_FLAGS=-fsanitize=fuzzer \
	    SAN='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' fuzz-run

fuzz-run: $(FUZZ:%=$(B)/tests/fuzz/fuzz_%)
	@sh tests/fuzz/run.sh $(B) $(FUZZ_SECONDS) $(FUZZ)

# ---- the house rules -------------------------------------------------------------------------------------------------
SOURCES := $(wildcard $(foreach r,$(ROOMS) data tests tests/tools tests/fuzz tests/bench,$(r)/*.c $(r)/*.h))

lint: all
	@sh tests/lint.sh $(B)
	@clang-format --dry-run -Werror $(SOURCES)
	@mandoc -T lint -W warning $(wildcard man/*.[17])
	@! mandoc -T lint -W warning $(wildcard man/vi/*.[17]) | grep -v NAME # its first section is TÊN
	@echo 'lint: the house is in order'

format:
	clang-format -i $(SOURCES)

# ---- setting up ------------------------------------------------------------------------------------------------------
deps-build:
	@sh .ci/packages.sh $(BUILD_PACKAGES)
deps-test:
	@sh .ci/packages.sh $(BUILD_PACKAGES) $(TEST_PACKAGES)

demo:
	@$(SUBMAKE) deps-build
	@$(SUBMAKE) all
	@test -e $(B)/demo/data.mdb || $(B)/motcua -s $(B)/demo demo
	@if [ -t 0 ] && [ -t 1 ]; then $(B)/motcua -s $(B)/demo; \
	 else echo 'The demo store is ready. Open the screen with: $(B)/motcua -s $(B)/demo'; fi

# What runs unattended: it names the place the program is installed at.
UNATTENDED := $(wildcard data/systemd/*.service data/systemd/*.timer)
INSTALLED   = $(DESTDIR)$(PREFIX)
install: all
	install -d $(INSTALLED)/bin $(INSTALLED)/libexec/motcua $(INSTALLED)/lib/systemd/system $(INSTALLED)/share/doc/motcua \
	    $(addprefix $(INSTALLED)/share/man/,man1 man7 vi/man1 vi/man7)
	install -m 755 $(B)/motcua $(INSTALLED)/bin/motcua
	install -m 755 $(B)/libexec/motcua-out $(INSTALLED)/libexec/motcua/motcua-out
	for page in $(notdir $(wildcard man/*.[17])); do \
	    install -m 644 man/$$page $(INSTALLED)/share/man/man$${page##*.}/$$page && \
	    install -m 644 man/vi/$$page $(INSTALLED)/share/man/vi/man$${page##*.}/$$page || exit 1; done
	mkdir -p $(B)/systemd
	for file in $(notdir $(UNATTENDED)) motcua-unattended; do \
	    sed 's|@PREFIX@|$(PREFIX)|g' data/systemd/$$file > $(B)/systemd/$$file || exit 1; done
	install -m 644 $(addprefix $(B)/systemd/,$(notdir $(UNATTENDED))) $(INSTALLED)/lib/systemd/system
	install -m 755 $(B)/systemd/motcua-unattended $(INSTALLED)/libexec/motcua/motcua-unattended
	install -m 644 data/systemd/motcua.env.example $(INSTALLED)/share/doc/motcua/motcua.env.example

clean:
	rm -rf $(B)

help:
	@echo 'make         build $(B)/motcua'
	@echo 'make demo    install what is missing, build, make a demo store and open the screen on it'
	@echo 'make check   install what the tests need and run them all'
	@echo 'make lint    the house rules: arrows between rooms, purity of core, format, manual'
	@echo 'make check-unit | check-system | check-asan | check-clang    parts of make check'
	@echo 'make check-long  the same tests with every fault and a thousand kills: takes its time'
	@echo 'make fuzz [FUZZ_SECONDS=60] [FUZZ="text args"]    libFuzzer on the parsers; their seeds are part of make check'
	@echo 'make bench [BIG=1] [STRICT=1] [ROWS="save search"]   every number of the budget beside its floor or peer: a table'
	@echo 'make pictures   draw the pictures of the README anew'
	@echo 'make format  apply .clang-format;  make install [DESTDIR= PREFIX=];  make clean'

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)
