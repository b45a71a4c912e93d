/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a plan to a document: what each kind of section shows, and that a section without material
 * leaves neither heading nor number behind. The content is a small one of the test's own.
 */
#include "own_content.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan_facts.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

static const char form_text[] =
    "form: {id: home, version: 1, title: " SAME("Home") ", valid_from: '2026-01-01'}\n"
    "pages:\n"
    "  - title: " SAME("Page") "\n"
    "    items:\n"
    "      - {id: org_name, type: text, required: true, label: " SAME("Name") "}\n"
    "      - {id: org_business_id, type: ytunnus, label: " SAME("Number") "}\n"
    "      - {id: clients, type: integer, required: true, unsure: true, label: "
    SAME("Clients") ", hint: " SAME("Time: {{fact:dur.card}}.") "}\n"
    "      - {id: hidden, type: text, relevant: 'clients > 100', required: true, label: "
    SAME("Hidden") "}\n"
    "      - {id: leader, type: row, of: person, show: person_name, required: true,\n"
    "         label: " SAME("Who leads?") ", report: {section: sheet, label: "
    SAME("Leader") "}}\n"
    "      - {id: begun, type: date, required: true, label: " SAME("Begun") ",\n"
    "         report: {section: sheet}}\n"
    "      - {id: cards, type: integer, unit: " SAME("pcs") ", label: " SAME("Cards") "}\n"
    "      - {id: card_price, type: decimal, unit: " SAME("euros") ", unsure: true, label: "
    SAME("Price of a card") "}\n"
    "      - {id: card_sum, type: decimal, unit: " SAME("euros") ", label: " SAME("Cards in all")
    ", read_only: true, calculate: 'cards * card_price'}\n"
    "      - {id: fee, type: decimal, unit: " SAME("euros") ", label: " SAME("Fee") "}\n"
    "      - {id: later, type: decimal, label: " SAME("Later") "}\n"
    "      - id: person\n"
    "        type: repeat\n"
    "        label: " SAME("People") "\n"
    "        item_label: " SAME("Person") "\n"
    "        items:\n"
    "          - {id: person_name, type: text, required: true, label: " SAME("Full name") "}\n"
    "          - {id: person_title, type: text, label: " SAME("Title") "}\n"
    "          - {id: person_signs, type: yesno, unsure: true, label: " SAME("Signs") "}\n"
    "      - id: hazard\n"
    "        type: repeat\n"
    "        label: " SAME("Hazards") "\n"
    "        item_label: " SAME("Hazard") "\n"
    "        items:\n"
    "          - {id: hazard_what, type: text, label: " SAME("What") "}\n"
    "          - {id: hazard_likely, type: one, label: " SAME("Likely") ", choices: "
    "[{id: rare, label: Rare}, {id: often, label: Often}]}\n"
    "          - {id: hazard_harm, type: one, label: " SAME("Harm") ", choices: "
    "[{id: small, label: Small}, {id: great, label: Great}]}\n";

static const char tasks_text[] =
    "phases:\n  - {id: start, title: " SAME("Start") "}\n"
    "tasks:\n"
    "  - {id: home, kind: form, phase: start, title: " SAME("The home") ", intro: "
    SAME("Intro.") ", depends: [], complete: auto}\n";

static const char rules_text[] =
    "- id: late_joining\n"
    "  front: true\n"
    "  severity: error\n"
    "  task: home\n"
    "  when: \"begun > '2026-06-01'\"\n"
    "  item: begun\n"
    "  message: " SAME("Too late.") "\n"
    "  remedy: " SAME("Hurry.") "\n"
    "  ask: " SAME("The authority") "\n";

static const char facts_text[] =
    "- id: dur.card\n"
    "  subject: " SAME("Delivery of a card") "\n"
    "  text: " SAME("Three weeks.") "\n"
    "  value: {name: " SAME("three weeks") "}\n"
    "  source: S2\n"
    "  source_date: '2026-08-17'\n"
    "  seen_on: '2026-11-01'\n"
    "  valid_from: null\n"
    "  valid_to: null\n"
    "  confidence: H\n"
    "  supersedes: null\n";

