/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any text as results of card tests: it is read or refused, and what is read is clean, of one line,
 * not endless, with days that there are and kinds that the data know.
 */
#include "fuzz_help.h"

#include "base/date.h"
#include "base/err.h"
#include "core/card_data.h"
#include "core/card_notes.h"
#include "io/card_json.h"

enum { TEXT_COLUMNS_MAX = 300 };

static void check_text(const char *text)
{
    if (!text)
        return;
    need(utf8_width(text) <= TEXT_COLUMNS_MAX);
    need_clean(text);
}

static void check_result(const struct card_result *result)
{
    check_text(result->holder);
    check_text(result->organisation);
    check_text(result->reader);
    check_text(result->host);
    check_text(result->fault);
    need(!result->kind || strcmp(result->kind, "professional") == 0);
    need(!result->until || date_parse_iso(result->until) != DATE_NONE);
    need(result->line > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct card_kind kinds[] = { { .id = "professional" } };
    const struct cards cards = { .kinds = kinds, .kind_count = 1 };
    struct card_results results = { 0 };
    struct buf text = BUF_INIT;
    struct err err = { 0 };
    int code;

    buf_add_n(&text, (const char *)data, size);
    card_json_is(text.text, text.length);
    code = card_json_read(&results, text.text, text.length, "results.json", &cards, &err);
    need(code == 0 || (code == ERR_INPUT && err.line > 0));
    for (size_t i = 0; i < results.count; i++)
        check_result(&results.at[i]);
    card_results_free(&results);
    buf_free(&text);
    return 0;
}
