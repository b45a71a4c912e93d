/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What can be done from the task list beside answering: search, copying, language, undo; the offer
 * of a text that was not finished; what is not saved.
 */
#include "line/line_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/search.h"

/* ---- what is open before a gate ---- */

/* A task that waits for an answer leads to its first open question; what leads nowhere is told
 * without a number. */
static void tell_open(struct line *line, const struct finding *finding, struct places *places)
{
    struct buf text = BUF_INIT;

    if (finding->place.item) {
        line_add_place(places, finding->place.item, finding->place.row);
        buf_addf(&text, "  %zu ", places->count);
    } else {
        buf_add(&text, "  - ");
    }
    plan_finding_text(line->plan, finding, &line->tr, &text);
    line_say(line, text.text);
    buf_clear(&text);
    plan_finding_remedy(line->plan, finding, &line->tr, &text);
    if (text.length)
        line_sayf(line, "    %s", text.text);
    buf_free(&text);
}

static void tell_gate(struct line *line, const struct task *gate, struct places *places)
{
    struct findings open = { 0 };

    places->count = 0;
    engine_gate(line->plan->engine, gate, &open);
    if (open.count)
        line_sayf(line, line_plural(line, "%zu matter is open:", "%zu matters are open:",
                                    open.count), open.count);
    else
        line_say(line, line_text(line, "Everything is in order: you are ready."));
    for (size_t i = 0; i < open.count; i++)
        tell_open(line, &open.at[i], places);
    findings_free(&open);
}

void line_gate(struct line *line, const struct task *gate)
{
    struct places places = { 0 };
    enum line_go go = GO_ON;

    do
        tell_gate(line, gate, &places);
    while (places.count > 0 &&
           line_pick(line, &places,
                     line_text(line, "Number opens the question, Enter goes back to the task "
                                     "list: "), &go));
    places_free(&places);
}

/* ---- search ---- */

/* "  3 Task: question" */
static void tell_hit(struct line *line, const struct search_hit *hit, size_t number)
{
    const struct task *task = schema_task_of(line->plan->schema, hit->item);
    struct buf text = BUF_INIT;

    search_hit_text(line->plan, hit, &line->tr, &text);
    if (!engine_is_relevant(line->plan->engine, hit->place.item, hit->place.row))
        buf_add(&text, line_text(line, " (not asked now)"));
    line_sayf(line, "  %zu %s: %s", number,
              text_get(task ? &task->title : &hit->item->form->title, line->tr.lang), text.text);
    buf_free(&text);
}

/* Those in which a word begins so, then those that hold it inside a word; `places` gets all. */
static void tell_found(struct line *line, const struct search_hits *hits, struct places *places)
{
    for (size_t i = 0; i < hits->count; i++) {
        const struct search_hit *hit = &hits->at[i];
        if (hit->fit == SEARCH_INSIDE && (i == 0 || hits->at[i - 1].fit == SEARCH_WORD))
            line_sayf(line, "%s:", line_text(line, "Inside a word"));
        line_add_place(places, hit->place.item, hit->place.row);
        tell_hit(line, hit, places->count);
    }
}

static bool search_round(struct line *line, const char *words, enum line_go *go)
{
    struct search_hits hits = { 0 };
    struct places places = { 0 };
    bool again = false;

    line_say(line, "");
    search_plan(line->plan, words, &line->tr, &hits);
    tell_found(line, &hits, &places);
    if (places.count == 0)
        line_say(line, line_text(line, "Nothing was found."));
    else
        again = line_pick(line, &places,
                          line_text(line, "Number opens the question, Enter goes back to the "
                                          "task list: "), go);
    places_free(&places);
    search_hits_free(&hits);
    return again;
}

void line_search(struct line *line, const char *words)
{
    struct buf text = BUF_INIT;
    enum line_go go = GO_ON;

    buf_add(&text, words);
    if (text.length == 0)
        line_read(line, line_text(line, "Search for: "), &text);
    buf_trim(&text);
    while (text.length && !line->quit && search_round(line, text.text, &go))
        ;
    buf_free(&text);
}

/* ---- choosing from a few ---- */

size_t line_choose(struct line *line, const char *prompt, size_t count)
{
    struct saying saying = { .text = BUF_INIT };
    size_t number;
    bool again;

    do {
        line_listen(line, prompt, &saying);
        number = saying.said == SAID_TEXT ? line_number(saying.text.text, count) : 0;
        again = saying.said == SAID_TEXT && !number;
        if (again)
            line_sayf(line, line_text(line, "\"%s\" is not among the choices. Give a number from "
                                            "1 to %zu."), saying.text.text, count);
    } while (again);
    buf_free(&saying.text);
    return number;
}

/* ---- a copy, another language ---- */

void line_copy(struct line *line)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf path = BUF_INIT;
    struct err err = { .tr = &line->tr };

    line_listen(line, line_text(line, "Folder, or folder and name of a new file, for the copy; "
                                      "Enter goes back: "), &saying);
    if (saying.said == SAID_TEXT &&
        line->hooks->copy(line->hooks->data, line->plan, saying.text.text, &path, &err))
        line_sayf(line, line_text(line, "Not copied: %s"), err.msg);
    else if (saying.said == SAID_TEXT)
        line_sayf(line, "%s: %s", line_text(line, "The copy has been made and checked"),
                  path.text);
    buf_free(&saying.text);
    buf_free(&path);
}

