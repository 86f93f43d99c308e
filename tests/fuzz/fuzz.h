/* fuzz: what the fuzz targets share. Each fuzz_NAME.c is a program that takes any bytes and must neither
 * crash nor break what it says must hold. It is built twice: with libFuzzer, which makes up the bytes (make
 * fuzz), and with seeds.c, which feeds it the files of seeds/NAME and small changes of them (make check). */
#ifndef MOTCUA_TESTS_FUZZ_H
#define MOTCUA_TESTS_FUZZ_H

#include "core/buf.h"
#include "core/office.h"

/* What every target defines. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program where something does not hold. */
#define MUST(holds) ((holds) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #holds))
_Noreturn void fuzz_broken(const char *file, int line, const char *what);

/* Catches what is written to descriptor 2, until fuzz_caught() tells what it was (at most 64 KiB; borrowed
 * until the next time). */
void fuzz_catch(void);
struct str fuzz_caught(void);

/* Values taken off the front of the bytes; zeros once they are used up. */
struct fed {
    const uint8_t *at;
    size_t left;
};
uint64_t fed_int(struct fed *f, int bytes);
/* In [0, below). */
static inline uint64_t fed_below(struct fed *f, unsigned below)
{
    return fed_int(f, below > 256 ? 2 : 1) % below;
}
/* Up to `most` of the bytes, borrowed: their number comes first. */
struct str fed_str(struct fed *f, unsigned most);
/* The bytes up to the next NUL, which is stepped over, or all that are left; borrowed. */
struct str fed_word(struct fed *f);
/* A time: mostly of a few years around 2026, sometimes none, sometimes at the edge of what can be. */
civil_minute fed_time(struct fed *f);

/* A founded office with an officer, lan, and a procedure that has everything that a file may leave out. */
const struct office *fuzz_office(void);

#endif
