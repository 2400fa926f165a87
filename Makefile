# Copyright (C) The RFL authors
#
# "make help" lists what there is.

# neither make nor nginx's configure can have it otherwise

ifneq ($(words $(CURDIR)),1)
$(error the path "$(CURDIR)" has a space: rename that folder, or clone RFL \
    into another)
endif

SHELL = /bin/bash
MAKEFLAGS += --no-print-directory

# -j may be given; a make below this one has its share already

ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j2
endif

.DEFAULT_GOAL = all


# release | asan | coverage
BUILD = release
DIR = build/$(BUILD)

# where Debian's nginx-dev puts what a module is built against
NGX_SRC = /usr/share/nginx/src

DESTDIR =
PREFIX = /usr

# V=1 shows the commands
Q = $(if $(V),,@)
SAY = @echo ' '


# compilers and libraries

CC = gcc
PYTHON = /usr/bin/python3
PKGS = libsodium icu-i18n icu-uc jansson libcbor
XML = $(shell pkg-config --libs libxml-2.0)
LIBS = $(shell pkg-config --libs $(PKGS))

WARN = -W -Wall -Wextra -Wpointer-arith -Wshadow -Wformat=2 \
	-Wno-unused-parameter -Werror
WARN_STRICT = $(WARN) -std=gnu11 -Wwrite-strings -Wstrict-prototypes \
	-Wmissing-prototypes -Wconversion -Wno-sign-conversion

HARDEN_release = -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 \
	-fstack-protector-strong -fstack-clash-protection -fcf-protection \
	-ffunction-sections -fdata-sections
HARDEN_asan = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all -DRFL_DEBUG_PALLOC=1

HARDEN_coverage = -O0 -g --coverage -fprofile-update=atomic

# nothing tells in which folder it was built, nor when: S-108

NOWHERE = -ffile-prefix-map=$(CURDIR)=. -Wa,--debug-prefix-map=$(CURDIR)=. \
	-ffile-prefix-map=$(shell realpath -m --relative-to=$(NGX_SRC) .)=.

# librfl is optimised as a whole where it is linked into what serves people:
# a twentieth of the worker's time.  Its objects are complete without, too;
# tests link them as they are.  What gcc warns of then it cannot know.
FAT_release = -flto=auto -ffat-lto-objects
LTO_release = -flto=auto -Wno-error $(NOWHERE) -frandom-seed=rfl
PLAIN_release = -fno-lto

LINK_release = -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed,--gc-sections
LINK_asan = -fsanitize=address,undefined
LINK_coverage = --coverage

CFLAGS = $(WARN_STRICT) $(HARDEN_$(BUILD)) -fPIC -fvisibility=hidden \
	$(NOWHERE) -D_GNU_SOURCE -Ilibrfl -Idesk -Ibuild/tables \
	$(shell pkg-config --cflags $(PKGS) libxml-2.0)
LDFLAGS = $(LINK_$(BUILD)) $(PLAIN_$(BUILD)) -pie


# what is built

