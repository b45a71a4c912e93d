/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The tag tree: what is a heading, a list, a table, in reading order, for those who hear the page.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "out/pdf.h"
#include "out/pdf_file.h"

static void kid_add(struct pdf *pdf, int tag, struct pdf_kid kid)
{
    struct pdf_tag *above = &pdf->tags[tag];
    above->kids = vec_room(above->kids, &above->kid_room, above->kid_count + 1,
                           sizeof above->kids[0]);
    above->kids[above->kid_count++] = kid;
}

int tag_add(struct pdf *pdf, int parent, const char *type)
{
    int tag = (int)pdf->tag_count;
    pdf->tags = vec_room(pdf->tags, &pdf->tag_room, pdf->tag_count + 1, sizeof pdf->tags[0]);
    pdf->tags[pdf->tag_count++] = (struct pdf_tag){ .type = type, .parent = parent };
    if (tag > 0)
        kid_add(pdf, parent, (struct pdf_kid){ .kind = KID_TAG, .value = tag });
    return tag;
}

int tag_mark(struct pdf *pdf, int tag, size_t page)
{
    struct pdf_page *on = &pdf->pages[page];
    int mark = (int)on->mark_count;
    on->marks = vec_room(on->marks, &on->mark_room, on->mark_count + 1, sizeof on->marks[0]);
    on->marks[on->mark_count++] = tag;
    kid_add(pdf, tag, (struct pdf_kid){ KID_MARK, mark, page });
    return mark;
}

void tag_link(struct pdf *pdf, int tag, size_t page, int link)
{
    kid_add(pdf, tag, (struct pdf_kid){ KID_LINK, link, page });
}

/* The numbers of objects that tags name. */
struct numbers {
    const struct pdf *pdf;
    const int *pages, *links;
    int first_tag;            /* the others follow it */
    int root;
    const struct pdf_tag *document;
};

static void add_kid(const struct numbers *numbers, const struct pdf_kid *kid, size_t page,
                    struct buf *out)
{
    switch (kid->kind) {
    case KID_TAG:
        pdf_add_reference(out, "", numbers->first_tag + kid->value);
        break;
    case KID_MARK:
        if (kid->page == page)
            buf_add_number(out, kid->value);
        else
            buf_addf(out, "<</Type/MCR/Pg %d 0 R/MCID %d>>", numbers->pages[kid->page],
                     kid->value);
        break;
    case KID_LINK:
        buf_addf(out, "<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>", numbers->pages[kid->page],
                 numbers->links[kid->value]);
        break;
    }
}

/* The page of the tag's first content; its other pages are named beside the content. */
static const struct pdf_kid *first_mark(const struct pdf_tag *tag)
{
    for (size_t i = 0; i < tag->kid_count; i++)
        if (tag->kids[i].kind == KID_MARK)
            return &tag->kids[i];
    return NULL;
}

/* A figure says where it is, if it is on one page. */
static void add_place(const struct pdf *pdf, int tag, struct buf *out)
{
    for (size_t i = 0; i < pdf->figure_count; i++) {
        const struct pdf_figure *figure = &pdf->figures[i];
        const int corners[] = { figure->left, figure->bottom, figure->right, figure->top };
        if (figure->tag != tag)
            continue;
        buf_add(out, "/A<</O/Layout/Placement/Block/BBox[");
        for (size_t c = 0; c < countof(corners); c++) {
            pdf_add_length(out, corners[c]);
            buf_add_char(out, ' ');
        }
        buf_add(out, "]>>");
    }
}

static void tag_write(const struct pdf_tag *tag, const struct numbers *numbers, struct buf *out)
{
    const struct pdf_kid *mark = first_mark(tag);
    size_t page = mark == NULL ? 0 : mark->page;
    buf_add(out, "<</Type/StructElem/S/");
    buf_add(out, tag->type);
    pdf_add_reference(out, "/P ", tag == numbers->document ? numbers->root
                                                           : numbers->first_tag + tag->parent);
    if (mark != NULL)
        pdf_add_reference(out, "/Pg ", numbers->pages[page]);
    if (tag->attributes != NULL)
        buf_addf(out, "/A<<%s>>", tag->attributes);
    if (numbers->pdf->figure_count > 0)
        add_place(numbers->pdf, (int)(tag - numbers->document), out);
    if (tag->alt != NULL) {
        buf_add(out, "/Alt");
        pdf_add_string(out, tag->alt);
    }
    buf_add(out, "/K[");
    for (size_t i = 0; i < tag->kid_count; i++) {
        if (i > 0)
            buf_add_char(out, ' ');
        add_kid(numbers, &tag->kids[i], page, out);
    }
    buf_add(out, "]>>");
}

/* From content on a page, and from a link, back to its tag. */
static int parents_write(const struct pdf *pdf, struct pdf_file *file,
                         const struct numbers *numbers)
{
    struct buf out = BUF_INIT;
    int number = pdf_file_reserve(file);
    buf_add(&out, "<</Nums[");
    for (size_t i = 0; i < pdf->page_count; i++) {
        buf_addf(&out, "%zu[", i);
        for (size_t m = 0; m < pdf->pages[i].mark_count; m++)
            pdf_add_reference(&out, m > 0 ? " " : "",
                              numbers->first_tag + pdf->pages[i].marks[m]);
        buf_add(&out, "]");
    }
    for (size_t i = 0; i < pdf->link_count; i++)
        buf_addf(&out, "%zu %d 0 R ", pdf->page_count + i,
                 numbers->first_tag + pdf->links[i].tag);
    buf_add(&out, "]>>");
    pdf_file_put(file, number, out.text, out.length);
    buf_free(&out);
    return number;
}

int tags_write(const struct pdf *pdf, struct pdf_file *file, const int *pages, const int *links)
{
    struct numbers numbers = { .pdf = pdf, .pages = pages, .links = links, .root = pdf_file_reserve(file),
                               .document = &pdf->tags[0] };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < pdf->tag_count; i++) {
        int number = pdf_file_reserve(file);
        if (i == 0)
            numbers.first_tag = number;
    }
    for (size_t i = 0; i < pdf->tag_count; i++) {
        buf_clear(&out);
        tag_write(&pdf->tags[i], &numbers, &out);
        pdf_file_put(file, numbers.first_tag + (int)i, out.text, out.length);
    }
    int parents = parents_write(pdf, file, &numbers);
    buf_clear(&out);
    buf_addf(&out, "<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %zu>>",
             numbers.first_tag, parents, pdf->page_count + pdf->link_count);
    pdf_file_put(file, numbers.root, out.text, out.length);
    buf_free(&out);
    return numbers.root;
}