static const char document_text[] =
    "id: all\n"
    "title: " SAME("All of it") "\n"
    "formats: [text]\n"
    "confidential: yes\n"
    "sections:\n"
    "  - {title: " SAME("Cover") ", show: title}\n"
    "  - {title: " SAME("Steps") ", show: next}\n"
    "  - {title: " SAME("Nothing yet") ", show: timeline, text: " SAME("Unseen.") "}\n"
    "  - {title: " SAME("Never") ", show: text, relevant: 'clients > 100', text: "
    SAME("Unseen.") "}\n"
    "  - {title: " SAME("Words") ", show: text, text: "
    SAME("Time: {{fact:dur.card}}.\\nOf {{item:org_name}}: {{fact:dur.card}}.") "}\n"
    "  - {title: " SAME("Answers") ", show: answers, of: [home]}\n"
    "  - {title: " SAME("Sheet") ", show: worksheet, of: [sheet]}\n"
    "  - {title: " SAME("Empty group") ", show: matrix}\n"
    "  - {show: status}\n"
    "  - {title: " SAME("Faults") ", show: findings}\n"
    "  - {title: " SAME("Open") ", show: open}\n"
    "  - {title: " SAME("Facts") ", show: facts}\n"
    "  - {title: " SAME("News") ", show: changes}\n"
    "  - {title: " SAME("Names") ", show: signature, of: [person], columns: [person_signs]}\n";

static const char table_document_text[] =
    "id: people\n"
    "title: " SAME("People") "\n"
    "formats: [text]\n"
    "sections:\n"
    "  - {title: " SAME("Table") ", show: table, of: [person], columns: [person_name, "
    "person_title]}\n"
    "  - {title: " SAME("Answers") ", show: answers, of: [home]}\n";

static const char map_document_text[] =
    "id: map\n"
    "title: " SAME("Map") "\n"
    "formats: [text]\n"
    "sections:\n"
    "  - {title: " SAME("Map of hazards") ", show: cross, of: [hazard], columns: [hazard_likely, "
    "hazard_harm]}\n"
    "  - {title: " SAME("No map") ", show: cross, of: [hazard], columns: [hazard_likely, "
    "hazard_what]}\n";

static const char costs_document_text[] =
    "id: costs\n"
    "title: " SAME("Costs") "\n"
    "formats: [text]\n"
    "sections:\n"
    "  - {title: " SAME("Table of costs") ", show: costs, of: [cards, card_price, card_sum, "
    "fee, fee, fee, later, later, later], columns: [card_sum]}\n";

static const char graded_document_text[] =
    "id: graded\n"
    "title: " SAME("Map") "\n"
    "formats: [text]\n"
    "sections:\n"
    "  - {show: cross, of: [hazard], columns: [hazard_likely, hazard_harm], grades: grades}\n";

static const char grades_text[] =
    "id: grades\n"
    "items:\n"
    "  - {id: notable, least: \"2\", label: " SAME("Notable") "}\n"
    "  - {id: bad, least: \"3\", label: " SAME("Bad") "}\n"
    "  - {id: grave, least: \"4\", label: " SAME("Grave") "}\n";

static const struct own_text texts[] = {
    { CONTENT_FORM, form_text },         { CONTENT_TASKS, tasks_text },
    { CONTENT_RULES, rules_text },       { CONTENT_FACTS, facts_text },
    { CONTENT_DOCUMENT, document_text }, { CONTENT_DOCUMENT, table_document_text },
    { CONTENT_DOCUMENT, map_document_text }, { CONTENT_DOCUMENT, costs_document_text },
    { CONTENT_DOCUMENT, graded_document_text }, { CONTENT_LIST, grades_text },
};

struct bench {
    struct own_content content;
    struct mem_store store;
    struct plan *plan;
};

static int bench_open(void **state)
{
    struct bench *bench = xcalloc(1, sizeof *bench);
    own_content_load(&bench->content, texts, countof(texts));
    bench->plan = mem_plan(bench->content.schema, &bench->store, date_make(2026, 11, 22));
    *state = bench;
    return 0;
}

static int bench_close(void **state)
{
    struct bench *bench = *state;
    plan_close(bench->plan);
    mem_store_free(&bench->store);
    own_content_free(&bench->content);
    free(bench);
    return 0;
}

static void answer(struct bench *bench, const char *address, const char *value)
{
    const struct item *item;
    struct check check = CHECK_INIT;
    struct err err = { 0 };
    char row[24];
    bool new_row;
    assert_int_equal(plan_address(bench->plan, address, &item, row, &new_row, &err), 0);
    if (new_row)
        assert_int_equal(plan_row_add(bench->plan, item->repeat, row, &err), 0);
    assert_int_equal(plan_set(bench->plan, item, *row == '\0' ? NULL : row, value, &check, &err),
                     0);
    check_free(&check);
}

