/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One question: telling it, listening, storing the answer, saying what became of it.
 *
 * An answer that is wrong is stored as typed and the question is asked again, once for every
 * new answer; nothing said to it (an empty line) goes on, and going back is always free.
 */
#include "line/line_parts.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "core/model.h"
#include "core/why.h"

/* ---- where a place stands ---- */

static void steps_around(const struct line *line, const struct place *place,
                         struct places *out)
{
    engine_steps(line->plan->engine, place->item->form, place->item->repeat, place->row,
                 line->full, out);
}

/* The order of items is the order of asking, so neighbours are found even when the step itself
 * has just disappeared. */
bool line_step(const struct line *line, struct place *at, int direction)
{
    struct places steps = { 0 };
    struct place found = { NULL, NULL };

    steps_around(line, at, &steps);
    for (size_t i = 0; i < steps.count; i++) {
        bool after = steps.at[i].item->index > at->item->index;
        if (direction > 0 && after && !found.item)
            found = steps.at[i];
        if (direction < 0 && steps.at[i].item->index < at->item->index)
            found = steps.at[i];
    }
    places_free(&steps);
    if (found.item)
        *at = found;
    return found.item != NULL;
}

static bool is_note(const struct item *item)
{
    return item->type == ITEM_NOTE || item->type == ITEM_HEADING;
}

static void count_questions(const struct line *line, const struct place *place, int *number,
                            int *count)
{
    struct places steps = { 0 };

    *number = *count = 0;
    steps_around(line, place, &steps);
    for (size_t i = 0; i < steps.count; i++) {
        *count += !is_note(steps.at[i].item);
        *number += !is_note(steps.at[i].item) && steps.at[i].item->index <= place->item->index;
    }
    places_free(&steps);
}

/* "Task, person 2, question 3/6"; a note has no number. */
static void add_where(const struct line *line, const struct place *place, struct buf *out)
{
    const struct item *item = place->item;
    const struct task *task = schema_task_of(line->plan->schema, item);
    int number, count;

    buf_add(out, text_get(task ? &task->title : &item->form->title, line->tr.lang));
    if (item->repeat)
        buf_addf(out, ", %s %d", text_get(&item->repeat->item_label, line->tr.lang),
                 answers_row_position(line->plan->answers, item->repeat, place->row) + 1);
    count_questions(line, place, &number, &count);
    buf_add(out, ", ");
    if (is_note(item))
        buf_add(out, line_text(line, "please note"));
    else
        buf_addf(out, line_text(line, "question %d/%d"), number, count);
}

/* ---- telling ---- */

static void tell_text(struct line *line, const struct text *text)
{
    struct buf out = BUF_INIT;

    plan_text(line->plan, text, &line->tr, &out);
    if (out.length)
        line_say(line, out.text);
    buf_free(&out);
}

static void tell_page(struct line *line, const struct page *page)
{
    if (page == line->page)
        return;
    line->page = page;
    tell_text(line, &page->title);
    tell_text(line, &page->why);
}

void line_tell_question(struct line *line, const struct place *place)
{
    const struct item *item = place->item;
    struct buf out = BUF_INIT;

    line_say(line, "");
    tell_page(line, item->page);
    add_where(line, place, &out);
    buf_add(&out, ". ");
    plan_text(line->plan, &item->label, &line->tr, &out);
    line_say(line, out.text);
    buf_free(&out);
    tell_text(line, &item->hint);
    if (item->unit.in[0])
        line_sayf(line, line_text(line, "Unit: %s."), text_get(&item->unit, line->tr.lang));
}

/* The question in another of the languages, for offices that work in two. */
static void tell_other_language(struct line *line, const struct item *item)
{
    enum lang other = line->tr.lang == LANG_FI ? LANG_SV : LANG_FI;
    struct tr tr = line->hooks->tr(line->hooks->data, other);
    struct buf out = BUF_INIT;

    buf_addf(&out, "%s: ", lang_name(other));
    plan_text(line->plan, &item->label, &tr, &out);
    if (item->hint.in[0])
        buf_add_char(&out, ' ');
    plan_text(line->plan, &item->hint, &tr, &out);
    line_say(line, out.text);
    buf_free(&out);
}

void line_tell_help(struct line *line, const struct place *place)
{
    struct buf out = BUF_INIT;

    why_all(line->plan, place->item, place->row, &line->tr, &out);
    line_say(line, out.text);
    buf_free(&out);
    tell_other_language(line, place->item);
    line_say(line, line_text(line, "What you can type: an answer; Enter alone keeps the present "
                                   "answer and goes on; ? this help; < back; = where you are; "
                                   "! clears the answer; x I do not know, where that can be "
                                   "said; . to the task list; q quits. To give one of these as "
                                   "an answer write \\ in front of it."));
}

