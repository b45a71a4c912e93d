/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers in the order of a regulation's table of contents, and how far they fulfil it.
 *
 * A chapter reads as text: the heading of a requirement, what the provider says of it, and the
 * evidence. What is planned says by when and who, what does not apply says why, and what is open
 * says so; a chapter is never empty. Tables tell the same at a glance.
 */
#include "out/doc_sections.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/completeness.h"
#include "core/outlines.h"
#include "core/plan.h"
#include "out/doc.h"

enum { CHAPTER_LEVEL = 2, REQUIREMENT_LEVEL = 3 };    /* below the section's own heading */

static void part_text(const struct build *build, const struct requirement *of,
                      enum requirement_part part, struct buf *out)
{
    const struct item *item = of->parts[part];
    if (item != NULL && engine_is_relevant(build->plan->engine, item, NULL)
        && !build_is_unsure(build, item, NULL))
        plan_show(build->plan, item, NULL, build->tr, out);
}

/* Who answers for the requirement itself, else for its chapter. */
static void person_text(const struct build *build, const struct requirement *of, struct buf *out)
{
    part_text(build, of, REQUIREMENT_WHO, out);
    if (out->length == 0 && of->responsible != NULL
        && engine_is_relevant(build->plan->engine, of->responsible, NULL))
        plan_show(build->plan, of->responsible, NULL, build->tr, out);
}

/* The day of its own review; nothing when the requirement is looked at with the whole document. */
static void own_review(const struct build *build, const struct requirement *of, struct buf *out)
{
    const struct doc_control *control = build->document->control;
    struct buf day = BUF_INIT, common = BUF_INIT;
    part_text(build, of, REQUIREMENT_REVIEW, &day);
    if (control != NULL)
        plan_show(build->plan, control->next_review, NULL, build->tr, &common);
    if (day.length > 0 && strcmp(day.text, common.text) != 0) {
        buf_add(out, out->length > 0 ? " (" : "(");
        buf_addf(out, tr_text(build->tr, "review %s"), day.text);
        buf_add_char(out, ')');
    }
    buf_free(&day);
    buf_free(&common);
}

/* "(in charge: Aino Malli)", when it is not the one of the chapter. */
static void own_person(const struct build *build, const struct requirement *of, struct buf *out)
{
    struct buf person = BUF_INIT;
    part_text(build, of, REQUIREMENT_WHO, &person);
    if (person.length > 0) {
        buf_add(out, out->length > 0 ? " (" : "(");
        buf_addf(out, tr_text(build->tr, "in charge: %s"), person.text);
        buf_add_char(out, ')');
    }
    buf_free(&person);
}

/* What shows it, with person and day of review when the requirement has its own: otherwise they are
 * those of the chapter and of the whole document. */
static void proof_text(const struct build *build, const struct requirement *of, struct buf *out)
{
    part_text(build, of, REQUIREMENT_PROOF, out);
    own_person(build, of, out);
    own_review(build, of, out);
}

/* ---- chapters ---- */

static void planned_text(struct build *build, const struct requirement *of)
{
    struct buf day = BUF_INIT, person = BUF_INIT, line = BUF_INIT;
    part_text(build, of, REQUIREMENT_BY, &day);
    person_text(build, of, &person);
    if (day.length > 0)
        buf_addf(&line, tr_text(build->tr, "Not in place yet; to be in place on %s."), day.text);
    else
        buf_add(&line, tr_text(build->tr, "Not in place yet."));
    if (person.length > 0) {
        buf_add_char(&line, ' ');
        buf_addf(&line, tr_text(build->tr, "In charge: %s."), person.text);
    }
    doc_paragraph(build->doc, line.text);
    buf_free(&day);
    buf_free(&person);
    buf_free(&line);
}

/* Without its full stop, to stand in a sentence that has its own. */
static void cut_stop(struct buf *text)
{
    buf_trim(text);
    if (text->length > 0 && text->text[text->length - 1] == '.')
        buf_cut(text, text->length - 1);
}

static void why_text(struct build *build, const struct requirement *of)
{
    struct buf why = BUF_INIT, line = BUF_INIT;
    part_text(build, of, REQUIREMENT_WHY, &why);
    cut_stop(&why);
    buf_addf(&line, tr_text(build->tr, "This does not concern us, because %s."), why.text);
    doc_paragraph(build->doc, line.text);
    buf_free(&why);
    buf_free(&line);
}

