/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts to check: the list, one fact with all that is known of it, and noting what was found.
 */
#include "line/line_parts.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/fact_notes.h"
#include "core/plan_facts.h"

/* ---- noting ---- */

/* How one part of a note is asked and checked. */
struct part {
    const char *question;
    void (*check)(const struct line *line, const struct fact *data, const char *text,
                  struct check *out);
};

static void check_found(const struct line *line, const struct fact *data, const char *text,
                        struct check *out)
{
    fact_note_check(data, text, line->plan->today, out);
}

static void check_day(const struct line *line, const struct fact *data, const char *text,
                      struct check *out)
{
    (void)data;
    fact_note_check_day(text, line->plan->today, out);
}

static void check_who(const struct line *line, const struct fact *data, const char *text,
                      struct check *out)
{
    (void)data;
    fact_note_check_who(text, line->plan->today, out);
}

static const struct part parts[] = {
    { N_("What did you find?"), check_found },
    { N_("Checked on"), check_day },
    { N_("Checked by"), check_who },
};

/* How to write the value. */
static void tell_how(struct line *line, const struct fact *data)
{
    struct buf unit = BUF_INIT;

    fact_unit(data, &line->tr, &unit);
    if (data->date)
        line_say(line, line_text(line, "A date, for example 1.9.2027."));
    else if (data->number || data->min || data->max)
        line_sayf(line, "%s %s%s%s",
                  line_text(line, "A number or a range, for example 3 or 3–4; 3– is at least 3."),
                  unit.length ? line_text(line, "Unit") : "", unit.length ? ": " : "", unit.text);
    buf_free(&unit);
}

/* Asks until it is right. With `offer` Enter takes that, else Enter goes back. False when the user
 * goes back. */
static bool ask_part(struct line *line, const struct part *part, const struct fact *data,
                     const char *offer, struct check *out)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf prompt = BUF_INIT, fault = BUF_INIT;
    bool asked = true;

    out->state = CHECK_BAD;
    buf_add(&prompt, line_text(line, part->question));
    if (*offer)
        buf_addf(&prompt, " (%s: %s)", line_text(line, "Enter"), offer);
    buf_add(&prompt, prompt.text[prompt.length - 1] == '?' ? " " : ": ");
    while (asked && out->state != CHECK_OK) {
        line_listen(line, prompt.text, &saying);
        asked = saying.said == SAID_TEXT || (saying.said == SAID_NOTHING && *offer);
        if (!asked)
            break;
        part->check(line, data, saying.said == SAID_TEXT ? saying.text.text : offer, out);
        buf_clear(&fault);
        check_message(out, &line->tr, &fault);
        if (out->state != CHECK_OK)
            line_say(line, fault.text);
    }
    buf_free(&saying.text);
    buf_free(&prompt);
    buf_free(&fault);
    return asked;
}

static void tell_noted(struct line *line, const struct fact *fact)
{
    struct fact_look look;
    struct buf text = BUF_INIT;

    plan_fact_look(line->plan, fact, &look);
    fact_value(&look.shown, &line->tr, &text);
    buf_add(&text, ", ");
    fact_checked(&look, &line->tr, &text);
    line_sayf(line, line_text(line, "Saved: %s."), text.text);
    buf_free(&text);
}

static void note(struct line *line, const struct fact *fact)
{
    struct check checks[countof(parts)] = { CHECK_INIT, CHECK_INIT, CHECK_INIT };
    const char *who = fact_notes_who(answers_notes(line->plan->answers));
    const struct fact *data = fact_on(fact, line->plan->today);
    struct err err = { .tr = &line->tr };
    char today[40];
    bool whole;

    date_text(line->plan->today, LANG_FI, today, sizeof today);
    tell_how(line, data);
    whole = ask_part(line, &parts[0], data, "", &checks[0]) &&
            ask_part(line, &parts[1], data, today, &checks[1]) &&
            ask_part(line, &parts[2], data, who, &checks[2]);
    if (!whole)
        line_say(line, line_text(line, "Nothing was noted."));
    else if (plan_set_note(line->plan, fact, date_parse_iso(checks[1].value.text),
                           checks[2].value.text, checks[0].value.text, &err))
        line_say_error(line, &err);
    else
        tell_noted(line, fact);
    for (size_t i = 0; i < countof(checks); i++)
        check_free(&checks[i]);
}

