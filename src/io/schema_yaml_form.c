/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Forms and code lists: the keys of a form file and of data/lists.
 *
 * A list named in an item stays a placeholder until schema_finish(). The keys of a choice
 * that are in no table are the list's own columns, which rules read.
 */
#include <string.h>

#include "base/mem.h"
#include "io/schema_yaml_load.h"

enum { COLUMN_MAX = 16 };

/* Lists */

static size_t find_column(struct loader *l, struct list *list, struct at at, const char *name)
{
    size_t i = 0;

    while (i < list->column_count && strcmp(list->columns[i], name) != 0)
        i++;
    if (i < list->column_count)
        return i;
    if (i == COLUMN_MAX || !load_is_id(name)) {
        load_problem(l, at, i == COLUMN_MAX ? "a list can have %d columns of its own"
                                            : "the name of a column must be an id", COLUMN_MAX);
        return COLUMN_MAX;
    }
    if (!list->columns)
        list->columns = arena_alloc(l->schema->arena, COLUMN_MAX, sizeof list->columns[0]);
    list->columns[list->column_count++] = name;
    return i;
}

/* A key of a choice that is not in its table is a column, provided that its value is a scalar: a
 * misspelt label or hint has a map. */
static bool read_column(struct loader *l, struct at key, struct at value, void *thing)
{
    struct choice *choice = thing;

    if (!at_is(value, NODE_SCALAR))
        return false;
    size_t column = find_column(l, l->list, key, key.tree->strings + at_node(key)->text);
    if (column == COLUMN_MAX)
        return true;
    if (!choice->extra)
        choice->extra = arena_alloc(l->schema->arena, COLUMN_MAX, sizeof choice->extra[0]);
    choice->extra[column] = at_text(value);
    return true;
}

static const struct key choice_rows[] = {
    { "id", load_id, offsetof(struct choice, id), true },
    { "label", load_text, offsetof(struct choice, label), true },
    { "hint", load_text, offsetof(struct choice, hint), false },
};

static const struct keys choice_keys = {
    "choice", choice_rows, countof(choice_rows), sizeof(struct choice),
    offsetof(struct choice, where), read_column
};

static void check_choices(struct loader *l, struct at value, const struct list *list,
                          struct choice *choices)
{
    for (size_t i = 0; i < list->choice_count; i++) {
        struct choice *choice = &choices[i];
        if (!choice->extra && list->column_count > 0)
            choice->extra = arena_alloc(l->schema->arena, COLUMN_MAX, sizeof choice->extra[0]);
        for (size_t j = 0; j < i; j++)
            if (choice->id[0] && strcmp(choice->id, choices[j].id) == 0)
                load_problem(l, value, "the choice \"%s\" is in the list twice", choice->id);
    }
    if (list->choice_count == 0)
        load_problem(l, value, "a list needs at least one choice");
}

static void read_choices(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct list *list = field, *outer = l->list;
    struct choice *choices = NULL;

    (void)key;
    l->list = list;
    load_maps(l, &choice_keys, value, &choices, &list->choice_count);
    l->list = outer;
    if (choices)
        check_choices(l, value, list, choices);
    list->choices = choices;
}

static const struct key list_rows[] = {
    { "id", load_id, offsetof(struct list, id), true },
    { "source", load_source, offsetof(struct list, source), false },
    { "items", read_choices, 0, true },
};

static const struct keys list_keys = {
    "list", list_rows, countof(list_rows), sizeof(struct list), offsetof(struct list, where),
    NULL
};

static void read_lists(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)key, (void)field;
    load_maps(l, &list_keys, value, &l->schema->lists, &l->schema->list_count);
}

void load_list_file(struct loader *l, struct at root)
{
    load_one(l, &list_keys, root, &l->schema->lists, &l->schema->list_count);
}

/* Items */

static void read_type(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = {
#define AS_WORD(name, word, sql, asked, typed) word,
        ITEM_TYPE_INFO(AS_WORD)
#undef AS_WORD
    };
    int type = load_word(l, key, value, words, countof(words));

    *(enum item_type *)field = type < 0 ? ITEM_TEXT : (enum item_type)type;
}

static void read_priority(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "basic", "full" };

    *(bool *)field = load_word(l, key, value, words, countof(words)) == 1;
}

static void read_list_name(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct list *list = arena_alloc(l->schema->arena, 1, sizeof *list);

    load_string(l, key, value, &list->id);
    list->where = load_where(l, value);
    if (list->id)
        *(const struct list **)field = list;
}

static void read_own_choices(struct loader *l, const struct key *key, struct at value,
                             void *field)
{
    struct list *list = arena_alloc(l->schema->arena, 1, sizeof *list);

    list->where = load_where(l, value);
    read_choices(l, key, value, list);
    if (list->choices)
        *(const struct list **)field = list;
}

