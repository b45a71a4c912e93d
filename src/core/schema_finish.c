/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Joining a schema: items are numbered, ids indexed, references resolved.
 *
 * A loader stores a reference to another thing as a placeholder: a list, task, phase or
 * item of which only id and place are filled in. schema_finish() puts the real thing in
 * its stead.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/activity.h"
#include "core/card_data.h"
#include "core/outlines.h"
#include "core/problems.h"
#include "core/requirement.h"
#include "core/rights_data.h"
#include "core/schema_index.h"
#include "core/versions.h"

struct finish {
    struct schema *schema;
    struct schema_index *index;
    struct problems out;
};

static void insert(struct finish *f, struct id_table *table, const char *id, const void *thing,
                   const struct where *where)
{
    const struct where *other = *id ? id_table_put(table, id, thing, where) : NULL;

    if (other)
        problems_add(&f->out, where, "the id \"%s\" is already used at %s:%d", id, other->file,
                     other->line);
}

static const void *resolve(struct finish *f, const struct id_table *table, const char *id,
                           const struct where *where, const char *kind)
{
    const void *thing = id_table_find(table, id, strlen(id));

    if (thing)
        return thing;
    const char **ids = xcalloc(table->mask + 1, sizeof ids[0]);
    size_t count = 0;
    for (size_t i = 0; i <= table->mask; i++)
        if (table->slots[i].id)
            ids[count++] = table->slots[i].id;
    const char *nearest = schema_nearest(id, ids, count);
    problems_add(&f->out, where,
                 nearest ? "unknown %s \"%s\"; did you mean \"%s\"?" : "unknown %s \"%s\"",
                 kind, id, nearest);
    free(ids);
    return NULL;
}

/* Position of the form's task; forms without a task come last. */
static size_t form_position(const struct schema *schema, const struct form *form)
{
    for (size_t i = 0; i < schema->task_count; i++)
        if (strcmp(schema->tasks[i].id, form->id) == 0)
            return i;
    return schema->task_count;
}

struct ordered_form {
    struct form form;
    size_t position;
};

static int compare_forms(const void *left, const void *right)
{
    const struct ordered_form *a = left, *b = right;

    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return strcmp(a->form.id, b->form.id);
}

/* Questions are asked in the order of the task list, whatever the files are called. */
static void sort_forms(struct schema *schema)
{
    struct ordered_form *order = xcalloc(schema->form_count + 1, sizeof order[0]);

    for (size_t i = 0; i < schema->form_count; i++)
        order[i] = (struct ordered_form){ schema->forms[i],
                                          form_position(schema, &schema->forms[i]) };
    qsort(order, schema->form_count, sizeof order[0], compare_forms);
    for (size_t i = 0; i < schema->form_count; i++) {
        schema->forms[i] = order[i].form;
        schema->forms[i].index = i;
    }
    free(order);
}

/* Those without a place of their own come last. */
static int compare_documents(const void *left, const void *right)
{
    const struct document *a = left, *b = right;

    if (!a->order != !b->order)
        return a->order ? -1 : 1;
    return a->order != b->order ? a->order - b->order : strcmp(a->id, b->id);
}

static size_t count_items(const struct item *items, size_t count)
{
    size_t sum = count;

    for (size_t i = 0; i < count; i++)
        sum += count_items(items[i].items, items[i].item_count);
    return sum;
}

static size_t count_was(const struct item *items, size_t count)
{
    size_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        for (const char **was = items[i].was; was && *was; was++)
            sum++;
        sum += count_was(items[i].items, items[i].item_count);
    }
    return sum;
}

/* An item becomes a column beside those that the program adds itself; `clock` is kept for later. A
 * repeat is a table, and a form may become one. */
