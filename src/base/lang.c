/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The three languages: codes, own names, and choosing a text.
 */
#include "base/lang.h"

#include <stddef.h>
#include <string.h>

#include "base/mem.h"

static const struct {
    const char *code, *name;
} langs[LANG_COUNT] = {
    [LANG_FI] = { "fi", "suomi" },
    [LANG_SV] = { "sv", "svenska" },
    [LANG_EN] = { "en", "English" },
};

const char *lang_code(enum lang lang)
{
    return langs[lang].code;
}

const char *lang_name(enum lang lang)
{
    return langs[lang].name;
}

/* After the two letters comes the end, a territory, an encoding or a variant; anything else
 * ("file", "svg") is another word. */
static int ends_code(char c)
{
    return c == '\0' || c == '_' || c == '-' || c == '.' || c == '@' || c == ':';
}

int lang_parse(const char *text, enum lang *out)
{
    if (!text)
        return -1;
    for (size_t i = 0; i < countof(langs); i++) {
        if (strncmp(text, langs[i].code, 2) == 0 && ends_code(text[2])) {
            *out = (enum lang)i;
            return 0;
        }
    }
    return -1;
}

const char *text_get(const struct text *text, enum lang lang)
{
    if (!text || !text->in[lang])
        return "";
    return text->in[lang];
}
