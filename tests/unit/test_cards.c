/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts of readers and cards: taken in from hostile lines, turned into signs, judged by the cases
 * of the shipped data (tests/data/cards/cases.txt), worded.
 */
#include "core_help.h"

#include "base/utf8.h"
#include "core/card_text.h"

enum { BLOCKS_MAX = 160, IDS_MAX = 200 };

static const struct schema *schema_of(void **state)
{
    return ((const struct content *)*state)->schema;
}

/* ---- lines ---- */

static bool line(struct card_view *view, const char *text)
{
    return card_view_line(view, text, strlen(text));
}

static void test_lines_become_facts(void **state)
{
    struct card_view view = { .count = 0 };

    (void)state;
    assert_true(line(&view, "service\tok"));
    assert_true(line(&view, "reader7.name\tLukija"));
    assert_true(line(&view, "reader7.card.atr\t3B00"));
    assert_string_equal(card_fact(&view.system, "service"), "ok");
    assert_int_equal(view.count, 1);
    assert_int_equal(view.at[0].number, 7);
    assert_string_equal(card_fact(&view.at[0].reader, "name"), "Lukija");
    assert_string_equal(card_fact(&view.at[0].card, "atr"), "3B00");
    assert_null(card_fact(&view.system, "reader7.name"));
    assert_true(line(&view, "reader7.gone\tyes"));
    assert_int_equal(view.count, 0);
    card_view_free(&view);
}

static void test_bad_lines_are_passed_over(void **state)
{
    static const char *const bad[] = {
        "", "service", "\tok", "Service\tok", "ser vice\tok", "9service\tok", ".a\tb",
        "\xC3\xA4\tb", "a-b\tc",
    };
    struct card_view view = { .count = 0 };
    char longer[CARD_LINE_MAX + 10];

    (void)state;
    for (size_t i = 0; i < countof(bad); i++)
        assert_false(line(&view, bad[i]));
    assert_false(card_view_line(&view, "a\tb\0c", 5));
    memset(longer, 'a', sizeof longer);
    longer[5] = '\t';
    assert_false(card_view_line(&view, longer, sizeof longer));
    assert_int_equal(view.system.count, 0);
    assert_int_equal(view.bad_lines, (int)countof(bad) + 2);
    card_view_free(&view);
}

/* What a card says is text for a terminal, for a plan and for paper. */
static void test_values_are_clean(void **state)
{
    struct card_view view = { .count = 0 };
    const char *value;

    (void)state;
    assert_true(line(&view, "reader1.card.cert1.holder\tA\x1B[31mB\xC2\x9B" "C\xE2\x80\xAE" "D\tE\xFF\r"));
    value = card_fact(&view.at[0].card, "cert1.holder");
    assert_string_equal(value, "A·[31mB·C·D E· ");
    assert_null(strpbrk(value, "\x1B\t\r"));
    assert_null(strstr(value, "\xC2\x9B"));
    assert_null(strstr(value, "\xE2\x80\xAE"));
    assert_true(utf8_valid(value, strlen(value)));
    card_view_free(&view);
}

static void test_there_are_bounds(void **state)
{
    struct card_view view = { .count = 0 };
    char text[64];

    (void)state;
    for (int i = 1; i < 100; i++) {
        snprintf(text, sizeof text, "reader%d.name\tx", i);
        line(&view, text);
    }
    assert_int_equal(view.count, CARD_READERS_MAX);
    for (int i = 0; i < 2 * CARD_FACTS_MAX; i++) {
        snprintf(text, sizeof text, "reader1.card.fact%d\tx", i);
        line(&view, text);
    }
    assert_int_equal(view.at[0].card.count, CARD_FACTS_MAX);
    assert_true(line(&view, "reader99999.name\tx"));
    assert_int_equal(view.count, CARD_READERS_MAX);
    card_view_free(&view);
}

static void test_a_stream_is_cut_into_lines(void **state)
{
    static const char stream[] = "service\tok\nlisted\t1\nreader1.name\tA";
    struct card_lines lines = { .length = 0 };
    struct card_view view = { .count = 0 };
    char filler[CARD_LINE_MAX * 2];

    (void)state;
    for (size_t i = 0; i < sizeof stream - 1; i++)
        card_lines_add(&lines, &view, stream + i, 1);
    assert_int_equal(view.count, 0);
    card_lines_add(&lines, &view, "\n", 1);
    assert_int_equal(view.count, 1);
    memset(filler, 'a', sizeof filler);
    card_lines_add(&lines, &view, filler, sizeof filler);
    card_lines_add(&lines, &view, "\nlisted\t2\n", 10);
    assert_string_equal(card_fact(&view.system, "listed"), "2");
    assert_int_equal(view.bad_lines, 1);
    card_view_free(&view);
}

