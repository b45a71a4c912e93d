/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sections made of answers, and of the facts that the questions rely on.
 *
 * A section names what it wants by ids of tasks, report sections, repeats or single items. One walk
 * visits all items that an id stands for, in the order of asking: first those outside repeats, then
 * each repeat row by row, so that nothing seems to belong to the row printed before it.
 */
#include "out/doc_sections.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/facts.h"
#include "core/plan.h"
#include "out/doc.h"

typedef void item_visit(struct build *build, const struct item *item, const char *row,
                        void *data);

struct walk {
    struct build *build;
    item_visit *visit;
    void *data;
    const char *const *of;    /* NULL: everything */
    size_t *owners;           /* by item: the index in `of` of the id that stands for it */
    size_t at;                /* index in `of` of the id being walked */
    int row_level;            /* heading level of rows, 0 = no headings */
};

static const size_t nobody = SIZE_MAX;

/* What an id of a section stands for: a task, an item with what is in it, or a report section. */
struct pick {
    const struct task *task;
    const struct item *item;
    const char *section;
};

static bool picks(const struct pick *pick, const struct item *item)
{
    const char *section = item->report_section;
    if (pick->task != NULL)
        return item->form == pick->task->form;
    if (pick->item != NULL)
        return item == pick->item || item->repeat == pick->item;
    if (section == NULL && item->repeat != NULL)
        section = item->repeat->report_section;
    return section != NULL && strcmp(section, pick->section) == 0;
}

/* An item that two ids of one section stand for appears with the first. */
static void find_owners(struct walk *walk)
{
    const struct schema *schema = walk->build->plan->schema;
    walk->owners = xcalloc(schema->item_count + 1, sizeof walk->owners[0]);
    for (size_t i = 0; i < schema->item_count; i++)
        walk->owners[i] = nobody;
    for (size_t n = 0; walk->of != NULL && walk->of[n] != NULL; n++) {
        struct pick pick = { schema_task(schema, walk->of[n]), schema_item(schema, walk->of[n]),
                             walk->of[n] };
        for (size_t i = 0; i < schema->item_count; i++)
            if (walk->owners[i] == nobody && picks(&pick, schema->items[i]))
                walk->owners[i] = n;
    }
}

static bool is_picked(const struct walk *walk, const struct item *item)
{
    return walk->of == NULL || walk->owners[item->index] == walk->at;
}

/* A repeat that the document shows as a table is not printed row by row as well. */
static bool has_table(const struct build *build, const struct item *repeat)
{
    for (size_t i = 0; i < build->document->section_count; i++) {
        const struct doc_section *section = &build->document->sections[i];
        if (section->show == SHOW_TABLE && section->of != NULL && section->of[0] != NULL
            && strcmp(section->of[0], repeat->id) == 0)
            return true;
    }
    return false;
}

/* "Service unit 2: Koivukoti", or without the name when the row has none. */
static void add_row_heading(const struct walk *walk, const struct item *repeat, const char *row)
{
    const struct plan *plan = walk->build->plan;
    struct buf heading = BUF_INIT, name = BUF_INIT;
    buf_addf(&heading, "%s %d", text_get(&repeat->item_label, walk->build->tr->lang),
             answers_row_position(plan->answers, repeat, row) + 1);
    plan_row_name(plan, repeat, row, walk->build->tr, &name);
    if (strcmp(heading.text, name.text) != 0)
        buf_addf(&heading, ": %s", name.text);
    doc_section(walk->build->doc, walk->row_level, heading.text);
    buf_free(&heading);
    buf_free(&name);
}

static void walk_row(struct walk *walk, const struct item *repeat, const char *row)
{
    struct doc *doc = walk->build->doc;
    size_t begin = doc->count;
    if (walk->row_level > 0)
        add_row_heading(walk, repeat, row);
    size_t heading_end = doc->count;
    for (size_t i = 0; i < repeat->item_count; i++)
        if (is_picked(walk, &repeat->items[i]))
            walk->visit(walk->build, &repeat->items[i], row, walk->data);
    if (doc->count == heading_end)
        doc_cut(doc, begin);
}

