/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Small lists: the menu, the page of keys, choices, texts to read, search.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "core/schema.h"
#include "core/search.h"
#include "ui/list_view.h"

static const enum action reading[] = { ACTION_LEAVE, ACTION_DOWN, ACTION_COPY, ACTION_NONE };
static const enum action opening[] = { ACTION_OPEN, ACTION_LEAVE, ACTION_NONE };
static const enum action choosing[] = { ACTION_CHOOSE, ACTION_LEAVE, ACTION_NONE };

/* ---- menu and keys ---- */

/* "F3  /": the key that works everywhere, and the letter where no text is typed. */
static void add_keys(const struct ui *ui, enum action action, struct buf *out)
{
    const char *plain = ui_text(ui, keymap_key(action, false));
    const char *always = ui_text(ui, keymap_key(action, true));

    buf_add(out, always);
    if (strcmp(plain, always) != 0)
        buf_addf(out, "  %s", plain);
}

static void fill_menu(struct list_view *list, struct ui *ui)
{
    struct buf keys = BUF_INIT;

    buf_add(&list->title, ui_text(ui, "Menu"));
    for (int i = 0; i < ACTION_COUNT; i++) {
        enum action action = (enum action)i;
        if (!keymap_is_in_menu(action) || !ui_can_act(ui, action))
            continue;
        buf_clear(&keys);
        add_keys(ui, action, &keys);
        list_add(list, ui_text(ui, keymap_label(action)), keys.text)->number = i;
    }
    buf_free(&keys);
}

static void open_menu(struct list_view *list, struct ui *ui, struct line *line)
{
    enum action action = (enum action)line->number;

    (void)list;
    ui_pop(ui);
    ui_act(ui, action);
}

struct view *view_menu_new(struct ui *ui)
{
    struct list_view *list = xcalloc(1, sizeof *list);

    (void)ui;
    list_view_init(list, opening, fill_menu, open_menu);
    return &list->view;
}

static void fill_keys(struct list_view *list, struct ui *ui)
{
    struct buf keys = BUF_INIT;

    buf_add(&list->title, ui_text(ui, "Keys"));
    list_add_text(list, ui_text(ui, "Letters work where no text is typed. Where text is typed, "
                                    "press Esc and the letter, or the function key. Esc and a "
                                    "digit is a function key."), 1, ATTR_NORMAL);
    list_add_gap(list);
    for (int i = 0; i < ACTION_COUNT; i++) {
        enum action action = (enum action)i;
        struct line *line;
        buf_clear(&keys);
        add_keys(ui, action, &keys);
        line = list_add(list, ui_text(ui, keymap_label(action)), keys.text);
        line->can_focus = false;
    }
    buf_free(&keys);
}

struct view *view_keys_new(struct ui *ui)
{
    struct list_view *list = xcalloc(1, sizeof *list);

    (void)ui;
    list_view_init(list, reading, fill_keys, NULL);
    return &list->view;
}

/* ---- a text ---- */

struct text_view {
    struct list_view list;
    char *title, *text;
    void (*write)(struct ui *ui, const void *data, struct buf *text);   /* or NULL */
    const void *data;
};

static void fill_text(struct list_view *list, struct ui *ui)
{
    struct text_view *view = (struct text_view *)list;
    struct buf text = BUF_INIT;

    buf_add(&list->title, view->title);
    if (view->write)
        view->write(ui, view->data, &text);
    list_add_lines(list, view->write ? text.text : view->text);
    buf_free(&text);
}

static void free_text(struct list_view *list)
{
    struct text_view *view = (struct text_view *)list;

    free(view->title);
    free(view->text);
}

struct view *view_text_new(struct ui *ui, const char *title, const char *text)
{
    struct text_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, reading, fill_text, NULL);
    view->list.free = free_text;
    view->title = xstrdup(title);
    view->text = xstrdup(text);
    return &view->list.view;
}

struct view *view_written_new(struct ui *ui, const char *title,
                              void (*write)(struct ui *ui, const void *data, struct buf *text),
                              const void *data)
{
    struct text_view *view = (struct text_view *)view_text_new(ui, title, "");

    view->write = write;
    view->data = data;
    return &view->list.view;
}

/* ---- a choice ---- */

struct choose_view {
    struct list_view list;
    char *title, *text, **labels;
    int count;
    void (*chosen)(struct ui *ui, void *data, int answer);
    void *data;
};

static void fill_choices(struct list_view *list, struct ui *ui)
{
    struct choose_view *view = (struct choose_view *)list;

    (void)ui;
    buf_add(&list->title, view->title);
    list_add_lines(list, view->text);
    if (view->text[0])
        list_add_gap(list);
    for (int i = 0; i < view->count; i++) {
        struct line *line = list_add(list, view->labels[i], NULL);
        line->number = i;
        line->wraps = true;
    }
}

/* The answer comes after the view is gone, so that it may push another. */
static void answer(struct choose_view *view, struct ui *ui, int number)
{
    void (*chosen)(struct ui *, void *, int) = view->chosen;
    void *data = view->data;

    ui_pop(ui);
    chosen(ui, data, number);
}

