/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Line mode as a conversation: what is typed is a text, what is said is compared.
 *
 * The form in tests/data/line has one question of every type. A plan is opened over a store in
 * memory, so that what is stored can be looked at after the conversation has ended.
 */
#include "core_help.h"
#include "own_content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/plan.h"
#include "core/print_job.h"
#include "io/csv_table.h"
#include "line/line.h"

/* ---- a schema, a plan, a conversation ---- */

static const struct {
    const char *name;
    enum content_kind kind;
} files[] = {
    { "tasks.yaml", CONTENT_TASKS },
    { "all.yaml", CONTENT_FORM },
    { "later.yaml", CONTENT_FORM },
    { "document.yaml", CONTENT_DOCUMENT },
    { "facts.yaml", CONTENT_FACTS },
    { "people.yaml", CONTENT_IMPORT },
};

struct fixture {
    struct own_content content;
    struct mem_store store;
    char *said;               /* the output of the last conversation */
    struct buf printed;       /* ids of the documents that were printed */
    char *kept[16];           /* answers that were looked at */
    size_t kept_count;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    struct err err = { 0 };

    fixture->printed = (struct buf)BUF_INIT;
    fixture->content.schema = schema_new();
    for (size_t i = 0; i < countof(files); i++) {
        struct buf path = BUF_INIT;
        help_data(&path, "line/");
        buf_add(&path, files[i].name);
        own_content_add(&fixture->content, files[i].kind,
                        tree_read(&fixture->content.trees[i], path.text, files[i].name, &err),
                        &err);
        buf_free(&path);
    }
    own_content_finish(&fixture->content);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    mem_store_free(&fixture->store);
    own_content_free(&fixture->content);
    for (size_t i = 0; i < fixture->kept_count; i++)
        free(fixture->kept[i]);
    free(fixture->said);
    buf_free(&fixture->printed);
    free(fixture);
    return 0;
}

static int print_nothing(void *data, struct plan *plan, const struct print_job *job,
                         struct buf *path, struct err *err)
{
    struct fixture *fixture = data;

    (void)plan;
    if (strcmp(lang_code(job->tr->lang), "sv") == 0)
        return err_set(err, ERR_OUTPUT, "the folder is read-only");
    buf_addf(&fixture->printed, "%s ", job->document->id);
    buf_add(path, "sheet.txt");
    return 0;
}

static int copy_nothing(void *data, struct plan *plan, const char *place, struct buf *path,
                        struct err *err)
{
    (void)data, (void)plan;
    if (strcmp(place, "/taken") == 0)
        return err_set(err, ERR_OUTPUT, "/taken: the file exists already");
    buf_addf(path, "%s/plan.polku", place);
    return 0;
}

static int read_table(void *data, const char *place, struct table *out, struct err *err)
{
    static const char bytes[] = "Age;Name;Shoe\n40;Aino;37\nold;Bo;\n;;38\n";
    static const char codes[] = "Name\n131052-308T\n";
    bool bad = strcmp(place, "/codes.csv") == 0;

    (void)data;
    return csv_table_parse(out, bad ? codes : bytes, bad ? sizeof codes - 1 : sizeof bytes - 1,
                           place, 9, err);
}

static struct plan *open_plan(struct fixture *fixture)
{
    return mem_plan(fixture->content.schema, &fixture->store, help_today());
}

/* Types `bytes` and keeps what was said; the plan is closed afterwards. */
static void talk_bytes(struct fixture *fixture, const char *bytes, size_t length, bool utf8)
{
    struct face_hooks hooks = { .data = fixture, .tr = help_tr, .print = print_nothing,
                                .copy = copy_nothing, .read_table = read_table };
    struct plan *plan = open_plan(fixture);
    struct err err = { 0 };
    size_t room = 0;
    FILE *in = length ? fmemopen((char *)bytes, length, "r") : fopen("/dev/null", "r");
    FILE *out;

    free(fixture->said);
    fixture->said = NULL;
    out = open_memstream(&fixture->said, &room);
    assert_int_equal(line_run(plan, in, out, &hooks, LANG_EN, utf8, &err), 0);
    fclose(in);
    fclose(out);
    plan_close(plan);
}

