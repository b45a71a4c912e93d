/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Notes of checked facts: their form in the log, and what may be typed.
 */
#include "core/fact_notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/schema.h"

struct fact_notes {
    const struct schema *schema;
    struct fact_note **at;    /* by the fact's place in the schema; NULL: none */
    char *who;                /* of the newest note */
};

struct fact_notes *fact_notes_new(const struct schema *schema)
{
    struct fact_notes *notes = xcalloc(1, sizeof *notes);

    notes->schema = schema;
    notes->at = xcalloc(schema->fact_count + 1, sizeof *notes->at);
    return notes;
}

void fact_note_clear(struct fact_note *note)
{
    free(note->by);
    free(note->value);
    free(note->low);
    free(note->high);
    *note = (struct fact_note){ 0 };
}

static void drop(struct fact_notes *notes, size_t at)
{
    if (notes->at[at])
        fact_note_clear(notes->at[at]);
    free(notes->at[at]);
    notes->at[at] = NULL;
}

void fact_notes_free(struct fact_notes *notes)
{
    if (!notes)
        return;
    for (size_t i = 0; i < notes->schema->fact_count; i++)
        drop(notes, i);
    free(notes->at);
    free(notes->who);
    free(notes);
}

/* ---- the form in the log ---- */

void fact_note_text(int on, int seen, const char *by, const char *value, struct buf *out)
{
    char day[11], known[11];

    date_iso(on, day);
    date_iso(seen, known);
    buf_addf(out, "%s\n%s\n%s\n%s", day, known, by, value);
}

/* The next line of `*text`, which moves on behind it; NULL when no line ends there. */
static char *take_line(const char **text)
{
    size_t length = strcspn(*text, "\n");
    char *line;

    if (!(*text)[length])
        return NULL;
    line = xstrndup(*text, length);
    *text += length + 1;
    return line;
}

static int take_day(const char **text)
{
    char *line = take_line(text);
    int day = line ? date_parse_iso(line) : DATE_NONE;

    free(line);
    return day;
}

static bool is_number(const char *text, size_t length)
{
    size_t digits = strspn(text, "0123456789");

    if (digits > 0 && digits < length && text[digits] == '.')
        digits += 1 + strspn(text + digits + 1, "0123456789");
    return length > 0 && digits == length && text[length - 1] != '.';
}

/* "3", "3-4", "3-" and "-4" as bounds; anything else has none. */
static void take_bounds(struct fact_note *note)
{
    const char *text = note->value, *dash = strchr(text, '-');
    size_t length = dash ? (size_t)(dash - text) : strlen(text);
    const char *rest = dash ? dash + 1 : text;

    if (length + strlen(rest) == 0 || (length && !is_number(text, length)) ||
        (*rest && !is_number(rest, strlen(rest))))
        return;
    note->low = length ? xstrndup(text, length) : NULL;
    note->high = *rest ? xstrdup(rest) : NULL;
}

bool fact_note_parse(const char *text, struct fact_note *out)
{
    *out = (struct fact_note){ .on = take_day(&text) };
    out->seen = take_day(&text);
    out->by = take_line(&text);
    out->value = xstrdup(text);
    take_bounds(out);
    if (out->on != DATE_NONE && out->by && out->value[0] && !strchr(out->value, '\n'))
        return true;
    fact_note_clear(out);
    return false;
}

void fact_notes_apply(struct fact_notes *notes, const char *id, const char *text)
{
    const struct fact *fact = schema_fact(notes->schema, id);
    struct fact_note note;
    size_t at;

    if (!fact)
        return;
    at = (size_t)(fact - notes->schema->facts);
    drop(notes, at);
    if (!text || !fact_note_parse(text, &note))
        return;
    notes->at[at] = xcalloc(1, sizeof note);
    *notes->at[at] = note;
    free(notes->who);
    notes->who = xstrdup(note.by);
}

const struct fact_note *fact_notes_own(const struct fact_notes *notes, const struct fact *fact)
{
    return notes ? notes->at[fact - notes->schema->facts] : NULL;
}

const struct fact_note *fact_notes_of(const struct fact_notes *notes, const struct fact *named)
{
    const struct fact_note *note = NULL;

    for (; notes && named && !note; named = named->supersedes)
        note = fact_notes_own(notes, named);
    return note;
}

const char *fact_notes_who(const struct fact_notes *notes)
{
    return notes->who ? notes->who : "";
}

/* ---- what is typed ---- */

static bool is_yearly(const char *date)
{
    return strlen(date) == 5 && date[2] == '-';
}