static void test_the_phases_of_a_card(void **state)
{
    struct card_view view = { .count = 0 };

    (void)state;
    line(&view, "reader1.state\tempty");
    assert_int_equal(card_reader_phase(&view.at[0]), CARD_NONE);
    line(&view, "reader1.card\tin");
    assert_int_equal(card_reader_phase(&view.at[0]), CARD_READING);
    line(&view, "reader1.card.slow\tyes");
    assert_int_equal(card_reader_phase(&view.at[0]), CARD_SLOW);
    line(&view, "reader1.card.done\tyes");
    line(&view, "reader1.card\tout");
    assert_int_equal(card_reader_phase(&view.at[0]), CARD_READ);
    line(&view, "reader2.card\tin");
    assert_int_equal(card_view_current(&view)->number, 2);
    line(&view, "reader1.card\tin");
    line(&view, "reader1.card.begin\t2");
    assert_int_equal(view.at[0].card.count, 1);
    assert_int_equal(card_view_current(&view)->number, 1);
    assert_int_equal(card_reader_phase(&view.at[0]), CARD_READING);
    line(&view, "reader1.card.stopped\ttimeout");
    assert_int_equal(card_reader_phase(&view.at[0]), CARD_STOPPED);
    card_view_free(&view);
}

/* ---- blocks of facts ---- */

struct block {
    char name[40];
    struct card_view view;
    struct card_context context;
    char holder[64], organisation[64], activated[8];
    struct card_verdict verdict;
    bool judged;
    int line;
};

struct cases_test {
    const struct schema *schema;
    struct block named[BLOCKS_MAX];
    size_t named_count;
    struct block block;
    const char *seen[IDS_MAX];
    size_t seen_count;
    int failures;
};

static void copy_facts(struct card_facts *to, const struct card_facts *from)
{
    for (size_t i = 0; i < from->count; i++)
        card_fact_set(to, from->at[i].key, from->at[i].value);
}

static void copy_view(struct card_view *to, const struct card_view *from)
{
    copy_facts(&to->system, &from->system);
    to->count = from->count;
    to->latest = from->latest;
    for (size_t i = 0; i < from->count; i++) {
        to->at[i] = (struct card_reader){ .number = from->at[i].number };
        copy_facts(&to->at[i].reader, &from->at[i].reader);
        copy_facts(&to->at[i].card, &from->at[i].card);
    }
}

static void free_block(struct block *block)
{
    card_view_free(&block->view);
    card_verdict_free(&block->verdict);
    memset(block, 0, sizeof *block);
    block->context = (struct card_context){ .today = help_today(), .newest_fact = DATE_NONE,
                                            .needed_until = DATE_NONE };
}

static void begin_block(struct cases_test *test, int line_number)
{
    free_block(&test->block);
    test->block.line = line_number;
}

static void begin_like(struct cases_test *test, const char *name)
{
    for (size_t i = 0; i < test->named_count; i++)
        if (strcmp(test->named[i].name, name) == 0) {
            copy_view(&test->block.view, &test->named[i].view);
            test->block.context = test->named[i].context;
            return;
        }
    fail_msg("line %d: no block is called %s", test->block.line, name);
}

static void keep_named(struct cases_test *test)
{
    struct block *block = &test->named[test->named_count++];

    assert_true(test->named_count < BLOCKS_MAX);
    free_block(block);
    memcpy(block->name, test->block.name, sizeof block->name);
    copy_view(&block->view, &test->block.view);
    block->context = test->block.context;
    test->block.name[0] = '\0';
}

static void judge_block(struct cases_test *test)
{
    struct block *block = &test->block;

    if (block->judged)
        return;
    if (*block->name)
        keep_named(test);
    block->context.holder = *block->holder ? block->holder : NULL;
    block->context.organisation = *block->organisation ? block->organisation : NULL;
    block->context.activated = *block->activated ? block->activated : NULL;
    card_judge(test->schema->cards, &block->view, card_view_current(&block->view),
               &block->context, &block->verdict);
    block->judged = true;
}

static bool holds(const struct card_verdict *verdict, const char *id)
{
    for (size_t i = 0; i < verdict->count; i++)
        if (strcmp(verdict->at[i]->id, id) == 0)
            return true;
    return false;
}

