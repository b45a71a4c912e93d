/* SPDX-License-Identifier: EUPL-1.2 */
#include "kept.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/versions.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

static int keep(struct plan *plan, const struct document *document, const struct tr *tr, int number,
                struct err *err)
{
    const struct doc_control *control = document->control;
    struct doc *doc = doc_build_version(plan, document, tr, number);
    struct buf content = BUF_INIT, approver = BUF_INIT;
    struct version version = {
        .document = document->id, .number = number, .lang = lang_code(tr->lang),
        .approved_on = engine_value(plan->engine, control->approved_on, NULL),
    };
    int code;

    plan_show(plan, control->approver, NULL, tr, &approver);
    version.approved_by = approver.text;
    out_json(doc, tr, &content);
    code = plan->ops->keep_version(plan->store, &version, content.text, err);
    doc_free(doc);
    buf_free(&content);
    buf_free(&approver);
    return code;
}

int kept_add(struct plan *plan, const struct document *document, const struct tr *tr, int *number,
             struct err *err)
{
    struct versions kept = { NULL, 0, 0 };
    int code = versions_read(plan, document, &kept, err);

    if (!code)
        code = versions_may_keep(plan, document, &kept, err);
    *number = (int)kept.count + 1;
    versions_free(&kept);
    return code ? code : keep(plan, document, tr, *number, err);
}

int kept_read(const struct plan *plan, const struct document *document, int number,
              struct doc **out, struct err *err)
{
    struct buf content = BUF_INIT;
    char day[32];
    int code = plan->ops->version_content(plan->store, document->id, number, &content, err);

    *out = code ? NULL : doc_read_json(content.text);
    buf_free(&content);
    if (!code && !*out)
        code = err_set(err, ERR_PLAN, N_("version %d of %s was kept by a newer kantapolku"), number,
                       document->id);
    if (!code) {
        date_text(plan->today, (*out)->lang, day, sizeof day);
        doc_set_date(*out, plan->today, day);
    }
    return code;
}
