/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words for roles, rights, cells and findings.
 */
#include "core/rights_text.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/plan.h"

void rights_mask_names(const struct list *list, unsigned mask, const struct tr *tr,
                       struct buf *out)
{
    bool first = true;

    for (size_t i = 0; i < list->choice_count && i < 32; i++) {
        if (!(mask & RIGHTS_BIT(i)))
            continue;
        buf_addf(out, "%s%s", first ? "" : ", ", text_get(&list->choices[i].label, tr->lang));
        first = false;
    }
}

void rights_letter_names(const struct rights_data *data, unsigned letters, const struct tr *tr,
                         struct buf *out)
{
    rights_mask_names(data->letters, letters, tr, out);
}

void rights_group_name(const struct rights_data *data, int group, const struct tr *tr,
                       struct buf *out)
{
    const struct choice *choice = &data->groups->choices[group];

    for (const char *c = choice->id; *c; c++)
        buf_add_char(out, (char)toupper((unsigned char)*c));
    buf_addf(out, " %s", text_get(&choice->label, tr->lang));
}

/* A row without a name is called by its kind and place: "Rooli 3". */
static void row_name(const struct rights *rights, enum rights_item repeat, const char *name,
                     int at, const struct tr *tr, struct buf *out)
{
    if (at < 0)
        buf_add(out, "?");
    else if (name)
        buf_add(out, name);
    else
        buf_addf(out, "%s %d",
                 text_get(&rights->data->items[repeat]->item_label, tr->lang), at + 1);
}

void rights_role_name(const struct rights *rights, int role, const struct tr *tr,
                      struct buf *out)
{
    row_name(rights, RIGHTS_ITEM_ROLE, role < 0 ? NULL : rights->roles[role].name, role, tr, out);
}

void rights_person_name(const struct rights *rights, int person, const struct tr *tr,
                        struct buf *out)
{
    row_name(rights, RIGHTS_ITEM_PERSON, person < 0 ? NULL : rights->people[person].name, person,
             tr, out);
}

void rights_unit_name(const struct rights *rights, int unit, const struct tr *tr,
                      struct buf *out)
{
    row_name(rights, RIGHTS_ITEM_UNIT, unit < 0 ? NULL : rights->units[unit].name, unit, tr, out);
}

void rights_register_name(const struct rights *rights, int reg, const struct tr *tr,
                          struct buf *out)
{
    row_name(rights, RIGHTS_ITEM_REG, reg < 0 ? NULL : rights->registers[reg].name, reg, tr, out);
}

void rights_assignment_name(const struct rights *rights, int assignment, const struct tr *tr,
                            struct buf *out)
{
    if (assignment < 0) {
        buf_add(out, "?");
        return;
    }
    rights_person_name(rights, rights->assignments[assignment].person, tr, out);
    buf_add(out, ", ");
    rights_role_name(rights, rights->assignments[assignment].role, tr, out);
}

void rights_days_text(const struct rights_assignment *of, const struct tr *tr, struct buf *out)
{
    char from[40] = "", until[40] = "";

    if (of->from != DATE_NONE)
        date_text(of->from, tr->lang, from, sizeof from);
    if (of->until != DATE_NONE)
        date_text(of->until, tr->lang, until, sizeof until);
    if (*from || *until)
        buf_addf(out, "; %s–%s", from, until);
}

/* ---- findings ---- */

/* What the finding is about, in words. */
static void add_subject(const struct rights *rights, const struct rights_finding *finding,
                        const struct tr *tr, struct buf *out)
{
    int at = finding->at;

    switch (finding->about) {
    case RIGHTS_ABOUT_ROLE: rights_role_name(rights, at, tr, out); break;
    case RIGHTS_ABOUT_PERSON: rights_person_name(rights, at, tr, out); break;
    case RIGHTS_ABOUT_ASSIGNMENT: rights_assignment_name(rights, at, tr, out); break;
    case RIGHTS_ABOUT_REGISTER: rights_register_name(rights, at, tr, out); break;
    case RIGHTS_ABOUT_UNIT: rights_unit_name(rights, at, tr, out); break;
    case RIGHTS_ABOUT_EXCEPTION:
        rights_assignment_name(rights, rights->exceptions[at].assignment, tr, out);
        break;
    case RIGHTS_ABOUT_ACCOUNT:
        row_name(rights, RIGHTS_ITEM_ACC, rights->accounts[at].user, at, tr, out);
        break;
    default: buf_add(out, tr_text(tr, N_("Access rights")));
    }
}

