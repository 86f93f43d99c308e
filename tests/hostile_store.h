/* hostile_store: a sound store that no motcua would have written: its journal's hashes are right, its entries
 * can be read, and every text in them holds bytes that act on a terminal, hide, turn text around, end strings
 * or are a spreadsheet's formulas. */
#ifndef MOTCUA_TESTS_HOSTILE_STORE_H
#define MOTCUA_TESTS_HOSTILE_STORE_H

#include "tests/screen_store.h"

/* Each kind of harm is a text of that many bytes. */
enum { HARM_BYTES = 12, HARMS = 7, HARM_NUL = 3, HARM_FORMULA = 4 };
extern const char hostile_harm[HARMS][HARM_BYTES + 1];

/* In a fresh folder: for each kind of harm a procedure, an officer, days and a dossier that went through
 * much, all named so. The dossiers' codes are H-000N; C-000N ones have the harm in their codes too. It is
 * 2026-11-16 09:00 when it is done. */
void hostile_store_make(struct screen_store *s);

/* Fails the test where the bytes, which `who` gave out, would do anything at a terminal but be read. `raw`
 * takes away what the program itself may write: "\r\n" counts as a line break anyway. */
void hostile_must_be_tame(struct str bytes, const char *who);

#endif
