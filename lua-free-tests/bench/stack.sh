# Copyright (C) The RFL authors
#
# stack.sh: index Redis, desk Redis, rfl-keyd without a budget and nginx with
# one worker, in a temporary folder, for a benchmark.  To be sourced; expects
# top and bin, gives work, port, start, stop_all, on_one and some figures.

port=$((21000 + RANDOM % 9000))
work=$(mktemp -d /tmp/rfl-bench.XXXXXX)
chmod 711 "$work"
stop_all() {
    local pid
    for pid in $(cat "$work"/*.pid 2>/dev/null); do
        kill "$pid" 2>/dev/null || true
    done
}
trap 'stop_all; rm -rf "$work"' EXIT

rfl() {
    "$bin/rflctl" "$1" --quiet --state "$work/desk" "${@:2}"
}

wait_for() {
    local i
    for i in $(seq 500); do
        "$@" > /dev/null 2>&1 && return
        sleep 0.02
    done
    echo "bench: waited in vain for: $*" >&2
    exit 1
}

# seconds COMMAND...
seconds() {
    local start=$EPOCHREALTIME
    "$@" >&2 || { echo "bench: failed: $*" >&2; kill $$; }
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }'
}

answers() {
    [ -S "$1" ] && redis-cli -s "$1" PING 2>&1 | grep -q NOAUTH
}

start() {
    local as=() user= pid

    mkdir -p "$work/run" "$work/nginx"
    rm -rf "$work/desk"
    "$bin/rflctl" init --quiet --sample-keys --run "$work/run" \
        --society northland --name 'Northland' --phone '+00 1' \
        --event river-flood "$work/desk"
    cp "$top/dist/sample/policy.json" "$work/desk/policy.json"

    # a user of ours, to ask for the memory
    echo "user bench on nopass resetkeys resetchannels -@all +info ${bench_acl:-}" \
        >> "$work/desk/redis/index.acl"

    if [ "$(id -u)" = 0 ]; then
        as=(setpriv --regid=www-data --clear-groups)
        user='user www-data;'
    fi

    redis-server "$work/desk/redis/desk.conf" --daemonize no \
        --maxmemory 0 > "$work/desk.log" 2>&1 &
    echo $! > "$work/desk.pid"
    "${as[@]}" env MALLOC_CONF=thp:always \
        redis-server "$work/desk/redis/index.conf" --daemonize no \
        --maxmemory 0 > "$work/index.log" 2>&1 &
    echo $! > "$work/index.pid"
    wait_for answers "$work/run/desk.sock"
    wait_for answers "$work/run/index.sock"

    "$bin/rfl-keyd" --foreground --log=stderr --query="$work/run/keyd.sock" \
        --admin="$work/run/keyd-admin.sock" --rate=1000000/s \
        --burst=1000000 --daily=1000000000 \
        ${user:+--uid=61273 --query-group=www-data} \
        > "$work/keyd.log" 2>&1 &
    echo $! > "$work/keyd.pid"
    wait_for test -S "$work/run/keyd-admin.sock"

    cat > "$work/nginx.conf" <<CONF
load_module $bin/ngx_http_rfl_module.so;
$user
worker_processes 1;
pid $work/nginx.pid;
error_log $work/nginx.log error;
events { worker_connections 2048; }
http {
    access_log off;
    keepalive_requests 100000000;
    rfl_index unix:$work/run/index.sock user=pub_search
              password_file=$work/desk/secrets/pub-search;
    rfl_keyd unix:$work/run/keyd.sock;
    rfl_policy $work/desk/policy.json;
    rfl_trust $work/desk/trust.json;
    rfl_society northland;
    rfl_pages $top/pages;
    rfl_deadline 20s;
    rfl_timeout 10s;
    server {
        listen 127.0.0.1:$port;
        location / { rfl_site; }
        location = /api/v1/search { rfl_api; }
    }
}
CONF
    nginx -p "$work/nginx/" -e "$work/nginx.log" -c "$work/nginx.conf"
    wait_for test -s "$work/nginx.pid"

    # before all other programs of the machine
    if [ "${ALONE:-no}" = yes ]; then
        for pid in $(cat "$work"/{index,keyd,nginx}.pid) $(worker); do
            chrt --all-tasks --rr --pid 1 "$pid"
        done
    fi
}

worker() {
    local pid
    pid=$(cat "$work/nginx.pid")
    cut -d ' ' -f 1 "/proc/$pid/task/$pid/children"
}

# of those who answer, for "load --clocks"
clocks() {
    echo "$(worker),$(cat "$work/keyd.pid"),$(cat "$work/index.pid")"
}

# on_one COMMAND...: while those who answer have one processor among them
on_one() {
    local pid all pids

    pids=$(clocks | tr , ' ')
    all=$(taskset --cpu-list --pid $$)
    all=${all##*: }

    for pid in $pids; do
        taskset --all-tasks --cpu-list --pid "${all##*[,-]}" "$pid" > /dev/null
    done

    "$@"

    for pid in $pids; do
        taskset --all-tasks --cpu-list --pid "$all" "$pid" > /dev/null
    done
}

# an epoch that was removed is freed in the background

redis_memory() {
    while [ "$(redis_info lazyfree_pending_objects)" -ne 0 ]; do
        sleep 0.1
    done

    redis_info used_memory
}

redis_info() {
    redis-cli -s "$work/run/index.sock" --user bench --pass '' --no-auth-warning \
        INFO memory | awk -F: -v name="$1" '$1 == name { printf "%.0f\n", $2 }'
}

index_rss() {
    awk '/^VmRSS/ { printf "%.0f\n", $2 * 1024 }' "/proc/$(cat "$work/index.pid")/status"
}

