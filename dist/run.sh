#!/bin/bash

# Copyright (C) The RFL authors
#
# dist/run.sh run|start|stop|status: a private copy of everything, for looking
# at it and for developing: index, inbox and desk Redis, rfl-keyd, nginx of the
# public site and of the moderators' desk, the sample entries, published the
# way real ones are, and what invented visitors hand in.
#
#     STATE=dir          where all of it lives; default .rfl in this folder
#     PORT=8080          where nginx listens, on 127.0.0.1
#     DESK_PORT=8443     where the moderators' desk does
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

# how often to see whether the index is to be built anew, seconds; the policy
# says how old it may become

refresh_every=600

. "$top/dist/run-process.sh"
. "$top/dist/run-desk.sh"


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

    mkdir -p -m 711 "$state" \
        || die "cannot create $state; name another folder with STATE="

    if [ "$(stat -c %u "$state")" != "$(id -u)" ]; then
        die "$state belongs to somebody else; name another with STATE="
    fi

    [ -w "$state" ] \
        || die "cannot write to $state; name another folder with STATE="

    mkdir -p "$state"/{log,run,nginx}
    chmod 711 "$state" "$state/run" "$state/nginx"
    chmod 700 "$state/log"

    desk=$state/desk

    if [ -n "${moved:-}" ] && [ "$command" != supervise ]; then
        say "using $state, because Unix sockets would not work in $moved"
    fi
}


# rflctl COMMAND ...: of this desk; what it says goes to its log

rflctl() {
    local command=("$1")

    shift

    case ${command[0]} in
        keys|staff|inbox)
            command+=("$1")
            shift
            ;;
    esac

    "$out/rflctl" "${command[@]}" --state "$desk" "$@" \
        >>"$state/log/rflctl.log" 2>&1
}


# the parts, in the order in which they start

start_index() {
    local as=()

    # its socket is open to the group of nginx's workers

    if [ "$(id -u)" = 0 ]; then
        as=(setpriv --regid=$worker --clear-groups)
    fi

    spawn index "${as[@]}" env MALLOC_CONF=thp:always \
        $redis "$desk/redis/index.conf" --dir "$state/run"
    wait_until 10 answers "$state/run/index.sock"
}


start_inbox() {
    local as=()

    # as above

    if [ "$(id -u)" = 0 ]; then
        as=(setpriv --regid=$worker --clear-groups)
    fi

    spawn inbox "${as[@]}" $redis "$desk/redis/inbox.conf" --dir "$desk/redis/inbox"
    wait_until 30 answers "$state/run/inbox.sock"
}


start_desk() {
    spawn desk $redis "$desk/redis/desk.conf"
    wait_until 30 answers "$state/run/desk.sock"
}


start_keyd() {
    local as=()

    if [ "$(id -u)" = 0 ]; then
        as=(--uid=$keyd_uid --query-group=$worker)
    fi

    spawn keyd "$out/rfl-keyd" --query="$state/run/keyd.sock" \
        --admin="$state/run/keyd-admin.sock" "${as[@]}" \
        --rate=50/s --burst=500 --daily=1000000
    wait_until 10 pongs "$state/run/keyd-admin.sock"
}


start_nginx() {
    spawn nginx $nginx -p "$state/nginx/" -e "$state/log/nginx.log" \
        -c "$state/nginx/nginx.conf" -g 'daemon off;'
    wait_until 10 listening "$PORT"
}


# an index that was lost, a secret that rfl-keyd does not know, and the day's
# rotation are all the same to "rotate --resume"

refresh() {
    rflctl handover
    rflctl rotate --resume
}


make_desk() {
    if [ -f "$desk/rflctl.conf" ]; then
        [ -f "$desk/secrets/moderator-3.key" ] \
            || die "$desk was made by an older version: move $state away"
        return
    fi

    say "making keys, passwords and ACL files in $desk"

    "$out/rflctl" init --quiet --sample-keys --run "$state/run" \
        --society northland --name 'Northland Family Links Society' \
        --phone '+00 12 345 67 89' --event river-flood "$desk" \
        || die "rflctl init failed"

    cp "$top/dist/sample/policy.json" "$desk/policy.json"

    third=$("$out/rflctl" keygen --quiet --no-passphrase \
        "$desk/secrets/moderator-3.key") || failed rflctl
    sample_trust "$third" > "$desk/trust.new" \
        && mv "$desk/trust.new" "$desk/trust.json"

    rflctl keys init --no-passphrase || failed rflctl
}


# what visitors send is sealed to the key of the month

