/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is done with the rights matrix: findings and what was accepted of them, the statement that
 * an employee signs, the order of changes to the supplier, the list of the next review, and
 * leavers.
 */
#include "out/doc_sections.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/rights_check.h"
#include "core/rights_past.h"
#include "core/rights_text.h"
#include "out/doc.h"
#include "out/doc_rights.h"

enum { LEAVER_DAYS = 60 };

/* ---- findings ---- */

/* What to do about all findings of a check, and who says so; each begins with `between`. */
static void add_remedy(const struct build *build, const struct rights_check *check,
                       const char *between, struct buf *out)
{
    buf_addf(out, "%s%s ", out->length ? between : "", tr_text(build->tr, "What to do:"));
    plan_text(build->plan, &check->remedy, build->tr, out);
    buf_addf(out, "%s%s ", between, tr_text(build->tr, N_("Source:")));
    plan_text(build->plan, &check->source, build->tr, out);
}

static void add_finding(struct build *build, const struct rights *rights,
                        const struct rights_finding *finding, bool alone)
{
    struct buf text = BUF_INIT;

    rights_finding_text(rights, finding, build->tr, &text);
    if (alone)
        add_remedy(build, finding->check, "\n", &text);
    if (finding->severity == SEVERITY_NOTE)
        doc_list_item(build->doc, text.text);
    else
        doc_checkbox(build->doc, false, text.text);
    buf_free(&text);
}

/* The next finding from `at` on that is not accepted. */
static size_t next_open(const struct rights_findings *findings, size_t at)
{
    while (at < findings->count && findings->at[at].waiver >= 0)
        at++;
    return at;
}

/* Findings of one check stand together: what to do about them is said once. */
void show_rights_findings(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    const struct rights_findings *findings = engine_rights_findings(build->plan->engine);
    const struct rights_check *said = NULL;

    (void)section;
    if (!rights)
        return;
    for (size_t i = next_open(findings, 0), next; i < findings->count; i = next) {
        const struct rights_check *check = findings->at[i].check;
        next = next_open(findings, i + 1);
        bool more = next < findings->count && findings->at[next].check == check;
        if (more && said != check) {
            struct buf text = BUF_INIT;
            add_remedy(build, check, " ", &text);
            doc_paragraph(build->doc, text.text);
            buf_free(&text);
            said = check;
        }
        add_finding(build, rights, &findings->at[i], said != check);
    }
}

void show_rights_waivers(struct build *build, const struct doc_section *section)
{
    static const char *const headings[] = { N_("Warning"), N_("Reason"),
                                            N_("Compensating measure"), N_("Review"),
                                            N_("Accepted by") };
    const struct rights *rights = build_rights(build);
    const struct rights_findings *findings = engine_rights_findings(build->plan->engine);
    struct buf text = BUF_INIT;

    (void)section;
    if (!rights || !findings->accepted)
        return;
    build_headings(build, NULL, headings, countof(headings));
    for (size_t i = 0; i < findings->count; i++) {
        const struct rights_finding *finding = &findings->at[i];
        const struct rights_waiver *waiver;
        char day[40];
        if (finding->waiver < 0)
            continue;
        waiver = &rights->waivers[finding->waiver];
        buf_clear(&text);
        rights_finding_text(rights, finding, build->tr, &text);
        date_text(waiver->review, build->tr->lang, day, sizeof day);
        doc_cell(build->doc, text.text);
        build_cell(build, waiver->reason);
        build_cell(build, waiver->measure);
        doc_cell(build->doc, day);
        build_rights_cell(build, rights_person_name, rights, waiver->by);
    }
    buf_free(&text);
}

/* ---- the statement ---- */

/* The day whose rights the statement tells: today, or the first day of what begins later. */
static int stated_day(const struct rights *rights, int assignment)
{
    int from = rights->assignments[assignment].from;

    return from != DATE_NONE && from > rights->today ? from : rights->today;
}

/* One role in one unit, which may be given in several registers. */
static bool are_of_one(const struct rights *rights, int a, int b)
{
    const struct rights_assignment *one = &rights->assignments[a], *other = &rights->assignments[b];

    return build_is_live(rights, a) && one->role == other->role && one->unit == other->unit;
}

