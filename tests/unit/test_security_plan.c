/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The information security plan as an inspector gets it: the shipped content, each regulation and
 * language, empty and fully answered.
 *
 * A full plan is an example in which every question of the plan that is still open gets its default
 * or some value of its type, and every text its proposal.
 */
#include "core_help.h"

#include "core/completeness.h"
#include "core/model.h"
#include "core/outlines.h"
#include "io/answers_yaml.h"
#include "io/catalog.h"
#include "io/file.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

#include "mem_store.h"

enum { PAGES_LEAST = 8, PAGES_MOST = 20, ROWS = 3 };

static const char *const regulations[] = { "thl_3_2024", "thl_2_2015" };

struct fixture {
    struct mem_store store;
    struct plan *plan;
    struct catalogs *catalogs;
};

static int no_versions(void *store, const char *document,
                       void (*each)(void *data, const struct version *version), void *data,
                       struct err *err)
{
    (void)store, (void)document, (void)each, (void)data, (void)err;
    return 0;
}

static struct store_ops ops;

static int set_up(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);
    struct err err = { 0 };

    ops = mem_store_ops;
    ops.versions = no_versions;
    if (plan_open(&f->plan, help_real()->schema, &ops, &f->store, help_today(), &err))
        fail_msg("%s", err.msg);
    f->catalogs = catalogs_new("po");
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    plan_close(f->plan);
    mem_store_free(&f->store);
    catalogs_free(f->catalogs);
    free(f);
    return 0;
}

/* ---- answers ---- */

static void take_example(struct fixture *f, const char *example)
{
    struct buf path = BUF_INIT, name = BUF_INIT, text = BUF_INIT;
    struct err err = { 0 };

    buf_addf(&name, "../../data/examples/%s.yaml", example);
    help_data(&path, name.text);
    if (file_read(&text, path.text, 1 << 20, &err)
        || answers_import(f->plan, text.text, text.length, path.text, false, help_english(), NULL,
                          NULL, &err))
        fail_msg("%s:%d: %s", example, err.line, err.msg);
    buf_free(&path);
    buf_free(&name);
    buf_free(&text);
}

static void set(struct fixture *f, const struct item *item, const char *row, const char *value)
{
    struct check check = CHECK_INIT;
    struct err err = { 0 };

    if (plan_set(f->plan, item, row, value, &check, &err))
        fail_msg("%s: %s", item->id, err.msg);
    check_free(&check);
}

static void answer(struct fixture *f, const char *id, const char *value)
{
    set(f, help_item(help_real()->schema, id), NULL, value);
}

/* Some value of the item's type. */
static void any_value(const struct fixture *f, const struct item *item, struct buf *out)
{
    switch (item->type) {
    case ITEM_YESNO: buf_add(out, "1"); break;
    case ITEM_DATE: buf_add(out, "2026-11-02"); break;
    case ITEM_INTEGER:
    case ITEM_DECIMAL: buf_add(out, "4"); break;
    case ITEM_PHONE: buf_add(out, "040 000 0101"); break;
    case ITEM_EMAIL: buf_add(out, "aino@example.org"); break;
    case ITEM_ROW:
        if (answers_row_count(f->plan->answers, item->target) > 0)
            buf_add(out, answers_row_at(f->plan->answers, item->target, 0)->key);
        break;
    case ITEM_ONE:
    case ITEM_MANY:
        buf_add(out, item->list->choices[0].id);
        if (item->type == ITEM_MANY && item->list->choice_count > 1)
            buf_addf(out, " %s", item->list->choices[1].id);
        break;
    default: buf_add(out, "Mallikoti"); break;
    }
}

static void answer_open(struct fixture *f, const struct item *item, const char *row)
{
    struct buf value = BUF_INIT;

    if (!item_type_holds_answer(item->type) || answers_value(f->plan->answers, item, row))
        return;
    if (!engine_initial(f->plan->engine, item, row, &value)
        && !model_propose(f->plan, item, help_english(), &value, NULL))
        any_value(f, item, &value);
    set(f, item, row, value.text);
    buf_free(&value);
}

static void answer_steps(struct fixture *f, const struct form *form, const struct item *repeat,
                         const char *row)
{
    struct places steps = { 0 };
    struct err err = { 0 };
    char key[24];

    engine_steps(f->plan->engine, form, repeat, row, true, &steps);
    for (size_t i = 0; i < steps.count; i++) {
        const struct item *item = steps.at[i].item;
        if (item->type != ITEM_REPEAT) {
            answer_open(f, item, row);
            continue;
        }
        while (answers_row_count(f->plan->answers, item) < ROWS)
            assert_int_equal(plan_row_add(f->plan, item, key, &err), 0);
        for (size_t r = 0; r < ROWS; r++)
            answer_steps(f, form, item, answers_row_at(f->plan->answers, item, r)->key);
    }
    places_free(&steps);
}