static void check_name(struct finish *f, const struct item *item)
{
    static const char *const reserved[] = { "today", "clock", "row_key", "row_no", "rowid" };

    for (size_t i = 0; i < countof(reserved); i++)
        if (strcmp(reserved[i], item->id) == 0)
            problems_add(&f->out, &item->where, "the id \"%s\" is reserved", item->id);
    if (item->type == ITEM_REPEAT && schema_form(f->schema, item->id))
        problems_add(&f->out, &item->where, "a repeat cannot have the id of a form");
}

static void number_items(struct finish *f, struct item *items, size_t count,
                         const struct page *page, const struct item *repeat)
{
    struct schema *schema = f->schema;

    for (size_t i = 0; i < count; i++) {
        struct item *item = &items[i];
        item->page = page;
        item->form = page->form;
        item->repeat = repeat;
        item->index = schema->item_count;
        schema->items[schema->item_count++] = item;
        insert(f, &f->index->items, item->id, item, &item->where);
        check_name(f, item);
        number_items(f, item->items, item->item_count, page, item);
    }
}

static void number_pages(struct finish *f, struct form *form)
{
    for (size_t i = 0; i < form->page_count; i++) {
        struct page *page = &form->pages[i];
        page->form = form;
        page->index = i;
        number_items(f, page->items, page->item_count, page, NULL);
    }
}

static void index_items(struct finish *f)
{
    struct schema *schema = f->schema;
    size_t count = 0, was_count = 0;

    for (size_t i = 0; i < schema->form_count; i++)
        for (size_t j = 0; j < schema->forms[i].page_count; j++) {
            const struct page *page = &schema->forms[i].pages[j];
            count += count_items(page->items, page->item_count);
            was_count += count_was(page->items, page->item_count);
        }
    schema->item_count = 0;
    schema->items = arena_alloc(schema->arena, count + 1, sizeof schema->items[0]);
    id_table_start(&f->index->items, schema->arena, count + was_count);
    for (size_t i = 0; i < schema->form_count; i++)
        number_pages(f, &schema->forms[i]);
    /* Earlier ids after all present ones, so that the earlier id is the one that is at fault. */
    for (size_t i = 0; i < schema->item_count; i++)
        for (const char **was = schema->items[i]->was; was && *was; was++)
            insert(f, &f->index->items, *was, schema->items[i], &schema->items[i]->where);
}

/* The arrays that are indexed alike: id and where by their offsets. */
static const struct indexed {
    size_t items, count, table, size, id, where;
} indexed[] = {
#define AS_INDEXED(array, counter, type) \
    { offsetof(struct schema, array), offsetof(struct schema, counter), \
      offsetof(struct schema_index, array), sizeof(struct type), offsetof(struct type, id), \
      offsetof(struct type, where) }
    AS_INDEXED(forms, form_count, form),
    AS_INDEXED(tasks, task_count, task),
    AS_INDEXED(phases, phase_count, phase),
    AS_INDEXED(lists, list_count, list),
    AS_INDEXED(rules, rule_count, rule),
    AS_INDEXED(facts, fact_count, fact),
    AS_INDEXED(terms, term_count, gloss),
    AS_INDEXED(documents, document_count, document),
    AS_INDEXED(imports, import_count, import_kind),
    AS_INDEXED(outlines, outline_count, outline),
#undef AS_INDEXED
};

static void index_array(struct finish *f, const struct indexed *row)
{
    const char *schema = (const char *)f->schema;
    const char *items = *(char *const *)(const void *)(schema + row->items);
    size_t count = *(const size_t *)(const void *)(schema + row->count);
    struct id_table *table = (struct id_table *)(void *)((char *)f->index + row->table);

    id_table_start(table, f->schema->arena, count);
    for (size_t i = 0; i < count; i++) {
        const char *thing = items + i * row->size;
        insert(f, table, *(const char *const *)(const void *)(thing + row->id), thing,
               (const struct where *)(const void *)(thing + row->where));
    }
}