/* The first of the live ones of the person that is of the same role and unit. */
static bool is_first(const struct rights *rights, int assignment)
{
    int a = rights->people[rights->assignments[assignment].person].first_assignment;

    while (a != assignment && !are_of_one(rights, a, assignment))
        a = rights->assignments[a].next_of_person;
    return a == assignment;
}

static unsigned stated_letters(const struct rights *rights, int assignment, int group)
{
    return rights_effective(rights, assignment, group, stated_day(rights, assignment));
}

static bool gives_documents(const struct rights *rights, int assignment)
{
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if (stated_letters(rights, assignment, g))
            return true;
    return false;
}

/* "Own register, 1.1.2026–" */
static void place_text(const struct build *build, const struct rights *rights, int assignment,
                       struct buf *out)
{
    const struct rights_assignment *of = &rights->assignments[assignment];
    struct buf days = BUF_INIT;

    if (of->reg >= 0)
        rights_register_name(rights, of->reg, build->tr, out);
    build_days(build, of->from, of->until, &days);
    if (days.length)
        buf_addf(out, "%s%s", out->length ? ", " : "", days.text);
    buf_free(&days);
}

/* What may be done with which documents: a column for each of the registers. */
static void add_documents(struct build *build, const struct rights *rights, const int *at,
                          size_t count)
{
    struct buf text = BUF_INIT;

    if (!count)
        return;
    doc_table(build->doc, BLOCK_TABLE, NULL, NULL, count + 1);
    doc_cell(build->doc, tr_text(build->tr, N_("Documents")));
    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        place_text(build, rights, at[i], &text);
        doc_cell(build->doc, text.length ? text.text : tr_text(build->tr, N_("What you may do")));
    }
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned any = 0;
        for (size_t i = 0; i < count; i++)
            any |= stated_letters(rights, at[i], g);
        if (!any)
            continue;
        buf_clear(&text);
        rights_group_name(rights->data, g, build->tr, &text);
        doc_cell(build->doc, text.text);
        for (size_t i = 0; i < count; i++)
            build_mask_cell(build, rights->data->letters, stated_letters(rights, at[i], g));
    }
    buf_free(&text);
}

static void add_valid(struct build *build, const struct rights *rights, int assignment)
{
    struct buf text = BUF_INIT;

    place_text(build, rights, assignment, &text);
    if (text.length)
        doc_field(build->doc, tr_text(build->tr, N_("Valid")), text.text, NULL);
    buf_free(&text);
}

/* The registers in which the role gives something to do with documents, side by side. */
static void add_registers(struct build *build, const struct rights *rights, int assignment)
{
    enum { SIDE_BY_SIDE = 3 };
    int at[SIDE_BY_SIDE];
    size_t count = 0;

    for (int a = assignment; a >= 0; a = rights->assignments[a].next_of_person) {
        if (!are_of_one(rights, a, assignment) || !gives_documents(rights, a))
            continue;
        at[count++] = a;
        if (count == SIDE_BY_SIDE) {
            add_documents(build, rights, at, count);
            count = 0;
        }
    }
    add_documents(build, rights, at, count);
}

static void add_right(struct build *build, const struct rights *rights, int assignment)
{
    const struct rights_assignment *of = &rights->assignments[assignment];
    struct buf text = BUF_INIT;

    rights_role_name(rights, of->role, build->tr, &text);
    if (of->unit >= 0) {
        buf_add(&text, ", ");
        rights_unit_name(rights, of->unit, build->tr, &text);
    }
    doc_section(build->doc, 2, text.text);
    buf_clear(&text);
    rights_mask_names(rights->data->admin, rights->roles[of->role].admin, build->tr, &text);
    if (text.length)
        doc_field(build->doc, tr_text(build->tr, N_("Administration")), text.text, NULL);
    for (int a = assignment; a >= 0; a = rights->assignments[a].next_of_person)
        if (are_of_one(rights, a, assignment) && !gives_documents(rights, a))
            add_valid(build, rights, a);
    add_registers(build, rights, assignment);
    buf_free(&text);
}

