/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the recipient of a package would miss.
 */
#include "core/pack.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/package.h"
#include "core/plan.h"

/* The points that the index page lists: questions to be answered, errors, warnings. */
static void count_finding(struct pack_gap *gap, const struct finding *finding)
{
    if (finding->kind == FINDING_MISSING || finding->kind == FINDING_UNSURE)
        gap->open += finding->place.item != NULL;
    else if (finding->severity == SEVERITY_ERROR)
        gap->errors++;
    else if (finding->severity == SEVERITY_WARNING)
        gap->warnings++;
}

size_t pack_gaps(const struct plan *plan, const struct package *package, struct pack_gap **gaps)
{
    struct findings findings = { 0 };
    size_t tasks = 0, count = 0;

    while (package->tasks[tasks])
        tasks++;
    *gaps = xcalloc(tasks + 1, sizeof **gaps);
    engine_findings(plan->engine, &findings);
    for (size_t t = 0; t < tasks; t++) {
        struct pack_gap *gap = &(*gaps)[count];
        *gap = (struct pack_gap){ .task = schema_task(plan->schema, package->tasks[t]) };
        for (size_t i = 0; i < findings.count; i++)
            if (gap->task && findings.at[i].task == gap->task)
                count_finding(gap, &findings.at[i]);
        count += gap->open + gap->errors + gap->warnings > 0;
    }
    findings_free(&findings);
    return count;
}

void pack_sum_text(const struct package *package, const struct pack_gap *gaps, size_t count,
                   const struct tr *tr, struct buf *out)
{
    size_t files = 0, points = 0;

    while (package->files[files])
        files++;
    for (size_t i = 0; i < count; i++)
        points += gaps[i].open + gaps[i].errors + gaps[i].warnings;
    buf_addf(out, tr_plural(tr, "%zu document.", "%zu documents.", (unsigned long)files), files);
    buf_add_char(out, ' ');
    if (points)
        buf_addf(out, tr_plural(tr, "%zu point is missing, see below.",
                                "%zu points are missing, see below.", (unsigned long)points),
                 points);
    else
        buf_add(out, tr_text(tr, "Nothing is missing here."));
}

static void add_count(const char *format, size_t count, struct buf *out)
{
    if (count && out->length)
        buf_add(out, ", ");
    if (count)
        buf_addf(out, format, count);
}

void pack_gap_text(const struct pack_gap *gap, const struct tr *tr, struct buf *out)
{
    struct buf text = BUF_INIT;

    add_count(tr_plural(tr, "%zu question open", "%zu questions open", gap->open), gap->open,
              &text);
    add_count(tr_plural(tr, "%zu error", "%zu errors", gap->errors), gap->errors, &text);
    add_count(tr_plural(tr, "%zu warning", "%zu warnings", gap->warnings), gap->warnings, &text);
    buf_add(out, text.text);
    buf_free(&text);
}