void line_tell_status(struct line *line, const struct place *place)
{
    const struct plan *plan = line->plan;
    const struct task *task = place ? schema_task_of(plan->schema, place->item) : NULL;
    struct task_state state;
    struct buf out = BUF_INIT;
    int done = 0, tasks = 0;

    if (place) {
        add_where(line, place, &out);
        line_sayf(line, "%s.", out.text);
    }
    if (task) {
        engine_task(plan->engine, task, &state);
        line_sayf(line, line_text(line, "This task: %1$s, %2$d of %3$d required questions "
                                        "answered."),
                  line_text(line, plan_status_words(task, state.status)), state.answered,
                  state.required);
    }
    for (size_t i = 0; i < plan->schema->task_count; i++) {
        engine_task(plan->engine, &plan->schema->tasks[i], &state);
        tasks += state.relevant;
        done += state.relevant && state.status == TASK_DONE;
    }
    line_sayf(line, line_text(line, "Tasks done: %1$d of %2$d."), done, tasks);
    if (plan_read_only(plan))
        line_sayf(line, "%s: %s", line_text(line, "For reading only"), plan_read_only(plan));
    else if (plan->saved_at[0])
        line_sayf(line, line_text(line, "Last saved at %1$.2s.%2$.2s."), plan->saved_at + 11,
                  plan->saved_at + 14);
    buf_free(&out);
}

void line_show(const struct line *line, const struct place *place, struct buf *out)
{
    const struct cell *cell = answers_cell(line->plan->answers, place->item, place->row);
    const char *value = !cell ? NULL : place->item->calculate.sql ? cell->computed : cell->value;
    int date = place->item->type == ITEM_DATE && value ? date_parse_iso(value) : DATE_NONE;

    plan_show(line->plan, place->item, place->row, &line->tr, out);
    if (date != DATE_NONE)
        buf_addf(out, ", %s", date_weekday_name(date_weekday(date), line->tr.lang));
}

/* A long answer stands on lines of its own, so that the prompt stays one short line. */
enum { SHORT_COLS = 60 };

static bool is_long(const struct item *item, const struct buf *shown)
{
    return shown->length && (item->type == ITEM_LONGTEXT || utf8_width(shown->text) > SHORT_COLS);
}

static void tell_long_answer(struct line *line, const struct place *place)
{
    struct buf shown = BUF_INIT;

    line_show(line, place, &shown);
    if (is_long(place->item, &shown))
        line_sayf(line, "%s\n%s", line_text(line, "The present text:"), shown.text);
    buf_free(&shown);
}

void line_prompt(const struct line *line, const struct place *place, const char *what,
                 struct buf *out)
{
    struct buf now = BUF_INIT;

    if (!is_note(place->item) && place->item->type != ITEM_REPEAT) {
        line_show(line, place, &now);
        if (is_long(place->item, &now)) {
            buf_clear(&now);
            buf_add(&now, line_text(line, "the text above"));
        }
        buf_addf(out, line_text(line, "Now: %s. "),
                 now.length ? now.text : line_text(line, "not answered"));
    }
    buf_add(out, line_text(line, what));
    if (place->item->unsure)
        buf_addf(out, ", %s", line_text(line, "x I do not know"));
    buf_addf(out, ", %s: ", line_text(line, "? help, < back, = status"));
    buf_free(&now);
}

/* ---- storing ---- */

enum outcome { OUTCOME_GOOD, OUTCOME_WRONG, OUTCOME_NOT_STORED };

/* Says what was stored, and what is wrong with it. */
static enum outcome tell_stored(struct line *line, const struct place *place,
                                const struct check *check)
{
    struct buf shown = BUF_INIT, fault = BUF_INIT, remark = BUF_INIT, cleaned = BUF_INIT;
    enum outcome outcome = OUTCOME_GOOD;

    line_show(line, place, &shown);
    plan_problem_text(line->plan, place, &line->tr, &fault);
    if (check->state == CHECK_WARN)
        check_message(check, &line->tr, &remark);
    if (shown.length)
        line_sayf(line, line_text(line, "Saved: %s."), shown.text);
    else
        line_say(line, line_text(line, "Saved: no answer."));
    check_cleaned(check, &line->tr, &cleaned);
    if (cleaned.length)
        line_say(line, cleaned.text);
    if (remark.length)
        line_sayf(line, line_text(line, "Remark: %s"), remark.text);
    if (fault.length) {
        line_sayf(line, line_text(line, "This has to be corrected: %s"), fault.text);
        line_say(line, line_text(line, "Correct the answer, or press Enter to go on and correct "
                                       "it later."));
        outcome = OUTCOME_WRONG;
    }
    buf_free(&shown);
    buf_free(&fault);
    buf_free(&remark);
    buf_free(&cleaned);
    return outcome;
}

