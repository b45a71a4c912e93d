/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * No way in for a personal identity code: not as an answer to any shipped question, not in a file
 * of answers, not as what is kept while somebody types.
 *
 * The code is made up: its number is in the range that is given to nobody. It is tried with every
 * mark of a century and in the ways in which people write one.
 */
#include "core_help.h"

#include "io/answers_yaml.h"
#include "line/line.h"
#include "ui/ui.h"

#include "mem_store.h"

#define MARKS "+-UVWXYABCDEF"

/* How a code is written: %s stand for the birth date, the mark, and the rest. */
static const char *const forms[] = {
    "%s%s%s", "%s\xC2\xA0%s\xC2\xA0%s", "%s %s %s", "%s %s%s", "%s%s %s", "  %s%s%s  ",
    "Aino Malli %s%s%s, puh. 040 000 0100",
    "(%s%s%s)", "hetu:%s%s%s.", "hetu=%s%s%s;x", "\"%s%s%s\"", "1.2.246.%s%s%s", "ä%s%s%sö",
    "a@b.fi,%s%s%s",
};

/* What word processors make of the dash. */
static const char *const dashes[] = { "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93",
                                      "\xE2\x88\x92" };

static const char *rest_of_code(bool lower)
{
    static const char chars[] = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    static char rest[2][5];

    for (int i = 0; i < 2; i++)
        snprintf(rest[i], sizeof rest[i], "900%c", chars[131052900 % 31]);
    for (char *at = rest[1]; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return rest[lower];
}

static void write_code(struct buf *out, const char *form, const char *mark, bool lower)
{
    char small[8];

    snprintf(small, sizeof small, "%s", mark);
    if (lower && small[0] >= 'A' && small[0] <= 'Z')
        small[0] = (char)(small[0] - 'A' + 'a');
    buf_clear(out);
    buf_addf(out, form, "131052", small, rest_of_code(lower));
}

/* All that was ever kept as a draft. */
static struct buf drafted = BUF_INIT;

static int note_draft(void *data, const char *item, const char *row, const char *text,
                      struct err *err)
{
    buf_addf(&drafted, "%s\n", text ? text : "");
    return mem_store_ops.set_draft(data, item, row, text, err);
}

struct try {
    struct store_ops ops;
    struct mem_store store;
    struct plan *plan;
    int wrong;
};

static void try_open(struct try *try)
{
    struct err err = { 0 };

    *try = (struct try){ .ops = mem_store_ops };
    try->ops.set_draft = note_draft;
    buf_clear(&drafted);
    if (plan_open(&try->plan, help_real()->schema, &try->ops, &try->store, help_today(), &err))
        fail_msg("%s", err.msg);
}

static void try_close(struct try *try)
{
    plan_close(try->plan);
    mem_store_free(&try->store);
}

/* ---- answers ---- */

static void try_answer(struct try *try, const struct item *item, const char *row, const char *text)
{
    struct check check = CHECK_INIT;
    struct err err = { 0 };
    size_t entries = try->store.count;
    int code = plan_set(try->plan, item, row, text, &check, &err);

    if (code != ERR_REFUSED || check.state != CHECK_REFUSED || check.value.length != 0 ||
        !strstr(err.msg, "personal identity code") || try->store.count != entries ||
        strstr(err.msg, "900")) {
        print_message("%s took: %s (%s)\n", item->id, text, err.msg);
        try->wrong++;
    }
    check_free(&check);
}

static void try_item(struct try *try, const struct item *item)
{
    char key[24] = "", mark[2] = "";
    struct buf text = BUF_INIT;
    struct err err = { 0 };

    if (item->repeat && plan_row_add(try->plan, item->repeat, key, &err))
        fail_msg("%s", err.msg);
    for (const char *m = MARKS; *m; m++)
        for (size_t f = 0; f < 2 * countof(forms); f++) {
            mark[0] = *m;
            write_code(&text, forms[f / 2], mark, f % 2);
            try_answer(try, item, item->repeat ? key : NULL, text.text);
        }
    for (size_t d = 0; d < countof(dashes); d++) {
        write_code(&text, "%s%s%s", dashes[d], false);
        try_answer(try, item, item->repeat ? key : NULL, text.text);
    }
    if (item->repeat && plan_row_remove(try->plan, item->repeat, key, &err))
        fail_msg("%s", err.msg);
    buf_free(&text);
}

static void test_every_question(void **state)
{
    struct try try;
    int items = 0;

    (void)state;
    try_open(&try);
    for (size_t i = 0; i < help_real()->schema->item_count && try.wrong < 20; i++)
        if (item_type_holds_answer(help_real()->schema->items[i]->type)) {
            try_item(&try, help_real()->schema->items[i]);
            items++;
        }
    print_message("# %d questions\n", items);
    assert_true(items > 400);
    assert_int_equal(try.wrong, 0);
    try_close(&try);
}

/* The same ways of writing without a code are answers. */
static void test_what_is_no_code(void **state)
{
    static const char *const texts[] = { "131052", "13.10.2052", "131052-900", "331052-900X",
                                         "040 000 0100", "1.2.246.10.99999992.10.0" };
    struct try try;
    struct err err = { 0 };

    (void)state;
    try_open(&try);
    for (size_t i = 0; i < countof(texts); i++)
        assert_int_equal(plan_set(try.plan, help_item(help_real()->schema, "org_name"), NULL,
                                  texts[i], NULL, &err), 0);
    assert_int_equal(try.store.count, countof(texts));
    try_close(&try);
}

/* ---- files of answers ---- */

static void import(struct try *try, const struct buf *text)
{
    struct err err = { 0 };
    int code = answers_import(try->plan, text->text, text->length, "f", false, help_english(), NULL,
                              NULL, &err);

    if (code != ERR_INPUT || !strstr(err.msg, "personal identity code") ||
        strstr(err.msg, "900") || err.line != 2 || try->store.count != 0) {
        print_message("imported: %s (%s)\n", text->text, err.msg);
        try->wrong++;
    }
}

/* A good answer before it is not brought in either. */
static void test_every_question_in_a_file(void **state)
{
    struct buf text = BUF_INIT, code = BUF_INIT;
    struct try try;

    (void)state;
    try_open(&try);
    for (size_t i = 0; i < help_real()->schema->item_count; i++) {
        const struct item *item = help_real()->schema->items[i];
        if (!item_type_holds_answer(item->type) || item->calculate.sql)
            continue;
        for (const char *m = MARKS; *m; m++) {
            write_code(&code, "Aino %s%s%s.", (char[]){ *m, '\0' }, i % 2);
            buf_clear(&text);
            if (item->repeat)
                buf_addf(&text, "answers: {org_town: Mallila, %s: [{row_key: 1,\n%s: \"%s\"}]}",
                         item->repeat->id, item->id, code.text);
            else
                buf_addf(&text, "answers: {person: [{row_key: 1, person_name: Aino}],\n"
                         "%s: \"%s\"}", item->id, code.text);
            import(&try, &text);
        }
    }
    assert_int_equal(try.wrong, 0);
    try_close(&try);
    buf_free(&text);
    buf_free(&code);
}

/* ---- what is kept while somebody types ---- */

/* The text is in an answer, or was in a draft. */
static bool is_kept(const struct try *try, const char *text)
{
    for (size_t i = 0; i < try->store.count; i++)
        if (try->store.entries[i].value && strstr(try->store.entries[i].value, text))
            return true;
    return strstr(drafted.text, text) != NULL;
}

static void type_on_screen(struct try *try, const char *text, const char *after)
{
    const struct face_hooks hooks = { .tr = help_tr, .print = help_print };
    struct term *term = term_mem_new(24, 80, true);
    struct buf keys = BUF_INIT;
    struct err err = { 0 };

    buf_addf(&keys, "<Enter><Paste:%s>%s", text, after);
    term_mem_feed(term, keys.text);
    assert_int_equal(ui_run(try->plan, term, &hooks, LANG_EN, false, &err), 0);
    term->ops->close(term);
    buf_free(&keys);
}

/* A pause keeps what is typed so far, and leaving stores it. */
static void test_drafts_on_screen(void **state)
{
    static const char *const ends[] = { "<Tick>", "<Tab><Tick>", "<Esc><Esc>", "" };
    struct buf text = BUF_INIT;
    struct try try;

    (void)state;
    try_open(&try);
    type_on_screen(&try, "Perhekoti Malli", "<Tick>");
    assert_non_null(strstr(drafted.text, "Perhekoti Malli"));
    assert_true(try.store.count > 0);
    try_close(&try);
    for (const char *m = MARKS; *m; m++)
        for (size_t i = 0; i < countof(ends); i++) {
            try_open(&try);
            write_code(&text, "Aino %s%s%s Malli", (char[]){ *m, '\0' }, i % 2);
            type_on_screen(&try, text.text, ends[i]);
            if (is_kept(&try, "900"))
                fail_msg("kept: %s", text.text);
            try_close(&try);
        }
    buf_free(&text);
}

static void type_in_line_mode(struct try *try, const char *text)
{
    const struct face_hooks hooks = { .tr = help_tr, .print = help_print };
    struct buf typed = BUF_INIT;
    char *said = NULL;
    size_t room = 0;
    struct err err = { 0 };
    FILE *in, *out;

    buf_addf(&typed, "/com_core\n1\nMalli\n%s\n", text);
    in = fmemopen(typed.text, typed.length, "r");
    out = open_memstream(&said, &room);
    assert_int_equal(line_run(try->plan, in, out, &hooks, LANG_EN, true, &err), 0);
    fclose(in);
    fclose(out);
    free(said);
    buf_free(&typed);
}

/* The input ends inside the text, so that its draft stays. */
static void test_drafts_in_line_mode(void **state)
{
    struct buf text = BUF_INIT;
    struct try try;

    (void)state;
    try_open(&try);
    type_in_line_mode(&try, "Toinen rivi");
    assert_non_null(strstr(drafted.text, "Toinen rivi"));
    try_close(&try);
    for (const char *m = MARKS; *m; m++) {
        try_open(&try);
        write_code(&text, "Aino %s%s%s Malli", (char[]){ *m, '\0' }, false);
        type_in_line_mode(&try, text.text);
        if (is_kept(&try, "900"))
            fail_msg("kept: %s", text.text);
        try_close(&try);
    }
    buf_free(&text);
}

static int unload(void **state)
{
    buf_free(&drafted);
    return help_free_real(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_question),
        cmocka_unit_test(test_what_is_no_code),
        cmocka_unit_test(test_every_question_in_a_file),
        cmocka_unit_test(test_drafts_on_screen),
        cmocka_unit_test(test_drafts_in_line_mode),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("refuse", tests, help_load_real, unload);
}
