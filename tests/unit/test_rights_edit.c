/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is done with the rights matrix: changes and undo, the life of a right, accepted warnings,
 * the past, orders, and the supplier's list of users.
 */
#include "rights_help.h"

#include "core/rights_compare.h"
#include "core/rights_edit.h"
#include "core/rights_past.h"
#include "io/csv_table.h"

/* ---- changes ---- */

static int undo(struct desk *desk)
{
    struct err err = { 0 };
    int entries = 0;

    must(plan_undo(desk->plan, NULL, &entries, &err), &err);
    return entries;
}

static uint16_t cell(const struct desk *desk, int role, int group)
{
    return rights_now(desk)->roles[role].cells[group];
}

enum { V = 1 << RIGHTS_V, K = 1 << RIGHTS_K, M = 1 << RIGHTS_M, T = 1 << RIGHTS_T };

static void test_cells(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct rights_cell seen;

    (void)state;
    open_base(&desk);
    must(rights_toggle(desk.plan, 1, RIGHTS_D03, RIGHTS_K, &err), &err);
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), V | K);
    must(rights_toggle(desk.plan, 1, RIGHTS_D03, RIGHTS_V, &err), &err);
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), 0);
    assert_int_equal(undo(&desk), 1);
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), V | K);
    assert_int_equal(undo(&desk), 2);
    assert_int_equal(cell(&desk, 1, RIGHTS_D03), 0);
    assert_false(rights_now(&desk)->roles[1].checked & RIGHTS_BIT(RIGHTS_D03));
    must(rights_set_cell(desk.plan, 1, RIGHTS_D16, V, &err), &err);
    rights_cell(rights_now(&desk), 1, RIGHTS_D16, -1, &seen);
    assert_int_equal(seen.over, V);
    assert_int_equal(rights_mark(&seen), '!');
    desk_close(&desk);
}

static void test_blocks(void **state)
{
    struct rights_block row = { .role = 1, .last_role = 1,
                                .last_group = RIGHTS_GROUP_COUNT - 1, .reg = -1 };
    struct rights_block column = { .last_role = 6, .group = RIGHTS_D01,
                                   .last_group = RIGHTS_D01, .reg = -1 };
    struct rights_changed changed, counted;
    struct desk desk;
    struct err err = { 0 };

    (void)state;
    open_base(&desk);
    counted = rights_fill_count(rights_now(&desk), &row, V, RIGHTS_FILL_ADD);
    must(rights_fill_block(desk.plan, &row, V, RIGHTS_FILL_ADD, &changed, &err), &err);
    assert_int_equal(changed.cells, counted.cells);
    assert_int_equal(changed.left_out, counted.left_out);
    assert_int_equal(cell(&desk, 1, RIGHTS_D05), V);
    assert_int_equal(cell(&desk, 1, RIGHTS_D16), 0);
    assert_int_equal(cell(&desk, 1, RIGHTS_D07), V | K);
    assert_int_equal(count_of(engine_rights_findings(desk.plan->engine), "r04", SEVERITY_ERROR), 0);
    assert_int_equal(undo(&desk), changed.cells + 1);
    assert_int_equal(cell(&desk, 1, RIGHTS_D05), 0);
    must(rights_fill_block(desk.plan, &column, V, RIGHTS_FILL_REMOVE, &changed, &err), &err);
    assert_int_equal(changed.cells, 4);
    assert_int_equal(cell(&desk, 0, RIGHTS_D01), 0);
    desk_close(&desk);
}

static void test_paste(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct rights_changed changed;
    uint16_t kept[RIGHTS_GROUP_COUNT];

    (void)state;
    open_base(&desk);
    memcpy(kept, rights_now(&desk)->roles[0].cells, sizeof kept);
    must(rights_paste_row(desk.plan, 5, kept, &changed, &err), &err);
    assert_int_equal(cell(&desk, 5, RIGHTS_D03), kept[RIGHTS_D03]);
    assert_int_equal(cell(&desk, 5, RIGHTS_D14), 0);
    assert_true(rights_now(&desk)->roles[5].checked & RIGHTS_BIT(RIGHTS_D03));
    assert_int_equal(cell(&desk, 5, RIGHTS_D06), V);
    undo(&desk);
    assert_int_equal(cell(&desk, 5, RIGHTS_D03), 0);
    desk_close(&desk);
}

