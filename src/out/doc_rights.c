/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix on paper: by role, by person, and the register of users.
 *
 * What stands here is what holds: rights beyond the ceiling of a work task are left out, and the
 * findings say so. A matrix has a column for each group of documents that somebody may use; most
 * providers need about ten of them, which fit a page. The rest are named below it.
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

const struct rights *build_rights(const struct build *build)
{
    const struct rights *rights = engine_rights(build->plan->engine);

    return rights && rights_begun(rights) ? rights : NULL;
}

void build_cell(struct build *build, const char *text)
{
    doc_cell(build->doc, text && *text ? text : "\u2013");
}

void build_rights_cell(struct build *build, rights_namer *name, const struct rights *rights,
                       int at)
{
    struct buf text = BUF_INIT;

    if (at >= 0)
        name(rights, at, build->tr, &text);
    build_cell(build, text.text);
    buf_free(&text);
}

void build_mask_cell(struct build *build, const struct list *list, unsigned mask)
{
    struct buf text = BUF_INIT;

    rights_mask_names(list, mask, build->tr, &text);
    build_cell(build, text.text);
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
    build_cell(build, text.text);
    buf_free(&text);
}

void build_headings(struct build *build, const char *caption, const char *const *msgids,
                    size_t count)
{
    const char *headings[12];
    size_t columns = 0;

    for (size_t i = 0; i < count && columns < countof(headings); i++)
        if (msgids[i])
            headings[columns++] = tr_text(build->tr, msgids[i]);
    doc_table(build->doc, BLOCK_TABLE, caption, headings, columns);
}

bool build_is_live(const struct rights *rights, int assignment)
{
    const struct rights_assignment *of = &rights->assignments[assignment];

    return of->person >= 0 && of->role >= 0 &&
           (of->until == DATE_NONE || of->until >= rights->today);
}

/* ---- rows and columns of a matrix ---- */

/* "D07" */
static void group_code(int group, struct buf *out)
{
    buf_addf(out, "D%02d", group + 1);
}

/* The headings of a matrix: what its rows are, and the codes of its groups. */
static void begin_matrix(struct build *build, const char *what, unsigned groups)
{
    const char *headings[RIGHTS_GROUP_COUNT + 1];
    struct buf codes[RIGHTS_GROUP_COUNT] = { BUF_INIT };
    size_t columns = 0;

    headings[columns++] = tr_text(build->tr, what);
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        if (!(groups & RIGHTS_BIT(g)))
            continue;
        group_code(g, &codes[g]);
        headings[columns++] = codes[g].text;
    }
    doc_table(build->doc, BLOCK_MATRIX, NULL, headings, columns);
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        buf_free(&codes[g]);
}

static void add_row(struct build *build, unsigned groups, const uint16_t *cells)
{
    char text[24];

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        if (!(groups & RIGHTS_BIT(g)))
            continue;
        rights_letters(cells[g], text);
        doc_cell(build->doc, text);
    }
}

/* Adds the groups of which there is something in the cells. */
static void note_groups(const uint16_t *cells, unsigned *groups)
{
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        *groups |= cells[g] ? RIGHTS_BIT(g) : 0;
}

/* ---- what the codes mean ---- */

/* Groups with their names, two side by side, down the left half first. */
static void add_groups(struct build *build, const struct rights *rights, unsigned groups)
{
    const char *const headings[] = { N_("Code"), N_("Documents"), N_("Code"), N_("Documents") };
    const struct list *list = rights->data->groups;
    int at[RIGHTS_GROUP_COUNT], count = 0;

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if (groups & RIGHTS_BIT(g))
            at[count++] = g;
    build_headings(build, NULL, headings, countof(headings));
    for (int i = 0, half = (count + 1) / 2; i < half; i++)
        for (int k = i; k <= i + half; k += half) {
            struct buf code = BUF_INIT;
            if (k < count)
                group_code(at[k], &code);
            doc_cell(build->doc, code.text);
            doc_cell(build->doc, k < count ? text_get(&list->choices[at[k]].label, build->tr->lang)
                                           : NULL);
            buf_free(&code);
        }
}

/* "V Katselu, K Kirjaus" */
static void add_letters(struct build *build, const struct rights *rights)
{
    struct buf text = BUF_INIT;

    for (int i = 0; i < RIGHTS_LETTER_COUNT; i++) {
        char letter[24];
        rights_letters(RIGHTS_BIT(i), letter);
        buf_addf(&text, "%s%s\u00a0", i ? ", " : "", letter);
        rights_letter_names(rights->data, RIGHTS_BIT(i), build->tr, &text);
    }
    doc_paragraph(build->doc, text.text);
    buf_free(&text);
}

void build_rights_legend(struct build *build, const struct rights *rights, unsigned groups)
{
    add_groups(build, rights, groups);
    add_letters(build, rights);
}

/* Groups that nobody may use, so that nothing seems forgotten. */
static void add_unused(struct build *build, const struct rights *rights, unsigned groups)
{
    struct buf names = BUF_INIT, line = BUF_INIT;

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        if (groups & RIGHTS_BIT(g))
            continue;
        buf_add(&names, names.length ? ", " : "");
        group_code(g, &names);
        buf_addf(&names, "\u00a0%s",
                 text_get(&rights->data->groups->choices[g].label, build->tr->lang));
    }
    buf_addf(&line, tr_text(build->tr, N_("No role may use these: %s.")), names.text);
    if (names.length)
        doc_paragraph(build->doc, line.text);
    buf_free(&names);
    buf_free(&line);
}

/* ---- matrices ---- */

