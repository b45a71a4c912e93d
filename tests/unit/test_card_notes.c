/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Noting cards: whose card it is, what is written, results out of files, the test in line mode.
 *
 * The plan has people, cards and workstations; results come from text as `reader --json` writes it,
 * or from the streams of tests/data/cards/streams.
 */
#include "core_help.h"

#include "card_stream.h"
#include "core/card_data.h"
#include "core/card_names.h"
#include "core/card_session.h"
#include "io/card_json.h"
#include "io/csv_table.h"
#include "line/line.h"
#include "base/utf8.h"
#include "mem_plan.h"

/* Later than the day on which any fact of the content was looked at: else the clock
 * would be wrong. */
static int the_day(void)
{
    return date_make(2027, 6, 1);
}

struct world {
    struct mem_store store;
    struct plan *plan;
    char *said;
};

static void set(struct world *w, const char *address, const char *value)
{
    const struct item *item = NULL;
    struct err err = { 0 };
    char row[24] = "";
    bool new_row = false;

    if (plan_address(w->plan, address, &item, row, &new_row, &err)
        || (new_row && plan_row_add(w->plan, item->repeat, row, &err))
        || plan_set(w->plan, item, row[0] ? row : NULL, value, NULL, &err))
        fail_msg("%s: %s", address, err.msg);
}

/* "" when there is no answer. */
static const char *get(const struct world *w, const char *address)
{
    const struct item *item = NULL;
    struct err err = { 0 };
    char row[24] = "";
    const char *value;

    if (plan_address(w->plan, address, &item, row, NULL, &err))
        fail_msg("%s: %s", address, err.msg);
    value = answers_value(w->plan->answers, item, row[0] ? row : NULL);
    return value ? value : "";
}

static size_t rows(const struct world *w, const char *repeat)
{
    return answers_row_count(w->plan->answers, help_item(help_real()->schema, repeat));
}

static int open_world(void **state)
{
    static const char *const answers[][2] = {
        { "org_name", "Perhekoti Esimerkki Oy" }, { "org_system", "1" },
        { "person[+].name", "Aino Malli" }, { "person[1].person_handles", "1" },
        { "person[+].name", "Anna-Liisa Näyte" }, { "person[+].name", "Onni Esimerkki" },
        { "person[+].name", "Onni ESIMERKKI" }, { "person[+].name", "Helmi" },
        { "workstation[+].ws_name", "Toimisto" },
    };
    struct world *w = xcalloc(1, sizeof *w);

    w->plan = mem_plan(help_real()->schema, &w->store, the_day());
    for (size_t i = 0; i < countof(answers); i++)
        set(w, answers[i][0], answers[i][1]);
    *state = w;
    return 0;
}

static int close_world(void **state)
{
    struct world *w = *state;

    plan_close(w->plan);
    mem_store_free(&w->store);
    free(w->said);
    free(w);
    return 0;
}

/* ---- names ---- */

static void test_names(void **state)
{
    static const struct {
        const char *a, *b;
        enum card_names names;
    } cases[] = {
        { "Malli Aino", "Aino Malli", CARD_NAMES_SAME },
        { "MALLI AINO", "aino malli", CARD_NAMES_SAME },
        { "NÄYTE ANNA-LIISA", "Anna-Liisa Näyte", CARD_NAMES_SAME },
        { "  Malli   Aino ", "Aino Malli", CARD_NAMES_SAME },
        { "Malli Aino Maria", "Aino Malli", CARD_NAMES_FIT },
        { "Malli Aino", "Aino Maria Malli", CARD_NAMES_FIT },
        { "Malli Aino", "Aino", CARD_NAMES_DIFFER },
        { "Malli Aino", "Aino Mallinen", CARD_NAMES_DIFFER },
        { "Malli Aino", "", CARD_NAMES_DIFFER },
        { "", "", CARD_NAMES_DIFFER },
    };

    (void)state;
    for (size_t i = 0; i < countof(cases); i++)
        if (card_names_compare(cases[i].a, cases[i].b) != cases[i].names)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
}

