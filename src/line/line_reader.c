/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The card-reader test in line mode: the same sentences as on the full screen, told once when they
 * become true. The program waits for cards and for the user at the same time.
 */
#include "line/line_parts.h"

#include <string.h>

#include "core/card_data.h"
#include "core/card_session.h"

struct reading {
    struct line *line;
    const struct card_source *source;
    struct card_session session;
    enum card_stand told;     /* the last stand that was told */
    bool told_out;            /* and whether the card was out */
    char card[CARD_KEY_MAX];  /* and of which card */
    bool over;
};

bool line_can_read_cards(const struct line *line)
{
    return line->hooks->cards && line->plan->schema->cards;
}

/* ---- telling ---- */

static void tell_buf(struct line *line, const char *before, struct buf *text)
{
    if (text->length)
        line_sayf(line, "%s%s", before, text->text);
    buf_clear(text);
}

static void tell_lines(const struct reading *reading)
{
    const struct card_session *session = &reading->session;
    struct line *line = reading->line;

    for (int i = 0; i < CARD_LINE_COUNT; i++) {
        struct buf value = BUF_INIT;
        card_line_text(&session->words, &session->verdict.signs, (enum card_line)i, &value);
        if (value.length && card_session_shows(session, (enum card_line)i))
            line_sayf(line, "  %s: %s", line_text(line, card_line_label((enum card_line)i)),
                      value.text);
        buf_free(&value);
    }
    if (card_fact(&session->verdict.signs, "holder"))
        line_sayf(line, "  %s", line_text(line, card_no_pin_text()));
}

static void tell_cases(const struct reading *reading)
{
    const struct card_session *session = &reading->session;
    struct line *line = reading->line;
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < session->verdict.count; i++) {
        const struct card_case *one = session->verdict.at[i];
        buf_addf(&text, "%s: ", line_text(line, card_weight_word(one->weight)));
        card_case_text(&session->words, &session->verdict.signs, &one->cause, &text);
        tell_buf(line, "", &text);
        card_case_text(&session->words, &session->verdict.signs, &one->remedy, &text);
        tell_buf(line, "  ", &text);
        card_case_command(&session->words, &session->verdict.signs, one, &text);
        tell_buf(line, "    ", &text);
        card_case_contacts(&session->words, one, &text);
        if (text.length)
            line_sayf(line, "  %s %s", line_text(line, "Ask:"), text.text);
        buf_clear(&text);
    }
    buf_free(&text);
}

static bool is_settled(enum card_stand stand)
{
    return stand != CARD_STAND_READING && stand != CARD_STAND_SLOW && stand != CARD_STAND_WAIT;
}

static void tell_stand(struct reading *reading)
{
    struct buf text = BUF_INIT, progress = BUF_INIT;

    card_session_text(&reading->session, &text);
    if (reading->session.stand == CARD_STAND_NOTED || reading->session.stand == CARD_STAND_WAIT)
        card_session_progress(&reading->session, &progress);
    line_sayf(reading->line, "%s%s%s", text.text, progress.length ? " " : "", progress.text);
    buf_free(&text);
    buf_free(&progress);
}

/* Says what has become true since the last time; the lines of a card once. */
static void tell_news(struct reading *reading)
{
    const struct card_session *session = &reading->session;
    bool same_card = strcmp(reading->card, session->card) == 0;

    if (same_card && reading->told == session->stand && reading->told_out == session->out)
        return;
    if (is_settled(session->stand) && !(same_card && is_settled(reading->told))) {
        tell_lines(reading);
        tell_cases(reading);
    }
    tell_stand(reading);
    reading->told = session->stand;
    reading->told_out = session->out;
    memcpy(reading->card, session->card, sizeof reading->card);
}

/* ---- asking ---- */

/* Asks for a row of the repeat by its number; false when the user goes back. With `more` the number
 * behind the last row means that, and the key is "". */
static bool ask_row(struct reading *reading, const struct item *repeat, const char *question,
                    const char *more, char key[24])
{
    struct line *line = reading->line;
    size_t rows = answers_row_count(line->plan->answers, repeat), number;
    struct saying saying = { .text = BUF_INIT };

    for (size_t i = 0; i < rows; i++) {
        struct buf name = BUF_INIT;
        plan_row_name(line->plan, repeat, answers_row_at(line->plan->answers, repeat, i)->key,
                      &line->tr, &name);
        line_sayf(line, "  %zu %s", i + 1, name.text);
        buf_free(&name);
    }
    if (more)
        line_sayf(line, "  %zu %s", rows + 1, more);
    line_listen(line, question, &saying);
    number = line_number(saying.text.text, rows + (more != NULL));
    key[0] = '\0';
    if (number > 0 && number <= rows)
        strcpy(key, answers_row_at(line->plan->answers, repeat, number - 1)->key);
    buf_free(&saying.text);
    return number > 0;
}

static void note(struct reading *reading)
{
    struct err err = { .tr = &reading->line->tr };

    if (card_session_note(&reading->session, &err))
        line_say_error(reading->line, &err);
}

