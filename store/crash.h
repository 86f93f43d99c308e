/* crash: what the program says when a damaged page makes LMDB fall over.
 *
 * LMDB trusts its pages. Measured: 1.4 % of random single-bit flips in data.mdb end in SIGSEGV, SIGBUS or
 * SIGABRT inside it. Whoever sits before the screen must then get the terminal back and a sentence that says
 * what to do, and a script exit status 4. */
#ifndef MOTCUA_STORE_CRASH_H
#define MOTCUA_STORE_CRASH_H

#include "core/lang.h"
#include "core/outcome.h"

/* From now on SIGSEGV, SIGBUS, SIGABRT, SIGFPE and SIGILL that strike while a store is being read or written
 * write a message (made in advance: nothing is allocated in the handler) to standard error and end the
 * process with status 4. Striking elsewhere they are the program's own fault: the terminal is given back and
 * the signal takes its course. For main(); once. */
void crash_catch(void);
/* In which language to speak; may be called again. Vietnamese at first. */
void crash_speak(enum lang lang);
/* What is then said of a store in place of T_core_crash_store, {1} its folder: for whoever does already what
 * that advises. */
void crash_say_of_store(enum text_id text);
/* What puts the terminal back: bytes to write to standard output, and settings; NULL when there is nothing to
 * put back. Both must live until the next call. */
struct termios;
void crash_terminal(const char *bytes, const struct termios *settings);

/* What wipes away a line begun on standard error (progress); NULL when there is none. Must live until the
 * next call. */
void crash_line(const char *wipe);

/* For store/ alone: between these two the files of `dir` are being touched. They nest. `status` is FAILED, or
 * INPUT where the file is one somebody brought in. */
void crash_enter(const char *dir, enum outcome_class status);
void crash_leave(void);
/* The same for files that are being made out of others: where others are being touched already, they stay the
 * ones to blame. */
void crash_enter_beside(const char *dir, enum outcome_class status);
/* LMDB found that its pages contradict each other and is about to give up: says so and ends the process in
 * the same way. */
_Noreturn void crash_contradiction(const char *dir);

#endif
