/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Carrying out the checks: who is shown to which check, what is gathered on the way, and what the
 * user has accepted.
 */
#include "core/rights_check.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "core/rights_check_parts.h"

const struct rights_check *rights_check_of(const struct checking *c, int number)
{
    const struct rights_data *data = c->rights->data;

    return (size_t)number <= data->check_count ? &data->checks[number - 1] : NULL;
}

struct rights_finding *rights_check_add(struct checking *c, int number, enum rights_about about,
                                        int at)
{
    struct rights_findings *out = c->out;
    const struct rights_check *check = rights_check_of(c, number);

    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    out->at[out->count] = (struct rights_finding){
        .check = check, .severity = check->severity, .about = about, .at = at, .group = -1,
        .day = DATE_NONE, .waiver = -1 };
    return &out->at[out->count++];
}

bool rights_is_live(const struct rights *rights, int assignment)
{
    const struct rights_assignment *of = &rights->assignments[assignment];

    return of->person >= 0 && of->role >= 0 &&
           (of->until == DATE_NONE || of->until >= rights->today);
}

unsigned rights_named_tasks(const struct rights *rights, int assignment)
{
    const struct rights_assignment *of = &rights->assignments[assignment];

    return of->work ? of->work : of->role < 0 ? 0 : rights->roles[of->role].tasks;
}

unsigned rights_counting_tasks(const struct rights *rights, int assignment)
{
    return rights_fitting(rights, rights_named_tasks(rights, assignment),
                          rights->assignments[assignment].reg);
}

bool rights_only_admin(const struct rights_role *role)
{
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if (role->cells[g] && g != RIGHTS_D15)
            return false;
    return role->admin != 0;
}

/* Tasks of care, among all that there are. */
static unsigned care_tasks(const struct rights *rights)
{
    unsigned care = 0;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++)
        care |= rights->data->work[task].care ? RIGHTS_BIT(task) : 0;
    return care;
}

/* ---- the passes ---- */

static void run_rows(struct checking *c, row_check *const *checks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (row_check *const *check = checks; *check; check++)
            (*check)(c, (int)i);
}

/* What an assignment gives, and what that adds to its unit and to the whole. */
static void gather(struct checking *c, int at)
{
    static const unsigned writing = RIGHTS_BIT(RIGHTS_K) | RIGHTS_BIT(RIGHTS_M) |
                                    RIGHTS_BIT(RIGHTS_A);
    const struct rights *rights = c->rights;
    const struct rights_assignment *of = &rights->assignments[at];
    struct unit_sum *unit = of->unit < 0 ? NULL : &c->units[of->unit];
    unsigned all = 0;

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        uint16_t letters = rights_granted(rights, at, g, rights->today);
        c->cells += letters != 0;
        c->effective[g] = letters ? letters & rights_assignment_ceiling(rights, at, g) : 0;
        all |= c->effective[g];
    }
    c->services |= of->tasks;
    c->writes[at] = all & writing;
    if (!unit)
        return;
    unit->used = true;
    unit->seeks_or_records |= (all & (RIGHTS_BIT(RIGHTS_H) | RIGHTS_BIT(RIGHTS_K))) != 0;
    unit->consents |= (all & RIGHTS_BIT(RIGHTS_T)) != 0;
    unit->patients |= of->reg >= 0 && rights->registers[of->reg].kind == RIGHTS_PATIENT;
}

static void run_assignments(struct checking *c)
{
    for (size_t i = 0; i < c->rights->assignment_count; i++) {
        c->out->assignments_read++;
        if (!rights_is_live(c->rights, (int)i))
            continue;
        gather(c, (int)i);
        for (row_check *const *check = rights_assignment_checks; *check; check++)
            (*check)(c, (int)i);
    }
}

static void note_level(const struct rights *rights, const struct rights_person *person,
                       const char *level, struct person_sum *sum)
{
    if (!level)
        return;
    sum->level_known = true;
    for (int a = person->first_account; a >= 0; a = rights->accounts[a].next)
        sum->level_same |= rights->accounts[a].level &&
                           strcasecmp(rights->accounts[a].level, level) == 0;
}

