/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the user notes of facts she has checked: how it is typed, what it stands for, when it is
 * old, and how it lives in the log. The content is a small one of the test's own.
 */
#include "own_content.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/fact_notes.h"
#include "core/plan_facts.h"
#include "core/why.h"
#include "io/answers_yaml.h"

#define FACT(id, value, rest) \
    "- {id: " id ", subject: " SAME("About " id) ", text: " SAME("Text of " id ".") \
    ", value: " value ", source: S2, source_date: '2020', " rest "}\n"

static const char form_text[] =
    "form: {id: home, version: 1, title: " SAME("Home") ", valid_from: '2026-01-01'}\n"
    "pages:\n"
    "  - title: " SAME("Page") "\n"
    "    items:\n"
    "      - {id: begun, type: date, label: " SAME("Begun") ", hint: "
    SAME("Allow {{fact:dur.card}}.") "}\n"
    "      - {id: days, type: decimal, label: " SAME("Days")
    ", calculate: \"7 * fact_max('dur.card')\"}\n"
    "      - {id: late, type: text, relevant: \"begun > fact('day.limit')\", label: "
    SAME("Why late?") ", hint: " SAME("Ask {{fact:who.help}}.") "}\n";

static const char tasks_text[] =
    "phases:\n  - {id: start, title: " SAME("Start") "}\n"
    "tasks:\n"
    "  - {id: home, kind: form, phase: start, title: " SAME("The home") ", intro: "
    SAME("Intro.") ", depends: [], complete: ask}\n";

static const char facts_text[] =
    FACT("dur.card.2020", "{min: 2, max: 3, unit: week}",
         "seen_on: '2026-11-01', valid_to: '2024', confidence: H")
    FACT("dur.card", "{min: 3, max: 4, unit: week}",
         "seen_on: '2026-11-01', confidence: L, where: " SAME("the point")
         ", supersedes: dur.card.2020")
    FACT("day.limit", "{date: '2026-09-01'}", "seen_on: '2026-11-01', confidence: H")
    FACT("day.yearly", "{date: '03-31'}", "seen_on: '2026-11-01', confidence: H")
    FACT("most.rows", "{max: 5, number: 5, unit: day}", "seen_on: '2026-11-01', confidence: H")
    FACT("who.help", "null", "seen_on: '2026-11-01', confidence: L");

/* The same after somebody has looked again. */
static const char newer_text[] =
    FACT("dur.card.2020", "{min: 2, max: 3, unit: week}",
         "seen_on: '2026-11-01', valid_to: '2024', confidence: H")
    FACT("dur.card.2026", "{min: 3, max: 4, unit: week}",
         "seen_on: '2026-11-01', valid_to: '2026', confidence: L, supersedes: dur.card.2020")
    FACT("dur.card", "{number: 1, unit: week}",
         "seen_on: '2027-01-15', confidence: H, supersedes: dur.card.2026")
    FACT("day.limit", "{date: '2026-09-01'}", "seen_on: '2026-11-01', confidence: H")
    FACT("who.help", "null", "seen_on: '2026-11-01', confidence: L");

struct bench {
    struct own_content content;
    struct mem_store store;
    struct plan *plan;
};

static void load(struct bench *bench, const char *facts)
{
    const struct own_text texts[] = {
        { CONTENT_FORM, form_text }, { CONTENT_TASKS, tasks_text }, { CONTENT_FACTS, facts },
    };

    own_content_load(&bench->content, texts, countof(texts));
}

static void open_on(struct bench *bench, const char *today)
{
    bench->plan = mem_plan(bench->content.schema, &bench->store, date_parse_iso(today));
}

static void unload(struct bench *bench)
{
    plan_close(bench->plan);
    own_content_free(&bench->content);
}

/* The program is started on another day, perhaps with other data. */
static void again(struct bench *bench, const char *facts, const char *today)
{
    unload(bench);
    load(bench, facts);
    open_on(bench, today);
}

static int set_up(void **state)
{
    struct bench *bench = xcalloc(1, sizeof *bench);

    load(bench, facts_text);
    open_on(bench, "2026-11-22");
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;

    unload(bench);
    mem_store_free(&bench->store);
    free(bench);
    return 0;
}