static void check_part(enum item_type type, const char *text, int today, struct check *out)
{
    struct item item = { .type = type };

    check_value(&item, text, today, out);
    if (out->value.length == 0 && out->state == CHECK_OK) {
        out->state = CHECK_BAD;
        out->message = N_("This is still missing.");
    }
}

static void say_bad(struct check *out, const char *message)
{
    out->state = CHECK_BAD;
    out->message = message;
}

/* A day of every year has its normal form without one. */
static void check_date_value(const struct fact *fact, const char *text, int today,
                             struct check *out)
{
    struct buf whole = BUF_INIT;
    char day[6];

    buf_addf(&whole, "%s%s", is_yearly(fact->date) && is_yearly(text) ? "2000-" : "", text);
    check_part(ITEM_DATE, whole.text, today, out);
    buf_free(&whole);
    if (out->state != CHECK_OK || !is_yearly(fact->date))
        return;
    memcpy(day, out->value.text + 5, sizeof day);
    buf_clear(&out->value);
    buf_add(&out->value, day);
}

/* The typed range with one "-" between its ends, however the dash was written. */
static void plain_range(const char *text, struct buf *out)
{
    static const char *const dashes[] = { "–", "—", "−", "..." , "..", "…" };

    while (*text) {
        size_t length = 0;
        for (size_t i = 0; i < countof(dashes) && !length; i++)
            if (strncmp(text, dashes[i], strlen(dashes[i])) == 0)
                length = strlen(dashes[i]);
        if (length)
            buf_add_char(out, '-');
        else
            buf_add_char(out, *text);
        text += length ? length : 1;
    }
    buf_trim(out);
}

/* One end of a range into its normal form. */
static void check_end(const char *text, int today, struct buf *range, struct check *out)
{
    if (out->state == CHECK_BAD || out->state == CHECK_REFUSED || !*text)
        return;
    check_part(ITEM_DECIMAL, text, today, out);
    if (out->state == CHECK_OK && !is_number(out->value.text, out->value.length))
        say_bad(out, N_("Write a number, for example 12,5."));
    buf_add(range, out->value.text);
}

static void check_range(const char *text, int today, struct check *out)
{
    struct buf typed = BUF_INIT, range = BUF_INIT;
    char *dash;

    plain_range(text, &typed);
    dash = strchr(typed.text, '-');
    if (!dash || typed.length == 1) {
        check_part(ITEM_DECIMAL, typed.length == 1 && dash ? "" : typed.text, today, out);
    } else {
        *dash = 0;
        out->state = CHECK_OK;
        check_end(typed.text, today, &range, out);
        buf_add_char(&range, '-');
        check_end(dash + 1, today, &range, out);
        if (out->state == CHECK_OK && typed.text[0] && dash[1] &&
            strtod(range.text, NULL) > strtod(strchr(range.text, '-') + 1, NULL))
            say_bad(out, N_("The first number of a range is the smaller one, as in 3–4."));
        buf_clear(&out->value);
        buf_add(&out->value, range.text);
    }
    buf_free(&typed);
    buf_free(&range);
}

void fact_note_check(const struct fact *fact, const char *text, int today, struct check *out)
{
    if (fact->date)
        check_date_value(fact, text, today, out);
    else if (fact->number || fact->min || fact->max)
        check_range(text, today, out);
    else
        check_part(ITEM_TEXT, text, today, out);
}

void fact_note_check_day(const char *text, int today, struct check *out)
{
    check_part(ITEM_DATE, text, today, out);
    if (out->state == CHECK_OK && date_parse_iso(out->value.text) > today)
        say_bad(out, N_("This day is still to come."));
}

void fact_note_check_who(const char *text, int today, struct check *out)
{
    check_part(ITEM_TEXT, text, today, out);
}

void fact_note_typed(const struct fact *fact, const char *value, struct buf *out)
{
    int day = fact->date ? date_parse_iso(value) : DATE_NONE, month, mday;
    char text[32];

    if (day != DATE_NONE) {
        date_text(day, LANG_FI, text, sizeof text);
        buf_add(out, text);
    } else if (fact->date && sscanf(value, "%d-%d", &month, &mday) == 2) {
        buf_addf(out, "%d.%d.", mday, month);
    } else if (fact->number || fact->min || fact->max) {
        for (; *value; value++)
            buf_add(out, *value == '.' ? "," : *value == '-' ? "–" : (char[]){ *value, 0 });
    } else {
        buf_add(out, value);
    }
}
