/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checks of people, their accounts and cards, of units and registers, and of the matrix as a whole.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/answers.h"
#include "core/rights_check_parts.h"

#define BIT(name) RIGHTS_BIT(RIGHTS_##name)

static const struct rights_person *person_at(const struct checking *c, int at)
{
    return &c->rights->people[at];
}

static bool same(const char *text, const char *word)
{
    return text && strcmp(text, word) == 0;
}

static int count_bits(unsigned set)
{
    int count = 0;

    for (; set; set &= set - 1)
        count++;
    return count;
}

static const char *answer(const struct checking *c, enum rights_item which)
{
    const struct item *item = c->rights->data->items[which];
    const struct cell *cell = answers_cell(c->rights->answers, item, NULL);

    return cell && cell->value && strcmp(cell->value, "?") != 0 ? cell->value : NULL;
}

static int day_answer(const struct checking *c, enum rights_item which)
{
    const char *text = answer(c, which);

    return text ? date_parse_iso(text) : DATE_NONE;
}

static bool has_left(const struct checking *c, int person)
{
    int until = person_at(c, person)->until;

    return until != DATE_NONE && until < c->rights->today;
}

static bool has_open_account(const struct checking *c, int person)
{
    for (int a = person_at(c, person)->first_account; a >= 0; a = c->rights->accounts[a].next)
        if (c->rights->accounts[a].open)
            return true;
    return false;
}

/* ---- people ---- */

static void r09_broad(struct checking *c, int at, const struct person_sum *sum)
{
    int services = count_bits(sum->care_services), most = rights_check_of(c, 9)->number;
    bool all_units = c->rights->unit_count > 1 && sum->units == c->rights->unit_count;

    if (sum->care && (services >= most || all_units))
        rights_check_add(c, 9, RIGHTS_ABOUT_PERSON, at)->number = services;
}

static void r18_left(struct checking *c, int at, const struct person_sum *sum)
{
    if (has_left(c, at) && (sum->live || has_open_account(c, at)))
        rights_check_add(c, 18, RIGHTS_ABOUT_PERSON, at)->day = person_at(c, at)->until;
}

static void r19_card(struct checking *c, int at, const struct person_sum *sum)
{
    const struct rights_person *person = person_at(c, at);
    const struct rights_check *check = rights_check_of(c, 19);
    int until = person->card_until, today = c->rights->today;
    struct rights_finding *finding;

    if (!sum->writes || person->other_means ||
        (person->has_card && (until == DATE_NONE || (until > today + check->number &&
                                                     (sum->open_end || until >= sum->last)))))
        return;
    finding = rights_check_add(c, 19, RIGHTS_ABOUT_PERSON, at);
    finding->day = until;
    if (person->has_card && until >= today && (sum->open_end || until >= sum->last))
        finding->severity = SEVERITY_WARNING;
}

static void r20_card_kind(struct checking *c, int at, const struct person_sum *sum)
{
    const struct rights_person *person = person_at(c, at);
    bool staff = same(person->card_kind, "staff");

    if (sum->live && ((person->licensed == 1 && staff) ||
                      (person->licensed == 0 && same(person->card_kind, "professional")) ||
                      (same(person->group, "outside") && staff)))
        rights_check_add(c, 20, RIGHTS_ABOUT_PERSON, at);
}

static void r21_licence(struct checking *c, int at, const struct person_sum *sum)
{
    const struct rights_person *person = person_at(c, at);
    int months = rights_check_of(c, 21)->number;

    if (!sum->live || (!same(person->licence, "licensed") && !same(person->licence, "protected")))
        return;
    if (!person->licence_no || person->licence_on == DATE_NONE ||
        date_add_months(person->licence_on, months) < c->rights->today)
        rights_check_add(c, 21, RIGHTS_ABOUT_PERSON, at)->day = person->licence_on;
}

static void r23_no_assignment(struct checking *c, int at, const struct person_sum *sum)
{
    if (person_at(c, at)->handles == 1 && !sum->live && !has_left(c, at))
        rights_check_add(c, 23, RIGHTS_ABOUT_PERSON, at);
}

