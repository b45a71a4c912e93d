/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What noting would change, in words.
 */
#include "core/card_notes.h"

#include "base/buf.h"
#include "base/tr.h"
#include "core/card_notes_parts.h"
#include "core/plan.h"

struct teller {
    const struct card_notes *notes;
    const struct tr *tr;
    import_tell each;
    void *data;
};

static void add_value(const struct teller *t, const struct item *item, const char *value,
                      struct buf *out)
{
    if (!value)
        buf_add(out, tr_text(t->tr, "empty"));
    else if (item->type == ITEM_ROW)
        plan_show_target(t->notes->plan, item, value, t->tr, out);
    else
        check_show(item, value, t->tr, out);
}

static void add_item_name(const struct teller *t, const struct item *item, struct buf *out)
{
    const struct place place = { item, NULL };

    plan_place_name(t->notes->plan, &place, t->tr, out);
    buf_add(out, ": ");
}

static void tell_answer(const struct teller *t, const struct card_answer *answer)
{
    struct buf text = BUF_INIT;

    add_item_name(t, answer->item, &text);
    if (answer->before) {
        add_value(t, answer->item, answer->before, &text);
        buf_add(&text, " → ");
    }
    add_value(t, answer->item, answer->after, &text);
    t->each(t->data, IMPORT_WORDS_DETAIL, 0, 0, text.text);
    buf_free(&text);
}

static void tell_remark(const struct teller *t, const struct import_remark *remark)
{
    struct buf text = BUF_INIT;

    add_item_name(t, remark->item, &text);
    buf_addf(&text, tr_text(t->tr, remark->message), remark->arg[0], remark->arg[1]);
    t->each(t->data, IMPORT_WORDS_REMARK, remark->line, remark->col, text.text);
    buf_free(&text);
}

/* The person as the plan calls her; where there is none, the name on the card. */
static void tell_note(const struct teller *t, const struct card_note *note)
{
    const struct item *person = card_item(t->notes->plan, CARD_ITEM_PERSON);
    struct buf text = BUF_INIT;

    if (note->person[0])
        plan_row_name(t->notes->plan, person->repeat, note->person, t->tr, &text);
    else
        buf_add(&text, note->result->holder ? note->result->holder
                                            : tr_text(t->tr, "A card without a name"));
    t->each(t->data, IMPORT_WORDS_ROW, note->result->line, 1, text.text);
    buf_free(&text);
    for (const struct card_answer *at = note->answers; at; at = at->next)
        tell_answer(t, at);
    for (const struct import_remark *at = note->remarks; at; at = at->next)
        tell_remark(t, at);
}

void card_notes_tell(const struct card_notes *notes, const struct tr *tr, import_tell each,
                     void *data)
{
    const struct teller t = { notes, tr, each, data };
    struct buf text = BUF_INIT;

    for (int fate = 0; fate < IMPORT_FATE_COUNT; fate++) {
        if (!notes->counts[fate])
            continue;
        buf_clear(&text);
        import_fate_text((enum import_fate)fate, notes->counts[fate], tr, &text);
        each(data, IMPORT_WORDS_HEADING, 0, 0, text.text);
        for (size_t i = 0; i < notes->count; i++)
            if (notes->at[i].fate == (enum import_fate)fate)
                tell_note(&t, &notes->at[i]);
    }
    buf_free(&text);
}