static void talk(struct fixture *fixture, const char *typed)
{
    talk_bytes(fixture, typed, strlen(typed), true);
}

/* The answer, as stored, in the row at a position from 0; kept until the test ends. */
static const char *answer_in(struct fixture *fixture, const char *id, size_t position)
{
    struct plan *plan = open_plan(fixture);
    const struct item *item = schema_item(fixture->content.schema, id);
    const struct row *row = item->repeat ? answers_row_at(plan->answers, item->repeat, position)
                                         : NULL;
    const char *value = answers_value(plan->answers, item, row ? row->key : NULL);

    if (value)
        value = fixture->kept[fixture->kept_count++] = xstrdup(value);
    plan_close(plan);
    return value;
}

static const char *answer(struct fixture *fixture, const char *id)
{
    return answer_in(fixture, id, 0);
}

static void assert_said(const struct fixture *fixture, const char *what)
{
    if (!strstr(fixture->said, what))
        fail_msg("not said: \"%s\" in:\n%s", what, fixture->said);
}

static void assert_not_said(const struct fixture *fixture, const char *what)
{
    if (strstr(fixture->said, what))
        fail_msg("said: \"%s\" in:\n%s", what, fixture->said);
}

static int times_said(const struct fixture *fixture, const char *what)
{
    int count = 0;

    for (const char *at = fixture->said; (at = strstr(at, what)) != NULL; at += strlen(what))
        count++;
    return count;
}

/* Answers to the form, one a question; "\n" alone passes the note. */
#define ALL_TYPED \
    "1\nsome text\n\nfirst line\nsecond line\n.\n/tmp/a file.txt\n1234567-1\n" \
    "1.2.246.10.1234567.10.1\n040 1234567\naino@example.org\n00100\nOmnikey 3121\n12\n" \
    "2,5\n1.9.2027\n1\nblue\n1 3\n+\nAino Malli\n44\n\n1\n2.9.2027\n\n"

/* ---- tests ---- */

static void test_every_type(void **state)
{
    static const char *const expected[][2] = {
        { "a_text", "some text" },       { "a_long", "first line\nsecond line" },
        { "a_file", "/tmp/a file.txt" }, { "a_business", "1234567-1" },
        { "a_oid", "1.2.246.10.1234567.10.1" },
        { "a_email", "aino@example.org" }, { "a_postcode", "00100" },
        { "a_reader", "Omnikey 3121" },  { "a_integer", "12" },
        { "a_decimal", "2.5" },          { "a_date", "2027-09-01" },
        { "a_yesno", "1" },              { "a_one", "blue" },
        { "a_many", "north west" },      { "a_person_name", "Aino Malli" },
        { "a_person_age", "44" },        { "a_row", "1" },
        { "a_late", "2027-09-02" },      { "a_default", "7" },
    };
    struct fixture *fixture = *state;
    struct plan *plan;

    talk(fixture, ALL_TYPED "\nyes\nq\n");
    plan = open_plan(fixture);
    for (size_t i = 0; i < countof(expected); i++) {
        const struct item *item = schema_item(fixture->content.schema, expected[i][0]);
        const char *value = answers_value(plan->answers, item, item->repeat ? "1" : NULL);
        if (!value || strcmp(value, expected[i][1]) != 0)
            fail_msg("%s is \"%s\", not \"%s\"\n%s", expected[i][0], value ? value : "",
                     expected[i][1], fixture->said);
    }
    assert_non_null(answers_value(plan->answers, help_item(plan->schema, "a_phone"), NULL));
    assert_true(answers_task_done(plan->answers, "all"));
    plan_close(plan);
    assert_said(fixture, "Saved: 1 September 2027, Wednesday.");
    assert_said(fixture, "Saved: north, west.");
    assert_said(fixture, "    Computed: Sum: 13");
    assert_said(fixture, "Suggestion: 7. Enter takes it, ! leaves it.");
}

