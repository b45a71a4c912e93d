/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A package for a recipient in line mode: for whom, what is in it and what is missing, how it is
 * made, and the making.
 */
#include "line/line_parts.h"

#include <stdlib.h>

#include "core/pack.h"
#include "core/package.h"

enum { MAKE, INDEX, SHAPE, LANGUAGE, FOLDER };

struct pack {
    struct line *line;
    const struct package *package;
    enum lang lang;
    struct tr tr;             /* of that language */
    bool zip;
    struct line_menu menu;
};

bool line_can_pack(const struct line *line)
{
    return line->hooks->packer && line->plan->schema->package_count > 0;
}

static struct pack_request request_of(const struct pack *pack)
{
    return (struct pack_request){ pack->package, &pack->tr, pack->line->print_folder.text,
                                  pack->zip };
}

/* ---- making it ---- */

/* Each document is named before it is made. Returns 0, a code, or 1 when the user has stopped
 * it. */
static int run(struct pack *pack, struct pack_job *job, struct err *err)
{
    const struct packer *packer = pack->line->hooks->packer;
    int code;

    do {
        const struct pack_state state = packer->state(job);
        if (*state.now)
            line_sayf(pack->line, "  %zu / %zu %s", state.made + 1, state.count, state.now);
        fflush(pack->line->out);
        code = packer->step(job, err);
    } while (code > 0 && !line_interrupted());
    return code;
}

static void make(struct pack *pack)
{
    struct line *line = pack->line;
    const struct packer *packer = line->hooks->packer;
    const struct pack_request request = request_of(pack);
    struct err err = { .tr = &line->tr };
    struct pack_job *job = NULL;
    int code = packer->begin(packer->data, line->plan, &request, &job, &err);

    if (!code) {
        line_say(line, line_text(line, "The package is being made. Ctrl-C stops it."));
        code = run(pack, job, &err);
    }
    if (code < 0) {
        line_sayf(line, line_text(line, "Not made: %s"), err.msg);
    } else if (code > 0) {
        line_say(line, line_text(line, "Stopped. Nothing was written."));
    } else {
        line_sayf(line, "%s: %s", line_text(line, "The package is made"), packer->state(job).path);
        line_offer_open(line, packer->state(job).path);
    }
    if (job)
        packer->end(job);
}

static void read_index(struct pack *pack)
{
    struct line *line = pack->line;
    const struct packer *packer = line->hooks->packer;
    const struct pack_request request = request_of(pack);
    struct buf text = BUF_INIT;

    packer->index(packer->data, line->plan, &request, line_cols(line), &text);
    line_say(line, text.text);
    buf_free(&text);
}

/* ---- what there is ---- */

static void tell_files(const struct pack *pack)
{
    struct line *line = pack->line;

    line_sayf(line, "%s:", line_text(line, "What is in it"));
    for (size_t i = 0; pack->package->files[i]; i++) {
        const char *format;
        const struct document *document =
            package_document(line->plan->schema, pack->package->files[i], &format);
        line_sayf(line, "  - %s (%s)", text_get(&document->title, line->tr.lang), format);
    }
}

static void tell_gaps(const struct pack *pack)
{
    struct line *line = pack->line;
    struct pack_gap *gaps;
    size_t count = pack_gaps(line->plan, pack->package, &gaps);
    struct buf text = BUF_INIT;

    if (count)
        line_sayf(line, "%s:", line_text(line, "What is still missing"));
    else
        line_say(line, line_text(line, "Nothing is missing here."));
    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        pack_gap_text(&gaps[i], &line->tr, &text);
        line_sayf(line, "  - %s: %s", text_get(&gaps[i].task->title, line->tr.lang), text.text);
    }
    free(gaps);
    buf_free(&text);
}

static void tell_package(struct pack *pack)
{
    struct line *line = pack->line;
    struct buf intro = BUF_INIT;

    plan_text(line->plan, &pack->package->intro, &line->tr, &intro);
    line_sayf(line, "%s. %s", text_get(&pack->package->title, line->tr.lang), intro.text);
    tell_files(pack);
    tell_gaps(pack);
    buf_free(&intro);
}

static void tell_menu(struct pack *pack)
{
    struct line *line = pack->line;
    struct line_menu *menu = &pack->menu;

    line_menu_clear(menu);
    line_menu_add(menu, MAKE, line_text(line, "Make the package"), NULL);
    line_menu_add(menu, INDEX, line_text(line, "Read its index page here"), NULL);
    line_menu_add(menu, SHAPE, line_text(line, "Made as"),
                  line_text(line, pack->zip ? N_("one file (zip)") : N_("a folder")));
    line_menu_add(menu, LANGUAGE, line_text(line, "Language of the documents"),
                  lang_name(pack->lang));
    line_menu_add(menu, FOLDER, line_text(line, "Folder for files"), line_folder(line));
    line_menu_tell(line, menu);
}

/* Does it; true when the choices read differently afterwards. */
static bool act(struct pack *pack, int code)
{
    switch (code) {
    case MAKE: make(pack); return false;
    case INDEX: read_index(pack); return false;
    case SHAPE: pack->zip = !pack->zip; return true;
    case LANGUAGE: pack->lang = (enum lang)((pack->lang + 1) % LANG_COUNT); return true;
    default: line_ask_folder(pack->line); return true;
    }
}

void line_pack(struct line *line)
{
    const struct schema *schema = line->plan->schema;
    struct pack pack = { .line = line, .lang = line->tr.lang };
    bool tell = true;
    size_t number;
    int code = -1;

    for (size_t i = 0; i < schema->package_count; i++)
        line_sayf(line, "  %zu %s", i + 1, text_get(&schema->packages[i].title, line->tr.lang));
    number = line_choose(line, line_text(line, "Number of the recipient, Enter goes back: "),
                         schema->package_count);
    if (!number)
        return;
    pack.package = &schema->packages[number - 1];
    tell_package(&pack);
    do {
        pack.tr = line->hooks->tr(line->hooks->data, pack.lang);
        if (tell)
            tell_menu(&pack);
        code = line_menu_ask(line, &pack.menu,
                             line_text(line, "Number of what to do with it, Enter goes back: "));
        tell = code >= 0 && act(&pack, code);
    } while (code >= 0 && !line->quit);
    line_menu_free(&pack.menu);
}