static void open_choice(struct list_view *list, struct ui *ui, struct line *line)
{
    answer((struct choose_view *)list, ui, line->number);
}

static bool act_on_choice(struct list_view *list, struct ui *ui, enum action action,
                          struct line *line)
{
    (void)line;
    if (action != ACTION_LEAVE && action != ACTION_BACK)
        return false;
    answer((struct choose_view *)list, ui, -1);
    return true;
}

static void free_choices(struct list_view *list)
{
    struct choose_view *view = (struct choose_view *)list;

    for (int i = 0; i < view->count; i++)
        free(view->labels[i]);
    free(view->labels);
    free(view->title);
    free(view->text);
}

struct view *view_choose_new(struct ui *ui, const char *title, const char *text,
                             const char *const *labels, int count,
                             void (*chosen)(struct ui *ui, void *data, int answer), void *data)
{
    struct choose_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, choosing, fill_choices, open_choice);
    view->list.free = free_choices;
    view->list.act = act_on_choice;
    view->title = xstrdup(title);
    view->text = xstrdup(text);
    view->labels = xcalloc((size_t)count + 1, sizeof *view->labels);
    view->count = count;
    for (int i = 0; i < count; i++)
        view->labels[i] = xstrdup(labels[i]);
    view->chosen = chosen;
    view->data = data;
    return &view->list.view;
}

/* ---- search ---- */

struct search_view {
    struct list_view list;
    struct buf words;
};

/* What is typed stands in a field above what it finds. */
static void add_typed(struct list_view *list, const char *words)
{
    struct line *line = list_add(list, words, NULL);

    line->can_focus = false;
    line->typed = true;
    list_add_gap(list);
}

/* A question that is not asked now, or only computed, is dimmed. */
static void add_found(struct list_view *list, struct ui *ui, const struct search_hit *hit)
{
    const struct item *item = hit->item;
    struct buf text = BUF_INIT;
    struct line *line;

    search_hit_text(ui->plan, hit, &ui->tr, &text);
    line = list_add(list, text.text, text_get(&item->form->title, ui->tr.lang));
    line->place = hit->place;
    line->stacks = true;
    if (!engine_is_relevant(ui->plan->engine, hit->place.item, hit->place.row) ||
        item->calculate.sql) {
        line->attr = ATTR_DIM;
        line->sign = SIGN_WAITS;
    }
    buf_free(&text);
}

/* Returns how many there are. */
static size_t add_all_found(struct list_view *list, struct ui *ui, const char *words)
{
    struct search_hits hits = { 0 };
    size_t count;

    search_plan(ui->plan, words, &ui->tr, &hits);
    for (size_t i = 0; i < hits.count; i++) {
        if (hits.at[i].fit == SEARCH_INSIDE && (i == 0 || hits.at[i - 1].fit == SEARCH_WORD)) {
            if (i > 0)
                list_add_gap(list);
            list_add_text(list, ui_text(ui, "Inside a word"), 1, ATTR_DIM);
        }
        add_found(list, ui, &hits.at[i]);
    }
    count = hits.count;
    search_hits_free(&hits);
    return count;
}

static void fill_search(struct list_view *list, struct ui *ui)
{
    const char *words = ((struct search_view *)list)->words.text;

    buf_add(&list->title, ui_text(ui, "Search"));
    add_typed(list, words);
    if (!add_all_found(list, ui, words))
        list_add_text(list, ui_text(ui, *words ? N_("Nothing was found. Try a shorter word.")
                                               : N_("Type a word of a question or an answer.")),
                      1, ATTR_NORMAL);
}

static void open_place(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    ui_push(ui, view_question_new(ui, line->place.item->form, &line->place, true));
}

/* A question that is not asked now explains why instead. */
static void open_found(struct list_view *list, struct ui *ui, struct line *line)
{
    const struct place *place = &line->place;

    if (engine_is_relevant(ui->plan->engine, place->item, place->row) &&
        !place->item->calculate.sql)
        open_place(list, ui, line);
    else
        ui_push(ui, view_why_new(ui, place));
}

static void type_search(struct list_view *list, struct ui *ui, const struct event *event)
{
    struct search_view *view = (struct search_view *)list;
    char letter[5] = "";

    (void)ui;
    if (event->kind == EVENT_PASTE) {
        utf8_clean(&view->words, event->paste, strlen(event->paste), UTF8_ONE_LINE);
    } else if (event->key == KEYS_BACKSPACE && view->words.length) {
        size_t cut = view->words.length - 1;
        while (cut > 0 && (view->words.text[cut] & 0xc0) == 0x80)
            cut--;
        buf_cut(&view->words, cut);
    } else if (event->key >= ' ' && event->key < KEYS_NONE) {
        letter[utf8_encode(event->key, letter)] = 0;
        buf_add(&view->words, letter);
    }
    list->focus = 0;
    list_view_refresh(list);
}

static void free_search(struct list_view *list)
{
    buf_free(&((struct search_view *)list)->words);
}

struct view *view_search_new(struct ui *ui)
{
    struct search_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, opening, fill_search, open_found);
    view->list.view.typing = true;
    view->list.input = type_search;
    view->list.free = free_search;
    view->words = (struct buf)BUF_INIT;
    return &view->list.view;
}
