/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Walking through a form, and through the rows of a repeat.
 */
#include "line/line_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/card_notes.h"
#include "core/row_map.h"
#include "core/starter.h"

/* ---- rows ---- */

/* The questions of one row, from an item on (NULL: from the first). */
static enum line_go ask_row(struct line *line, const struct item *repeat, const char *row,
                            const struct item *from)
{
    struct place at = { from, row };
    struct places steps = { 0 };
    enum line_go go;

    if (!from) {
        engine_steps(line->plan->engine, repeat->form, repeat, row, line->full, &steps);
        if (steps.count)
            at = steps.at[0];
        places_free(&steps);
    }
    while (at.item) {
        go = line_ask(line, &at);
        if (go == GO_LIST || line->quit)
            return GO_LIST;
        if (!line_step(line, &at, go == GO_BACK ? -1 : 1))
            break;
    }
    return GO_ON;
}

/* "complete", "2 questions open", "there is a problem" */
static void add_row_state(const struct line *line, const struct item *repeat, size_t position,
                          struct buf *out)
{
    const struct row *row = answers_row_at(line->plan->answers, repeat, position);
    size_t open = 0, problems = 0;

    for (size_t i = 0; i < repeat->item_count; i++) {
        const struct item *item = &repeat->items[i];
        const struct cell *cell = &row->cells[i];
        problems += cell->relevant && cell->problem != CELL_FINE;
        open += cell->relevant && cell->required && !cell->value && !item->read_only &&
                !item->calculate.sql && item_type_holds_answer(item->type);
    }
    if (problems)
        buf_add(out, line_text(line, "there is a problem"));
    else if (open)
        buf_addf(out, line_plural(line, "%zu question open", "%zu questions open", open), open);
    else
        buf_add(out, line_text(line, "complete"));
}

/* The ready-made rows that are left; the caller frees the array. */
static const struct choice **starters(const struct line *line, const struct item *repeat,
                                      size_t *count)
{
    size_t room = repeat->starter ? repeat->starter->list->choice_count : 0;
    const struct choice **left = xcalloc(room + 1, sizeof left[0]);

    *count = starter_left(line->plan, repeat, left);
    return left;
}

static void tell_starters(struct line *line, const struct item *repeat)
{
    size_t count;
    const struct choice **left = starters(line, repeat, &count);

    if (count > 0)
        line_say(line, line_text(line, "Ready-made rows; + and the number adds one:"));
    for (size_t i = 0; i < count; i++)
        line_sayf(line, "  + %zu %s", i + 1, text_get(&left[i]->label, line->tr.lang));
    free(left);
}

static void tell_map(struct line *line, const struct item *repeat)
{
    struct buf map = BUF_INIT;

    if (row_map_text(line->plan, repeat, &line->tr, &map))
        line_say(line, map.text);
    buf_free(&map);
}

static void tell_rows(struct line *line, const struct item *repeat)
{
    size_t rows = answers_row_count(line->plan->answers, repeat);

    for (size_t i = 0; i < rows; i++) {
        const struct row *row = answers_row_at(line->plan->answers, repeat, i);
        struct buf text = BUF_INIT;
        buf_addf(&text, "  %zu ", i + 1);
        plan_row_name(line->plan, repeat, row->key, &line->tr, &text);
        buf_add(&text, ": ");
        add_row_state(line, repeat, i, &text);
        line_say(line, text.text);
        buf_free(&text);
    }
    if (rows == 0)
        line_say(line, line_text(line, "There are no rows yet."));
    tell_map(line, repeat);
    tell_starters(line, repeat);
    if (rows < (size_t)repeat->row_min)
        line_sayf(line, line_plural(line, "At least %d row is needed.",
                                    "At least %d rows are needed.", (size_t)repeat->row_min),
                  repeat->row_min);
}

static enum line_go add_row(struct line *line, const struct item *repeat)
{
    size_t rows = answers_row_count(line->plan->answers, repeat);
    int most = repeat->row_max > 0 ? repeat->row_max : SCHEMA_ROWS_MAX;
    struct err err = { .tr = &line->tr };
    char key[24] = "";