static const struct key report_rows[] = {
    { "section", load_string, offsetof(struct item, report_section), true },
    { "label", load_text, offsetof(struct item, report_label), false },
};

static const struct keys report_keys = {
    "report", report_rows, countof(report_rows), 0, NO_WHERE, NULL
};

static void read_report(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)key;
    load_map(l, &report_keys, value, field);
}

static void read_items(struct loader *l, const struct key *key, struct at value, void *field);

static const struct key starter_rows[] = {
    { "list", read_list_name, offsetof(struct starter, list), true },
    { "name", load_id, offsetof(struct starter, name_id), true },
    { "text", load_id, offsetof(struct starter, text_id), false },
};

static const struct keys starter_keys = {
    "starter", starter_rows, countof(starter_rows), sizeof(struct starter),
    offsetof(struct starter, where), NULL
};

static void read_starter(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct starter *starter = arena_alloc(l->schema->arena, 1, sizeof *starter);

    (void)key;
    if (load_map(l, &starter_keys, value, starter) && starter->list && starter->name_id)
        *(struct starter **)field = starter;
}

static const struct key item_rows[] = {
    { "id", load_id, offsetof(struct item, id), true },
    { "type", read_type, offsetof(struct item, type), true },
    { "required", load_rule, offsetof(struct item, required), false },
    { "label", load_text, offsetof(struct item, label), true },
    { "hint", load_text, offsetof(struct item, hint), false },
    { "guidance", load_text, offsetof(struct item, guidance), false },
    { "source", load_source, offsetof(struct item, source), false },
    { "relevant", load_rule, offsetof(struct item, relevant), false },
    { "constraint", load_rule, offsetof(struct item, constraint), false },
    { "message", load_text, offsetof(struct item, message), false },
    { "calculate", load_rule, offsetof(struct item, calculate), false },
    { "default", load_rule, offsetof(struct item, initial), false },
    { "model", load_text, offsetof(struct item, model), false },
    { "list", read_list_name, offsetof(struct item, list), false },
    { "choices", read_own_choices, offsetof(struct item, list), false },
    { "choice_filter", load_rule, offsetof(struct item, choice_filter), false },
    { "of", load_string, offsetof(struct item, of), false },
    { "show", load_string, offsetof(struct item, show), false },
    { "unit", load_text, offsetof(struct item, unit), false },
    { "min", load_string, offsetof(struct item, min), false },
    { "max", load_string, offsetof(struct item, max), false },
    { "pattern", load_string, offsetof(struct item, pattern), false },
    { "max_length", load_number, offsetof(struct item, max_length), false },
    { "read_only", load_flag, offsetof(struct item, read_only), false },
    { "unsure", load_flag, offsetof(struct item, unsure), false },
    { "sensitive", load_flag, offsetof(struct item, sensitive), false },
    { "report", read_report, 0, false },
    { "priority", read_priority, offsetof(struct item, full_only), false },
    { "was", load_strings, offsetof(struct item, was), false },
};

static const struct key repeat_rows[] = {
    { "id", load_id, offsetof(struct item, id), true },
    { "type", read_type, offsetof(struct item, type), true },
    { "required", load_rule, offsetof(struct item, required), false },
    { "label", load_text, offsetof(struct item, label), true },
    { "item_label", load_text, offsetof(struct item, item_label), true },
    { "hint", load_text, offsetof(struct item, hint), false },
    { "guidance", load_text, offsetof(struct item, guidance), false },
    { "source", load_source, offsetof(struct item, source), false },
    { "relevant", load_rule, offsetof(struct item, relevant), false },
    { "min", load_number, offsetof(struct item, row_min), false },
    { "max", load_number, offsetof(struct item, row_max), false },
    { "starter", read_starter, offsetof(struct item, starter), false },
    { "map", load_strings, offsetof(struct item, map_ids), false },
    { "report", read_report, 0, false },
    { "priority", read_priority, offsetof(struct item, full_only), false },
    { "was", load_strings, offsetof(struct item, was), false },
    { "items", read_items, 0, true },
};

static const struct keys item_keys = {
    "item", item_rows, countof(item_rows), sizeof(struct item), offsetof(struct item, where), NULL
};

static const struct keys repeat_keys = {
    "repeat", repeat_rows, countof(repeat_rows), sizeof(struct item),
    offsetof(struct item, where), NULL
};

static bool is_choice(const struct item *item)
{
    return item->type == ITEM_ONE || item->type == ITEM_MANY;
}

static bool takes_bounds(const struct item *item)
{
    return item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL || item->type == ITEM_DATE
        || item->type == ITEM_REPEAT;
}

