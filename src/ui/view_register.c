/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The organisation register in the wizard: what it says beside an answer, the page that checks all
 * codes against it, and the search whose rows can be picked.
 *
 * The check is made again only when an answer has changed, so that drawing costs nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "core/register_plan.h"
#include "ui/list_view.h"

enum { FOUND_MAX = 50 };

/* ---- the report ---- */

void ui_register_forget(struct ui *ui)
{
    if (ui->report)
        register_report_free(ui->report);
    free(ui->report);
    ui->report = NULL;
}

/* The check as it stands; NULL when the content has none. Good until the next change. */
static const struct register_report *report_of(struct ui *ui)
{
    struct err err = { .tr = &ui->tr };

    if (!register_plan_can(ui->plan))
        return NULL;
    if (ui->report && ui->report_entry == ui->plan->last_entry)
        return ui->report;
    ui_register_forget(ui);
    ui->report = xcalloc(1, sizeof *ui->report);
    ui->report_entry = ui->plan->last_entry;
    if (register_plan_check(ui->plan, ui->hooks->registers, ui->report, &err))
        ui_say_error(ui, &err);
    return ui->report;
}

/* ---- beside an answer ---- */

/* The row shown beside the answer: of the code that is being typed, else of the plan. */
static const struct regcheck_row *row_beside(struct ui *ui, const struct place *place,
                                             const char *typed)
{
    const struct register_report *report = report_of(ui);
    const struct regcheck_row *row = NULL;

    if (!report || !report->picture.imported)
        return NULL;
    if (place->item->type == ITEM_OID && *typed)
        row = regcheck_row_find(&report->picture, typed, ui->plan->today);
    return row ? row : register_plan_row(ui->plan, report, place->item, place->row);
}

bool ui_register_beside(const struct ui *ui, const struct item *item)
{
    const struct registers *registers = ui->plan->schema->registers;

    return registers && item->form == registers->items[REGISTER_ITEM_UNIT_OID]->form
        && register_plan_compares(ui->plan, item);
}

const char *ui_register_offer(struct ui *ui, const struct place *place, const char *typed)
{
    const struct regcheck_row *row;
    const char *value;

    if (!ui_register_beside(ui, place->item))
        return NULL;
    row = row_beside(ui, place, typed);
    value = register_plan_value(ui->plan, row, place->item);
    return value && strcmp(value, typed) != 0 ? value : NULL;
}

/* With the key that takes it, when there is something to take. */
static void beside_text(struct ui *ui, const struct place *place, const char *typed,
                        struct buf *out)
{
    const struct regcheck_row *row = row_beside(ui, place, typed);
    const char *value = register_plan_value(ui->plan, row, place->item);

    register_beside_text(ui->plan, row, place->item, typed, &ui->tr, out);
    if (value && strcmp(value, typed) != 0)
        buf_addf(out, " %s: %s", keymap_key(ACTION_TAKE, true),
                 ui_text(ui, keymap_label(ACTION_TAKE)));
}

int ui_draw_register(struct ui *ui, struct canvas *body, int row, const struct place *place,
                     const char *typed)
{
    const struct register_report *report;
    struct buf text = BUF_INIT;
    int used, attr = ATTR_NORMAL;
    const char *value;

    if (!ui_register_beside(ui, place->item))
        return 0;
    report = report_of(ui);
    if (!report->picture.imported && place->item->type != ITEM_OID)
        return 0;
    value = register_plan_value(ui->plan, row_beside(ui, place, typed), place->item);
    if (!report->picture.imported) {
        buf_add(&text, ui_text(ui, "The register has not been imported: only the form of the code "
                                   "is checked."));
        attr = ATTR_DIM;
    } else {
        beside_text(ui, place, typed, &text);
        if (value && *typed && !register_plan_agrees(ui->plan, place->item, typed, value))
            canvas_put(body, row, 1, 1, "!", ATTR_BOLD);
        else if (value && *typed)
            canvas_put(body, row, 1, 1, "=", ATTR_NORMAL);
    }
    used = canvas_wrap(body, row, 3, body->grid.cols - 4, text.text, attr);
    buf_free(&text);
    return used + 1;
}

/* ---- the page ---- */

struct register_view {
    struct list_view list;
};

enum { LINE_FINDING, LINE_FIND, LINE_LOAD };

static const char *severity_word(const struct ui *ui, enum severity severity)
{
    return ui_text(ui, severity == SEVERITY_ERROR ? N_("error")
                       : severity == SEVERITY_WARNING ? N_("warning") : N_("note"));
}

static void add_text(struct list_view *list, const struct buf *text, int indent, int attr)
{
    if (text->length)
        list_add_text(list, text->text, indent, attr);
}