static void r24_level(struct checking *c, int at, const struct person_sum *sum)
{
    bool known = false;

    for (int a = person_at(c, at)->first_account; a >= 0; a = c->rights->accounts[a].next)
        known |= c->rights->accounts[a].open && c->rights->accounts[a].level;
    if (has_left(c, at))
        return;
    if ((!sum->live && has_open_account(c, at)) ||
        (known && sum->level_known && !sum->level_same))
        rights_check_add(c, 24, RIGHTS_ABOUT_PERSON, at);
}

static bool is_answer(const struct checking *c, enum rights_item which, int person)
{
    return same(answer(c, which), person_at(c, person)->key);
}

static void r25_accounts_and_logs(struct checking *c, int at, const struct person_sum *sum)
{
    if ((sum->admin & BIT(S)) &&
        ((sum->admin & BIT(O)) || is_answer(c, RIGHTS_ITEM_LOG_BY, at)))
        rights_check_add(c, 25, RIGHTS_ABOUT_PERSON, at);
}

static bool approves(const struct checking *c, int at, const struct person_sum *sum)
{
    return (sum->admin & BIT(G)) || is_answer(c, RIGHTS_ITEM_APPROVER, at);
}

static void r26_accounts_and_approval(struct checking *c, int at, const struct person_sum *sum)
{
    if ((sum->admin & BIT(S)) && approves(c, at, sum))
        rights_check_add(c, 26, RIGHTS_ABOUT_PERSON, at);
}

static bool heads(const struct checking *c, int person)
{
    const char *key = person_at(c, person)->key;

    for (size_t u = 0; u < c->rights->unit_count; u++)
        if (same(c->rights->units[u].head, key))
            return true;
    return is_answer(c, RIGHTS_ITEM_MANAGER, person);
}

static void r27_dpo(struct checking *c, int at, const struct person_sum *sum)
{
    unsigned posts = person_at(c, at)->posts;

    if (!(posts & RIGHTS_POST_DPO) && !is_answer(c, RIGHTS_ITEM_DPO, at))
        return;
    if ((sum->admin & BIT(S)) || approves(c, at, sum) || (sum->tasks & BIT(JO)) ||
        heads(c, at) || (posts & RIGHTS_POST_CEO))
        rights_check_add(c, 27, RIGHTS_ABOUT_PERSON, at);
}

static void r28_archivist(struct checking *c, int at, const struct person_sum *sum)
{
    if (sum->care_with_archive)
        rights_check_add(c, 28, RIGHTS_ABOUT_PERSON, at);
}

static void r29_archivist_means(struct checking *c, int at, const struct person_sum *sum)
{
    const struct rights_person *person = person_at(c, at);

    if ((sum->admin & BIT(Z)) && !person->has_card && !person->other_means &&
        !same(answer(c, RIGHTS_ITEM_MANDATE), "1"))
        rights_check_add(c, 29, RIGHTS_ABOUT_PERSON, at);
}

static void r38_dates(struct checking *c, int at, const struct person_sum *sum)
{
    const struct rights_person *person = person_at(c, at);

    if (sum->live && !has_left(c, at) &&
        (person->trained == DATE_NONE || person->told == DATE_NONE ||
         person->secrecy == DATE_NONE))
        rights_check_add(c, 38, RIGHTS_ABOUT_PERSON, at);
}

/* Less than about three months of work needs no extract. */
static bool is_short(const struct checking *c, int at, const struct person_sum *sum)
{
    const struct rights_person *person = person_at(c, at);
    int from = person->from != DATE_NONE ? person->from : sum->first;
    int until = person->until != DATE_NONE ? person->until : sum->open_end ? DATE_NONE : sum->last;

    return from != DATE_NONE && until != DATE_NONE &&
           until < date_add_months(from, rights_check_of(c, 39)->number);
}

