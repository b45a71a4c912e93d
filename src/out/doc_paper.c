/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Paper to hand out: what each person has to do, and the questions with room for answers.
 */
#include "out/doc_sections.h"

#include <string.h>

#include "base/buf.h"
#include "base/tr.h"
#include "core/plan.h"
#include "out/doc.h"

/* ---- duties ---- */

/* An answer that gives somebody something to do. Those that tell whose row it is do not, nor do
 * those that the section names as its columns. */
static bool is_duty(const struct doc_section *section, const struct item *item,
                    const struct item *repeat)
{
    if (item->type != ITEM_ROW || item->target != repeat || item->repeat == repeat)
        return false;
    for (const char **id = section->columns; id != NULL && *id != NULL; id++)
        if (strcmp(*id, item->id) == 0)
            return false;
    return item->repeat == NULL || item != &item->repeat->items[0];
}

static bool points_to(const struct build *build, const struct item *item, const char *row,
                      const char *key)
{
    const char *value = engine_value(build->plan->engine, item, row);
    return value != NULL && strcmp(value, key) == 0;
}

/* The rows in which the answer points to `key`, by name; each name once. Returns how many there
 * are. */
static size_t duty_rows(const struct build *build, const struct item *item, const char *key,
                        struct buf *out)
{
    const struct answers *answers = build->plan->answers;
    size_t count = 0;
    for (size_t i = 0; i < answers_row_count(answers, item->repeat); i++) {
        const char *row = answers_row_at(answers, item->repeat, i)->key;
        struct buf name = BUF_INIT;
        if (!points_to(build, item, row, key))
            continue;
        count++;
        plan_row_name(build->plan, item->repeat, row, build->tr, &name);
        if (strstr(out->text, name.text) == NULL)
            buf_addf(out, "%s%s", out->length > 0 ? ", " : "", name.text);
        buf_free(&name);
    }
    return count;
}

/* A line of the list that has begun at the block `begin`, unless it is there. */
static void add_duty(struct build *build, size_t begin, const char *line)
{
    for (size_t i = begin + 1; i < build->doc->count; i++)
        if (strcmp(build->doc->blocks[i].text, line) == 0)
            return;
    doc_list_item(build->doc, line);
}

/* "Archivist", or with the rows that it is in: "In charge (Training): Law, Recording". */
static void add_duties(struct build *build, const struct doc_section *section,
                       const struct item *repeat, const char *key)
{
    const struct schema *schema = build->plan->schema;
    size_t begin = build->doc->count - 1;
    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        struct buf line = BUF_INIT, rows = BUF_INIT;
        if (!is_duty(section, item, repeat))
            continue;
        build_item_name(build, item, &line);
        bool has = item->repeat == NULL ? points_to(build, item, NULL, key)
                                        : duty_rows(build, item, key, &rows) > 0;
        if (rows.length > 0)
            buf_addf(&line, " (%s): %s",
                     text_get(&item->repeat->item_label, build->tr->lang), rows.text);
        if (has)
            add_duty(build, begin, line.text);
        buf_free(&line);
        buf_free(&rows);
    }
}

/* For each row of the repeat what other answers give it to do; rows without duties are left out. */
void show_duties(struct build *build, const struct doc_section *section)
{
    const struct answers *answers = build->plan->answers;
    const struct item *repeat =
        section->of == NULL ? NULL : schema_item(build->plan->schema, section->of[0]);
    if (repeat == NULL || repeat->type != ITEM_REPEAT)
        return;
    for (size_t r = 0; r < answers_row_count(answers, repeat); r++) {
        const char *key = answers_row_at(answers, repeat, r)->key;
        size_t begin = build->doc->count;
        struct buf name = BUF_INIT;
        plan_row_name(build->plan, repeat, key, build->tr, &name);
        doc_section(build->doc, 2, name.text);
        add_duties(build, section, repeat, key);
        if (build->doc->count == begin + 1)
            doc_cut(build->doc, begin);
        buf_free(&name);
    }
}

/* ---- questions ---- */

static bool is_asked(const struct item *item)
{
    return item_type_holds_answer(item->type) && item->calculate.sql == NULL && !item->read_only;
}

static void add_choice(struct build *build, const char *text)
{
    doc_checkbox(build->doc, false, text);
}

/* Boxes to tick for a choice, else a line to write on, or a few. */
static void add_question(struct build *build, const struct item *item)
{
    enum { LONG_LINES = 4 };
    struct buf label = BUF_INIT, hint = BUF_INIT;

    plan_text(build->plan, &item->label, build->tr, &label);
    build_text(build, &item->hint, &hint);
    const char *note = hint.length > 0 ? hint.text : NULL;
    if (item->type == ITEM_YESNO || item->list != NULL) {
        doc_question(build->doc, label.text, note);
        if (item->type == ITEM_YESNO) {
            add_choice(build, tr_text(build->tr, "yes"));
            add_choice(build, tr_text(build->tr, "no"));
        }
        for (size_t i = 0; item->list != NULL && i < item->list->choice_count; i++)
            add_choice(build, text_get(&item->list->choices[i].label, build->tr->lang));
        if (item->unsure)
            add_choice(build, tr_text(build->tr, "I do not know yet"));
    } else {
        doc_blank_field(build->doc, label.text, item->type == ITEM_LONGTEXT ? LONG_LINES : 1, note);
    }
    buf_free(&label);
    buf_free(&hint);
}