static void test_templates_are_confirmed(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct rights_cell seen;
    int added = 0;

    (void)state;
    desk_open(&desk);
    must(rights_add_provider(desk.plan, "family_care", help_english(), &added, &err), &err);
    assert_int_equal(added, 4);
    must(rights_add_provider(desk.plan, "family_care", help_english(), &added, &err), &err);
    assert_int_equal(added, 0);
    rights_cell(rights_now(&desk), 0, RIGHTS_D03, -1, &seen);
    assert_int_equal(seen.origin, RIGHTS_ORIGIN_TEMPLATE);
    assert_int_equal(rights_mark(&seen), '~');
    must(rights_confirm(desk.plan, 0, RIGHTS_BIT(RIGHTS_D03), &err), &err);
    rights_cell(rights_now(&desk), 0, RIGHTS_D03, -1, &seen);
    assert_int_equal(seen.origin, RIGHTS_ORIGIN_CONFIRMED);
    must(rights_toggle(desk.plan, 0, RIGHTS_D03, RIGHTS_M, &err), &err);
    rights_cell(rights_now(&desk), 0, RIGHTS_D03, -1, &seen);
    assert_int_equal(seen.origin, RIGHTS_ORIGIN_CHANGED);
    must(rights_reset(desk.plan, 0, RIGHTS_BIT(RIGHTS_D03), &err), &err);
    rights_cell(rights_now(&desk), 0, RIGHTS_D03, -1, &seen);
    assert_int_equal(seen.origin, RIGHTS_ORIGIN_TEMPLATE);
    desk_close(&desk);
}

static void test_life(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    char key[24];
    struct rights_grant grant = { 1, 5, 0, 0, 0, help_today(), DATE_NONE, "Laskutus" };
    int at;

    (void)state;
    open_base(&desk);
    must(rights_grant(desk.plan, &grant, key, &err), &err);
    at = rights_assignment_at(rights_now(&desk), key);
    assert_true(rights_active(rights_now(&desk), at, help_today()));
    assert_int_equal(rights_now(&desk)->assignments[at].tasks, rights_now(&desk)->units[0].tasks);
    assert_int_equal(rights_between(rights_now(&desk), 1, 5, -1), at);
    must(rights_end(desk.plan, at, help_today() + 9, &err), &err);
    assert_false(rights_active(rights_now(&desk), at, help_today() + 10));
    assert_true(rights_active(rights_now(&desk), at, help_today() + 9));
    grant.from = help_today() + 10;
    must(rights_grant(desk.plan, &grant, key, &err), &err);
    must(rights_end(desk.plan, rights_assignment_at(rights_now(&desk), key), help_today(), &err),
         &err);
    assert_int_equal(rights_assignment_at(rights_now(&desk), key), -1);
    desk_close(&desk);
}

static void test_leavers(void **state)
{
    struct desk desk;
    struct rights_leavers leavers = { 0 };

    (void)state;
    open_base(&desk);
    rights_leavers(rights_now(&desk), 30, &leavers);
    assert_int_equal(leavers.count, 0);
    put_lines(&desk, "user_record#1.usr_person=2\nuser_record#1.usr_until=2026-11-27\n");
    rights_leavers(rights_now(&desk), 30, &leavers);
    assert_int_equal(leavers.count, 1);
    assert_int_equal(leavers.at[0].person, 1);
    assert_int_equal(leavers.at[0].open_accounts, 1);
    assert_false(leavers.at[0].card);
    rights_leavers(rights_now(&desk), 4, &leavers);
    assert_int_equal(leavers.count, 0);
    rights_leavers_free(&leavers);
    desk_close(&desk);
}

static void test_exception_ends(void **state)
{
    struct desk desk;

    (void)state;
    open_base(&desk);
    put_lines(&desk, "deviation#1.dev_assignment=2\ndeviation#1.dev_group=d03\n"
                     "deviation#1.dev_way=give\ndeviation#1.dev_rights=v\n"
                     "deviation#1.dev_reason=Perehdytys\ndeviation#1.dev_until=2026-12-22\n");
    assert_int_equal(rights_effective(rights_now(&desk), 1, RIGHTS_D03, help_today()), V);
    assert_int_equal(rights_effective(rights_now(&desk), 1, RIGHTS_D03, help_today() + 30), V);
    assert_int_equal(rights_effective(rights_now(&desk), 1, RIGHTS_D03, help_today() + 31), 0);
    desk_close(&desk);
}