static enum outcome store(struct line *line, const struct place *place, const char *value)
{
    struct check check = CHECK_INIT;
    struct buf message = BUF_INIT;
    struct err err = { .tr = &line->tr };
    enum outcome outcome = OUTCOME_NOT_STORED;
    int code = plan_set(line->plan, place->item, place->row, value, &check, &err);

    check_message(&check, &line->tr, &message);
    if (!code)
        outcome = tell_stored(line, place, &check);
    else if (code == ERR_REFUSED && message.length)
        line_say(line, message.text);
    else
        line_say_error(line, &err);
    if (code != ERR_REFUSED && !plan_read_only(line->plan))
        line_note_saved(line, place, !code);
    check_free(&check);
    buf_free(&message);
    return outcome;
}

static bool store_unsure(struct line *line, const struct place *place)
{
    if (!place->item->unsure) {
        line_say(line, line_text(line, "\"I do not know\" cannot be said to this question. You "
                                       "can leave it and go on with Enter."));
        return false;
    }
    return store(line, place, VALUE_UNSURE) == OUTCOME_GOOD;
}

/* ---- the conversation ---- */

static bool is_answered(const struct line *line, const struct place *place)
{
    return answers_value(line->plan->answers, place->item, place->row) != NULL;
}

/* A text made of the other answers, on lines of its own. */
static bool propose(struct line *line, const struct item *item, struct buf *value)
{
    int blanks;

    if (!model_propose(line->plan, item, &line->tr, value, &blanks))
        return false;
    line_sayf(line, "%s\n%s", line_text(line, "Proposal, which is no answer before you take it:"),
              value->text);
    if (blanks > 0)
        line_say(line, line_text(line, "What is in brackets has no answer yet."));
    line_say(line, line_text(line, "Enter takes it, ! leaves it."));
    return true;
}

/* What the form proposes for an empty answer; Enter takes it. */
static bool suggest(struct line *line, const struct place *place, struct buf *value)
{
    struct check check = CHECK_INIT;
    struct buf shown = BUF_INIT;
    bool good;

    buf_clear(value);
    if (is_answered(line, place) || plan_read_only(line->plan))
        return false;
    if (!engine_initial(line->plan->engine, place->item, place->row, value))
        return propose(line, place->item, value);
    check_value(place->item, value->text, line->plan->today, &check);
    good = check.state == CHECK_OK && check.value.length;
    if (good && place->item->type == ITEM_ROW)
        plan_row_name(line->plan, place->item->target, value->text, &line->tr, &shown);
    else if (good)
        check_show(place->item, check.value.text, &line->tr, &shown);
    if (good)
        line_sayf(line, line_text(line, "Suggestion: %s. Enter takes it, ! leaves it."),
                  shown.text);
    check_free(&check);
    buf_free(&shown);
    return good;
}

static void tell_fault(struct line *line, const struct place *place)
{
    struct buf fault = BUF_INIT;

    plan_problem_text(line->plan, place, &line->tr, &fault);
    if (fault.length)
        line_sayf(line, line_text(line, "This has to be corrected: %s"), fault.text);
    buf_free(&fault);
}

/* One round: true when the conversation about this place is over. */
static bool hear(struct line *line, const struct place *place, struct saying *saying,
                 const char *suggestion, enum line_go *go)
{
    const struct line_kind *kind = line_kind(place->item->type);
    struct buf value = BUF_INIT;
    bool over = true;

    *go = GO_ON;
    switch (saying->said) {
    case SAID_TEXT:
        over = kind->read(line, place, saying, &value) &&
               store(line, place, value.text) == OUTCOME_GOOD;
        break;
    case SAID_NOTHING:
        if (suggestion)
            over = store(line, place, suggestion) == OUTCOME_GOOD;
        break;
    case SAID_CLEAR:
        store(line, place, NULL);
        over = false;
        break;
    case SAID_UNSURE: over = store_unsure(line, place); break;
    case SAID_BACK: *go = GO_BACK; break;
    case SAID_LIST:
    case SAID_END: *go = GO_LIST; break;
    case SAID_HELP: line_tell_help(line, place); over = false; break;
    case SAID_STATUS: line_tell_status(line, place); over = false; break;
    }
    buf_free(&value);
    return over;
}

/* "*" stands for what the register says; false, and said, when there is nothing to take. */
static bool take_offer(struct line *line, struct saying *saying, const struct buf *offer)
{
    if (saying->literal || strcmp(saying->text.text, "*") != 0)
        return true;
    if (!offer->length) {
        line_say(line, line_text(line, "The register says nothing else about this."));
        return false;
    }
    buf_clear(&saying->text);
    buf_add(&saying->text, offer->text);
    saying->literal = true;
    return true;
}

