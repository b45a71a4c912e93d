/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signs in words.
 */
#include "core/card_text.h"

#include <string.h>

#include "base/mem.h"
#include "base/tr.h"

struct line {
    const struct card_words *words;
    const struct card_facts *signs;
    struct buf *out;
};

static const char *sign(const struct line *l, const char *name)
{
    return card_fact(l->signs, name);
}

static bool is(const struct line *l, const char *name, const char *value)
{
    return card_fact_is(l->signs, name, value);
}

static void add(const struct line *l, const char *msgid)
{
    buf_add(l->out, tr_text(l->words->tr, msgid));
}

static void add_value(const struct line *l, const char *name)
{
    if (sign(l, name))
        buf_add(l->out, sign(l, name));
}

/* The same text as a blank in a case. */
static void add_blank(const struct line *l, const char *blank)
{
    struct text text = { { blank, blank, blank } };

    card_case_text(l->words, l->signs, &text, l->out);
}

/* ---- lines ---- */

static enum card_weight say_service(const struct line *l)
{
    if (is(l, "service", "ok")) {
        add(l, N_("works"));
        return CARD_WEIGHT_OK;
    }
    if (is(l, "watch", "slow") || (!sign(l, "service") && is(l, "watch", "ok"))) {
        add(l, N_("looking for it"));
        return CARD_WEIGHT_NOTE;
    }
    add(l, N_("does not answer"));
    return CARD_WEIGHT_ERROR;
}

static enum card_weight say_reader(const struct line *l)
{
    if (is(l, "readers", "none")) {
        add(l, N_("not found"));
        return CARD_WEIGHT_ERROR;
    }
    add_value(l, "reader");
    return is(l, "state", "unavailable") || is(l, "state", "unknown") ? CARD_WEIGHT_ERROR
                                                                      : CARD_WEIGHT_OK;
}

static enum card_weight say_card(const struct line *l)
{
    static const struct {
        const char *phase, *text;
        enum card_weight weight;
    } rows[] = {
        { "none", N_("not in the reader"), CARD_WEIGHT_NOTE },
        { "reading", N_("being read …"), CARD_WEIGHT_NOTE },
        { "slow", N_("being read, which takes longer than usual …"), CARD_WEIGHT_WARNING },
        { "stopped", N_("reading was stopped"), CARD_WEIGHT_ERROR },
    };
    const char *phase = sign(l, "phase");

    if (!phase)
        return CARD_WEIGHT_NOTE;
    for (size_t i = 0; i < countof(rows); i++)
        if (strcmp(rows[i].phase, phase) == 0) {
            add(l, rows[i].text);
            return rows[i].weight;
        }
    add(l, sign(l, "trouble") ? N_("could not be read") : N_("was read"));
    if (sign(l, "chip")) {
        buf_add(l->out, " (");
        add_blank(l, "{chip}");
        buf_add(l->out, ")");
    }
    return sign(l, "trouble") ? CARD_WEIGHT_ERROR : CARD_WEIGHT_OK;
}

static enum card_weight say_kind(const struct line *l)
{
    if (sign(l, "kind"))
        add_blank(l, "{kind}");
    else if (sign(l, "issuer"))
        add(l, N_("not known"));
    if (is(l, "use", "kanta"))
        return CARD_WEIGHT_OK;
    return is(l, "use", "temporary") || !sign(l, "use") ? CARD_WEIGHT_WARNING : CARD_WEIGHT_ERROR;
}

static enum card_weight say_holder(const struct line *l)
{
    add_value(l, "holder");
    return is(l, "holder_fits", "no") ? CARD_WEIGHT_WARNING : CARD_WEIGHT_OK;
}

static enum card_weight say_title(const struct line *l)
{
    add_value(l, "holder_title");
    return CARD_WEIGHT_OK;
}

static enum card_weight say_organisation(const struct line *l)
{
    add_value(l, "holder_organisation");
    return is(l, "organisation_fits", "no") ? CARD_WEIGHT_ERROR : CARD_WEIGHT_OK;
}

static enum card_weight say_issuer(const struct line *l)
{
    add_value(l, "issuer");
    return is(l, "chain", "foreign") ? CARD_WEIGHT_ERROR : CARD_WEIGHT_OK;
}

/* The numbers are of use where the program cannot tell the kind by itself. */
static enum card_weight say_policy(const struct line *l)
{
    add_value(l, "policy");
    return CARD_WEIGHT_NOTE;
}

static enum card_weight say_validity(const struct line *l)
{
    if (!sign(l, "until"))
        return CARD_WEIGHT_NOTE;
    add_blank(l, "{from} – {until}");
    if (!is(l, "validity", "ok"))
        return CARD_WEIGHT_ERROR;
    return is(l, "needed", "short") || card_fact_number(l->signs, "days_left", 0) < 90
               ? CARD_WEIGHT_WARNING : CARD_WEIGHT_OK;
}