/* What a role gives, without what is beyond its ceiling. */
static void role_cells(const struct rights *rights, int role, uint16_t *cells)
{
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        cells[g] = (uint16_t)(rights->roles[role].cells[g] & rights_ceiling(rights, role, -1, g));
}

void show_matrix(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    uint16_t cells[RIGHTS_GROUP_COUNT];
    unsigned groups = 0;

    (void)section;
    if (!rights || !rights->role_count)
        return;
    for (size_t r = 0; r < rights->role_count; r++) {
        role_cells(rights, (int)r, cells);
        note_groups(cells, &groups);
    }
    if (groups) {
        begin_matrix(build, N_("Role"), groups);
        for (size_t r = 0; r < rights->role_count; r++) {
            role_cells(rights, (int)r, cells);
            build_rights_cell(build, rights_role_name, rights, (int)r);
            add_row(build, groups, cells);
        }
        build_rights_legend(build, rights, groups);
        doc_paragraph(build->doc, tr_text(build->tr, N_("An empty cell means no right.")));
    }
    add_unused(build, rights, groups);
}

/* Somebody has something in the register. */
static bool is_used(const struct rights *rights, int reg)
{
    for (size_t a = 0; a < rights->assignment_count; a++)
        if (rights->assignments[a].reg == reg && rights_active(rights, (int)a, rights->today))
            return true;
    return false;
}

static void add_people(struct build *build, const struct rights *rights, int reg)
{
    uint16_t cells[RIGHTS_GROUP_COUNT];
    unsigned groups = 0, own;

    for (size_t p = 0; p < rights->person_count; p++) {
        rights_of_person(rights, (int)p, reg, rights->today, cells);
        note_groups(cells, &groups);
    }
    begin_matrix(build, N_("Person"), groups);
    for (size_t p = 0; p < rights->person_count; p++) {
        rights_of_person(rights, (int)p, reg, rights->today, cells);
        own = 0;
        note_groups(cells, &own);
        if (!own)
            continue;
        build_rights_cell(build, rights_person_name, rights, (int)p);
        add_row(build, groups, cells);
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
        add_people(build, rights, reg);
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
    build_cell(build, text.text);
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
        build_cell(build, role->why);
    }
}

/* ---- users ---- */

static void add_accounts_cell(struct build *build, const struct rights *rights, int person)
{
    struct buf text = BUF_INIT;

    for (int a = rights->people[person].first_account; a >= 0; a = rights->accounts[a].next)
        if (rights->accounts[a].open && rights->accounts[a].user)
            buf_addf(&text, "%s%s", text.length ? ", " : "", rights->accounts[a].user);
    build_cell(build, text.text);
    buf_free(&text);
}

static void add_users(struct build *build, const struct rights *rights)
{
    const char *const headings[] = { N_("Person"), N_("User name"), N_("Role"),
                                     rights->unit_count > 1 ? N_("Unit") : NULL,
                                     N_("Register"), N_("Valid") };

    build_headings(build, NULL, headings, countof(headings));
    for (size_t a = 0; a < rights->assignment_count; a++) {
        const struct rights_assignment *of = &rights->assignments[a];
        if (!build_is_live(rights, (int)a))
            continue;
        build_rights_cell(build, rights_person_name, rights, of->person);
        add_accounts_cell(build, rights, of->person);
        build_rights_cell(build, rights_role_name, rights, of->role);
        if (rights->unit_count > 1)
            build_rights_cell(build, rights_unit_name, rights, of->unit);
        build_rights_cell(build, rights_register_name, rights, of->reg);
        build_days_cell(build, of->from, of->until);
    }
}

static void add_reasons(struct build *build, const struct rights *rights)
{
    static const char *const headings[] = { N_("Person"), N_("Role"), N_("Service tasks"),
                                            N_("Reason"), N_("Granted by"), N_("Approved by") };

    build_headings(build, tr_text(build->tr, N_("Grounds of the rights")), headings,
                   countof(headings));
    for (size_t a = 0; a < rights->assignment_count; a++) {
        const struct rights_assignment *of = &rights->assignments[a];
        if (!build_is_live(rights, (int)a))
            continue;
        build_rights_cell(build, rights_person_name, rights, of->person);
        build_rights_cell(build, rights_role_name, rights, of->role);
        build_mask_cell(build, rights->data->service_tasks, of->tasks);
        build_cell(build, of->reason ? of->reason : rights->roles[of->role].why);
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

/* A day that the plan knows, that is not known, or that is to be written by hand. */
static void add_day(struct build *build, const char *label, const struct item *item)
{
    struct buf day = BUF_INIT;

    if (build_is_unsure(build, item, NULL))
        buf_add(&day, tr_text(build->tr, "not known"));
    else
        plan_show(build->plan, item, NULL, build->tr, &day);
    doc_field(build->doc, tr_text(build->tr, label), day.text, NULL);
    buf_free(&day);
}

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

    (void)section;
    if (!rights)
        return;
    data = rights->data;
    if (findings->errors)
        doc_field(build->doc, tr_text(build->tr, N_("Approved on")),
                  tr_text(build->tr, N_("no approval is in force while there are errors")), NULL);
    else
        add_day(build, N_("Approved on"), data->items[RIGHTS_ITEM_APPROVED]);
    add_day(build, N_("Next review"), data->items[RIGHTS_ITEM_NEXT_REVIEW]);
    add_count(build, N_("Errors"), findings->errors);
    add_count(build, N_("Warnings"), findings->warnings);
    add_count(build, N_("Accepted warnings"), findings->accepted);
    if (findings->errors)
        doc_paragraph(build->doc, tr_text(build->tr, N_("There are errors: the rights cannot be "
                                                        "approved before they are corrected.")));
}
