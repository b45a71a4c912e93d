/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows from a file: the changes are told, and only after a yes are they written.
 */
#include "line/line_parts.h"

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

/* Tells the preview, asks, and writes. */
static int bring_in(struct line *line, const struct row_import *import, struct err *err)
{
    struct buf question = BUF_INIT;
    bool yes;
    int code = 0;

    row_import_tell(import, &line->tr, tell_words, line);
    if (!row_import_has_changes(import)) {
        line_say(line, line_text(line, "The file changes nothing."));
        return 0;
    }
    import_counts_text(import->counts, &line->tr, &question);
    buf_addf(&question, " %s ", line_text(line, "Bring in? Yes or no:"));
    yes = line_confirm(line, question.text);
    if (yes)
        code = row_import_commit(import, err);
    if (!code)
        line_say(line, line_text(line, yes ? N_("The people have been brought in.")
                                           : N_("Nothing was changed.")));
    buf_free(&question);
    return code;
}

static int import_file(struct line *line, const char *file, struct err *err)
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
    line_say(line, line_text(line, "A spreadsheet program saves a table as CSV. The first row has "
                                   "the headings, and one of them is the name."));
    line_listen(line, line_text(line, "Folder and name of the CSV file; Enter goes back: "),
                &saying);
    if (saying.said == SAID_TEXT && import_file(line, saying.text.text, &err)) {
        err_text(&err, text, sizeof text);
        line_sayf(line, line_text(line, "Not brought in: %s"), text);
    }
    buf_free(&saying.text);
}
