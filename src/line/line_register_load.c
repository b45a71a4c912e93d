/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register from a file in line mode: which file, how far it has been read, which heading means
 * what, what came of it.
 */
#include "line/line_parts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "core/register_load.h"

enum { MAPS_MAX = 2, TOLD_STEP = 25 };

struct load {
    struct line *line;
    const char *place;
    struct register_job *job;
    char *maps[MAPS_MAX + 1]; /* what the user said about headings, in this load only */
    size_t map_count;
};

static void say_line(void *data, const char *text)
{
    line_say(data, text);
}

/* Says how far it is only now and then, and only of a file that takes more than a moment. Returns
 * 0, a code, or 1 when the user has stopped it. */
static int run(struct load *load, struct err *err)
{
    const struct register_importer *importer = load->line->hooks->importer;
    int code, told = 0;

    do {
        int percent;
        code = importer->step(load->job, err);
        percent = importer->outcome(load->job)->percent;
        if (code > 0 && percent >= told + TOLD_STEP) {
            told = percent - percent % TOLD_STEP;
            line_sayf(load->line, line_text(load->line, "%d %% has been read. Ctrl-C stops."),
                      told);
            fflush(load->line->out);
        }
    } while (code > 0 && !line_interrupted());
    return code;
}

/* Asks which heading means the field that is missing; false when the user knows of none. */
static bool ask_heading(struct load *load)
{
    const struct register_outcome *outcome = load->line->hooks->importer->outcome(load->job);
    size_t *order = xcalloc(outcome->heading_count + 1, sizeof order[0]), number;
    size_t count = register_missing_choices(outcome, order);
    struct buf text = BUF_INIT;

    register_missing_question(outcome, &load->line->tr, &text);
    line_say(load->line, text.text);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        register_heading_text(outcome, order[i], &load->line->tr, &text);
        line_sayf(load->line, "  %zu %s", i + 1, text.text);
    }
    number = line_ask_number(
        load->line, line_text(load->line, "Number of the heading; Enter does not bring the file "
                                          "in: "), count);
    if (number) {
        buf_clear(&text);
        buf_addf(&text, "%s=%s", outcome->headings[order[number - 1]], outcome->missing);
        load->maps[load->map_count++] = buf_detach(&text);
    }
    buf_free(&text);
    free(order);
    return number > 0;
}

/* One attempt; true when it is to be made again, knowing more about the headings. */
static bool attempt(struct load *load)
{
    struct line *line = load->line;
    const struct register_importer *importer = line->hooks->importer;
    struct err err = { .tr = &line->tr };
    char text[1024];
    bool again = false;
    int code = importer->begin(importer->data, load->place, (const char *const *)load->maps,
                               &load->job, &err);

    if (!code)
        code = run(load, &err);
    if (code < 0 && load->job && importer->outcome(load->job)->missing
        && load->map_count < MAPS_MAX) {
        again = ask_heading(load);
        if (!again)
            line_say(line, line_text(line, "Nothing was changed."));
    } else if (code < 0) {
        err_text(&err, text, sizeof text);
        line_sayf(line, line_text(line, "Not brought in: %s"), text);
    } else if (code > 0) {
        line_say(line, line_text(line, "Stopped. Nothing was changed."));
    } else {
        line_say(line, line_text(line, "The register has been brought in."));
        register_outcome_tell(importer->outcome(load->job), line->plan->today, &line->tr,
                              say_line, line);
    }
    if (load->job)
        importer->end(load->job);
    load->job = NULL;
    return again;
}

void line_register_load(struct line *line)
{
    struct saying saying = { .text = BUF_INIT };
    struct load load = { .line = line };

    line_listen(line, line_text(line, "Folder and name of the register file; Enter goes back: "),
                &saying);
    load.place = saying.text.text;
    if (saying.said == SAID_TEXT)
        while (attempt(&load))
            ;
    for (size_t i = 0; i < load.map_count; i++)
        free(load.maps[i]);
    buf_free(&saying.text);
}
