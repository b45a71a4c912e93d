/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * UTF-8 for what knows ASCII only: terminals without UTF-8, names of files. Texts are borrowed;
 * what comes out is for reading and does not lead back.
 */
#ifndef BASE_UTF8_ASCII_H
#define BASE_UTF8_ASCII_H

#include <stddef.h>

struct buf;

/* Appends the text with letters outside ASCII replaced by the nearest ASCII ones ("a" for
 * "ä", "-" for a dash, "?" when there is none): for terminals that have no UTF-8. */
void utf8_to_ascii(struct buf *out, const char *text);

/* Appends the text as a part of a file name, of at most `most` bytes: small ASCII letters, digits
 * and single hyphens. Nothing when the text has neither letters nor digits. */
void utf8_file_name(struct buf *out, const char *text, size_t most);

#endif