LIBRFL = $(DIR)/librfl.a
LIBRFL_SRCS = $(sort $(wildcard librfl/*.c))
LIBDESK = $(DIR)/libdesk.a
KEYD = $(DIR)/rfl-keyd
RFLCTL = $(DIR)/rflctl
OPEN = $(DIR)/rfl-open
MODULE = $(DIR)/ngx_http_rfl_module.so
DESK = $(DIR)/ngx_http_rfl_desk_module.so

objs = $(patsubst %.c,$(DIR)/obj/%.o,$(sort $(wildcard $(1)/*.c)))

UNITS = $(patsubst lua-free-tests/unit/%.c,$(DIR)/unit/%,\
	$(sort $(wildcard lua-free-tests/unit/*_test.c)))


.PHONY: help deps all lib keyd rflctl open module run start stop status build-run \
	test unit unit-asan valgrind vectors schema http http-asan http-reload browser \
	screenshots fuzz analyze style check-pages check-po leakgrep bench s-40 \
	twice mutants coverage install clean

help:   ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' \
	    $(firstword $(MAKEFILE_LIST))
	@echo
	@echo '  BUILD=asan builds with AddressSanitizer, into build/asan.'


## building

all: lib $(if $(wildcard keyd/*.c),keyd) $(if $(wildcard rflctl/*.c),rflctl open) \
	$(if $(wildcard ngx_rfl_module/public/*_module.c),module)
all:                    ## everything below
lib: $(LIBRFL)          ## librfl.a, the pure C library
keyd: $(KEYD)           ## rfl-keyd, the daemon that knows the epoch's secret
rflctl: $(RFLCTL)       ## rflctl, the command-line tool of the desk
open: $(OPEN)           ## rfl-open, which opens what visitors sent
module: $(MODULE)       ## both nginx modules, against Debian's nginx

$(DIR)/obj/librfl/%.o: private CFLAGS += $(FAT_$(BUILD))

$(KEYD) $(RFLCTL): private LDFLAGS = $(LINK_$(BUILD)) $(LTO_$(BUILD)) -pie

ifeq ($(BUILD),coverage)
$(KEYD) $(OPEN): private LDFLAGS += $(T)/release/coverage.c \
	-Wl,--wrap=seccomp_load,--wrap=setrlimit,--wrap=_exit
endif

$(DIR)/obj/%.o: %.c $(DIR)/flags
	@mkdir -p $(@D)
	$(SAY) cc $<
	$(Q)$(CC) $(CFLAGS) -frandom-seed=$< -MMD -MP -c -o $@ $<

# changes when the options of compiler and linker do

$(DIR)/flags: Makefile
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@

# tables of Chinese characters, from unicode-data, mecab-ipadic, kanjidic and
# enamdict

build/tables/rfl_name_han.h: librfl/tables/han.py librfl/tables/nanori.txt \
		librfl/tables/hokkien.txt
	@mkdir -p $(@D)
	$(SAY) py $@
	$(Q)$(PYTHON) $< $@.new && mv $@.new $@

# templates of "rflctl init", read by the assembler
$(DIR)/obj/rflctl/rflctl_init.o: $(wildcard schema/redis/* rflctl/init/*) \
		dist/nginx/rfl.conf

$(DIR)/obj/librfl/rfl_name_hani.o: build/tables/rfl_name_han.h
build/fuzz/librfl/rfl_name_hani.o: build/tables/rfl_name_han.h

$(LIBRFL): $(call objs,librfl)
	$(SAY) ar $@
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(LIBDESK): $(call objs,desk)
	$(SAY) ar $@
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(KEYD): $(call objs,keyd) $(LIBRFL)
	$(SAY) ld $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ -l:libhiredis.a -levent_core -lseccomp $(LIBS)

$(RFLCTL): $(call objs,rflctl) $(LIBDESK) $(LIBRFL)
	$(SAY) ld $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ -l:libhiredis.a $(LIBS) $(XML)

$(OPEN): $(call objs,open) $(DIR)/obj/desk/rfl_open_wire.o $(LIBRFL)
	$(SAY) ld $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ -lseccomp $(LIBS)

$(DIR)/check-pages: $(call objs,pages) $(DIR)/obj/desk/rfl_web_values.o $(LIBRFL)
	$(SAY) ld $@
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)


# The module.  nginx's configure and make must run in NGX_SRC and write to
# OBJS only; configure again when "config" or the list of sources and headers
# changes, also when one is gone: its Makefile would ask for it.

OBJS = $(CURDIR)/$(DIR)/nginx
MODULE_SRCS = $(sort $(wildcard ngx_rfl_module/*/*.[ch]))
MODULE_LIST = $(MODULE_SRCS) $(sort $(wildcard librfl/*.h desk/*.h))

MODULE_CC_release = $(HARDEN_release) -fPIC -Wdate-time $(NOWHERE)
MODULE_CC_asan = -O1 -g -fPIC -fno-omit-frame-pointer -fsanitize=address
MODULE_CC_coverage = $(HARDEN_coverage) -fPIC
MODULE_LD_release = $(LINK_release) $(LTO_release) -fPIC
MODULE_LD_asan = -fsanitize=address -fPIC
MODULE_LD_coverage = --coverage -fPIC

FLAGS = $(CFLAGS) $(FAT_$(BUILD)) $(LDFLAGS) $(LTO_$(BUILD)) \
	$(MODULE_CC_$(BUILD)) $(MODULE_LD_$(BUILD))

export RFL_LIBRFL = $(CURDIR)/$(LIBRFL)
export RFL_LIBDESK = $(CURDIR)/$(LIBDESK)

$(OBJS)/Makefile: config $(DIR)/module.list $(DIR)/flags | $(LIBRFL) $(LIBDESK)
	@mkdir -p $(OBJS)
	$(SAY) nginx configure
	$(Q)cd $(NGX_SRC) && . ./conf_flags && ./configure "$${NGX_CONF_FLAGS[@]}" \
	    --with-cc-opt='$(MODULE_CC_$(BUILD)) $(WARN)' \
	    --with-ld-opt='$(MODULE_LD_$(BUILD))' \
	    --add-dynamic-module=$(CURDIR) --builddir=$(OBJS) \
	    >$(OBJS)/configure.log 2>&1 \
	    || { tail -20 $(OBJS)/configure.log; rm -f $@; false; }

$(DIR)/module.list: always
	@mkdir -p $(@D)
	@echo $(MODULE_LIST) | cmp -s - $@ || echo $(MODULE_LIST) >$@

.PHONY: always

$(MODULE): $(OBJS)/Makefile $(MODULE_SRCS) $(LIBRFL) $(LIBDESK) \
		$(wildcard librfl/*.h desk/*.h) ngx_rfl_module/module.map
	@rm -f $(OBJS)/*.so
	$(SAY) nginx make $@
	+$(Q)$(MAKE) $(if $(V),,-s) -f $(OBJS)/Makefile -C $(NGX_SRC) modules
	@for so in $(@F) $(notdir $(DESK)); do \
	    cp $(OBJS)/$$so $(DIR)/$$so.new && mv $(DIR)/$$so.new $(DIR)/$$so; \
	done  # they may be in use


# nginx with the module linked in and every pool allocation a malloc() of its
# own, so that AddressSanitizer sees all: for tests only.

ASAN_NGINX = build/asan/sbin/nginx
ASAN_SRC = $(CURDIR)/build/nginx-src
ASAN_OBJS = $(CURDIR)/build/asan/nginx-static
ASAN_CC = -O1 -g -fno-omit-frame-pointer -DNGX_DEBUG_PALLOC=1 \
	-fsanitize=address,undefined \
	-fno-sanitize=nonnull-attribute,alignment,pointer-overflow

$(ASAN_OBJS)/Makefile: config build/asan/module.list | $(LIBDESK)
	@mkdir -p $(@D)
	$(SAY) nginx configure, AddressSanitizer
	$(Q)cd $(ASAN_SRC) && ./configure --prefix=/usr/share/nginx \
	    --with-debug --with-threads --with-http_ssl_module \
	    --with-http_v2_module --with-http_realip_module \
	    --with-http_stub_status_module --with-http_addition_module \
	    --with-http_auth_request_module --with-http_sub_module \
	    --with-cc-opt='$(ASAN_CC)' \
	    --with-ld-opt='-fsanitize=address,undefined' \
	    --add-module=$(CURDIR) --builddir=$(@D) >$(@D)/configure.log 2>&1 \
	    || { tail -20 $(@D)/configure.log; rm -f $@; false; }

$(ASAN_NGINX): $(ASAN_OBJS)/Makefile $(MODULE_SRCS) $(LIBRFL) $(LIBDESK) \
		$(wildcard librfl/*.h desk/*.h)
	@mkdir -p $(@D); rm -f $(ASAN_OBJS)/nginx
	$(SAY) nginx make $@
	+$(Q)$(MAKE) $(if $(V),,-s) -f $(ASAN_OBJS)/Makefile -C $(ASAN_SRC) binary
	@cp $(ASAN_OBJS)/nginx $@
	@ln -sf ../rfl-open $(@D)/rfl-open

.PHONY: asan-nginx

# the table comes first: a make beside the one below would make it, too

asan-nginx: build/tables/rfl_name_han.h
asan-nginx:             ## what http-asan runs: all of it with AddressSanitizer
	@if dist/nginx-source.sh $(ASAN_SRC); then \
	    $(MAKE) BUILD=asan lib keyd rflctl open $(ASAN_NGINX); \
	else \
	    echo 'only the module is instrumented, not nginx'; \
	    $(MAKE) BUILD=asan all; \
	fi


## running it

# as arguments of make or from the environment

STATE ?=
PORT ?= 8080
DESK_PORT ?= 8443
SAMPLE ?=

export STATE PORT DESK_PORT SAMPLE

run: build-run          ## start all, publish the samples, stop with Ctrl-C
	@exec dist/run.sh run

start: build-run        ## the same in the background
	@dist/run.sh start

stop:                   ## stop what "make start" started
	@dist/run.sh stop

status:                 ## what runs, and where
	@dist/run.sh status

build-run:              ## what run and start do first: packages, and all
	@dist/deps.sh run
	@mkdir -p build || { \
	    echo 'RFL is built in its folder, which cannot be written to:' \
	        'clone it into one of yours' >&2; exit 1; }
	@$(MAKE) all

deps:                   ## install the Debian packages that are missing
	@dist/deps.sh run test


## tests

T = lua-free-tests
PROVE = prove $(if $(V),-v)

$(DIR)/unit/%: $(T)/unit/%.c $(T)/unit/unit.h $(LIBDESK) $(LIBRFL)
	@mkdir -p $(@D)
	$(SAY) cc $@
	$(Q)$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBDESK) $(LIBRFL) \
	    -l:libhiredis.a $(LIBS) $(XML)

unit: $(UNITS)          ## C unit tests; also BUILD=asan
	@$(PROVE) -j2 --exec '' $(UNITS)

# uninitialised reads, which AddressSanitizer does not see; some minutes

VALGRIND = valgrind -q --error-exitcode=99
MEMCHECKED = $(patsubst %,$(DIR)/unit/%_test,name record entry seal box box_form hide \
	vault submission form draft query resp ask pfif text lang words policy \
	trust tpl po web)

valgrind: $(MEMCHECKED) ## readers of what others wrote, by hand, with valgrind
	@$(PROVE) -j2 --exec '$(VALGRIND)' $(MEMCHECKED)

vectors:                ## a second implementation, in Python, agrees
	@$(PROVE) --exec $(PYTHON) $(T)/unit/vectors.py

schema: $(DIR)/unit/reads   ## the files of schema/ agree with what is read
	@READS=$< $(PROVE) --exec $(PYTHON) $(sort $(wildcard $(T)/schema/*.py))

# the longest first, so that no core waits for one of them at the end
LONGEST = $(patsubst %,$(T)/http/%.t,s_forge rflctl_crash desk_crash s_storage)
TESTS = $(LONGEST) $(filter-out $(LONGEST),$(sort $(wildcard $(T)/http/*.t)))

# made before tests that run side by side would each make it
DRIVE = $(DIR)/unit/desk_drive

# much of their time they wait for servers: so many at once keep two cores busy
JOBS = 4
http-asan: private JOBS = 3

# these start no nginx by a configuration that could arrive by reload: what
# http-reload would do with them is what http has done; one that does start
# it fails in http

NO_RELOAD = config config_desk desk desk_crash desk_door desk_random inbox keyd \
	keyd_epoch keyd_memory keyd_seccomp open_seccomp rflctl_crash rflctl_desk \
	rflctl_index s_acl s_build s_index

http: all $(DRIVE)      ## HTTP tests; TESTS=file.t for one of them, JOBS=n
	@TEST_RFL_NO_RELOAD='$(NO_RELOAD)' $(PROVE) --timer -j$(JOBS) $(TESTS)

http-asan: asan-nginx $(DRIVE)  ## the same under AddressSanitizer
	@$(MAKE) BUILD=asan build/asan/unit/desk_drive
	@TEST_RFL_BUILD=asan $(PROVE) --timer -j$(JOBS) $(TESTS)

http-reload: all $(DRIVE)  ## the same, configurations arriving by reload
	@TEST_RFL_RELOAD=1 $(PROVE) --timer -j$(JOBS) \
	    $(filter-out $(NO_RELOAD:%=$(T)/http/%.t),$(TESTS))

# a stack of its own, whatever STATE and PORT are; npm is asked once

browser: all $(DIR)/check-pages     ## the pages in a browser; FILES=bidi.test.js
	@V=$(V) $(T)/browser/run $(FILES:%=$(T)/browser/%)

screenshots: all        ## the pictures of the documentation anew
	@$(T)/browser/run --do node $(T)/browser/screenshots.js docs/images
	@$(T)/browser/run --do node $(T)/browser/screenshots-desk.js docs/images
	@pngquant --force --ext .png --strip --nofs --speed 1 32 docs/images/*.png


# fuzzers: clang compiles librfl once more, for coverage, and of the desk what
# reads bytes of others.  NULL + 0, of an empty text, is right in C23.

FUZZ_RUNS = 20000
FUZZ_CC = clang-14 -std=gnu11 -D_GNU_SOURCE -Ilibrfl -Idesk -Ibuild/tables \
	$(shell pkg-config --cflags libxml-2.0) -O1 -g \
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	-fno-sanitize=pointer-overflow -DRFL_DEBUG_PALLOC=1
FUZZERS = $(patsubst $(T)/fuzz/%.c,build/fuzz/%,\
	$(sort $(wildcard $(T)/fuzz/*_fuzz.c)))

FUZZED = $(LIBRFL_SRCS) desk/rfl_open_wire.c desk/rfl_pfif_read.c \
	$(wildcard desk/rfl_web*.c) desk/rfl_guard.c desk/rfl_guard_words.c \
	desk/rfl_journal_read.c \
	desk/rfl_review.c desk/rfl_review_act.c desk/rfl_session.c \
	desk/rfl_staff.c
FUZZED_OBJS = $(FUZZED:%.c=build/fuzz/%.o)

$(FUZZED_OBJS): build/fuzz/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) -MMD -MP -c -o $@ $<

# the rest of the desk, as it is
build/fuzz/%_fuzz: $(T)/fuzz/%_fuzz.c $(FUZZED_OBJS) $(LIBDESK)
	@mkdir -p $(@D)
	$(SAY) clang $@
	$(Q)$(FUZZ_CC) -MMD -MP -MF $@.d -o $@ $< $(FUZZED_OBJS) $(LIBDESK) \
	    -l:libhiredis.a $(LIBS) $(XML)

fuzz: $(FUZZERS:=.run)  ## each parser for a moment; FUZZ_RUNS=n for longer

.PHONY: $(FUZZERS:=.run)

$(FUZZERS:=.run): build/fuzz/%.run: build/fuzz/%
	@mkdir -p build/fuzz/corpus/$* build/fuzz/found
	@$< -runs=$(FUZZ_RUNS) -max_total_time=$(FUZZ_SECONDS) \
	    -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
	    -artifact_prefix=build/fuzz/found/$*- \
	    build/fuzz/corpus/$* $(wildcard $(T)/fuzz/$*.seeds) \
	    >build/fuzz/$*.log 2>&1 \
	    && echo "ok - $*: $$(tail -1 build/fuzz/$*.log)" \
	    || { tail -40 build/fuzz/$*.log; echo "not ok - $*"; exit 1; }

FUZZ_SECONDS = 8


# static analysis of every file of ours

ANALYZED = $(patsubst %.c,build/analyze/%.ok,\
	$(sort $(wildcard librfl/*.c keyd/*.c desk/*.c rflctl/*.c)))

# of tables with 200,000 rows, which take the analyzer minutes, the first rows

build/analyze/tables/rfl_name_han.h: build/tables/rfl_name_han.h
	@mkdir -p $(@D)
	@awk '/= \{$$/ { n = 0; rows = 1; print; next } /^};/ { rows = 0 } \
	    !rows || n++ < 16' $< >$@

build/analyze/librfl/rfl_name_hani.ok: build/analyze/tables/rfl_name_han.h

# gcc 12 takes a block for lost that was stored in a structure; leaks are
# what AddressSanitizer looks for in all tests

ANALYZER = -O1 -fanalyzer -Wno-analyzer-malloc-leak

build/analyze/%.ok: %.c $(wildcard librfl/*.h keyd/*.h desk/*.h rflctl/*.h) \
		.clang-tidy
	@mkdir -p $(@D)
	$(SAY) analyze $<
	$(Q)$(CC) -Ibuild/analyze/tables $(CFLAGS) $(ANALYZER) -c -o /dev/null $<
	$(Q)clang-tidy-14 --quiet $< -- -std=gnu11 -D_GNU_SOURCE -Ilibrfl \
	    -Idesk -Ibuild/analyze/tables $(shell pkg-config --cflags libxml-2.0) \
	    2>/dev/null
	@touch $@

# those that face nginx, with its headers as the system's: what is found is
# ours.  -Wconversion is left out, nginx's own types mix signs.

NGX_DIRS = core event event/modules os/unix http http/modules http/v2
NGX_INCS = -std=gnu11 -D_GNU_SOURCE \
	$(NGX_DIRS:%=-isystem $(NGX_SRC)/src/%) -isystem $(OBJS) \
	$(subst -I,-isystem ,$(shell pkg-config --cflags $(PKGS) libxml-2.0)) \
	-Ilibrfl -Idesk $(addprefix -Ingx_rfl_module/,common public desk)

ANALYZED_NGX = $(patsubst %.c,build/analyze/%.ok,\
	$(sort $(wildcard ngx_rfl_module/*/*.c)))

