/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the decree allows, what was granted, and what is left of it.
 */
#include "core/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/rights_check_parts.h"
#include "core/rights_most.h"

enum { ALL_LETTERS = (1 << RIGHTS_LETTER_COUNT) - 1 };

/* ---- ceilings ---- */

static bool task_fits(const struct rights *rights, int task, int reg)
{
    const struct rights_work *work = &rights->data->work[task];
    const struct rights_register *in;

    if (work->is_public)
        return false;
    if (reg < 0)
        return true;
    in = &rights->registers[reg];
    return (work->owners & in->owner) && (work->kinds & in->kind);
}

unsigned rights_fitting(const struct rights *rights, unsigned tasks, int reg)
{
    unsigned fitting = 0;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
        if ((tasks & RIGHTS_BIT(task)) && task_fits(rights, task, reg))
            fitting |= RIGHTS_BIT(task);
    return fitting;
}

/* A condition that the plan itself shows not to be met. What the plan cannot show is not judged. */
static bool is_unmet(const struct rights *rights, const struct rights_role *role, int limit)
{
    switch (rights->data->limit_kinds[limit]) {
    case RIGHTS_LIMIT_MEDIATOR: return !role->mediator;
    case RIGHTS_LIMIT_REASON: return !role->why;
    case RIGHTS_LIMIT_LOG: return !(role->admin & RIGHTS_BIT(RIGHTS_O));
    default: return false;
    }
}

/* The group is kept in such a register: a service of one's own rests on a contract, one for an
 * organiser on a decision (decree 457/2024 15-16 §). */
static bool group_lives(const struct rights *rights, int group, int reg)
{
    const struct rights_register *in;

    if (reg < 0)
        return true;
    in = &rights->registers[reg];
    return (rights->data->group_kinds[group] & in->kind) &&
           (rights->data->group_owners[group] & in->owner);
}

/* Logs are reviewed by right of the post, in no register in particular. */
static unsigned log_letters(const struct rights_role *role, int group)
{
    return group == RIGHTS_D15 && (role->admin & RIGHTS_BIT(RIGHTS_O))
               ? RIGHTS_BIT(RIGHTS_V) | RIGHTS_BIT(RIGHTS_R) : 0;
}

/* What the tasks allow; `limited` (may be NULL) gets what they allow under a condition only. */
static unsigned allowed(const struct rights *rights, const struct rights_role *role,
                        unsigned tasks, int reg, int group, unsigned *limited)
{
    const struct rights_data *data = rights->data;
    unsigned most = 0, free_of_limits = 0;

    for (int task = 0; task < RIGHTS_TASK_COUNT && group_lives(rights, group, reg); task++) {
        int limit = data->limit[task][group];
        if (!(tasks & RIGHTS_BIT(task)) || !task_fits(rights, task, reg) ||
            is_unmet(rights, role, limit))
            continue;
        most |= data->most[task][group];
        if (!limit || data->limits[limit - 1].narrows)
            free_of_limits |= data->most[task][group];
    }
    free_of_limits |= log_letters(role, group);
    if (limited)
        *limited = most & ~free_of_limits;
    return most | free_of_limits;
}

unsigned rights_tasks_ceiling(const struct rights *rights, const struct rights_role *role,
                              unsigned tasks, int reg, int group)
{
    return allowed(rights, role, tasks, reg, group, NULL);
}

bool rights_needs_ground(const struct rights *rights, const struct rights_role *role,
                         unsigned tasks, int group)
{
    const struct rights_data *data = rights->data;
    bool needs = false;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++) {
        int limit = data->limit[task][group], kind = data->limit_kinds[limit];
        if (!(tasks & RIGHTS_BIT(task)) || !data->most[task][group] ||
            is_unmet(rights, role, limit))
            continue;
        if (kind != RIGHTS_LIMIT_SOCIAL && kind != RIGHTS_LIMIT_CLOSE && kind != RIGHTS_LIMIT_SIX)
            return false;
        needs = true;
    }
    return needs;
}