static void r39_extract(struct checking *c, int at, const struct person_sum *sum)
{
    unsigned asked = BIT(LAPE) | BIT(LASU) | BIT(IAKK) | BIT(VAMM);
    const char *extract = person_at(c, at)->extract;

    if (sum->care && (sum->care_services & asked) && !same(extract, "shown") &&
        !same(extract, "not_needed") && !is_short(c, at, sum))
        rights_check_add(c, 39, RIGHTS_ABOUT_PERSON, at);
}

static void r42_not_ours(struct checking *c, int at, const struct person_sum *sum)
{
    const char *kind = person_at(c, at)->kind;

    if ((same(kind, "commission") || same(kind, "employer_model")) &&
        (sum->live || has_open_account(c, at)))
        rights_check_add(c, 42, RIGHTS_ABOUT_PERSON, at);
}

person_check *const rights_person_checks[] = {
    r09_broad, r18_left, r19_card, r20_card_kind, r21_licence, r23_no_assignment, r24_level,
    r25_accounts_and_logs, r26_accounts_and_approval, r27_dpo, r28_archivist,
    r29_archivist_means, r38_dates, r39_extract, r42_not_ours, NULL,
};

/* ---- accounts ---- */

static void r22_shared(struct checking *c, int at)
{
    const struct rights_account *account = &c->rights->accounts[at];
    bool generic = account->shared;

    if (!account->open || !account->user)
        return;
    for (const char **word = rights_check_of(c, 22)->words; !generic && word && *word; word++)
        generic = utf8_same_folded(account->user, *word);
    if (generic)
        rights_check_add(c, 22, RIGHTS_ABOUT_ACCOUNT, at);
}

row_check *const rights_account_checks[] = { r22_shared, NULL };

/* ---- units and registers ---- */

static void r08_unit_without_tasks(struct checking *c, int at)
{
    if (c->units[at].used && !c->rights->units[at].tasks)
        rights_check_add(c, 8, RIGHTS_ABOUT_UNIT, at);
}

static void r34_no_consents(struct checking *c, int at)
{
    if (c->units[at].seeks_or_records && !c->units[at].consents)
        rights_check_add(c, 34, RIGHTS_ABOUT_UNIT, at);
}

static void r43_no_patient_register(struct checking *c, int at)
{
    if (c->rights->units[at].health == 1 && !c->units[at].patients)
        rights_check_add(c, 43, RIGHTS_ABOUT_UNIT, at);
}

row_check *const rights_unit_checks[] = {
    r08_unit_without_tasks, r34_no_consents, r43_no_patient_register, NULL,
};

static void r11_no_basis(struct checking *c, int at)
{
    if (c->registers[at])
        rights_check_add(c, 11, RIGHTS_ABOUT_REGISTER, at);
}

row_check *const rights_register_checks[] = { r11_no_basis, NULL };

/* ---- the whole ---- */

static void add_whole(struct checking *c, int number, int count)
{
    rights_check_add(c, number, RIGHTS_ABOUT_ALL, -1)->number = count;
}

static void r02_old_basis(struct checking *c)
{
    if (same(answer(c, RIGHTS_ITEM_BASIS), "older"))
        add_whole(c, 2, 0);
}

/* An account by system and name; sorted, two people on one stand side by side. */
static int compare_accounts(const void *a, const void *b)
{
    const struct rights_account *x = *(const struct rights_account *const *)a;
    const struct rights_account *y = *(const struct rights_account *const *)b;
    int order = strcasecmp(x->system ? x->system : "", y->system ? y->system : "");

    return order ? order : strcasecmp(x->user, y->user);
}

static void r22_two_people(struct checking *c)
{
    const struct rights *rights = c->rights;
    const struct rights_account **sorted = xcalloc(rights->account_count + 1, sizeof *sorted);
    size_t count = 0;

    for (size_t i = 0; i < rights->account_count; i++)
        if (rights->accounts[i].open && rights->accounts[i].user)
            sorted[count++] = &rights->accounts[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_accounts);
    for (size_t i = 1; i < count; i++)
        if (compare_accounts(&sorted[i - 1], &sorted[i]) == 0 &&
            sorted[i - 1]->person != sorted[i]->person)
            rights_check_add(c, 22, RIGHTS_ABOUT_ACCOUNT, (int)(sorted[i] - rights->accounts));
    free(sorted);
}