static void test_no_type_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    bool seen[ITEM_TYPE_COUNT] = { [ITEM_HEADING] = true };

    for (size_t i = 0; i < fixture->content.schema->item_count; i++)
        seen[fixture->content.schema->items[i]->type] = true;
    for (size_t i = 0; i < ITEM_TYPE_COUNT; i++)
        if (!seen[i])
            fail_msg("the form has no item of type %s", item_type_name((enum item_type)i));
}

/* Opens a task with nothing but Enter: the questions told are the engine's steps, in its order
 * and no others. */
static void assert_steps(struct fixture *fixture, const char *task, const char *form)
{
    struct plan *plan = open_plan(fixture);
    const struct form *wanted = schema_form(fixture->content.schema, form);
    struct buf typed = BUF_INIT, heading = BUF_INIT;
    struct places steps = { 0 };
    const char *at;

    engine_steps(plan->engine, wanted, NULL, NULL, false, &steps);
    buf_addf(&typed, "%s\n", task);
    buf_add_repeat(&typed, "\n", (int)steps.count);
    talk(fixture, typed.text);
    at = fixture->said;
    for (size_t i = 0; i < steps.count; i++) {
        struct buf told = BUF_INIT;
        buf_addf(&told, ". %s\n", steps.at[i].item->label.in[LANG_EN]);
        at = strstr(at, told.text);
        if (!at)
            fail_msg("not told in order: %s\n%s", told.text, fixture->said);
        at += told.length;
        buf_free(&told);
    }
    assert_non_null(strstr(at, "\nCheck your answers.\n"));
    buf_addf(&heading, "\n%s, ", wanted->title.in[LANG_EN]);
    assert_int_equal(times_said(fixture, heading.text), steps.count);
    places_free(&steps);
    buf_free(&typed);
    buf_free(&heading);
    plan_close(plan);
}

static void test_questions_are_the_engines_steps(void **state)
{
    struct fixture *fixture = *state;

    assert_steps(fixture, "1", "all");
    assert_not_said(fixture, "Why not?");
    mem_store_free(&fixture->store);
    assert_steps(fixture, "2", "later");
}

/* The same holds when answers have changed what is asked. */
static void test_questions_follow_the_engine(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "1\nx\n.\n/is it\n1\nno\n\nu\nu\n/is it\n1\nno\n\n");
    assert_steps(fixture, "1", "all");
    assert_said(fixture, "Why not?");
}

static void test_relevance_follows_answers(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/is it\n1\nno\n\n/why not\n1\nbecause\n.\nq\n");
    assert_said(fixture, "All kinds, question 14/20. Why not?");
    assert_string_equal(answer(fixture, "a_hidden"), "because");
}

static void test_hidden_question_is_explained(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/why not\n1\n\nq\n");
    assert_said(fixture, "Why not? (not asked now)");
    assert_said(fixture, "This is not asked, because of your other answers:");
    assert_null(answer(fixture, "a_hidden"));
}

static void test_number_of_question_and_status(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "1\n=\nabc\n=\n.\n\nq\n");
    assert_said(fixture, "\nPage one\nBecause we test.\nAll kinds, question 1/19. Text?\nA hint.\n"
                         "Now: not answered. Text, x I do not know, ? help, < back, = status: ");
    assert_said(fixture, "This task: not started, 0 of 2 required questions answered.\n"
                         "Tasks done: 0 of 2.\n");
    assert_said(fixture, "All kinds, please note. Mind this\nEnter goes on, ? help");
    assert_said(fixture, "Last saved at 14.32.");
    assert_said(fixture, "  2 Later: cannot start yet, waits for: All kinds.\n");
}

/* The user's own answers are searched too, in rows each by itself; what was found by its question
 * is told once. */
static void test_search_in_answers(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, ALL_TYPED "\nyes\n/malli\n\n/00100\n\n/zebra\n/name?\n1\n\nq\n");
    assert_said(fixture, "Person 1, ");
    assert_said(fixture, ": Aino Malli\n");
    assert_said(fixture, ": 00100\n");
    assert_said(fixture, "Nothing was found.");
}

