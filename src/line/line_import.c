/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows, or results of card tests, from a file: the changes are told, and only after a yes are they
 * written.
 */
#include "line/line_parts.h"

#include "core/card_notes.h"
#include "core/row_import.h"
#include "core/table.h"

static void tell_words(void *data, enum import_words words, int line, int col, const char *text)
{
    static const char *const before[] = {
        [IMPORT_WORDS_NOTE] = "", [IMPORT_WORDS_HEADING] = "", [IMPORT_WORDS_ROW] = "  ",
        [IMPORT_WORDS_DETAIL] = "    ", [IMPORT_WORDS_REMARK] = "    ! ",
    };

    (void)line;
    (void)col;
    line_sayf(data, "%s%s", before[words], text);
}

/* Asks after the preview; `summary` is added to. */
static bool agrees(struct line *line, struct buf *summary)
{
    bool yes;

    buf_addf(summary, " %s ", line_text(line, "Bring in? Yes or no:"));
    yes = line_confirm(line, summary->text);
    if (!yes)
        line_say(line, line_text(line, "Nothing was changed."));
    return yes;
}

/* Tells the preview, asks, and writes. */
static int bring_in(struct line *line, const struct row_import *import, struct err *err)
{
    struct buf summary = BUF_INIT;
    int code = 0;

    row_import_tell(import, &line->tr, tell_words, line);
    import_counts_text(import->counts, &line->tr, &summary);
    if (!row_import_has_changes(import)) {
        line_say(line, line_text(line, "The file changes nothing."));
    } else if (agrees(line, &summary)) {
        code = row_import_commit(import, err);
        if (!code)
            line_say(line, line_text(line, "The people have been brought in."));
    }
    buf_free(&summary);
    return code;
}

static int note_tests(struct line *line, const struct card_results *results, struct err *err)
{
    struct card_notes *notes = card_notes_new(line->plan, results);
    struct buf summary = BUF_INIT;
    int code = 0;

    if (!notes->count)
        line_say(line, line_text(line, "No card was read in this test."));
    card_notes_tell(notes, &line->tr, tell_words, line);
    import_counts_text(notes->counts, &line->tr, &summary);
    if (!card_notes_has_changes(notes)) {
        line_say(line, line_text(line, "The file changes nothing."));
    } else if (agrees(line, &summary)) {
        code = card_notes_commit(notes, err);
        if (!code)
            line_say(line, line_text(line, "The card tests have been noted."));
    }
    card_notes_free(notes);
    buf_free(&summary);
    return code;
}

static int import_people(struct line *line, const char *file, struct err *err)
{
    struct table table = { 0 };
    struct row_import *import = NULL;
    int code = line->hooks->read_table(line->hooks->data, file, &table, err);

    if (!code)
        code = row_import_new(&import, line->plan, &table, err);
    if (!code)
        code = bring_in(line, import, err);
    row_import_free(import);
    table_free(&table);
    return code;
}

/* What the file holds tells what is brought in. */
static int import_file(struct line *line, const char *file, struct err *err)
{
    struct card_results results = { 0 };
    int code = 1;

    if (line->hooks->read_tests && card_notes_can(line->plan))
        code = line->hooks->read_tests(line->hooks->data, file, &results, err);
    if (code == 0)
        code = note_tests(line, &results, err);
    else if (code == 1)
        code = import_people(line, file, err);
    card_results_free(&results);
    return code;
}

void line_import(struct line *line)
{
    struct saying saying = { .text = BUF_INIT };
    struct err err = { .tr = &line->tr };
    const char *reason = plan_read_only(line->plan);
    char text[1024];

    if (reason || !line->hooks->read_table || line->plan->schema->import_count == 0) {
        line_say(line, line_text(line, reason ? reason
                                              : N_("no kind of table can be brought in here")));
        return;
    }
    line_say(line, line_text(line, "People come from a CSV file: a spreadsheet program saves a "
                                   "table so. The first row has the headings, and one of them is "
                                   "the name. Card tests of another computer come from the file "
                                   "that kantapolku reader --json made there."));
    line_listen(line, line_text(line, "Folder and name of the file; Enter goes back: "),
                &saying);
    if (saying.said == SAID_TEXT && import_file(line, saying.text.text, &err)) {
        err_text(&err, text, sizeof text);
        line_sayf(line, line_text(line, "Not brought in: %s"), text);
    }
    buf_free(&saying.text);
}
