/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The proposal beside the field: a text made of the other answers, which is no answer until the
 * user takes it into the field.
 */
#include <string.h>

#include "core/model.h"
#include "ui/ui.h"

bool ui_proposal(struct ui *ui, const struct item *item, const char *typed, struct buf *out,
                 int *blanks)
{
    size_t before = out->length;

    return model_propose(ui->plan, item, &ui->tr, out, blanks) &&
           strcmp(out->text + before, typed) != 0;
}

int ui_draw_proposal(struct ui *ui, struct canvas *body, int row, const struct item *item,
                     const char *typed)
{
    struct buf proposal = BUF_INIT;
    int blanks = 0, first = row, cols = body->grid.cols - 4;

    if (ui_proposal(ui, item, typed, &proposal, &blanks) && typed[0]) {
        row += 1 + canvas_wrap(body, row, 1, cols + 2,
                               ui_text(ui, "Your other answers give another text. It can be taken "
                                           "in place of this one."), ATTR_DIM);
    } else if (proposal.length && !typed[0]) {
        row += canvas_wrap(body, row, 1, cols + 2,
                           ui_text(ui, "Proposal, which is no answer before you take it:"),
                           ATTR_DIM);
        row += canvas_wrap(body, row, 3, cols, proposal.text, 0);
        if (blanks > 0)
            row += canvas_wrap(body, row, 1, cols + 2,
                               ui_text(ui, "What is in brackets has no answer yet."), ATTR_DIM);
        row++;
    }
    buf_free(&proposal);
    return row - first;
}