static const struct tr english = { .lang = LANG_EN };

static const struct item *item(const struct bench *bench, const char *id)
{
    return schema_item(bench->plan->schema, id);
}

static const struct fact *fact(const struct bench *bench, const char *id)
{
    const struct fact *found = schema_fact(bench->content.schema, id);

    if (!found)
        fail_msg("no fact %s", id);
    return found;
}

static struct fact_look look(const struct bench *bench, const char *id)
{
    struct fact_look out;

    plan_fact_look(bench->plan, fact(bench, id), &out);
    return out;
}

static void note(struct bench *bench, const char *id, const char *on, const char *value)
{
    struct err err = { 0 };

    if (plan_set_note(bench->plan, fact(bench, id), date_parse_iso(on), "Aino Malli", value, &err))
        fail_msg("%s", err.msg);
}

static void set(struct bench *bench, const char *id, const char *value)
{
    struct err err = { 0 };

    if (plan_set(bench->plan, item(bench, id), NULL, value, NULL, &err))
        fail_msg("%s", err.msg);
}

/* How texts say the fact. */
static void assert_shown(const struct bench *bench, const char *id, const char *wanted)
{
    struct buf text = BUF_INIT, shown = BUF_INIT;

    buf_addf(&text, "{{fact:%s}}", id);
    fact_expand(bench->content.schema, answers_notes(bench->plan->answers), text.text, &english,
                bench->plan->today, &shown);
    assert_string_equal(shown.text, wanted);
    buf_free(&text);
    buf_free(&shown);
}

static const char *value(const struct bench *bench, const char *id)
{
    const char *found = engine_value(bench->plan->engine, item(bench, id), NULL);

    return found ? found : "";
}

/* ---- typing ---- */

static void test_what_may_be_typed(void **state)
{
    static const struct {
        const char *id, *typed, *normal;   /* normal NULL: wrong */
    } cases[] = {
        { "dur.card", "5", "5" },           { "dur.card", " 1,5 – 2 ", "1.5-2" },
        { "dur.card", "3..4", "3-4" },      { "dur.card", "3—", "3-" },
        { "dur.card", "-4", "-4" },         { "dur.card", "4-3", NULL },
        { "dur.card", "five", NULL },       { "dur.card", "5 weeks", NULL },
        { "dur.card", "-", NULL },          { "dur.card", "", NULL },
        { "dur.card", "3-4-5", NULL },      { "day.limit", "1.9.2027", "2027-09-01" },
        { "day.limit", "soon", NULL },      { "day.yearly", "30.4.", "04-30" },
        { "day.yearly", "04-30", "04-30" }, { "who.help", " the help desk ", "the help desk" },
        { "who.help", "  ", NULL },
    };

    for (size_t i = 0; i < countof(cases); i++) {
        struct check check = CHECK_INIT;
        fact_note_check(fact(*state, cases[i].id), cases[i].typed, date_make(2026, 11, 22),
                        &check);
        if ((check.state == CHECK_OK) != (cases[i].normal != NULL))
            fail_msg("\"%s\" for %s", cases[i].typed, cases[i].id);
        if (cases[i].normal)
            assert_string_equal(check.value.text, cases[i].normal);
        else
            assert_non_null(check.message);
        check_free(&check);
    }
}

static void test_normal_forms_are_typed_again(void **state)
{
    static const char *const cases[][2] = {
        { "dur.card", "1.5-2" }, { "dur.card", "3-" }, { "dur.card", "-4" },
        { "day.limit", "2027-09-01" }, { "day.yearly", "04-30" }, { "who.help", "desk" },
    };

    for (size_t i = 0; i < countof(cases); i++) {
        const struct fact *of = fact(*state, cases[i][0]);
        struct check check = CHECK_INIT;
        struct buf typed = BUF_INIT;
        fact_note_typed(of, cases[i][1], &typed);
        fact_note_check(of, typed.text, date_make(2026, 11, 22), &check);
        assert_string_equal(check.value.text, cases[i][1]);
        check_free(&check);
        buf_free(&typed);
    }
}