static void test_whose_card(void **state)
{
    struct world *w = *state;
    char key[24];

    assert_int_equal(card_person_of(w->plan, "MALLI AINO", key), 1);
    assert_string_equal(key, "1");
    assert_int_equal(card_person_of(w->plan, "Näyte Anna-Liisa Helena", key), 1);
    assert_string_equal(key, "2");
    assert_int_equal(card_person_of(w->plan, "Esimerkki Onni", key), 2);
    assert_string_equal(key, "");
    assert_int_equal(card_person_of(w->plan, "Tuntematon Helmi", key), 0);
    assert_string_equal(key, "");
    set(w, "person[+].name", "Aino Maria Malli");
    assert_int_equal(card_person_of(w->plan, "Malli Aino", key), 1);
    assert_string_equal(key, "1");
}

static void test_which_workstation(void **state)
{
    struct world *w = *state;
    char key[24];

    card_station_of(w->plan, "TOIMISTO", key);
    assert_string_equal(key, "1");
    card_station_of(w->plan, "pc-0042", key);
    assert_string_equal(key, "");
    set(w, "workstation[1].ws_host", "pc-0042");
    card_station_of(w->plan, "PC-0042", key);
    assert_string_equal(key, "1");
    set(w, "workstation[+].ws_host", "pc-0042");
    card_station_of(w->plan, "pc-0042", key);
    assert_string_equal(key, "");
    card_station_of(w->plan, NULL, key);
    assert_string_equal(key, "");
}

/* ---- from a file ---- */

#define REPORT(at, card) \
    "{\"service\": \"ok\", \"workstation\": \"toimisto\", \"at\": \"" at "\", \"readers\": [" \
    "{\"name\": \"Lukija\", \"state\": \"present\", \"card\": {" card "}, \"findings\": []}]}\n"
#define AINO "\"kind\": \"staff_or_actor\", \"holder\": \"Malli Aino\", " \
             "\"not_after\": \"2030-05-31\", \"organisation\": \"Perhekoti Esimerkki\""
#define OF(holder) "\"kind\": \"test\", \"holder\": " holder

static struct card_notes *notes_of(struct world *w, struct card_results *results, const char *text)
{
    struct err err = { 0 };

    if (card_json_read(results, text, strlen(text), "results.json", help_real()->schema->cards,
                       &err))
        fail_msg("%s", err.msg);
    return card_notes_new(w->plan, results);
}

/* Notes all that the text holds; returns how many were left out. */
static size_t import(struct world *w, const char *text)
{
    struct card_results results = { 0 };
    struct card_notes *notes = notes_of(w, &results, text);
    struct err err = { 0 };
    size_t left_out = notes->counts[IMPORT_LEFT_OUT];

    if (card_notes_has_changes(notes) && card_notes_commit(notes, &err))
        fail_msg("%s", err.msg);
    card_notes_free(notes);
    card_results_free(&results);
    return left_out;
}

static void test_a_card_is_noted(void **state)
{
    struct world *w = *state;
    int tested, all, entries = 0;
    struct err err = { 0 };

    set(w, "person[1].person_card", "staff");
    assert_int_equal(import(w, REPORT("2026-11-20T09:30", AINO)), 0);
    assert_int_equal(rows(w, "card"), 1);
    assert_string_equal(get(w, "card[1].card_holder"), "1");
    assert_string_equal(get(w, "card[1].card_kind"), "staff");
    assert_string_equal(get(w, "card[1].card_ready"), "1");
    assert_string_equal(get(w, "card[1].card_valid_until"), "2030-05-31");
    assert_string_equal(get(w, "card[1].card_workstation"), "1");
    assert_string_equal(get(w, "card[1].card_tested_on"), "2026-11-20");
    assert_string_equal(get(w, "card[1].card_test_how"), CARD_TEST_MEASURED);
    assert_string_equal(get(w, "card[1].card_seen_kind"), "staff_or_actor");
    assert_string_equal(get(w, "card[1].card_seen_org"), "Perhekoti Esimerkki");
    assert_string_equal(get(w, "workstation[1].ws_tested_on"), "2026-11-20");
    assert_string_equal(get(w, "workstation[1].ws_test_how"), CARD_TEST_MEASURED);
    assert_string_equal(get(w, "workstation[1].ws_reader"), "Lukija");
    card_notes_progress(w->plan, &tested, &all);
    assert_int_equal(tested, 1);
    assert_int_equal(all, 1);
    assert_int_equal(plan_undo(w->plan, NULL, &entries, &err), 0);
    assert_int_equal(rows(w, "card"), 0);
    assert_string_equal(get(w, "workstation[1].ws_tested_on"), "");
}

