/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Making the picture: from the answers of the rows to positions and sets.
 *
 * Each kind of row is read in one pass by position; keys become positions through sorted indexes,
 * so that a large plan costs a few comparisons a row. Then assignments are strung together by
 * person and by role, exceptions by assignment, and accounts by person, always in the order of the
 * plan.
 */
#include "core/rights.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/answers.h"
#include "core/check.h"
#include "core/rights_most.h"

struct rights_key {
    const char *key;
    int at;
};

bool rights_can(const struct schema *schema)
{
    return schema->rights && schema->rights->complete;
}

bool rights_are_in(const struct schema *schema, const struct form *form)
{
    return rights_can(schema) && schema->rights->items[RIGHTS_ITEM_ROLE]->form == form;
}

/* ---- reading rows ---- */

/* One row of a repeat; its cells lie in the order of the repeat's items. */
struct reading {
    const struct rights *rights;
    const struct row *row;
};

static const char *text_of(const struct reading *reading, enum rights_item which)
{
    const struct item *item = reading->rights->data->items[which];
    const char *value = reading->row->cells[item->index - item->repeat->index - 1].value;

    return value && item->unsure && strcmp(value, VALUE_UNSURE) == 0 ? NULL : value;
}

static int day_of(const struct reading *reading, enum rights_item which)
{
    const char *text = text_of(reading, which);

    return text ? date_parse_iso(text) : DATE_NONE;
}

/* 1, 0, or -1 when it is not said. */
static int truth_of(const struct reading *reading, enum rights_item which)
{
    const char *text = text_of(reading, which);

    return !text ? -1 : strcmp(text, "1") == 0;
}

static unsigned set_of(const struct reading *reading, enum rights_item which)
{
    return rights_mask(reading->rights->data->items[which]->list, text_of(reading, which));
}

/* The position of a choice, or -1. */
static int choice_of(const struct reading *reading, enum rights_item which)
{
    unsigned set = set_of(reading, which);
    int at = -1;

    for (; set; set >>= 1)
        at++;
    return at;
}

static bool choice_is(const struct reading *reading, enum rights_item which, const char *id)
{
    const char *text = text_of(reading, which);

    return text && strcmp(text, id) == 0;
}

/* ---- indexes ---- */

static int compare_keys(const void *a, const void *b)
{
    const struct rights_key *x = a, *y = b;

    return strcmp(x->key, y->key);
}

static void index_add(struct rights_index *index, const char *key, size_t at)
{
    index->at[index->count++] = (struct rights_key){ key, (int)at };
}

static int index_find(const struct rights_index *index, const char *key)
{
    const struct rights_key wanted = { key, 0 };
    const struct rights_key *found =
        key && index->count
            ? bsearch(&wanted, index->at, index->count, sizeof index->at[0], compare_keys) : NULL;

    return found ? found->at : -1;
}

static int at_of(const struct reading *reading, enum rights_item which,
                 const struct rights_index *index)
{
    return index_find(index, text_of(reading, which));
}

int rights_role_at(const struct rights *rights, const char *key)
{
    return index_find(&rights->by_role, key);
}

int rights_person_at(const struct rights *rights, const char *key)
{
    return index_find(&rights->by_person, key);
}

int rights_assignment_at(const struct rights *rights, const char *key)
{
    return index_find(&rights->by_assignment, key);
}

/* ---- rows, kind by kind ---- */

static void read_register(struct rights *rights, const struct reading *r, size_t at)
{
    rights->registers[at] = (struct rights_register){
        .key = r->row->key, .name = text_of(r, RIGHTS_ITEM_REG_NAME),
        .contract = text_of(r, RIGHTS_ITEM_REG_CONTRACT),
        .organiser = text_of(r, RIGHTS_ITEM_REG_ORGANISER),
        .kind = choice_is(r, RIGHTS_ITEM_REG_KIND, "social") ? RIGHTS_SOCIAL
              : choice_is(r, RIGHTS_ITEM_REG_KIND, "patient") ? RIGHTS_PATIENT : 0,
        .owner = choice_is(r, RIGHTS_ITEM_REG_OWNER, "own") ? RIGHTS_OWN
               : choice_is(r, RIGHTS_ITEM_REG_OWNER, "organiser") ? RIGHTS_ORGANISER : 0,
        .from = day_of(r, RIGHTS_ITEM_REG_FROM), .until = day_of(r, RIGHTS_ITEM_REG_UNTIL),
    };
}