/* The document as text; the caller frees it. */
static char *printed(const struct bench *bench, const char *document)
{
    const struct tr english = { .lang = LANG_EN };
    struct buf out = BUF_INIT;
    struct doc *doc = doc_build(bench->plan, schema_document(bench->plan->schema, document),
                                &english);
    out_text(doc, &english, &out);
    doc_free(doc);
    return buf_detach(&out);
}

/* Every text of `holds` stands in the document, none of `lacks` does; both end with NULL. */
static void assert_printed(const struct bench *bench, const char *document,
                           const char *const *holds, const char *const *lacks)
{
    char *text = printed(bench, document);
    for (; holds != NULL && *holds != NULL; holds++)
        if (strstr(text, *holds) == NULL)
            fail_msg("not printed: %s\nin:\n%s", *holds, text);
    for (; lacks != NULL && *lacks != NULL; lacks++)
        if (strstr(text, *lacks) != NULL)
            fail_msg("printed: %s\nin:\n%s", *lacks, text);
    free(text);
}

#define TEXTS(...) (const char *const[]){ __VA_ARGS__, NULL }

static void test_an_empty_plan(void **state)
{
    assert_printed(*state, "all",
                   TEXTS("All of it   ", "Confidential: ", "Provider:     ____",
                         "Not ready: 4 required questions open. The first task to finish: ",
                         "1  Steps\n", "Find out and answer: Name  The home", "2  Words\n",
                         "Time: three weeks.\n", "3  Answers\n", "Name:     ____", "4  Sheet\n",
                         "5  Empty group\n", "The home  not started  0 / 4", "6  Open\n",
                         "7  Facts\n", "8  Names\n"),
                   TEXTS("Unseen", "Nothing yet", "Never", "Faults", "News", "Hidden", "Number",
                         "Of :"));
}

static void test_answers(void **state)
{
    answer(*state, "org_name", "Home {{fact:dur.card}} {{item:clients}}");
    answer(*state, "clients", "?");
    answer(*state, "begun", "yesterday-ish");
    answer(*state, "person[+].name", "Aino Malli");
    assert_printed(*state, "all",
                   TEXTS("Of Home {{fact:dur.card}} {{item:clients}}: three weeks.",
                         "not known\n          (open point: find this out)\n",
                         "yesterday-ish\n          (to be corrected)\n",
                         "\nPerson 1: Aino Malli\n", "Full name:  Aino Malli\n",
                         "[ ] Clients \u2013 not known\n"),
                   TEXTS("Title:"));
}

static void test_worksheet(void **state)
{
    answer(*state, "person[+].name", "Aino Malli");
    answer(*state, "person[1].title", "Manager");
    answer(*state, "leader", "1");
    assert_printed(*state, "all",
                   TEXTS("Leader:   Aino Malli\n          (The home)\n\u2013 Title:  Manager\n",
                         "Begun:    ____", "Still missing\n-------------\n\n\u2013 Begun\n"),
                   TEXTS("Nothing is missing here."));
    answer(*state, "begun", "2026-01-05");
    assert_printed(*state, "all", TEXTS("Begun:    5 January 2026\n", "Nothing is missing here."),
                   TEXTS("Still missing"));
}

static void test_findings(void **state)
{
    answer(*state, "begun", "2026-07-01");
    assert_printed(*state, "all",
                   TEXTS("Not ready: 1 error to correct, 3 required questions open.",
                         "home.\n\nToo late. Hurry.\n", "Faults\n",
                         "Errors\n------\n\n[ ] Too late.\n",
                         "    What to do: Hurry.\n    Ask: The authority\n",
                         "Correct: Begun  The home  The authority\n"),
                   TEXTS("Warnings"));
}

static void test_open_points_stand_under_whom_to_ask(void **state)
{
    assert_printed(*state, "all",
                   TEXTS("Open\n───────\n\nThe home\n--------\n\n"
                         "[ ] Name\n[ ] Clients\n[ ] Leader\n\n"
                         "The authority\n-------------\n\n[ ] Begun\n"),
                   NULL);
}