    if (rows >= (size_t)most) {
        line_sayf(line, line_text(line, "No more rows fit: at most %d."), most);
        return GO_ON;
    }
    if (plan_row_add(line->plan, repeat, key, &err)) {
        line_say_error(line, &err);
        return GO_ON;
    }
    line_sayf(line, line_text(line, "Added: %1$s %2$d."),
              text_get(&repeat->item_label, line->tr.lang), (int)rows + 1);
    return ask_row(line, repeat, answers_row_at(line->plan->answers, repeat, rows)->key, NULL);
}

static void remove_row(struct line *line, const struct item *repeat, const struct row *row)
{
    size_t references = (size_t)plan_row_references(line->plan, repeat, row->key);
    struct buf name = BUF_INIT, question = BUF_INIT;
    struct err err = { .tr = &line->tr };

    plan_row_name(line->plan, repeat, row->key, &line->tr, &name);
    if (references)
        line_sayf(line, line_plural(line, "%zu answer points to this row.",
                                    "%zu answers point to this row.", references), references);
    buf_addf(&question, line_text(line, "Remove \"%s\"? Yes or no: "), name.text);
    if (!line_confirm(line, question.text))
        line_say(line, line_text(line, "Nothing was removed."));
    else if (plan_row_remove(line->plan, repeat, row->key, &err))
        line_say_error(line, &err);
    else
        line_sayf(line, line_text(line, "Removed: %s. Command u in the task list takes it back."),
                  name.text);
    buf_free(&name);
    buf_free(&question);
}

static void move_row(struct line *line, const struct item *repeat, size_t from, int by)
{
    size_t rows = answers_row_count(line->plan->answers, repeat);
    struct buf name = BUF_INIT;
    struct err err = { .tr = &line->tr };
    int to = (int)from + by;

    plan_row_name(line->plan, repeat,
                  answers_row_at(line->plan->answers, repeat, from)->key, &line->tr, &name);
    if (to < 0 || to >= (int)rows)
        line_sayf(line, line_text(line, "%s cannot be moved further."), name.text);
    else if (plan_row_move(line->plan, repeat,
                           answers_row_at(line->plan->answers, repeat, from)->key, to, &err))
        line_say_error(line, &err);
    else
        line_sayf(line, line_text(line, "Moved: %1$s is now number %2$d."), name.text, to + 1);
    buf_free(&name);
}

static bool tests_cards(const struct line *line, const struct item *repeat)
{
    return line_can_read_cards(line) && card_notes_are_in(line->plan, repeat);
}

/* "+ 2": the second ready-made row. */
static bool take_starter(struct line *line, const struct item *repeat, const char *text)
{
    size_t count;
    const struct choice **left = starters(line, repeat, &count);
    size_t number = line_number(text, count);
    struct err err = { .tr = &line->tr };

    if (number > 0 && starter_take(line->plan, repeat, left[number - 1], &line->tr, &err))
        line_say_error(line, &err);
    else if (number > 0)
        line_sayf(line, line_text(line, "Added: %s."),
                  text_get(&left[number - 1]->label, line->tr.lang));
    free(left);
    return number > 0;
}

/* "+", "+ 2", "2", "- 2", "< 2", "> 2"; "z" where the rows are of the card-reader
 * test */
static enum line_go row_command(struct line *line, const struct item *repeat, const char *text)
{
    size_t rows = answers_row_count(line->plan->answers, repeat), number;
    char sign = strchr("+-<>", text[0]) ? text[0] : 0;

    if (strcmp(text, "+") == 0)
        return add_row(line, repeat);
    if (strcmp(text, "z") == 0 && tests_cards(line, repeat)) {
        line_reader(line);
        return GO_ON;
    }
    text += sign != 0;
    text += strspn(text, " ");
    if (sign == '+' && take_starter(line, repeat, text))
        return GO_ON;
    number = sign == '+' ? 0 : line_number(text, rows);
    if (number == 0)
        line_say(line, line_text(line, "That is no row and no command. + adds a row; the number "
                                       "of a row, alone or after - or < or >, names it."));
    else if (!sign)
        return ask_row(line, repeat,
                       answers_row_at(line->plan->answers, repeat, number - 1)->key, NULL);
    else if (sign == '-')
        remove_row(line, repeat, answers_row_at(line->plan->answers, repeat, number - 1));
    else
        move_row(line, repeat, number - 1, sign == '<' ? -1 : 1);
    return GO_ON;
}

