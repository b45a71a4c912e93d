/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * pack: the documents that one recipient is given, with an index page, as a folder or a zip.
 */
#include <stdio.h>

#include "base/buf.h"
#include "cmd.h"
#include "core/package.h"
#include "core/plan.h"
#include "pack_job.h"

void packages_list(struct app *app)
{
    struct err err = { .tr = &app->tr };

    if (app_load(app, &err))
        return;
    for (size_t i = 0; i < app->content.schema->package_count; i++)
        printf("  %s  %s\n", app->content.schema->packages[i].id,
               text_get(&app->content.schema->packages[i].title, app->tr.lang));
}

static int make(struct app *app, struct plan *plan, const struct package *package, struct err *err)
{
    struct buf path = BUF_INIT;
    struct pack_job *job = NULL;
    int code;

    if (app->options.output)
        buf_add(&path, app->options.output);
    else
        pack_job_name(app->args[0], package, app->today, &path);
    code = pack_job_begin(plan, package, &app->tr, path.text, &job, err);
    plan_close(plan);
    if (!code)
        do
            code = pack_job_step(job, err);
        while (code > 0);
    if (!code && !app->options.quiet)
        printf("%s\n", pack_job_state(job).path);
    pack_job_end(job);
    buf_free(&path);
    return code;
}

int cmd_pack(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    const struct package *package;

    if (app_open(app, app->args[0], STORE_READ, &plan, &err))
        return app_fail(&err);
    package = package_find(app->content.schema, app->args[1]);
    if (!package) {
        plan_close(plan);
        return app_fail_text(ERR_USAGE, tr_text(&app->tr, "there is no package for \"%s\"; see "
                                                          "kantapolku pack --help"), app->args[1]);
    }
    return make(app, plan, package, &err) ? app_fail(&err) : 0;
}
