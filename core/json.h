/* json: a stream writer of JSON (RFC 8259), for JSON Lines: one object a line. Nothing is kept but where the
 * output goes.
 *
 *     struct json j = json_onto(&out);
 *     json_object_begin(&j, NULL);
 *     json_str(&j, "code", code);
 *     json_minute(&j, "due_at", due, offset);
 *     json_object_end(&j);
 *     json_line(&j);
 *
 * Every value takes its key first, or NULL where there is none: at the top and in an array. The writer puts
 * the commas; pairing begin and end, and keys in objects alone, is the caller's part. Memory running out
 * shows in out->failed, as always with a buf. Keys are ASCII names of the program's own and are written as
 * they are.
 *
 * Whatever text comes in, valid JSON comes out: a byte of a broken UTF-8 sequence becomes U+FFFD, and all
 * that could act on a terminal (controls, DEL, C1, U+2028/2029, bidi controls and other invisible characters)
 * is written as \uXXXX. */
#ifndef MOTCUA_CORE_JSON_H
#define MOTCUA_CORE_JSON_H

#include "core/buf.h"
#include "core/civil.h"

struct json {
    struct buf *out; /* borrowed */
    bool comma;      /* a value stands before the next one */
};

static inline struct json json_onto(struct buf *out)
{
    return (struct json){out, false};
}

void json_object_begin(struct json *j, const char *key);
void json_object_end(struct json *j);
void json_array_begin(struct json *j, const char *key);
void json_array_end(struct json *j);
/* A line break after a whole object. */
void json_line(struct json *j);
/* A key alone; the next call, with NULL for its key, is its value. */
void json_key(struct json *j, const char *key);

void json_null(struct json *j, const char *key);
void json_bool(struct json *j, const char *key, bool value);
void json_int(struct json *j, const char *key, int64_t value);
/* A text, "" when it is absent. */
void json_str(struct json *j, const char *key, struct str value);
/* A text, null when it is absent or empty. */
void json_text(struct json *j, const char *key, struct str value);
/* json_str of a NUL-terminated name, null for NULL. */
void json_name(struct json *j, const char *key, const char *value);
/* The shortest decimal: 250 gives 2.5, 300 gives 3, -5 gives -0.05. */
void json_hundredths(struct json *j, const char *key, int64_t hundredths);
/* A number of 10^-decimals with all its decimals: 9540 at 2 gives 95.40. `decimals` 0 to 18. */
void json_fixed(struct json *j, const char *key, int64_t value, int decimals);
/* "2026-11-20", null for NO_DAY. */
void json_day(struct json *j, const char *key, civil_day day);
/* "2026-11-20T09:30:00+07:00": wall clock time at the office's offset (minutes), null for NO_TIME. */
void json_minute(struct json *j, const char *key, civil_minute t, int offset_minutes);
/* A UTC second as the office's wall clock shows it, the same shape; null for NO_TIME. */
void json_utc(struct json *j, const char *key, int64_t utc_second, int offset_minutes);

#endif
