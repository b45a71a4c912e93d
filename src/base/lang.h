/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The three languages of the program.
 *
 * Every text that comes from content data exists in all three, so a text is an
 * array indexed by enum lang and choosing a language is an index, never a lookup
 * that can fail.
 */
#ifndef BASE_LANG_H
#define BASE_LANG_H

enum lang { LANG_FI, LANG_SV, LANG_EN, LANG_COUNT };

/* "fi", "sv", "en". */
const char *lang_code(enum lang lang);

/* The language's own name: "suomi", "svenska", "English". */
const char *lang_name(enum lang lang);

/* Reads the first two letters of `text` ("sv", "sv_FI.UTF-8"). Returns 0, or -1 when the
 * language is none of the three. */
int lang_parse(const char *text, enum lang *out);

/* A text in the three languages. The strings belong to whoever made the text; none is NULL
 * unless the whole text is absent, and then all are. */
struct text {
    const char *in[LANG_COUNT];
};

/* The text in `lang`, or "" when the text is absent. */
const char *text_get(const struct text *text, enum lang lang);

#endif
