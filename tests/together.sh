#!/bin/sh
# Runs the commands on standard input, a line each, as many at a time as there are processors. What each of them prints comes out in one
# piece when it ends. After a failure no other one is begun.
set -u
if [ $# -eq 0 ]; then
    lock=$(mktemp)
    xargs -d '\n' -n 1 -P "$(nproc)" sh "$0" "$lock"
    failed=$?
    rm -f "$lock"
    exit "$failed"
fi

lock=$1
command=$2
output=$(mktemp)
begun=$(date +%s)
sh -c "$command" > "$output" 2>&1
status=$?
(
    flock 9
    echo "== $command ($(($(date +%s) - begun)) s)"
    cat "$output"
) 9> "$lock"
rm -f "$output"
[ "$status" -eq 0 ] || exit 255 # what makes xargs stop
