/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checks of roles, assignments and exceptions: what the decree lets a task use, in whose register,
 * and for how long.
 */
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "core/rights_check_parts.h"

#define BIT(name) RIGHTS_BIT(RIGHTS_##name)

static const struct rights_role *role_at(const struct checking *c, int at)
{
    return &c->rights->roles[at];
}

static const struct rights_assignment *assignment_at(const struct checking *c, int at)
{
    return &c->rights->assignments[at];
}

static const struct rights_role *role_of(const struct checking *c, int assignment)
{
    return role_at(c, assignment_at(c, assignment)->role);
}

static const struct rights_register *register_of(const struct checking *c, int assignment)
{
    int reg = assignment_at(c, assignment)->reg;

    return reg < 0 ? NULL : &c->rights->registers[reg];
}

static void add_letters(struct checking *c, int number, enum rights_about about, int at,
                        int group, unsigned letters)
{
    struct rights_finding *finding = rights_check_add(c, number, about, at);

    finding->group = group;
    finding->letters = letters;
}

static unsigned health_tasks(const struct rights *rights)
{
    unsigned health = 0;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
        health |= rights->data->work[task].health ? RIGHTS_BIT(task) : 0;
    return health;
}

/* Which check letters beyond the ceiling belong to: the narrowest (R05 to R07), else R04. */
static int over_number(const struct checking *c, const struct rights_role *role, int group)
{
    bool own_circle = group == RIGHTS_D08 || group == RIGHTS_D09 || group == RIGHTS_D10;

    if (group == RIGHTS_D09 && !role->mediator)
        return 7;
    if (own_circle && (role->tasks & BIT(HA)))
        return 5;
    if (own_circle && (role->tasks & health_tasks(c->rights)))
        return 6;
    return 4;
}

/* ---- roles ---- */

static void r01_public_task(struct checking *c, int at)
{
    for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
        if (c->rights->data->work[task].is_public &&
            (role_at(c, at)->tasks & RIGHTS_BIT(task))) {
            rights_check_add(c, 1, RIGHTS_ABOUT_ROLE, at);
            return;
        }
}

static bool name_holds(const char *name, const char *word)
{
    struct buf folded = BUF_INIT, wanted = BUF_INIT;
    bool holds;

    utf8_fold(&folded, name);
    utf8_fold(&wanted, word);
    holds = strstr(folded.text, wanted.text);
    buf_free(&folded);
    buf_free(&wanted);
    return holds;
}

static void r02_old_name(struct checking *c, int at)
{
    const char *name = role_at(c, at)->name;

    for (const char **word = rights_check_of(c, 2)->words; name && word && *word; word++)
        if (name_holds(name, *word)) {
            rights_check_add(c, 2, RIGHTS_ABOUT_ROLE, at);
            return;
        }
}

static void r04_over_ceiling(struct checking *c, int at)
{
    const struct rights_role *role = role_at(c, at);

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned over = role->cells[g] & ~(unsigned)rights_ceiling(c->rights, at, -1, g);
        if (over)
            add_letters(c, over_number(c, role, g), RIGHTS_ABOUT_ROLE, at, g, over);
    }
}

static void r07_mediator_sees_more(struct checking *c, int at)
{
    const struct rights_role *role = role_at(c, at);

    for (int g = 0; role->mediator && g < RIGHTS_GROUP_COUNT; g++)
        if (g != RIGHTS_D09 && role->cells[g])
            add_letters(c, 7, RIGHTS_ABOUT_ROLE, at, g, role->cells[g]);
}

static void r32_search(struct checking *c, int at)
{
    const struct rights_role *role = role_at(c, at);

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if ((role->cells[g] & BIT(H)) && (!role->relation || (role->tasks & (BIT(HA) | BIT(IC)))))
            add_letters(c, 32, RIGHTS_ABOUT_ROLE, at, g, BIT(H));
}

static void r33_wide_search(struct checking *c, int at)
{
    if (role_at(c, at)->wide)
        rights_check_add(c, 33, RIGHTS_ABOUT_ROLE, at);
}