static void test_accepting(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    const struct rights_findings *findings;

    (void)state;
    open_base(&desk);
    must(rights_set_cell(desk.plan, 1, RIGHTS_D07, V, &err), &err);
    findings = engine_rights_findings(desk.plan->engine);
    assert_int_equal(count_of(findings, "r37", SEVERITY_WARNING), 1);
    assert_int_equal(rights_accept(desk.plan, &findings->at[0], "Syy", "", help_today() + 9, -1,
                                   &err), ERR_REFUSED);
    must(rights_accept(desk.plan, &findings->at[0], "Syy", "Keino", help_today() + 9, 0, &err),
         &err);
    findings = engine_rights_findings(desk.plan->engine);
    assert_int_equal(findings->warnings, 0);
    assert_int_equal(findings->accepted, 1);
    must(rights_set_cell(desk.plan, 1, RIGHTS_D16, V, &err), &err);
    findings = engine_rights_findings(desk.plan->engine);
    assert_int_equal(findings->errors, 1);
    assert_int_equal(rights_accept(desk.plan, &findings->at[0], "Syy", "Keino", help_today() + 9,
                                   0, &err), ERR_REFUSED);
    desk_close(&desk);
}

/* An accepted warning comes back when its day of review has passed. */
static void test_waiver_ends(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct rights_findings late = { 0 };
    struct rights *rights;

    (void)state;
    open_base(&desk);
    must(rights_set_cell(desk.plan, 1, RIGHTS_D07, V, &err), &err);
    must(rights_accept(desk.plan, &engine_rights_findings(desk.plan->engine)->at[0], "Syy",
                       "Keino", help_today() + 9, 0, &err), &err);
    rights = rights_new(schema(), desk.plan->answers, help_today() + 10);
    rights_check(rights, &late);
    assert_int_equal(count_of(&late, "r37", SEVERITY_WARNING), 1);
    rights_findings_free(&late);
    rights_free(rights);
    desk_close(&desk);
}

/* ---- the past ---- */

/* The store stamps entries with a day of its own; the history goes by that. */
static void stamp(struct desk *desk, size_t from, const char *at)
{
    for (size_t i = from; i < desk->store.count; i++)
        desk->store.entries[i].at = at;
}

static void test_who_had_it_then(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct rights_past past = { 0 };
    size_t entries;

    (void)state;
    open_base(&desk);
    stamp(&desk, 0, "2026-02-10T09:00:00");
    entries = desk.store.count;
    must(rights_set_cell(desk.plan, 1, RIGHTS_D05, V, &err), &err);
    stamp(&desk, entries, "2026-03-02T09:00:00");
    must(rights_past_on(desk.plan, date_make(2026, 3, 1), &past, &err), &err);
    assert_int_equal(past.rights->roles[1].cells[RIGHTS_D05], 0);
    assert_int_equal(rights_effective(past.rights, 1, RIGHTS_D07, past.day), V | K);
    rights_past_free(&past);
    must(rights_past_on(desk.plan, date_make(2026, 3, 2), &past, &err), &err);
    assert_int_equal(past.rights->roles[1].cells[RIGHTS_D05], V);
    rights_past_free(&past);
    must(rights_past_on(desk.plan, date_make(2026, 1, 31), &past, &err), &err);
    assert_int_equal(past.rights->assignment_count, 0);
    rights_past_free(&past);
    desk_close(&desk);
}

static size_t differences_since_order(const struct desk *desk, struct rights_differences *out)
{
    const struct rights_event *order = rights_last_order(rights_now(desk));
    struct rights_past past = { 0 };
    struct err err = { 0 };

    if (order)
        must(rights_past_event(desk->plan, order->key, &past, &err), &err);
    rights_differences(past.rights, rights_now(desk), out);
    rights_past_free(&past);
    return out->count;
}