static void add_to_person(const struct checking *c, int at, struct person_sum *sum)
{
    const struct rights *rights = c->rights;
    const struct rights_assignment *of = &rights->assignments[at];
    const struct rights_role *role = &rights->roles[of->role];
    unsigned tasks = rights_counting_tasks(rights, at);
    bool care = tasks & care_tasks(rights);

    sum->open_end |= of->until == DATE_NONE;
    if (of->until > sum->last)
        sum->last = of->until;
    if (of->from != DATE_NONE && (sum->first == DATE_NONE || of->from < sum->first))
        sum->first = of->from;
    sum->live = true;
    sum->tasks |= tasks;
    sum->services |= of->tasks;
    sum->care_services |= care ? of->tasks : 0;
    sum->admin |= role->admin;
    sum->care |= care;
    sum->writes |= c->writes[at];
    note_level(rights, &rights->people[of->person], role->level, sum);
}

/* Someone with the archivist's right works with clients in a unit where she is archivist, too; an
 * archivist of no unit is one of all. */
static bool archives_own_work(const struct checking *c, int person)
{
    const struct rights *rights = c->rights;
    int a, b;

    for (a = rights->people[person].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person) {
        if (!rights_is_live(rights, a) ||
            !(rights->roles[rights->assignments[a].role].admin & RIGHTS_BIT(RIGHTS_Z)))
            continue;
        for (b = rights->people[person].first_assignment; b >= 0;
             b = rights->assignments[b].next_of_person) {
            int unit = rights->assignments[a].unit;
            if (rights_is_live(rights, b) &&
                (rights_counting_tasks(rights, b) & care_tasks(rights)) &&
                (unit < 0 || unit == rights->assignments[b].unit))
                return true;
        }
    }
    return false;
}

static void run_people(struct checking *c)
{
    const struct rights *rights = c->rights;
    int *seen = xcalloc(rights->unit_count + 1, sizeof seen[0]);

    for (size_t p = 0; p < rights->person_count; p++) {
        struct person_sum sum = { .first = DATE_NONE, .last = DATE_NONE };
        for (int a = rights->people[p].first_assignment; a >= 0;
             a = rights->assignments[a].next_of_person) {
            int unit = rights->assignments[a].unit;
            c->out->assignments_read++;
            if (!rights_is_live(rights, a))
                continue;
            add_to_person(c, a, &sum);
            if (unit >= 0 && seen[unit] != (int)p + 1) {
                seen[unit] = (int)p + 1;
                sum.units++;
            }
        }
        c->main_users += (sum.admin & RIGHTS_BIT(RIGHTS_S)) != 0;
        c->archivists += (sum.admin & RIGHTS_BIT(RIGHTS_Z)) != 0;
        c->log_reviewers += (sum.admin & RIGHTS_BIT(RIGHTS_O)) != 0;
        sum.care_with_archive =
            (sum.admin & RIGHTS_BIT(RIGHTS_Z)) && archives_own_work(c, (int)p);
        for (person_check *const *check = rights_person_checks; *check; check++)
            (*check)(c, (int)p, &sum);
    }
    free(seen);
}

/* ---- what the user accepted ---- */

static bool accepts(const struct rights *rights, const struct rights_waiver *waiver,
                    const struct rights_finding *finding, const char *subject)
{
    return waiver->check && strcasecmp(waiver->check, finding->check->id) == 0 &&
           waiver->reason && waiver->measure && waiver->review != DATE_NONE &&
           waiver->review >= rights->today &&
           (!waiver->about || strcmp(waiver->about, subject) == 0);
}

static void accept(const struct rights *rights, struct rights_findings *out)
{
    struct buf subject = BUF_INIT;

    for (size_t i = 0; rights->waiver_count && i < out->count; i++) {
        struct rights_finding *finding = &out->at[i];
        if (finding->severity != SEVERITY_WARNING)
            continue;
        buf_clear(&subject);
        rights_finding_subject(rights, finding, &subject);
        for (size_t w = 0; w < rights->waiver_count && finding->waiver < 0; w++)
            if (accepts(rights, &rights->waivers[w], finding, subject.text)) {
                finding->waiver = (int)w;
                finding->severity = SEVERITY_NOTE;
            }
    }
    buf_free(&subject);
}