static void r35_disclosing(struct checking *c, int at)
{
    const struct rights_role *role = role_at(c, at);

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if ((role->cells[g] & BIT(L)) && !(role->tasks & (BIT(PJ) | BIT(JT) | BIT(JO))))
            add_letters(c, 35, RIGHTS_ABOUT_ROLE, at, g, BIT(L));
}

/* Leaders who only look at what was recorded are no care workers. */
static void r37_no_recording(struct checking *c, int at)
{
    const struct rights_role *role = role_at(c, at);
    unsigned letters = role->cells[RIGHTS_D07];

    if ((letters & BIT(V)) && !(letters & BIT(K)) && (role->tasks & (BIT(PT) | BIT(JT))) &&
        !(role->tasks & (BIT(PJ) | BIT(JO))))
        add_letters(c, 37, RIGHTS_ABOUT_ROLE, at, RIGHTS_D07, letters);
}

row_check *const rights_role_checks[] = {
    r01_public_task, r02_old_name, r04_over_ceiling, r07_mediator_sees_more, r32_search,
    r33_wide_search, r35_disclosing, r37_no_recording, NULL,
};

/* ---- assignments ---- */

static void r01_public_work(struct checking *c, int at)
{
    for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
        if (c->rights->data->work[task].is_public &&
            (assignment_at(c, at)->work & RIGHTS_BIT(task))) {
            rights_check_add(c, 1, RIGHTS_ABOUT_ASSIGNMENT, at);
            return;
        }
}

/* Who only runs a system needs no task, register or service task of the decree. */
static void r03_incomplete(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);

    if (rights_only_admin(role_of(c, at)))
        return;
    if (!rights_named_tasks(c->rights, at) || of->unit < 0 || of->reg < 0 || !of->tasks)
        rights_check_add(c, 3, RIGHTS_ABOUT_ASSIGNMENT, at);
}

/* No task of the assignment counts in its register, so it gives nothing that was meant. */
static void r04_no_task_counts(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);

    if (of->reg >= 0 && rights_named_tasks(c->rights, at) && !of->work &&
        !rights_counting_tasks(c->rights, at))
        rights_check_add(c, 4, RIGHTS_ABOUT_ASSIGNMENT, at);
}

/* Tasks outside the unit's; a unit without any is told of once, as a unit. */
static void r08_not_of_unit(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);
    const struct rights_unit *unit = of->unit < 0 ? NULL : &c->rights->units[of->unit];

    if (unit && ((unit->tasks && (of->tasks & ~unit->tasks)) ||
                 (unit->services && (of->services & ~unit->services))))
        rights_check_add(c, 8, RIGHTS_ABOUT_ASSIGNMENT, at);
}

/* A decision that comes from the organiser's task is left out of the own register silently. */
static void r10_decision_in_own(struct checking *c, int at)
{
    const struct rights_register *reg = register_of(c, at);
    const struct rights_role *role = role_of(c, at);

    if (reg && reg->owner == RIGHTS_OWN && reg->kind == RIGHTS_SOCIAL &&
        role->cells[RIGHTS_D06] && !(role->tasks & BIT(JT)))
        add_letters(c, 10, RIGHTS_ABOUT_ASSIGNMENT, at, RIGHTS_D06, role->cells[RIGHTS_D06]);
}

static void r11_note_register(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);
    const struct rights_register *reg = register_of(c, at);
    int day = c->rights->today;

    if (!reg || reg->owner != RIGHTS_ORGANISER)
        return;
    if (of->from != DATE_NONE && of->from > day)
        day = of->from;
    if (!reg->contract || reg->from == DATE_NONE || reg->from > day ||
        (reg->until != DATE_NONE && reg->until < day))
        c->registers[of->reg] = true;
}

