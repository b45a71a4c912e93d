/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reminders as iCalendar, RFC 5545.
 *
 * All-day events on the last day on which all is still well. What a calendar knows an event by is
 * its UID, made of the bar's id and the plan's owner; DTSTAMP and SEQUENCE come from the plan and
 * not from the clock, so the same plan gives the same bytes. A bar that is done has no reminder
 * day any more: its event is cancelled, so that a calendar that has it takes it away.
 */
#include "out/writers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "out/doc.h"

enum { LINE_OCTETS = 75 };

/* The octets of what must not be divided: a letter, or a backslash with what it escapes. */
static size_t piece(const char *text, size_t left)
{
    size_t used;
    utf8_decode(text, left, &used);
    return *text == '\\' && left > 1 ? used + 1 : used;
}

/* A line longer than 75 octets goes on after a line end and a space. */
static void put_line(struct buf *out, const char *line)
{
    size_t left = strlen(line), room = LINE_OCTETS;
    while (left > 0) {
        size_t length = 0;
        while (length < left && length + piece(line + length, left - length) <= room)
            length += piece(line + length, left - length);
        buf_add_n(out, line, length);
        line += length;
        left -= length;
        room = LINE_OCTETS - 1;
        buf_add(out, left > 0 ? "\r\n " : "\r\n");
    }
}

/* A property whose value is TEXT: commas, semicolons, backslashes and line ends are escaped. */
static void put_text(struct buf *out, const char *name, const char *text)
{
    struct buf line = BUF_INIT;
    char *clean = doc_clean(text, false);
    buf_addf(&line, "%s:", name);
    for (const char *c = clean; *c != '\0'; c++) {
        if (*c == '\n')
            buf_add(&line, "\\n");
        else if (strchr("\\;,", *c) != NULL)
            buf_addf(&line, "\\%c", *c);
        else
            buf_add_char(&line, *c);
    }
    put_line(out, line.text);
    free(clean);
    buf_free(&line);
}

static void put_day(struct buf *out, const char *name, int day)
{
    struct civil civil = date_civil(day);
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s:%04d%02d%02d", name, civil.year, civil.month, civil.day);
    put_line(out, line.text);
    buf_free(&line);
}

/* Letters and digits of the owner; a plan without one is told from no other. */
static void put_uid(struct buf *out, const struct doc *doc, const struct bar *bar)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "UID:%s@", bar->id);
    size_t before = line.length;
    for (const char *c = doc->owner; *c != '\0'; c++)
        if ((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z')
            || *c == '-')
            buf_add_char(&line, *c);
    buf_add(&line, line.length == before ? "plan.kantapolku" : ".kantapolku");
    put_line(out, line.text);
    buf_free(&line);
}

/* What a calendar program shows the reminders as. */
static void put_name(struct buf *out, const struct doc *doc)
{
    struct buf name = BUF_INIT;
    buf_add(&name, doc->title);
    if (*doc->provider != '\0')
        buf_addf(&name, ", %s", doc->provider);
    put_text(out, "X-WR-CALNAME", name.text);
    buf_free(&name);
}

static void put_stamp(struct buf *out, const struct doc *doc)
{
    struct civil civil = date_civil(doc->day);
    struct buf line = BUF_INIT;
    buf_addf(&line, "DTSTAMP:%04d%02d%02dT000000Z", civil.year, civil.month, civil.day);
    put_line(out, line.text);
    buf_clear(&line);
    buf_addf(&line, "SEQUENCE:%ld", doc->revision);
    put_line(out, line.text);
    buf_free(&line);
}

static void put_alarm(struct buf *out, const struct bar *bar)
{
    struct buf trigger = BUF_INIT;
    put_line(out, "BEGIN:VALARM");
    put_line(out, "ACTION:DISPLAY");
    put_text(out, "DESCRIPTION", bar->reminder);
    buf_addf(&trigger, "TRIGGER:-P%dD", bar->warn);
    put_line(out, trigger.text);
    put_line(out, "END:VALARM");
    buf_free(&trigger);
}

static void put_event(struct buf *out, const struct doc *doc, const struct bar *bar)
{
    int day = bar->done ? bar->last : bar->by;
    put_line(out, "BEGIN:VEVENT");
    put_uid(out, doc, bar);
    put_stamp(out, doc);
    put_day(out, "DTSTART;VALUE=DATE", day);
    put_day(out, "DTEND;VALUE=DATE", day + 1);
    put_text(out, "SUMMARY", bar->reminder);
    if (bar->note != NULL && *bar->note != '\0')
        put_text(out, "DESCRIPTION", bar->note);
    if (bar->group != NULL && *bar->group != '\0')
        put_text(out, "CATEGORIES", bar->group);
    put_line(out, bar->done ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    put_line(out, "TRANSP:TRANSPARENT");
    put_line(out, bar->critical ? "PRIORITY:1" : "PRIORITY:5");
    if (!bar->done && bar->warn >= 0)
        put_alarm(out, bar);
    put_line(out, "END:VEVENT");
}

static bool is_event(const struct bar *bar)
{
    return bar->id != NULL && bar->reminder != NULL
           && (bar->done ? bar->last : bar->by) != DATE_NONE;
}

void out_ics(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    (void)tr;
    put_line(out, "BEGIN:VCALENDAR");
    put_line(out, "VERSION:2.0");
    put_line(out, "PRODID:-//kantapolku//timeline//EN");
    put_line(out, "CALSCALE:GREGORIAN");
    put_name(out, doc);
    for (size_t i = 0; i < doc->count; i++) {
        const struct gantt *gantt = doc->blocks[i].gantt;
        for (size_t k = 0; gantt != NULL && k < gantt->count; k++)
            if (is_event(&gantt->bars[k]))
                put_event(out, doc, &gantt->bars[k]);
    }
    put_line(out, "END:VCALENDAR");
}
