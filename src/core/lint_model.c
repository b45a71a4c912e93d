/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Model texts: the blanks name items that have one answer, and [[ ]] come in pairs.
 */
#include "core/lint_parts.h"

#include "base/buf.h"
#include "core/model.h"
#include "core/requirement.h"

static void check_blank(struct lint *lint, const struct where *where, const char *what,
                        const struct model_piece *piece)
{
    const struct item *item = schema_item_n(lint->schema, piece->text, piece->length);

    if (!item)
        problems_add(&lint->out, where, "unknown item \"%.*s\" in \"%s\"", (int)piece->length,
                     piece->text, what);
    else if (item->repeat)
        problems_add(&lint->out, where, "\"%s\" in \"%s\" is in rows; name the repeat \"%s\"",
                     item->id, what, item->repeat->id);
    else if (item->type == ITEM_NOTE || item->type == ITEM_HEADING)
        problems_add(&lint->out, where, "\"%s\" in \"%s\" has no answer", item->id, what);
}

/* Checks the pieces; what is left for the reader without answers goes to `prose`. */
static void check_pieces(struct lint *lint, const struct where *where, const char *what,
                         const char *model, struct buf *prose)
{
    struct model_piece piece;
    bool open = false;

    while ((piece = model_next(&model)).kind != MODEL_END) {
        if (piece.kind == MODEL_ITEM)
            check_blank(lint, where, what, &piece);
        else if (piece.kind == MODEL_LITERAL || piece.kind == MODEL_FACT)
            buf_add_n(prose, piece.text, piece.length);
        else if (open == (piece.kind == MODEL_OPEN))
            problems_add(&lint->out, where, "\"[[\" and \"]]\" in \"%s\" are no pairs", what);
        if (piece.kind == MODEL_OPEN || piece.kind == MODEL_CLOSE)
            open = piece.kind == MODEL_OPEN;
    }
    if (open)
        problems_add(&lint->out, where, "\"[[\" in \"%s\" has no \"]]\"", what);
}

void lint_model(struct lint *lint, const struct where *where, const char *what,
                const struct text *model)
{
    for (int i = 0; i < LANG_COUNT && model->in[i]; i++) {
        struct buf prose = BUF_INIT;
        struct text same;
        if (i > 0 && model->in[i] == model->in[0])
            continue;
        check_pieces(lint, where, what, model->in[i], &prose);
        same = (struct text){ { prose.text, prose.text, prose.text } };
        lint_text(lint, where, what, &same, LINT_FORM_TEXT);
        buf_free(&prose);
    }
}

void lint_requirements(struct lint *lint)
{
    const struct requirements *all = lint->schema->requirements;

    for (size_t i = 0; all && i < all->count; i++) {
        const struct requirement *of = &all->all[i];
        lint_text(lint, &of->where, "otherwise", &of->otherwise, LINT_FORM_TEXT);
        if (of->relevant.sql && !of->otherwise.in[0])
            problems_add(&lint->out, &of->where, "\"%s\" has \"relevant\" and no \"otherwise\"",
                         of->id);
        if (!of->relevant.sql && of->otherwise.in[0])
            problems_add(&lint->out, &of->where, "\"%s\" has \"otherwise\" and no \"relevant\"",
                         of->id);
        if (of->responsible && of->responsible->type != ITEM_ROW)
            problems_add(&lint->out, &of->where, "\"responsible\" names \"%s\", which is no row",
                         of->responsible->id);
    }
}