/* The evidence ends the last paragraph; below a list it is one of its own. */
static void said_text(struct build *build, const struct requirement *of)
{
    struct buf text = BUF_INIT, proof = BUF_INIT;
    part_text(build, of, REQUIREMENT_TEXT, &text);
    buf_trim(&text);
    proof_text(build, of, &proof);
    cut_stop(&proof);
    if (proof.length > 0) {
        const char *newline = strrchr(text.text, '\n');
        const char *last = newline == NULL ? text.text : newline + 1;
        buf_add_char(&text, strncmp(last, "- ", 2) == 0 ? '\n' : ' ');
        buf_addf(&text, tr_text(build->tr, "Evidence: %s."), proof.text);
    }
    build_lines(build, text.text);
    buf_free(&text);
    buf_free(&proof);
}

static void requirement_text(struct build *build, const struct requirement *of,
                             enum standing standing)
{
    switch (standing) {
    case STANDING_IN_PLACE:
        said_text(build, of);
        break;
    case STANDING_PLANNED:
        said_text(build, of);
        planned_text(build, of);
        break;
    case STANDING_NOT_US:
        why_text(build, of);
        break;
    default:
        doc_paragraph(build->doc, tr_text(build->tr, "Open: this has not been described yet."));
        break;
    }
}

/* What is said in place of a requirement that is not asked. Several may have the same sentence,
 * which is said once. */
static void aside_text(struct build *build, const struct requirement *of)
{
    const struct block *last = &build->doc->blocks[build->doc->count - 1];
    struct buf title = BUF_INIT, text = BUF_INIT;
    build_text(build, &of->otherwise, &text);
    if (text.length > 0 && (last->text == NULL || strcmp(last->text, text.text) != 0)) {
        plan_text(build->plan, &of->title, build->tr, &title);
        doc_section(build->doc, REQUIREMENT_LEVEL, title.text);
        doc_paragraph(build->doc, text.text);
    }
    buf_free(&title);
    buf_free(&text);
}

static void add_requirement(struct build *build, const struct requirement *of)
{
    enum standing standing = requirement_standing(build->plan, of);
    struct buf title = BUF_INIT;
    if (standing == STANDING_ASIDE) {
        aside_text(build, of);
        return;
    }
    plan_text(build->plan, &of->title, build->tr, &title);
    doc_section(build->doc, REQUIREMENT_LEVEL, title.text);
    requirement_text(build, of, standing);
    buf_free(&title);
}

static void part_title(const struct build *build, const struct outline_part *part,
                       struct buf *out)
{
    buf_addf(out, "%s  ", part->number);
    plan_text(build->plan, &part->title, build->tr, out);
}

static void add_chapter(struct build *build, const struct outline_part *part)
{
    size_t begin = build->doc->count;
    struct buf title = BUF_INIT;
    bool relevant = build_truth(build, &part->relevant) != EXPR_FALSE;
    part_title(build, part, &title);
    doc_section(build->doc, CHAPTER_LEVEL, title.text);
    build_body(build, relevant ? &part->body : &part->otherwise);
    for (const char **id = part->of; relevant && id != NULL && *id != NULL; id++) {
        const struct requirement *of = requirement_find(build->plan->schema, *id);
        if (of != NULL)
            add_requirement(build, of);
    }
    if (build->doc->count == begin + 1)
        doc_cut(build->doc, begin);
    buf_free(&title);
}

void show_chapters(struct build *build, const struct doc_section *section)
{
    (void)section;
    for (size_t i = 0; build->outline != NULL && i < build->outline->part_count; i++)
        add_chapter(build, &build->outline->parts[i]);
}

/* ---- tables of requirements ---- */

static const char *standing_text(const struct build *build, enum standing standing)
{
    static const char *const words[STANDING_COUNT] = {
        [STANDING_IN_PLACE] = N_("in place"),
        [STANDING_PLANNED] = N_("planned"),
        [STANDING_NOT_US] = N_("not applicable"),
        [STANDING_OPEN] = N_("still open"),
        [STANDING_ASIDE] = N_("not applicable"),
    };
    return tr_text(build->tr, words[standing]);
}

typedef void (*requirement_row)(struct build *build, const struct outline_part *part,
                                const struct requirement *of, enum standing standing);

/* A row for each requirement whose state is among `states`, in the order of the chapters; no table
 * when there is none. */
static void requirement_table(struct build *build, const char *const *headings, size_t columns,
                              unsigned states, requirement_row row)
{
    bool begun = false;
    for (size_t i = 0; build->outline != NULL && i < build->outline->part_count; i++) {
        const struct outline_part *part = &build->outline->parts[i];
        for (const char **id = part->of; id != NULL && *id != NULL; id++) {
            const struct requirement *of = requirement_find(build->plan->schema, *id);
            enum standing standing =
                of == NULL ? STANDING_ASIDE : requirement_standing(build->plan, of);
            if ((states >> standing & 1U) == 0)
                continue;
            if (!begun)
                doc_table(build->doc, BLOCK_TABLE, NULL, headings, columns);
            begun = true;
            row(build, part, of, standing);
        }
    }
}