static enum card_weight say_chain(const struct line *l)
{
    if (is(l, "chain", "complete")) {
        add(l, N_("reaches a known root"));
        return CARD_WEIGHT_OK;
    }
    if (is(l, "chain", "names")) {
        add(l, N_("names fit, but the chain is not complete"));
        return CARD_WEIGHT_WARNING;
    }
    if (is(l, "chain", "foreign"))
        add(l, N_("leads to no known root"));
    return CARD_WEIGHT_ERROR;
}

static enum card_weight say_code(const struct line *l, const char *label, const char *name)
{
    char tries[CARD_KEY_MAX];
    int count;

    buf_addf(l->out, "%s%s: ", l->out->length ? ", " : "", label);
    if (is(l, name, "open")) {
        add(l, N_("already opened"));
        return CARD_WEIGHT_OK;
    }
    if (is(l, name, "blocked")) {
        add(l, N_("locked"));
        return CARD_WEIGHT_ERROR;
    }
    memcpy(tries, name, strlen(name) + 1);
    strcat(tries, "_tries");
    count = card_fact_number(l->signs, tries, -1);
    if (count < 0) {
        add(l, is(l, name, "unusable") ? N_("not in use") : N_("not told"));
        return CARD_WEIGHT_WARNING;
    }
    buf_addf(l->out, tr_plural(l->words->tr, "%d try left", "%d tries left",
                               (unsigned long)count), count);
    return is(l, name, "few") ? CARD_WEIGHT_WARNING : CARD_WEIGHT_OK;
}

static enum card_weight say_codes(const struct line *l)
{
    enum card_weight first, second;

    if (!sign(l, "pin1"))
        return CARD_WEIGHT_NOTE;
    first = say_code(l, "PIN1", "pin1");
    second = sign(l, "pin2") ? say_code(l, "PIN2", "pin2") : CARD_WEIGHT_OK;
    return first < second ? first : second;
}

static enum card_weight say_activated(const struct line *l)
{
    if (is(l, "activated", "yes"))
        add(l, N_("yes"));
    else if (is(l, "activated", "no"))
        add(l, N_("no"));
    else if (sign(l, "activated"))
        add(l, N_("the card does not tell; ask the holder"));
    return is(l, "activated", "no") ? CARD_WEIGHT_ERROR
         : is(l, "activated", "yes") ? CARD_WEIGHT_OK : CARD_WEIGHT_NOTE;
}

static const struct {
    const char *label;
    enum card_weight (*say)(const struct line *l);
} lines[CARD_LINE_COUNT] = {
    [CARD_LINE_SERVICE] = { N_("Card reader service"), say_service },
    [CARD_LINE_READER] = { N_("Reader"), say_reader },
    [CARD_LINE_CARD] = { N_("Card"), say_card },
    [CARD_LINE_KIND] = { N_("Kind of card"), say_kind },
    [CARD_LINE_HOLDER] = { N_("Holder"), say_holder },
    [CARD_LINE_TITLE] = { N_("Title"), say_title },
    [CARD_LINE_ORGANISATION] = { N_("Organisation"), say_organisation },
    [CARD_LINE_ISSUER] = { N_("Issuer"), say_issuer },
    [CARD_LINE_POLICY] = { N_("Certificate policy"), say_policy },
    [CARD_LINE_VALIDITY] = { N_("Valid"), say_validity },
    [CARD_LINE_CHAIN] = { N_("Authenticity"), say_chain },
    [CARD_LINE_CODES] = { N_("PINs"), say_codes },
    [CARD_LINE_ACTIVATED] = { N_("Activated"), say_activated },
};

const char *card_line_label(enum card_line line)
{
    return lines[line].label;
}

enum card_weight card_line_text(const struct card_words *words, const struct card_facts *signs,
                                enum card_line line, struct buf *out)
{
    struct buf text = BUF_INIT;
    struct line l = { words, signs, &text };
    enum card_weight weight = lines[line].say(&l);

    buf_add_n(out, text.text, text.length);
    buf_free(&text);
    return weight;
}

const char *card_weight_word(enum card_weight weight)
{
    static const char *const words[] = {
        [CARD_WEIGHT_ERROR] = N_("Does not work"), [CARD_WEIGHT_WARNING] = N_("Mind this"),
        [CARD_WEIGHT_OK] = N_("All is well"), [CARD_WEIGHT_NOTE] = N_("Note"),
    };

    return words[weight];
}

const char *card_no_pin_text(void)
{
    return N_("No PIN was asked for or sent.");
}