/* The next step comes first; all tasks are told on request, and none of them twice. */
static void test_next_step_comes_first(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "q\n");
    assert_said(fixture, "Next:\n  1 All kinds: not started.\nNumber opens a task, Enter tells ");
    assert_not_said(fixture, "Later:");
    talk(fixture, "1\nabc\n.\nq\n");
    assert_said(fixture, "Next:\n  1 All kinds: in progress, answered 1 of 2.\n");
    assert_not_said(fixture, "Later:");
    talk(fixture, "\nq\n");
    assert_said(fixture, "  2 Later: cannot start yet, waits for: All kinds.\n");
    assert_int_equal(times_said(fixture, "Later:"), 1);
    talk(fixture, ALL_TYPED "\nyes\nq\n");
    assert_not_said(fixture, "Next:\n  1 All kinds: done");
}

static void test_back_is_never_validated(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/business\n1\nwrong\n<\n\nq\n");
    assert_said(fixture, "This has to be corrected: ");
    assert_string_equal(answer(fixture, "a_business"), "wrong");
    talk(fixture, "1\n\n\n\n\nworse\n<\n<\n<\n<\n<\nq\n");
    assert_int_equal(times_said(fixture, ". Text?"), 2);
    assert_int_equal(times_said(fixture, ". Business?"), 2);
    assert_string_equal(answer(fixture, "a_business"), "worse");
    assert_said(fixture, "Everything is saved.\n");
}

static void test_repaired_letters_are_said(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/business\n1\n9999999\u20132\nq\n");
    assert_said(fixture, "Saved: 9999999-2.\nCorrected: dash (U+2013), character 8.\n");
    talk(fixture, "/business\n1\n!\n99999992\nq\n");
    assert_said(fixture, "Saved: 9999999-2.\n");
    assert_not_said(fixture, "orrected");
}

static void test_wrong_answer_is_asked_again_and_passed(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/how many\n1\n99\n\n\nq\n");
    assert_int_equal(times_said(fixture, "All kinds, question 10/19. How many?"), 2);
    assert_said(fixture, "Saved: 99 pcs.\nThis has to be corrected: The number is too large. "
                         "The most is 50.\n");
    assert_string_equal(answer(fixture, "a_integer"), "99");
    talk(fixture, "e\n1\n5\nq\n");
    assert_said(fixture, "There is 1 thing to look at.\n"
                         "  1 error: All kinds. How many? The number");
    assert_said(fixture, "There are no problems.");
    assert_string_equal(answer(fixture, "a_integer"), "5");
}

static void test_constraint_is_told(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/when?\n1\n1.9.2027\n\n/the other\n1\n1.9.2027\n2.9.2027\n\nq\n");
    assert_said(fixture, "This has to be corrected: Too early.\n");
    assert_string_equal(answer(fixture, "a_late"), "2027-09-02");
}

static void test_refused_code_is_not_stored(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "1\n131052-308T\nfine\n\nhello\n131052-308T\n.\n\nq\ny\n");
    assert_int_equal(times_said(fixture, "This looks like a personal identity code."), 2);
    assert_string_equal(answer(fixture, "a_text"), "fine");
    assert_null(answer(fixture, "a_long"));
    for (size_t i = 0; i < fixture->store.count; i++)
        assert_true(!fixture->store.entries[i].value ||
                    !strstr(fixture->store.entries[i].value, "131052"));
    for (size_t i = 0; i < fixture->store.draft_count; i++)
        assert_null(fixture->store.drafts[i].value);
}

static void test_commands_can_be_answers(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/file?\n1\n\\?\n1\n\\\\<\n\nq\n");
    assert_said(fixture, "Saved: ?.");
    assert_string_equal(answer(fixture, "a_file"), "\\<");
    talk(fixture, "/which?\n1\n\\2\nblue\n\nq\n");
    assert_said(fixture, "\"2\" is not among the choices.");
    assert_string_equal(answer(fixture, "a_one"), "blue");
}