static bool is_of_plan(const struct form *form)
{
    return strncmp(form->id, "sp_", 3) == 0;
}

/* Questions come up as others are answered; the proposals of texts come last, when all is known. */
static void answer_everything(struct fixture *f, enum lang lang)
{
    const struct requirements *all = help_real()->schema->requirements;
    struct tr tr = catalogs_tr(f->catalogs, lang);

    for (int round = 0; round < 4; round++)
        for (size_t i = 0; i < help_real()->schema->form_count; i++)
            if (is_of_plan(&help_real()->schema->forms[i]))
                answer_steps(f, &help_real()->schema->forms[i], NULL, NULL);
    for (size_t i = 0; i < all->count; i++) {
        struct buf text = BUF_INIT;
        const struct item *item = all->all[i].parts[REQUIREMENT_TEXT];
        if (model_propose(f->plan, item, &tr, &text, NULL))
            set(f, item, NULL, text.text);
        buf_free(&text);
    }
}

static void fill(struct fixture *f, enum lang lang)
{
    take_example(f, "perhekoti");
    answer(f, "sp_here", "1");
    answer_everything(f, lang);
}

/* ---- paper ---- */

static struct doc *built(struct fixture *f, const char *document, enum lang lang)
{
    struct tr tr = catalogs_tr(f->catalogs, lang);

    return doc_build(f->plan, schema_document(help_real()->schema, document), &tr);
}

static char *as_text(struct fixture *f, struct doc *doc)
{
    struct tr tr = catalogs_tr(f->catalogs, doc->lang);
    struct buf out = BUF_INIT;

    out_text(doc, &tr, &out);
    doc_free(doc);
    return buf_detach(&out);
}

static int pages_of(const char *text)
{
    int pages = 1;

    for (; *text; text++)
        pages += *text == '\f';
    return pages;
}

/* A heading is followed by something that is no heading of its own level or above. */
static void assert_no_empty_heading(const struct doc *doc)
{
    for (size_t i = 0; i < doc->count; i++) {
        const struct block *block = &doc->blocks[i];
        bool last = i + 1 == doc->count;
        if (block->kind != BLOCK_SECTION)
            continue;
        if (last || (block[1].kind == BLOCK_SECTION && block[1].level <= block->level))
            fail_msg("nothing stands below: %s", block->text);
    }
}

static int headings_named(const struct doc *doc, const char *text)
{
    int count = 0;

    for (size_t i = 0; i < doc->count; i++)
        count += doc->blocks[i].kind == BLOCK_SECTION && strcmp(doc->blocks[i].text, text) == 0;
    return count;
}

static void assert_marked(const char *text, const char *marking)
{
    size_t length = strlen(marking);

    for (const char *page = text; page; page = strchr(page, '\f')) {
        page = strchr(page, '\n') + 1;
        if (strncmp(page, marking, length) != 0)
            fail_msg("a page is not marked: %.80s", page);
    }
}

/* ---- tests ---- */

static void check_empty(struct fixture *f, enum lang lang)
{
    const struct text *marking =
        &schema_document(help_real()->schema, "security-plan")->marking;

    for (size_t i = 0; i < countof(regulations); i++) {
        answer(f, "sp_structure", regulations[i]);
        struct doc *doc = built(f, "security-plan", lang);
        assert_no_empty_heading(doc);
        char *text = as_text(f, doc);
        assert_marked(text, text_get(marking, lang));
        free(text);
    }
}

static void test_an_empty_plan(void **state)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        check_empty(*state, (enum lang)lang);
}

/* Every requirement once, in every structure; nothing to fill in by hand; nothing open. */
static void check_full(struct fixture *f, enum lang lang)
{
    const struct requirements *all = help_real()->schema->requirements;

    for (size_t i = 0; i < countof(regulations); i++) {
        answer(f, "sp_structure", regulations[i]);
        struct doc *doc = built(f, "security-plan", lang);
        assert_no_empty_heading(doc);
        assert_string_equal(doc->title,
                            text_get(&schema_outline(help_real()->schema, regulations[i])->name,
                                     lang));
        for (size_t r = 0; r < all->count; r++)
            if (headings_named(doc, text_get(&all->all[r].title, lang)) < 1)
                fail_msg("%s does not stand in %s", all->all[r].id, regulations[i]);
        char *text = as_text(f, doc);
        int pages = pages_of(text);
        if (pages < PAGES_LEAST || pages > PAGES_MOST)
            fail_msg("%s in %s has %d pages", regulations[i], lang_code(lang), pages);
        if (strstr(text, ":  ____"))
            fail_msg("to be filled in by hand: %.200s", strstr(text, ":  ____") - 60);
        free(text);
    }
}

