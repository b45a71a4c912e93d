/* SPDX-License-Identifier: EUPL-1.2 */
#include "import_print.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cmd.h"
#include "core/card_notes.h"

/* Only what is wrong needs its place. */
void import_print(void *data, enum import_words words, int line, int col, const char *text)
{
    static const int indent[] = {
        [IMPORT_WORDS_NOTE] = 0, [IMPORT_WORDS_HEADING] = 0, [IMPORT_WORDS_ROW] = 2,
        [IMPORT_WORDS_DETAIL] = 4, [IMPORT_WORDS_REMARK] = 4,
    };
    const struct import_printer *printer = data;
    struct buf clean = BUF_INIT;

    utf8_clean(&clean, text, strlen(text), UTF8_ONE_LINE);
    fprintf(printer->out, "%*s", indent[words], "");
    if (words == IMPORT_WORDS_REMARK && printer->file)
        fprintf(printer->out, "%s:%d:%d: ", printer->file, line, col);
    fprintf(printer->out, "%s\n", clean.text);
    buf_free(&clean);
}

static void print_notes(const struct app *app, const struct card_notes *notes,
                        struct import_printer *printer)
{
    struct buf summary = BUF_INIT;

    card_notes_tell(notes, &app->tr, import_print, printer);
    import_counts_text(notes->counts, &app->tr, &summary);
    fprintf(printer->out, "%s\n",
            notes->count ? summary.text : tr_text(&app->tr, "No card was read in this test."));
    if (app->options.dry_run)
        fprintf(printer->out, "%s\n", tr_text(&app->tr, "Nothing was changed."));
    buf_free(&summary);
}

/* Told before it is written: the preview speaks of the plan as it is. */
int import_cards(const struct app *app, struct plan *plan, const struct card_results *results,
                 struct import_printer *printer, struct err *err)
{
    struct card_notes *notes;
    int code = 0;

    if (!card_notes_can(plan))
        return err_set(err, ERR_INPUT, N_("%s is missing"), "data/cards/inventory.yaml");
    notes = card_notes_new(plan, results);
    if (!app->options.quiet)
        print_notes(app, notes, printer);
    if (!app->options.dry_run && card_notes_has_changes(notes))
        code = card_notes_commit(notes, err);
    card_notes_free(notes);
    return code;
}