static void test_unsure_and_clear(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/text?\n1\nx\n1\n!\n\n\n/how many\n1\nx\n\n\nq\n");
    assert_said(fixture, "Saved: I do not know.");
    assert_said(fixture, "Saved: no answer.");
    assert_said(fixture, "\"I do not know\" cannot be said to this question.");
    assert_null(answer(fixture, "a_text"));
    talk(fixture, "/proposal\n1\n!\n\n\nq\n");
    assert_null(answer(fixture, "a_default"));
}

static void test_many_and_wrong_choices(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/these\n1\n1 9\n2, west\n\nq\n");
    assert_said(fixture, "  1 north\n  2 south\n  3 west\n");
    assert_said(fixture, "\"9\" is not among the choices. Give numbers from 1 to 3");
    assert_string_equal(answer(fixture, "a_many"), "south west");
    talk(fixture, "/these\n1\nSOUTH\n\nq\n");
    assert_string_equal(answer(fixture, "a_many"), "south");
    talk(fixture, "/these\n1\nw\nWes\n\nq\n");
    assert_said(fixture, "\"w\" is not among the choices.");
    assert_string_equal(answer(fixture, "a_many"), "west");
}

static void test_rows(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/who?\n1\n+\nAino\n\n+\nOnni\n33\n+\nEki\n1\n+\n< 1\n> 1\n- 3\nno\n-3\nyes\n"
                  "7\n2\nAina\n\n\n\nq\n");
    assert_said(fixture, "At least 1 row is needed.");
    assert_said(fixture, "Added: Person 2.");
    assert_said(fixture, "All kinds, Person 2, question 1/2. Name?");
    assert_said(fixture, "No more rows fit: at most 3.");
    assert_said(fixture, "Aino cannot be moved further.");
    assert_said(fixture, "Moved: Aino is now number 2.");
    assert_said(fixture, "Nothing was removed.");
    assert_said(fixture, "Removed: Eki.");
    assert_said(fixture, "That is no row and no command.");
    assert_string_equal(answer_in(fixture, "a_person_name", 0), "Onni");
    assert_string_equal(answer_in(fixture, "a_person_name", 1), "Aina");
    assert_string_equal(answer_in(fixture, "a_person_age", 0), "33");
}

static void test_removing_a_row_that_is_pointed_to(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/who?\n1\n+\nAino\n\n\n\n/of them\n1\nAINO\n\n/who?\n1\n- 1\nyes\n\n\ne\n\nq\n");
    assert_said(fixture, "1 answer points to this row.\nRemove \"Aino\"? Yes or no: ");
    assert_said(fixture, "Who of them? The answer points to a row that was removed.");
}

static void test_check_page_leads_to_questions_and_back(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, ALL_TYPED "1\nother text\n99\n\nno\nq\n");
    assert_said(fixture, "  1 Text?: some text\n  2 Long?: first line");
    assert_said(fixture, "  1 Text?: other text\n");
    assert_said(fixture, "Give a number from 1 to 21.");
    assert_string_equal(answer(fixture, "a_text"), "other text");
    assert_said(fixture, "Is this task done? Yes or no: ");
}

static void test_undo_and_redo(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "u\n1\none\n<\ntwo\n.\nu\nr\nu\nq\n");
    assert_said(fixture, "There is nothing to take back.");
    assert_said(fixture, "Taken back: Text?. Now: one.");
    assert_said(fixture, "Made again: Text?. Now: two.");
    assert_string_equal(answer(fixture, "a_text"), "one");
}

static void test_language(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "k\n1\n1\n?\n.\nq\n");
    assert_said(fixture, "Kaikki lajit, question 1/19. Teksti?\nVihje.\n");
    assert_said(fixture, "svenska: Text? Tips.\n");
    assert_string_equal(mem_setting(&fixture->store, "lang"), "fi");
}

/* "Mind this" is asked before "Is it?", but has it inside a word only. */
static void test_search_begins_with_words(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/is\n\nq\n");
    assert_said(fixture, "  1 All kinds: Is it?\n");
    assert_said(fixture, "Inside a word:\n  ");
    assert_true(strstr(fixture->said, "All kinds: Mind this") >
                strstr(fixture->said, "Inside a word:"));
}

