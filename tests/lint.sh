#!/bin/sh
# The house rules that a compiler does not know: which room may include which, what core may call, and that no two files need
# each other. lint.sh BUILD
set -u
build=$1
bad=0
complain() { echo "lint: $*" >&2; bad=1; }

# ---- arrows: a room and the rooms it may include from -----------------------------------------------------------------
allowed() {
    case $1 in
    core) echo 'core gen' ;;
    store) echo 'core store' ;;
    icalendar) echo 'core store icalendar' ;;
    forms) echo 'core forms' ;;
    tui) echo 'core store tui' ;;
    cli) echo 'core store icalendar forms tui cli gen' ;;
    esac
}
for room in core store icalendar forms tui cli; do
    may=$(allowed "$room")
    grep -Hno '^#include "[a-z]*/' "$room"/*.[ch] 2>/dev/null | while IFS=: read -r file line include; do
        to=${include#*\"}
        to=${to%/}
        case " $may " in
        *" $to "*) ;;
        *) echo "$file:$line: $room may not include from $to" ;;
        esac
    done
done > "$build/lint.arrows"
[ -s "$build/lint.arrows" ] && { cat "$build/lint.arrows" >&2; bad=1; }

# ---- each library has its one room --------------------------------------------------------------------------------------
only() {
    header=$1
    room=$2
    found=$(grep -ln "^#include <$header" core/*.[ch] store/*.[ch] icalendar/*.[ch] forms/*.[ch] tui/*.[ch] cli/*.[ch] 2>/dev/null | grep -v "^$room/")
    [ -z "$found" ] || complain "<$header> belongs to $room/, not to: $found"
}
only lmdb.h store
only sodium store
only libical/ icalendar
only ical.h icalendar
only unicode/ icalendar
only csv.h cli
only jansson.h cli
only curses.h tui
only ncurses tui
only panel.h tui
only pango forms
only cairo forms
only qrencode.h forms
only xlsxwriter.h forms
only zlib.h forms

# ---- files in a loop ------------------------------------------------------------------------------------------------------
# tsort fails on a cycle. A .c and its .h are one file; what includes what is read off the source.
for file in core/*.[ch] store/*.[ch] icalendar/*.[ch] forms/*.[ch] tui/*.[ch] cli/*.[ch]; do
    from=${file%.*}
    grep -o '^#include "[^"]*\.h"' "$file" 2>/dev/null | sed 's/^#include "//; s/\.h"$//' | while read -r to; do
        [ "$from" = "$to" ] || echo "$from $to"
    done
done | sort -u > "$build/lint.includes"
tsort "$build/lint.includes" > /dev/null 2> "$build/lint.loops" || { cat "$build/lint.loops" >&2; complain 'files need each other in a loop'; }

# ---- core is pure: what its objects call, and no data that can be written ------------------------------------------------
pure='^(memcpy|memmove|memcmp|memset|memchr|memrchr|memmem|strlen|strcmp|strncmp|strchr|malloc|calloc|realloc|reallocarray|free|abort|qsort|bsearch|snprintf|vsnprintf|sin|cos|floor|fmod|utf8proc_[a-z_0-9]*|__stack_chk_fail|__[a-z]*_chk|__isoc99_[a-z]*|_GLOBAL_OFFSET_TABLE_)$'
nm -u "$build"/core/*.o | awk '/ U /{print $2}' | sort -u > "$build/lint.undefined"
nm --defined-only "$build"/core/*.o | awk 'NF==3{print $3}' | sort -u > "$build/lint.defined"
impure=$(comm -23 "$build/lint.undefined" "$build/lint.defined" | grep -Ev "$pure")
[ -z "$impure" ] || complain "core/ calls what it may not: $(echo "$impure" | tr '\n' ' ')"
writable=$(objdump -t "$build"/core/*.o | awk '/ O /{ for (i = 1; i <= NF; i++) if ($i ~ /^(\.data|\.bss|\*COM\*)/ && $i !~ /^\.data\.rel\.ro/) print $NF }')
[ -z "$writable" ] || complain "core/ has data that can be written: $(echo "$writable" | tr '\n' ' ')"

# ---- libical: names without _r hand out memory that is taken back later -------------------------------------------------
grep -nE 'ical(component|property|parameter|value|time|recurrencetype|duration)[a-z]*_as_ical_string\(' icalendar/*.c 2>/dev/null &&
    complain 'icalendar/ must use the _r functions only'

# ---- small rooms ------------------------------------------------------------------------------------------------------------
for file in core/*.[ch] store/*.[ch] icalendar/*.[ch] forms/*.[ch] tui/*.[ch] cli/*.[ch]; do
    [ -e "$file" ] || continue
    lines=$(wc -l < "$file")
    [ "$lines" -le 600 ] || complain "$file has $lines lines; a room holds one subject (600 at most)"
done

exit $bad