static void expect(struct cases_test *test, char how, const char *id)
{
    const struct card_verdict *verdict = &test->block.verdict;
    const struct card_case *one = card_case_find(test->schema->cards, id);
    bool is_right;

    judge_block(test);
    assert_non_null(one);
    is_right = how == '=' ? verdict->count > 0 && verdict->at[0] == one
                          : holds(verdict, id) == (how == '+');
    if (is_right) {
        if (how != '-')
            test->seen[test->seen_count++] = one->id;
        assert_true(test->seen_count < IDS_MAX);
        return;
    }
    print_error("block of line %d: %c %s does not hold; the verdict is %s\n", test->block.line,
                how, id, verdict->count ? verdict->at[0]->id : "nothing");
    test->failures++;
}

static bool take_setting(struct block *block, const char *key, const char *value)
{
    if (strcmp(key, "today") == 0)
        block->context.today = date_parse_iso(value);
    else if (strcmp(key, "newest") == 0)
        block->context.newest_fact = date_parse_iso(value);
    else if (strcmp(key, "needed") == 0)
        block->context.needed_until = date_parse_iso(value);
    else if (strcmp(key, "holder") == 0)
        snprintf(block->holder, sizeof block->holder, "%s", value);
    else if (strcmp(key, "organisation") == 0)
        snprintf(block->organisation, sizeof block->organisation, "%s", value);
    else if (strcmp(key, "activated") == 0)
        snprintf(block->activated, sizeof block->activated, "%s", value);
    else
        return false;
    return true;
}

static void take_test_line(struct cases_test *test, char *text, int number)
{
    char *value = strchr(text, ' ');
    char fact[320];

    if (!*text) {
        begin_block(test, number + 1);
        return;
    }
    assert_non_null(value);
    *value++ = '\0';
    if (strchr("=+-", *text)) {
        expect(test, *text, value);
    } else if (strcmp(text, "name") == 0) {
        snprintf(test->block.name, sizeof test->block.name, "%s", value);
    } else if (strcmp(text, "like") == 0) {
        begin_like(test, value);
    } else if (!take_setting(&test->block, text, value)) {
        snprintf(fact, sizeof fact, "%s\t%s", text, value);
        assert_true(line(&test->block.view, fact));
    }
}

static bool was_seen(const struct cases_test *test, const char *id)
{
    for (size_t i = 0; i < test->seen_count; i++)
        if (strcmp(test->seen[i], id) == 0)
            return true;
    return false;
}

static void test_facts_lead_to_cases(void **state)
{
    struct cases_test *test = xcalloc(1, sizeof *test);
    struct buf path = BUF_INIT;
    char text[300];
    int number = 0;
    FILE *file;

    test->schema = schema_of(state);
    help_data(&path, "cards/cases.txt");
    file = fopen(path.text, "r");
    assert_non_null(file);
    begin_block(test, 1);
    while (fgets(text, sizeof text, file)) {
        number++;
        text[strcspn(text, "\n")] = '\0';
        if (*text != '#')
            take_test_line(test, text, number);
    }
    fclose(file);
    for (size_t i = 0; i < test->schema->cards->case_count; i++)
        if (!was_seen(test, test->schema->cards->cases[i].id)) {
            print_error("the case %s has no block\n", test->schema->cards->cases[i].id);
            test->failures++;
        }
    assert_int_equal(test->failures, 0);
    for (size_t i = 0; i < test->named_count; i++)
        free_block(&test->named[i]);
    free_block(&test->block);
    buf_free(&path);
    free(test);
}

/* ---- conditions and words ---- */

static void test_conditions(void **state)
{
    static const struct {
        const char *values[3];
        const char *sign;
        bool holds;
    } rows[] = {
        { { "a", "b", NULL }, "b", true }, { { "a", NULL }, "b", false },
        { { "-", NULL }, NULL, true }, { { "-", NULL }, "x", false },
        { { "*", NULL }, "x", true }, { { "*", NULL }, NULL, false },
        { { "<90", NULL }, "89", true }, { { "<90", NULL }, "90", false },
        { { "<90", NULL }, "-5", true }, { { ">0", NULL }, "1", true },
        { { ">0", NULL }, "0", false }, { { "<90", NULL }, "many", false },
        { { "<90", NULL }, NULL, false },
    };

    (void)state;
    for (size_t i = 0; i < countof(rows); i++) {
        const char *values[3] = { rows[i].values[0], rows[i].values[1], rows[i].values[2] };
        struct card_condition condition = { .sign = "until", .values = values };
        struct card_conditions all = { &condition, 1 };
        struct card_facts signs = { 0 };
        if (rows[i].sign)
            card_fact_set(&signs, "until", rows[i].sign);
        if (card_conditions_hold(&all, &signs) != rows[i].holds)
            fail_msg("row %zu", i);
        card_facts_free(&signs);
    }
    assert_true(card_value_is_sound("<90") && card_value_is_sound("ok"));
    assert_false(card_value_is_sound("<") || card_value_is_sound(">x") || card_value_is_sound(""));
}