/* Letters that only the tasks limited to the own register give. */
static void r12_standing_at_organiser(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);
    const struct rights_register *reg = register_of(c, at);
    unsigned named = rights_named_tasks(c->rights, at), own = BIT(IC) | BIT(AR) | BIT(JO);

    if (!reg || reg->owner != RIGHTS_ORGANISER || of->until != DATE_NONE || !(named & own))
        return;
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned letters = c->effective[g];
        if (!letters)
            continue;
        letters &= ~rights_tasks_ceiling(c->rights, role_of(c, at), named & ~own, of->reg, g);
        if (letters) {
            add_letters(c, 12, RIGHTS_ABOUT_ASSIGNMENT, at, g, letters);
            return;
        }
    }
}

/* Tasks that were named for the assignment, of the own and of an organiser's register, or of
 * another's than its register. */
static void r13_mixed_owners(struct checking *c, int at)
{
    const struct rights_register *reg = register_of(c, at);
    unsigned work = assignment_at(c, at)->work, owners = RIGHTS_OWN | RIGHTS_ORGANISER;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
        if (work & RIGHTS_BIT(task))
            owners &= c->rights->data->work[task].owners;
    if (work && (!owners || (reg && reg->owner && !(owners & reg->owner))))
        rights_check_add(c, 13, RIGHTS_ABOUT_ASSIGNMENT, at);
}

static void r14_mixed_kinds(struct checking *c, int at)
{
    const struct rights_register *reg = register_of(c, at);
    unsigned work = assignment_at(c, at)->work, health = health_tasks(c->rights);
    unsigned social = BIT(PJ) | BIT(PT) | BIT(JT) | BIT(HA);
    unsigned kinds = RIGHTS_SOCIAL | RIGHTS_PATIENT;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
        if (work & RIGHTS_BIT(task))
            kinds &= c->rights->data->work[task].kinds;
    if (work && (!kinds || ((work & health) && (work & social)) ||
                 (reg && reg->kind && !(kinds & reg->kind))))
        rights_check_add(c, 14, RIGHTS_ABOUT_ASSIGNMENT, at);
}

static bool is_student(const struct checking *c, int at)
{
    return rights_named_tasks(c->rights, at) & BIT(OP);
}

/* A day on which the assignment ends by itself or with the person's work; DATE_NONE. */
static int end_of(const struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);
    int until = c->rights->people[of->person].until;

    if (of->until == DATE_NONE || (until != DATE_NONE && until < of->until))
        return until;
    return of->until;
}

static void r15_student(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);

    if (!is_student(c, at))
        return;
    if (end_of(c, at) == DATE_NONE || of->guide < 0 || of->guide == of->person || of->base < 0) {
        rights_check_add(c, 15, RIGHTS_ABOUT_ASSIGNMENT, at);
        return;
    }
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned over = rights_granted(c->rights, at, g, c->rights->today) &
                        ~(unsigned)rights_assignment_ceiling(c->rights, at, g);
        if (over)
            add_letters(c, 15, RIGHTS_ABOUT_ASSIGNMENT, at, g, over);
    }
}

static bool lasts_longer(const struct checking *c, int at, int months)
{
    const struct rights_assignment *of = assignment_at(c, at);
    int from = of->from != DATE_NONE ? of->from : c->rights->people[of->person].from;
    int until = end_of(c, at);

    return from != DATE_NONE && until != DATE_NONE && until > date_add_months(from, months);
}

static void r16_long(struct checking *c, int at)
{
    const struct rights_person *person = &c->rights->people[assignment_at(c, at)->person];
    bool temporary = person->licence && strcmp(person->licence, "temporary") == 0;
    int months = rights_check_of(c, 16)->number;

    if (((is_student(c, at) || temporary) && lasts_longer(c, at, months)) ||
        (temporary && end_of(c, at) == DATE_NONE))
        rights_check_add(c, 16, RIGHTS_ABOUT_ASSIGNMENT, at)->number = months;
}

static bool kind_is(const struct rights_person *person, const char *kind)
{
    return person->kind && strcmp(person->kind, kind) == 0;
}