/* Errors first; within a severity in the order of the checks, then as found. */
static void sort_findings(struct rights_findings *out)
{
    struct rights_finding *sorted = xcalloc(out->count + 1, sizeof *sorted);
    size_t start[SEVERITY_NOTE + 1][RIGHTS_CHECK_COUNT], n = 0;

    memset(start, 0, sizeof start);
    for (size_t i = 0; i < out->count; i++)
        start[out->at[i].severity][atoi(out->at[i].check->id + 1) - 1]++;
    for (int s = SEVERITY_ERROR; s <= SEVERITY_NOTE; s++)
        for (int c = 0; c < RIGHTS_CHECK_COUNT; c++) {
            size_t count = start[s][c];
            start[s][c] = n;
            n += count;
        }
    for (size_t i = 0; i < out->count; i++) {
        const struct rights_finding *finding = &out->at[i];
        sorted[start[finding->severity][atoi(finding->check->id + 1) - 1]++] = *finding;
    }
    free(out->at);
    out->at = sorted;
    out->room = out->count + 1;
}

static void count_findings(struct rights_findings *out)
{
    for (size_t i = 0; i < out->count; i++) {
        out->errors += out->at[i].severity == SEVERITY_ERROR;
        out->warnings += out->at[i].severity == SEVERITY_WARNING;
        out->accepted += out->at[i].waiver >= 0;
    }
}

void rights_check(const struct rights *rights, struct rights_findings *out)
{
    struct checking c = { .rights = rights, .out = out };

    out->count = out->errors = out->warnings = out->accepted = out->assignments_read = 0;
    if (!rights || !rights_begun(rights) || rights->data->check_count < RIGHTS_CHECK_COUNT)
        return;
    c.units = xcalloc(rights->unit_count + 1, sizeof c.units[0]);
    c.writes = xcalloc(rights->assignment_count + 1, sizeof c.writes[0]);
    c.registers = xcalloc(rights->register_count + 1, sizeof c.registers[0]);
    run_rows(&c, rights_role_checks, rights->role_count);
    run_assignments(&c);
    run_rows(&c, rights_exception_checks, rights->exception_count);
    run_rows(&c, rights_account_checks, rights->account_count);
    run_people(&c);
    run_rows(&c, rights_unit_checks, rights->unit_count);
    run_rows(&c, rights_register_checks, rights->register_count);
    for (void (*const *check)(struct checking *) = rights_whole_checks; *check; check++)
        (*check)(&c);
    free(c.units);
    free(c.registers);
    free(c.writes);
    accept(rights, out);
    sort_findings(out);
    count_findings(out);
}

void rights_findings_free(struct rights_findings *findings)
{
    free(findings->at);
    *findings = (struct rights_findings){ 0 };
}

/* ---- where a finding is ---- */

static const struct {
    const char *word;
    enum rights_item item;
} subjects[RIGHTS_ABOUT_COUNT] = {
    [RIGHTS_ABOUT_ROLE] = { "role", RIGHTS_ITEM_ROLE_NAME },
    [RIGHTS_ABOUT_PERSON] = { "person", RIGHTS_ITEM_PERSON_NAME },
    [RIGHTS_ABOUT_ASSIGNMENT] = { "assignment", RIGHTS_ITEM_ASG_PERSON },
    [RIGHTS_ABOUT_REGISTER] = { "data_register", RIGHTS_ITEM_REG_CONTRACT },
    [RIGHTS_ABOUT_UNIT] = { "unit", RIGHTS_ITEM_UNIT_TASKS },
    [RIGHTS_ABOUT_EXCEPTION] = { "deviation", RIGHTS_ITEM_DEV_RIGHTS },
    [RIGHTS_ABOUT_ACCOUNT] = { "account", RIGHTS_ITEM_ACC_USER },
};

static const char *key_of(const struct rights *rights, const struct rights_finding *finding)
{
    switch (finding->about) {
    case RIGHTS_ABOUT_ROLE: return rights->roles[finding->at].key;
    case RIGHTS_ABOUT_PERSON: return rights->people[finding->at].key;
    case RIGHTS_ABOUT_ASSIGNMENT: return rights->assignments[finding->at].key;
    case RIGHTS_ABOUT_REGISTER: return rights->registers[finding->at].key;
    case RIGHTS_ABOUT_UNIT: return rights->units[finding->at].key;
    case RIGHTS_ABOUT_EXCEPTION: return rights->exceptions[finding->at].key;
    case RIGHTS_ABOUT_ACCOUNT: return rights->accounts[finding->at].key;
    default: return NULL;
    }
}