/* Whether the section shows anything of the rows: if not, no row need be looked at. */
static bool picks_any(const struct walk *walk, const struct item *repeat)
{
    for (size_t i = 0; i < repeat->item_count; i++)
        if (is_picked(walk, &repeat->items[i]))
            return true;
    return false;
}

static void walk_repeat(struct walk *walk, const struct item *repeat)
{
    const struct answers *answers = walk->build->plan->answers;
    if (walk->row_level > 0 && has_table(walk->build, repeat))
        return;
    if (!picks_any(walk, repeat) || !engine_is_relevant(walk->build->plan->engine, repeat, NULL))
        return;
    for (size_t i = 0; i < answers_row_count(answers, repeat); i++)
        walk_row(walk, repeat, answers_row_at(answers, repeat, i)->key);
}

static void walk_items(struct walk *walk, bool repeats)
{
    const struct schema *schema = walk->build->plan->schema;
    for (size_t i = 0; i < schema->item_count; i++) {
        const struct item *item = schema->items[i];
        if (item->repeat != NULL)
            continue;
        if (repeats && item->type == ITEM_REPEAT)
            walk_repeat(walk, item);
        else if (!repeats && item->type != ITEM_REPEAT && is_picked(walk, item))
            walk->visit(walk->build, item, NULL, walk->data);
    }
}

static void walk_both(struct walk *walk)
{
    walk_items(walk, false);
    walk_items(walk, true);
}

/* ---- answers ---- */

/* Relevant and of a type that has a value; the answer itself may be missing. */
static const struct cell *cell_shown(const struct build *build, const struct item *item,
                                     const char *row)
{
    if (item_type_column(item->type) == NULL
        || !engine_is_relevant(build->plan->engine, item, row))
        return NULL;
    return answers_cell(build->plan->answers, item, row);
}

static const char *answer_note(const struct build *build, const struct item *item,
                               const char *row, const struct cell *cell)
{
    if (build_is_unsure(build, item, row))
        return tr_text(build->tr, "open point: find this out");
    if (cell->problem != CELL_FINE)
        return tr_text(build->tr, "to be corrected");
    return NULL;
}

/* The answer as shown; nothing for "I do not know". False when there is nothing to print. */
static bool answer_value(const struct build *build, const struct item *item, const char *row,
                         const struct cell *cell, struct buf *out)
{
    if (!build_is_unsure(build, item, row))
        plan_show(build->plan, item, row, build->tr, out);
    return out->length > 0 || cell->required || build_is_unsure(build, item, row);
}

static void add_answer(struct build *build, const struct item *item, const char *row, void *data)
{
    const struct cell *cell = cell_shown(build, item, row);
    struct buf name = BUF_INIT, value = BUF_INIT;
    (void)data;
    if (cell != NULL && answer_value(build, item, row, cell, &value)) {
        build_item_name(build, item, &name);
        if (build_is_unsure(build, item, row))
            buf_add(&value, tr_text(build->tr, "not known"));
        doc_field(build->doc, name.text, value.text, answer_note(build, item, row, cell));
    }
    buf_free(&name);
    buf_free(&value);
}

/* Several tasks in one section get a heading each. */
static bool gets_heading(const struct build *build, const struct doc_section *section, size_t at)
{
    return schema_task(build->plan->schema, section->of[at]) != NULL
           && (at > 0 || section->of[1] != NULL);
}