$(ANALYZED_NGX): build/analyze/%.ok: %.c .clang-tidy \
		$(wildcard ngx_rfl_module/*/*.h librfl/*.h desk/*.h) | $(OBJS)/Makefile
	@mkdir -p $(@D)
	$(SAY) analyze $<
	$(Q)$(CC) $(WARN) $(NGX_INCS) $(ANALYZER) -c -o /dev/null $<
	$(Q)clang-tidy-14 --quiet $< -- $(NGX_INCS) 2>/dev/null
	@touch $@

# cppcheck does not read the system's headers: what it takes for an error
# without <sys/queue.h> is told to it

CPPCHECK = cppcheck -q --std=c11 --inline-suppr --suppress=ctuuninitvar \
	--error-exitcode=1 --enable=warning,portability \
	--include=build/analyze/queue.h

analyze: cppcheck $(ANALYZED) $(ANALYZED_NGX)    ## cppcheck, gcc -fanalyzer, clang-tidy

.PHONY: cppcheck

cppcheck:
	@mkdir -p build/analyze
	@echo '#define LIST_HEAD(n, t)  struct n { struct t *lh_first; }' \
	    >build/analyze/queue.h
	@$(CPPCHECK) --enable=performance -Ilibrfl -Idesk \
	    $(wildcard librfl keyd desk rflctl)
	@$(CPPCHECK) ngx_rfl_module

C_FILES = $(wildcard librfl/*.[ch] librfl/tables/*.h keyd/*.[ch] desk/*.[ch] \
	rflctl/*.[ch] open/*.[ch] pages/*.[ch] ngx_rfl_module/*/*.[ch] \
	$(T)/unit/*.[ch] $(T)/fuzz/*.[ch] $(T)/bench/*.[ch] $(T)/names/*.[ch] \
	$(T)/http/*.[ch] $(T)/release/*.[ch])

style:                  ## nginx's style; docs against sources; our systemd units
	@$(T)/style.pl --selftest
	@$(T)/style.pl $(C_FILES) && echo 'style: $(words $(C_FILES)) files'
	@$(T)/docs.pl
	@$(T)/systemd

check-pages: $(DIR)/check-pages  ## templates and translations; THEME=, PO=
	@$(DIR)/check-pages $(if $(THEME),-t $(THEME)) $(if $(PO),-p $(PO)) pages

check-po: check-pages  ## the same, for translators

leakgrep:               ## does the search for leaks find what is planted?
	@$(T)/leakgrep --selftest

bench: all              ## figures beside other ways to do it; SIZES="10000"
	@$(T)/bench/run

s-40: all               ## dumps of 100,000 names with a skew and without; N=100000
	@N=$(N) $(T)/bench/s-40

bench-names: all        ## recall of the running product; SET=dir [N= LIMIT= OUT= PEERS=]
	@SET=$(SET) N=$(N) LIMIT=$(LIMIT) OUT=$(OUT) PEERS=$(PEERS) \
	    $(T)/bench/names


# One after the other, and on to the end: what failed is told last.

STEPS = all style unit unit-asan vectors schema leakgrep http http-asan \
	http-reload browser fuzz analyze check-pages

unit-asan:              ## C unit tests with AddressSanitizer
	@$(MAKE) BUILD=asan unit

test:                   ## everything that CI runs
	@dist/deps.sh run test
	@set -o pipefail; mkdir -p build/log; failed=; \
	for step in $(STEPS); do \
	    echo; echo "== $$step"; SECONDS=0; \
	    $(MAKE) $$step 2>&1 | tee build/log/$$step && result=ok \
	        || { result=failed; failed="$$failed $$step"; }; \
	    echo "-- $$step: $$result, $$SECONDS s"; \
	done; \
	for step in $$failed; do \
	    echo; echo "== what failed in $$step"; \
	    grep -aE '^ *(not ok|#)|: (fatal )?error:|^ERROR|Failed test|\*\*\*' \
	        build/log/$$step | tail -n 40; \
	done; \
	if [ -n "$$failed" ]; then echo; echo "failed:$$failed"; exit 1; fi


## by hand, for a release

twice:                  ## S-108: two builds, in two folders, are the same
	@$(T)/release/twice build/twice

mutants:                ## S-107: each check is missed; WORDS="words of titles"
	@$(T)/release/mutants build/mutants $(WORDS)

# what asks for seccomp, for no memory of a process, or for other builds, is
# not what is counted

UNCOUNTED = run install s_build s_core keyd_memory keyd_seccomp open_seccomp

coverage:               ## S-102: what the tests reach; FILES= for its holes
	@$(MAKE) BUILD=coverage all $(patsubst build/release/%,\
	    build/coverage/%,$(DRIVE))
	@$(T)/release/coverage start build/coverage
	@$(MAKE) BUILD=coverage unit
	@TEST_RFL_BUILD=coverage $(PROVE) -j$(JOBS) \
	    $(filter-out $(UNCOUNTED:%=$(T)/http/%.t),$(TESTS))
	@$(T)/release/coverage report build/coverage $(FILES)


## installing

SHARE = $(DESTDIR)$(PREFIX)/share
EXAMPLES = $(SHARE)/doc/rfl/examples

install: all            ## below DESTDIR and PREFIX, which is /usr
	install -D -t $(DESTDIR)$(PREFIX)/bin $(RFLCTL)
	install -D -t $(DESTDIR)$(PREFIX)/sbin $(KEYD)
	install -D -t $(DESTDIR)$(PREFIX)/libexec/rfl $(OPEN)
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/lib/nginx/modules $(MODULE) $(DESK)
	install -D -m 644 -t $(SHARE)/rfl/pages pages/rfl.css pages/dark.css
	install -D -m 644 -t $(SHARE)/rfl/pages/templates pages/templates/*.html
	install -D -m 644 -t $(SHARE)/rfl/pages/po pages/po/*.po
	install -D -m 644 -t $(SHARE)/rfl/pages/desk pages/desk/*.html \
	    pages/desk/desk.css
	install -D -m 644 -t $(SHARE)/rfl/pages/desk/po pages/desk/po/*.po
	install -D -m 644 -t $(SHARE)/rfl/schema $(wildcard schema/*.*)
	install -D -m 644 -t $(SHARE)/rfl/schema/redis schema/redis/*
	install -D -m 644 -t $(SHARE)/man/man1 rflctl/rflctl.1
	install -D -m 644 -t $(SHARE)/man/man8 keyd/rfl-keyd.8
	install -D -m 644 -t $(SHARE)/bash-completion/completions \
	    dist/completion/rflctl
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/lib/systemd/system \
	    dist/systemd/*.service dist/systemd/*.timer
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/lib/sysusers.d \
	    dist/sysusers/rfl.conf
	install -D -m 644 -t $(SHARE)/doc/rfl README.md SECURITY.md CHANGES.md \
	    docs/*.md
	install -D -m 644 -t $(EXAMPLES)/nginx dist/nginx/rfl.conf \
	    dist/nginx/desk.conf
	install -D -m 644 -t $(EXAMPLES)/ssh dist/ssh/rfl.conf
	install -D -m 644 -t $(EXAMPLES)/nginx.service.d \
	    dist/systemd/nginx.service.d/rfl.conf
	install -D -m 644 -t $(EXAMPLES)/sample dist/sample/*.json

clean:                  ## remove build/
	rm -rf build

# not those of copies of this tree

-include $(shell find build -path build/mutants -prune \
	-o -path build/twice -prune -o -name '*.d' -print 2>/dev/null)
