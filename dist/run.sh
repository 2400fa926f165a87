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


# children run in sessions of their own, so that Ctrl-C reaches this script
# only, and they are stopped in the right order

spawn() {
    local name=$1

    shift

    setsid "$@" >>"$state/log/$name.log" 2>&1 </dev/null &
    write_pid "$state/$name.pid" $!
}


# stop_child NAME SIGNAL

stop_child() {
    local pid _

    alive "$state/$1.pid" || { rm -f "$state/$1.pid"; return; }

    read -r pid _ < "$state/$1.pid"
    kill -"$2" "$pid" 2>/dev/null
    wait_until 10 gone "$state/$1.pid" || kill -KILL "$pid" 2>/dev/null
    rm -f "$state/$1.pid"
}


gone() {
    ! alive "$1"
}


rflctl() {
    "$out/rflctl" "$1" --state "$desk" "${@:2}" 2>>"$state/log/rflctl.log"
}


redis_up() {
    [ -S "$1" ] && "$out/rflctl" status --state "$desk" --json >/dev/null
}


# the parts, in the order in which they start

start_index() {
    spawn index $redis "$desk/redis-index.conf"
    wait_until 10 test -S "$state/sock/index.sock"
}


start_desk() {
    spawn desk $redis "$desk/redis-desk.conf"
    wait_until 20 test -S "$state/sock/desk.sock"
}


start_keyd() {
    local as=

    if [ "$(id -u)" = 0 ]; then
        as="--uid=$keyd_uid --query-group=$worker"
    fi

    spawn keyd "$out/rfl-keyd" --query="$state/sock/keyd.sock" \
        --admin="$state/sock/keyd-admin.sock" $as \
        --rate=50/s --burst=500 --daily=1000000
    wait_until 10 test -S "$state/sock/keyd-admin.sock"
}


start_nginx() {
    spawn nginx $nginx -p "$state/nginx/" -e "$state/log/nginx-error.log" \
        -c "$state/nginx/nginx.conf" -g 'daemon off;'
    wait_until 10 listening
}


listening() {
    (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null
}
