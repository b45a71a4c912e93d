/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The versions of a document that is approved, in line mode: who approved it and when, keeping the
 * next one, the ones that were kept.
 */
#include "line/line_parts.h"

#include "core/schema.h"
#include "core/versions.h"

/* What can be done; from KEPT on a version is opened. */
enum { APPROVER, APPROVED_ON, NEXT_REVIEW, LANGUAGE, KEEP, KEPT };

struct approval {
    struct line *line;
    const struct document *document;
    enum lang lang;           /* of the next version */
    struct versions kept;
    struct line_menu menu;
};

static void add_item(struct approval *approval, int code, const struct item *item)
{
    struct line *line = approval->line;
    struct buf label = BUF_INIT, value = BUF_INIT;

    if (item) {
        plan_text(line->plan, &item->label, &line->tr, &label);
        plan_show(line->plan, item, NULL, &line->tr, &value);
        line_menu_add(&approval->menu, code, label.text,
                      value.length ? value.text : line_text(line, "not answered"));
    }
    buf_free(&label);
    buf_free(&value);
}

/* The choices that keep it; or says why that cannot be. */
static void add_next(struct approval *approval)
{
    struct line *line = approval->line;
    struct versions_verdict verdict;
    struct buf text = BUF_INIT;
    struct err err = { .tr = &line->tr };

    if (versions_judge(line->plan, approval->document, &approval->kept, &verdict, &err))
        buf_add(&text, err.msg);
    else
        versions_bar_text(line->plan, approval->document, &verdict, &line->tr, &text);
    if (text.length) {
        line_sayf(line, "! %s", text.text);
    } else if (line->hooks->keep) {
        line_menu_add(&approval->menu, LANGUAGE, line_text(line, "Language of the version"),
                      lang_name(approval->lang));
        buf_addf(&text, line_text(line, "Keep it as version %d"), (int)approval->kept.count + 1);
        line_menu_add(&approval->menu, KEEP, text.text, NULL);
    }
    buf_free(&text);
}

static void add_kept(struct approval *approval)
{
    struct buf text = BUF_INIT;

    for (size_t i = approval->kept.count; i-- > 0;) {
        buf_clear(&text);
        version_text(&approval->kept.at[i], &approval->line->tr, &text);
        line_menu_add(&approval->menu, KEPT + (int)i, text.text, NULL);
    }
    buf_free(&text);
}

static void tell(struct approval *approval)
{
    struct line *line = approval->line;
    const struct doc_control *control = approval->document->control;
    struct buf now = BUF_INIT;
    struct err err = { .tr = &line->tr };

    versions_free(&approval->kept);
    line_menu_clear(&approval->menu);
    if (versions_read(line->plan, approval->document, &approval->kept, &err))
        line_say(line, err.msg);
    versions_now_text(line->plan, approval->document, &approval->kept, &line->tr, &now);
    line_sayf(line, "%s. %s", text_get(&approval->document->title, line->tr.lang), now.text);
    add_item(approval, APPROVER, control->approver);
    add_item(approval, APPROVED_ON, control->approved_on);
    add_item(approval, NEXT_REVIEW, control->next_review);
    add_next(approval);
    add_kept(approval);
    line_menu_tell(line, &approval->menu);
    buf_free(&now);
}

static void keep(struct approval *approval)
{
    struct line *line = approval->line;
    struct tr tr = line->hooks->tr(line->hooks->data, approval->lang);
    struct err err = { .tr = &line->tr };
    int number = 0;

    if (!line_can_write(line))
        return;
    line_say(line, line_text(line, "A kept version cannot be changed any more. What you change "
                                   "later belongs to the next version."));
    if (!line_confirm(line, line_text(line, "Keep it? Yes or no: ")))
        return;
    if (line->hooks->keep(line->hooks->data, line->plan, approval->document, &tr, &number, &err))
        line_sayf(line, line_text(line, "Not kept: %s"), err.msg);
    else
        line_sayf(line, line_text(line, "Version %d is kept. It can be read and printed below."),
                  number);
}

static void act(struct approval *approval, int code)
{
    struct line *line = approval->line;
    const struct doc_control *control = approval->document->control;
    const struct item *items[] = { [APPROVER] = control->approver,
                                   [APPROVED_ON] = control->approved_on,
                                   [NEXT_REVIEW] = control->next_review };

    if (code <= NEXT_REVIEW) {
        line_visit(line, &(struct place){ items[code], NULL });
    } else if (code == LANGUAGE) {
        approval->lang = (enum lang)((approval->lang + 1) % LANG_COUNT);
    } else if (code == KEEP) {
        keep(approval);
    } else {
        const struct version *version = &approval->kept.at[code - KEPT];
        enum lang lang = line->tr.lang;
        lang_parse(version->lang, &lang);
        line_document(line, approval->document, version->number, lang);
    }
}

void line_versions(struct line *line, const struct document *document)
{
    struct approval approval = { .line = line, .document = document, .lang = line->tr.lang };
    int code;

    do {
        tell(&approval);
        code = line_menu_ask(line, &approval.menu,
                             line_text(line, "Number of what to do with it, Enter goes back: "));
        if (code >= 0)
            act(&approval, code);
    } while (code >= 0 && !line->quit);
    versions_free(&approval.kept);
    line_menu_free(&approval.menu);
}
