# Copyright (C) The RFL authors
#
# dist/run-process.sh: the processes of dist/run.sh, which reads this file:
# starting one in a session of its own, with a pid file and a log in $state;
# waiting until it can be used; stopping it.


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
    disown $!
}


# stop_child NAME SIGNAL

stop_child() {
    local pid _

    alive "$state/$1.pid" || { rm -f "$state/$1.pid"; return; }

    read -r pid _ < "$state/$1.pid"
    kill -"$2" "$pid" 2>/dev/null
    wait_until 10 gone "$state/$1.pid" || end_group "$1"
    rm -f "$state/$1.pid"
}


gone() {
    ! alive "$1"
}


# end_group NAME: workers of an nginx that was killed would keep the port

end_group() {
    local pid _

    read -r pid _ < "$state/$1.pid" && kill -KILL -- -"$pid"
} 2>/dev/null


# A Redis that asks who is there has come up; it says "loading" before.

answers() {
    [ -S "$1" ] && redis-cli -s "$1" PING 2>/dev/null | grep -q NOAUTH
}


# rfl-keyd's sockets may still be there from the one before

pongs() {
    [ -S "$1" ] && redis-cli -s "$1" PING 2>/dev/null | grep -q PONG
}


# a port of 127.0.0.1

listening() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
