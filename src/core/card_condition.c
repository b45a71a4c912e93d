/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Conditions on signs.
 */
#include "core/card_signs.h"

#include <stdlib.h>
#include <string.h>

static bool number_of(const char *text, long *number)
{
    char *end;

    *number = strtol(text, &end, 10);
    return end != text && *end == '\0';
}

bool card_value_is_sound(const char *value)
{
    long number;

    return *value && ((value[0] != '<' && value[0] != '>') || number_of(value + 1, &number));
}

static bool value_holds(const char *value, const char *sign)
{
    long limit, number;

    if (strcmp(value, "-") == 0)
        return !sign;
    if (!sign)
        return false;
    if (strcmp(value, "*") == 0)
        return true;
    if (value[0] != '<' && value[0] != '>')
        return strcmp(value, sign) == 0;
    if (!number_of(value + 1, &limit) || !number_of(sign, &number))
        return false;
    return value[0] == '<' ? number < limit : number > limit;
}

bool card_conditions_hold(const struct card_conditions *conditions, const struct card_facts *signs)
{
    for (size_t i = 0; i < conditions->count; i++) {
        const struct card_condition *condition = &conditions->at[i];
        const char *sign = card_fact(signs, condition->sign);
        const char **value = condition->values;
        while (*value && !value_holds(*value, sign))
            value++;
        if (!*value)
            return false;
    }
    return true;
}
