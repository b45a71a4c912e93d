/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/requirement.h"

#include <string.h>

const char *requirement_part_word(enum requirement_part part)
{
    static const char *const words[] = {
#define AS_WORD(name, word) word,
        REQUIREMENT_PART_INFO(AS_WORD)
#undef AS_WORD
    };

    return words[part];
}

const struct requirement *requirement_find(const struct schema *schema, const char *id)
{
    const struct requirements *of = schema->requirements;

    for (size_t i = 0; of && i < of->count; i++)
        if (strcmp(of->all[i].id, id) == 0)
            return &of->all[i];
    return NULL;
}