static void test_day_and_name(void **state)
{
    struct check check = CHECK_INIT;
    int today = date_make(2026, 11, 22);

    (void)state;
    fact_note_check_day("22.11.2026", today, &check);
    assert_int_equal(check.state, CHECK_OK);
    fact_note_check_day("23.11.2026", today, &check);
    assert_int_equal(check.state, CHECK_BAD);
    fact_note_check_who("", today, &check);
    assert_int_equal(check.state, CHECK_BAD);
    fact_note_check_who("131052-308T", today, &check);
    assert_int_equal(check.state, CHECK_REFUSED);
    check_free(&check);
}

static void test_a_foreign_entry_is_no_note(void **state)
{
    static const char *const texts[] = {
        "", "5", "2026-11-22\n\nAino", "yesterday\n\nAino\n5", "2026-11-22\n\nAino\n",
        "2026-11-22\n\nAino\n5\n6",
    };
    struct fact_note parsed;

    (void)state;
    for (size_t i = 0; i < countof(texts); i++)
        assert_false(fact_note_parse(texts[i], &parsed));
    assert_true(fact_note_parse("2026-11-22\n\nAino\n5-", &parsed));
    assert_int_equal(parsed.seen, DATE_NONE);
    assert_string_equal(parsed.low, "5");
    assert_null(parsed.high);
    fact_note_clear(&parsed);
}

/* ---- what it stands for ---- */

/* Only what has no lower end is "at most"; a lower end of 0 is an end. */
static void test_ranges_in_words(void **state)
{
    static const struct {
        const char *number, *min, *max, *words;
    } cases[] = {
        { NULL, "0", "23", "0–23 days" }, { "30", "0", "150", "0–150 days" },
        { NULL, "0", "1", "0–1 days" },   { "0", "0", "0", "0 days" },
        { "2", NULL, "2", "at most 2 days" }, { "1", NULL, "1", "at most 1 day" },
        { "3", "3", NULL, "at least 3 days" }, { NULL, "3", "3", "3 days" },
        { "1", NULL, NULL, "1 day" },
    };
    const struct tr tr = { .lang = LANG_EN };

    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        const struct fact fact = { .number = cases[i].number, .min = cases[i].min,
                                   .max = cases[i].max, .unit = "day" };
        struct buf words = BUF_INIT;
        fact_value(&fact, &tr, &words);
        assert_string_equal(words.text, cases[i].words);
        buf_free(&words);
    }
}

static void test_a_note_replaces_the_value(void **state)
{
    struct bench *bench = *state;

    assert_shown(bench, "dur.card", "3–4 weeks");
    note(bench, "dur.card", "2026-11-20", "5-6.5");
    assert_shown(bench, "dur.card", "5–6.5 weeks");
    note(bench, "dur.card", "2026-11-20", "1");
    assert_shown(bench, "dur.card", "1 week");
    note(bench, "most.rows", "2026-11-20", "7");
    assert_shown(bench, "most.rows", "at most 7 days");
    note(bench, "day.limit", "2026-11-20", "2027-09-01");
    assert_shown(bench, "day.limit", "1 September 2027");
    note(bench, "who.help", "2026-11-20", "the help desk");
    assert_shown(bench, "who.help", "the help desk");
    assert_string_equal(look(bench, "dur.card").data->min, "3");
}

static void test_expressions_see_it_and_it_is_taken_back(void **state)
{
    struct bench *bench = *state;
    struct place place;
    struct err err = { 0 };
    int entries;

    set(bench, "begun", "2026-12-01");
    assert_string_equal(value(bench, "days"), "28");
    note(bench, "dur.card", "2026-11-20", "5-6");
    assert_string_equal(value(bench, "days"), "42");
    note(bench, "day.limit", "2026-11-20", "2027-09-01");
    assert_false(engine_is_relevant(bench->plan->engine, item(bench, "late"), NULL));
    assert_int_equal(plan_undo(bench->plan, &place, &entries, &err), 0);
    assert_ptr_equal(bench->plan->undone_fact, fact(bench, "day.limit"));
    assert_true(engine_is_relevant(bench->plan->engine, item(bench, "late"), NULL));
    assert_int_equal(plan_undo(bench->plan, &place, &entries, &err), 0);
    assert_string_equal(value(bench, "days"), "28");
    assert_int_equal(plan_redo(bench->plan, &place, &entries, &err), 0);
    assert_string_equal(value(bench, "days"), "42");
    again(bench, facts_text, "2026-11-23");
    assert_string_equal(value(bench, "days"), "42");
}