static void test_a_full_plan(void **state)
{
    struct fixture *f = *state;

    for (int lang = 0; lang < LANG_COUNT; lang++) {
        fill(f, (enum lang)lang);
        struct tally tally = tally_all(f->plan);
        assert_int_equal(tally.of[STANDING_OPEN], 0);
        assert_true(tally.of[STANDING_IN_PLACE] > 40);
        check_full(f, (enum lang)lang);
    }
}

/* The made-up providers have answered all, so that their plans are what a user can expect. */
static void check_example(struct fixture *f, const char *example, enum lang lang)
{
    take_example(f, example);
    for (size_t i = 0; i < countof(regulations); i++) {
        answer(f, "sp_structure", regulations[i]);
        struct doc *doc = built(f, "security-plan", lang);
        assert_no_empty_heading(doc);
        char *text = as_text(f, doc);
        int pages = pages_of(text);
        if (pages < PAGES_LEAST || pages > PAGES_MOST)
            fail_msg("%s by %s in %s: %d pages", example, regulations[i], lang_code(lang), pages);
        if (strstr(text, ":  ____"))
            fail_msg("%s: to be filled in by hand: %.200s", example, strstr(text, ":  ____") - 60);
        free(text);
    }
}

static void test_examples(void **state)
{
    static const char *const examples[] = { "perhekoti", "kotihoito", "lastensuojelu" };

    assert_int_equal(help_count_yaml("../../data/examples"), countof(examples));
    for (size_t i = 0; i < countof(examples); i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            check_example(*state, examples[i], (enum lang)lang);
}

/* Every point of the law has requirements that cover it. */
static void test_every_point_is_covered(void **state)
{
    struct fixture *f = *state;
    const struct list *points = help_real()->schema->requirements->points;

    assert_int_equal(points->choice_count, 10);
    for (size_t i = 0; i < points->choice_count; i++)
        if (tally_point(f->plan, points->choices[i].id).all == 0)
            fail_msg("no requirement covers %s", points->choices[i].id);
}

/* As many numbers to call as a wall holds. */
static void add_calls(struct fixture *f, size_t count)
{
    const struct item *calls = help_item(help_real()->schema, "fault_call");
    struct err err = { 0 };
    char key[24];

    while (answers_row_count(f->plan->answers, calls) < count) {
        assert_int_equal(plan_row_add(f->plan, calls, key, &err), 0);
        for (size_t i = 0; i < calls->item_count; i++)
            answer_open(f, &calls->items[i], key);
    }
}

/* For the wall: one page, filled or not, and numbers are not divided. */
static void test_instructions_for_disturbances(void **state)
{
    struct fixture *f = *state;

    for (int filled = 0; filled < 2; filled++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            if (filled) {
                fill(f, (enum lang)lang);
                add_calls(f, 6);
            }
            struct doc *doc = built(f, "disturbance", (enum lang)lang);
            assert_no_empty_heading(doc);
            char *text = as_text(f, doc);
            if (pages_of(text) != 1)
                fail_msg("%d pages:\n%s", pages_of(text), text);
            assert_int_equal(filled, strstr(text, "040\u00a0000\u00a00106") != NULL);
            free(text);
        }
}

/* A plan that is written elsewhere is not made up here. */
static void test_a_plan_that_is_elsewhere(void **state)
{
    struct fixture *f = *state;

    take_example(f, "perhekoti");
    answer(f, "sp_here", "0");
    struct doc *doc = built(f, "security-plan", LANG_FI);
    assert_no_empty_heading(doc);
    assert_int_equal(headings_named(doc, "Suunnitelma on muualla"), 1);
    assert_int_equal(headings_named(doc, "Lokivalvonta"), 0);
    doc_free(doc);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_an_empty_plan), WITH(test_a_full_plan), WITH(test_examples),
        WITH(test_every_point_is_covered), WITH(test_instructions_for_disturbances),
        WITH(test_a_plan_that_is_elsewhere),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("security plan", tests, help_load_real, help_free_real);
}