static void keep(struct line *line, const struct fact *fact)
{
    struct err err = { .tr = &line->tr };

    if (plan_keep_note(line->plan, fact, &err))
        line_say_error(line, &err);
    else
        tell_noted(line, fact);
}

static void drop(struct line *line, const struct fact *fact)
{
    struct err err = { .tr = &line->tr };

    if (plan_set_note(line->plan, fact, 0, NULL, NULL, &err))
        line_say_error(line, &err);
    else
        line_say(line, line_text(line, "Saved: the value of the program's data is used."));
}

/* ---- one fact ---- */

struct choice_of_fact {
    const char *label;
    void (*run)(struct line *line, const struct fact *fact);
};

static size_t choices_of(const struct fact_look *look, struct choice_of_fact out[3])
{
    size_t count = 0;

    out[count++] = (struct choice_of_fact){
        look->note ? N_("Note a new check") : N_("Note what you found"), note };
    if (look->newer)
        out[count++] = (struct choice_of_fact){ N_("Stay with your own value"), keep };
    if (look->note)
        out[count++] = (struct choice_of_fact){
            look->newer ? N_("Use the value of the program's data") : N_("Take your note away"),
            drop };
    return count;
}

static void open_fact(struct line *line, const struct fact *fact)
{
    struct buf text = BUF_INIT;
    struct choice_of_fact choices[3];
    struct fact_look look;
    size_t count, number;

    plan_fact_look(line->plan, fact, &look);
    plan_fact_text(line->plan, fact, &line->tr, &text);
    line_say(line, "");
    line_say(line, text_get(&look.data->subject, line->tr.lang));
    line_say(line, text.text);
    count = choices_of(&look, choices);
    for (size_t i = 0; i < count; i++)
        line_sayf(line, "  %zu %s", i + 1, line_text(line, choices[i].label));
    number = line_ask_number(line, line_text(line, "Number, or Enter goes back: "), count);
    if (number)
        choices[number - 1].run(line, fact);
    buf_free(&text);
}

/* ---- the list ---- */

static void tell_fact(struct line *line, const struct plan_fact *fact, size_t number)
{
    struct buf text = BUF_INIT;

    fact_value(&fact->look.shown, &line->tr, &text);
    if (fact->look.note) {
        buf_add(&text, ", ");
        fact_checked(&fact->look, &line->tr, &text);
    }
    line_sayf(line, "  %zu %s: %s", number, text_get(&fact->look.data->subject, line->tr.lang),
              text.text);
    buf_free(&text);
}

/* Tells the facts; what is in order only when it is asked for. Returns how many were told. */
static size_t tell_facts(struct line *line, const struct plan_facts *facts, bool rest)
{
    bool headed[FACTS_REST + 1] = { false };
    size_t told = 0;

    line_say(line, "");
    for (; told < facts->count; told++) {
        enum fact_group group = plan_fact_group(&facts->at[told]);
        if (group == FACTS_REST && !rest)
            break;
        if (!headed[group])
            line_sayf(line, "%s:", line_text(line, plan_fact_heading(group)));
        headed[group] = true;
        tell_fact(line, &facts->at[told], told + 1);
    }
    if (!told)
        line_say(line, line_text(line, "There is nothing to check now."));
    return told;
}

void line_facts(struct line *line)
{
    struct saying saying = { .text = BUF_INIT };
    struct plan_facts facts = { 0 };
    bool rest = false, again = true;

    while (again && !line->quit) {
        size_t told, number = 0;
        plan_facts(line->plan, &facts);
        told = tell_facts(line, &facts, rest);
        line_listen(line, line_text(line, "Number opens a fact, d tells the other facts too, "
                                          "Enter goes back to the task list: "), &saying);
        rest |= saying.said == SAID_TEXT && strcmp(saying.text.text, "d") == 0;
        if (saying.said == SAID_TEXT)
            number = line_number(saying.text.text, told);
        if (number)
            open_fact(line, facts.at[number - 1].look.named);
        again = saying.said == SAID_TEXT;
    }
    plan_facts_free(&facts);
    buf_free(&saying.text);
}

void line_tell_facts(struct line *line)
{
    size_t count = plan_facts_to_check(line->plan);

    if (count)
        line_sayf(line, line_plural(line, "%zu fact to check for the open tasks: d tells it.",
                                    "%zu facts to check for the open tasks: d tells them.",
                                    count), count);
}
