/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any text as an identifier of each kind, as an OID of whatever class, and as text that may hold
 * a personal identity code.
 */
#include "fuzz_help.h"

#include "core/identifiers.h"

static void check_person_code(const char *text)
{
    size_t length = strlen(text), at = 0, found = 0;

    if (id_has_person_code(text, &at, &found))
        need(found >= 11 && at + found <= length && utf8_valid(text + at, found));
}

/* The normal form is accepted again as it is, and nothing is left to clean in it. */
static void check_kinds(const char *text)
{
    struct id_result result = ID_RESULT_INIT, again = ID_RESULT_INIT;

    for (const char *const *kind = id_kinds(); *kind; kind++) {
        need(id_check(*kind, text, &result) == 0);
        need((result.state == ID_OK) == (result.reason == NULL));
        need((result.state == ID_BAD) == (result.canonical.length == 0));
        if (result.state == ID_BAD)
            continue;
        need(id_check(*kind, result.canonical.text, &again) == 0 && again.state != ID_BAD);
        need(strcmp(again.canonical.text, result.canonical.text) == 0 && !again.cleaned);
    }
    id_result_free(&result);
    id_result_free(&again);
}

/* An OID with a business ID whose check digit is right belongs to it. */
static void check_oid(const char *text)
{
    struct id_result result = ID_RESULT_INIT;
    char business_id[10];

    if (!id_oid_business_id(text, business_id))
        return;
    need(strlen(business_id) == 9 && business_id[7] == '-');
    id_check("ytunnus", business_id, &result);
    need(result.state == ID_BAD || !id_oid_class(text) || id_oid_belongs(text, business_id));
    id_result_free(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf clean = BUF_INIT;

    utf8_clean(&clean, (const char *)data, size, UTF8_ONE_LINE);
    check_person_code(clean.text);
    check_kinds(clean.text);
    check_oid(clean.text);
    buf_free(&clean);
    return 0;
}