/* A row of the table is one role in one register, or (the last column) in any. */
struct rights_most {
    bool *known;
    uint16_t (*at)[RIGHTS_GROUP_COUNT];
};

struct rights_most *rights_most_new(const struct rights *rights)
{
    struct rights_most *most = xcalloc(1, sizeof *most);
    size_t rows = rights->role_count * (rights->register_count + 1);

    most->known = xcalloc(rows + 1, sizeof most->known[0]);
    most->at = xcalloc(rows + 1, sizeof most->at[0]);
    return most;
}

void rights_most_free(struct rights_most *most)
{
    free(most->known);
    free(most->at);
    free(most);
}

/* What the role's own tasks allow in the register; what a student may comes with the base role. */
static const uint16_t *own_ceiling(const struct rights *rights, int role, int reg)
{
    size_t column = reg < 0 ? rights->register_count : (size_t)reg;
    size_t row = (size_t)role * (rights->register_count + 1) + column;
    const struct rights_role *of = &rights->roles[role];

    for (int g = 0; !rights->most->known[row] && g < RIGHTS_GROUP_COUNT; g++)
        rights->most->at[row][g] =
            (uint16_t)allowed(rights, of, of->tasks & ~RIGHTS_BIT(RIGHTS_OP), reg, g, NULL);
    rights->most->known[row] = true;
    return rights->most->at[row];
}

/* A student's role alone has no ceiling of its own: that comes with the base role of an assignment
 * (decree 457/2024 21 §). */
static unsigned role_ceiling(const struct rights *rights, int role, int reg, int group)
{
    bool student = rights->roles[role].tasks & RIGHTS_BIT(RIGHTS_OP);

    return student && group_lives(rights, group, reg) ? ALL_LETTERS
                                                      : own_ceiling(rights, role, reg)[group];
}

uint16_t rights_ceiling(const struct rights *rights, int role, int reg, int group)
{
    return (uint16_t)role_ceiling(rights, role, reg, group);
}

uint16_t rights_assignment_ceiling(const struct rights *rights, int assignment, int group)
{
    const struct rights_assignment *of = &rights->assignments[assignment];
    const struct rights_role *role;
    unsigned tasks, most;

    if (of->role < 0)
        return 0;
    role = &rights->roles[of->role];
    if (of->reg < 0)
        return (uint16_t)log_letters(role, group);
    tasks = of->work ? of->work : role->tasks;
    if (of->work)
        most = allowed(rights, role, tasks & ~RIGHTS_BIT(RIGHTS_OP), of->reg, group, NULL);
    else
        most = own_ceiling(rights, of->role, of->reg)[group];
    if ((tasks & RIGHTS_BIT(RIGHTS_OP)) && of->base >= 0)
        most |= rights->roles[of->base].cells[group] &
                own_ceiling(rights, of->base, of->reg)[group];
    return (uint16_t)most;
}

/* ---- effective rights ---- */

static bool within(int day, int from, int until)
{
    return (from == DATE_NONE || day >= from) && (until == DATE_NONE || day <= until);
}

bool rights_active(const struct rights *rights, int assignment, int day)
{
    const struct rights_assignment *of = &rights->assignments[assignment];
    const struct rights_person *person;

    if (of->person < 0 || of->role < 0)
        return false;
    person = &rights->people[of->person];
    return within(day, of->from, of->until) && within(day, person->from, person->until);
}

uint16_t rights_granted(const struct rights *rights, int assignment, int group, int day)
{
    const struct rights_assignment *of = &rights->assignments[assignment];
    unsigned letters = of->role < 0 ? 0 : rights->roles[of->role].cells[group], taken = 0;

    for (int e = of->first_exception; e >= 0; e = rights->exceptions[e].next) {
        const struct rights_exception *exception = &rights->exceptions[e];
        if (exception->group != group || !within(day, DATE_NONE, exception->until))
            continue;
        if (exception->take)
            taken |= exception->letters;
        else
            letters |= exception->letters;
    }
    return (uint16_t)(letters & ~taken);
}