/* What is not said shows a dash. */
static void value_cell(struct build *build, const struct buf *value)
{
    doc_cell(build->doc, value->length > 0 ? value->text : "\u2013");
}

/* The text of a part as a cell. */
static void part_cell(struct build *build, const struct requirement *of,
                      enum requirement_part part)
{
    struct buf text = BUF_INIT;
    part_text(build, of, part, &text);
    value_cell(build, &text);
    buf_free(&text);
}

static void name_cells(struct build *build, const struct outline_part *part,
                       const struct requirement *of)
{
    struct buf name = BUF_INIT;
    plan_text(build->plan, &of->title, build->tr, &name);
    doc_cell(build->doc, part->number);
    doc_cell(build->doc, name.text);
    buf_free(&name);
}

static void person_cell(struct build *build, const struct requirement *of)
{
    struct buf person = BUF_INIT;
    person_text(build, of, &person);
    value_cell(build, &person);
    buf_free(&person);
}

static void action_row(struct build *build, const struct outline_part *part,
                       const struct requirement *of, enum standing standing)
{
    name_cells(build, part, of);
    doc_cell(build->doc, standing_text(build, standing));
    person_cell(build, of);
    part_cell(build, of, REQUIREMENT_BY);
}

/* What is not in place yet: the list to work through. */
void show_gaps(struct build *build, const struct doc_section *section)
{
    const char *const headings[] = {
        tr_text(build->tr, "Chapter"), tr_text(build->tr, "Requirement"),
        tr_text(build->tr, "State"), tr_text(build->tr, "In charge"),
        tr_text(build->tr, "Deadline"),
    };
    (void)section;
    requirement_table(build, headings, countof(headings),
                      1U << STANDING_PLANNED | 1U << STANDING_OPEN, action_row);
}

static void evidence_row(struct build *build, const struct outline_part *part,
                         const struct requirement *of, enum standing standing)
{
    name_cells(build, part, of);
    doc_cell(build->doc, standing_text(build, standing));
    person_cell(build, of);
    part_cell(build, of, standing == STANDING_NOT_US ? REQUIREMENT_WHY : REQUIREMENT_PROOF);
    part_cell(build, of, standing == STANDING_PLANNED ? REQUIREMENT_BY : REQUIREMENT_REVIEW);
}

/* What an inspector can be shown of each requirement, who answers for it, and the next day. */
void show_evidence(struct build *build, const struct doc_section *section)
{
    const char *const headings[] = {
        tr_text(build->tr, "Chapter"), tr_text(build->tr, "Requirement"),
        tr_text(build->tr, "State"), tr_text(build->tr, "In charge"),
        tr_text(build->tr, "Evidence"), tr_text(build->tr, "Review or deadline"),
    };
    (void)section;
    requirement_table(build, headings, countof(headings),
                      1U << STANDING_IN_PLACE | 1U << STANDING_PLANNED | 1U << STANDING_NOT_US
                          | 1U << STANDING_OPEN, evidence_row);
}

/* ---- completeness ---- */

/* "complete", "2 of 5 open, 1 planned" */
static void tally_text(const struct build *build, const struct tally *tally, struct buf *out)
{
    int open = tally->of[STANDING_OPEN], planned = tally->of[STANDING_PLANNED];
    if (tally->all == 0)
        buf_add(out, tr_text(build->tr, "no question asks this"));
    else if (tally->all == tally->of[STANDING_ASIDE])
        buf_add(out, tr_text(build->tr, "not asked of this provider"));
    else if (open == 0 && planned == 0)
        buf_add(out, tr_text(build->tr, "complete"));
    if (open > 0)
        buf_addf(out, tr_text(build->tr, "open %d of %d"), open, tally->all);
    if (open > 0 && planned > 0)
        buf_add(out, ", ");
    if (planned > 0)
        buf_addf(out, tr_text(build->tr, "planned %d of %d"), planned, tally->all);
}

/* "1.5" of the list of points as the law is cited: "subsection 1, point 5". */
static void place_text(const struct build *build, const char *place, struct buf *out)
{
    const char *dot = strchr(place, '.');
    int subsection = (int)strcspn(place, ".");
    if (dot == NULL)
        buf_addf(out, tr_text(build->tr, "subsection %s"), place);
    else
        buf_addf(out, tr_text(build->tr, "subsection %.*s, point %s"), subsection, place, dot + 1);
}

