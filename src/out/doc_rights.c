/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix on paper: by role, by person, and the register of users.
 *
 * What stands here is what holds: rights beyond the ceiling of a work task are left out, and the
 * findings say so. A page of text holds eight groups of documents side by side, so a matrix comes
 * in two tables.
 */
#include "out/doc_sections.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/rights_check.h"
#include "core/rights_text.h"
#include "out/doc.h"
#include "out/doc_rights.h"

enum { GROUPS_SIDE_BY_SIDE = 8 };

const struct rights *build_rights(const struct build *build)
{
    const struct rights *rights = engine_rights(build->plan->engine);

    return rights && rights_begun(rights) ? rights : NULL;
}

void build_rights_cell(struct build *build, rights_namer *name, const struct rights *rights,
                       int at)
{
    struct buf text = BUF_INIT;

    if (at >= 0)
        name(rights, at, build->tr, &text);
    doc_cell(build->doc, text.text);
    buf_free(&text);
}

void build_mask_cell(struct build *build, const struct list *list, unsigned mask)
{
    struct buf text = BUF_INIT;

    rights_mask_names(list, mask, build->tr, &text);
    doc_cell(build->doc, text.text);
    buf_free(&text);
}

void build_days(const struct build *build, int from, int until, struct buf *out)
{
    char day[40] = "";

    if (from != DATE_NONE)
        date_text(from, build->tr->lang, day, sizeof day);
    buf_add(out, day);
    if (from == DATE_NONE && until == DATE_NONE)
        return;
    buf_add(out, "–");
    if (until != DATE_NONE) {
        date_text(until, build->tr->lang, day, sizeof day);
        buf_add(out, day);
    }
}

void build_days_cell(struct build *build, int from, int until)
{
    struct buf text = BUF_INIT;

    build_days(build, from, until, &text);
    doc_cell(build->doc, text.text);
    buf_free(&text);
}

void build_headings(struct build *build, const char *caption, const char *const *msgids,
                    size_t count)
{
    const char *headings[12];

    for (size_t i = 0; i < count && i < countof(headings); i++)
        headings[i] = tr_text(build->tr, msgids[i]);
    doc_table(build->doc, BLOCK_TABLE, caption, headings, count);
}

bool build_is_live(const struct rights *rights, int assignment)
{
    const struct rights_assignment *of = &rights->assignments[assignment];

    return of->person >= 0 && of->role >= 0 &&
           (of->until == DATE_NONE || of->until >= rights->today);
}

/* ---- matrices ---- */

/* The headings of a matrix: what its rows are, and the codes of the groups from `group` on. */
static void begin_matrix(struct build *build, const char *what, const char *caption, int group)
{
    const char *headings[GROUPS_SIDE_BY_SIDE + 1];
    char codes[GROUPS_SIDE_BY_SIDE][8];

    headings[0] = tr_text(build->tr, what);
    for (int i = 0; i < GROUPS_SIDE_BY_SIDE; i++) {
        codes[i][0] = 'D';
        codes[i][1] = (char)('0' + (group + i + 1) / 10);
        codes[i][2] = (char)('0' + (group + i + 1) % 10);
        codes[i][3] = '\0';
        headings[i + 1] = codes[i];
    }
    doc_table(build->doc, BLOCK_MATRIX, caption, headings, GROUPS_SIDE_BY_SIDE + 1);
}

static void add_letters(struct build *build, unsigned letters)
{
    char text[24];

    rights_letters(letters, text);
    doc_cell(build->doc, text);
}

static void add_legend(struct build *build, const struct rights *rights)
{
    struct buf text = BUF_INIT;

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        buf_add(&text, g ? ", " : "");
        rights_group_name(rights->data, g, build->tr, &text);
    }
    doc_paragraph(build->doc, text.text);
    buf_clear(&text);
    for (int i = 0; i < RIGHTS_LETTER_COUNT; i++) {
        char letter[24];
        rights_letters(RIGHTS_BIT(i), letter);
        buf_addf(&text, "%s%s ", i ? ", " : "", letter);
        rights_letter_names(rights->data, RIGHTS_BIT(i), build->tr, &text);
    }
    doc_paragraph(build->doc, text.text);
    buf_free(&text);
}

void show_matrix(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);

    (void)section;
    if (!rights || !rights->role_count)
        return;
    for (int from = 0; from < RIGHTS_GROUP_COUNT; from += GROUPS_SIDE_BY_SIDE) {
        begin_matrix(build, N_("Role"), NULL, from);
        for (size_t r = 0; r < rights->role_count; r++) {
            build_rights_cell(build, rights_role_name, rights, (int)r);
            for (int g = from; g < from + GROUPS_SIDE_BY_SIDE; g++)
                add_letters(build, rights->roles[r].cells[g] &
                                   rights_ceiling(rights, (int)r, -1, g));
        }
    }
    add_legend(build, rights);
}

/* Somebody has something in the register. */
static bool is_used(const struct rights *rights, int reg)
{
    for (size_t a = 0; a < rights->assignment_count; a++)
        if (rights->assignments[a].reg == reg && rights_active(rights, (int)a, rights->today))
            return true;
    return false;
}

static bool has_any(const uint16_t *cells)
{
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if (cells[g])
            return true;
    return false;
}

static void add_people(struct build *build, const struct rights *rights, int reg, int from)
{
    uint16_t cells[RIGHTS_GROUP_COUNT];

    for (size_t p = 0; p < rights->person_count; p++) {
        rights_of_person(rights, (int)p, reg, rights->today, cells);
        if (!has_any(cells))
            continue;
        build_rights_cell(build, rights_person_name, rights, (int)p);
        for (int g = from; g < from + GROUPS_SIDE_BY_SIDE; g++)
            add_letters(build, cells[g]);
    }
}

