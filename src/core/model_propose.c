/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A model text filled with the answers of a plan.
 *
 * Choices are worded as parts of a sentence: with a small letter unless they begin one, and with
 * "and" before the last of several, or between semicolons when one of them is a list itself. The
 * unit of a number stands in the model.
 */
#include "core/model.h"

#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "core/plan.h"

struct filling {
    const struct plan *plan;
    const struct tr *tr;
    struct buf *out;
    int blanks;
};

static bool begins_sentence(const struct buf *out)
{
    size_t at = out->length;

    while (at > 0 && (out->text[at - 1] == ' ' || out->text[at - 1] == '\n'))
        at--;
    return at == 0 || strchr(".!?\n", out->text[at - 1]) != NULL;
}

static void add_small(struct buf *out, const char *label)
{
    size_t first = utf8_letter(label, strlen(label));
    bool capitals = label[first] >= 'A' && label[first] <= 'Z';
    struct buf letter = BUF_INIT;
    struct buf folded = BUF_INIT;

    buf_add_n(&letter, label, first);
    utf8_fold(&folded, letter.text);
    buf_add(out, capitals ? letter.text : folded.text);
    buf_add(out, label + first);
    buf_free(&letter);
    buf_free(&folded);
}

/* What stands before the word at `at` of `count`; `lists`: some word is a list itself. */
static void add_between(const struct filling *f, size_t at, size_t count, bool lists)
{
    if (at > 0)
        buf_add(f->out, lists ? "; " : at + 1 < count ? ", " : tr_text(f->tr, N_(" and ")));
}

/* The label of the choice that `words` begins with; `*words` moves to the next. */
static const char *next_label(const struct filling *f, const struct item *item, const char **words)
{
    size_t length = strcspn(*words, " ");
    const char *word = *words;

    *words += length + strspn(*words + length, " ");
    for (size_t i = 0; i < item->list->choice_count; i++)
        if (strlen(item->list->choices[i].id) == length &&
            strncmp(item->list->choices[i].id, word, length) == 0)
            return text_get(&item->list->choices[i].label, f->tr->lang);
    return "";
}

static void add_choices(const struct filling *f, const struct item *item, const char *words)
{
    bool capital = begins_sentence(f->out), lists = false;
    size_t count = 0;

    for (const char *at = words; *at; count++) {
        const char *label = next_label(f, item, &at);
        lists |= strchr(label, ',') || strstr(label, tr_text(f->tr, N_(" and ")));
    }
    for (size_t i = 0; i < count; i++) {
        const char *label = next_label(f, item, &words);
        add_between(f, i, count, lists && count > 1);
        if (capital && i == 0)
            buf_add(f->out, label);
        else
            add_small(f->out, label);
    }
}

static bool add_rows(const struct filling *f, const struct item *repeat)
{
    const struct answers *answers = f->plan->answers;
    size_t count = answers_row_count(answers, repeat);

    if (!engine_is_relevant(f->plan->engine, repeat, NULL))
        return false;
    for (size_t i = 0; i < count; i++) {
        add_between(f, i, count, false);
        plan_row_name(f->plan, repeat, answers_row_at(answers, repeat, i)->key, f->tr, f->out);
    }
    return count > 0;
}

static bool add_answer(const struct filling *f, const struct item *item)
{
    struct item bare = *item;
    const char *value;

    if (item->type == ITEM_REPEAT)
        return add_rows(f, item);
    value = engine_value(f->plan->engine, item, NULL);
    if (!value || !value[0])
        return false;
    bare.unit = (struct text){ { NULL } };
    if (item->type == ITEM_ONE || item->type == ITEM_MANY)
        add_choices(f, item, value);
    else if (item->type == ITEM_ROW)
        plan_show(f->plan, item, NULL, f->tr, f->out);
    else
        check_show(&bare, value, f->tr, f->out);
    return true;
}

/* "[Data protection officer]": the name without its question mark. */
static void add_blank(struct filling *f, const struct item *item)
{
    const struct text *name = item->report_label.in[0] ? &item->report_label : &item->label;

    f->blanks++;
    buf_add_char(f->out, '[');
    plan_text(f->plan, name, f->tr, f->out);
    if (f->out->text[f->out->length - 1] == '?')
        buf_cut(f->out, f->out->length - 1);
    buf_add_char(f->out, ']');
}

static void add_item(struct filling *f, const char *id, size_t length)
{
    const struct item *item = schema_item_n(f->plan->schema, id, length);

    if (item && !item->repeat && !add_answer(f, item))
        add_blank(f, item);
}

static void add_fact(const struct filling *f, const char *text, size_t length)
{
    struct buf fact = BUF_INIT;
    struct text same;

    buf_add_n(&fact, text, length);
    same = (struct text){ { fact.text, fact.text, fact.text } };
    plan_text(f->plan, &same, f->tr, f->out);
    buf_free(&fact);
}

bool model_propose(const struct plan *plan, const struct item *item, const struct tr *tr,
                   struct buf *out, int *blanks)
{
    const char *model = text_get(&item->model, tr->lang);
    struct filling f = { plan, tr, out, 0 };
    struct model_piece piece;
    size_t opened = 0;
    int before = 0;

    if (!item->model.in[0])
        return false;
    while ((piece = model_next(&model)).kind != MODEL_END) {
        switch (piece.kind) {
        case MODEL_LITERAL: buf_add_n(out, piece.text, piece.length); break;
        case MODEL_ITEM: add_item(&f, piece.text, piece.length); break;
        case MODEL_FACT: add_fact(&f, piece.text, piece.length); break;
        case MODEL_OPEN:
            opened = out->length;
            before = f.blanks;
            break;
        default:
            if (f.blanks > before)
                buf_cut(out, opened);
            f.blanks = before;
        }
    }
    if (blanks)
        *blanks = f.blanks;
    return true;
}
