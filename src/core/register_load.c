/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The words about an import of the register.
 */
#include "core/register_load.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/register_plan.h"

struct teller {
    const struct register_outcome *outcome;
    const struct tr *tr;
    void (*say)(void *data, const char *text);
    void *data;
    struct buf text;
};

static void say(struct teller *teller)
{
    if (teller->text.length)
        teller->say(teller->data, teller->text.text);
    buf_clear(&teller->text);
}

static void say_count(struct teller *teller, const char *format, int count)
    __attribute__((format(printf, 2, 0)));

/* Nothing when there are none. */
static void say_count(struct teller *teller, const char *format, int count)
{
    if (count > 0)
        buf_addf(&teller->text, format, count);
    say(teller);
}

static void say_age(struct teller *teller, int today)
{
    if (teller->outcome->file_date != DATE_NONE)
        register_day_text(teller->outcome->file_date, today, teller->tr, &teller->text);
    say(teller);
}

static void say_pages(struct teller *teller)
{
    const struct register_outcome *outcome = teller->outcome;

    if (outcome->page_count < outcome->pages)
        buf_addf(&teller->text, tr_text(teller->tr, "The file has %1$d of %2$d pages only: fetch "
                                                    "all of them with a larger pageSize."),
                 outcome->page_count, outcome->pages);
    say(teller);
}

/* What the user has said of headings is said again, since everything hangs on it. */
static void say_maps(struct teller *teller)
{
    static const struct {
        const char *field, *word;
    } words[] = { { "oid", N_("the OID code") }, { "name", N_("the name") } };

    for (const char *const *map = teller->outcome->maps; *map; map++) {
        const char *equal = strrchr(*map, '='), *word = equal + 1;
        for (size_t i = 0; i < countof(words); i++)
            if (strcmp(equal + 1, words[i].field) == 0)
                word = tr_text(teller->tr, words[i].word);
        buf_addf(&teller->text, "%s ", tr_text(teller->tr, "Read as you said:"));
        buf_add_n(&teller->text, *map, (size_t)(equal - *map));
        buf_addf(&teller->text, " = %s", word);
        say(teller);
    }
}

static void say_unknown(struct teller *teller)
{
    const struct register_outcome *outcome = teller->outcome;
    int count = 0;

    for (size_t i = 0; i < outcome->heading_count; i++) {
        if (outcome->known[i] || !*outcome->headings[i])
            continue;
        if (count == 0)
            buf_addf(&teller->text, "%s ", tr_text(teller->tr, "Columns that were not read:"));
        buf_addf(&teller->text, "%s%s", count++ ? ", " : "", outcome->headings[i]);
    }
    say(teller);
}

static void say_remarks(struct teller *teller)
{
    const struct register_outcome *outcome = teller->outcome;
    int rest;

    for (int i = 0; i < outcome->remark_count && i < REGISTER_REMARKS_KEPT; i++) {
        const struct register_remark *remark = &outcome->remarks[i];
        if (outcome->entries)
            buf_addf(&teller->text, tr_text(teller->tr, "%s, entry %d: %s"), outcome->file,
                     remark->line, remark->text);
        else
            buf_addf(&teller->text, "%s:%d: %s", outcome->file, remark->line, remark->text);
        say(teller);
    }
    rest = outcome->remark_count - REGISTER_REMARKS_KEPT;
    say_count(teller, tr_plural(teller->tr, "%d more remark of this kind.",
                                "%d more remarks of this kind.", (unsigned long)rest), rest);
}

void register_outcome_tell(const struct register_outcome *outcome, int today, const struct tr *tr,
                           void (*each)(void *data, const char *text), void *data)
{
    struct teller teller = { outcome, tr, each, data, BUF_INIT };

    say_count(&teller, tr_plural(tr, "%d row is in the register now.",
                                 "%d rows are in the register now.",
                                 (unsigned long)outcome->rows), outcome->rows);
    say_age(&teller, today);
    say_pages(&teller);
    say_count(&teller, tr_plural(tr, "%d row was left out.", "%d rows were left out.",
                                 (unsigned long)outcome->left_out), outcome->left_out);
    say_count(&teller, tr_plural(tr, "%d row has something doubtful.",
                                 "%d rows have something doubtful.",
                                 (unsigned long)outcome->doubtful), outcome->doubtful);
    say_maps(&teller);
    say_unknown(&teller);
    say_remarks(&teller);
    buf_free(&teller.text);
}

/* ---- the question ---- */

void register_missing_question(const struct register_outcome *outcome, const struct tr *tr,
                               struct buf *out)
{
    bool oid = outcome->missing && strcmp(outcome->missing, "oid") == 0;

    buf_add(out, tr_text(tr, oid ? N_("No heading of the file is known to mean the OID code of a "
                                      "unit. Which of them does?")
                                 : N_("No heading of the file is known to mean the name of a "
                                      "unit. Which of them does?")));
}

size_t register_missing_choices(const struct register_outcome *outcome, size_t *order)
{
    size_t count = 0;

    for (size_t i = 0; i < outcome->heading_count; i++)
        if (!outcome->known[i] && *outcome->headings[i])
            order[count++] = i;
    return count;
}

void register_heading_text(const struct register_outcome *outcome, size_t heading,
                           const struct tr *tr, struct buf *out)
{
    const char *example = outcome->examples[heading];

    if (example)
        buf_addf(out, tr_text(tr, "%1$s (for example %2$s)"), outcome->headings[heading], example);
    else
        buf_addf(out, tr_text(tr, "%s (empty in the first row)"), outcome->headings[heading]);
}