static void read_cells(struct rights_role *role, const struct reading *r)
{
    const struct rights_data *data = r->rights->data;

    role->checked = set_of(r, RIGHTS_ITEM_ROLE_CHECKED);
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        const struct item *item = data->cells[g];
        role->cells[g] = (uint16_t)rights_mask(
            data->letters, r->row->cells[item->index - item->repeat->index - 1].value);
    }
}

static void read_role(struct rights *rights, const struct reading *r, size_t at)
{
    const struct rights_data *data = rights->data;
    struct rights_role *role = &rights->roles[at];

    *role = (struct rights_role){
        .key = r->row->key, .name = text_of(r, RIGHTS_ITEM_ROLE_NAME),
        .why = text_of(r, RIGHTS_ITEM_ROLE_WHY),
        .level = text_of(r, RIGHTS_ITEM_ROLE_LEVEL),
        .template = rights_template_find(data, text_of(r, RIGHTS_ITEM_ROLE_TEMPLATE)),
        .tasks = set_of(r, RIGHTS_ITEM_ROLE_TASKS), .admin = set_of(r, RIGHTS_ITEM_ROLE_ADMIN),
        .scope = (enum rights_scope)(choice_of(r, RIGHTS_ITEM_ROLE_SCOPE) + 1),
        .mediator = truth_of(r, RIGHTS_ITEM_ROLE_MEDIATOR) == 1,
        .relation = truth_of(r, RIGHTS_ITEM_ROLE_RELATION) == 1,
        .wide = truth_of(r, RIGHTS_ITEM_ROLE_WIDE) == 1, .first_assignment = -1,
    };
    read_cells(role, r);
}

static void read_unit(struct rights *rights, const struct reading *r, size_t at)
{
    rights->units[at] = (struct rights_unit){
        .key = r->row->key, .name = text_of(r, RIGHTS_ITEM_UNIT_NAME),
        .head = text_of(r, RIGHTS_ITEM_UNIT_HEAD), .tasks = set_of(r, RIGHTS_ITEM_UNIT_TASKS),
        .services = set_of(r, RIGHTS_ITEM_UNIT_SERVICES),
        .health = truth_of(r, RIGHTS_ITEM_UNIT_HEALTH),
    };
}

static void read_person(struct rights *rights, const struct reading *r, size_t at)
{
    rights->people[at] = (struct rights_person){
        .key = r->row->key, .name = text_of(r, RIGHTS_ITEM_PERSON_NAME),
        .title = text_of(r, RIGHTS_ITEM_PERSON_TITLE),
        .group = text_of(r, RIGHTS_ITEM_PERSON_GROUP),
        .card_kind = text_of(r, RIGHTS_ITEM_PERSON_CARD),
        .handles = truth_of(r, RIGHTS_ITEM_PERSON_HANDLES),
        .licensed = truth_of(r, RIGHTS_ITEM_PERSON_RIGHT),
        .from = DATE_NONE, .until = DATE_NONE, .licence_on = DATE_NONE, .trained = DATE_NONE,
        .told = DATE_NONE, .secrecy = DATE_NONE, .card_until = DATE_NONE,
        .first_assignment = -1, .first_account = -1,
    };
}