void show_answers(struct build *build, const struct doc_section *section)
{
    struct walk walk = { .build = build, .visit = add_answer, .of = section->of };
    find_owners(&walk);
    for (; section->of != NULL && section->of[walk.at] != NULL; walk.at++) {
        size_t begin = build->doc->count;
        bool heading = gets_heading(build, section, walk.at);
        if (heading) {
            struct buf name = BUF_INIT;
            build_task_name(build, schema_task(build->plan->schema, section->of[walk.at]), &name);
            doc_section(build->doc, 2, name.text);
            buf_free(&name);
        }
        walk.row_level = heading ? 3 : 2;
        walk_both(&walk);
        if (heading && build->doc->count == begin + 1)
            doc_cut(build->doc, begin);
    }
    free(walk.owners);
}

/* ---- worksheet ---- */

/* Where the value comes from: the task in which it was answered. */
static void origin_text(const struct build *build, const struct item *item, struct buf *out)
{
    const struct task *task = schema_task_of(build->plan->schema, item);
    if (task != NULL)
        build_task_name(build, task, out);
}

static bool is_contact_data(const struct item *item)
{
    return item->type == ITEM_TEXT || item->type == ITEM_EMAIL || item->type == ITEM_PHONE;
}

/* Below a person's name: title, e-mail and phone, each ready to be copied. */
static void add_row_details(struct build *build, const struct item *item, const char *row)
{
    const char *key = engine_value(build->plan->engine, item, row);
    if (item->type != ITEM_ROW || item->target == NULL || key == NULL)
        return;
    for (size_t i = 0; i < item->target->item_count; i++) {
        const struct item *detail = &item->target->items[i];
        struct buf name = BUF_INIT, value = BUF_INIT;
        if (is_contact_data(detail) && detail != item->target_show)
            plan_show(build->plan, detail, key, build->tr, &value);
        if (value.length > 0) {
            buf_add(&name, "\u2013 ");
            build_item_name(build, detail, &name);
            doc_copy_field(build->doc, name.text, value.text, NULL);
        }
        buf_free(&name);
        buf_free(&value);
    }
}

static void add_worksheet_field(struct build *build, const struct item *item, const char *row,
                                void *data)
{
    const struct cell *cell = cell_shown(build, item, row);
    struct buf name = BUF_INIT, value = BUF_INIT, origin = BUF_INIT;
    (void)data;
    if (cell != NULL && answer_value(build, item, row, cell, &value)) {
        build_item_name(build, item, &name);
        origin_text(build, item, &origin);
        doc_copy_field(build->doc, name.text, value.text, origin.text);
        add_row_details(build, item, row);
    }
    buf_free(&name);
    buf_free(&value);
    buf_free(&origin);
}

/* What has to be found before this part can be typed in. */
static void add_missing(struct build *build, const struct item *item, const char *row, void *data)
{
    const struct cell *cell = cell_shown(build, item, row);
    struct buf line = BUF_INIT;
    (void)data;
    if (cell == NULL)
        return;
    bool unsure = build_is_unsure(build, item, row);
    bool missing = cell->required && cell->value == NULL && item->calculate.sql == NULL;
    if (missing || unsure || cell->problem != CELL_FINE) {
        struct place place = { item, row };
        build_place_name(build, &place, &line);
        if (unsure)
            buf_addf(&line, " \u2013 %s", tr_text(build->tr, "not known"));
        else if (cell->problem != CELL_FINE)
            buf_addf(&line, " \u2013 %s", tr_text(build->tr, "to be corrected"));
        doc_list_item(build->doc, line.text);
    }
    buf_free(&line);
}

static void missing_list(struct build *build, struct walk walk)
{
    size_t begin = build->doc->count;
    doc_section(build->doc, 2, tr_text(build->tr, "Still missing"));
    walk.visit = add_missing;
    walk.row_level = 0;
    for (walk.at = 0; walk.of[walk.at] != NULL; walk.at++)
        walk_both(&walk);
    if (build->doc->count > begin + 1)
        return;
    doc_cut(build->doc, begin);
    doc_paragraph(build->doc, tr_text(build->tr, "Nothing is missing here."));
}