make_inbox_key() {
    local month

    month=$(date -u +%Y-%m)
    [ "$(cat "$state/month" 2>/dev/null)" = "$month" ] && return

    rflctl keys new --society northland "$month" \
        && rflctl keys publish --society northland \
        || failed rflctl
    echo "$month" > "$state/month"
}


# sample_trust KEY: the sample societies, in all languages of the pages, with
# the keys that were made for this desk, and one more

sample_trust() {
    awk -v made="$desk/trust.json" -v third="$1" '
        /"keys": \[$/ && !done {
            print
            print "        " third ","

            while ((getline line < made) > 0) {
                if (sub(/^ +\{"public"/, "        {\"public\"", line)) {
                    print line
                }
            }

            skip = done = 1
            next
        }

        skip && /^ *\]/ { skip = 0 }
        !skip
    ' "$top/dist/sample/trust.example.json"
}


# nginx reads policy, trust file and password as root or as us, before its
# workers become somebody else

write_nginx_conf() {
    local user=

    [ "$(id -u)" = 0 ] && user="user $worker;"

    cat > "$state/nginx/nginx.conf" << END
# Made by dist/run.sh at each start.  What belongs into a configuration of
# your own is described in docs/directives.md.

load_module $out/ngx_http_rfl_module.so;

$user
worker_processes auto;
pid $state/nginx/nginx.pid;
error_log $state/log/nginx.log warn;

events {
    worker_connections 1024;
}

http {
    # no name, no address

    log_format rfl '\$time_iso8601 \$status \$body_bytes_sent '
                   '\$rfl_route \$rfl_lang';
    access_log $state/log/access.log rfl;

    client_body_temp_path $state/nginx/body;
    proxy_temp_path $state/nginx/proxy;
    fastcgi_temp_path $state/nginx/fastcgi;
    uwsgi_temp_path $state/nginx/uwsgi;
    scgi_temp_path $state/nginx/scgi;

    server_tokens off;

    rfl_index unix:$state/run/index.sock user=pub_search
              password_file=$desk/secrets/pub-search;
    rfl_inbox unix:$state/run/inbox.sock user=pub_inbox
              password_file=$desk/secrets/pub-inbox;
    rfl_hide unix:$state/run/index.sock user=pub_hide
             password_file=$desk/secrets/pub-hide;
    rfl_keyd unix:$state/run/keyd.sock;
    rfl_policy $desk/policy.json;
    rfl_trust $desk/trust.json;
    rfl_society northland;
    rfl_pages $top/pages;

    # all that the package has; a site of your own offers a few
    rfl_languages en fr ar es uk ru fa;

    # this computer may be busy with other things
    rfl_timeout 4s;
    rfl_deadline 8s;

    server {
        listen 127.0.0.1:$PORT;
        server_name localhost;

        location / {
            rfl_site;
        }

        location = /api/v1/search {
            rfl_api;
        }

        location = /status {
            rfl_status;
            allow 127.0.0.1;
            deny all;
        }
    }
}
END
}


# check_port VARIABLE VALUE

check_port() {
    case $2 in
        *[!0-9]*) die "$1=$2 is not a number" ;;
    esac

    { [ "$2" -ge 1 ] && [ "$2" -le 65535 ]; } 2>/dev/null \
        || die "$1=$2 is no port: they go from 1 to 65535"

    ! listening "$2" || die "port $2 is in use: choose another with $1="
}


# faults of a file are told before anything is started

check_sample() {
    case $SAMPLE in
        ''|none)
            return
            ;;
    esac

    [ -r "$SAMPLE" ] || die "cannot read SAMPLE=$SAMPLE"

    "$out/rflctl" check --quiet --state "$desk" "$SAMPLE" \
        || die "nothing is started: correct SAMPLE=$SAMPLE (what a line may" \
               "say: schema/entry.schema.json), or leave SAMPLE away"
}


# signs the samples with both sample keys and publishes what is new; a file
# that was published before is not published again

publish_samples() {
    local file=$state/samples sum

    case $SAMPLE in
        none)
            return
            ;;
        '')
            [ -f "$state/published" ] && return
            "$top/dist/sample/make-samples" > "$file.0" || die "no samples"
            ;;
        *)
            cp "$SAMPLE" "$file.0" || die "cannot read SAMPLE=$SAMPLE"
            ;;
    esac

    sum=$(sha256sum < "$file.0")

    if grep -qsF "$sum" "$state/published"; then
        rm -f "$file.0"
        return
    fi

    say "publishing $(grep -c '[^[:space:]]' "$file.0") entries"

    rflctl sign --key "$desk/secrets/moderator-1.key" --output "$file.1" "$file.0" \
        && rflctl sign --key "$desk/secrets/moderator-2.key" --output "$file.2" \
            "$file.1" \
        && rflctl publish --refs "$state/refs.tsv" "$file.2" \
        || { tail -5 "$state/log/rflctl.log" >&2
             die "the samples could not be published"; }

    rm -f "$file".[012]
    echo "$sum" >> "$state/published"
}