static void test_facts(void **state)
{
    assert_printed(*state, "all",
                   TEXTS("Delivery of a card:  three weeks\n"
                         "                     (confirmed, 17 August 2026; source: slide set)\n"),
                   NULL);
}

static void check_fact(struct bench *bench, const char *id, const char *value)
{
    struct err err = { 0 };
    if (plan_set_note(bench->plan, schema_fact(bench->content.schema, id), date_make(2026, 11, 20),
                      "Aino Malli", value, &err) != 0)
        fail_msg("%s", err.msg);
}

static void test_a_checked_fact_says_who_and_when(void **state)
{
    struct bench *bench = *state;
    check_fact(bench, "dur.card", "a month");
    assert_printed(bench, "all",
                   TEXTS("Time: a month.", "Delivery of a card:  a month\n",
                         "(checked 20 November 2026 by Aino Malli; The",
                         "three weeks; 17 August 2026; source: slide"),
                   NULL);
    bench->store.printed = (int64_t)bench->store.count;
    check_fact(bench, "dur.card", "two months");
    assert_printed(bench, "all",
                   TEXTS("22 November      Delivery of a     two months (checked 20 November 2026"),
                   NULL);
    check_fact(bench, "dur.card", NULL);
    assert_printed(bench, "all", TEXTS("(no longer checked by the user)"), TEXTS("two months"));
}

static void test_changes_since_the_last_print(void **state)
{
    struct bench *bench = *state;
    answer(bench, "org_name", "Before");
    bench->store.printed = (int64_t)bench->store.count;
    assert_printed(bench, "all", NULL, TEXTS("News"));
    answer(bench, "org_name", "First");
    answer(bench, "org_name", "Second");
    answer(bench, "person[+].name", "Aino Malli");
    answer(bench, "leader", "1");
    answer(bench, "org_name", NULL);
    answer(bench, "clients", "?");
    assert_printed(bench, "all",
                   TEXTS("News\n", "Changes since the print of 20 November 2026\n",
                         "22 November 2026  Aino Malli           (added)\n",
                         "22 November 2026  Person 1, Full name  Aino Malli\n",
                         "22 November 2026  Leader               Aino Malli\n",
                         "22 November 2026  Name                 (cleared)\n",
                         "22 November 2026  Clients              not known\n"),
                   TEXTS("First", "Second", "Before"));
}

static void test_signatures_of_those_who_sign(void **state)
{
    answer(*state, "person[+].name", "Aino Malli");
    answer(*state, "person[1].signs", "1");
    answer(*state, "person[+].name", "Onni Esimerkki");
    assert_printed(*state, "all",
                   TEXTS("\nAino Malli                                Date and place\n"),
                   TEXTS("\nOnni Esimerkki  "));
}

static void test_a_table_is_not_repeated_as_rows(void **state)
{
    assert_printed(*state, "people", TEXTS("1  Answers\n"), TEXTS("Table", "Confidential"));
    answer(*state, "person[+].name", "Aino Malli");
    answer(*state, "person[1].title", "Manager");
    assert_printed(*state, "people",
                   TEXTS("1  Table\n", "Full name   Title\n", "Aino Malli  Manager\n",
                         "2  Answers\n"),
                   TEXTS("Person 1"));
}

/* A column that nobody has filled and nobody has to fill is left out, but never the first. */
static void test_an_unused_column_is_left_out(void **state)
{
    answer(*state, "person[+].signs", "1");
    assert_printed(*state, "people", TEXTS("1  Table\n", "Full name\n"), TEXTS("Title"));
    answer(*state, "person[1].title", "Manager");
    assert_printed(*state, "people", TEXTS("Full name  Title\n", "           Manager\n"), NULL);
}

/* An open question in a row says which row that is. */
static void test_a_row_is_named(void **state)
{
    answer(*state, "person[+].name", "Aino Malli");
    answer(*state, "person[+].signs", "?");
    answer(*state, "person[1].signs", "?");
    assert_printed(*state, "all", TEXTS("Person 1 (Aino Malli), Signs", "Person 2, Signs"), NULL);
}

/* A document without a title page has its title all the same. */
static void test_a_title_for_all(void **state)
{
    assert_printed(*state, "people", TEXTS("\nPeople\n"), NULL);
}

/* What nobody has answered is left out; what has no quantity has a dash, and so has a sum that cannot
 * be counted. */