static void add_blank(const struct rights *rights, const struct rights_finding *finding,
                      const char *name, size_t length, const struct tr *tr, struct buf *out)
{
    char text[40] = "";

    if (length == 4 && memcmp(name, "name", 4) == 0)
        add_subject(rights, finding, tr, out);
    else if (length == 5 && memcmp(name, "group", 5) == 0 && finding->group >= 0)
        rights_group_name(rights->data, finding->group, tr, out);
    else if (length == 6 && memcmp(name, "rights", 6) == 0)
        rights_letters(finding->letters, text);
    else if (length == 6 && memcmp(name, "number", 6) == 0)
        buf_addf(out, "%d", finding->number);
    else if (length == 4 && memcmp(name, "date", 4) == 0 && finding->day != DATE_NONE)
        date_text(finding->day, tr->lang, text, sizeof text);
    buf_add(out, text);
}

static const struct text *message_of(const struct rights_finding *finding)
{
    const struct rights_check *check = finding->check;

    if (finding->about == RIGHTS_ABOUT_ALL && check->whole.in[0])
        return &check->whole;
    if (finding->about == RIGHTS_ABOUT_ASSIGNMENT && check->of_right.in[0])
        return &check->of_right;
    return &check->message;
}

/* A blank that has nothing to say stands at the end of the sentence and vanishes. */
void rights_finding_text(const struct rights *rights, const struct rights_finding *finding,
                         const struct tr *tr, struct buf *out)
{
    const char *text = text_get(message_of(finding), tr->lang), *open, *close;

    while ((open = strchr(text, '{')) != NULL && (close = strchr(open, '}')) != NULL) {
        buf_add_n(out, text, (size_t)(open - text));
        add_blank(rights, finding, open + 1, (size_t)(close - open - 1), tr, out);
        text = close + 1;
    }
    buf_add(out, text);
    buf_trim(out);
    buf_addf(out, " (R%s", finding->check->id + 1);
    if (finding->waiver >= 0)
        buf_addf(out, ", %s", tr_text(tr, N_("accepted")));
    buf_add_char(out, ')');
}

/* ---- cells ---- */

const char *rights_origin_words(enum rights_origin origin)
{
    static const char *const words[] = {
        [RIGHTS_ORIGIN_EMPTY] = N_("no rights"),
        [RIGHTS_ORIGIN_TEMPLATE] = N_("from the template, not confirmed yet"),
        [RIGHTS_ORIGIN_CONFIRMED] = N_("from the template, confirmed"),
        [RIGHTS_ORIGIN_CHANGED] = N_("set by you"),
    };

    return words[origin];
}

const char *rights_mark_words(char mark)
{
    static const struct {
        char mark;
        const char *words;
    } marks[] = {
        { '!', N_("over the ceiling") }, { '*', N_("an exception is about this") },
        { 't', N_("ends on a set day") }, { '~', N_("from the template, not confirmed yet") },
        { '?', N_("allowed on a condition only") }, { '-', N_("the decree allows nothing here") },
    };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i].mark == mark)
            return marks[i].words;
    return "";
}

void rights_ceiling_text(const struct plan *plan, int role, int group, int reg,
                         const struct tr *tr, struct buf *out)
{
    const struct rights *rights = engine_rights(plan->engine);
    const struct rights_data *data = rights->data;
    unsigned tasks = rights_fitting(rights, rights->roles[role].tasks, reg);
    bool any = false;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++) {
        int limit = data->limit[task][group];
        if (!(tasks & RIGHTS_BIT(task)) || !data->most[task][group] ||
            !rights_ceiling(rights, role, reg, group))
            continue;
        buf_addf(out, "%s%s (", any ? "\n" : "",
                 text_get(&data->tasks->choices[task].label, tr->lang));
        plan_text(plan, &data->decree, tr, out);
        buf_addf(out, ", %s)", data->work[task].section ? data->work[task].section : "");
        if (limit)
            buf_addf(out, ": %s", text_get(&data->limits[limit - 1].text, tr->lang));
        any = true;
    }
    if (!any)
        buf_add(out, tr_text(tr, N_("The work tasks of the role allow nothing here.")));
}

static void add_who(const struct rights *rights, int role, const struct tr *tr, struct buf *out)
{
    enum { NAMES_MAX = 8 };
    int people = 0, last = -1;

    for (int a = rights->roles[role].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_role) {
        int person = rights->assignments[a].person;
        if (!rights_active(rights, a, rights->today) || person == last)
            continue;
        if (people < NAMES_MAX) {
            buf_add(out, people ? ", " : " ");
            rights_person_name(rights, person, tr, out);
        }
        people++;
        last = person;
    }
    if (!people)
        buf_addf(out, " %s", tr_text(tr, N_("nobody")));
    else if (people > NAMES_MAX)
        buf_addf(out, tr_text(tr, N_(" and %d more")), people - NAMES_MAX);
}