static void choose_person(struct reading *reading)
{
    struct line *line = reading->line;
    const struct item *person = line->plan->schema->cards->inventory.items[CARD_ITEM_PERSON];
    char key[24];

    if (!ask_row(reading, person->repeat,
                 line_text(line, "Number of the person; Enter goes back: "), NULL, key))
        return;
    card_session_set_person(&reading->session, key);
    if (reading->session.stand == CARD_STAND_OFFER)
        note(reading);
}

static void choose_station(struct reading *reading)
{
    struct line *line = reading->line;
    const struct item *station = line->plan->schema->cards->inventory.items[CARD_ITEM_STATION];
    struct err err = { .tr = &line->tr };
    struct buf more = BUF_INIT;
    char key[24];

    if (reading->session.host)
        buf_addf(&more, line_text(line, "A new one: %s"), reading->session.host);
    if (ask_row(reading, station->repeat,
                line_text(line, "Number of the workstation; Enter goes back: "),
                more.length ? more.text : NULL, key)
        && card_session_set_station(&reading->session, key, &err))
        line_say_error(line, &err);
    buf_free(&more);
}

static void tell_station(const struct reading *reading)
{
    struct buf station = BUF_INIT;

    card_session_station(&reading->session, &station);
    line_sayf(reading->line, "%s: %s.", line_text(reading->line, "Workstation"), station.text);
    buf_free(&station);
}

/* What the user said; true when the question is settled. */
static bool hear(struct reading *reading, const struct saying *saying)
{
    struct line *line = reading->line;
    bool can_choose = reading->session.notes && !plan_read_only(line->plan);

    if (saying->said == SAID_BACK || saying->said == SAID_LIST || saying->said == SAID_END) {
        reading->over = true;
    } else if (saying->said == SAID_NOTHING) {
        if (reading->session.stand == CARD_STAND_OFFER)
            note(reading);
    } else if (strcmp(saying->text.text, "e") == 0 && can_choose) {
        choose_person(reading);
    } else if (strcmp(saying->text.text, "w") == 0 && card_notes_can(line->plan)
               && !plan_read_only(line->plan)) {
        choose_station(reading);
        tell_station(reading);
    } else if (saying->said != SAID_TEXT || strcmp(saying->text.text, "-") != 0) {
        line_say(line, line_text(line, "Enter notes the card, e chooses whose it is, w the "
                                       "workstation, - does not note it, < goes back."));
        return false;
    }
    return true;
}

/* A card that can be noted is asked about; else the line that the user has typed is heard. */
static void listen(struct reading *reading, const char *prompt)
{
    struct saying saying = { .text = BUF_INIT };

    do
        line_listen(reading->line, prompt, &saying);
    while (!hear(reading, &saying));
    reading->over |= reading->line->quit;
    buf_free(&saying.text);
    card_session_judge(&reading->session);
    if (!reading->over && reading->told != reading->session.stand)
        tell_news(reading);
}

/* ---- the conversation ---- */

static void take(struct reading *reading)
{
    struct err err = { .tr = &reading->line->tr };
    char text[1024];
    int code = reading->source->take(reading->source->data, &reading->session.view, &err);

    card_session_judge(&reading->session);
    tell_news(reading);
    if (code >= 0)
        return;
    err_text(&err, text, sizeof text);
    line_say(reading->line, text);
    reading->over = true;
}

static bool has_question(enum card_stand stand)
{
    return stand == CARD_STAND_OFFER || stand == CARD_STAND_WHOSE;
}

static void turn(struct reading *reading)
{
    struct line *line = reading->line;

    switch (line_wait(line, reading->source->fd(reading->source->data))) {
    case LINE_WOKE_READY: {
        enum card_stand before = reading->session.stand;
        take(reading);
        if (!reading->over && has_question(reading->session.stand)
            && !has_question(before))
            listen(reading, line_text(line, "Enter notes, e whose, w workstation, - not, < "
                                            "back: "));
        break;
    }
    case LINE_WOKE_TYPED:
        listen(reading, "");
        break;
    case LINE_WOKE_INTERRUPTED:
        reading->over = true;
        break;
    }
}

void line_reader(struct line *line)
{
    struct reading reading = { .line = line, .source = line->hooks->cards,
                               .told = CARD_STAND_READING, .told_out = true };
    struct err err = { .tr = &line->tr };
    char text[1024];

    if (!line_can_read_cards(line)) {
        line_say(line, line_text(line, "Cards cannot be tested here."));
        return;
    }
    line_say(line, line_text(line, "Card-reader test. No PIN is asked for. < and Enter goes back, "
                                   "w and Enter chooses the workstation."));
    card_session_begin(&reading.session, line->plan, &line->tr, line->hooks->host);
    tell_station(&reading);
    if (reading.source->start(reading.source->data, &err)) {
        err_text(&err, text, sizeof text);
        line_say(line, text);
        reading.over = true;
    }
    memcpy(reading.card, reading.session.card, sizeof reading.card);
    while (!reading.over && !line->quit)
        turn(&reading);
    reading.source->stop(reading.source->data);
    card_session_end(&reading.session);
}
