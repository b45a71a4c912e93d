/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: any bytes as the stream of facts that the reader program writes, judged by the
 * shipped cases and worded. Every value is clean, there are bounds, and no word is missing.
 */
#include "fuzz_help.h"

#include "base/date.h"
#include "base/err.h"
#include "base/tr.h"
#include "core/card_text.h"
#include "io/content.h"

static void check_facts(const struct card_facts *facts)
{
    need(facts->count <= CARD_FACTS_MAX);
    for (size_t i = 0; i < facts->count; i++)
        need_clean(facts->at[i].value);
}

static const struct schema *load(void)
{
    static struct content content;
    static struct content_place place;
    const char *source = getenv("TEST_SRCDIR");
    struct err err = { 0 };

    if (content_find(&place, source ? source : ".", &err)
        || content_load(&content, &place, NULL, NULL, &err)) {
        fprintf(stderr, "%s\n", err.msg);
        abort();
    }
    return content.schema;
}

static void word(const struct schema *schema, const struct card_verdict *verdict)
{
    struct tr tr = { .lang = LANG_FI };
    struct card_words words = { schema, NULL, &tr, date_make(2026, 11, 22) };
    struct buf out = BUF_INIT;

    for (int i = 0; i < CARD_LINE_COUNT; i++)
        card_line_text(&words, &verdict->signs, (enum card_line)i, &out);
    for (size_t i = 0; i < verdict->count; i++) {
        card_case_text(&words, &verdict->signs, &verdict->at[i]->cause, &out);
        card_case_text(&words, &verdict->signs, &verdict->at[i]->remedy, &out);
        card_case_command(&words, &verdict->signs, verdict->at[i], &out);
    }
    need_clean(out.text);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct schema *schema;
    const struct card_context context = {
        .today = date_make(2026, 11, 22), .newest_fact = DATE_NONE,
        .needed_until = date_make(2027, 9, 1), .holder = "Maija Mallikas",
        .organisation = "Perhekoti Esimerkki Oy",
    };
    struct card_verdict verdict = { .count = 0 };
    struct card_lines lines = { .length = 0 };
    struct card_view view = { .count = 0 };

    if (!schema)
        schema = load();
    card_lines_add(&lines, &view, (const char *)data, size);
    need(view.count <= CARD_READERS_MAX);
    check_facts(&view.system);
    for (size_t i = 0; i < view.count; i++) {
        check_facts(&view.at[i].reader);
        check_facts(&view.at[i].card);
    }
    card_judge(schema->cards, &view, card_view_current(&view), &context, &verdict);
    check_facts(&verdict.signs);
    word(schema, &verdict);
    card_verdict_free(&verdict);
    card_view_free(&view);
    return 0;
}