static void test_orders(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct rights_differences differences = { 0 };

    (void)state;
    open_base(&desk);
    stamp(&desk, 0, "2026-11-22T09:00:00");
    assert_int_equal(differences_since_order(&desk, &differences), 6);
    put_lines(&desk, "rights_event#1.rev_kind=ordered\nrights_event#1.rev_on=2026-11-22\n"
                     "rights_event#1.rev_by=4\n");
    stamp(&desk, 0, "2026-11-22T09:00:00");
    assert_int_equal(differences_since_order(&desk, &differences), 0);
    must(rights_toggle(desk.plan, 1, RIGHTS_D07, RIGHTS_M, &err), &err);
    assert_int_equal(differences_since_order(&desk, &differences), 2);
    assert_int_equal(differences.at[0].kind, RIGHTS_ALTERED);
    undo(&desk);
    assert_int_equal(differences_since_order(&desk, &differences), 0);
    must(plan_row_remove(desk.plan, help_item(schema(), "assignment"), "3", &err), &err);
    assert_int_equal(differences_since_order(&desk, &differences), 1);
    assert_int_equal(differences.at[0].kind, RIGHTS_REMOVED);
    rights_differences_free(&differences);
    desk_close(&desk);
}

/* ---- the supplier's list ---- */

static void compare_list(const struct desk *desk, const char *csv, const char *expected)
{
    struct rights_comparison found = { 0 };
    struct table table = { 0 };
    struct err err = { 0 };
    struct buf text = BUF_INIT;

    must(csv_table_parse(&table, csv, strlen(csv), "users.csv", 1000, &err), &err);
    must(rights_compare(rights_now(desk), &table, &found, &err), &err);
    for (size_t i = 0; i < found.count; i++)
        buf_addf(&text, "%s%s:%d", i ? " " : "", rights_compare_id(found.at[i].kind),
                 found.at[i].line);
    assert_string_equal(text.text, expected);
    rights_comparison_free(&found);
    table_free(&table);
    buf_free(&text);
}

static void test_compare(void **state)
{
    struct desk desk;
    struct err err = { 0 };
    struct table table = { 0 };
    struct rights_comparison found = { 0 };
    const char *strange = "Auto;Paikka\nx;y\n";

    (void)state;
    open_base(&desk);
    compare_list(&desk, "Tunnus;Nimi\naino.malli;Aino Malli\nONNI.KUVITELMA;onni kuvitelma\n", "");
    compare_list(&desk, "Tunnus;Nimi\naino.malli;Aino Malli\nvieras;Outi Outo\n",
                 "unknown:3 missing:0");
    compare_list(&desk, "Username;Name\naino.malli;Onni Kuvitelma\nonni.kuvitelma;Onni Kuvitelma\n",
                 "other_person:2");
    compare_list(&desk, "Nimi\nIlmari Ulkona\nAino Malli\nOnni Kuvitelma\n", "no_right:2");
    compare_list(&desk, "Tunnus;Tila\naino.malli;Suljettu\nonni.kuvitelma;\nonni.kuvitelma;\n",
                 "closed_there:2 twice:4");
    must(plan_set(desk.plan, help_item(schema(), "role_level"), "2", "Perustaso", NULL, &err),
         &err);
    compare_list(&desk, "Tunnus;Taso\naino.malli;\nonni.kuvitelma;Vastaava\n", "level:3");
    compare_list(&desk, "Tunnus;Taso\naino.malli;\nonni.kuvitelma;perustaso\n", "");
    must(csv_table_parse(&table, strange, strlen(strange), "users.csv", 1000, &err), &err);
    assert_int_equal(rights_compare(rights_now(&desk), &table, &found, &err), ERR_INPUT);
    assert_int_equal(err.line, 1);
    rights_comparison_free(&found);
    table_free(&table);
    desk_close(&desk);
}

/* ---- the group ---- */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells), cmocka_unit_test(test_blocks), cmocka_unit_test(test_paste),
        cmocka_unit_test(test_templates_are_confirmed), cmocka_unit_test(test_life),
        cmocka_unit_test(test_leavers), cmocka_unit_test(test_exception_ends),
        cmocka_unit_test(test_accepting), cmocka_unit_test(test_waiver_ends),
        cmocka_unit_test(test_who_had_it_then), cmocka_unit_test(test_orders),
        cmocka_unit_test(test_compare),
    };

    return cmocka_run_group_tests(tests, help_load_real, help_free_real);
}