/* What the user has written stays where the card says nothing against it. */
static void test_a_row_is_filled(void **state)
{
    struct world *w = *state;

    set(w, "card[+].card_holder", "1");
    set(w, "card[1].card_kind", "actor");
    set(w, "card[1].card_ready", "0");
    set(w, "card[1].card_received_on", "2026-11-02");
    set(w, "card[1].card_fault", "PIN1 on lukossa.");
    set(w, "workstation[1].ws_reader", "Malli KL-1");
    import(w, REPORT("2026-11-20T09:30", AINO));
    assert_int_equal(rows(w, "card"), 1);
    assert_string_equal(get(w, "card[1].card_kind"), "actor");
    assert_string_equal(get(w, "card[1].card_ready"), "0");
    assert_string_equal(get(w, "card[1].card_fault"), "");
    assert_string_equal(get(w, "workstation[1].ws_reader"), "Malli KL-1");
}

static void test_a_second_time_changes_nothing(void **state)
{
    struct world *w = *state;
    struct card_results results = { 0 };
    struct card_notes *notes;

    import(w, REPORT("2026-11-20T09:30", AINO));
    notes = notes_of(w, &results, REPORT("2026-11-20T09:30", AINO));
    assert_false(card_notes_has_changes(notes));
    assert_int_equal(notes->counts[IMPORT_SAME], 1);
    card_notes_free(notes);
    card_results_free(&results);
}

static void test_the_newest_test_counts(void **state)
{
    struct world *w = *state;

    assert_int_equal(import(w, REPORT("2026-11-20T11:00", AINO) REPORT("2026-11-20T09:30", AINO)
                               REPORT("2026-11-21T08:00", AINO)), 2);
    assert_int_equal(rows(w, "card"), 1);
    assert_string_equal(get(w, "card[1].card_tested_on"), "2026-11-21");
    assert_int_equal(import(w, REPORT("2026-11-19T09:30", AINO)), 1);
    assert_string_equal(get(w, "card[1].card_tested_on"), "2026-11-21");
}

/* The remark about the first card of the text. */
static void need_left_out(struct world *w, const char *text, const char *why)
{
    struct card_results results = { 0 };
    struct card_notes *notes = notes_of(w, &results, text);

    assert_int_equal(notes->count, 1);
    assert_int_equal(notes->at[0].fate, IMPORT_LEFT_OUT);
    assert_non_null(notes->at[0].remarks);
    assert_string_equal(notes->at[0].remarks->message, why);
    assert_false(card_notes_has_changes(notes));
    card_notes_free(notes);
    card_results_free(&results);
}

static void test_what_is_left_out(void **state)
{
    struct world *w = *state;

    need_left_out(w, REPORT("2026-11-20T09:30", OF("\"Testi Timo\"")),
                  "The plan has nobody called %1$s.");
    need_left_out(w, REPORT("2026-11-20T09:30", OF("\"Esimerkki Onni\"")),
                  "The plan has several people called %1$s.");
    need_left_out(w, REPORT("2026-11-20T09:30", OF("null")),
                  "No holder could be read from the card.");
    need_left_out(w, REPORT("2027-06-02T09:30", AINO), "The day of the test is in the future.");
    need_left_out(w, REPORT("yesterday", AINO), "The day of the test is not known.");
    need_left_out(w, REPORT("2026-13-45T09:30", AINO), "The day of the test is not known.");
}

