/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * reader: the card-reader test without a plan. Watches until there is something to judge, then says
 * what was seen and what to do.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "card_child.h"
#include "cmd.h"
#include "core/card_session.h"
#include "core/plan.h"
#include "import_print.h"
#include "print_json.h"

enum { WAIT_SECONDS_MAX = 86400, LABEL_COLUMNS = 24, COLUMNS = 78, INDENT = 4 };

struct test {
    struct app *app;
    struct plan *plan;        /* where the cards are noted; or NULL */
    struct card_view view;
    struct card_words words;
    struct card_context context;
    long long until;          /* waits for a card so long; 0: does not wait */
    bool said_slow, said_insert;
};

static long long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* ---- when there is something to judge ---- */

static bool is_reading(const struct card_reader *reader)
{
    enum card_phase phase = card_reader_phase(reader);

    return phase == CARD_READING || phase == CARD_SLOW;
}

static bool was_read(const struct card_reader *reader)
{
    enum card_phase phase = card_reader_phase(reader);

    return phase == CARD_READ || phase == CARD_STOPPED;
}

static bool any(const struct card_view *view, bool (*is)(const struct card_reader *))
{
    for (size_t i = 0; i < view->count; i++)
        if (is(&view->at[i]))
            return true;
    return false;
}

static bool is_settled(const struct test *test)
{
    const struct card_view *view = &test->view;
    const char *service = card_fact(&view->system, "service");

    if (card_fact(&view->system, "stopped"))
        return true;
    if (!service || any(view, is_reading))
        return false;
    if (strcmp(service, "ok") == 0 && !card_fact(&view->system, "listed"))
        return false;
    return any(view, was_read) || test->until == 0;
}

/* ---- meanwhile ---- */

static void remark(const struct test *test, bool *said, const char *text)
{
    if (!*said && !test->app->options.quiet && !test->app->options.json)
        fprintf(stderr, "%s\n", text);
    *said = true;
}

static bool is_slow(const struct card_reader *reader)
{
    return card_reader_phase(reader) == CARD_SLOW;
}

static void say_progress(struct test *test)
{
    const struct tr *tr = &test->app->tr;
    const struct card_facts *system = &test->view.system;

    if (card_fact_is(system, "slow", "yes") || any(&test->view, is_slow))
        remark(test, &test->said_slow,
               tr_text(tr, N_("This takes longer than usual. It ends by itself.")));
    if (test->until && card_fact(system, "listed") && !any(&test->view, is_reading)
        && !any(&test->view, was_read))
        remark(test, &test->said_insert, tr_text(tr, N_("Put the card into the reader.")));
}

/* Milliseconds until the wait is over, -1 when it does not end by the clock. */
static int time_left(const struct test *test)
{
    long long left = test->until - now_ms();

    if (!test->until || any(&test->view, is_reading))
        return -1;
    return left < 0 ? 0 : (int)left;
}

static int watch(struct test *test, const struct card_source *source, struct err *err)
{
    int code = source->start(source->data, err);

    while (code >= 0 && !is_settled(test)) {
        struct pollfd polled = { source->fd(source->data), POLLIN, 0 };
        int left = time_left(test);
        if (left == 0 || (poll(&polled, 1, left) < 0 && errno != EINTR))
            break;
        code = source->take(source->data, &test->view, err);
        say_progress(test);
    }
    source->stop(source->data);
    return code < 0 && !card_fact(&test->view.system, "stopped") ? code : 0;
}

/* ---- for people ---- */

/* Goes on with a text behind the `used` columns of its line; further lines begin at `indent`. */
static void print_wrapped(const char *text, int used, int indent)
{
    size_t length, skip;

    while ((length = utf8_wrap(text, COLUMNS - used, &skip)) > 0) {
        printf("%.*s\n", (int)length, text);
        text += skip;
        used = indent;
        if (*text)
            printf("%*s", indent, "");
    }
}

static void print_pair(const char *label, const char *value)
{
    int width = utf8_width(label), gap = width < LABEL_COLUMNS ? LABEL_COLUMNS - width : 1;

    printf("%s%*s", label, gap, "");
    print_wrapped(value, width + gap, LABEL_COLUMNS);
}

