/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "core/plan.h"

/* Whether no word goes on at `at`, which is in `text`. */
static bool begins_word(const char *text, const char *at)
{
    const char *before = at;
    size_t used;

    if (at == text)
        return true;
    do
        before--;
    while (before > text && (*before & 0xC0) == 0x80);
    return !utf8_is_word(utf8_decode(before, (size_t)(at - before), &used));
}

enum search_fit search_fit(const char *text, const char *folded)
{
    struct buf other = BUF_INIT;
    enum search_fit fit = SEARCH_NONE;
    const char *at;

    if (!*folded)
        return SEARCH_NONE;
    utf8_fold(&other, text);
    for (at = strstr(other.text, folded); at && fit != SEARCH_WORD; at = strstr(at + 1, folded))
        fit = begins_word(other.text, at) ? SEARCH_WORD : SEARCH_INSIDE;
    buf_free(&other);
    return fit;
}

enum search_fit search_better(enum search_fit a, enum search_fit b)
{
    return a > b ? a : b;
}

/* ---- of a plan ---- */

/* Of a long answer so much is shown. */
enum { ANSWER_COLS = 60 };

static enum search_fit question_fit(const struct plan *plan, const struct item *item,
                                    const struct tr *tr, const char *folded)
{
    const char *const others[] = { text_get(&item->hint, tr->lang), item->id };
    struct buf label = BUF_INIT;
    enum search_fit fit;

    plan_text(plan, &item->label, tr, &label);
    fit = search_fit(label.text, folded);
    for (size_t i = 0; i < countof(others) && fit != SEARCH_WORD; i++)
        fit = search_better(fit, search_fit(others[i], folded));
    buf_free(&label);
    return fit;
}

static void add_hit(struct search_hits *out, struct search_hit hit)
{
    if (hit.fit == SEARCH_NONE)
        return;
    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    out->at[out->count++] = hit;
}

static void search_answer(const struct plan *plan, const struct item *item, const char *row,
                          const struct tr *tr, const char *folded, struct search_hits *out)
{
    struct buf answer = BUF_INIT;

    plan_show(plan, item, row, tr, &answer);
    add_hit(out, (struct search_hit){ item, { item, row }, search_fit(answer.text, folded), true });
    buf_free(&answer);
}

static void search_item(const struct plan *plan, const struct item *item, const struct tr *tr,
                        const char *folded, struct search_hits *out)
{
    const struct item *repeat = item->repeat;
    enum search_fit fit = question_fit(plan, item, tr, folded);
    size_t rows = repeat ? answers_row_count(plan->answers, repeat) : 0;
    bool only_one = !repeat || rows == 1;
    struct place place = { only_one ? item : repeat,
                           rows == 1 ? answers_row_at(plan->answers, repeat, 0)->key : NULL };

    add_hit(out, (struct search_hit){ item, place, fit, false });
    if (!item_type_holds_answer(item->type) || (only_one && fit != SEARCH_NONE))
        return;
    if (!repeat)
        search_answer(plan, item, NULL, tr, folded, out);
    for (size_t r = 0; r < rows; r++)
        search_answer(plan, item, answers_row_at(plan->answers, repeat, r)->key, tr, folded, out);
}

void search_plan(const struct plan *plan, const char *words, const struct tr *tr,
                 struct search_hits *out)
{
    const struct schema *schema = plan->schema;
    struct search_hits all = { 0 };
    struct buf folded = BUF_INIT;

    out->count = 0;
    utf8_fold(&folded, words);
    for (size_t i = 0; folded.length && i < schema->item_count; i++)
        if (schema->items[i]->type != ITEM_HEADING)
            search_item(plan, schema->items[i], tr, folded.text, &all);
    for (enum search_fit fit = SEARCH_WORD; fit > SEARCH_NONE; fit--)
        for (size_t i = 0; i < all.count; i++)
            if (all.at[i].fit == fit)
                add_hit(out, all.at[i]);
    search_hits_free(&all);
    buf_free(&folded);
}

void search_hit_text(const struct plan *plan, const struct search_hit *hit, const struct tr *tr,
                     struct buf *out)
{
    const struct place place = { hit->item, hit->place.row };
    struct buf answer = BUF_INIT, line = BUF_INIT;

    if (!hit->in_answer) {
        plan_text(plan, &hit->item->label, tr, out);
        return;
    }
    plan_place_name(plan, &place, tr, out);
    plan_show(plan, hit->item, hit->place.row, tr, &answer);
    utf8_clean(&line, answer.text, answer.length, UTF8_ONE_LINE);
    buf_add(out, ": ");
    utf8_fit(out, line.text, ANSWER_COLS, false);
    buf_free(&line);
    buf_free(&answer);
}

void search_hits_free(struct search_hits *hits)
{
    free(hits->at);
    *hits = (struct search_hits){ 0 };
}