/* A card with a fault is not tested; the reader in which it was read is. */
static void test_a_fault_is_noted(void **state)
{
    struct world *w = *state;

    import(w, "{\"readers\": [{\"name\": \"Lukija\", \"card\": {" AINO "}, "
              "\"findings\": [{\"severity\": \"error\", \"cause\": \"PIN1 on lukossa.\"}]}], "
              "\"workstation\": \"toimisto\", \"at\": \"2026-11-20T09:30\"}");
    assert_string_equal(get(w, "card[1].card_fault"), "PIN1 on lukossa.");
    assert_string_equal(get(w, "card[1].card_tested_on"), "");
    assert_string_equal(get(w, "card[1].card_test_how"), "");
    assert_string_equal(get(w, "workstation[1].ws_tested_on"), "2026-11-20");
}

/* Texts of a card are texts: cleaned, cut, and no personal identity code. */
static void test_hostile_texts(void **state)
{
    struct world *w = *state;
    struct buf text = BUF_INIT;

    buf_add(&text, "{\"readers\": [{\"card\": {\"kind\": \"staff_or_actor\", \"holder\": "
                   "\"Malli\\u001b[2J Aino\", \"not_after\": \"2030-02-31\", \"organisation\": \"");
    for (int i = 0; i < 500; i++)
        buf_add(&text, "x\\u202e");
    buf_add(&text, "\"}}], \"workstation\": \"=cmd|' /C calc'!A0\", \"at\": \"2026-11-20T09:30\"}");
    need_left_out(w, text.text, "The plan has nobody called %1$s.");
    set(w, "person[1].name", "Malli\u00b7[2J Aino");
    assert_int_equal(import(w, text.text), 0);
    assert_string_equal(get(w, "card[1].card_valid_until"), "");
    assert_null(strstr(get(w, "card[1].card_seen_org"), "\u202e"));
    assert_true(utf8_width(get(w, "card[1].card_seen_org")) <= 120);
    assert_int_equal(import(w, REPORT("2026-11-21T09:30",
                                      "\"kind\": \"staff_or_actor\", \"organisation\": "
                                      "\"010180-9026\", \"holder\": \"Malli\\u001b[2J Aino\"")),
                     0);
    assert_null(strstr(get(w, "card[1].card_seen_org"), "010180"));
    buf_free(&text);
}

static void need_refused(const char *text, int line)
{
    struct card_results results = { 0 };
    struct err err = { 0 };

    assert_int_equal(card_json_read(&results, text, strlen(text), "results.json",
                                    help_real()->schema->cards, &err), ERR_INPUT);
    assert_string_equal(err.file, "results.json");
    assert_int_equal(err.line, line);
    card_results_free(&results);
}

static void test_bad_files(void **state)
{
    static const char *const empty[] = {
        "{\"readers\": []}", "{\"readers\": [1, {\"card\": 2}, null, {\"card\": {\"kind\": 3}}]}"
    };
    struct card_results results = { 0 };
    struct err err = { 0 };

    (void)state;
    need_refused("{\"readers\": [", 1);
    need_refused(REPORT("2026-11-20T09:30", AINO) "\n{\"readers\":\n x}", 4);
    need_refused("{\"readers\": 1}", 1);
    need_refused("[]", 1);
    for (size_t i = 0; i < countof(empty); i++)
        assert_int_equal(card_json_read(&results, empty[i], strlen(empty[i]), "results.json",
                                        help_real()->schema->cards, &err), 0);
    assert_int_equal(results.count, 0);
    assert_true(card_json_is(" \n{\"service\": 1, \"readers\": []}", 31));
    assert_false(card_json_is("{\"org_name\": \"readers\"}", 23));
    assert_false(card_json_is("readers: 1", 10));
}

