/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Changes of the matrix, each as one batch of the plan.
 */
#include "core/rights_edit.h"

#include <string.h>

#include "base/date.h"
#include "base/tr.h"
#include "core/plan.h"

/* What goes with the right to view. */
enum {
    NEEDS_VIEW = 1 << RIGHTS_K | 1 << RIGHTS_M | 1 << RIGHTS_A | 1 << RIGHTS_X,
    ALL_LETTERS = (1 << RIGHTS_LETTER_COUNT) - 1, ALL_GROUPS = (1 << RIGHTS_GROUP_COUNT) - 1
};

/* A change in the making; the first error stops it. */
struct edit {
    struct plan *plan;
    const struct rights *rights;
    struct plan_batch *batch;
    struct err *err;
    int code;
};

static struct edit begin(struct plan *plan, struct err *err)
{
    return (struct edit){ plan, engine_rights(plan->engine), plan_batch_new(plan), err, 0 };
}

static int finish(struct edit *edit)
{
    return plan_batch_end(edit->batch, edit->code, edit->err);
}

static void set_item(struct edit *edit, const struct item *item, const char *row,
                     const char *text)
{
    struct check check = CHECK_INIT;

    if (!edit->code)
        edit->code = plan_batch_set(edit->batch, item, row, text, &check, edit->err);
    check_free(&check);
}

static void set(struct edit *edit, enum rights_item which, const char *row, const char *text)
{
    set_item(edit, edit->rights->data->items[which], row, text);
}

static void set_day(struct edit *edit, enum rights_item which, const char *row, int day)
{
    char iso[11];

    date_iso(day, iso);
    set(edit, which, row, iso);
}

static void set_mask(struct edit *edit, const struct item *item, const char *row, unsigned mask)
{
    char text[256];

    rights_ids(item->list, mask, text, sizeof text);
    set_item(edit, item, row, text);
}

static void add_row(struct edit *edit, enum rights_item repeat, char key[24])
{
    key[0] = '\0';
    if (!edit->code)
        edit->code = plan_batch_add_row(edit->batch, edit->rights->data->items[repeat], key,
                                        edit->err);
}

/* ---- cells ---- */

static uint16_t with_view(unsigned letters)
{
    return (uint16_t)(letters & NEEDS_VIEW ? letters | RIGHTS_BIT(RIGHTS_V) : letters);
}

static uint16_t filled(unsigned old, unsigned letters, enum rights_fill fill)
{
    unsigned left;

    if (fill == RIGHTS_FILL_SET)
        return with_view(letters);
    if (fill == RIGHTS_FILL_ADD)
        return with_view(old | letters);
    left = old & ~letters;
    return (uint16_t)(left & RIGHTS_BIT(RIGHTS_V) ? left : left & ~(unsigned)NEEDS_VIEW);
}

static void put_cell(struct edit *edit, const struct rights_role *role, int group,
                     uint16_t letters)
{
    if (letters != role->cells[group])
        set_mask(edit, edit->rights->data->cells[group], role->key, letters);
}

static void put_checked(struct edit *edit, const struct rights_role *role, unsigned checked)
{
    if (checked != role->checked)
        set_mask(edit, edit->rights->data->items[RIGHTS_ITEM_ROLE_CHECKED], role->key, checked);
}

int rights_set_cell(struct plan *plan, int role, int group, uint16_t letters, struct err *err)
{
    struct edit edit = begin(plan, err);
    const struct rights_role *of = &edit.rights->roles[role];

    put_cell(&edit, of, group, with_view(letters & ALL_LETTERS));
    put_checked(&edit, of, of->checked | RIGHTS_BIT(group));
    return finish(&edit);
}

int rights_toggle(struct plan *plan, int role, int group, enum rights_letter letter,
                  struct err *err)
{
    uint16_t old = engine_rights(plan->engine)->roles[role].cells[group];
    bool there = old & RIGHTS_BIT(letter);