static const char *choice_extra(const struct list *list, const struct choice *choice,
                                const char *column)
{
    for (size_t i = 0; i < list->column_count; i++)
        if (strcmp(list->columns[i], column) == 0)
            return choice->extra[i];
    return NULL;
}

/* The chapters in which the requirements of a point stand: "3, 6.1, 6.7". */
static void chapters_of(const struct build *build, const char *point, struct buf *out)
{
    const struct outline *outline = build->outline;
    for (size_t i = 0; outline != NULL && i < outline->part_count; i++)
        for (const char **id = outline->parts[i].of; id != NULL && *id != NULL; id++) {
            const struct requirement *of = requirement_find(build->plan->schema, *id);
            if (of == NULL || !requirement_covers(of, point))
                continue;
            buf_addf(out, "%s%s", out->length > 0 ? ", " : "", outline->parts[i].number);
            break;
        }
}

static void add_point(struct build *build, const struct list *points, const struct choice *point)
{
    const char *place = choice_extra(points, point, "place");
    struct buf label = BUF_INIT, reference = BUF_INIT, chapters = BUF_INIT, state = BUF_INIT;
    struct tally tally = tally_point(build->plan, point->id);
    plan_text(build->plan, &point->label, build->tr, &label);
    if (place != NULL)
        place_text(build, place, &reference);
    chapters_of(build, point->id, &chapters);
    tally_text(build, &tally, &state);
    doc_cell(build->doc, label.text);
    doc_cell(build->doc, reference.text);
    doc_cell(build->doc, chapters.text);
    doc_cell(build->doc, state.text);
    buf_free(&label);
    buf_free(&reference);
    buf_free(&chapters);
    buf_free(&state);
}

static void points_table(struct build *build)
{
    const struct list *points = build->plan->schema->requirements->points;
    const char *const headings[] = {
        tr_text(build->tr, "What the law requires"), tr_text(build->tr, "Place in the law"),
        tr_text(build->tr, "Chapters"), tr_text(build->tr, "State"),
    };
    struct buf caption = BUF_INIT;
    plan_text(build->plan, &points->source.title, build->tr, &caption);
    doc_table(build->doc, BLOCK_TABLE, caption.text, headings, countof(headings));
    for (size_t i = 0; i < points->choice_count; i++)
        add_point(build, points, &points->choices[i]);
    buf_free(&caption);
}

/* Those who answer for the requirements of the chapter, each once. */
static void part_people(const struct build *build, const struct outline_part *part,
                        struct buf *out)
{
    for (const char **id = part->of; id != NULL && *id != NULL; id++) {
        const struct requirement *of = requirement_find(build->plan->schema, *id);
        struct buf person = BUF_INIT;
        if (of != NULL && requirement_standing(build->plan, of) != STANDING_ASIDE)
            person_text(build, of, &person);
        if (person.length > 0 && strstr(out->text, person.text) == NULL)
            buf_addf(out, "%s%s", out->length > 0 ? ", " : "", person.text);
        buf_free(&person);
    }
}

static void add_part(struct build *build, const struct outline_part *part)
{
    struct buf title = BUF_INIT, people = BUF_INIT, state = BUF_INIT;
    struct tally tally = tally_part(build->plan, part);
    if (tally.all == 0)
        return;
    part_title(build, part, &title);
    part_people(build, part, &people);
    tally_text(build, &tally, &state);
    if (part->unsure)
        buf_add(&title, " *");
    doc_cell(build->doc, title.text);
    value_cell(build, &people);
    doc_cell(build->doc, state.text);
    buf_free(&title);
    buf_free(&people);
    buf_free(&state);
}

static bool any_unsure(const struct outline *outline)
{
    for (size_t i = 0; i < outline->part_count; i++)
        if (outline->parts[i].unsure)
            return true;
    return false;
}

static void parts_table(struct build *build)
{
    const char *const headings[] = {
        tr_text(build->tr, "Chapter"), tr_text(build->tr, "In charge"),
        tr_text(build->tr, "State"),
    };
    struct buf caption = BUF_INIT;
    plan_text(build->plan, &build->outline->title, build->tr, &caption);
    doc_table(build->doc, BLOCK_TABLE, caption.text, headings, countof(headings));
    for (size_t i = 0; i < build->outline->part_count; i++)
        add_part(build, &build->outline->parts[i]);
    if (any_unsure(build->outline))
        doc_paragraph(build->doc,
                      tr_text(build->tr, "* Number or heading has not been checked against the "
                                         "regulation itself. Check it yourself."));
    buf_free(&caption);
}

void show_completeness(struct build *build, const struct doc_section *section)
{
    (void)section;
    if (build->plan->schema->requirements != NULL)
        points_table(build);
    if (build->outline != NULL)
        parts_table(build);
}