void rights_finding_subject(const struct rights *rights, const struct rights_finding *finding,
                            struct buf *out)
{
    const char *key = key_of(rights, finding);

    if (!key)
        return;
    buf_addf(out, "%s/%s", subjects[finding->about].word, key);
    if (finding->group >= 0)
        buf_addf(out, "/%s", rights->data->groups->choices[finding->group].id);
}

/* Where a finding about the matrix as a whole is corrected, by the number of the check; the first
 * is for all others. */
static const struct {
    int number;
    enum rights_item item;
} places_of_whole[] = {
    { 0, RIGHTS_ITEM_APPROVED }, { 2, RIGHTS_ITEM_BASIS }, { 28, RIGHTS_ITEM_ASG },
    { 29, RIGHTS_ITEM_ASG }, { 30, RIGHTS_ITEM_LOG_RHYTHM }, { 31, RIGHTS_ITEM_ASG },
    { 40, RIGHTS_ITEM_DEV }, { 45, RIGHTS_ITEM_CODE },
};

static enum rights_item place_of_whole(const struct rights_finding *finding)
{
    for (size_t i = 1; i < countof(places_of_whole); i++)
        if (atoi(finding->check->id + 1) == places_of_whole[i].number)
            return places_of_whole[i].item;
    return places_of_whole[0].item;
}

/* The row of the user's record holds what a finding about a person asks for, when there is one. */
const struct item *rights_finding_item(const struct rights *rights,
                                       const struct rights_finding *finding, const char **row)
{
    const struct rights_data *data = rights->data;
    const char *user;

    *row = key_of(rights, finding);
    if (!*row)
        return data->items[place_of_whole(finding)];
    if (finding->about == RIGHTS_ABOUT_ROLE && finding->group >= 0)
        return data->cells[finding->group];
    user = finding->about == RIGHTS_ABOUT_PERSON ? rights->people[finding->at].user : NULL;
    if (!user)
        return data->items[subjects[finding->about].item];
    *row = user;
    return data->items[RIGHTS_ITEM_USER_PERSON];
}

static bool is_of_cell(const struct rights *rights, const struct rights_finding *finding,
                       int role, int group)
{
    int assignment = -1;

    if (finding->about == RIGHTS_ABOUT_ROLE)
        return finding->at == role && (finding->group == group || finding->group < 0);
    if (finding->about == RIGHTS_ABOUT_ASSIGNMENT)
        assignment = finding->at;
    else if (finding->about == RIGHTS_ABOUT_EXCEPTION)
        assignment = rights->exceptions[finding->at].assignment;
    return assignment >= 0 && finding->group == group &&
           rights->assignments[assignment].role == role;
}

int rights_finding_of_cell(const struct rights *rights, const struct rights_findings *findings,
                           int role, int group, size_t from)
{
    for (size_t i = from; i < findings->count; i++)
        if (is_of_cell(rights, &findings->at[i], role, group))
            return (int)i;
    return -1;
}

static bool is_of_person(const struct rights *rights, const struct rights_finding *finding,
                         int person)
{
    int assignment = -1;

    switch (finding->about) {
    case RIGHTS_ABOUT_PERSON: return finding->at == person;
    case RIGHTS_ABOUT_ACCOUNT: return rights->accounts[finding->at].person == person;
    case RIGHTS_ABOUT_ASSIGNMENT: assignment = finding->at; break;
    case RIGHTS_ABOUT_EXCEPTION:
        assignment = rights->exceptions[finding->at].assignment;
        break;
    default: break;
    }
    return assignment >= 0 && rights->assignments[assignment].person == person;
}

int rights_finding_of_person(const struct rights *rights, const struct rights_findings *findings,
                             int person, size_t from)
{
    for (size_t i = from; i < findings->count; i++)
        if (is_of_person(rights, &findings->at[i], person))
            return (int)i;
    return -1;
}