    return rights_set_cell(plan, role, group,
                           filled(old, RIGHTS_BIT(letter),
                                  there ? RIGHTS_FILL_REMOVE : RIGHTS_FILL_ADD), err);
}

/* What a fill makes of a cell. Letters that are there stay, even beyond the ceiling; new ones do
 * not come in beyond it. */
static uint16_t fill_one(const struct rights *rights, const struct rights_block *block, int role,
                         int group, unsigned letters, enum rights_fill fill,
                         struct rights_changed *changed)
{
    uint16_t old = rights->roles[role].cells[group];
    uint16_t ceiling = rights_ceiling(rights, role, block->reg, group);
    uint16_t wanted = filled(old, letters, fill), got = wanted & (ceiling | old);

    changed->left_out += got != wanted;
    changed->cells += got != old;
    return got;
}

static bool is_skipped(const struct rights_block *block, int role, int group)
{
    return (block->skip_roles && block->skip_roles[role])
        || (block->skip_groups && block->skip_groups[group]);
}

struct rights_changed rights_fill_count(const struct rights *rights,
                                        const struct rights_block *block, uint16_t letters,
                                        enum rights_fill fill)
{
    struct rights_changed changed = { 0 };

    for (int r = block->role; r <= block->last_role; r++)
        for (int g = block->group; g <= block->last_group; g++)
            if (!is_skipped(block, r, g))
                fill_one(rights, block, r, g, letters, fill, &changed);
    return changed;
}

int rights_fill_block(struct plan *plan, const struct rights_block *block, uint16_t letters,
                      enum rights_fill fill, struct rights_changed *changed, struct err *err)
{
    struct edit edit = begin(plan, err);
    struct rights_changed own = { 0 };

    for (int r = block->role; r <= block->last_role; r++) {
        const struct rights_role *role = &edit.rights->roles[r];
        unsigned checked = role->checked;
        for (int g = block->group; g <= block->last_group; g++) {
            uint16_t got;
            if (is_skipped(block, r, g))
                continue;
            got = fill_one(edit.rights, block, r, g, letters, fill, &own);
            if (got != role->cells[g])
                checked |= RIGHTS_BIT(g);
            put_cell(&edit, role, g, got);
        }
        put_checked(&edit, role, checked);
    }
    if (changed)
        *changed = own;
    return finish(&edit);
}

int rights_paste_row(struct plan *plan, int role, const uint16_t cells[RIGHTS_GROUP_COUNT],
                     struct rights_changed *changed, struct err *err)
{
    struct edit edit = begin(plan, err);
    const struct rights_role *of = &edit.rights->roles[role];
    struct rights_block block = { .role = role, .last_role = role,
                                  .last_group = RIGHTS_GROUP_COUNT - 1, .reg = -1 };
    struct rights_changed own = { 0 };
    unsigned checked = of->checked;

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        uint16_t got = fill_one(edit.rights, &block, role, g, cells[g], RIGHTS_FILL_SET, &own);
        if (got != of->cells[g])
            checked |= RIGHTS_BIT(g);
        put_cell(&edit, of, g, got);
    }
    put_checked(&edit, of, checked);
    if (changed)
        *changed = own;
    return finish(&edit);
}

int rights_confirm(struct plan *plan, int role, unsigned groups, struct err *err)
{
    struct edit edit = begin(plan, err);
    const struct rights_role *of = &edit.rights->roles[role];

    put_checked(&edit, of, of->checked | (groups & ALL_GROUPS));
    return finish(&edit);
}

int rights_confirm_block(struct plan *plan, const struct rights_block *block, struct err *err)
{
    struct edit edit = begin(plan, err);

    for (int r = block->role; r <= block->last_role; r++) {
        unsigned checked = edit.rights->roles[r].checked;
        for (int g = block->group; g <= block->last_group; g++)
            if (!is_skipped(block, r, g))
                checked |= RIGHTS_BIT(g);
        put_checked(&edit, &edit.rights->roles[r], checked);
    }
    return finish(&edit);
}