static void resolve_row(struct finish *f, struct item *item)
{
    const struct id_table *items = &f->index->items;

    if (item->of)
        item->target = resolve(f, items, item->of, &item->where, "repeat");
    if (item->target && item->target->type != ITEM_REPEAT) {
        problems_add(&f->out, &item->where, "\"of\" names \"%s\", which is no repeat", item->of);
        item->target = NULL;
    }
    if (item->show)
        item->target_show = resolve(f, items, item->show, &item->where, "item");
    if (item->target && item->target_show && item->target_show->repeat != item->target) {
        problems_add(&f->out, &item->where,
                     "\"show\" names \"%s\", which is not in the repeat \"%s\"", item->show,
                     item->of);
        item->target_show = NULL;
    }
}

/* An item of the repeat that takes what a ready-made row says. */
static const struct item *resolve_taker(struct finish *f, const struct item *repeat, const char *id)
{
    const struct starter *starter = repeat->starter;
    const struct item *item =
        id ? resolve(f, &f->index->items, id, &starter->where, "item") : NULL;

    if (item && item->repeat != repeat)
        problems_add(&f->out, &starter->where, "the item \"%s\" is not in the repeat \"%s\"", id,
                     repeat->id);
    return item && item->repeat == repeat ? item : NULL;
}

static void resolve_starter(struct finish *f, const struct item *repeat)
{
    struct starter *starter = repeat->starter;

    starter->list = resolve(f, &f->index->lists, starter->list->id, &starter->where, "list");
    starter->name = resolve_taker(f, repeat, starter->name_id);
    starter->text = resolve_taker(f, repeat, starter->text_id);
}

static void resolve_map(struct finish *f, struct item *repeat)
{
    size_t count = 0;

    for (; repeat->map_ids[count] && count < countof(repeat->map); count++) {
        const char *id = repeat->map_ids[count];
        const struct item *item = resolve(f, &f->index->items, id, &repeat->where, "item");
        if (item && (item->repeat != repeat || item->type != ITEM_ONE))
            problems_add(&f->out, &repeat->where, "\"map\": \"%s\" is no choice of the repeat", id);
        repeat->map[count] = item;
    }
    if (count < countof(repeat->map) || repeat->map_ids[count])
        problems_add(&f->out, &repeat->where, "\"map\" must name two items");
}

static void resolve_items(struct finish *f, struct item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct item *item = &items[i];
        if (item->list && !item->list->choices)
            item->list = resolve(f, &f->index->lists, item->list->id, &item->list->where, "list");
        if (item->type == ITEM_ROW)
            resolve_row(f, item);
        if (item->starter)
            resolve_starter(f, item);
        if (item->map_ids)
            resolve_map(f, item);
        resolve_items(f, item->items, item->item_count);
    }
}

/* The things of the table that `ids` name, NULL-terminated; `what` they are is for the message. */
static const void **resolve_all(struct finish *f, const struct id_table *table, const char **ids,
                                const struct where *where, const char *what)
{
    size_t count = 0, n = 0;

    while (ids && ids[count])
        count++;
    const void **found = arena_alloc(f->schema->arena, count + 1, sizeof found[0]);
    for (size_t i = 0; i < count; i++)
        if ((found[n] = resolve(f, table, ids[i], where, what)) != NULL)
            n++;
    return found;
}

static void resolve_task(struct finish *f, struct task *task)
{
    const struct schema_index *index = f->index;

    if (task->phase)
        task->phase = resolve(f, &index->phases, task->phase->id, &task->where, "phase");
    if (task->kind == TASK_FORM)
        task->form = resolve(f, &index->forms, task->id, &task->where, "form");
    task->depends = (const struct task **)resolve_all(f, &index->tasks, task->depend_ids,
                                                      &task->where, "task");
    task->open = (const struct rule **)resolve_all(f, &index->rules, task->open_ids,
                                                   &task->where, "rule");
    if (task->open[0] && task->kind != TASK_GATE)
        problems_add(&f->out, &task->where, "only a gate has \"open\"; \"%s\" is a form", task->id);
}

