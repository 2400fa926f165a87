# RFL: "make help" lists what there is.

SHELL = /bin/bash

# release | asan
BUILD = release
OUT = build/$(BUILD)

PKGS = libsodium icu-i18n icu-uc jansson libcbor
CC = gcc

CFLAGS_WARN = -std=gnu11 -W -Wall -Wextra -Wpointer-arith -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wformat=2 \
	-Wconversion -Wno-sign-conversion -Wno-unused-parameter -Werror
CFLAGS_release = -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
	-fcf-protection
CFLAGS_asan = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
LDFLAGS_release = -pie -Wl,-z,relro,-z,now
LDFLAGS_asan = -fsanitize=address,undefined

CFLAGS = $(CFLAGS_WARN) $(CFLAGS_$(BUILD)) -fPIC -fvisibility=hidden \
	-D_GNU_SOURCE -Ilibrfl $(shell pkg-config --cflags $(PKGS))
LDFLAGS = $(LDFLAGS_$(BUILD))
LIBS = $(shell pkg-config --libs $(PKGS))

LIBRFL_SRCS = $(wildcard librfl/*.c)
LIBRFL_OBJS = $(LIBRFL_SRCS:%.c=$(OUT)/%.o)
LIBRFL = $(OUT)/librfl.a

KEYD_OBJS = $(patsubst %.c,$(OUT)/%.o,$(wildcard keyd/*.c))
RFLCTL_OBJS = $(patsubst %.c,$(OUT)/%.o,$(wildcard rflctl/*.c))

UNITS = $(patsubst lua-free-tests/unit/%.c,$(OUT)/unit/%,\
	$(wildcard lua-free-tests/unit/*_test.c))

.PHONY: all lib keyd rflctl unit clean

all: lib keyd rflctl

lib: $(LIBRFL)
keyd: $(OUT)/rfl-keyd
rflctl: $(OUT)/rflctl

$(LIBRFL): $(LIBRFL_OBJS)
	@rm -f $@
	$(AR) rcs $@ $^

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/rfl-keyd: $(KEYD_OBJS) $(LIBRFL)
	$(CC) $(LDFLAGS) -o $@ $^ -l:libhiredis.a -levent_core -lseccomp $(LIBS)

$(OUT)/rflctl: $(RFLCTL_OBJS) $(LIBRFL)
	$(CC) $(LDFLAGS) -o $@ $^ -l:libhiredis.a $(LIBS)

$(OUT)/unit/%: lua-free-tests/unit/%.c lua-free-tests/unit/unit.h $(LIBRFL)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRFL) $(LIBS)

unit: $(UNITS)
	prove --exec '' $(UNITS)

clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
