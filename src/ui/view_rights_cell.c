/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Changing roles and their cells in the rights matrix.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/rights_grid_text.h"
#include "core/rights_text.h"
#include "ui/list_view.h"
#include "ui/view_rights.h"

/* ---- letters ---- */

static int letter_of(uint32_t key)
{
    static const char letters[] = "vkmaxhtlr";
    const char *at = key && key < 0x80 ? strchr(letters, (int)(key | 0x20)) : NULL;

    return at && *at ? (int)(at - letters) : -1;
}

static void say_changed(struct rights_view *view, struct ui *ui, int code, const struct err *err,
                        const struct rights_changed *changed)
{
    struct buf text = BUF_INIT;

    if (!code)
        rights_changed_text(changed, &ui->tr, &text);
    rights_view_done(view, ui, code, err, text.text);
    buf_free(&text);
}

/* Into all cells of the block; when all that may have it do, out of them. */
static void fill_letter(struct rights_view *view, struct ui *ui, uint16_t bit)
{
    struct rights_block block = rights_view_block(view);
    struct rights_changed changed = rights_fill_count(view->grid.rights, &block, bit,
                                                      RIGHTS_FILL_ADD);
    struct err err = { .tr = &ui->tr };
    int code = rights_fill_block(ui->plan, &block, bit,
                                 changed.cells ? RIGHTS_FILL_ADD : RIGHTS_FILL_REMOVE, &changed,
                                 &err);

    say_changed(view, ui, code, &err, &changed);
}