static void test_a_note_gets_old(void **state)
{
    struct bench *bench = *state;

    assert_true(look(bench, "dur.card").check);
    note(bench, "dur.card", "2026-11-20", "5");
    assert_false(look(bench, "dur.card").check);
    again(bench, facts_text, "2027-05-19");
    assert_false(look(bench, "dur.card").check);
    again(bench, facts_text, "2027-05-20");
    assert_true(look(bench, "dur.card").aged);
    assert_true(look(bench, "dur.card").check);
    assert_shown(bench, "dur.card", "5 weeks");
}

static void test_newer_data_ask_for_a_choice(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 };

    note(bench, "dur.card", "2026-11-20", "5");
    assert_false(look(bench, "dur.card").newer);
    again(bench, newer_text, "2027-02-01");
    assert_true(look(bench, "dur.card").newer);
    assert_shown(bench, "dur.card", "5 weeks");
    assert_int_equal(plan_keep_note(bench->plan, fact(bench, "dur.card"), &err), 0);
    assert_false(look(bench, "dur.card").newer);
    assert_int_equal(look(bench, "dur.card").note->on, date_make(2026, 11, 20));
    assert_int_equal(plan_set_note(bench->plan, fact(bench, "dur.card"), 0, NULL, NULL, &err), 0);
    assert_shown(bench, "dur.card", "1 week");
    assert_false(look(bench, "dur.card").check);
}

/* A new version has a new id: the note of the one before is found, and can be taken away. */
static void test_a_note_follows_the_chain(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 };

    note(bench, "dur.card.2020", "2026-11-20", "9");
    assert_shown(bench, "dur.card", "9 weeks");
    note(bench, "dur.card", "2026-11-21", "8");
    assert_shown(bench, "dur.card", "8 weeks");
    assert_int_equal(plan_set_note(bench->plan, fact(bench, "dur.card"), 0, NULL, NULL, &err), 0);
    assert_shown(bench, "dur.card", "3–4 weeks");
}

/* ---- lists and words ---- */

static void test_what_matters_is_counted(void **state)
{
    struct bench *bench = *state;
    struct plan_facts facts = { 0 };
    struct err err = { 0 };

    assert_int_equal(plan_facts_to_check(bench->plan), 1);
    set(bench, "begun", "2026-12-01");       /* now who.help is named, too */
    assert_int_equal(plan_facts_to_check(bench->plan), 2);
    plan_facts(bench->plan, &facts);
    assert_int_equal(facts.count, 5);        /* not the old version */
    assert_ptr_equal(facts.at[0].look.named, fact(bench, "dur.card"));
    assert_int_equal(plan_fact_group(&facts.at[1]), FACTS_TO_CHECK);
    assert_int_equal(plan_fact_group(&facts.at[2]), FACTS_REST);
    note(bench, "dur.card", "2026-11-20", "5");
    assert_int_equal(plan_facts_to_check(bench->plan), 1);
    plan_facts(bench->plan, &facts);
    assert_int_equal(plan_fact_group(&facts.at[1]), FACTS_CHECKED);
    plan_facts_of(bench->plan, item(bench, "late"), &facts);
    assert_int_equal(facts.count, 2);        /* the text's and the expression's */
    assert_int_equal(plan_set_task_done(bench->plan, &bench->plan->schema->tasks[0], true, &err),
                     0);
    assert_int_equal(plan_facts_to_check(bench->plan), 0);
    plan_facts_free(&facts);
}