/* What one item's keys must be together. */
static void check_item(struct loader *l, struct at at, const struct item *item)
{
    const char *type = item_type_name(item->type);

    if (at_key(at, "list").tree && at_key(at, "choices").tree)
        load_problem(l, at, "give either \"list\" or \"choices\", not both");
    if (is_choice(item) && !at_key(at, "list").tree && !at_key(at, "choices").tree)
        load_problem(l, at, "the type \"%s\" needs \"list\" or \"choices\"", type);
    if (!is_choice(item) && (item->list || item->choice_filter.sql))
        load_problem(l, at, "the type \"%s\" has no choices", type);
    if (item->type == ITEM_ROW && !item->of)
        load_problem(l, at, "the type \"row\" needs \"of\", the repeat it points to");
    if (item->type != ITEM_ROW && (item->of || item->show))
        load_problem(l, at, "\"of\" and \"show\" belong to the type \"row\"");
    if (item->model.in[LANG_EN] && item->type != ITEM_TEXT && item->type != ITEM_LONGTEXT)
        load_problem(l, at, "the type \"%s\" has no \"model\"", type);
    if ((item->min || item->max) && !takes_bounds(item))
        load_problem(l, at, "the type \"%s\" has no \"min\" and \"max\"", type);
    if (item->row_max > 0 && item->row_max < item->row_min)
        load_problem(l, at, "\"max\" is less than \"min\"");
}

static void name_choices(struct loader *l, struct item *item)
{
    if (!item->list || !item->list->choices)
        return;
    struct list *list = arena_alloc(l->schema->arena, 1, sizeof *list);
    *list = *item->list;
    list->id = item->id;
    item->list = list;
}

static bool load_item(struct loader *l, struct at at, struct item *item)
{
    const char *type = at_text(at_key(at, "type"));
    bool repeat = type && strcmp(type, "repeat") == 0;

    if (repeat && l->in_repeat) {
        load_problem(l, at, "a repeat cannot stand in a repeat; use a \"row\" item instead");
        return false;
    }
    if (!load_map(l, repeat ? &repeat_keys : &item_keys, at, item))
        return false;
    check_item(l, at, item);
    name_choices(l, item);
    return true;
}

size_t load_item_room(struct loader *l, struct at value)
{
    size_t room = 1;

    for (struct at at = at_first(value); at.tree; at = at_next(value, at))
        room += load_is_requirement(at) ? load_requirement_room(l, at) : 1;
    return room;
}

void load_items(struct loader *l, struct at value, struct item *items, size_t *count)
{
    if (!at_is(value, NODE_SEQUENCE)) {
        load_problem(l, value, "\"items\" must be a list, each item after a \"-\"");
        return;
    }
    for (struct at at = at_first(value); at.tree; at = at_next(value, at)) {
        if (load_is_requirement(at))
            load_requirement(l, at, items, count);
        else if (load_item(l, at, &items[*count]))
            ++*count;
    }
}

static void new_items(struct loader *l, struct at value, struct item **items, size_t *count)
{
    *items = arena_alloc(l->schema->arena, load_item_room(l, value), sizeof **items);
    load_items(l, value, *items, count);
}

static void read_items(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct item *repeat = field;

    (void)key;
    l->in_repeat = true;
    new_items(l, value, &repeat->items, &repeat->item_count);
    l->in_repeat = false;
}

/* Forms */

static void read_page_items(struct loader *l, const struct key *key, struct at value,
                            void *field)
{
    struct page *page = field;

    (void)key;
    new_items(l, value, &page->items, &page->item_count);
}

static const struct key page_rows[] = {
    { "title", load_text, offsetof(struct page, title), true },
    { "why", load_text, offsetof(struct page, why), false },
    { "relevant", load_rule, offsetof(struct page, relevant), false },
    { "items", read_page_items, 0, true },
};

static const struct keys page_keys = {
    "page", page_rows, countof(page_rows), sizeof(struct page), NO_WHERE, NULL
};

static const struct key head_rows[] = {
    { "id", load_id, offsetof(struct form, id), true },
    { "version", load_number, offsetof(struct form, version), true },
    { "title", load_text, offsetof(struct form, title), true },
    { "source", load_source, offsetof(struct form, source), false },
    { "valid_from", load_string, offsetof(struct form, valid_from), false },
};

static const struct keys head_keys = {
    "form", head_rows, countof(head_rows), sizeof(struct form), offsetof(struct form, where),
    NULL
};

static void read_head(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)key;
    load_map(l, &head_keys, value, field);
}

static void read_pages(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct form *form = field;

    (void)key;
    load_maps(l, &page_keys, value, &form->pages, &form->page_count);
}

static const struct key form_rows[] = {
    { "form", read_head, 0, true },
    { "lists", read_lists, 0, false },
    { "pages", read_pages, 0, true },
};

static const struct keys form_keys = {
    "form file", form_rows, countof(form_rows), sizeof(struct form), NO_WHERE, NULL
};

void load_form_file(struct loader *l, struct at root)
{
    struct form *form = load_one(l, &form_keys, root, &l->schema->forms, &l->schema->form_count);

    if (form && !form->id)
        form->id = "";
}
