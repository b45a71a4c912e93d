/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is asked when a warning of the rights matrix is accepted.
 */
#include "core/rights_accept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/check.h"
#include "core/plan.h"
#include "core/rights_data.h"

/* ---- what is asked ---- */

const struct item *rights_accept_item(const struct plan *plan, enum rights_accept_part part)
{
    static const enum rights_item items[RIGHTS_ACCEPT_PARTS] = {
        [RIGHTS_ACCEPT_REASON] = RIGHTS_ITEM_WAIVER_REASON,
        [RIGHTS_ACCEPT_MEASURE] = RIGHTS_ITEM_WAIVER_MEASURE,
        [RIGHTS_ACCEPT_REVIEW] = RIGHTS_ITEM_WAIVER_REVIEW,
    };

    return plan->schema->rights->items[items[part]];
}

static void bad(struct check *out, const char *message)
{
    out->state = CHECK_BAD;
    out->message = message;
}

void rights_accept_check(const struct plan *plan, enum rights_accept_part part, const char *text,
                         struct check *out)
{
    check_value(rights_accept_item(plan, part), text, plan->today, out);
    if (out->state != CHECK_OK && out->state != CHECK_WARN)
        return;
    if (!out->value.length)
        bad(out, N_("An accepted warning needs this answer."));
    else if (part == RIGHTS_ACCEPT_REVIEW && date_parse_iso(out->value.text) < plan->today)
        bad(out, N_("The review is today or later."));
}

/* ---- which warning ---- */

static void name_warning(const struct rights *rights, const struct rights_finding *finding,
                         struct rights_warning *out)
{
    struct buf about = BUF_INIT;

    rights_finding_subject(rights, finding, &about);
    snprintf(out->check, sizeof out->check, "%s", finding->check->id);
    snprintf(out->about, sizeof out->about, "%s", about.text);
    buf_free(&about);
}

void rights_warning_of(const struct plan *plan, size_t finding, struct rights_warning *out)
{
    name_warning(engine_rights(plan->engine), &engine_rights_findings(plan->engine)->at[finding],
                 out);
}

const struct rights_finding *rights_warning_now(const struct plan *plan,
                                                const struct rights_warning *warning)
{
    const struct rights_findings *findings = engine_rights_findings(plan->engine);

    for (size_t i = 0; i < findings->count; i++) {
        struct rights_warning other;
        name_warning(engine_rights(plan->engine), &findings->at[i], &other);
        if (findings->at[i].severity == SEVERITY_WARNING
            && strcmp(other.check, warning->check) == 0
            && strcmp(other.about, warning->about) == 0)
            return &findings->at[i];
    }
    return NULL;
}

/* The next finding from `from` on of the cell or the person; -1 when there is none. */
static int next_here(const struct plan *plan, int role, int group, int person, size_t from)
{
    const struct rights *rights = engine_rights(plan->engine);
    const struct rights_findings *findings = engine_rights_findings(plan->engine);

    if (role >= 0)
        return rights_finding_of_cell(rights, findings, role, group, from);
    return person < 0 ? -1 : rights_finding_of_person(rights, findings, person, from);
}

size_t rights_warnings(const struct plan *plan, int role, int group, int person, size_t **order)
{
    const struct rights_findings *findings = engine_rights_findings(plan->engine);
    bool *taken = xcalloc(findings->count + 1, sizeof *taken);
    size_t count = 0;

    *order = xcalloc(findings->count + 1, sizeof **order);
    for (int at = next_here(plan, role, group, person, 0); at >= 0;
         at = next_here(plan, role, group, person, (size_t)at + 1))
        if (findings->at[at].severity == SEVERITY_WARNING) {
            taken[at] = true;
            (*order)[count++] = (size_t)at;
        }
    for (size_t i = 0; i < findings->count; i++)
        if (findings->at[i].severity == SEVERITY_WARNING && !taken[i])
            (*order)[count++] = i;
    free(taken);
    return count;
}
