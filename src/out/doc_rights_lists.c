/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is done with the rights matrix: findings and what was accepted of them, the statement that
 * an employee signs, the order of changes to the supplier, the list of the next review, and leavers.
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

void show_rights_findings(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    const struct rights_findings *findings = engine_rights_findings(build->plan->engine);
    struct buf text = BUF_INIT;

    (void)section;
    for (size_t i = 0; rights && i < findings->count; i++) {
        const struct rights_finding *finding = &findings->at[i];
        if (finding->waiver >= 0)
            continue;
        buf_clear(&text);
        rights_finding_text(rights, finding, build->tr, &text);
        buf_addf(&text, "\n%s ", tr_text(build->tr, "What to do:"));
        plan_text(build->plan, &finding->check->remedy, build->tr, &text);
        buf_addf(&text, "\n%s ", tr_text(build->tr, N_("Source:")));
        plan_text(build->plan, &finding->check->source, build->tr, &text);
        if (finding->severity == SEVERITY_NOTE)
            doc_list_item(build->doc, text.text);
        else
            doc_checkbox(build->doc, false, text.text);
    }
    buf_free(&text);
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
        doc_cell(build->doc, waiver->reason);
        doc_cell(build->doc, waiver->measure);
        doc_cell(build->doc, day);
        build_rights_cell(build, rights_person_name, rights, waiver->by);
    }
    buf_free(&text);
}

/* ---- the statement ---- */

static void add_right(struct build *build, const struct rights *rights, int assignment)
{
    static const char *const headings[] = { N_("Documents"), N_("What you may do") };
    const struct rights_assignment *of = &rights->assignments[assignment];
    const struct rights_role *role = &rights->roles[of->role];
    struct buf text = BUF_INIT;
    bool begun = false;

    rights_role_name(rights, of->role, build->tr, &text);
    if (of->unit >= 0) {
        buf_add(&text, ", ");
        rights_unit_name(rights, of->unit, build->tr, &text);
    }
    doc_section(build->doc, 3, text.text);
    buf_clear(&text);
    if (of->reg >= 0) {
        rights_register_name(rights, of->reg, build->tr, &text);
        doc_field(build->doc, tr_text(build->tr, N_("Register")), text.text, NULL);
    }
    buf_clear(&text);
    build_days(build, of->from, of->until, &text);
    if (text.length)
        doc_field(build->doc, tr_text(build->tr, N_("Valid")), text.text, NULL);
    buf_clear(&text);
    rights_mask_names(rights->data->admin, role->admin, build->tr, &text);
    if (text.length)
        doc_field(build->doc, tr_text(build->tr, N_("Administration")), text.text, NULL);
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        int day = of->from != DATE_NONE && of->from > rights->today ? of->from : rights->today;
        unsigned letters = rights_effective(rights, assignment, g, day);
        if (!letters)
            continue;
        if (!begun)
            build_headings(build, NULL, headings, countof(headings));
        begun = true;
        buf_clear(&text);
        rights_group_name(rights->data, g, build->tr, &text);
        doc_cell(build->doc, text.text);
        build_mask_cell(build, rights->data->letters, letters);
    }
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

/* A page for each person; the body of the section, the rules, is said on each. */
void show_rights_statement(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    struct buf text = BUF_INIT;
    bool first = true;

    for (int p = 0; rights && p < (int)rights->person_count; p++) {
        if (!has_live(rights, p))
            continue;
        if (!first)
            doc_page_break(build->doc);
        first = false;
        buf_clear(&text);
        rights_person_name(rights, p, build->tr, &text);
        doc_section(build->doc, 2, text.text);
        for (int a = rights->people[p].first_assignment; a >= 0;
             a = rights->assignments[a].next_of_person)
            if (build_is_live(rights, a))
                add_right(build, rights, a);
        build_body(build, &section->body);
        doc_signature(build->doc, build->doc->provider, text.text);
    }
    buf_free(&text);
}

/* ---- the order ---- */

static const char *const change_words[] = {
    [RIGHTS_ADDED] = N_("add"), [RIGHTS_ALTERED] = N_("change"), [RIGHTS_REMOVED] = N_("remove"),
};

static void add_rights_cell(struct build *build, const struct rights *rights, int assignment)
{
    struct buf text = BUF_INIT;
    char letters[24];

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        unsigned got = rights_granted(rights, assignment, g, rights->today) &
                       rights_assignment_ceiling(rights, assignment, g);
        if (!got)
            continue;
        rights_letters(got, letters);
        buf_addf(&text, "%sD%02d %s", text.length ? ", " : "", g + 1, letters);
    }
    doc_cell(build->doc, text.text);
    buf_free(&text);
}

static void add_difference(struct build *build, const struct rights *rights, int at,
                           enum rights_change_kind kind)
{
    const struct rights_assignment *of = &rights->assignments[at];

    doc_cell(build->doc, tr_text(build->tr, change_words[kind]));
    build_rights_cell(build, rights_person_name, rights, of->person);
    build_rights_cell(build, rights_role_name, rights, of->role);
    doc_cell(build->doc, rights->roles[of->role].level);
    build_rights_cell(build, rights_unit_name, rights, of->unit);
    build_rights_cell(build, rights_register_name, rights, of->reg);
    build_days_cell(build, of->from, of->until);
    if (kind == RIGHTS_REMOVED)
        doc_cell(build->doc, "");
    else
        add_rights_cell(build, rights, at);
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
    static const char *const headings[] = {
        N_("Change"), N_("Person"), N_("Role"), N_("Level in the system"), N_("Unit"),
        N_("Register"), N_("Valid"), N_("Rights") };
    const struct rights *rights = build_rights(build);
    const struct rights_event *order = rights ? rights_last_order(rights) : NULL;
    struct rights_differences differences = { 0 };
    struct rights_past past = { 0 };
    struct err err = { 0 };

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
                       one->kind);
    }
    rights_differences_free(&differences);
    rights_past_free(&past);
}

/* ---- the review ---- */

void show_rights_review(struct build *build, const struct doc_section *section)
{
    const struct rights *rights = build_rights(build);
    struct buf text = BUF_INIT;

    (void)section;
    for (int p = 0; rights && p < (int)rights->person_count; p++)
        for (int a = rights->people[p].first_assignment; a >= 0;
             a = rights->assignments[a].next_of_person) {
            if (!build_is_live(rights, a))
                continue;
            buf_clear(&text);
            rights_assignment_name(rights, a, build->tr, &text);
            buf_add(&text, "; ");
            rights_unit_name(rights, rights->assignments[a].unit, build->tr, &text);
            buf_add(&text, "; ");
            rights_register_name(rights, rights->assignments[a].reg, build->tr, &text);
            buf_add(&text, "; ");
            build_days(build, rights->assignments[a].from, rights->assignments[a].until, &text);
            doc_checkbox(build->doc, false, text.text);
        }
    buf_free(&text);
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