static void print_lines(const struct test *test, const struct card_verdict *verdict)
{
    for (int i = 0; i < CARD_LINE_COUNT; i++) {
        struct buf text = BUF_INIT;
        card_line_text(&test->words, &verdict->signs, (enum card_line)i, &text);
        if (text.length)
            print_pair(tr_text(test->words.tr, card_line_label((enum card_line)i)), text.text);
        buf_free(&text);
    }
    if (card_fact(&verdict->signs, "pin1"))
        print_pair("", tr_text(test->words.tr, card_no_pin_text()));
}

/* "Ask: the shop", or the text alone when there is no word before it; nothing for no text. */
static void print_paragraph(const char *word, struct buf *text, int indent)
{
    struct buf line = BUF_INIT;

    if (text->length) {
        buf_addf(&line, "%s%s%s", word, *word ? " " : "", text->text);
        printf("%*s", indent, "");
        print_wrapped(line.text, indent, INDENT);
    }
    buf_free(&line);
    buf_clear(text);
}

static void print_case(const struct test *test, const struct card_verdict *verdict,
                       const struct card_case *one)
{
    const struct tr *tr = test->words.tr;
    struct buf text = BUF_INIT;

    putchar('\n');
    buf_addf(&text, "%s: ", tr_text(tr, card_weight_word(one->weight)));
    card_case_text(&test->words, &verdict->signs, &one->cause, &text);
    print_paragraph("", &text, 0);
    card_case_text(&test->words, &verdict->signs, &one->remedy, &text);
    print_paragraph("", &text, INDENT);
    card_case_command(&test->words, &verdict->signs, one, &text);
    if (text.length)
        printf("%*s%s\n", 2 * INDENT, "", text.text);
    buf_clear(&text);
    card_case_contacts(&test->words, one, &text);
    print_paragraph(tr_text(tr, "Ask:"), &text, INDENT);
    buf_free(&text);
}

static void print_verdict(const struct test *test, const struct card_verdict *verdict)
{
    print_lines(test, verdict);
    for (size_t i = 0; i < verdict->count; i++)
        print_case(test, verdict, verdict->at[i]);
}

/* ---- for programs ---- */

static void set_sign(json_t *object, const char *key, const struct card_facts *signs,
                     const char *sign)
{
    const char *value = card_fact(signs, sign);

    json_object_set_new(object, key, print_json_word(value));
}

static void set_count(json_t *object, const char *sign, const struct card_facts *signs)
{
    int count = card_fact_number(signs, sign, -1);

    json_object_set_new(object, sign, count < 0 ? json_null() : json_integer(count));
}

static void set_text(json_t *object, const char *key, const struct test *test,
                     const struct card_facts *signs, const struct text *text)
{
    struct buf words = BUF_INIT;

    card_case_text(&test->words, signs, text, &words);
    json_object_set_new(object, key, json_string(words.text));
    buf_free(&words);
}

/* The verdict's own keys: case, severity, cause, remedy, ask. */
static void set_case(json_t *object, const struct test *test, const struct card_verdict *verdict,
                     const struct card_case *one)
{
    struct buf contacts = BUF_INIT, command = BUF_INIT;

    card_case_command(&test->words, &verdict->signs, one, &command);
    json_object_set_new(object, "case", json_string(one->id));
    json_object_set_new(object, "severity", json_string(card_weight_name(one->weight)));
    set_text(object, "cause", test, &verdict->signs, &one->cause);
    set_text(object, "remedy", test, &verdict->signs, &one->remedy);
    card_case_contacts(&test->words, one, &contacts);
    json_object_set_new(object, "command", print_json_text(&command));
    json_object_set_new(object, "ask", print_json_text(&contacts));
    buf_free(&contacts);
    buf_free(&command);
}

static json_t *findings_json(const struct test *test, const struct card_verdict *verdict)
{
    json_t *findings = json_array();

    for (size_t i = 0; i < verdict->count; i++) {
        json_t *object = json_object();
        set_case(object, test, verdict, verdict->at[i]);
        json_array_append_new(findings, object);
    }
    return findings;
}