/* One round; true when the conversation about the rows is over. */
static bool hear_rows(struct line *line, const struct place *place, struct saying *saying,
                      enum line_go *go)
{
    *go = GO_ON;
    switch (saying->said) {
    case SAID_NOTHING: return true;
    case SAID_BACK: *go = GO_BACK; return true;
    case SAID_LIST:
    case SAID_END: *go = GO_LIST; return true;
    case SAID_HELP: line_tell_help(line, place); return false;
    case SAID_STATUS: line_tell_status(line, place); return false;
    default:
        *go = row_command(line, place->item, saying->text.text);
        return *go == GO_LIST || line->quit;
    }
}

enum line_go line_ask_rows(struct line *line, const struct place *place)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT;
    enum line_go go = GO_ON;
    bool over = false;

    while (!over) {
        line_tell_question(line, place);
        tell_rows(line, place->item);
        buf_clear(&prompt);
        line_prompt(line, place, tests_cards(line, place->item)
                                     ? N_("+ adds, number opens, - number removes, < number and > "
                                          "number move, z tests cards, Enter goes on")
                                     : N_("+ adds, number opens, - number removes, < number and > "
                                          "number move, Enter goes on"), &prompt);
        line_listen(line, prompt.text, &saying);
        over = hear_rows(line, place, &saying, &go);
    }
    buf_free(&saying.text);
    buf_free(&prompt);
    return go;
}

/* ---- forms ---- */

/* Where to begin: the first open question of a form that is under way, else its first step. */
static bool first_place(const struct line *line, const struct form *form, struct place *out)
{
    const struct schema *schema = line->plan->schema;
    struct task_state state = { .status = TASK_NOT_STARTED };
    struct places steps = { 0 };

    for (size_t i = 0; i < schema->task_count; i++)
        if (schema->tasks[i].form == form)
            engine_task(line->plan->engine, &schema->tasks[i], &state);
    engine_steps(line->plan->engine, form, NULL, NULL, line->full, &steps);
    *out = steps.count ? steps.at[0] : (struct place){ NULL, NULL };
    places_free(&steps);
    if (state.status == TASK_NOT_STARTED || state.status == TASK_CANNOT_START)
        return out->item != NULL;
    *out = state.first_open;
    return out->item != NULL;
}

static bool last_place(const struct line *line, const struct form *form, struct place *out)
{
    struct places steps = { 0 };

    engine_steps(line->plan->engine, form, NULL, NULL, line->full, &steps);
    if (steps.count)
        *out = steps.at[steps.count - 1];
    places_free(&steps);
    return out->item != NULL;
}

/* Problems if there are any, then the check page. */
static enum line_go finish(struct line *line, const struct form *form)
{
    enum line_go go = line_problems(line, form, false);

    return go == GO_ON && !line->quit ? line_check(line, form) : go;
}

/* A place in a row: the rest of its row first, then on from its repeat. */
static enum line_go begin_in_row(struct line *line, struct place *at)
{
    const struct item *repeat = at->item->repeat;
    enum line_go go = ask_row(line, repeat, at->row, at->item);

    *at = (struct place){ repeat, NULL };
    return go == GO_LIST ? GO_LIST : line_ask(line, at);
}

void line_form(struct line *line, const struct form *form, const struct place *start)
{
    struct place at = { NULL, NULL };
    bool asking = true;

    line->page = NULL;
    if (start && start->item)
        at = *start;
    else
        asking = first_place(line, form, &at);
    for (;;) {
        enum line_go go = !asking              ? finish(line, form)
                          : at.item->repeat    ? begin_in_row(line, &at)
                                               : line_ask(line, &at);
        if (go == GO_LIST || line->quit || (!asking && go == GO_ON))
            return;
        if (!asking)
            asking = last_place(line, form, &at);
        else if (go == GO_ON)
            asking = line_step(line, &at, 1);
        else if (!line_step(line, &at, -1))
            return;
        if (!asking && go == GO_BACK)
            return;
    }
}