static bool has_live(const struct rights *rights, int person)
{
    for (int a = rights->people[person].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person)
        if (build_is_live(rights, a))
            return true;
    return false;
}

static void add_statement(struct build *build, const struct rights *rights, int person,
                          const struct doc_section *section)
{
    struct buf name = BUF_INIT, title = BUF_INIT;

    rights_person_name(rights, person, build->tr, &name);
    build_text(build, &section->title, &title);
    buf_addf(&title, ": %s", name.text);
    doc_section(build->doc, 1, title.text);
    for (int a = rights->people[person].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_person)
        if (build_is_live(rights, a) && is_first(rights, a))
            add_right(build, rights, a);
    build_body(build, &section->body);
    doc_signature(build->doc, tr_text(build->tr, N_("Signature of the user")), name.text);
    buf_free(&name);
    buf_free(&title);
}

/* A page for each person, with a heading of its own; the body of the section, the rules, is said on
 * each. */
void show_rights_statement(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    bool first = true;

    for (int p = 0; rights && p < (int)rights->person_count; p++) {
        if (!has_live(rights, p))
            continue;
        if (!first)
            doc_page_break(build->doc);
        first = false;
        add_statement(build, rights, p, section);
    }
}

/* ---- the order ---- */

static const char *const change_words[] = {
    [RIGHTS_ADDED] = N_("add"), [RIGHTS_ALTERED] = N_("change"), [RIGHTS_REMOVED] = N_("remove"),
};

/* "D01 V, D07 VK"; adds the groups to `groups`. */
static void add_rights_cell(struct build *build, const struct rights *rights, int assignment,
                            unsigned *groups)
{
    struct buf text = BUF_INIT;
    char letters[24];

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned got = rights_granted(rights, assignment, g, rights->today) &
                       rights_assignment_ceiling(rights, assignment, g);
        if (!got)
            continue;
        *groups |= RIGHTS_BIT(g);
        rights_letters(got, letters);
        buf_addf(&text, "%sD%02d\u00a0%s", text.length ? ", " : "", g + 1, letters);
    }
    build_cell(build, text.text);
    buf_free(&text);
}

static void add_difference(struct build *build, const struct rights *rights, int at,
                           enum rights_change_kind kind, unsigned *groups)
{
    const struct rights_assignment *of = &rights->assignments[at];

    doc_cell(build->doc, tr_text(build->tr, change_words[kind]));
    build_rights_cell(build, rights_person_name, rights, of->person);
    build_rights_cell(build, rights_role_name, rights, of->role);
    build_cell(build, rights->roles[of->role].level);
    if (rights->unit_count > 1)
        build_rights_cell(build, rights_unit_name, rights, of->unit);
    build_rights_cell(build, rights_register_name, rights, of->reg);
    build_days_cell(build, of->from, of->until);
    if (kind == RIGHTS_REMOVED)
        build_cell(build, NULL);
    else
        add_rights_cell(build, rights, at, groups);
}

static void add_since(struct build *build, const struct rights_event *order)
{
    char day[40];

    if (!order) {
        doc_paragraph(build->doc, tr_text(build->tr, N_("This is the first order: all rights are "
                                                        "new.")));
        return;
    }
    date_text(order->on, build->tr->lang, day, sizeof day);
    doc_field(build->doc, tr_text(build->tr, N_("Changes since the order of")), day, NULL);
}

