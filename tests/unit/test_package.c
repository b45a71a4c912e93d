/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the recipient of a package would miss: the faces and the index page say the same, for every
 * package, of an empty plan and of one with answers, errors and warnings.
 */
#include "core_help.h"

#include "core/pack.h"
#include "core/package.h"
#include "mem_plan.h"
#include "out/doc.h"
#include "out/doc_build.h"

struct desk {
    struct mem_store store;
    struct plan *plan;
};

static int set_up(void **state)
{
    struct desk *desk = xcalloc(1, sizeof *desk);

    desk->plan = mem_plan(help_real()->schema, &desk->store, help_today());
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;

    plan_close(desk->plan);
    mem_store_free(&desk->store);
    free(desk);
    return 0;
}

static size_t boxes_of_index(const struct plan *plan, const struct package *package)
{
    const char *names[32];
    struct doc *doc;
    size_t boxes = 0;

    for (size_t i = 0; package->files[i]; i++)
        names[i] = "file";
    doc = doc_build_package(plan, package, names, help_english());
    for (size_t i = 0; i < doc->count; i++)
        boxes += doc->blocks[i].kind == BLOCK_CHECKBOX;
    doc_free(doc);
    return boxes;
}

static size_t points_of_gaps(const struct plan *plan, const struct package *package)
{
    struct pack_gap *gaps;
    size_t count = pack_gaps(plan, package, &gaps), points = 0;

    for (size_t i = 0; i < count; i++)
        points += gaps[i].open + gaps[i].errors + gaps[i].warnings;
    free(gaps);
    return points;
}

static void assert_index_agrees(const struct plan *plan)
{
    const struct schema *schema = help_real()->schema;

    for (size_t i = 0; i < schema->package_count; i++)
        assert_int_equal(points_of_gaps(plan, &schema->packages[i]),
                         boxes_of_index(plan, &schema->packages[i]));
}

static void answer(struct desk *desk, const char *id, const char *value)
{
    struct err err = { 0 };

    assert_int_equal(plan_set(desk->plan, help_item(help_real()->schema, id), NULL, value, NULL,
                              &err), 0);
}

static void test_gaps_are_those_of_the_index(void **state)
{
    struct desk *desk = *state;
    const struct package *board = package_find(help_real()->schema, "board");
    size_t empty = points_of_gaps(desk->plan, board);

    assert_true(empty > 0);
    assert_index_agrees(desk->plan);
    answer(desk, "org_business_id", "1234567-8");
    answer(desk, "org_services", "?");
    answer(desk, "org_name", "Mallikoti Oy");
    assert_index_agrees(desk->plan);
    assert_true(points_of_gaps(desk->plan, package_find(help_real()->schema, "extranet")) > 0);
}

static void test_words(void **state)
{
    const char *files[] = { "plan.pdf", "timeline.ics", NULL };
    const struct package package = { .files = files };
    const struct pack_gap gaps[] = { { NULL, 3, 1, 0 }, { NULL, 0, 0, 2 } };
    struct buf text = BUF_INIT;

    (void)state;
    pack_gap_text(&gaps[0], help_english(), &text);
    buf_add(&text, "; ");
    pack_gap_text(&gaps[1], help_english(), &text);
    buf_add(&text, "; ");
    pack_sum_text(&package, gaps, 2, help_english(), &text);
    buf_add(&text, "; ");
    pack_sum_text(&package, gaps, 0, help_english(), &text);
    assert_string_equal(text.text, "3 questions open, 1 error; 2 warnings; 2 documents. 6 points "
                                   "are missing, see below.; 2 documents. Nothing is missing here.");
    buf_free(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_gaps_are_those_of_the_index, set_up, tear_down),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests_name("package", tests, help_load_real, help_free_real);
}
