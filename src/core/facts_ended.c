/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Names that are out of date: repealed acts and authorities that are no more.
 *
 * Every text of a plan is asked after every change, and nearly none has such a name, so a text is
 * folded only when the longest plain part of a name occurs in it, and looked through for the number
 * of an act, as 2/2015, only when it has a slash.
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

/* The longest run of ASCII in the name occurs in the text, whatever the case. */
static bool may_mention(const char *text, const char *name)
{
    const char *longest = name;
    size_t most = 0;
    struct buf run = BUF_INIT;
    bool found;

    if (strchr(name, '/') && !strchr(text, '/'))
        return false;
    for (const char *at = name; *at;) {
        size_t length = 0;
        while ((unsigned char)at[length] < 0x80 && at[length])
            length++;
        if (length > most) {
            longest = at;
            most = length;
        }
        at += length + (length == 0);
    }
    buf_add_n(&run, longest, most);
    found = strcasestr(text, run.text) != NULL;
    buf_free(&run);
    return found;
}

/* "12/2015" does not mention 2/2015, nor does 2/20155. */
static bool mentions(const char *text, const char *name)
{
    struct buf part = BUF_INIT, whole = BUF_INIT;
    const char *folded;
    bool found = false;

    if (!may_mention(text, telling_part(name)))
        return false;
    utf8_fold(&part, telling_part(name));
    utf8_fold(&whole, text);
    folded = whole.text;
    for (const char *at = folded; part.length && !found && (at = strstr(at, part.text)); at++) {
        bool inside = at > folded && isdigit((unsigned char)at[-1]) &&
                      isdigit((unsigned char)part.text[0]);
        found = !inside && !(isdigit((unsigned char)part.text[part.length - 1]) &&
                             isdigit((unsigned char)at[part.length]));
    }
    buf_free(&part);
    buf_free(&whole);
    return found;
}

static bool mentions_any(const char *text, const char *names)
{
    static const char divider[] = " / ";
    bool found = false;

    while (!found && *names) {
        const char *end = strstr(names, divider);
        char *name = end ? xstrndup(names, (size_t)(end - names)) : xstrdup(names);
        found = mentions(text, name);
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

    for (size_t i = 0; i < schema->fact_count && !found; i++) {
        const struct fact *fact = &schema->facts[i];
        if (strncmp(fact->id, group, length) != 0 || fact->id[length] != '.' ||
            !has_ended(fact, today))
            continue;
        for (int lang = 0; lang < LANG_COUNT && !found; lang++)
            if (fact->name.in[lang] && (lang == 0 || fact->name.in[lang] != fact->name.in[0]) &&
                mentions_any(text, fact->name.in[lang]))
                found = fact;
    }
    return found;
}
