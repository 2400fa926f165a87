# Copyright (C) The RFL authors
#
# cpu.sh: processor time of processes, from /proc.  To be sourced.

# cpu_tree PID...: clock ticks of these processes and all their descendants,
# living or reaped
cpu_tree() {
    local pid sum=0 line list=("$@") i=0

    while [ $i -lt ${#list[@]} ]; do
        pid=${list[$i]}
        i=$((i + 1))
        read -r line < "/proc/$pid/stat" 2>/dev/null || continue
        # what follows the name in brackets starts with field 3
        set -- ${line##*) }
        sum=$((sum + ${12} + ${13}))
        # the reaped children of a root only: those of others are counted
        # where they were reaped
        sum=$((sum + ${14} + ${15}))
        list+=($(cat /proc/"$pid"/task/*/children 2>/dev/null || true))
    done

    echo $sum
}

# cpu_ms BEFORE AFTER REQUESTS: milliseconds per request
cpu_ms() {
    awk -v t="$(($2 - $1))" -v hz="$(getconf CLK_TCK)" -v n="$3" \
        'BEGIN { printf "%.4f", t * 1000 / hz / n }'
}
