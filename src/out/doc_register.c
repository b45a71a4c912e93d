/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The section that shows the check against the organisation register, from the rows that the plan
 * has kept. Without them it says that nothing was compared.
 */
#include "out/doc_sections.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/register_plan.h"
#include "out/doc.h"

static void add_field(struct build *build, const char *label, const char *value)
{
    if (value && *value)
        doc_field(build->doc, tr_text(build->tr, label), value, NULL);
}

static void add_source(struct build *build, const struct register_report *report)
{
    char day[40] = "", file_day[40] = "";

    if (!report->picture.imported)
        return;
    if (report->checked_on != DATE_NONE)
        date_text(report->checked_on, build->tr->lang, day, sizeof day);
    if (report->picture.file_date != DATE_NONE)
        date_text(report->picture.file_date, build->tr->lang, file_day, sizeof file_day);
    add_field(build, N_("Compared on"), day);
    add_field(build, N_("Day of the register file"), file_day);
    add_field(build, N_("Register file"), report->picture.file);
    add_field(build, N_("Its SHA-256"), report->picture.digest);
}

static void add_finding(struct build *build, const struct register_report *report,
                        const struct register_finding *finding)
{
    struct buf text = BUF_INIT;

    register_finding_text(build->plan, report, finding, build->tr, &text);
    if (finding->severity == SEVERITY_NOTE) {
        doc_list_item(build->doc, text.text);
    } else {
        buf_addf(&text, "\n%s ", tr_text(build->tr, "What to do:"));
        register_finding_remedy(build->plan, finding, build->tr, &text);
        buf_addf(&text, "\n%s ", tr_text(build->tr, "Ask:"));
        register_finding_contacts(build->plan, finding, build->tr, &text);
        doc_checkbox(build->doc, false, text.text);
    }
    buf_free(&text);
}

void show_register(struct build *build, const struct doc_section *section)
{
    struct register_report report = { 0 };
    struct err err = { 0 };
    struct buf text = BUF_INIT;

    (void)section;
    if (!register_plan_can(build->plan))
        return;
    register_plan_check(build->plan, NULL, &report, &err);
    register_state_text(build->plan, report.result.state, build->tr, &text);
    add_field(build, N_("Result of the comparison"), text.text);
    buf_clear(&text);
    register_state_more(build->plan, report.result.state, build->tr, &text);
    if (text.length)
        doc_paragraph(build->doc, text.text);
    add_source(build, &report);
    for (size_t i = 0; i < report.result.count; i++)
        add_finding(build, &report, &report.result.at[i]);
    buf_free(&text);
    register_report_free(&report);
}