/* Each certificate as it stands on the card. */
static json_t *certificates_json(const struct card_reader *reader)
{
    static const struct {
        const char *key, *fact;
    } rows[] = {
        { "use", "use" }, { "issuer", "issuer" }, { "policy", "policy" }, { "not_before", "from" },
        { "not_after", "until" }, { "unreadable", "unreadable" },
    };
    json_t *list = json_array();

    for (int number = 1;; number++) {
        char fact[CARD_KEY_MAX];
        json_t *object;
        snprintf(fact, sizeof fact, "cert%d.use", number);
        if (!card_fact(&reader->card, fact))
            return list;
        object = json_object();
        for (size_t i = 0; i < countof(rows); i++) {
            snprintf(fact, sizeof fact, "cert%d.%s", number, rows[i].fact);
            set_sign(object, rows[i].key, &reader->card, fact);
        }
        json_array_append_new(list, object);
    }
}

static json_t *card_json(const struct card_reader *reader, const struct card_facts *signs)
{
    static const struct {
        const char *key, *sign;
    } rows[] = {
        { "kind", "kind" }, { "use", "use" }, { "chip", "chip" }, { "holder", "holder" },
        { "title", "holder_title" }, { "organisation", "holder_organisation" },
        { "issuer", "issuer" }, { "policy", "policy" }, { "not_before", "from" },
        { "not_after", "until" }, { "validity", "validity" }, { "chain", "chain" },
        { "chain_missing", "chain_missing" }, { "pin1", "pin1" }, { "pin2", "pin2" },
        { "puk", "puk" }, { "activated", "activated" },
    };
    static const char *const counts[] = { "pin1_tries", "pin2_tries", "puk_tries" };
    json_t *object = json_object();

    if (!card_fact(&reader->card, "begin")) {
        json_decref(object);
        return json_null();
    }
    set_sign(object, "atr", &reader->card, "atr");
    for (size_t i = 0; i < countof(rows); i++)
        set_sign(object, rows[i].key, signs, rows[i].sign);
    for (size_t i = 0; i < countof(counts); i++)
        set_count(object, counts[i], signs);
    json_object_set_new(object, "certificates", certificates_json(reader));
    return object;
}

static json_t *reader_json(const struct test *test, const struct card_reader *reader,
                           const struct card_verdict *verdict)
{
    json_t *object = json_object();

    set_sign(object, "name", &reader->reader, "name");
    set_sign(object, "state", &reader->reader, "state");
    json_object_set_new(object, "card", card_json(reader, &verdict->signs));
    json_object_set_new(object, "findings", findings_json(test, verdict));
    return object;
}

/* Which computer, and when: what an import notes with the card. */
static void set_origin(json_t *object)
{
    char stamp[32] = "";
    struct buf name = BUF_INIT;
    time_t now = time(NULL);
    struct tm tm;

    app_host(&name);
    if (localtime_r(&now, &tm))
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M", &tm);
    json_object_set_new(object, "workstation", json_string(name.text));
    json_object_set_new(object, "at", json_string(stamp));
    buf_free(&name);
}

/* ---- the verdict ---- */

/* The verdict on each reader, one more than there are readers: the last is on the
 * computer alone. */
struct verdicts {
    struct card_verdict at[CARD_READERS_MAX + 1];
    const struct card_verdict *worst;     /* of those with a card; else of the current reader */
    bool read;                /* some card was read */
};

static void judge(const struct test *test, struct verdicts *out)
{
    const struct card_view *view = &test->view;
    const struct card_reader *current = card_view_current(view);

    for (size_t i = 0; i < view->count; i++) {
        struct card_verdict *one = &out->at[i];
        card_judge(test->words.schema->cards, view, &view->at[i], &test->context, one);
        if (was_read(&view->at[i])
            && (!out->read || card_verdict_weight(one) < card_verdict_weight(out->worst))) {
            out->worst = one;
            out->read = true;
        }
        if (!out->read && &view->at[i] == current)
            out->worst = one;
    }
    card_judge(test->words.schema->cards, view, NULL, &test->context, &out->at[view->count]);
    if (!out->worst)
        out->worst = &out->at[view->count];
}

static void print_report(const struct test *test, const struct verdicts *verdicts)
{
    static const char *const of_verdict[] = { "case", "severity", "cause", "remedy", "command",
                                              "ask" };
    json_t *object = json_object(), *readers = json_array();
    const struct card_verdict *worst = verdicts->worst;

    set_sign(object, "service", &test->view.system, "service");
    set_origin(object);
    for (size_t i = 0; i < test->view.count; i++)
        json_array_append_new(readers, reader_json(test, &test->view.at[i], &verdicts->at[i]));
    json_object_set_new(object, "readers", readers);
    for (size_t i = 0; i < countof(of_verdict); i++)
        json_object_set_new(object, of_verdict[i], json_null());
    if (worst->count)
        set_case(object, test, worst, worst->at[0]);
    json_object_set_new(object, "findings", findings_json(test, worst));
    print_json(object);
}

