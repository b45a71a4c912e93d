/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The preview of an import in words.
 */
#include "core/row_import.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"

void import_fate_text(enum import_fate fate, size_t count, const struct tr *tr, struct buf *out)
{
    static const char *const words[IMPORT_FATE_COUNT] = {
        [IMPORT_LEFT_OUT] = N_("Left out: %zu"), [IMPORT_CHANGED] = N_("To change: %zu"),
        [IMPORT_NEW] = N_("New: %zu"), [IMPORT_SAME] = N_("Unchanged: %zu"),
    };

    buf_addf(out, tr_text(tr, words[fate]), count);
}

void import_counts_text(const size_t counts[IMPORT_FATE_COUNT], const struct tr *tr,
                        struct buf *out)
{
    static const enum import_fate order[] = {
        IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME, IMPORT_LEFT_OUT
    };
    const char *between = "";

    for (size_t i = 0; i < countof(order); i++)
        if (counts[order[i]]) {
            buf_add(out, between);
            import_fate_text(order[i], counts[order[i]], tr, out);
            between = ". ";
        }
    buf_add_char(out, '.');
}

struct teller {
    const struct row_import *import;
    const struct tr *tr;
    import_tell each;
    void *data;
};

static void add_item_name(const struct teller *teller, const struct item *item, struct buf *out)
{
    const struct place place = { item, NULL };

    plan_place_name(teller->import->plan, &place, teller->tr, out);
    buf_add(out, out->text[out->length - 1] == '?' ? " " : ": ");
}

static void add_value(const struct teller *teller, const struct item *item, const char *value,
                      struct buf *out)
{
    if (item->type == ITEM_ROW && strcmp(value, VALUE_UNSURE) != 0)
        plan_show_target(teller->import->plan, item, value, teller->tr, out);
    else
        check_show(item, value, teller->tr, out);
}

/* Of a row that changes an answer a line, of a new one all answers together. */
static void tell_changes(const struct teller *teller, const struct import_row *row)
{
    struct buf text = BUF_INIT;

    for (const struct import_change *at = row->changes; at; at = at->next) {
        if (text.length)
            buf_add(&text, "; ");
        add_item_name(teller, at->item, &text);
        if (at->before) {
            add_value(teller, at->item, at->before, &text);
            buf_add(&text, " → ");
        }
        add_value(teller, at->item, at->after, &text);
        if (row->fate == IMPORT_CHANGED || !at->next) {
            teller->each(teller->data, IMPORT_WORDS_DETAIL, 0, 0, text.text);
            buf_clear(&text);
        }
    }
    buf_free(&text);
}

static void tell_remarks(const struct teller *teller, const struct import_row *row)
{
    struct buf text = BUF_INIT;

    for (const struct import_remark *at = row->remarks; at; at = at->next) {
        buf_clear(&text);
        add_item_name(teller, at->item, &text);
        buf_addf(&text, tr_text(teller->tr, at->message), at->arg[0], at->arg[1]);
        if (!at->taken && row->fate != IMPORT_LEFT_OUT)
            buf_addf(&text, " %s", tr_text(teller->tr, "Not taken."));
        teller->each(teller->data, IMPORT_WORDS_REMARK, at->line, at->col, text.text);
    }
    buf_free(&text);
}

static void tell_row(const struct teller *teller, const struct import_row *row)
{
    struct buf text = BUF_INIT;

    if (*row->name)
        buf_addf(&text, tr_text(teller->tr, N_("%1$s (line %2$d)")), row->name, row->line);
    else
        buf_addf(&text, tr_text(teller->tr, N_("Line %d")), row->line);
    teller->each(teller->data, IMPORT_WORDS_ROW, row->line, row->col, text.text);
    buf_free(&text);
    tell_changes(teller, row);
    tell_remarks(teller, row);
}

static void tell_unknown(const struct teller *teller)
{
    struct buf names = BUF_INIT, text = BUF_INIT;

    for (size_t i = 0; i < teller->import->unknown_count; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", teller->import->unknown[i]);
    buf_addf(&text, tr_text(teller->tr, N_("These columns are not used: %s.")), names.text);
    if (names.length)
        teller->each(teller->data, IMPORT_WORDS_NOTE, 0, 0, text.text);
    buf_free(&names);
    buf_free(&text);
}

void row_import_tell(const struct row_import *import, const struct tr *tr, import_tell each,
                     void *data)
{
    const struct teller teller = { import, tr, each, data };
    struct buf text = BUF_INIT;

    tell_unknown(&teller);
    for (int fate = 0; fate < IMPORT_FATE_COUNT; fate++) {
        if (!import->counts[fate])
            continue;
        buf_clear(&text);
        import_fate_text((enum import_fate)fate, import->counts[fate], tr, &text);
        each(data, IMPORT_WORDS_HEADING, 0, 0, text.text);
        for (size_t i = 0; i < import->row_count; i++)
            if (import->rows[i].fate == (enum import_fate)fate)
                tell_row(&teller, &import->rows[i]);
    }
    buf_free(&text);
}