static void assert_holds(const struct buf *text, const char *part)
{
    if (!strstr(text->text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text->text);
}

static void test_words(void **state)
{
    struct bench *bench = *state;
    struct buf text = BUF_INIT;

    plan_fact_text(bench->plan, fact(bench, "dur.card"), &english, &text);
    assert_holds(&text, "! This is not certain. Check it yourself.\nWhere to check: the point\n");
    assert_holds(&text, "Now\n3–4 weeks. Source: slide set (2020), checked on 1 November 2026.\n");
    assert_holds(&text, "Earlier\n2–3 weeks. ");
    assert_holds(&text, "valid until 2024.\nText of dur.card.2020.");
    note(bench, "dur.card", "2026-11-20", "5");
    buf_clear(&text);
    plan_fact_text(bench->plan, fact(bench, "dur.card"), &english, &text);
    assert_holds(&text, "5 weeks, checked 20 November 2026 by Aino Malli.\n\nWhat the program's");
    buf_clear(&text);
    why_all(bench->plan, item(bench, "begun"), NULL, &english, &text);
    assert_holds(&text, "About dur.card: 5 weeks, checked 20 November 2026 by Aino Malli. The "
                        "program's data: 3–4 weeks. Source: slide set (2020), ");
    assert_holds(&text, "; checked.\n");
    buf_free(&text);
}

static void test_export_brings_notes_back(void **state)
{
    struct bench *bench = *state;
    struct buf yaml = BUF_INIT, second = BUF_INIT;
    struct place place;
    struct err err = { 0 };
    int entries;

    set(bench, "begun", "2026-12-01");
    note(bench, "dur.card", "2026-11-20", "1.5-2");
    note(bench, "day.yearly", "2026-11-20", "04-30");
    note(bench, "who.help", "2026-11-21", "\"the\" desk");
    for (int format = 0; format < 2; format++) {
        buf_clear(&yaml);
        buf_clear(&second);
        answers_export(bench->plan, format ? ANSWERS_JSON : ANSWERS_YAML, &english, &yaml);
        note(bench, "dur.card", "2026-11-22", NULL);
        note(bench, "day.yearly", "2026-11-22", "05-01");
        if (answers_import(bench->plan, yaml.text, yaml.length, "x", false, &english, NULL, NULL,
                           &err))
            fail_msg("%d: %s", err.line, err.msg);
        answers_export(bench->plan, format ? ANSWERS_JSON : ANSWERS_YAML, &english, &second);
        assert_string_equal(yaml.text, second.text);
    }
    assert_int_equal(plan_undo(bench->plan, &place, &entries, &err), 0);
    assert_int_equal(entries, 2);            /* the third was the same */
    buf_free(&yaml);
    buf_free(&second);
}

static void test_bad_notes_are_not_imported(void **state)
{
    static const char *const files[][2] = {
        { "- {fact: dur.crd, value: '5', on: '2026-11-20', by: A}", "there is no fact" },
        { "- {fact: dur.card, value: five, on: '2026-11-20', by: A}", "\"value\": " },
        { "- {fact: dur.card, value: '5', on: '2026-12-20', by: A}", "\"on\": " },
        { "- {fact: dur.card, value: '5', on: '2026-11-20'}", "\"by\": " },
        { "- {fact: dur.card, value: '5', on: '2026-11-20', by: 131052-308T}", "\"by\": " },
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < countof(files); i++) {
        struct buf text = BUF_INIT;
        struct err err = { 0 };
        buf_addf(&text, "answers: {}\nchecked:\n  %s\n", files[i][0]);
        assert_int_equal(answers_import(bench->plan, text.text, text.length, "x", false, &english,
                                        NULL, NULL, &err), ERR_INPUT);
        assert_int_equal(err.line, 3);
        if (!strstr(err.msg, files[i][1]))
            fail_msg("%s", err.msg);
        buf_free(&text);
    }
    assert_int_equal(bench->store.count, 0);
}

#define FACT_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges_in_words),
        FACT_TEST(test_what_may_be_typed),
        FACT_TEST(test_normal_forms_are_typed_again),
        FACT_TEST(test_day_and_name),
        FACT_TEST(test_a_foreign_entry_is_no_note),
        FACT_TEST(test_a_note_replaces_the_value),
        FACT_TEST(test_expressions_see_it_and_it_is_taken_back),
        FACT_TEST(test_a_note_gets_old),
        FACT_TEST(test_newer_data_ask_for_a_choice),
        FACT_TEST(test_a_note_follows_the_chain),
        FACT_TEST(test_what_matters_is_counted),
        FACT_TEST(test_words),
        FACT_TEST(test_export_brings_notes_back),
        FACT_TEST(test_bad_notes_are_not_imported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
