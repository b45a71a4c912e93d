/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The content of data/rights/: every check that the program carries out has its texts at its place,
 * with blanks that mean something; templates stay within the ceilings of their tasks.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/lint_parts.h"
#include "core/rights_data.h"

static bool is_blank(const struct lint *lint, const char *text, size_t length)
{
    static const char *const names[] = { "name", "group", "rights", "number", "date" };

    (void)lint;
    for (size_t i = 0; i < countof(names); i++)
        if (strlen(names[i]) == length && strncmp(names[i], text, length) == 0)
            return true;
    return false;
}

static void check_check(struct lint *lint, const struct rights_check *check, size_t at)
{
    static const struct lint_blanks blanks = {
        is_blank, "is no blank of a check of rights", false
    };
    char id[24];

    snprintf(id, sizeof id, "r%02zu", at + 1);
    if (strcmp(check->id, id) != 0)
        problems_add(&lint->out, &check->where, "the check \"%s\" stands where \"%s\" must",
                     check->id, id);
    lint_text(lint, &check->where, "message", &check->message, LINT_DATA_TEXT);
    lint_text(lint, &check->where, "whole", &check->whole, LINT_DATA_TEXT);
    lint_text(lint, &check->where, "of_right", &check->of_right, LINT_DATA_TEXT);
    lint_text(lint, &check->where, "remedy", &check->remedy, LINT_DATA_TEXT);
    lint_text(lint, &check->where, "source", &check->source, LINT_DATA_TEXT);
    lint_blanks(lint, &check->where, &check->message, &blanks);
    lint_blanks(lint, &check->where, &check->whole, &blanks);
    lint_blanks(lint, &check->where, &check->of_right, &blanks);
}

/* A template gives nothing that none of its tasks allows; logs belong to the log reviewer. */
static void check_template(struct lint *lint, const struct rights_data *data,
                           const struct rights_template *template)
{
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned most = 0;
        for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
            if (template->tasks & RIGHTS_BIT(task))
                most |= data->most[task][g];
        if (g == RIGHTS_D15 && (template->admin & RIGHTS_BIT(RIGHTS_O)))
            most |= RIGHTS_BIT(RIGHTS_V) | RIGHTS_BIT(RIGHTS_R);
        if (template->cells[g] & ~most)
            problems_add(&lint->out, &template->where,
                         "the template \"%s\" gives more of %s than its work tasks may use",
                         template->id, data->groups->choices[g].id);
    }
}

static void check_names(struct lint *lint, const struct rights_data *data)
{
    for (size_t i = 0; i < data->template_names->choice_count; i++) {
        const struct choice *choice = &data->template_names->choices[i];
        if (!rights_template_find(data, choice->id))
            problems_add(&lint->out, &choice->where, "there is no role template \"%s\"",
                         choice->id);
    }
}

void lint_rights(struct lint *lint)
{
    static const struct where folder = { "data/rights", 0, 0 };
    const struct rights_data *data = lint->schema->rights;

    if (!data || !data->complete)
        return;
    for (size_t i = 0; i < data->limit_count; i++)
        lint_text(lint, &data->limits[i].where, "text", &data->limits[i].text, LINT_DATA_TEXT);
    for (size_t i = 0; i < data->check_count; i++)
        check_check(lint, &data->checks[i], i);
    if (data->check_count != RIGHTS_CHECK_COUNT)
        problems_add(&lint->out, &folder, "there are %zu checks of rights; the "
                     "program carries out %d", data->check_count, RIGHTS_CHECK_COUNT);
    for (size_t i = 0; i < data->template_count; i++)
        check_template(lint, data, &data->templates[i]);
    check_names(lint, data);
}