static void r17_no_end(struct checking *c, int at)
{
    const struct rights_person *person = &c->rights->people[assignment_at(c, at)->person];
    bool temp = !person->kind && person->group && strcmp(person->group, "temp") == 0;

    if ((temp || kind_is(person, "stand_in") || kind_is(person, "agency") ||
         kind_is(person, "subcontractor")) && end_of(c, at) == DATE_NONE)
        rights_check_add(c, 17, RIGHTS_ABOUT_ASSIGNMENT, at);
}

static void r23_gives_nothing(struct checking *c, int at)
{
    bool gives = role_of(c, at)->admin;

    for (int g = 0; !gives && g < RIGHTS_GROUP_COUNT; g++)
        gives = rights_granted(c->rights, at, g, c->rights->today);
    if (!gives)
        rights_check_add(c, 23, RIGHTS_ABOUT_ASSIGNMENT, at);
}

/* Data that crosses between social welfare and health care, under a condition, without a ground. */
static void r36_no_ground(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);
    unsigned tasks = rights_counting_tasks(c->rights, at);

    for (int g = 0; !of->grounds && of->reg >= 0 && g < RIGHTS_GROUP_COUNT; g++) {
        unsigned letters = c->effective[g];
        if (letters && rights_needs_ground(c->rights, role_of(c, at), tasks, g)) {
            add_letters(c, 36, RIGHTS_ABOUT_ASSIGNMENT, at, g, letters);
            return;
        }
    }
}

static void r44_supplier(struct checking *c, int at)
{
    const struct rights_assignment *of = assignment_at(c, at);
    const struct rights_person *person = &c->rights->people[of->person];

    if (kind_is(person, "supplier") &&
        (end_of(c, at) == DATE_NONE || !of->ticket || !person->reliable))
        rights_check_add(c, 44, RIGHTS_ABOUT_ASSIGNMENT, at);
}

row_check *const rights_assignment_checks[] = {
    r01_public_work, r03_incomplete, r04_no_task_counts, r08_not_of_unit, r10_decision_in_own,
    r11_note_register, r12_standing_at_organiser, r13_mixed_owners, r14_mixed_kinds, r15_student,
    r16_long, r17_no_end, r23_gives_nothing, r36_no_ground, r44_supplier, NULL,
};

/* ---- exceptions ---- */

static bool is_of_live(const struct checking *c, const struct rights_exception *exception)
{
    return exception->assignment >= 0 && exception->group >= 0 &&
           rights_is_live(c->rights, exception->assignment);
}

static void r04_exception_over(struct checking *c, int at)
{
    const struct rights_exception *exception = &c->rights->exceptions[at];
    const struct rights_register *reg;
    unsigned over;

    if (!is_of_live(c, exception) || exception->take || is_student(c, exception->assignment) ||
        (exception->until != DATE_NONE && exception->until < c->rights->today))
        return;
    reg = register_of(c, exception->assignment);
    over = exception->letters & ~(unsigned)rights_assignment_ceiling(
                                    c->rights, exception->assignment, exception->group);
    if (!over)
        return;
    if (exception->group == RIGHTS_D06 && reg && reg->owner == RIGHTS_OWN)
        add_letters(c, 10, RIGHTS_ABOUT_EXCEPTION, at, RIGHTS_D06, over);
    else
        add_letters(c, over_number(c, role_of(c, exception->assignment), exception->group),
                    RIGHTS_ABOUT_EXCEPTION, at, exception->group, over);
}

static void r40_exception_old(struct checking *c, int at)
{
    const struct rights_exception *exception = &c->rights->exceptions[at];
    struct rights_finding *finding;

    if (!is_of_live(c, exception) || exception->until == DATE_NONE ||
        exception->until >= c->rights->today)
        return;
    finding = rights_check_add(c, 40, RIGHTS_ABOUT_EXCEPTION, at);
    finding->group = exception->group;
    finding->day = exception->until;
}

row_check *const rights_exception_checks[] = { r04_exception_over, r40_exception_old, NULL };