void show_worksheet(struct build *build, const struct doc_section *section)
{
    size_t begin = build->doc->count;
    struct walk walk = {
        .build = build, .visit = add_worksheet_field, .of = section->of, .row_level = 2
    };
    if (section->of == NULL)
        return;
    find_owners(&walk);
    for (; section->of[walk.at] != NULL; walk.at++)
        walk_both(&walk);
    if (build->doc->count > begin)
        missing_list(build, walk);
    free(walk.owners);
}

/* ---- facts ---- */

struct fact_list {
    const struct fact **at;
    size_t count, room;
    bool *seen;               /* by item: its texts have been read in one row or another */
};

static void note_fact(void *data, const struct fact *fact)
{
    struct fact_list *list = data;
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i] == fact)
            return;
    list->at = vec_room(list->at, &list->room, list->count + 1, sizeof list->at[0]);
    list->at[list->count++] = fact;
}

static void note_text(const struct build *build, const char *text, struct fact_list *list)
{
    if (text != NULL)
        fact_each(build->plan->schema, text, note_fact, list);
}

static void note_item_facts(struct build *build, const struct item *item, const char *row,
                            void *data)
{
    const struct text *const texts[] = {
        &item->label, &item->hint, &item->guidance, &item->source.title,
    };
    struct fact_list *list = data;
    if (list->seen[item->index] || !engine_is_relevant(build->plan->engine, item, row))
        return;
    list->seen[item->index] = true;
    for (size_t i = 0; i < countof(texts); i++)
        note_text(build, text_get(texts[i], build->tr->lang), data);
    note_text(build, item->source.url, data);
}

/* What to do about it, and where. */
static const char *confidence_word(const struct build *build, const struct fact_look *look)
{
    if (look->check && look->note == NULL)
        return tr_text(build->tr, "check this yourself");
    if (look->check)
        return tr_text(build->tr, fact_confidence(look));
    return look->data->confidence == 'H' ? tr_text(build->tr, "confirmed")
                                         : tr_text(build->tr, "older source");
}

/* "confirmed, 2020; source: slide set" */
static void fact_remark(const struct build *build, const struct fact_look *look, struct buf *out)
{
    if (look->note != NULL) {
        fact_checked(look, build->tr, out);
        buf_addf(out, "; %s: ", tr_text(build->tr, "The program's data"));
        fact_value(look->data, build->tr, out);
        buf_add(out, "; ");
    }
    if (look->check || look->note == NULL)
        buf_addf(out, "%s%s", confidence_word(build, look),
                 look->data->source_date == NULL ? "" : ", ");
    if (look->data->source_date != NULL)
        fact_day(look->data->source_date, build->tr, out);
    if (look->data->source != NULL) {
        buf_addf(out, "; %s ", tr_text(build->tr, "source:"));
        fact_sources(look->data, build->tr, out);
    }
}

static void add_fact(struct build *build, const struct fact *named)
{
    struct buf value = BUF_INIT, remark = BUF_INIT;
    struct fact_look look;
    fact_look(answers_notes(build->plan->answers), named, build->plan->today, &look);
    fact_value(&look.shown, build->tr, &value);
    fact_remark(build, &look, &remark);
    doc_field(build->doc, text_get(&look.data->subject, build->tr->lang), value.text, remark.text);
    buf_free(&value);
    buf_free(&remark);
}

void show_facts(struct build *build, const struct doc_section *section)
{
    struct fact_list list = { 0 };
    bool all = section->of == NULL || section->of[0] == NULL;
    struct walk walk = {
        .build = build, .visit = note_item_facts, .data = &list, .of = all ? NULL : section->of
    };
    list.seen = xcalloc(build->plan->schema->item_count + 1, sizeof list.seen[0]);
    find_owners(&walk);
    if (all)
        walk_both(&walk);
    for (; !all && section->of[walk.at] != NULL; walk.at++)
        walk_both(&walk);
    for (size_t i = 0; i < list.count; i++)
        add_fact(build, list.at[i]);
    free(list.at);
    free(list.seen);
    free(walk.owners);
}