static void add_state(struct list_view *list, struct ui *ui, const struct register_report *report)
{
    struct buf text = BUF_INIT;

    register_state_text(ui->plan, report->result.state, &ui->tr, &text);
    add_text(list, &text, 1, ATTR_BOLD);
    buf_clear(&text);
    register_state_more(ui->plan, report->result.state, &ui->tr, &text);
    add_text(list, &text, 1, ATTR_NORMAL);
    buf_clear(&text);
    register_age_text(ui->plan, report, &ui->tr, &text);
    add_text(list, &text, 1, ATTR_NORMAL);
    buf_free(&text);
}

static void add_notes(struct list_view *list, struct ui *ui, const struct register_report *report)
{
    static const char *const notes[] = { "where", "import", "again" };
    struct buf text = BUF_INIT;

    list_add_gap(list);
    for (size_t i = 0; i < countof(notes); i++) {
        buf_clear(&text);
        register_note_text(ui->plan, notes[i], &ui->tr, &text);
        if (i < 2 || report->picture.imported)
            add_text(list, &text, 1, ATTR_DIM);
    }
    buf_free(&text);
}

static void add_finding(struct list_view *list, struct ui *ui,
                        const struct register_report *report, size_t number)
{
    const struct register_finding *finding = &report->result.at[number];
    struct buf text = BUF_INIT;
    struct line *line;

    buf_addf(&text, "%s: ", severity_word(ui, finding->severity));
    register_finding_text(ui->plan, report, finding, &ui->tr, &text);
    line = list_add(list, text.text, NULL);
    line->wraps = true;
    line->ordinal = (int)number + 1;
    line->indent = 6;
    line->place = register_finding_place(ui->plan, report, finding);
    buf_clear(&text);
    register_finding_remedy(ui->plan, finding, &ui->tr, &text);
    add_text(list, &text, 6, ATTR_NORMAL);
    buf_clear(&text);
    buf_addf(&text, "%s ", ui_text(ui, "Ask:"));
    register_finding_contacts(ui->plan, finding, &ui->tr, &text);
    add_text(list, &text, 6, ATTR_DIM);
    buf_free(&text);
}

static void fill_register(struct list_view *list, struct ui *ui)
{
    const struct register_report *report = report_of(ui);

    buf_add(&list->title, ui_text(ui, "Check against the register"));
    if (!report)
        return;
    add_state(list, ui, report);
    list_add_gap(list);
    for (size_t i = 0; i < report->result.count; i++)
        add_finding(list, ui, report, i);
    if (report->picture.imported) {
        list_add_gap(list);
        list_add(list, ui_text(ui, "Search the register and pick units"), NULL)->number =
            LINE_FIND;
    }
    add_notes(list, ui, report);
    if (ui->hooks->importer)
        list_add(list, ui_text(ui, "Bring the register in from a file"), NULL)->number = LINE_LOAD;
}

static struct view *find_new(struct ui *ui);

static void open_finding(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    if (line->number == LINE_FIND)
        ui_push(ui, find_new(ui));
    else if (line->number == LINE_LOAD)
        ui_push(ui, view_ask_register_new(ui));
    else if (line->place.item)
        ui_open_place(ui, &line->place);
}

static void take_finding(struct list_view *list, struct ui *ui, const struct line *line)
{
    const struct register_report *report = report_of(ui);
    struct err err = { .tr = &ui->tr };
    int taken = 0;

    if (!line || line->ordinal < 1 || (size_t)line->ordinal > report->result.count
        || !ui_can_write(ui))
        return;
    if (register_plan_take(ui->plan, report, &report->result.at[line->ordinal - 1], &taken, &err))
        ui_say_error(ui, &err);
    else
        ui_say(ui, ui_text(ui, taken ? N_("Taken from the register. Undo takes it back.")
                                     : N_("The register says nothing else about this.")));
    list_view_refresh(list);
}

static bool act_on_findings(struct list_view *list, struct ui *ui, enum action action,
                            struct line *line)
{
    if (action == ACTION_TAKE) {
        take_finding(list, ui, line);
        return true;
    }
    if (action == ACTION_LOAD && ui->hooks->importer) {
        ui_push(ui, view_ask_register_new(ui));
        return true;
    }
    if (action == ACTION_HELP && line && line->place.item) {
        ui_push(ui, view_why_new(ui, &line->place));
        return true;
    }
    return false;
}

void ui_register_renew(struct ui *ui)
{
    const struct register_report *report;
    struct err err = { .tr = &ui->tr };

    ui_register_forget(ui);
    report = report_of(ui);
    if (report && register_plan_keep(ui->plan, report, &err))
        ui_say_error(ui, &err);
}