/* The record of a user belongs to a person; of two the first counts. */
static void read_user(struct rights *rights, const struct reading *r, size_t at)
{
    int number = at_of(r, RIGHTS_ITEM_USER_PERSON, &rights->by_person);
    struct rights_person *person = number < 0 ? NULL : &rights->people[number];

    (void)at;
    if (!person || person->user)
        return;
    person->user = r->row->key;
    person->kind = text_of(r, RIGHTS_ITEM_USER_KIND);
    person->licence = text_of(r, RIGHTS_ITEM_USER_LICENCE);
    person->licence_no = text_of(r, RIGHTS_ITEM_USER_LICENCE_NO);
    person->extract = text_of(r, RIGHTS_ITEM_USER_EXTRACT);
    person->posts = set_of(r, RIGHTS_ITEM_USER_POSTS);
    person->from = day_of(r, RIGHTS_ITEM_USER_FROM);
    person->until = day_of(r, RIGHTS_ITEM_USER_UNTIL);
    person->licence_on = day_of(r, RIGHTS_ITEM_USER_LICENCE_ON);
    person->trained = day_of(r, RIGHTS_ITEM_USER_TRAINED);
    person->told = day_of(r, RIGHTS_ITEM_USER_TOLD);
    person->secrecy = day_of(r, RIGHTS_ITEM_USER_SECRECY);
    person->other_means = truth_of(r, RIGHTS_ITEM_USER_MEANS) == 1;
    person->reliable = truth_of(r, RIGHTS_ITEM_USER_RELIABLE) == 1;
}

static void read_card(struct rights *rights, const struct reading *r, size_t at)
{
    int number = at_of(r, RIGHTS_ITEM_CARD_HOLDER, &rights->by_person);
    struct rights_person *person = number < 0 ? NULL : &rights->people[number];

    (void)at;
    if (!person)
        return;
    person->has_card = true;
    person->card_until = day_of(r, RIGHTS_ITEM_CARD_UNTIL);
    if (text_of(r, RIGHTS_ITEM_CARD_KIND))
        person->card_kind = text_of(r, RIGHTS_ITEM_CARD_KIND);
}

static void read_assignment(struct rights *rights, const struct reading *r, size_t at)
{
    rights->assignments[at] = (struct rights_assignment){
        .key = r->row->key, .reason = text_of(r, RIGHTS_ITEM_ASG_REASON),
        .ticket = text_of(r, RIGHTS_ITEM_ASG_TICKET),
        .person = at_of(r, RIGHTS_ITEM_ASG_PERSON, &rights->by_person),
        .role = at_of(r, RIGHTS_ITEM_ASG_ROLE, &rights->by_role),
        .unit = at_of(r, RIGHTS_ITEM_ASG_UNIT, &rights->by_unit),
        .reg = at_of(r, RIGHTS_ITEM_ASG_REG, &rights->by_register),
        .guide = at_of(r, RIGHTS_ITEM_ASG_GUIDE, &rights->by_person),
        .base = at_of(r, RIGHTS_ITEM_ASG_BASE, &rights->by_role),
        .granted = at_of(r, RIGHTS_ITEM_ASG_GRANTED, &rights->by_person),
        .approved = at_of(r, RIGHTS_ITEM_ASG_APPROVED, &rights->by_person),
        .work = set_of(r, RIGHTS_ITEM_ASG_WORK), .tasks = set_of(r, RIGHTS_ITEM_ASG_TASKS),
        .services = set_of(r, RIGHTS_ITEM_ASG_SERVICES),
        .grounds = set_of(r, RIGHTS_ITEM_ASG_GROUND),
        .from = day_of(r, RIGHTS_ITEM_ASG_FROM), .until = day_of(r, RIGHTS_ITEM_ASG_UNTIL),
        .next_of_person = -1, .next_of_role = -1, .first_exception = -1,
    };
}

static void read_exception(struct rights *rights, const struct reading *r, size_t at)
{
    rights->exceptions[at] = (struct rights_exception){
        .key = r->row->key, .reason = text_of(r, RIGHTS_ITEM_DEV_REASON),
        .assignment = at_of(r, RIGHTS_ITEM_DEV_ASG, &rights->by_assignment),
        .group = choice_of(r, RIGHTS_ITEM_DEV_GROUP),
        .approved = at_of(r, RIGHTS_ITEM_DEV_APPROVED, &rights->by_person),
        .until = day_of(r, RIGHTS_ITEM_DEV_UNTIL),
        .letters = (uint16_t)set_of(r, RIGHTS_ITEM_DEV_RIGHTS),
        .take = choice_is(r, RIGHTS_ITEM_DEV_WAY, "take"), .next = -1,
    };
}

