/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Joining data/rights/ with the lists and the forms that it names.
 */
#include "core/rights_data.h"

#include <string.h>

#include "base/mem.h"
#include "core/problems.h"

#define AS_WORD(name, word) word,
static const char *const item_words[] = { RIGHTS_ITEM_INFO(AS_WORD) };
static const char *const letter_words[] = { RIGHTS_LETTER_INFO(AS_WORD) };
static const char *const admin_words[] = { RIGHTS_ADMIN_INFO(AS_WORD) };
static const char *const group_words[] = { RIGHTS_GROUP_INFO(AS_WORD) };
static const char *const task_words[] = { RIGHTS_TASK_INFO(AS_WORD) };
static const char *const service_words[] = { RIGHTS_SERVICE_INFO(AS_WORD) };
static const char *const limit_words[] = { RIGHTS_LIMIT_INFO(AS_WORD) };
#undef AS_WORD

/* The position of the choice with this id among the first 32, or -1. */
static int choice_at(const struct list *list, const char *id, size_t length)
{
    for (size_t i = 0; i < list->choice_count && i < 32; i++)
        if (strlen(list->choices[i].id) == length &&
            strncmp(list->choices[i].id, id, length) == 0)
            return (int)i;
    return -1;
}

unsigned rights_mask(const struct list *list, const char *text)
{
    unsigned mask = 0;

    while (list && text && *text) {
        size_t length = strcspn(text, " ");
        int at = choice_at(list, text, length);
        if (at >= 0)
            mask |= RIGHTS_BIT(at);
        text += length + strspn(text + length, " ");
    }
    return mask;
}

const struct rights_template *rights_template_find(const struct rights_data *data,
                                                   const char *id)
{
    for (size_t i = 0; id && i < data->template_count; i++)
        if (strcmp(data->templates[i].id, id) == 0)
            return &data->templates[i];
    return NULL;
}

/* ---- joining ---- */

struct join {
    const struct schema *schema;
    struct rights_data *data;
    struct problems *out;
    bool complete;
};

static void missing(struct join *join, const struct where *where, const char *what,
                    const char *id)
{
    join->complete = false;
    problems_add(join->out, where, "the rights matrix needs the %s \"%.60s\"", what, id);
}

static struct where data_where(const struct rights_data *data)
{
    return data->ceiling_count ? data->ceilings[0].where
                               : (struct where){ "data/rights", 0, 0 };
}

static const struct item *need_item(struct join *join, const char *id)
{
    const struct item *item = schema_item(join->schema, id);
    struct where where = data_where(join->data);

    if (!item)
        missing(join, &where, "item", id);
    return item;
}

static const struct list *need_list(struct join *join, const char *id)
{
    const struct list *list = schema_list(join->schema, id);
    struct where where = data_where(join->data);

    if (!list)
        missing(join, &where, "list", id);
    return list;
}

/* A list whose choices the program knows by their place. */
static const struct list *need_words(struct join *join, const char *id, const char *const *words,
                                     size_t count)
{
    const struct list *list = need_list(join, id);
    bool same = list && list->choice_count == count;

    for (size_t i = 0; same && i < count; i++)
        same = strcmp(list->choices[i].id, words[i]) == 0;
    if (!list || same)
        return list;
    join->complete = false;
    problems_add(join->out, &list->where, "the list \"%s\" must have the choices that the rights "
                 "matrix knows, in order", id);
    return NULL;
}

static const char *column(const struct list *list, const struct choice *choice, const char *name)
{
    for (size_t i = 0; i < list->column_count; i++)
        if (strcmp(list->columns[i], name) == 0)
            return choice->extra[i];
    return NULL;
}

static bool column_is(const struct list *list, const struct choice *choice, const char *name,
                      const char *word)
{
    const char *value = column(list, choice, name);

    return value && strcmp(value, word) == 0;
}

static unsigned kinds_of(const struct list *list, const struct choice *choice)
{
    if (column_is(list, choice, "register_kind", "any"))
        return RIGHTS_SOCIAL | RIGHTS_PATIENT;
    return column_is(list, choice, "register_kind", "social") ? RIGHTS_SOCIAL
         : column_is(list, choice, "register_kind", "patient") ? RIGHTS_PATIENT : 0;
}

static unsigned owners_of(const struct list *list, const struct choice *choice)
{
    if (column_is(list, choice, "owner", "any"))
        return RIGHTS_OWN | RIGHTS_ORGANISER;
    return column_is(list, choice, "owner", "own") ? RIGHTS_OWN
         : column_is(list, choice, "owner", "organiser") ? RIGHTS_ORGANISER : 0;
}