/* An import may have been made meanwhile by a command, so the page always looks anew. */
struct view *view_register_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_TAKE, ACTION_LOAD, ACTION_LEAVE, ACTION_HELP, ACTION_UNDO, ACTION_COPY,
        ACTION_MENU, ACTION_NONE
    };
    struct register_view *view = xcalloc(1, sizeof *view);

    ui_register_renew(ui);
    list_view_init(&view->list, actions, fill_register, open_finding);
    view->list.act = act_on_findings;
    return &view->list.view;
}

/* ---- the search ---- */

struct find_view {
    struct list_view list;
    struct buf words;
    struct arena *arena;
    struct register_picture found;
};

static void look_up(struct find_view *view, struct ui *ui)
{
    const struct register_lookup *registers = ui->hooks->registers;
    struct register_picture found = { 0 };
    struct err err = { .tr = &ui->tr };

    if (view->arena)
        arena_free(view->arena);
    view->arena = arena_new();
    view->found = (struct register_picture){ 0 };
    if (!registers || !registers->find || !view->words.length)
        return;
    if (registers->find(registers->data, view->words.text, FOUND_MAX, &found, &err))
        ui_say_error(ui, &err);
    else
        register_picture_copy(&view->found, &found, view->arena);
}

static void fill_found(struct list_view *list, struct ui *ui)
{
    struct find_view *view = (struct find_view *)list;
    struct line *line = list_add(list, view->words.text, NULL);
    struct buf text = BUF_INIT;

    buf_add(&list->title, ui_text(ui, "Search the register"));
    line->can_focus = false;
    line->typed = true;
    list_add_gap(list);
    look_up(view, ui);
    for (size_t i = 0; i < view->found.count; i++) {
        buf_clear(&text);
        regcheck_row_text(&view->found.rows[i], &text);
        line = list_add(list, text.text, NULL);
        line->wraps = true;
        line->indent = 3;
        line->thing = &view->found.rows[i];
        if (!regcheck_row_in_force(&view->found.rows[i], ui->plan->today)) {
            line->attr = ATTR_DIM;
            list_add_text(list, ui_text(ui, "not in force"), 5, ATTR_DIM);
        }
    }
    if (view->found.count == 0)
        list_add_text(list, ui_text(ui, view->words.length
                                            ? N_("Nothing was found. Try a shorter word.")
                                            : N_("Type a name, a place, a business ID or an OID.")),
                      1, ATTR_NORMAL);
    buf_free(&text);
}

static void pick(struct list_view *list, struct ui *ui, struct line *line)
{
    const struct regcheck_row *row = line->thing;
    struct err err = { .tr = &ui->tr };
    struct buf text = BUF_INIT;
    bool added = false;

    (void)list;
    if (!ui_can_write(ui))
        return;
    if (register_plan_add(ui->plan, row, &added, &err)) {
        ui_say_error(ui, &err);
    } else {
        buf_addf(&text, "%s: %s", ui_text(ui, added ? N_("Taken into the plan")
                                                    : N_("The plan has this already")),
                 row->name ? row->name : row->oid);
        ui_say(ui, text.text);
    }
    buf_free(&text);
}

static void type_words(struct list_view *list, struct ui *ui, const struct event *event)
{
    struct buf *words = &((struct find_view *)list)->words;
    char letter[5] = "";

    (void)ui;
    if (event->kind == EVENT_PASTE) {
        utf8_clean(words, event->paste, strlen(event->paste), UTF8_ONE_LINE);
    } else if (event->key == KEYS_BACKSPACE && words->length) {
        size_t cut = words->length - 1;
        while (cut > 0 && (words->text[cut] & 0xc0) == 0x80)
            cut--;
        buf_cut(words, cut);
    } else if (event->key >= ' ' && event->key < KEYS_NONE) {
        letter[utf8_encode(event->key, letter)] = 0;
        buf_add(words, letter);
    }
    list->focus = 0;
    list_view_refresh(list);
}

static void free_found(struct list_view *list)
{
    struct find_view *view = (struct find_view *)list;

    buf_free(&view->words);
    if (view->arena)
        arena_free(view->arena);
}

static struct view *find_new(struct ui *ui)
{
    static const enum action actions[] = { ACTION_CHOOSE, ACTION_LEAVE, ACTION_UNDO, ACTION_NONE };
    struct find_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_found, pick);
    view->list.view.typing = true;
    view->list.input = type_words;
    view->list.free = free_found;
    view->words = (struct buf)BUF_INIT;
    return &view->list.view;
}