static void test_today_print_and_unknown(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "t\n1\nhello\n\nzz\np\n1\n1\n\np\n\nk\n2\np\n1\n1\n\nq\n");
    assert_said(fixture, "What can be done today:\n  1 All kinds: Text?\n");
    assert_said(fixture, "\"zz\" is no task and no command.");
    assert_said(fixture, "  1 Sheet\n");
    assert_said(fixture, "Written into the file sheet.txt");
    assert_said(fixture, "Not printed: the folder is read-only");
    assert_string_equal(fixture->printed.text, "sheet ");
    assert_string_equal(answer(fixture, "a_text"), "hello");
}

static void test_quitting_asks_outside_the_list(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "1\nq\nno\nhello\nq\nyes\n1\n");
    assert_int_equal(times_said(fixture, "Every answer is saved. Quit? Yes or no: "), 2);
    assert_string_equal(answer(fixture, "a_text"), "hello");
    assert_int_equal(times_said(fixture, "Number opens a task"), 1);
}

/* The input may end after any byte: the conversation ends, and whole answers stay. */
static void test_end_anywhere_keeps_answers(void **state)
{
    static const char typed[] = ALL_TYPED "\nyes\nq\n";
    struct fixture *fixture = *state;
    size_t stored = 0;

    for (size_t length = 0; length < sizeof typed; length++) {
        mem_store_free(&fixture->store);
        talk_bytes(fixture, typed, length, true);
        assert_said(fixture, "Everything is saved.\n");
        if (length && typed[length - 1] == '\n')
            assert_true(fixture->store.count >= stored);
        if (length && typed[length - 1] == '\n')
            stored = fixture->store.count;
        assert_int_equal(fixture->store.closed, 1);
    }
    assert_true(stored > 20);
}

static void test_draft_of_a_long_text(void **state)
{
    struct fixture *fixture = *state;

    mem_set_draft(&fixture->store, "a_long", "", "begun", NULL);
    talk(fixture, "\nq\n");
    assert_said(fixture, "This answer was not finished (14.32):\n"
                         "Long?\nbegun\n");
    assert_null(answer(fixture, "a_long"));
    talk(fixture, "1\nq\n");
    assert_string_equal(answer(fixture, "a_long"), "begun");
    talk(fixture, "q\n");
    assert_not_said(fixture, "not finished");
    talk(fixture, "/long\n1\nnew\nlines\n");
    assert_said(fixture, "The present text:\nbegun\n");
    assert_string_equal(answer(fixture, "a_long"), "new\nlines");
}

/* A proposal is no answer until Enter takes it, and ! leaves it. */
static void test_proposal(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/model\n1\n!\n\n\nq\n");
    assert_said(fixture, "Proposal, which is no answer before you take it:\n"
                         "Done [How many] times.\nWhat is in brackets has no answer yet.\n"
                         "Enter takes it, ! leaves it.\n");
    assert_null(answer(fixture, "l_model"));
    talk(fixture, "/model\n1\n<\n\nq\n");
    assert_null(answer(fixture, "l_model"));
    talk(fixture, "/many?\n1\n4\n\nq\n");
    talk(fixture, "/model\n1\n\n\nq\n");
    assert_string_equal(answer(fixture, "l_model"), "Done 4 times.");
    talk(fixture, "/model\n1\n\n\nq\n");
    assert_not_said(fixture, "Proposal");
}

static void test_ready_made_rows(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/hazards?\n1\n+ 2\n+ 2\n+ 1\n\n\nq\n");
    assert_said(fixture, "Ready-made rows; + and the number adds one:\n  + 1 Fire\n  + 2 Rain\n");
    assert_said(fixture, "Added: Rain.");
    assert_said(fixture, "That is no row and no command.");
    assert_string_equal(answer_in(fixture, "l_hazard_what", 0), "Rain");
    assert_string_equal(answer_in(fixture, "l_hazard_what", 1), "Fire");
}

static void test_map_of_rows(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "/hazards?\n1\n+ 1\n1\n\n2\n1\n+ 1\n2\n\n2\n2\n\n\nq\n");
    assert_said(fixture, "↑ Likely?  → Harm?  (numbers of rows)\n"
                         "       Small  Great\nOften  1      2\nRare   –      –\n");
}

