/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * log, undo, redo: what changed, and taking it back.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cmd.h"
#include "core/plan_facts.h"
#include "print_json.h"

struct listing {
    const struct plan *plan;
    const struct tr *tr;
    json_t *json;             /* NULL: text */
};

static void list_json(const struct listing *listing, const struct entry *entry)
{
    json_array_append_new(
        listing->json,
        json_pack("{s:I,s:s,s:s?,s:s,s:s,s:s,s:s?,s:I,s:I}", "id", (json_int_t)entry->id, "at",
                  entry->at, "who", entry->who, "form", entry->form, "row", entry->row, "item",
                  entry->item, "value", entry->value, "change", (json_int_t)entry->change,
                  "takes_back", (json_int_t)entry->takes_back));
}

/* A note of a checked fact: "dur.card = 3–4 weeks (checked 22.11.2026 by Aino Malli)". */
static void list_note(const struct listing *listing, const struct entry *entry)
{
    const struct fact *fact = schema_fact(listing->plan->schema, entry->form);
    struct buf said = BUF_INIT;

    if (fact)
        plan_note_text(fact, entry->value, listing->tr, &said);
    printf("%.10s %.8s  %s  %s = %s%s\n", entry->at,
           strlen(entry->at) > 11 ? entry->at + 11 : "", *entry->who ? entry->who : "?",
           entry->form, said.length ? said.text : "-",
           entry->takes_back ? tr_text(listing->tr, " (taken back or made again)") : "");
    buf_free(&said);
}

static void list_entry(void *data, const struct entry *entry)
{
    const struct listing *listing = data;
    struct buf value = BUF_INIT;

    if (listing->json) {
        list_json(listing, entry);
        return;
    }
    if (strcmp(entry->item, ENTRY_FACT_NOTE) == 0) {
        list_note(listing, entry);
        return;
    }
    if (entry->value)
        utf8_clean(&value, entry->value, strlen(entry->value), UTF8_ONE_LINE);
    printf("%.10s %.8s  %s  %s%s%s = %s%s\n", entry->at,
           strlen(entry->at) > 11 ? entry->at + 11 : "", *entry->who ? entry->who : "?",
           entry->row, *entry->row ? " " : "", entry->item, entry->value ? value.text : "-",
           entry->takes_back ? tr_text(listing->tr, " (taken back or made again)") : "");
    buf_free(&value);
}

int cmd_log(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    struct listing listing = { .tr = &app->tr };
    int code = app_open(app, app->args[0], STORE_READ, &plan, &err);

    if (code)
        return app_fail(&err);
    listing.plan = plan;
    listing.json = app->options.json ? json_array() : NULL;
    code = plan->ops->read(plan->store, 0, list_entry, &listing, &err);
    if (listing.json)
        print_json(listing.json);
    plan_close(plan);
    return code ? app_fail(&err) : 0;
}

static int take_back(struct app *app, bool again)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    struct place place = { NULL, NULL };
    struct buf line = BUF_INIT;
    int entries = 0;
    int code = app_open(app, app->args[0], STORE_WRITE, &plan, &err);

    if (code)
        return app_fail(&err);
    code = (again ? plan_redo : plan_undo)(plan, &place, &entries, &err);
    if (!code && entries == 0)
        buf_add(&line, tr_text(&app->tr, again ? N_("There is nothing to make again.")
                                               : N_("There is nothing to take back.")));
    else if (!code)
        plan_undone_text(plan, &place, again, &app->tr, &line);
    if (!code && !app->options.quiet)
        printf("%s\n", line.text);
    buf_free(&line);
    plan_close(plan);
    return code ? app_fail(&err) : 0;
}

int cmd_undo(struct app *app)
{
    return take_back(app, false);
}

int cmd_redo(struct app *app)
{
    return take_back(app, true);
}