/* Cards one after the other; without a card, what stands in the way of one. */
static void print_text(const struct test *test, const struct verdicts *verdicts)
{
    bool first = true;

    if (!verdicts->read) {
        print_verdict(test, verdicts->worst);
        return;
    }
    for (size_t i = 0; i < test->view.count; i++) {
        if (!was_read(&test->view.at[i]))
            continue;
        if (!first)
            putchar('\n');
        print_verdict(test, &verdicts->at[i]);
        first = false;
    }
}

static int exit_status(const struct test *test, const struct verdicts *verdicts)
{
    if (!card_fact_is(&test->view.system, "service", "ok") || test->view.count == 0)
        return err_status(ERR_DEVICE);
    return !verdicts->read || card_verdict_weight(verdicts->worst) == CARD_WEIGHT_ERROR;
}

/* Each card that was read, at the person whose name it bears. JSON stays alone where it goes. */
static int note(const struct test *test, const struct verdicts *verdicts, struct err *err)
{
    struct import_printer printer = { test->app->options.json ? stderr : stdout, NULL };
    struct card_results results = { 0 };
    struct buf host = BUF_INIT;
    int code;

    app_host(&host);
    for (size_t i = 0; i < test->view.count; i++) {
        struct card_result *result = card_results_add(&results);
        if (!card_result_of(result, &test->words, &test->view.at[i], &verdicts->at[i], host.text))
            results.count--;
    }
    fputc('\n', printer.out);
    code = import_cards(test->app, test->plan, &results, &printer, err);
    card_results_free(&results);
    buf_free(&host);
    return code;
}

static int report(const struct test *test, int *status, struct err *err)
{
    struct verdicts *verdicts = xcalloc(1, sizeof *verdicts);
    int code = 0;

    judge(test, verdicts);
    if (test->app->options.json)
        print_report(test, verdicts);
    else
        print_text(test, verdicts);
    *status = exit_status(test, verdicts);
    if (test->plan && verdicts->read)
        code = note(test, verdicts, err);
    for (size_t i = 0; i < countof(verdicts->at); i++)
        card_verdict_free(&verdicts->at[i]);
    free(verdicts);
    return code;
}

/* ---- the command ---- */

static int read_wait(struct test *test, struct err *err)
{
    const char *text = test->app->options.wait;
    char *rest = NULL;
    long seconds = text ? strtol(text, &rest, 10) : 0;

    if (text && (rest == text || *rest || seconds < 0 || seconds > WAIT_SECONDS_MAX))
        return err_set(err, ERR_USAGE, N_("--wait is a number of seconds, not \"%s\""), text);
    test->until = seconds > 0 ? now_ms() + seconds * 1000LL : 0;
    return 0;
}

static int prepare(struct test *test, struct err *err)
{
    struct app *app = test->app;
    int code = app->options.plan ? app_open(app, app->options.plan, STORE_WRITE, &test->plan, err)
                                 : app_load(app, err);

    if (code)
        return code;
    if (!app->content.schema->cards)
        return err_set(err, ERR_INPUT, N_("%s is missing"), "data/cards");
    test->words = (struct card_words){ app->content.schema, NULL, &app->tr, app->today };
    test->context = (struct card_context){
        .today = app->today, .newest_fact = card_newest_fact(app->content.schema),
        .needed_until = DATE_NONE,
    };
    if (test->plan)
        card_context_of_plan(&test->context, test->plan);
    return read_wait(test, err);
}

int cmd_reader(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct test test = { .app = app };
    struct card_child *child = NULL;
    struct card_source source;
    int code = prepare(&test, &err), status = 0;

    if (!code) {
        child = card_child_new(&app->content, &app->place);
        source = card_child_source(child);
        code = watch(&test, &source, &err);
    }
    if (!code)
        code = report(&test, &status, &err);
    card_child_free(child);
    plan_close(test.plan);
    card_view_free(&test.view);
    return code ? app_fail(&err) : status;
}
