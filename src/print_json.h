/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What commands print with --json: one value of JSON on standard output, indented, with a line feed
 * behind it. What is not known is null.
 */
#ifndef PRINT_JSON_H
#define PRINT_JSON_H

#include <jansson.h>

struct buf;

/* Prints the value and takes it. */
void print_json(json_t *root);

/* Values for json_object_set_new() and the like, which take them. */
json_t *print_json_word(const char *text);       /* null for NULL */
json_t *print_json_text(const struct buf *text); /* null when it is empty */
json_t *print_json_day(int day);                 /* ISO 8601; null for DATE_NONE */

#endif