/* A repeat is asked once; further rows are copied from the page. */
static void add_repeat(struct build *build, const struct item *repeat)
{
    struct buf label = BUF_INIT;

    plan_text(build->plan, &repeat->label, build->tr, &label);
    doc_section(build->doc, 3, label.text);
    doc_paragraph(build->doc, tr_text(build->tr, "Fill in one page for each. Copy the page when it "
                                                 "does not suffice."));
    for (size_t i = 0; i < repeat->item_count; i++)
        if (is_asked(&repeat->items[i]))
            add_question(build, &repeat->items[i]);
    buf_free(&label);
}

static void add_page(struct build *build, const struct page *page)
{
    size_t begin = build->doc->count;
    struct buf text = BUF_INIT;

    plan_text(build->plan, &page->title, build->tr, &text);
    doc_section(build->doc, 2, text.text);
    buf_clear(&text);
    build_text(build, &page->why, &text);
    if (text.length > 0)
        doc_paragraph(build->doc, text.text);
    size_t heading_end = build->doc->count;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        if (item->type == ITEM_REPEAT)
            add_repeat(build, item);
        else if (is_asked(item))
            add_question(build, item);
    }
    if (build->doc->count == heading_end)
        doc_cut(build->doc, begin);
    buf_free(&text);
}

/* Every question of the tasks that the section names, whatever the answers so far. */
void show_questions(struct build *build, const struct doc_section *section)
{
    for (size_t i = 0; section->of != NULL && section->of[i] != NULL; i++) {
        const struct form *form = schema_form(build->plan->schema, section->of[i]);
        for (size_t p = 0; form != NULL && p < form->page_count; p++)
            add_page(build, &form->pages[p]);
    }
}

/* ---- checklists ---- */

/* What is checked, with a first column for what tells the rows apart. */
static size_t check_headings(struct build *build, const struct doc_section *section,
                             const struct item *repeat)
{
    size_t count = 1;
    while (section->columns != NULL && section->columns[count - 1] != NULL)
        count++;
    doc_table(build->doc, BLOCK_TABLE, NULL, NULL, count);
    for (size_t i = 0; i < count; i++) {
        const struct item *item = i == 0 ? &repeat->items[0]
                                         : schema_item(build->plan->schema, section->columns[i - 1]);
        struct buf name = BUF_INIT;
        if (item != NULL)
            build_item_name(build, item, &name);
        doc_cell(build->doc, name.text);
        buf_free(&name);
    }
    doc_write_in(build->doc);
    return count;
}

/* A line to write on for each row whose `item` points to the row `key`; with "" for those that
 * point to none. Nothing when there are none. */
static void add_checks(struct build *build, const struct doc_section *section,
                       const struct item *item, const char *key)
{
    const struct answers *answers = build->plan->answers;
    size_t columns = 0;

    for (size_t i = 0; i < answers_row_count(answers, item->repeat); i++) {
        const char *row = answers_row_at(answers, item->repeat, i)->key;
        const char *value = engine_value(build->plan->engine, item, row);
        struct buf name = BUF_INIT;
        if (strcmp(value != NULL ? value : "", key) != 0)
            continue;
        if (columns == 0)
            columns = check_headings(build, section, item->repeat);
        plan_row_name(build->plan, item->repeat, row, build->tr, &name);
        doc_cell(build->doc, name.text);
        for (size_t c = 1; c < columns; c++)
            doc_cell(build->doc, "");
        buf_free(&name);
    }
}

static void add_check_place(struct build *build, const struct doc_section *section,
                            const struct item *item, const char *key, const char *title)
{
    size_t begin = build->doc->count;

    doc_section(build->doc, 2, title);
    add_checks(build, section, item, key);
    if (build->doc->count == begin + 1)
        doc_cut(build->doc, begin);
}

/* The places one after the other, and last what has none. */
void show_checklist(struct build *build, const struct doc_section *section)
{
    const struct answers *answers = build->plan->answers;
    const struct item *item =
        section->of == NULL ? NULL : schema_item(build->plan->schema, section->of[0]);
    struct buf name = BUF_INIT;

    if (item == NULL || item->type != ITEM_ROW || item->repeat == NULL)
        return;
    for (size_t i = 0; i < answers_row_count(answers, item->target); i++) {
        const char *key = answers_row_at(answers, item->target, i)->key;
        buf_clear(&name);
        plan_row_name(build->plan, item->target, key, build->tr, &name);
        add_check_place(build, section, item, key, name.text);
    }
    buf_clear(&name);
    build_item_name(build, item, &name);
    buf_addf(&name, ": %s", tr_text(build->tr, "not answered"));
    add_check_place(build, section, item, "", name.text);
    buf_free(&name);
}