static void add_exceptions(const struct rights *rights, int role, int group, const struct tr *tr,
                           struct buf *out)
{
    char letters[24], day[40];

    for (size_t i = 0; i < rights->exception_count; i++) {
        const struct rights_exception *exception = &rights->exceptions[i];
        if (exception->group != group || exception->assignment < 0 ||
            rights->assignments[exception->assignment].role != role)
            continue;
        rights_letters(exception->letters, letters);
        buf_addf(out, "\n%s ", tr_text(tr, N_("Exception:")));
        rights_person_name(rights, rights->assignments[exception->assignment].person, tr, out);
        buf_addf(out, " %s%s", exception->take ? "−" : "+", letters);
        if (exception->until != DATE_NONE) {
            date_text(exception->until, tr->lang, day, sizeof day);
            buf_addf(out, tr_text(tr, N_(" until %s")), day);
        }
        if (exception->reason)
            buf_addf(out, ": %s", exception->reason);
    }
}

static void add_findings(const struct plan *plan, int role, int group, const struct tr *tr,
                         struct buf *out)
{
    const struct rights *rights = engine_rights(plan->engine);
    const struct rights_findings *findings = engine_rights_findings(plan->engine);
    struct buf text = BUF_INIT;
    int at = rights_finding_of_cell(rights, findings, role, group, 0);

    for (; at >= 0; at = rights_finding_of_cell(rights, findings, role, group, (size_t)at + 1)) {
        buf_clear(&text);
        rights_finding_text(rights, &findings->at[at], tr, &text);
        buf_addf(out, "\n! %s", text.text);
    }
    buf_free(&text);
}

void rights_explain_cell(const struct plan *plan, int role, int group, int reg,
                         const struct tr *tr, struct buf *out)
{
    const struct rights *rights = engine_rights(plan->engine);
    struct buf ceiling = BUF_INIT;
    struct rights_cell cell;
    const char *mark;

    rights_cell(rights, role, group, reg, &cell);
    rights_role_name(rights, role, tr, out);
    buf_add(out, " × ");
    rights_group_name(rights->data, group, tr, out);
    buf_add(out, ": ");
    if (cell.letters)
        rights_letter_names(rights->data, cell.letters, tr, out);
    else
        buf_add(out, tr_text(tr, N_("no rights")));
    buf_addf(out, "\n%s %s", tr_text(tr, N_("Where from:")),
             tr_text(tr, rights_origin_words(cell.origin)));
    rights_ceiling_text(plan, role, group, reg, tr, &ceiling);
    buf_addf(out, "\n%s %s", tr_text(tr, N_("Ceiling:")), ceiling.text);
    mark = rights_mark_words(rights_mark(&cell));
    if (*mark)
        buf_addf(out, "\n%s %c %s", tr_text(tr, N_("Mark:")), rights_mark(&cell),
                 tr_text(tr, mark));
    buf_addf(out, "\n%s", tr_text(tr, N_("Who has it:")));
    add_who(rights, role, tr, out);
    add_exceptions(rights, role, group, tr, out);
    add_findings(plan, role, group, tr, out);
    buf_free(&ceiling);
}

/* ---- people ---- */

static void add_assignment(const struct rights *rights, int at, const struct tr *tr,
                           struct buf *out)
{
    const struct rights_assignment *of = &rights->assignments[at];
    char letters[24];

    rights_role_name(rights, of->role, tr, out);
    buf_add(out, "; ");
    rights_unit_name(rights, of->unit, tr, out);
    buf_add(out, "; ");
    rights_register_name(rights, of->reg, tr, out);
    rights_days_text(of, tr, out);
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        uint16_t effective = rights_effective(rights, at, g, rights->today);
        if (!effective)
            continue;
        rights_letters(effective, letters);
        buf_addf(out, "\n  ");
        rights_group_name(rights->data, g, tr, out);
        buf_addf(out, ": %s", letters);
    }
}

void rights_explain_person(const struct plan *plan, int person, int role, const struct tr *tr,
                           struct buf *out)
{
    const struct rights *rights = engine_rights(plan->engine);
    const struct rights_findings *findings = engine_rights_findings(plan->engine);
    struct buf text = BUF_INIT;

    rights_person_name(rights, person, tr, out);
    for (int a = rights->people[person].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person) {
        if (role >= 0 && rights->assignments[a].role != role)
            continue;
        buf_add(out, "\n");
        add_assignment(rights, a, tr, out);
    }
    for (int at = rights_finding_of_person(rights, findings, person, 0); at >= 0;
         at = rights_finding_of_person(rights, findings, person, (size_t)at + 1)) {
        buf_clear(&text);
        rights_finding_text(rights, &findings->at[at], tr, &text);
        buf_addf(out, "\n! %s", text.text);
    }
    buf_free(&text);
}