static void read_account(struct rights *rights, const struct reading *r, size_t at)
{
    rights->accounts[at] = (struct rights_account){
        .key = r->row->key, .system = text_of(r, RIGHTS_ITEM_ACC_SYSTEM),
        .user = text_of(r, RIGHTS_ITEM_ACC_USER), .level = text_of(r, RIGHTS_ITEM_ACC_LEVEL),
        .person = at_of(r, RIGHTS_ITEM_ACC_PERSON, &rights->by_person), .next = -1,
        .open = !choice_is(r, RIGHTS_ITEM_ACC_STATE, "closed"),
        .shared = truth_of(r, RIGHTS_ITEM_ACC_SHARED) == 1,
    };
}

static void read_waiver(struct rights *rights, const struct reading *r, size_t at)
{
    rights->waivers[at] = (struct rights_waiver){
        .key = r->row->key, .check = text_of(r, RIGHTS_ITEM_WAIVER_CHECK),
        .about = text_of(r, RIGHTS_ITEM_WAIVER_ABOUT),
        .reason = text_of(r, RIGHTS_ITEM_WAIVER_REASON),
        .measure = text_of(r, RIGHTS_ITEM_WAIVER_MEASURE),
        .review = day_of(r, RIGHTS_ITEM_WAIVER_REVIEW),
        .by = at_of(r, RIGHTS_ITEM_WAIVER_BY, &rights->by_person),
    };
}

static void read_event(struct rights *rights, const struct reading *r, size_t at)
{
    rights->events[at] = (struct rights_event){
        .key = r->row->key, .note = text_of(r, RIGHTS_ITEM_EVENT_NOTE),
        .kind = choice_is(r, RIGHTS_ITEM_EVENT_KIND, "approved") ? RIGHTS_APPROVED
              : choice_is(r, RIGHTS_ITEM_EVENT_KIND, "reviewed") ? RIGHTS_REVIEWED
              : choice_is(r, RIGHTS_ITEM_EVENT_KIND, "ordered") ? RIGHTS_ORDERED
              : RIGHTS_EVENT_NONE,
        .on = day_of(r, RIGHTS_ITEM_EVENT_ON),
        .by = at_of(r, RIGHTS_ITEM_EVENT_BY, &rights->by_person),
    };
}

/* Reads all rows of a repeat. `rows`, when there is one, gets room for them; `index` their keys. */
static void read_rows(struct rights *rights, enum rights_item repeat, void *rows, size_t size,
                      size_t *count, struct rights_index *index,
                      void (*read)(struct rights *rights, const struct reading *r, size_t at))
{
    const struct item *item = rights->data->items[repeat];
    size_t total = answers_row_count(rights->answers, item);

    if (rows) {
        void *all = xcalloc(total + 1, size);
        memcpy(rows, &all, sizeof all);
        *count = total;
    }
    if (index)
        index->at = xcalloc(total + 1, sizeof index->at[0]);
    for (size_t i = 0; i < total; i++) {
        struct reading reading = { rights, answers_row_at(rights->answers, item, i) };
        read(rights, &reading, i);
        if (index)
            index_add(index, reading.row->key, i);
    }
    if (index && total)
        qsort(index->at, total, sizeof index->at[0], compare_keys);
}

#define ROWS(name) &rights->name, sizeof rights->name[0]

