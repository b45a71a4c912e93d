/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Names that are out of date: repealed acts and authorities that are no more.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/facts.h"

/* In "THL 2/2015" the number tells the act, whatever the rest is called in a sentence. */
static const char *telling_part(const char *name)
{
    const char *word = strrchr(name, ' ');

    return word && isdigit((unsigned char)word[1]) && strchr(word, '/') ? word + 1 : name;
}

/* "12/2015" does not mention 2/2015, nor does 2/20155. */
static bool mentions(const char *folded, const char *name)
{
    struct buf part = BUF_INIT;
    bool found = false;

    utf8_fold(&part, telling_part(name));
    for (const char *at = folded; part.length && !found && (at = strstr(at, part.text)); at++) {
        bool inside = at > folded && isdigit((unsigned char)at[-1]) &&
                      isdigit((unsigned char)part.text[0]);
        found = !inside && !(isdigit((unsigned char)part.text[part.length - 1]) &&
                             isdigit((unsigned char)at[part.length]));
    }
    buf_free(&part);
    return found;
}

static bool mentions_any(const char *folded, const char *names)
{
    static const char divider[] = " / ";
    bool found = false;

    while (!found && *names) {
        const char *end = strstr(names, divider);
        char *name = end ? xstrndup(names, (size_t)(end - names)) : xstrdup(names);
        found = mentions(folded, name);
        free(name);
        names = end ? end + strlen(divider) : "";
    }
    return found;
}

static bool has_ended(const struct fact *fact, int today)
{
    int first, last;

    return fact->valid_to && date_period(fact->valid_to, &first, &last) == 0 && today > last;
}

const struct fact *fact_ended_in(const struct schema *schema, const char *group, const char *text,
                                 int today)
{
    const struct fact *found = NULL;
    size_t length = strlen(group);
    struct buf folded = BUF_INIT;

    utf8_fold(&folded, text);
    for (size_t i = 0; i < schema->fact_count && !found; i++) {
        const struct fact *fact = &schema->facts[i];
        if (strncmp(fact->id, group, length) != 0 || fact->id[length] != '.' ||
            !has_ended(fact, today))
            continue;
        for (int lang = 0; lang < LANG_COUNT && !found; lang++)
            if (fact->name.in[lang] && mentions_any(folded.text, fact->name.in[lang]))
                found = fact;
    }
    buf_free(&folded);
    return found;
}