/* One letter of one cell may be set beyond the ceiling: it is marked, and said. */
static void toggle_letter(struct ui *ui, int role, int group, int letter, int reg)
{
    struct err err = { .tr = &ui->tr };
    struct rights_cell cell;
    char over[24];

    if (rights_toggle(ui->plan, role, group, (enum rights_letter)letter, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    rights_cell(engine_rights(ui->plan->engine), role, group, reg, &cell);
    rights_letters(cell.over, over);
    if (cell.over & RIGHTS_BIT(letter)) {
        struct buf text = BUF_INIT;
        buf_addf(&text, ui_text(ui, "%s is over the ceiling. It is saved, but has to go before "
                                    "the rights are approved."), over);
        ui_say_problem(ui, text.text);
        buf_free(&text);
    }
}

bool rights_view_letter(struct rights_view *view, struct ui *ui, uint32_t key)
{
    int letter = letter_of(key);

    if (letter < 0)
        return false;
    if (!ui_can_write(ui))
        return true;
    if (view->block)
        fill_letter(view, ui, (uint16_t)RIGHTS_BIT(letter));
    else
        toggle_letter(ui, rights_view_row(view), rights_view_col(view), letter, view->frame.reg);
    rights_view_forget(view);
    return true;
}

void rights_view_clear(struct rights_view *view, struct ui *ui)
{
    struct rights_block block = rights_view_block(view);
    struct rights_changed changed = { 0 };
    struct err err = { .tr = &ui->tr };
    int code;

    if (!ui_can_write(ui))
        return;
    code = rights_fill_block(ui->plan, &block, 0, RIGHTS_FILL_SET, &changed, &err);
    say_changed(view, ui, code, &err, &changed);
}

void rights_view_confirm(struct rights_view *view, struct ui *ui)
{
    struct rights_block block = rights_view_block(view);
    struct err err = { .tr = &ui->tr };
    int code;

    if (!ui_can_write(ui))
        return;
    code = rights_confirm_block(ui->plan, &block, &err);
    rights_view_done(view, ui, code, &err, ui_text(ui, "Confirmed as it stands."));
    if (!view->block && !code)
        rights_view_move(view, 0, 1);
}

/* ---- the rights of a cell as a list ---- */

struct letters_view {
    struct list_view list;
    char role[24];
    int group, reg;
};

static int role_of(const struct letters_view *view, const struct ui *ui)
{
    return rights_role_at(engine_rights(ui->plan->engine), view->role);
}

/* Undo may have taken the register. */
static int reg_of(const struct letters_view *view, const struct ui *ui)
{
    return view->reg < (int)engine_rights(ui->plan->engine)->register_count ? view->reg : -1;
}

static void add_letter(struct list_view *list, struct ui *ui, const struct rights_cell *cell,
                       int letter)
{
    const struct rights_data *data = ui->plan->schema->rights;
    const struct choice *choice = &data->letters->choices[letter];
    struct buf text = BUF_INIT;
    char name[24];
    struct line *line;

    rights_letters(RIGHTS_BIT(letter), name);
    buf_addf(&text, "[%s] %s %s: %s", cell->letters & RIGHTS_BIT(letter) ? "x" : " ", name,
             text_get(&choice->label, ui->tr.lang), text_get(&choice->hint, ui->tr.lang));
    if (!(cell->ceiling & RIGHTS_BIT(letter)))
        buf_addf(&text, " (%s)", ui_text(ui, "over the ceiling"));
    else if (cell->limited & RIGHTS_BIT(letter))
        buf_addf(&text, " (%s)", ui_text(ui, "allowed on a condition only"));
    line = list_add(list, text.text, NULL);
    line->wraps = true;
    line->number = letter;
    buf_free(&text);
}

static void fill_letters(struct list_view *list, struct ui *ui)
{
    struct letters_view *view = (struct letters_view *)list;
    const struct rights *rights = engine_rights(ui->plan->engine);
    int role = role_of(view, ui);
    struct rights_cell cell;
    struct buf text = BUF_INIT;

    if (role < 0)
        return;
    rights_role_name(rights, role, &ui->tr, &list->title);
    buf_add(&list->title, " × ");
    rights_group_name(rights->data, view->group, &ui->tr, &list->title);
    rights_cell(rights, role, view->group, reg_of(view, ui), &cell);
    for (int i = 0; i < RIGHTS_LETTER_COUNT; i++)
        add_letter(list, ui, &cell, i);
    list_add_gap(list);
    rights_explain_cell(ui->plan, role, view->group, reg_of(view, ui), &ui->tr, &text);
    list_add_lines(list, text.text);
    buf_free(&text);
}

static void turn_letter(struct list_view *list, struct ui *ui, int letter)
{
    struct letters_view *view = (struct letters_view *)list;
    int role = role_of(view, ui);

    if (role >= 0 && ui_can_write(ui))
        toggle_letter(ui, role, view->group, letter, reg_of(view, ui));
    list_view_refresh(list);
}

static void open_letter(struct list_view *list, struct ui *ui, struct line *line)
{
    turn_letter(list, ui, line->number);
}

static bool act_on_letters(struct list_view *list, struct ui *ui, enum action action,
                           struct line *line)
{
    if (action == ACTION_SELECT && line)
        turn_letter(list, ui, line->number);
    return action == ACTION_SELECT;
}

struct view *view_rights_letters_new(struct ui *ui, int role, int group, int reg)
{
    static const enum action actions[] = {
        ACTION_CHOOSE, ACTION_LEAVE, ACTION_UNDO, ACTION_SELECT, ACTION_NONE
    };
    struct letters_view *view = xcalloc(1, sizeof *view);
    const char *key = engine_rights(ui->plan->engine)->roles[role].key;

    list_view_init(&view->list, actions, fill_letters, open_letter);
    view->list.act = act_on_letters;
    snprintf(view->role, sizeof view->role, "%s", key);
    view->group = group;
    view->reg = reg;
    return &view->list.view;
}

/* ---- filling ---- */

/* The block comes last: most often there is none. */
enum fill { FILL_ROW, FILL_COLUMN, FILL_CONFIRM, FILL_TEMPLATE, FILL_BLOCK, FILL_COUNT };

static struct rights_block block_of(const struct rights_view *view, enum fill fill)
{
    const struct rights_grid *grid = &view->grid;

    if (fill == FILL_BLOCK)
        return rights_view_block(view);
    if (fill == FILL_COLUMN)
        return rights_grid_block(grid, 0, grid->row_count - 1, view->col, view->col);
    return rights_grid_block(grid, view->row, view->row, 0, grid->col_count - 1);
}

static uint16_t letters_here(const struct rights_view *view)
{
    return view->grid.rights->roles[rights_view_row(view)].cells[rights_view_col(view)];
}

static void fill_chosen(struct ui *ui, void *data, int answer)
{
    struct rights_view *view = data;
    struct rights_changed changed = { 0 };
    struct err err = { .tr = &ui->tr };
    struct rights_block block;
    int code = 0, role;

    rights_view_fill(view, ui);
    if (answer < 0 || !rights_view_has_cell(view))
        return;
    block = block_of(view, (enum fill)answer);
    role = rights_view_row(view);
    switch ((enum fill)answer) {
    case FILL_CONFIRM:
        code = rights_confirm_block(ui->plan, &block, &err);
        rights_view_done(view, ui, code, &err, ui_text(ui, "Confirmed as it stands."));
        break;
    case FILL_TEMPLATE:
        code = rights_reset(ui->plan, role, (1U << RIGHTS_GROUP_COUNT) - 1, &err);
        rights_view_done(view, ui, code, &err, ui_text(ui, "The row is as in the template again, "
                                                           "and not confirmed."));
        break;
    default:
        code = rights_fill_block(ui->plan, &block, letters_here(view), RIGHTS_FILL_SET, &changed,
                                 &err);
        say_changed(view, ui, code, &err, &changed);
    }
}

/* "Fill the row with VK (3 cells change)"; the ceiling is kept to. */
void rights_view_ask_fill(struct rights_view *view, struct ui *ui)
{
    static const char *const words[FILL_COUNT] = {
        [FILL_ROW] = N_("Fill the row"), [FILL_COLUMN] = N_("Fill the column"),
        [FILL_BLOCK] = N_("Fill the block"), [FILL_CONFIRM] = N_("Confirm the row as it stands"),
        [FILL_TEMPLATE] = N_("Put the row back to the template"),
    };
    const char *labels[FILL_COUNT];
    struct buf texts[FILL_COUNT], title = BUF_INIT;
    char letters[24];

    if (!ui_can_write(ui))
        return;
    rights_letters(letters_here(view), letters);
    buf_addf(&title, ui_text(ui, "Fill with the rights of this cell: %s"),
             *letters ? letters : ui_text(ui, "no rights"));
    for (int i = 0; i < FILL_COUNT; i++) {
        texts[i] = (struct buf)BUF_INIT;
        buf_add(&texts[i], ui_text(ui, words[i]));
        if (i != FILL_CONFIRM && i != FILL_TEMPLATE) {
            struct rights_block block = block_of(view, (enum fill)i);
            struct rights_changed changed = rights_fill_count(view->grid.rights, &block,
                                                              letters_here(view),
                                                              RIGHTS_FILL_SET);
            buf_add(&texts[i], " (");
            buf_addf(&texts[i], tr_plural(&ui->tr, "%d cell changes", "%d cells change",
                                          (unsigned long)changed.cells), changed.cells);
            buf_add_char(&texts[i], ')');
        }
        labels[i] = texts[i].text;
    }
    ui_push(ui, view_choose_new(ui, title.text,
                                ui_text(ui, "Nothing is set beyond the ceiling. Undo takes it "
                                            "back."),
                                labels, view->block ? FILL_COUNT : FILL_BLOCK, fill_chosen, view));
    for (int i = 0; i < FILL_COUNT; i++)
        buf_free(&texts[i]);
    buf_free(&title);
}

/* ---- copying rows ---- */

void rights_view_copy(struct rights_view *view, struct ui *ui)
{
    const struct rights *rights = view->grid.rights;
    int at = rights_view_row(view);
    struct buf text = BUF_INIT;

    buf_addf(&text, "%s: ", ui_text(ui, "Copied"));
    if (view->frame.kind == RIGHTS_GRID_ROLES) {
        memcpy(view->cells, rights->roles[at].cells, sizeof view->cells);
        view->copied = true;
        rights_role_name(rights, at, &ui->tr, &text);
    } else {
        snprintf(view->person, sizeof view->person, "%s", view->row_key);
        rights_person_name(rights, at, &ui->tr, &text);
    }
    buf_addf(&text, ". %s", ui_text(ui, "Move to another row and press p."));
    ui_say(ui, text.text);
    buf_free(&text);
}

void rights_view_paste(struct rights_view *view, struct ui *ui)
{
    struct rights_changed changed = { 0 };
    struct err err = { .tr = &ui->tr };
    int code;

    if (!view->copied) {
        ui_say(ui, ui_text(ui, "No row has been copied. Press c on the row to copy."));
        return;
    }
    if (!ui_can_write(ui))
        return;
    code = rights_paste_row(ui->plan, rights_view_row(view), view->cells, &changed, &err);
    say_changed(view, ui, code, &err, &changed);
}

/* ---- adding roles ---- */

/* Where the new role stands, with its questions. */
static void open_role(struct rights_view *view, struct ui *ui, const char *key)
{
    struct place place = { ui->plan->schema->rights->items[RIGHTS_ITEM_ROLE_NAME], key };

    rights_view_forget(view);
    snprintf(view->row_key, sizeof view->row_key, "%s", key);
    ui_open_place(ui, &place);
}

static void template_chosen(struct ui *ui, void *data, int answer)
{
    const struct rights_data *rights = ui->plan->schema->rights;
    struct rights_view *view = data;
    struct err err = { .tr = &ui->tr };
    char key[24];
    int code;

    if (answer < 0)
        return;
    code = rights_add_template(ui->plan, &rights->templates[answer], &ui->tr, key, &err);
    if (!code)
        snprintf(view->row_key, sizeof view->row_key, "%s", key);
    rights_view_done(view, ui, code, &err, ui_text(ui, "The role was added. Confirm or change each "
                                                       "cell: Space confirms."));
}

static void ask_template(struct rights_view *view, struct ui *ui)
{
    const struct rights_data *rights = ui->plan->schema->rights;
    const char **labels = xcalloc(rights->template_count + 1, sizeof *labels);

    for (size_t i = 0; i < rights->template_count; i++)
        labels[i] = text_get(&rights->templates[i].choice->label, ui->tr.lang);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "One role from a template"), "", labels,
                                (int)rights->template_count, template_chosen, view));
    free(labels);
}

