/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Accepting a warning of the rights matrix in line mode: which one, why, what makes up for it,
 * until when, who.
 */
#include "line/line_parts.h"

#include <stdlib.h>

#include "base/date.h"
#include "core/rights_accept.h"
#include "core/rights_edit.h"
#include "core/rights_text.h"

/* Asks until it is right; false when the user goes back. */
static bool ask_part(struct line *line, enum rights_accept_part part, struct check *out)
{
    const struct item *item = rights_accept_item(line->plan, part);
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT, fault = BUF_INIT;
    bool again = true;

    plan_text(line->plan, &item->label, &line->tr, &prompt);
    buf_add_char(&prompt, ' ');
    if (item->hint.in[line->tr.lang])
        line_say(line, text_get(&item->hint, line->tr.lang));
    while (again) {
        line_listen(line, prompt.text, &saying);
        again = saying.said == SAID_TEXT;
        if (!again)
            break;
        rights_accept_check(line->plan, part, saying.text.text, out);
        again = out->state == CHECK_BAD || out->state == CHECK_REFUSED;
        buf_clear(&fault);
        check_message(out, &line->tr, &fault);
        if (again)
            line_say(line, fault.text);
    }
    buf_free(&saying.text);
    buf_free(&prompt);
    buf_free(&fault);
    return out->value.length > 0 && (out->state == CHECK_OK || out->state == CHECK_WARN);
}

/* The person, or -1: not said. */
static int ask_who(struct line *line)
{
    const struct rights *rights = line_rights_now(line);
    const struct item *by = line->plan->schema->rights->items[RIGHTS_ITEM_WAIVER_BY];
    struct line_menu menu = { 0 };
    struct buf prompt = BUF_INIT;
    int person;

    for (size_t i = 0; i < rights->person_count; i++) {
        struct buf name = BUF_INIT;
        rights_person_name(rights, (int)i, &line->tr, &name);
        line_menu_add(&menu, (int)i, name.text, NULL);
        buf_free(&name);
    }
    line_menu_tell(line, &menu);
    buf_addf(&prompt, "%s %s", text_get(&by->label, line->tr.lang),
             line_text(line, "Number, or Enter when nobody is named: "));
    person = line_menu_ask(line, &menu, prompt.text);
    line_menu_free(&menu);
    buf_free(&prompt);
    return person;
}

static void write_it(struct line *line, const struct rights_warning *warning,
                     const struct check *checks, int by)
{
    const struct rights_finding *finding = rights_warning_now(line->plan, warning);
    int review = date_parse_iso(checks[RIGHTS_ACCEPT_REVIEW].value.text);
    struct err err = { .tr = &line->tr };
    char day[32];

    date_text(review, line->tr.lang, day, sizeof day);
    if (!finding)
        line_say(line, line_text(line, "This warning is not there any more."));
    else if (rights_accept(line->plan, finding, checks[RIGHTS_ACCEPT_REASON].value.text,
                           checks[RIGHTS_ACCEPT_MEASURE].value.text, review, by, &err))
        line_say_error(line, &err);
    else
        line_sayf(line, line_text(line, "The warning is accepted until %s. Undo takes it back."),
                  day);
}

static void accept(struct line *line, const struct rights_warning *warning)
{
    struct check checks[RIGHTS_ACCEPT_PARTS] = { CHECK_INIT, CHECK_INIT, CHECK_INIT };
    bool whole = true;

    for (int i = 0; i < RIGHTS_ACCEPT_PARTS && whole; i++)
        whole = ask_part(line, (enum rights_accept_part)i, &checks[i]);
    if (whole) {
        int by = ask_who(line);
        if (!line->quit)
            write_it(line, warning, checks, by);
    } else {
        line_say(line, line_text(line, "Nothing was changed."));
    }
    for (int i = 0; i < RIGHTS_ACCEPT_PARTS; i++)
        check_free(&checks[i]);
}

void line_rights_accept(struct line *line)
{
    const struct rights *rights = line_rights_now(line);
    const struct rights_findings *findings = engine_rights_findings(line->plan->engine);
    struct rights_warning warning;
    size_t *order, count = rights_warnings(line->plan, -1, -1, -1, &order), number = 0;

    for (size_t i = 0; i < count; i++) {
        struct buf text = BUF_INIT;
        rights_finding_text(rights, &findings->at[order[i]], &line->tr, &text);
        line_sayf(line, "  %zu %s", i + 1, text.text);
        buf_free(&text);
    }
    if (count)
        number = line_choose(line, line_text(line, "Number of the warning, Enter goes back: "),
                             count);
    else
        line_say(line, line_text(line, "There is no warning to accept. An error has to be "
                                       "corrected."));
    if (number) {
        rights_warning_of(line->plan, order[number - 1], &warning);
        accept(line, &warning);
    }
    free(order);
}