/* An answer that fills the prompt is told on a line of its own. */
static void test_long_answer_is_not_in_the_prompt(void **state)
{
    struct fixture *fixture = *state;
    struct buf typed = BUF_INIT, said = BUF_INIT;

    buf_add(&typed, "/file?\n1\n");
    buf_add_repeat(&typed, "0123456789", 7);
    buf_add(&typed, "\n1\n\n\nq\n");
    talk(fixture, typed.text);
    buf_add(&said, "The present text:\n");
    buf_add_repeat(&said, "0123456789", 7);
    buf_add(&said, "\nNow: the text above. Path of the file, ");
    assert_said(fixture, said.text);
    buf_free(&typed);
    buf_free(&said);
}

static void test_nothing_can_be_written(void **state)
{
    struct fixture *fixture = *state;

    fixture->store.reason = "opened by aino";
    talk(fixture, "1\nhello\n\n.\nu\nq\n");
    assert_said(fixture, "For reading only: opened by aino");
    assert_said(fixture, "Not saved: opened by aino");
    assert_said(fixture, "Nothing was changed.\n");
    assert_int_equal(fixture->store.count, 0);
    fixture->store.reason = NULL;
    fixture->store.refuse = true;
    talk(fixture, "1\nhello\n.\nq\n");
    assert_said(fixture, "Not saved: the disk is full");
    assert_int_equal(times_said(fixture, ". Text?"), 2);
    assert_said(fixture, "These answers could not be saved: Text?.\n");
}

/* Which answers are not saved is said when the user leaves, until they are. */
static void test_leaving_tells_what_is_not_saved(void **state)
{
    struct fixture *fixture = *state;

    fixture->store.refuse_next = 1;
    talk(fixture, "1\nhello\nq\nno\nhello\nq\nyes\n");
    assert_said(fixture, "These answers could not be saved: Text?. Quit? Yes or no: ");
    assert_said(fixture, "Every answer is saved. Quit? Yes or no: ");
    assert_said(fixture, "Everything is saved.\n");
    assert_string_equal(answer(fixture, "a_text"), "hello");
}

static void test_copy_elsewhere(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "v\n/stick\nv\n/taken\nv\n\nq\n");
    assert_said(fixture, "The copy has been made and checked: /stick/plan.polku\n");
    assert_said(fixture, "Not copied: /taken: the file exists already\n");
    assert_int_equal(times_said(fixture, "has been made"), 1);
}

static void test_people_from_a_file(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "i\n/staff.csv\nno\ni\n/codes.csv\ni\n\nq\n");
    assert_said(fixture, "These columns are not used: Shoe.\n");
    assert_said(fixture, "Left out: 1\n  Line 4\n    ! Name? Nothing is written here.\n");
    assert_said(fixture, "New: 2\n  Aino (line 2)\n    Age? 40\n  Bo (line 3)\n"
                         "    ! Age? Write a whole number, for example 12. Not taken.\n");
    assert_said(fixture, "New: 2. Left out: 1. Bring in? Yes or no: Nothing was changed.\n");
    assert_said(fixture, "Not brought in: /codes.csv:2:1: this looks like a personal identity");
    assert_null(answer(fixture, "a_person_name"));
    talk(fixture, "i\n/staff.csv\nyes\ni\n/staff.csv\nu\nu\nr\nq\n");
    assert_said(fixture, "The people have been brought in.\n");
    assert_said(fixture, "The file changes nothing.\n");
    assert_said(fixture, "There is nothing to take back.\n");
    assert_string_equal(answer_in(fixture, "a_person_name", 1), "Bo");
    assert_string_equal(answer(fixture, "a_person_age"), "40");
    fixture->store.reason = "opened elsewhere";
    talk(fixture, "i\nq\n");
    assert_said(fixture, "opened elsewhere\n");
}

