#!/bin/bash

# Copyright (C) The RFL authors
#
# dist/run.sh run|start|stop|status: a private copy of everything, for looking
# at it and for developing: index Redis, desk Redis, rfl-keyd, nginx, and the
# sample entries, published the way real ones are.
#
#     STATE=dir          where all of it lives; default .rfl in this folder
#     PORT=8080          where nginx listens, on 127.0.0.1
#     SAMPLE=file|none   NDJSON to publish; default the samples of dist/
#
# "run" stays in the foreground until Ctrl-C.  Nothing of the system's nginx
# and Redis is touched.  As root, nginx's workers run as www-data and rfl-keyd
# under a uid of its own; as anybody else all runs as that user.
#
# What is kept: keys, policy, trust file and the desk's register.  What is
# made anew at each start: the index, and the epoch's secret in rfl-keyd.

set -u

top=$(cd "$(dirname "$0")/.." && pwd)
out=$top/build/release

PORT=${PORT:-8080}
SAMPLE=${SAMPLE:-}

nginx=/usr/sbin/nginx
redis=/usr/bin/redis-server
worker=www-data

# rfl-keyd's own uid when root starts it: no user of that number is needed

keyd_uid=61273

# an epoch is replaced this often, seconds; it may live for a day at least

rotate_every=$((12 * 3600))


say() {
    echo "rfl: $*"
}


die() {
    echo "rfl: $*" >&2
    exit 1
}


# The folder of the instance.  The path of a Unix socket has at most 107
# bytes, and nginx's workers must be able to come to it.

choose_state() {
    local wanted=${STATE:-$top/.rfl}

    case $wanted in
        /*) ;;
        *)  wanted=$PWD/$wanted ;;
    esac

    state=$wanted

    if [ ${#state} -gt 70 ] || ! reachable "$state"; then
        state=/tmp/rfl-$(id -u)-$(printf %s "$wanted" | cksum | cut -d' ' -f1)
        moved=$wanted
    fi
}


# can the workers come to where this folder is or will be?

reachable() {
    local dir=$1

    while [ ! -d "$dir" ]; do
        dir=$(dirname "$dir")
    done

    [ "$(id -u)" != 0 ] && return 0

    setpriv --reuid=$worker --regid=$worker --clear-groups \
        test -x "$dir" 2>/dev/null
}


make_state() {
    if [ -L "$state" ]; then
        die "$state is a symbolic link; name another folder with STATE="
    fi

    mkdir -p -m 711 "$state" || die "cannot create $state"

    if [ "$(stat -c %u "$state")" != "$(id -u)" ]; then
        die "$state belongs to somebody else; name another with STATE="
    fi

    mkdir -p "$state"/{log,sock,nginx,index}
    chmod 711 "$state" "$state/sock"

    if [ -n "${moved:-}" ]; then
        say "using $state, because Unix sockets would not work in $moved"
    fi
}


# is the process of this pid file still the one that wrote it?

alive() {
    local pid started

    [ -f "$1" ] || return 1
    read -r pid started < "$1" || return 1

    [ -n "$pid" ] && [ "$(started_at "$pid")" = "$started" ]
}


started_at() {
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}


write_pid() {
    echo "$2 $(started_at "$2")" > "$1"
}


# wait_until SECONDS COMMAND...

wait_until() {
    local tries=$(($1 * 50))

    shift

    while ! "$@" 2>/dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.02
    done
}