void show_rights_people(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    struct buf name = BUF_INIT;

    (void)section;
    for (int reg = 0; rights && reg < (int)rights->register_count; reg++) {
        if (!is_used(rights, reg))
            continue;
        buf_clear(&name);
        rights_register_name(rights, reg, build->tr, &name);
        doc_section(build->doc, 2, name.text);
        for (int from = 0; from < RIGHTS_GROUP_COUNT; from += GROUPS_SIDE_BY_SIDE) {
            begin_matrix(build, N_("Person"), NULL, from);
            add_people(build, rights, reg, from);
        }
    }
    buf_free(&name);
}

/* ---- roles ---- */

/* "Sosiaalipalvelun toteutus, yksityinen (16 § 2 mom.)" */
static void add_tasks_cell(struct build *build, const struct rights *rights, unsigned tasks)
{
    struct buf text = BUF_INIT;

    for (int task = 0; task < RIGHTS_TASK_COUNT; task++) {
        if (!(tasks & RIGHTS_BIT(task)))
            continue;
        buf_addf(&text, "%s%s (%s)", text.length ? "; " : "",
                 text_get(&rights->data->tasks->choices[task].label, build->tr->lang),
                 rights->data->work[task].section);
    }
    doc_cell(build->doc, text.text);
    buf_free(&text);
}

void show_rights_roles(struct build *build, const struct doc_section *section)
{
    static const char *const headings[] = { N_("Role"), N_("Work tasks"), N_("Administration"),
                                            N_("Why necessary") };
    const struct rights *rights = build_rights(build);

    (void)section;
    if (!rights || !rights->role_count)
        return;
    build_headings(build, NULL, headings, countof(headings));
    for (size_t r = 0; r < rights->role_count; r++) {
        const struct rights_role *role = &rights->roles[r];
        build_rights_cell(build, rights_role_name, rights, (int)r);
        add_tasks_cell(build, rights, role->tasks);
        build_mask_cell(build, rights->data->admin, role->admin);
        doc_cell(build->doc, role->why);
    }
}

/* ---- users ---- */

static void add_accounts_cell(struct build *build, const struct rights *rights, int person)
{
    struct buf text = BUF_INIT;

    for (int a = rights->people[person].first_account; a >= 0; a = rights->accounts[a].next)
        if (rights->accounts[a].open && rights->accounts[a].user)
            buf_addf(&text, "%s%s", text.length ? ", " : "", rights->accounts[a].user);
    doc_cell(build->doc, text.text);
    buf_free(&text);
}

static void add_users(struct build *build, const struct rights *rights)
{
    static const char *const headings[] = { N_("Person"), N_("User name"), N_("Role"), N_("Unit"),
                                            N_("Register"), N_("Valid") };

    build_headings(build, NULL, headings, countof(headings));
    for (size_t a = 0; a < rights->assignment_count; a++) {
        const struct rights_assignment *of = &rights->assignments[a];
        if (!build_is_live(rights, (int)a))
            continue;
        build_rights_cell(build, rights_person_name, rights, of->person);
        add_accounts_cell(build, rights, of->person);
        build_rights_cell(build, rights_role_name, rights, of->role);
        build_rights_cell(build, rights_unit_name, rights, of->unit);
        build_rights_cell(build, rights_register_name, rights, of->reg);
        build_days_cell(build, of->from, of->until);
    }
}

static void add_reasons(struct build *build, const struct rights *rights)
{
    static const char *const headings[] = { N_("Person"), N_("Role"), N_("Service tasks"),
                                            N_("Reason"), N_("Granted by"), N_("Approved by") };

    build_headings(build, NULL, headings, countof(headings));
    for (size_t a = 0; a < rights->assignment_count; a++) {
        const struct rights_assignment *of = &rights->assignments[a];
        if (!build_is_live(rights, (int)a))
            continue;
        build_rights_cell(build, rights_person_name, rights, of->person);
        build_rights_cell(build, rights_role_name, rights, of->role);
        build_mask_cell(build, rights->data->service_tasks, of->tasks);
        doc_cell(build->doc, of->reason ? of->reason : rights->roles[of->role].why);
        build_rights_cell(build, rights_person_name, rights, of->granted);
        build_rights_cell(build, rights_person_name, rights, of->approved);
    }
}

void show_rights_users(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);

    (void)section;
    if (!rights || !rights->assignment_count)
        return;
    add_users(build, rights);
    add_reasons(build, rights);
}

/* ---- the state ---- */

static void add_count(struct build *build, const char *label, size_t count)
{
    char number[24];

    snprintf(number, sizeof number, "%zu", count);
    doc_field(build->doc, tr_text(build->tr, label), number, NULL);
}

void show_rights_state(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    const struct rights_findings *findings = engine_rights_findings(build->plan->engine);
    const struct rights_data *data;
    struct buf day = BUF_INIT;

    (void)section;
    if (!rights)
        return;
    data = rights->data;
    plan_show(build->plan, data->items[RIGHTS_ITEM_APPROVED], NULL, build->tr, &day);
    doc_field(build->doc, tr_text(build->tr, N_("Approved on")), day.text, NULL);
    buf_clear(&day);
    plan_show(build->plan, data->items[RIGHTS_ITEM_NEXT_REVIEW], NULL, build->tr, &day);
    doc_field(build->doc, tr_text(build->tr, N_("Next review")), day.text, NULL);
    add_count(build, N_("Errors"), findings->errors);
    add_count(build, N_("Warnings"), findings->warnings);
    add_count(build, N_("Accepted warnings"), findings->accepted);
    if (findings->errors)
        doc_paragraph(build->doc, tr_text(build->tr, N_("There are errors: the rights cannot be "
                                                        "approved before they are corrected.")));
    buf_free(&day);
}
