/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The kept text is read with the distrust that a plan file from elsewhere deserves: a line with too
 * few fields is left out, and so are rows beyond a bound.
 */
#include "core/register_kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { KEPT_ROWS_MAX = 2000, HEAD_FIELDS = 7, ROW_FIELDS = 12 };

static const char no_column[] = "~";

/* ---- writing ---- */

static void add_field(struct buf *out, const char *text, bool last)
{
    for (const char *at = text ? text : no_column; *at; at++)
        buf_add_char(out, *at == '\t' || *at == '\n' ? ' ' : *at);
    buf_add_char(out, last ? '\n' : '\t');
}

static void add_day(struct buf *out, int date)
{
    char iso[11];

    date_iso(date, iso);
    add_field(out, iso, false);
}

static void add_row(struct buf *out, const struct regcheck_row *row)
{
    const char *texts[] = { row->oid, row->parent, row->name, row->address, row->postcode,
                            row->town, row->business_id, row->sector };
    char flags[16];

    for (size_t i = 0; i < countof(texts); i++)
        add_field(out, texts[i], false);
    snprintf(flags, sizeof flags, "%u", row->flags);
    add_field(out, flags, false);
    add_day(out, row->begin);
    add_day(out, row->end);
    add_field(out, row->withdrawn ? "1" : "0", true);
}

void register_kept_write(const struct register_report *report, int today, struct buf *out)
{
    const struct register_picture *picture = &report->picture;

    add_field(out, "1", false);
    add_day(out, today);
    add_field(out, register_state_id(report->result.state), false);
    add_day(out, picture->file_date);
    add_field(out, picture->file, false);
    add_field(out, picture->digest, false);
    add_field(out, picture->garbled ? "1" : "0", true);
    for (size_t i = 0; i < picture->count && i < KEPT_ROWS_MAX; i++)
        add_row(out, &picture->rows[i]);
}

/* ---- reading ---- */

/* Cuts a line into its fields; returns how many there are. */
static int cut(char *line, char **fields, int most)
{
    int count = 0;

    for (char *at = line; at && count < most; count++) {
        fields[count] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return count;
}

static const char *text_of(const char *field)
{
    return strcmp(field, no_column) == 0 ? NULL : field;
}

static void read_row(char **fields, struct regcheck_row *row)
{
    *row = (struct regcheck_row){
        .oid = fields[0], .parent = text_of(fields[1]), .name = text_of(fields[2]),
        .address = text_of(fields[3]), .postcode = text_of(fields[4]), .town = text_of(fields[5]),
        .business_id = text_of(fields[6]), .sector = text_of(fields[7]),
        .flags = (unsigned)strtoul(fields[8], NULL, 10), .begin = date_parse_iso(fields[9]),
        .end = date_parse_iso(fields[10]), .withdrawn = fields[11][0] == '1',
    };
}

static bool read_head(char *line, struct register_report *out)
{
    char *fields[HEAD_FIELDS];

    if (cut(line, fields, HEAD_FIELDS) < HEAD_FIELDS || strcmp(fields[0], "1") != 0)
        return false;
    out->checked_on = date_parse_iso(fields[1]);
    out->picture = (struct register_picture){
        .imported = true, .file_date = date_parse_iso(fields[3]), .file = text_of(fields[4]),
        .digest = text_of(fields[5]), .garbled = fields[6][0] == '1',
    };
    return true;
}

void register_kept_read(const char *text, struct register_report *out)
{
    char *rest = NULL, *line, *fields[ROW_FIELDS];
    struct buf clean = BUF_INIT;
    size_t count = 0, room = 0;

    if (!text || !*text)
        return;
    /* tabs and line ends part the fields and are kept; all else that is no text goes */
    utf8_clean(&clean, text, strlen(text), 0);
    out->text = buf_detach(&clean);
    line = strtok_r(out->text, "\n", &rest);
    if (!line || !read_head(line, out))
        return;
    while ((line = strtok_r(NULL, "\n", &rest)) && count < KEPT_ROWS_MAX) {
        if (cut(line, fields, ROW_FIELDS) < ROW_FIELDS)
            continue;
        out->rows = vec_room(out->rows, &room, count + 1, sizeof out->rows[0]);
        read_row(fields, &out->rows[count++]);
    }
    out->picture.rows = out->rows;
    out->picture.count = count;
    out->from_plan = true;
}
