/* receipt_json: what a dossier was received with, as scripts see it. */
#ifndef MOTCUA_CLI_RECEIPT_JSON_H
#define MOTCUA_CLI_RECEIPT_JSON_H

#include "cli/context.h"

/* The key `applicant`: an object. Id number, phone and email are masked unless `unmask`. */
void receipt_applicant_json(struct json *j, const struct applicant *a, bool unmask);
/* The key `receipt`: all of it, unmasked, the names of the keys those of a dossier's object. */
void receipt_json(struct json *j, const struct receipt *r, int offset);

/* A packed list of texts (core/wire.h) under a key. */
void receipt_texts_json(struct json *j, const char *key, struct str list);
/* A number of a year's series: an object {number, year}, null for none. */
void receipt_number_json(struct json *j, const char *key, struct yearly_number n);
/* A limit as scripts write it, null where there is none. */
void receipt_limit_json(struct json *j, const char *key, const struct limit *limit);

#endif
