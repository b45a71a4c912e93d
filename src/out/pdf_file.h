/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A PDF as a file: numbered objects, compressed streams, the table that finds them. Knows nothing
 * of pages or text.
 */
#ifndef OUT_PDF_FILE_H
#define OUT_PDF_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct pdf_file;

/* Begins a file that is appended to `out`, which must be empty. `old`: PDF 1.4 with every object on
 * its own, as PDF/A-1 wants it; else PDF 1.7 with objects packed into streams. */
struct pdf_file *pdf_file_new(struct buf *out, bool old);
void pdf_file_free(struct pdf_file *file);
bool pdf_file_is_old(const struct pdf_file *file);

/* The number of an object that will be put later; each must be put once. */
int pdf_file_reserve(struct pdf_file *file);

/* Puts an object that is no stream. */
void pdf_file_put(struct pdf_file *file, int number, const char *body, size_t length);

/* Puts a compressed stream; `entries` are further entries of its dictionary, or "". */
void pdf_file_stream(struct pdf_file *file, int number, const char *entries, const char *bytes,
                     size_t length);

/* The same as it is: PDF/A wants its metadata readable by anyone. */
void pdf_file_plain_stream(struct pdf_file *file, int number, const char *entries,
                           const char *bytes, size_t length);

/* Ends the file with its catalogue and its Info dictionary. */
void pdf_file_end(struct pdf_file *file, int catalogue, int info);

/* Appends a reference to an object after `before`, a UTF-16 unit, a text string, a length in points
 * given in thousandths. Thousands of each make a document, so none of them is a format. */
void pdf_add_reference(struct buf *out, const char *before, int number);
void pdf_add_hex(struct buf *out, unsigned unit);
void pdf_add_string(struct buf *out, const char *text);
void pdf_add_length(struct buf *out, int thousandths);

#endif