enum line_go line_ask_value(struct line *line, const struct place *place)
{
    const struct line_kind *kind = line_kind(place->item->type);
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT, value = BUF_INIT, offer = BUF_INIT;
    enum line_go go = GO_ON;
    bool over = false, cleared = false, first = true;

    while (!over) {
        bool suggested, compared;
        line_tell_question(line, place);
        if (kind->tell)
            kind->tell(line, place);
        tell_long_answer(line, place);
        compared = line_tell_register(line, place, &offer);
        if (first)
            tell_fault(line, place);
        first = false;
        suggested = !cleared && suggest(line, place, &value);
        buf_clear(&prompt);
        line_prompt(line, place, kind->what, &prompt);
        line_listen(line, prompt.text, &saying);
        cleared |= saying.said == SAID_CLEAR;
        if (compared && !take_offer(line, &saying, &offer))
            continue;
        over = hear(line, place, &saying, suggested ? value.text : NULL, &go);
    }
    buf_free(&saying.text);
    buf_free(&prompt);
    buf_free(&value);
    buf_free(&offer);
    return go;
}

enum line_go line_ask_note(struct line *line, const struct place *place)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT;
    enum line_go go = GO_ON;
    bool over = false;

    line_tell_question(line, place);
    line_prompt(line, place, line_kind(place->item->type)->what, &prompt);
    while (!over) {
        line_listen(line, prompt.text, &saying);
        over = saying.said == SAID_NOTHING || saying.said == SAID_BACK ||
               saying.said == SAID_LIST || saying.said == SAID_END;
        if (over || saying.said == SAID_HELP || saying.said == SAID_STATUS)
            hear(line, place, &saying, NULL, &go);
        else
            line_say(line, line_text(line, "Nothing is asked here."));
    }
    buf_free(&saying.text);
    buf_free(&prompt);
    return go;
}

/* ---- texts of several lines ---- */

/* What is typed is kept as a draft line by line, but never a personal identity code. */
static void keep_draft(struct line *line, const struct place *place, const char *text)
{
    if (!plan_read_only(line->plan) && !(text && plan_refuses_draft(text)))
        line->plan->ops->set_draft(line->plan->store, place->item->id,
                                   place->row ? place->row : "", text, NULL);
}

/* The lines after the first; the end of the input ends the text too. */
static void read_rest(struct line *line, const struct place *place, struct buf *text)
{
    struct buf more = BUF_INIT;

    keep_draft(line, place, text->text);
    while (line_read(line, "", &more) && strcmp(more.text, ".") != 0) {
        buf_addf(text, "\n%s", more.text + (more.text[0] == '\\'));
        keep_draft(line, place, text->text);
    }
    buf_free(&more);
}

enum line_go line_ask_long(struct line *line, const struct place *place)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT, value = BUF_INIT;
    enum line_go go = GO_ON;
    bool over = false, cleared = false, first = true;

    while (!over) {
        bool suggested;
        line_tell_question(line, place);
        tell_long_answer(line, place);
        if (first)
            tell_fault(line, place);
        first = false;
        suggested = !cleared && suggest(line, place, &value);
        line_say(line, line_text(line, "Write one or more lines. They replace the present text. "
                                       "End with a line that has only a full stop."));
        buf_clear(&prompt);
        line_prompt(line, place, line_kind(place->item->type)->what, &prompt);
        line_listen(line, prompt.text, &saying);
        cleared |= saying.said == SAID_CLEAR;
        if (saying.said == SAID_TEXT)
            read_rest(line, place, &saying.text);
        over = hear(line, place, &saying, suggested ? value.text : NULL, &go) || line->quit;
        if (saying.said == SAID_TEXT)
            keep_draft(line, place, NULL);
    }
    buf_free(&saying.text);
    buf_free(&prompt);
    buf_free(&value);
    return go;
}

/* ---- any place ---- */

enum line_go line_ask(struct line *line, const struct place *place)
{
    return line_kind(place->item->type)->ask(line, place);
}

enum line_go line_visit(struct line *line, const struct place *place)
{
    const struct answers *answers = line->plan->answers;
    struct place at = { place->item, NULL };
    struct places steps = { 0 };
    bool asked = false;
    int position = at.item->repeat ? answers_row_position(answers, at.item->repeat, place->row)
                                   : -1;

    if (position >= 0)
        at.row = answers_row_at(answers, at.item->repeat, (size_t)position)->key;
    else if (at.item->repeat)
        at.item = at.item->repeat;
    engine_steps(line->plan->engine, at.item->form, at.item->repeat, at.row, true, &steps);
    for (size_t i = 0; i < steps.count; i++)
        asked |= steps.at[i].item == at.item;
    places_free(&steps);
    if (asked)
        return line_ask(line, &at);
    line_say(line, "");
    line_tell_help(line, &at);
    return GO_ON;
}