int rights_reset(struct plan *plan, int role, unsigned groups, struct err *err)
{
    struct edit edit = begin(plan, err);
    const struct rights_role *of = &edit.rights->roles[role];

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if (groups & RIGHTS_BIT(g))
            put_cell(&edit, of, g, of->template ? of->template->cells[g] : 0);
    put_checked(&edit, of, of->checked & ~groups);
    return finish(&edit);
}

/* ---- roles ---- */

/* Without the condition that needs a reason: the user has not written one yet. */
static void put_template(struct edit *edit, const struct rights_template *template,
                         const struct tr *tr, char key[24])
{
    const struct rights_data *data = edit->rights->data;

    add_row(edit, RIGHTS_ITEM_ROLE, key);
    set(edit, RIGHTS_ITEM_ROLE_NAME, key, text_get(&template->choice->label, tr->lang));
    set(edit, RIGHTS_ITEM_ROLE_TEMPLATE, key, template->id);
    set_mask(edit, data->items[RIGHTS_ITEM_ROLE_TASKS], key, template->tasks);
    set_mask(edit, data->items[RIGHTS_ITEM_ROLE_ADMIN], key, template->admin);
    set(edit, RIGHTS_ITEM_ROLE_SCOPE, key, template->scope);
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        set_mask(edit, data->cells[g], key, template->cells[g]);
}

int rights_add_template(struct plan *plan, const struct rights_template *template,
                        const struct tr *tr, char key[24], struct err *err)
{
    struct edit edit = begin(plan, err);

    put_template(&edit, template, tr, key);
    return finish(&edit);
}

static const char *provider_of(const struct rights_data *data,
                               const struct rights_template *template)
{
    const struct list *list = data->template_names;

    for (size_t i = 0; i < list->column_count; i++)
        if (strcmp(list->columns[i], "provider") == 0)
            return template->choice->extra[i];
    return NULL;
}

static bool is_used(const struct rights *rights, const struct rights_template *template)
{
    for (size_t i = 0; i < rights->role_count; i++)
        if (rights->roles[i].template == template)
            return true;
    return false;
}

int rights_add_provider(struct plan *plan, const char *provider, const struct tr *tr, int *added,
                        struct err *err)
{
    struct edit edit = begin(plan, err);
    const struct rights_data *data = edit.rights->data;

    *added = 0;
    for (size_t i = 0; i < data->template_count; i++) {
        const struct rights_template *template = &data->templates[i];
        const char *of = provider_of(data, template);
        char key[24];
        if (!of || strcmp(of, provider) != 0 || is_used(edit.rights, template))
            continue;
        put_template(&edit, template, tr, key);
        ++*added;
    }
    return finish(&edit);
}

int rights_add_role(struct plan *plan, const char *name, char key[24], struct err *err)
{
    struct edit edit = begin(plan, err);

    add_row(&edit, RIGHTS_ITEM_ROLE, key);
    set(&edit, RIGHTS_ITEM_ROLE_NAME, key, name);
    return finish(&edit);
}

/* ---- assignments ---- */

static void put_grant(struct edit *edit, const struct rights_grant *grant, char key[24])
{
    const struct rights *rights = edit->rights;
    unsigned tasks = grant->tasks;

    if (!tasks && grant->unit >= 0)
        tasks = rights->units[grant->unit].tasks;
    add_row(edit, RIGHTS_ITEM_ASG, key);
    set(edit, RIGHTS_ITEM_ASG_PERSON, key, rights->people[grant->person].key);
    set(edit, RIGHTS_ITEM_ASG_ROLE, key, rights->roles[grant->role].key);
    set(edit, RIGHTS_ITEM_ASG_UNIT, key, grant->unit < 0 ? NULL : rights->units[grant->unit].key);
    set(edit, RIGHTS_ITEM_ASG_REG, key,
        grant->reg < 0 ? NULL : rights->registers[grant->reg].key);
    set_mask(edit, rights->data->items[RIGHTS_ITEM_ASG_TASKS], key, tasks);
    set_day(edit, RIGHTS_ITEM_ASG_FROM, key, grant->from);
    set_day(edit, RIGHTS_ITEM_ASG_UNTIL, key, grant->until);
    set(edit, RIGHTS_ITEM_ASG_REASON, key, grant->reason);
}