void line_choose_lang(struct line *line)
{
    struct err err = { .tr = &line->tr };
    size_t number;

    for (int i = 0; i < LANG_COUNT; i++)
        line_sayf(line, "  %d %s", i + 1, lang_name((enum lang)i));
    number = line_choose(line, line_text(line, "Number of the language, Enter goes back: "),
                    LANG_COUNT);
    if (!number)
        return;
    line->tr = line->hooks->tr(line->hooks->data, (enum lang)(number - 1));
    if (line->hooks->use_lang)
        line->hooks->use_lang(line->hooks->data, (enum lang)(number - 1));
    line->page = NULL;
    if (!plan_read_only(line->plan) &&
        line->plan->ops->set_setting(line->plan->store, "lang",
                                     lang_code((enum lang)(number - 1)), &err))
        line_say_error(line, &err);
}

/* ---- undo ---- */

static void tell_undone(struct line *line, const struct place *what, bool again)
{
    struct buf text = BUF_INIT;

    plan_undone_text(line->plan, what, again, &line->tr, &text);
    line_say(line, text.text);
    buf_free(&text);
}

void line_undo(struct line *line, bool again)
{
    struct place what = { NULL, NULL };
    struct err err = { .tr = &line->tr };
    int entries = 0;

    if ((again ? plan_redo : plan_undo)(line->plan, &what, &entries, &err))
        line_say_error(line, &err);
    else if (entries == 0)
        line_say(line, line_text(line, again ? N_("There is nothing to make again.")
                                             : N_("There is nothing to take back.")));
    else
        tell_undone(line, &what, again);
}

/* ---- texts that were not finished ---- */

struct draft {
    const struct plan *plan;
    enum lang lang;
    struct place place;
    char *text;
    char at[32];              /* "14.32", or with the date */
};

static void take_draft(void *data, const char *id, const char *row, const char *text,
                       const char *at)
{
    struct draft *draft = data;
    const struct item *item = schema_item(draft->plan->schema, id);
    int position = item && item->repeat
                       ? answers_row_position(draft->plan->answers, item->repeat, row) : 0;

    if (!item || !item_type_holds_answer(item->type) || position < 0 || draft->text)
        return;
    draft->place = (struct place){ item, NULL };
    if (item->repeat)
        draft->place.row = answers_row_at(draft->plan->answers, item->repeat,
                                          (size_t)position)->key;
    draft->text = xstrdup(text);
    date_stamp(at, draft->plan->today, draft->lang, draft->at, sizeof draft->at);
}

/* Keeps the text as the answer, or throws it away. */
static void settle_draft(struct line *line, const struct draft *draft, bool keep)
{
    struct err err = { .tr = &line->tr };
    struct plan *plan = line->plan;

    if ((keep && plan_set(plan, draft->place.item, draft->place.row, draft->text, NULL, &err)) ||
        plan->ops->set_draft(plan->store, draft->place.item->id,
                             draft->place.row ? draft->place.row : "", NULL, &err))
        line_say_error(line, &err);
    else if (keep)
        line_say(line, line_text(line, "Saved."));
}

void line_offer_drafts(struct line *line)
{
    struct draft draft = { .plan = line->plan, .lang = line->tr.lang };
    struct buf name = BUF_INIT;
    size_t number;

    if (plan_read_only(line->plan))
        return;
    line->plan->ops->drafts(line->plan->store, take_draft, &draft, NULL);
    if (draft.text) {
        plan_place_name(line->plan, &draft.place, &line->tr, &name);
        line_sayf(line, line_text(line, "This answer was not finished (%s):"),
                  draft.at);
        line_sayf(line, "%s\n%s", name.text, draft.text);
        line_sayf(line, "  1 %s\n  2 %s", line_text(line, "Keep it as the answer"),
                  line_text(line, "Throw it away"));
        number = line_choose(line, line_text(line, "Number, Enter decides later: "), 2);
        if (number)
            settle_draft(line, &draft, number == 1);
    }
    free(draft.text);
    buf_free(&name);
}

/* ---- what is not saved ---- */

void line_note_saved(struct line *line, const struct place *place, bool saved)
{
    struct line_unsaved unsaved = { .item = place->item };
    size_t i = 0;

    snprintf(unsaved.row, sizeof unsaved.row, "%s", place->row ? place->row : "");
    while (i < line->unsaved_count && (line->unsaved[i].item != unsaved.item ||
                                       strcmp(line->unsaved[i].row, unsaved.row) != 0))
        i++;
    if (saved && i < line->unsaved_count)
        line->unsaved[i] = line->unsaved[--line->unsaved_count];
    if (saved || i < line->unsaved_count)
        return;
    line->unsaved = vec_room(line->unsaved, &line->unsaved_room, i + 1, sizeof unsaved);
    line->unsaved[line->unsaved_count++] = unsaved;
}

/* A row that was removed meanwhile took its answers with it. */
static bool is_gone(const struct line *line, const struct line_unsaved *unsaved)
{
    return unsaved->item->repeat &&
           answers_row_position(line->plan->answers, unsaved->item->repeat, unsaved->row) < 0;
}

void line_tell_saved(struct line *line, const char *all, struct buf *out)
{
    const char *between = ": ";

    for (size_t i = 0; i < line->unsaved_count; i++) {
        const struct line_unsaved *unsaved = &line->unsaved[i];
        struct place place = { unsaved->item, unsaved->row[0] ? unsaved->row : NULL };
        if (is_gone(line, unsaved))
            continue;
        if (!out->length)
            buf_add(out, line_text(line, "These answers could not be saved"));
        buf_add(out, between);
        plan_place_name(line->plan, &place, &line->tr, out);
        between = "; ";
    }
    if (out->length)
        buf_add_char(out, '.');
    else
        buf_add(out, line_text(line, all));
}
