/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writers: a document as bytes in one format.
 */
#ifndef OUT_WRITERS_H
#define OUT_WRITERS_H

struct buf;
struct doc;
struct tr;

struct writer {
    const char *format;       /* as on the command line: "text", "json" */
    const char *suffix;       /* of a file: ".txt" */
    void (*write)(const struct doc *doc, const struct tr *tr, struct buf *out);
};

/* NULL when there is no such format. */
const struct writer *writer_find(const char *format);

/* Text: 80 columns, UTF-8, pages of 60 lines divided by form feeds, each with a header line
 * (title, provider, date, page n / m). */
void out_text(const struct doc *doc, const struct tr *tr, struct buf *out);
void out_json(const struct doc *doc, const struct tr *tr, struct buf *out);
/* iCalendar (RFC 5545): an event for each bar of the document's Gantt charts that has a reminder.
 * The same bar of the same plan has the same UID in every print, and a SEQUENCE that grows with
 * the plan, so a calendar that reads it again moves its events. */
void out_ics(const struct doc *doc, const struct tr *tr, struct buf *out);

#endif