void show_rights_order(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    const char *const headings[] = {
        N_("Change"), N_("Person"), N_("Role"), N_("Level in the system"),
        rights && rights->unit_count > 1 ? N_("Unit") : NULL,
        N_("Register"), N_("Valid"), N_("Rights") };
    const struct rights_event *order = rights ? rights_last_order(rights) : NULL;
    struct rights_differences differences = { 0 };
    struct rights_past past = { 0 };
    struct err err = { 0 };
    unsigned groups = 0;

    (void)section;
    if (!rights || (order && rights_past_event(build->plan, order->key, &past, &err)))
        return;
    add_since(build, order);
    rights_differences(past.rights, rights, &differences);
    if (!differences.count)
        doc_paragraph(build->doc, tr_text(build->tr, N_("Nothing has changed since then.")));
    else
        build_headings(build, NULL, headings, countof(headings));
    for (size_t i = 0; i < differences.count; i++) {
        const struct rights_difference *one = &differences.at[i];
        bool gone = one->kind == RIGHTS_REMOVED;
        add_difference(build, gone ? past.rights : rights, gone ? one->before : one->now,
                       one->kind, &groups);
    }
    if (groups)
        build_rights_legend(build, rights, groups);
    rights_differences_free(&differences);
    rights_past_free(&past);
}

/* ---- the review ---- */

/* "Nurse; Unit 1; Own register; 1.1.2026–", without what is not said or the same for all. */
static void add_kept(struct build *build, const struct rights *rights, int assignment)
{
    const struct rights_assignment *of = &rights->assignments[assignment];
    struct buf text = BUF_INIT, days = BUF_INIT;

    rights_role_name(rights, of->role, build->tr, &text);
    if (of->unit >= 0 && rights->unit_count > 1) {
        buf_add(&text, "; ");
        rights_unit_name(rights, of->unit, build->tr, &text);
    }
    if (of->reg >= 0) {
        buf_add(&text, "; ");
        rights_register_name(rights, of->reg, build->tr, &text);
    }
    build_days(build, of->from, of->until, &days);
    buf_addf(&text, "%s%s", days.length ? "; " : "", days.text);
    doc_checkbox(build->doc, false, text.text);
    buf_free(&text);
    buf_free(&days);
}

void show_rights_review(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);

    (void)section;
    for (int p = 0; rights && p < (int)rights->person_count; p++) {
        struct buf name = BUF_INIT;
        if (!has_live(rights, p))
            continue;
        rights_person_name(rights, p, build->tr, &name);
        doc_section(build->doc, 3, name.text);
        for (int a = rights->people[p].first_assignment; a >= 0;
             a = rights->assignments[a].next_of_person)
            if (build_is_live(rights, a))
                add_kept(build, rights, a);
        buf_free(&name);
    }
}

/* ---- leavers ---- */

static void add_leaver(struct build *build, const struct rights *rights,
                       const struct rights_leaver *leaver)
{
    struct buf text = BUF_INIT;
    char day[40];

    rights_person_name(rights, leaver->person, build->tr, &text);
    doc_section(build->doc, 2, text.text);
    if (leaver->last_day != DATE_NONE) {
        date_text(leaver->last_day, build->tr->lang, day, sizeof day);
        doc_field(build->doc, tr_text(build->tr, N_("Last day")), day, NULL);
    }
    doc_checkbox(build->doc, leaver->open_rights == 0,
                 tr_text(build->tr, N_("The rights have been ended in the matrix.")));
    for (int a = rights->people[leaver->person].first_account; a >= 0;
         a = rights->accounts[a].next) {
        const struct rights_account *account = &rights->accounts[a];
        buf_clear(&text);
        buf_addf(&text, tr_text(build->tr, N_("Account closed: %s")),
                 account->user ? account->user : "");
        if (account->system)
            buf_addf(&text, " (%s)", account->system);
        doc_checkbox(build->doc, !account->open, text.text);
    }
    doc_checkbox(build->doc, false,
                 tr_text(build->tr, N_("Log-ins on devices have been removed.")));
    if (leaver->card)
        doc_checkbox(build->doc, false,
                     tr_text(build->tr, N_("The card has been returned and cancelled.")));
    buf_free(&text);
}

void show_rights_leavers(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    struct rights_leavers leavers = { 0 };

    (void)section;
    if (!rights)
        return;
    rights_leavers(rights, LEAVER_DAYS, &leavers);
    for (size_t i = 0; i < leavers.count; i++)
        add_leaver(build, rights, &leavers.at[i]);
    if (!leavers.count)
        doc_paragraph(build->doc, tr_text(build->tr, N_("Nobody leaves at present.")));
    rights_leavers_free(&leavers);
}