static void join_lists(struct join *join)
{
    struct rights_data *data = join->data;

    data->letters = need_words(join, "document_rights", letter_words, countof(letter_words));
    data->admin = need_words(join, "admin_rights", admin_words, countof(admin_words));
    data->groups = need_words(join, "document_groups", group_words, countof(group_words));
    data->tasks = need_words(join, "decree_tasks", task_words, countof(task_words));
    data->service_tasks = need_words(join, "service_tasks", service_words,
                                     countof(service_words));
    data->services = need_list(join, "service_kinds");
    data->template_names = need_list(join, "rights_templates");
    data->providers = need_list(join, "rights_providers");
    for (size_t i = 0; data->groups && i < countof(group_words); i++) {
        data->group_kinds[i] = kinds_of(data->groups, &data->groups->choices[i]);
        data->group_owners[i] = owners_of(data->groups, &data->groups->choices[i]);
    }
    for (size_t i = 0; data->tasks && i < countof(task_words); i++) {
        const struct choice *choice = &data->tasks->choices[i];
        data->work[i] = (struct rights_work){
            .owners = owners_of(data->tasks, choice), .kinds = kinds_of(data->tasks, choice),
            .is_public = column_is(data->tasks, choice, "sector", "public"),
            .care = column_is(data->tasks, choice, "care", "1"),
            .health = column_is(data->tasks, choice, "health", "1"),
            .section = column(data->tasks, choice, "section") };
    }
}

static void join_items(struct join *join)
{
    char cell[] = "role_d00";

    for (size_t i = 0; i < RIGHTS_ITEM_COUNT; i++)
        join->data->items[i] = need_item(join, item_words[i]);
    for (size_t i = 0; i < RIGHTS_GROUP_COUNT; i++) {
        memcpy(cell + 5, group_words[i], 3);
        join->data->cells[i] = need_item(join, cell);
    }
}

/* 1 + the limit's position, or 0. */
static int limit_at(struct join *join, const struct rights_ceiling *ceiling)
{
    const struct rights_data *data = join->data;

    for (size_t i = 0; ceiling->limit && i < data->limit_count; i++)
        if (strcmp(data->limits[i].id, ceiling->limit) == 0)
            return (int)i + 1;
    if (ceiling->limit)
        missing(join, &ceiling->where, "limit", ceiling->limit);
    return 0;
}

static void join_ceiling(struct join *join, const struct rights_ceiling *ceiling)
{
    struct rights_data *data = join->data;
    int task = choice_at(data->tasks, ceiling->task, strlen(ceiling->task));
    int limit = limit_at(join, ceiling);
    unsigned letters = RIGHTS_BIT(RIGHTS_LETTER_COUNT) - 1;

    letters &= ~rights_mask(data->letters, ceiling->without);
    if (task < 0)
        missing(join, &ceiling->where, "work task", ceiling->task);
    for (const char **id = ceiling->groups; task >= 0 && id && *id; id++) {
        int group = choice_at(data->groups, *id, strlen(*id));
        if (group < 0) {
            missing(join, &ceiling->where, "document group", *id);
            continue;
        }
        if (data->most[task][group])
            problems_add(join->out, &ceiling->where, "%s has two ceilings of %s", ceiling->task,
                         *id);
        data->most[task][group] = (uint16_t)letters;
        data->limit[task][group] = (unsigned char)limit;
    }
}

static void join_limits(struct join *join)
{
    struct rights_data *data = join->data;

    for (size_t i = 0; i < data->limit_count && i + 1 < countof(data->limit_kinds); i++) {
        data->limit_kinds[i + 1] = RIGHTS_LIMIT_TOLD;
        for (size_t n = 0; n < countof(limit_words); n++)
            if (strcmp(data->limits[i].id, limit_words[n]) == 0)
                data->limit_kinds[i + 1] = (unsigned char)(RIGHTS_LIMIT_TOLD + 1 + n);
    }
}

static void join_template(struct join *join, struct rights_template *template)
{
    struct rights_data *data = join->data;
    const struct rights_template *like = rights_template_find(data, template->like);

    template->choice = list_choice(data->template_names, template->id);
    if (!template->choice)
        missing(join, &template->where, "name of the template", template->id);
    if (template->like && !like)
        missing(join, &template->where, "template", template->like);
    template->tasks = rights_mask(data->tasks, template->tasks_text);
    template->admin = rights_mask(data->admin, template->admin_text);
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        const char *text = template->cells_text[g];
        template->cells[g] = (uint16_t)rights_mask(data->letters, text);
        if (!text && like)
            template->cells[g] =
                (uint16_t)rights_mask(data->letters, like->cells_text[g]);
    }
}

void rights_data_finish(struct schema *schema, struct problems *out)
{
    struct rights_data *data = schema->rights;
    struct join join = { schema, data, out, true };

    if (!data)
        return;
    join_lists(&join);
    join_items(&join);
    if (join.complete) {
        join_limits(&join);
        for (size_t i = 0; i < data->ceiling_count; i++)
            join_ceiling(&join, &data->ceilings[i]);
        for (size_t i = 0; i < data->template_count; i++)
            join_template(&join, &data->templates[i]);
    }
    data->complete = join.complete;
}
