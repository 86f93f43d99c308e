#!/bin/sh
# Runs fuzz targets built with libFuzzer, one after the other: run.sh BUILD SECONDS NAME ...
# Says for each how many inputs were tried, what of the code they reached (edges, features), or where the input is
# that broke it.
set -u
build=$1
seconds=$2
shift 2
mkdir -p "$build/found"
bad=0
for name in "$@"; do
    log=$build/$name.log
    longest=4096
    [ "$name" = keys ] && longest=600 # each key is typed and drawn
    mkdir -p "$build/corpus/$name"
    if nice -n 10 "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len="$longest" -len_control=10 \
        -close_fd_mask=1 -print_final_stats=1 -artifact_prefix="$build/found/$name-" \
        "$build/corpus/$name" "tests/fuzz/seeds/$name" 2> "$log"; then
        sed -n 's/^stat::number_of_executed_units: *//p' "$log" | {
            read -r executed
            echo "fuzz $name: $executed inputs in $seconds s, $(grep -o 'cov: [0-9]* ft: [0-9]*' "$log" | tail -n 1)"
        }
    else
        tail -n 40 "$log"
        echo "fuzz $name: something was found; see $log and $build/found" >&2
        bad=1
    fi
done
exit $bad