static void add_provider(struct rights_view *view, struct ui *ui, const char *provider)
{
    struct err err = { .tr = &ui->tr };
    struct buf text = BUF_INIT;
    int added = 0, code = rights_add_provider(ui->plan, provider, &ui->tr, &added, &err);

    buf_addf(&text, tr_plural(&ui->tr, "%d role was added.", "%d roles were added.",
                              (unsigned long)added), added);
    if (added)
        buf_addf(&text, " %s", ui_text(ui, "Confirm or change each cell: Space confirms."));
    rights_view_done(view, ui, code, &err, text.text);
    buf_free(&text);
}

static void add_empty(struct rights_view *view, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };
    char key[24];

    if (rights_add_role(ui->plan, NULL, key, &err))
        ui_say_error(ui, &err);
    else
        open_role(view, ui, key);
}

static void added(struct ui *ui, void *data, int answer)
{
    const struct list *providers = ui->plan->schema->rights->providers;
    struct rights_view *view = data;
    int count = (int)providers->choice_count;

    if (answer < 0)
        return;
    if (answer < count)
        add_provider(view, ui, providers->choices[answer].id);
    else if (answer == count)
        ask_template(view, ui);
    else
        add_empty(view, ui);
}

void rights_view_add(struct rights_view *view, struct ui *ui)
{
    const struct list *providers = ui->plan->schema->rights->providers;
    int count = (int)providers->choice_count;
    const char **labels = xcalloc((size_t)count + 2, sizeof *labels);

    if (ui_can_write(ui)) {
        for (int i = 0; i < count; i++)
            labels[i] = text_get(&providers->choices[i].label, ui->tr.lang);
        labels[count] = ui_text(ui, "One role from a template");
        labels[count + 1] = ui_text(ui, "An empty role");
        ui_push(ui, view_choose_new(ui, ui_text(ui, "Add roles"),
                                    ui_text(ui, "A template is a proposal within the ceiling of "
                                                "the decree. You confirm or change each cell."),
                                    labels, count + 2, added, view));
    }
    free(labels);
}