int rights_grant(struct plan *plan, const struct rights_grant *grant, char key[24],
                 struct err *err)
{
    struct edit edit = begin(plan, err);

    put_grant(&edit, grant, key);
    return finish(&edit);
}

static bool has_role(const struct rights *rights, int person, int role, int reg)
{
    int a = rights_between(rights, person, role, -1);

    while (a >= 0 && (rights->assignments[a].reg != reg
                      || (rights->assignments[a].until != DATE_NONE
                          && rights->assignments[a].until < rights->today)))
        a = rights_between(rights, person, role, a);
    return a >= 0;
}

int rights_grant_like(struct plan *plan, int person, int other, int *given, struct err *err)
{
    struct edit edit = begin(plan, err);
    const struct rights *rights = edit.rights;
    char key[24];

    *given = 0;
    for (int a = rights->people[other].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person) {
        const struct rights_assignment *of = &rights->assignments[a];
        struct rights_grant grant = { person, of->role, of->unit, of->reg, of->tasks,
                                      plan->today, of->until, NULL };
        if (!rights_active(rights, a, plan->today) || has_role(rights, person, of->role, of->reg))
            continue;
        put_grant(&edit, &grant, key);
        ++*given;
    }
    return finish(&edit);
}

int rights_end(struct plan *plan, int assignment, int last_day, struct err *err)
{
    const struct rights *rights = engine_rights(plan->engine);
    const struct rights_assignment *of = &rights->assignments[assignment];
    struct edit edit;

    if (of->from != DATE_NONE && last_day < of->from)
        return plan_row_remove(plan, rights->data->items[RIGHTS_ITEM_ASG], of->key, err);
    edit = begin(plan, err);
    if (of->until == DATE_NONE || of->until > last_day)
        set_day(&edit, RIGHTS_ITEM_ASG_UNTIL, of->key, last_day);
    return finish(&edit);
}

/* ---- findings ---- */

int rights_accept(struct plan *plan, const struct rights_finding *finding, const char *reason,
                  const char *measure, int review, int by, struct err *err)
{
    struct edit edit = begin(plan, err);
    struct buf about = BUF_INIT;
    char key[24];

    if (finding->severity != SEVERITY_WARNING)
        edit.code = err_set(err, ERR_REFUSED, N_("Only a warning can be accepted."));
    else if (!reason || !*reason || !measure || !*measure || review == DATE_NONE)
        edit.code = err_set(err, ERR_REFUSED, N_("An accepted warning needs a reason, a "
                                                 "compensating measure and a day of review."));
    rights_finding_subject(edit.rights, finding, &about);
    add_row(&edit, RIGHTS_ITEM_WAIVER, key);
    set(&edit, RIGHTS_ITEM_WAIVER_CHECK, key, finding->check->id);
    set(&edit, RIGHTS_ITEM_WAIVER_ABOUT, key, about.text);
    set(&edit, RIGHTS_ITEM_WAIVER_REASON, key, reason);
    set(&edit, RIGHTS_ITEM_WAIVER_MEASURE, key, measure);
    set_day(&edit, RIGHTS_ITEM_WAIVER_REVIEW, key, review);
    if (by >= 0)
        set(&edit, RIGHTS_ITEM_WAIVER_BY, key, edit.rights->people[by].key);
    buf_free(&about);
    return finish(&edit);
}