static void test_facts_are_checked_and_noted(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "d\n1\n1\nlong\n5-6\n\nAino Malli\n\n/what then\n1\n.\nd\nd\n\nq\n");
    assert_said(fixture, "1 fact to check for the open tasks: d tells it.\n");
    assert_said(fixture, "To be checked for the open tasks:\n"
                         "  1 Delivery of the card: 2–3 weeks\n");
    assert_said(fixture, "! This is not certain. Check it yourself.\nWhere to check: the point\n");
    assert_said(fixture, "Unit: weeks\n");
    assert_said(fixture, "What did you find? Write a number, for example 12,5.\n");
    assert_said(fixture, "Checked on (Enter: 22.11.2026): Checked by: Saved: 5–6 weeks, checked "
                         "22 November 2026 by Aino Malli.\n");
    assert_said(fixture, "Time: 5–6 weeks.\n");
    assert_said(fixture, "Checked by you:\n  1 Delivery of the card: 5–6 weeks, checked");
    assert_said(fixture, "Other facts:\n  2 The law on cards: 1/2020\n");
    assert_int_equal(times_said(fixture, "fact to check for the open tasks"), 1);
    talk(fixture, "d\n1\n1\n\nd\n1\n2\n\nu\nq\n");
    assert_said(fixture, "Nothing was noted.\n");
    assert_said(fixture, "Saved: the value of the program's data is used.\n");
    assert_said(fixture, "Taken back: Delivery of the card.");
    talk(fixture, "d\n1\n1\n7\n\n\n\nq\n");
    assert_said(fixture, "Checked by (Enter: Aino Malli): Saved: 7 weeks, ");
}

static void test_plain_ascii(void **state)
{
    struct fixture *fixture = *state;
    static const char typed[] = "k\n1\n\nq\n";

    talk_bytes(fixture, typed, strlen(typed), false);
    assert_said(fixture, "2 Myohemmin: ");
    for (const char *at = fixture->said; *at; at++)
        assert_true((*at & 0x80) == 0);
}

/* Nothing but text and newlines: no cursor movement, no bell, no carriage return. */
static void test_output_is_only_text(void **state)
{
    struct fixture *fixture = *state;

    talk(fixture, "?\nc\n\ne\n\n1\nab\033[2Jc\n?\n=\n.\nt\n\nq\n");
    for (const char *at = fixture->said; *at; at++)
        assert_true((unsigned char)*at >= ' ' || *at == '\n');
    assert_said(fixture, "Saved: ab\u00b7[2Jc.");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_every_type),
        TEST(test_no_type_is_forgotten),
        TEST(test_questions_are_the_engines_steps),
        TEST(test_questions_follow_the_engine),
        TEST(test_relevance_follows_answers),
        TEST(test_hidden_question_is_explained),
        TEST(test_number_of_question_and_status),
        TEST(test_search_in_answers),
        TEST(test_next_step_comes_first),
        TEST(test_back_is_never_validated),
        TEST(test_repaired_letters_are_said),
        TEST(test_wrong_answer_is_asked_again_and_passed),
        TEST(test_constraint_is_told),
        TEST(test_refused_code_is_not_stored),
        TEST(test_commands_can_be_answers),
        TEST(test_unsure_and_clear),
        TEST(test_many_and_wrong_choices),
        TEST(test_rows),
        TEST(test_removing_a_row_that_is_pointed_to),
        TEST(test_check_page_leads_to_questions_and_back),
        TEST(test_undo_and_redo),
        TEST(test_language),
        TEST(test_search_begins_with_words),
        TEST(test_today_print_and_unknown),
        TEST(test_quitting_asks_outside_the_list),
        TEST(test_end_anywhere_keeps_answers),
        TEST(test_draft_of_a_long_text),
        TEST(test_proposal),
        TEST(test_ready_made_rows),
        TEST(test_map_of_rows),
        TEST(test_long_answer_is_not_in_the_prompt),
        TEST(test_nothing_can_be_written),
        TEST(test_leaving_tells_what_is_not_saved),
        TEST(test_copy_elsewhere),
        TEST(test_people_from_a_file),
        TEST(test_facts_are_checked_and_noted),
        TEST(test_plain_ascii),
        TEST(test_output_is_only_text),
#undef TEST
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