/* The card of somebody else is noted where the user says it belongs. */
static void test_the_user_decides(void **state)
{
    struct world *w = *state;
    struct card_results results = { 0 };
    struct card_notes *notes;
    struct err err = { 0 };

    if (card_json_read(&results, REPORT("2026-11-20T09:30", AINO),
                       strlen(REPORT("2026-11-20T09:30", AINO)), "x", help_real()->schema->cards,
                       &err))
        fail_msg("%s", err.msg);
    strcpy(results.at[0].person, "3");
    notes = card_notes_new(w->plan, &results);
    assert_int_equal(card_notes_commit(notes, &err), 0);
    assert_string_equal(get(w, "card[1].card_holder"), "3");
    assert_int_equal(card_notes_commit(notes, &err), ERR_USAGE);
    card_notes_free(notes);
    card_results_free(&results);
}

/* Every kind that a card can turn out to be can be noted. */
static void test_every_kind_can_be_noted(void **state)
{
    const struct cards *cards = help_real()->schema->cards;
    const struct item *seen = cards->inventory.items[CARD_ITEM_SEEN_KIND];

    (void)state;
    assert_non_null(seen);
    for (size_t i = 0; i < cards->kind_count; i++)
        if (!list_choice(seen->list, cards->kinds[i].id))
            fail_msg("%s has no choice for %s", seen->id, cards->kinds[i].id);
    assert_non_null(list_choice(cards->inventory.items[CARD_ITEM_HOW]->list, CARD_TEST_MEASURED));
    assert_non_null(list_choice(cards->inventory.items[CARD_ITEM_STATION_HOW]->list,
                                CARD_TEST_MEASURED));
    assert_non_null(list_choice(cards->inventory.items[CARD_ITEM_HOW]->list, CARD_TEST_REPORTED));
}

/* ---- in line mode ---- */

/* The file "tests" has a card of Aino, "people" none of a test. */
static int read_tests(void *data, const char *place, struct card_results *out, struct err *err)
{
    static const char text[] = REPORT("2026-11-20T09:30", AINO);

    (void)data;
    if (strcmp(place, "people") == 0)
        return 1;
    return card_json_read(out, text, strcmp(place, "tests") == 0 ? sizeof text - 1 : 20, place,
                          help_real()->schema->cards, err);
}

static int read_people(void *data, const char *place, struct table *out, struct err *err)
{
    (void)data;
    return csv_table_parse(out, "Name\nNew Person\n", 16, place, 9, err);
}

/* What line mode says when the lines are typed and the facts of the stream come. */
static const char *talk(struct world *w, const char *stream_name, const char *lines,
                        const char *host)
{
    struct buf path = BUF_INIT;
    struct card_stream stream = { .text = BUF_INIT };
    struct card_source cards = card_stream_source(&stream);
    struct face_hooks hooks = { .tr = help_tr, .print = help_print, .read_table = read_people,
                                .read_tests = read_tests, .cards = &cards, .host = host };
    FILE *in = fmemopen((char *)lines, strlen(lines), "r"), *out;
    struct err err = { 0 };
    size_t length;

    help_data(&path, "cards/streams/");
    buf_addf(&path, "%s.txt", stream_name);
    stream.path = path.text;
    free(w->said);
    out = open_memstream(&w->said, &length);
    assert_int_equal(line_run(w->plan, in, out, &hooks, LANG_EN, true, &err), 0);
    fclose(out);
    fclose(in);
    card_stream_stop(&stream);
    buf_free(&path);
    return w->said;
}

static void need_said(const char *said, const char *text)
{
    if (!strstr(said, text)) {
        print_error("%s\n", said);
        fail_msg("not said: %s", text);
    }
}

