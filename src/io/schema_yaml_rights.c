/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The files of data/rights/: ceilings of the work tasks, role templates, checks. Each file has the
 * parts it likes; parts of the same kind add up.
 */
#include "base/mem.h"
#include "core/rights_data.h"
#include "io/schema_yaml_load.h"

/* Ceilings */

static const struct key limit_rows[] = {
    { "id", load_id, offsetof(struct rights_limit, id), true },
    { "text", load_text, offsetof(struct rights_limit, text), true },
    { "narrows", load_flag, offsetof(struct rights_limit, narrows), false },
};

static const struct keys limit_keys = {
    "limit", limit_rows, countof(limit_rows), sizeof(struct rights_limit),
    offsetof(struct rights_limit, where), NULL
};

static const struct key ceiling_rows[] = {
    { "task", load_id, offsetof(struct rights_ceiling, task), true },
    { "groups", load_strings, offsetof(struct rights_ceiling, groups), true },
    { "limit", load_id, offsetof(struct rights_ceiling, limit), false },
    { "without", load_string, offsetof(struct rights_ceiling, without), false },
};

static const struct keys ceiling_keys = {
    "ceiling", ceiling_rows, countof(ceiling_rows), sizeof(struct rights_ceiling),
    offsetof(struct rights_ceiling, where), NULL
};

/* Templates */

static void read_given(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "full", "part", "none" };
    int given = load_word(l, key, value, words, countof(words));

    *(enum rights_given *)field = given < 0 ? RIGHTS_GIVEN_NONE : (enum rights_given)given;
}

static const struct key cell_rows[] = {
#define AS_KEY(name, word) { word, load_string, RIGHTS_##name * sizeof(const char *), false },
    RIGHTS_GROUP_INFO(AS_KEY)
#undef AS_KEY
};

static const struct keys cell_keys = {
    "rights", cell_rows, countof(cell_rows), 0, NO_WHERE, NULL
};

static void read_cells(struct loader *l, const struct key *key, struct at value, void *field)
{
    (void)key;
    load_map(l, &cell_keys, value, field);
}

static const struct key template_rows[] = {
    { "id", load_id, offsetof(struct rights_template, id), true },
    { "tasks", load_string, offsetof(struct rights_template, tasks_text), false },
    { "admin", load_string, offsetof(struct rights_template, admin_text), false },
    { "scope", load_id, offsetof(struct rights_template, scope), false },
    { "card", load_id, offsetof(struct rights_template, card), false },
    { "given", read_given, offsetof(struct rights_template, given), true },
    { "like", load_id, offsetof(struct rights_template, like), false },
    { "dated", load_flag, offsetof(struct rights_template, dated), false },
    { "rights", read_cells, offsetof(struct rights_template, cells_text), false },
};

static const struct keys template_keys = {
    "role template", template_rows, countof(template_rows), sizeof(struct rights_template),
    offsetof(struct rights_template, where), NULL
};

/* Checks */

static void read_severity(struct loader *l, const struct key *key, struct at value, void *field)
{
    static const char *const words[] = { "error", "warning", "note" };
    int severity = load_word(l, key, value, words, countof(words));

    *(enum severity *)field = severity < 0 ? SEVERITY_ERROR : (enum severity)severity;
}

static const struct key check_rows[] = {
    { "id", load_id, offsetof(struct rights_check, id), true },
    { "severity", read_severity, offsetof(struct rights_check, severity), true },
    { "message", load_text, offsetof(struct rights_check, message), true },
    { "whole", load_text, offsetof(struct rights_check, whole), false },
    { "of_right", load_text, offsetof(struct rights_check, of_right), false },
    { "remedy", load_text, offsetof(struct rights_check, remedy), true },
    { "source", load_text, offsetof(struct rights_check, source), true },
    { "words", load_strings, offsetof(struct rights_check, words), false },
    { "number", load_number, offsetof(struct rights_check, number), false },
};

static const struct keys check_keys = {
    "check", check_rows, countof(check_rows), sizeof(struct rights_check),
    offsetof(struct rights_check, where), NULL
};

/* Files */

static void read_limits(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct rights_data *data = field;

    (void)key;
    load_maps(l, &limit_keys, value, &data->limits, &data->limit_count);
}

static void read_ceilings(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct rights_data *data = field;

    (void)key;
    load_maps(l, &ceiling_keys, value, &data->ceilings, &data->ceiling_count);
}

static void read_templates(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct rights_data *data = field;

    (void)key;
    load_maps(l, &template_keys, value, &data->templates, &data->template_count);
}

static void read_checks(struct loader *l, const struct key *key, struct at value, void *field)
{
    struct rights_data *data = field;

    (void)key;
    load_maps(l, &check_keys, value, &data->checks, &data->check_count);
}

static const struct key file_rows[] = {
    { "decree", load_text, offsetof(struct rights_data, decree), false },
    { "limits", read_limits, 0, false },
    { "ceilings", read_ceilings, 0, false },
    { "templates", read_templates, 0, false },
    { "checks", read_checks, 0, false },
};

static const struct keys file_keys = {
    "file of rights", file_rows, countof(file_rows), sizeof(struct rights_data), NO_WHERE, NULL
};

void load_rights_file(struct loader *l, struct at root)
{
    if (!l->schema->rights)
        l->schema->rights = arena_alloc(l->schema->arena, 1, sizeof *l->schema->rights);
    load_map(l, &file_keys, root, l->schema->rights);
}