static void resolve_requirement(struct finish *f, struct requirement *of)
{
    const struct list *points = f->schema->requirements->points;

    for (const char **point = of->covers; points && point && *point; point++)
        if (!list_choice(points, *point))
            problems_add(&f->out, &of->where, "\"covers\": \"%s\" is not in the list \"%s\"",
                         *point, points->id);
    if (of->responsible_id)
        of->responsible = resolve(f, &f->index->items, of->responsible_id, &of->where, "item");
}

static void resolve_requirements(struct finish *f, struct requirements *all)
{
    if (!all)
        return;
    if (all->points_id)
        all->points = resolve(f, &f->index->lists, all->points_id, &all->where, "list");
    for (size_t i = 0; i < all->count; i++)
        resolve_requirement(f, &all->all[i]);
}

static void resolve_rule(struct finish *f, struct rule *rule)
{
    const struct schema_index *index = f->index;

    if (rule->requirement) {
        rule->task = schema_task_of(f->schema, rule->requirement->parts[REQUIREMENT_STATE]);
        if (!rule->task)
            problems_add(&f->out, &rule->where, "no task has the form of \"%s\"",
                         rule->requirement->id);
        return;
    }
    if (rule->task)
        rule->task = resolve(f, &index->tasks, rule->task->id, &rule->task->where, "task");
    if (rule->item)
        rule->item = resolve(f, &index->items, rule->item->id, &rule->item->where, "item");
    if (!rule->each)
        return;
    struct where where = rule->each->where;
    rule->each = resolve(f, &index->items, rule->each->id, &where, "repeat");
    if (rule->each && rule->each->type != ITEM_REPEAT)
        problems_add(&f->out, &where, "\"each\" names \"%s\", which is no repeat", rule->each->id);
}

/* The item that a placeholder names, provided that it can be given in a row of the repeat. */
static const struct item *resolve_given(struct finish *f, const struct item *named,
                                        const struct item *repeat)
{
    const struct where where = named->where;
    const struct item *item = resolve(f, &f->index->items, named->id, &where, "item");

    if (!item || !repeat)
        return item;
    if (item->repeat != repeat)
        problems_add(&f->out, &where, "the item \"%s\" is not in the repeat \"%s\"", item->id,
                     repeat->id);
    else if (!item_type_holds_answer(item->type) || item->calculate.sql || item->read_only)
        problems_add(&f->out, &where, "the item \"%s\" takes no answer", item->id);
    else
        return item;
    return NULL;
}

static void resolve_import(struct finish *f, struct import_kind *import)
{
    if (import->repeat) {
        const struct where where = import->repeat->where;
        import->repeat = resolve(f, &f->index->items, import->repeat->id, &where, "repeat");
        if (import->repeat && import->repeat->type != ITEM_REPEAT) {
            problems_add(&f->out, &where, "\"repeat\" names \"%s\", which is no repeat",
                         import->repeat->id);
            import->repeat = NULL;
        }
    }
    if (import->key)
        import->key = resolve_given(f, import->key, import->repeat);
    for (size_t i = 0; i < import->column_count; i++)
        if (import->columns[i].item)
            import->columns[i].item = resolve_given(f, import->columns[i].item, import->repeat);
}

static void resolve_control(struct finish *f, struct doc_control *control)
{
    if (!control)
        return;
    if (control->approver)
        control->approver = resolve_given(f, control->approver, NULL);
    if (control->approved_on)
        control->approved_on = resolve_given(f, control->approved_on, NULL);
    if (control->next_review)
        control->next_review = resolve_given(f, control->next_review, NULL);
}

/* A chain that comes back to itself would never end for who follows it. */
static void check_chain(struct finish *f, const struct fact *fact)
{
    size_t steps = 0;

    for (const struct fact *at = fact->supersedes; at; at = at->supersedes)
        if (at == fact || ++steps > f->schema->fact_count) {
            problems_add(&f->out, &fact->where, "\"%s\" supersedes itself", fact->id);
            return;
        }
}