static void read_all(struct rights *rights)
{
    read_rows(rights, RIGHTS_ITEM_PERSON, ROWS(people), &rights->person_count,
              &rights->by_person, read_person);
    read_rows(rights, RIGHTS_ITEM_USER, NULL, 0, NULL, NULL, read_user);
    read_rows(rights, RIGHTS_ITEM_CARD, NULL, 0, NULL, NULL, read_card);
    read_rows(rights, RIGHTS_ITEM_UNIT, ROWS(units), &rights->unit_count, &rights->by_unit,
              read_unit);
    read_rows(rights, RIGHTS_ITEM_REG, ROWS(registers), &rights->register_count,
              &rights->by_register, read_register);
    read_rows(rights, RIGHTS_ITEM_ROLE, ROWS(roles), &rights->role_count, &rights->by_role,
              read_role);
    read_rows(rights, RIGHTS_ITEM_ASG, ROWS(assignments), &rights->assignment_count,
              &rights->by_assignment, read_assignment);
    read_rows(rights, RIGHTS_ITEM_DEV, ROWS(exceptions), &rights->exception_count, NULL,
              read_exception);
    read_rows(rights, RIGHTS_ITEM_ACC, ROWS(accounts), &rights->account_count, NULL,
              read_account);
    read_rows(rights, RIGHTS_ITEM_WAIVER, ROWS(waivers), &rights->waiver_count, NULL,
              read_waiver);
    read_rows(rights, RIGHTS_ITEM_EVENT, ROWS(events), &rights->event_count, NULL, read_event);
}

#undef ROWS

/* ---- stringing together ---- */

/* From the last to the first, so that each string is in the order of the plan. */
static void string_together(struct rights *rights)
{
    for (size_t i = rights->assignment_count; i-- > 0;) {
        struct rights_assignment *assignment = &rights->assignments[i];
        if (assignment->person >= 0) {
            assignment->next_of_person = rights->people[assignment->person].first_assignment;
            rights->people[assignment->person].first_assignment = (int)i;
        }
        if (assignment->role >= 0) {
            assignment->next_of_role = rights->roles[assignment->role].first_assignment;
            rights->roles[assignment->role].first_assignment = (int)i;
            if (rights->roles[assignment->role].assignment_count++ == 0)
                rights->roles[assignment->role].dated = true;
            rights->roles[assignment->role].dated &= assignment->until != DATE_NONE;
        }
    }
    for (size_t i = rights->exception_count; i-- > 0;) {
        struct rights_exception *exception = &rights->exceptions[i];
        struct rights_assignment *of;
        if (exception->assignment < 0)
            continue;
        of = &rights->assignments[exception->assignment];
        exception->next = of->first_exception;
        of->first_exception = (int)i;
        if (of->role >= 0 && exception->group >= 0)
            rights->roles[of->role].excepted |= RIGHTS_BIT(exception->group);
    }
    for (size_t i = rights->account_count; i-- > 0;)
        if (rights->accounts[i].person >= 0) {
            struct rights_person *person = &rights->people[rights->accounts[i].person];
            rights->accounts[i].next = person->first_account;
            person->first_account = (int)i;
        }
}

struct rights *rights_new(const struct schema *schema, const struct answers *answers, int today)
{
    struct rights *rights;

    if (!rights_can(schema))
        return NULL;
    rights = xcalloc(1, sizeof *rights);
    *rights = (struct rights){ .schema = schema, .data = schema->rights, .answers = answers,
                               .today = today };
    read_all(rights);
    string_together(rights);
    rights->most = rights_most_new(rights);
    return rights;
}

void rights_free(struct rights *rights)
{
    if (!rights)
        return;
    free(rights->registers);
    free(rights->roles);
    free(rights->units);
    free(rights->people);
    free(rights->assignments);
    free(rights->exceptions);
    free(rights->accounts);
    free(rights->waivers);
    free(rights->events);
    free(rights->by_role.at);
    free(rights->by_person.at);
    free(rights->by_unit.at);
    free(rights->by_register.at);
    free(rights->by_assignment.at);
    rights_most_free(rights->most);
    free(rights);
}

void rights_reread_cells(struct rights *rights, int role)
{
    const struct item *repeat = rights->data->items[RIGHTS_ITEM_ROLE];
    struct reading reading = { rights, answers_row_at(rights->answers, repeat, (size_t)role) };

    read_cells(&rights->roles[role], &reading);
}

bool rights_begun(const struct rights *rights)
{
    return rights->role_count || rights->assignment_count || rights->register_count;
}