static void test_a_round_in_line_mode(void **state)
{
    struct world *w = *state;
    const char *said;

    set(w, "person[+].name", "Veikko Esimerkki");
    said = talk(w, "round", "z\n\n\nq\n", "toimisto");
    need_said(said, "Card-reader test. No PIN is asked for.");
    need_said(said, "Workstation: Toimisto.");
    need_said(said, "Put the card into the reader. Cards tested: 0 / 1.");
    need_said(said, "  Holder: Esimerkki Veikko\n");
    need_said(said, "All is well: The card is fit for use");
    need_said(said, "Note the card at Veikko Esimerkki?");
    need_said(said, "Noted at Veikko Esimerkki. Take the card out and put in the next one. Cards "
                    "tested: 1 / 1.");
    need_said(said, "Noted at Aino Malli. Take the card out and put in the next one. Cards tested: "
                    "2 / 2.");
    assert_int_equal(rows(w, "card"), 2);
    assert_null(strchr(said, '\033'));
}

static void test_choosing_in_line_mode(void **state)
{
    struct world *w = *state;
    const char *said = talk(w, "stranger", "z\nz\nw\n2\ne\n1\nq\n", "kone-7");

    need_said(said, "Workstation: not chosen.");
    need_said(said, "The plan has nobody called Tuntematon Tiina. Choose whose card it is.");
    need_said(said, "Enter notes the card, e chooses whose it is, w the workstation");
    need_said(said, "  2 A new one: kone-7\n");
    need_said(said, "Workstation: kone-7.");
    need_said(said, "Does not work: ");
    assert_string_equal(get(w, "workstation[2].ws_host"), "kone-7");
    assert_int_equal(rows(w, "card"), 0);
}

static void test_nothing_to_note_in_line_mode(void **state)
{
    struct world *w = *state;
    const char *said = talk(w, "one", "z\n-\nq\n", "toimisto");

    assert_int_equal(rows(w, "card"), 0);
    said = talk(w, "none", "z\nq\n", "toimisto");
    need_said(said, "Does not work: ");
    need_said(said, "the card reader program has ended");
    said = talk(w, "absent", "z\nq\n", "toimisto");
    need_said(said, "cannot be started");
    said = talk(w, "slow", "z\nq\n", NULL);
    need_said(said, "This takes longer than usual. It ends by itself.");
}

static void test_a_file_of_tests_in_line_mode(void **state)
{
    struct world *w = *state;
    const char *said = talk(w, "none", "i\ntests\nno\nq\n", NULL);

    need_said(said, "New: 1\n  Aino Malli\n");
    need_said(said, "Bring in? Yes or no: Nothing was changed.");
    assert_int_equal(rows(w, "card"), 0);
    said = talk(w, "none", "i\ntests\nyes\ni\ntests\nq\n", NULL);
    need_said(said, "The card tests have been noted.");
    need_said(said, "The file changes nothing.");
    assert_int_equal(rows(w, "card"), 1);
    assert_string_equal(get(w, "card[1].card_test_how"), CARD_TEST_MEASURED);
    said = talk(w, "none", "i\nbroken\ni\npeople\nyes\nq\n", NULL);
    need_said(said, "Not brought in: broken:");
    need_said(said, "The people have been brought in.");
}

int main(void)
{
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        IN_A_WORLD(test_whose_card),
        IN_A_WORLD(test_which_workstation),
        IN_A_WORLD(test_a_card_is_noted),
        IN_A_WORLD(test_a_row_is_filled),
        IN_A_WORLD(test_a_second_time_changes_nothing),
        IN_A_WORLD(test_the_newest_test_counts),
        IN_A_WORLD(test_what_is_left_out),
        IN_A_WORLD(test_a_fault_is_noted),
        IN_A_WORLD(test_hostile_texts),
        cmocka_unit_test(test_bad_files),
        IN_A_WORLD(test_the_user_decides),
        cmocka_unit_test(test_every_kind_can_be_noted),
        IN_A_WORLD(test_a_round_in_line_mode),
        IN_A_WORLD(test_choosing_in_line_mode),
        IN_A_WORLD(test_nothing_to_note_in_line_mode),
        IN_A_WORLD(test_a_file_of_tests_in_line_mode),
    };
#undef IN_A_WORLD

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("card notes", tests, help_load_real, help_free_real);
}