static void resolve_facts(struct finish *f)
{
    struct schema *schema = f->schema;

    for (size_t i = 0; i < schema->fact_count; i++) {
        struct fact *fact = &schema->facts[i];
        if (fact->supersedes_id)
            fact->supersedes = resolve(f, &f->index->facts, fact->supersedes_id, &fact->where,
                                       "fact");
    }
    for (size_t i = 0; i < schema->fact_count; i++)
        check_chain(f, &schema->facts[i]);
}

/* Marks all that `task` waits for; true when `goal` is among it. */
static bool waits_for(const struct task *task, const struct task *goal, bool *seen)
{
    for (const struct task **on = task->depends; on && *on; on++) {
        if (*on == goal)
            return true;
        if (seen[(*on)->index])
            continue;
        seen[(*on)->index] = true;
        if (waits_for(*on, goal, seen))
            return true;
    }
    return false;
}

static void check_task_cycles(struct finish *f)
{
    struct schema *schema = f->schema;
    bool *seen = xcalloc(schema->task_count + 1, sizeof seen[0]);

    for (size_t i = 0; i < schema->task_count; i++) {
        memset(seen, 0, schema->task_count * sizeof seen[0]);
        if (waits_for(&schema->tasks[i], &schema->tasks[i], seen))
            problems_add(&f->out, &schema->tasks[i].where, "the task \"%s\" waits for itself",
                         schema->tasks[i].id);
    }
    free(seen);
}

/* Absent items have been reported by the loader. */
static void resolve_registers(struct finish *f, struct registers *registers)
{
    for (size_t i = 0; registers && i < REGISTER_ITEM_COUNT; i++)
        if (registers->item_ids[i])
            registers->items[i] = resolve(f, &f->index->items, registers->item_ids[i],
                                          &registers->where, "item");
}

static void resolve_inventory(struct finish *f, struct card_inventory *inventory)
{
    for (size_t i = 0; i < CARD_ITEM_COUNT; i++)
        if (inventory->ids[i])
            inventory->items[i] = resolve(f, &f->index->items, inventory->ids[i],
                                          &inventory->where, "item");
}

int schema_finish(struct schema *schema, schema_report report, void *data)
{
    struct finish f = { schema, schema->index, { report, data, 0 } };

    for (size_t i = 0; i < schema->task_count; i++)
        schema->tasks[i].index = i;
    sort_forms(schema);
    if (schema->document_count)
        qsort(schema->documents, schema->document_count, sizeof schema->documents[0],
              compare_documents);
    for (size_t i = 0; i < countof(indexed); i++)
        index_array(&f, &indexed[i]);
    index_items(&f);
    for (size_t i = 0; i < schema->form_count; i++)
        for (size_t j = 0; j < schema->forms[i].page_count; j++)
            resolve_items(&f, schema->forms[i].pages[j].items,
                          schema->forms[i].pages[j].item_count);
    for (size_t i = 0; i < schema->task_count; i++)
        resolve_task(&f, &schema->tasks[i]);
    check_task_cycles(&f);
    resolve_requirements(&f, schema->requirements);
    for (size_t i = 0; i < schema->rule_count; i++)
        resolve_rule(&f, &schema->rules[i]);
    for (size_t i = 0; i < schema->import_count; i++)
        resolve_import(&f, &schema->imports[i]);
    for (size_t i = 0; i < schema->document_count; i++)
        resolve_control(&f, schema->documents[i].control);
    resolve_facts(&f);
    resolve_registers(&f, schema->registers);
    if (schema->cards)
        resolve_inventory(&f, &schema->cards->inventory);
    rights_data_finish(schema, &f.out);
    f.out.count += activities_finish(schema, schema->activities, report, data);
    return f.out.count;
}