uint16_t rights_effective(const struct rights *rights, int assignment, int group, int day)
{
    uint16_t granted;

    if (!rights_active(rights, assignment, day))
        return 0;
    granted = rights_granted(rights, assignment, group, day);
    return granted ? granted & rights_assignment_ceiling(rights, assignment, group) : 0;
}

void rights_of_person(const struct rights *rights, int person, int reg, int day,
                      uint16_t out[RIGHTS_GROUP_COUNT])
{
    memset(out, 0, RIGHTS_GROUP_COUNT * sizeof out[0]);
    for (int a = rights->people[person].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person)
        for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
            if (reg < 0 || rights->assignments[a].reg == reg)
                out[g] |= rights_effective(rights, a, g, day);
}

void rights_who(const struct rights *rights, uint16_t letters, int group, int reg, int day,
                struct rights_found *out)
{
    out->count = 0;
    for (size_t a = 0; a < rights->assignment_count; a++) {
        if ((reg >= 0 && rights->assignments[a].reg != reg) ||
            (rights_effective(rights, (int)a, group, day) & letters) != letters)
            continue;
        out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
        out->at[out->count++] = (int)a;
    }
}

void rights_found_free(struct rights_found *found)
{
    free(found->at);
    *found = (struct rights_found){ 0 };
}

int rights_between(const struct rights *rights, int person, int role, int after)
{
    int a = after < 0 ? rights->people[person].first_assignment
                      : rights->assignments[after].next_of_person;

    while (a >= 0 && rights->assignments[a].role != role)
        a = rights->assignments[a].next_of_person;
    return a;
}

/* ---- one cell ---- */

static enum rights_origin origin_of(const struct rights_role *role, int group)
{
    uint16_t letters = role->cells[group];
    uint16_t proposed = role->template ? role->template->cells[group] : 0;
    bool checked = role->checked & RIGHTS_BIT(group);

    if (letters != proposed || (!role->template && letters))
        return RIGHTS_ORIGIN_CHANGED;
    if (checked)
        return RIGHTS_ORIGIN_CONFIRMED;
    return letters ? RIGHTS_ORIGIN_TEMPLATE : RIGHTS_ORIGIN_EMPTY;
}

void rights_cell(const struct rights *rights, int role, int group, int reg,
                 struct rights_cell *out)
{
    const struct rights_role *of = &rights->roles[role];
    unsigned limited = 0, most = role_ceiling(rights, role, reg, group);

    if (most)
        allowed(rights, of, of->tasks, reg, group, &limited);
    *out = (struct rights_cell){
        .letters = of->cells[group], .ceiling = (uint16_t)most,
        .over = (uint16_t)(of->cells[group] & ~rights_ceiling(rights, role, -1, group)),
        .template_letters = of->template ? of->template->cells[group] : 0,
        .limited = (uint16_t)limited, .origin = origin_of(of, group),
        .excepted = of->excepted & RIGHTS_BIT(group), .dated = of->dated,
    };
}

char rights_mark(const struct rights_cell *cell)
{
    if (cell->over)
        return '!';
    if (cell->excepted)
        return '*';
    if (cell->letters && cell->dated)
        return 't';
    if (cell->origin == RIGHTS_ORIGIN_TEMPLATE)
        return '~';
    if (cell->letters & cell->limited)
        return '?';
    return cell->ceiling ? ' ' : '-';
}

void rights_letters(unsigned letters, char out[24])
{
    static const char names[] = "VKMAXHTLR";
    size_t length = 0;

    for (int i = 0; i < RIGHTS_LETTER_COUNT; i++)
        if (letters & RIGHTS_BIT(i))
            out[length++] = names[i];
    out[length] = '\0';
}

void rights_ids(const struct list *list, unsigned mask, char *out, size_t size)
{
    size_t length = 0;

    out[0] = '\0';
    for (size_t i = 0; i < list->choice_count && i < 32; i++)
        if ((mask & RIGHTS_BIT(i)) && length < size)
            length += (size_t)snprintf(out + length, size - length, "%s%s", length ? " " : "",
                                       list->choices[i].id);
}
