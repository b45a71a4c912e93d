/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writers: a document as bytes in one format.
 */
#ifndef OUT_WRITERS_H
#define OUT_WRITERS_H

struct buf;
struct doc;
struct err;
struct tr;

/* A format has one of the two functions: most can write anything, but what needs a library or a
 * font may lack it. */
struct writer {
    const char *format;       /* as on the command line: "text", "json" */
    const char *suffix;       /* of a file: ".txt" */
    void (*write)(const struct doc *doc, const struct tr *tr, struct buf *out);
    int (*try_write)(const struct doc *doc, const struct tr *tr, struct buf *out,
                     struct err *err);
};

/* NULL when there is no such format. */
const struct writer *writer_find(const char *format);

/* The format whose suffix the name of a file has; NULL when it has none of them. */
const struct writer *writer_for_file(const char *name);

/* Writes with whichever function the format has. On an error `out` holds nothing of use. */
int writer_write(const struct writer *writer, const struct doc *doc, const struct tr *tr,
                 struct buf *out, struct err *err);

/* Text: 80 columns, UTF-8, pages of 60 lines divided by form feeds, each with a header line
 * (title, provider, date, page n / m). */
void out_text(const struct doc *doc, const struct tr *tr, struct buf *out);
/* The same for a screen of `cols` columns: no pages. */
void out_text_screen(const struct doc *doc, const struct tr *tr, int cols, struct buf *out);
void out_json(const struct doc *doc, const struct tr *tr, struct buf *out);
/* CSV: the tables of the document, one after the other with an empty line between; semicolons,
 * UTF-8 with a mark for spreadsheets, CRLF, and no cell that a spreadsheet takes for a formula. */
void out_csv(const struct doc *doc, const struct tr *tr, struct buf *out);
/* iCalendar (RFC 5545): an event for each bar of the document's Gantt charts that has a reminder.
 * The same bar of the same plan has the same UID in every print, and a SEQUENCE that grows with
 * the plan, so a calendar that reads it again moves its events. */
void out_ics(const struct doc *doc, const struct tr *tr, struct buf *out);

/* The document that out_json() wrote; NULL when the text is none. The caller frees it. */
struct doc *doc_read_json(const char *text);
/* OpenDocument, to be edited. ERR_DEVICE without libzip. */
int out_odt(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err);

/* A draft of an e-mail with the PDF attached. */
int out_eml(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err);

/* A4, tagged, PDF/UA-1 and PDF/A-2a. ERR_DEVICE without HarfBuzz or a font. */
int out_pdf(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err);
/* The same as PDF/A-1b: some checkers know no other. No format of writer_find(). */
int out_pdf_old(const struct doc *doc, const struct tr *tr, struct buf *out, struct err *err);

#endif