static void r28_one_archivist(struct checking *c)
{
    if (c->archivists == 1)
        add_whole(c, 28, 1);
}

static void r29_no_archivist(struct checking *c)
{
    if (c->archivists == 0)
        add_whole(c, 29, 0);
}

static void r30_no_log_review(struct checking *c)
{
    if (c->log_reviewers == 0 || !answer(c, RIGHTS_ITEM_LOG_RHYTHM))
        add_whole(c, 30, c->log_reviewers);
}

static void r31_main_users(struct checking *c)
{
    bool small = c->rights->person_count < (size_t)rights_check_of(c, 31)->number;

    if (c->main_users < 2 || (c->main_users > 2 && small))
        add_whole(c, 31, c->main_users);
}

static void r40_many_exceptions(struct checking *c)
{
    size_t live = 0;

    for (size_t i = 0; i < c->rights->exception_count; i++)
        live += c->rights->exceptions[i].assignment >= 0 &&
                rights_is_live(c->rights, c->rights->exceptions[i].assignment);
    if (live * 100 > c->cells * (size_t)rights_check_of(c, 40)->number)
        add_whole(c, 40, (int)live);
}

/* The newest approval, and who gave it. */
static int newest(const struct checking *c, bool approval, int *by)
{
    int day = approval ? day_answer(c, RIGHTS_ITEM_APPROVED) : DATE_NONE;
    const char *approver = answer(c, RIGHTS_ITEM_APPROVER);

    *by = approver ? rights_person_at(c->rights, approver) : -1;
    for (size_t i = 0; i < c->rights->event_count; i++) {
        const struct rights_event *event = &c->rights->events[i];
        if (event->kind != (approval ? RIGHTS_APPROVED : RIGHTS_REVIEWED) || event->on < day)
            continue;
        day = event->on;
        *by = event->by;
    }
    return day;
}

static void r41_approval(struct checking *c)
{
    int by, reviewer, approved = newest(c, true, &by);
    int reviewed = newest(c, false, &reviewer), last = reviewed > approved ? reviewed : approved;
    int months = rights_check_of(c, 41)->number;

    if (approved == DATE_NONE || by < 0 || !heads(c, by) ||
        date_add_months(last, months) < c->rights->today)
        rights_check_add(c, 41, RIGHTS_ABOUT_ALL, -1)->day = last;
}

static bool has_code(const struct checking *c, const char *id)
{
    const struct rights_data *data = c->rights->data;
    const struct item *repeat = data->items[RIGHTS_ITEM_CODE];
    size_t rows = answers_row_count(c->rights->answers, repeat);

    for (size_t r = 0; r < rows; r++) {
        const char *row = answers_row_at(c->rights->answers, repeat, r)->key;
        const char *key = answers_value(c->rights->answers, data->items[RIGHTS_ITEM_CODE_KEY], row);
        if (key && strcasecmp(key, id) == 0)
            return answers_value(c->rights->answers, data->items[RIGHTS_ITEM_CODE_CODE], row);
    }
    return false;
}

static void r45_codes(struct checking *c)
{
    int missing = 0;

    for (int s = 0; s < RIGHTS_SERVICE_COUNT; s++)
        missing += (c->services & RIGHTS_BIT(s)) &&
                   !has_code(c, c->rights->data->service_tasks->choices[s].id);
    if (missing)
        add_whole(c, 45, missing);
}

void (*const rights_whole_checks[])(struct checking *c) = {
    r02_old_basis, r22_two_people, r28_one_archivist, r29_no_archivist, r30_no_log_review,
    r31_main_users, r40_many_exceptions, r41_approval, r45_codes, NULL,
};