static void test_costs(void **state)
{
    assert_printed(*state, "costs", NULL, TEXTS("Table of costs"));
    answer(*state, "fee", "1200");
    answer(*state, "cards", "3");
    answer(*state, "card_price", "?");
    assert_printed(*state, "costs",
                   TEXTS("What it costs  Quantity  Price      In all\n",
                         "Cards in all   3 pcs     not known  \u2013\n",
                         "Fee            \u2013         \u2013          1\u00a0200 euros\n"),
                   TEXTS("Later"));
    answer(*state, "card_price", "600");
    assert_printed(*state, "costs",
                   TEXTS("Cards in all   3 pcs     600 euros  1\u00a0800 euros\n",
                         "Cards in all                        1\u00a0800 euros\n"), NULL);
}

/* The worst stands in the upper right corner; a row without both choices is only named. */
static void test_rows_by_two_choices(void **state)
{
    assert_printed(*state, "map", NULL, TEXTS("Map of hazards", "No map"));
    answer(*state, "hazard[+].what", "Fire");
    answer(*state, "hazard[1].likely", "rare");
    answer(*state, "hazard[1].harm", "great");
    answer(*state, "hazard[+].what", "Rain");
    answer(*state, "hazard[2].likely", "often");
    answer(*state, "hazard[2].harm", "small");
    answer(*state, "hazard[+].what", "Snow");
    answer(*state, "hazard[3].likely", "often");
    answer(*state, "hazard[3].harm", "small");
    answer(*state, "hazard[+].what", "Wind");
    answer(*state, "hazard[4].likely", "often");
    assert_printed(*state, "map",
                   TEXTS("1  Map of hazards\n", "Likely / Harm  Small  Great\n",
                         "Often          2, 3\n", "Rare                  1\n",
                         "1. Fire\n", "4. Wind\n"),
                   TEXTS("No map"));
}

/* The grade of a cell is said in it, and it is the darker the graver it is. */
static void test_graded_rows_by_two_choices(void **state)
{
    const struct tr english = { .lang = LANG_EN };
    struct bench *bench = *state;
    static const int shades[] = { 0, 0, 0, 0, 1, 3, 0, 0, 1 };
    answer(bench, "hazard[+].what", "Fire");
    answer(bench, "hazard[1].likely", "rare");
    answer(bench, "hazard[1].harm", "great");
    assert_printed(bench, "graded",
                   TEXTS("Often          Notable (2)  Grave (4)\n",
                         "Rare           (1)          Notable (2)\n",
                         "                            no. 1\n"), NULL);
    struct doc *doc = doc_build(bench->plan, schema_document(bench->plan->schema, "graded"), &english);
    const struct block *map = doc->blocks;
    while (map->kind != BLOCK_MATRIX)
        map++;
    for (size_t i = 0; i < countof(shades); i++)
        assert_int_equal(doc_shade(map, i), shades[i]);
    doc_free(doc);
}

static void test_a_plan_that_is_ready(void **state)
{
    answer(*state, "org_name", "Home");
    answer(*state, "clients", "7");
    answer(*state, "begun", "2026-01-05");
    answer(*state, "person[+].name", "Aino Malli");
    answer(*state, "leader", "1");
    assert_printed(*state, "all",
                   TEXTS("Ready: all tasks are done and there are no errors.", "\u00b7 Home  ",
                         "1  Words\n", "The home  done   5 / 5"),
                   TEXTS("Not ready", "Steps", "Open\n"));
}

#define PLAN_TEST(test) cmocka_unit_test_setup_teardown(test, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAN_TEST(test_an_empty_plan),
        PLAN_TEST(test_graded_rows_by_two_choices),
        PLAN_TEST(test_answers),
        PLAN_TEST(test_worksheet),
        PLAN_TEST(test_findings),
        PLAN_TEST(test_open_points_stand_under_whom_to_ask),
        PLAN_TEST(test_facts),
        PLAN_TEST(test_a_checked_fact_says_who_and_when),
        PLAN_TEST(test_changes_since_the_last_print),
        PLAN_TEST(test_signatures_of_those_who_sign),
        PLAN_TEST(test_a_table_is_not_repeated_as_rows),
        PLAN_TEST(test_an_unused_column_is_left_out),
        PLAN_TEST(test_a_row_is_named),
        PLAN_TEST(test_costs),
        PLAN_TEST(test_a_title_for_all),
        PLAN_TEST(test_rows_by_two_choices),
        PLAN_TEST(test_a_plan_that_is_ready),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