# starts all, and keeps it running until a signal comes

supervise() {
    local ticks=0

    trap 'stopping=1' INT TERM HUP
    trap 'stop_all' EXIT
    stopping=

    check_port PORT "$PORT"
    check_port DESK_PORT "$DESK_PORT"
    [ "$PORT" != "$DESK_PORT" ] || die "PORT and DESK_PORT are the same"

    make_desk
    make_inbox_key
    check_sample
    make_certificates || failed openssl
    make_staff || failed rflctl
    write_nginx_conf
    write_desk_conf

    for part in desk inbox index keyd; do
        start_$part || failed $part
        [ -z "$stopping" ] || exit 1
    done

    refresh || failed rflctl
    publish_samples
    start_nginx || failed nginx
    send_submissions
    pull
    start_web || failed web

    welcome
    touch "$state/ready"

    while [ -z "$stopping" ]; do
        sleep 1 &
        wait $!

        [ -z "$stopping" ] || break

        for part in desk inbox index keyd nginx web; do
            alive "$state/$part.pid" && continue

            say "$part has ended; starting it again"
            end_group $part
            start_$part
            ticks=$refresh_every
        done

        ticks=$((ticks + 1))

        [ $((ticks % pull_every)) != 0 ] || pull

        if [ $ticks -ge $refresh_every ]; then
            refresh
            ticks=0
        fi
    done

    say "stopping"
}


failed() {
    echo "rfl: $1 does not start; the end of its log:" >&2
    tail -5 "$state/log/$1.log" >&2
    exit 1
}


stop_all() {
    trap '' INT TERM HUP

    stop_child web QUIT
    stop_child nginx QUIT
    stop_child keyd TERM
    stop_child index TERM
    stop_child inbox TERM
    stop_child desk TERM
    rm -f "$state/ready" "$state/main.pid"
}


welcome() {
    cat << END

  pages     http://127.0.0.1:$PORT/
  API       http://127.0.0.1:$PORT/api/v1/search
  status    http://127.0.0.1:$PORT/status
  state     $state

END

    [ -z "$SAMPLE" ] && cat << 'END'
  Invented people are published.  Look for one as somebody else would
  write the name:

    Layla Hadad         finds  ليلى حدّاد
    Elena Shevchuk      finds  Олена Миколаївна Шевчук
    Айша Варсаме        finds  Caasha Warsame Cali
    Dawit Tesfaye       finds  ዳዊት ተስፋዬ ገብሬ

END

    desk_welcome

    cat << END
  rflctl    $out/rflctl status --state $desk

END
}


# commands

command=${1:-}
choose_state

case $command in

    run|start)
        [ -x "$out/rflctl" ] || die 'nothing is built yet: run "make all"'

        make_state

        if alive "$state/main.pid"; then
            die "it runs already, from $state; \"make stop\" stops it"
        fi

        if [ $command = run ]; then
            write_pid "$state/main.pid" $$
            supervise
            exit
        fi

        rm -f "$state/ready"
        setsid "$0" supervise >"$state/log/run.log" 2>&1 </dev/null &
        write_pid "$state/main.pid" $!

        until [ -f "$state/ready" ]; do
            alive "$state/main.pid" || { cat "$state/log/run.log" >&2; exit 1; }
            sleep 0.1
        done

        cat "$state/log/run.log"
        ;;

    supervise)
        make_state
        supervise
        ;;

    stop)
        if ! alive "$state/main.pid"; then
            say "nothing runs in $state"
            exit 0
        fi

        read -r pid _ < "$state/main.pid"
        kill -TERM "$pid"
        wait_until 30 gone "$state/main.pid" || die "it does not stop"
        say "stopped"
        ;;

    status)
        alive "$state/main.pid" || { say "nothing runs in $state"; exit 1; }

        for part in nginx web keyd index inbox desk; do
            if alive "$state/$part.pid"; then
                read -r pid _ < "$state/$part.pid"
                say "$part runs, process $pid"
            else
                say "$part does not run"
            fi
        done

        "$out/rflctl" status --state "$state/desk"
        ;;

    *)
        echo "usage: dist/run.sh run|start|stop|status" >&2
        exit 2
        ;;
esac