/* A name on a card that looks like a mark of the content stays a name. */
static void test_a_name_is_no_blank(void **state)
{
    const struct schema *schema = schema_of(state);
    struct tr tr = { .lang = LANG_FI };
    struct card_words words = { schema, NULL, &tr, help_today() };
    struct card_facts signs = { 0 };
    struct text text = { { "Haltija: {holder}", "", "" } };
    struct buf out = BUF_INIT;

    card_fact_set(&signs, "holder", "{until} {{fact:dur.kortit}}");
    card_case_text(&words, &signs, &text, &out);
    assert_string_equal(out.text, "Haltija: {until} {{fact:dur.kortit}}");
    buf_free(&out);
    card_facts_free(&signs);
}

static void test_dates_and_kinds_are_worded(void **state)
{
    struct tr tr = { .lang = LANG_SV };
    struct card_words words = { schema_of(state), NULL, &tr, help_today() };
    struct card_facts signs = { 0 };
    struct text text = { { "", "{kind}, {until}, {holder}", "" } };
    struct buf out = BUF_INIT;

    card_fact_set(&signs, "kind", "professional");
    card_fact_set(&signs, "until", "2031-10-22");
    card_case_text(&words, &signs, &text, &out);
    assert_string_equal(out.text, "yrkeskort, 22.10.2031, –");
    buf_free(&out);
    card_facts_free(&signs);
}

/* Every case is told whole in each language: no blank is left, and someone knows what to do. */
static void test_every_case_is_worded(void **state)
{
    const struct schema *schema = schema_of(state);
    struct card_facts signs = { 0 };

    for (size_t i = 0; i < schema->cards->case_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct tr tr = { .lang = (enum lang)lang };
            struct card_words words = { schema, NULL, &tr, help_today() };
            const struct card_case *one = &schema->cards->cases[i];
            struct buf out = BUF_INIT;
            card_case_text(&words, &signs, &one->cause, &out);
            card_case_text(&words, &signs, &one->remedy, &out);
            card_case_command(&words, &signs, one, &out);
            card_case_contacts(&words, one, &out);
            assert_null(strpbrk(out.text, "{}"));
            assert_true(one->weight != CARD_WEIGHT_ERROR || (one->ask && *one->ask));
            buf_free(&out);
        }
}

static void test_lines_for_people(void **state)
{
    struct tr tr = { .lang = LANG_EN };
    struct card_words words = { schema_of(state), NULL, &tr, help_today() };
    struct card_facts signs = { 0 };
    struct buf out = BUF_INIT;

    card_fact_set(&signs, "pin1", "ok");
    card_fact_set(&signs, "pin1_tries", "5");
    card_fact_set(&signs, "pin2", "few");
    card_fact_set(&signs, "pin2_tries", "1");
    assert_int_equal(card_line_text(&words, &signs, CARD_LINE_CODES, &out), CARD_WEIGHT_WARNING);
    assert_string_equal(out.text, "PIN1: 5 tries left, PIN2: 1 try left");
    buf_clear(&out);
    assert_int_equal(card_line_text(&words, &signs, CARD_LINE_SERVICE, &out), CARD_WEIGHT_ERROR);
    buf_clear(&out);
    card_line_text(&words, &signs, CARD_LINE_HOLDER, &out);
    assert_string_equal(out.text, "");
    buf_free(&out);
    card_facts_free(&signs);
}

static int set_up(void **state)
{
    static struct content content;
    static struct content_place place;
    const char *source = getenv("TEST_SRCDIR");
    struct err err = { 0 };

    if (content_find(&place, source ? source : ".", &err)
        || content_load(&content, &place, NULL, NULL, &err))
        fail_msg("%s", err.msg);
    *state = &content;
    return 0;
}

static int tear_down(void **state)
{
    content_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_become_facts),
        cmocka_unit_test(test_bad_lines_are_passed_over),
        cmocka_unit_test(test_values_are_clean),
        cmocka_unit_test(test_there_are_bounds),
        cmocka_unit_test(test_a_stream_is_cut_into_lines),
        cmocka_unit_test(test_the_phases_of_a_card),
        cmocka_unit_test(test_facts_lead_to_cases),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_a_name_is_no_blank),
        cmocka_unit_test(test_dates_and_kinds_are_worded),
        cmocka_unit_test(test_every_case_is_worded),
        cmocka_unit_test(test_lines_for_people),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
