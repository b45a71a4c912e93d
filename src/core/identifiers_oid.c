/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * OIDs: general form, and whether one can be of an operating or a service unit.
 *
 * Arcs are compared as text: real ones do not fit into 32 bits. Forms that are unusual and yet
 * stand in the national register get a warning, since only the register can tell.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "core/identifiers_parts.h"

enum { OID_MAX = 128 };

#define Y_ROOT "1.2.246.10."
#define HEALTH_ROOT "1.2.246.537."

static size_t oid_fault(const char *text)
{
    size_t at = strspn(text, ID_DIGITS ".");

    return text[at] ? at + 1 : 0;
}

/* NULL when the arcs are well formed. */
static const char *arcs_fault(const char *text)
{
    size_t arcs = 0, length, first = id_digit_count(text);

    for (const char *at = text;; at += length + 1) {
        length = id_digit_count(at);
        if (length == 0)
            return at[0] ? N_("Two full stops stand side by side, or one stands first.")
                         : N_("An OID does not end in a full stop.");
        if (length > 1 && at[0] == '0')
            return N_("A number in an OID does not begin with a zero.");
        arcs++;
        if (at[length] == '\0')
            break;
    }
    if (arcs < 2)
        return N_("An OID has several numbers with full stops between them.");
    if (first > 1 || text[0] > '2')
        return N_("An OID begins with 0, 1 or 2.");
    length = id_digit_count(text + 2);
    if (text[0] < '2' && (length > 2 || (length == 2 && text[2] >= '4')))
        return N_("The second number of this OID is too large.");
    return NULL;
}

/* A business id written into an OID the way people write it, with zero and hyphen. */
static bool repair_oid(const char *text, struct buf *out)
{
    const char *arc = text + strlen(Y_ROOT);
    size_t length, zeros;

    if (strncmp(text, Y_ROOT, strlen(Y_ROOT)) != 0)
        return false;
    length = strspn(arc, ID_DIGITS "-");
    zeros = strspn(arc, "0");
    if (length < zeros + 6)
        return false;
    buf_add_n(out, arc + zeros, length - zeros);
    id_remove_all(out, "-");
    buf_splice(out, 0, 0, Y_ROOT, strlen(Y_ROOT));
    buf_add(out, arc + length);
    return oid_fault(out->text) == 0 && arcs_fault(out->text) == NULL;
}

static void refuse_oid(struct buf *text, struct id_result *out, const char *fault)
{
    struct buf repaired = BUF_INIT;
    char place[24];

    snprintf(place, sizeof place, "%zu", oid_fault(text->text));
    if (repair_oid(text->text, &repaired))
        id_propose(out, N_("In an OID the business ID has no hyphen and no zero in front. "
                           "Did you mean %1$s?"), repaired.text,
                   N_("In an OID the business ID has no hyphen and no zero in front."));
    else if (fault)
        id_bad(out, fault);
    else
        id_set_reason(out, ID_BAD,
                      N_("An OID has only digits and full stops; look at character %1$s."), place);
    buf_free(&repaired);
}

void id_check_oid(struct buf *text, struct id_result *out)
{
    const char *fault;

    out->cleaned = id_strip_prefix(text, "urn:oid:") || out->cleaned;
    if (text->length > OID_MAX) {
        id_bad(out, N_("This is too long for an OID."));
        return;
    }
    fault = oid_fault(text->text) ? NULL : arcs_fault(text->text);
    if (fault || oid_fault(text->text))
        refuse_oid(text, out, fault);
    else
        id_good(out, text->text);
}

static const char unusual[] = N_("This OID has an unusual form; compare it with the register.");
static const char no_unit[] =
    N_("This OID is not of a unit: a unit has .10. after the business ID.");

/* Node classes after the business id, by their first two digits. */
static const struct {
    int first, last;
    const char *class, *reason;
} node_classes[] = {
    { 5, 6, "code_set", N_("This is the OID of a code set, not of a unit.") },
    { 11, 11, "document", N_("This is the OID of a document, not of a unit.") },
    { 12, 13, "device", N_("This is the OID of a program or a device, not of a unit.") },
    { 14, 14, "event", N_("This is the OID of a service event, not of a unit.") },
    { 18, 18, "messaging", N_("This is the OID of a messaging party, not of a unit.") },
    { 19, 19, "controller", N_("This is the OID of a controller, not of a unit.") },
    { 21, 29, "person", N_("This is the OID of a person, not of a unit.") },
    { 91, 94, "document", N_("This is the OID of a document, not of a unit.") },
};

/* Classes below the root of social and health care. */
static const struct {
    const char *arc, *class, *reason;
} health_classes[] = {
    { "5.", "code_set", N_("This is the OID of a code set, not of a unit.") },
    { "6.", "code_set", N_("This is the OID of a code set, not of a unit.") },
    { "25", "professional", N_("This is the OID of a professional, not of a unit.") },
    { "26", "professional", N_("This is the OID of a professional, not of a unit.") },
    { "28", "self_employed",
      N_("This is the OID of a self-employed professional, not of a unit.") },
    { "29", "person", N_("This is the OID of a person, not of a unit.") },
};

static void check_health_oid(const char *rest, struct id_result *out)
{
    if (strncmp(rest, "10.", 3) == 0) {
        id_warn(out, unusual);
        return;
    }
    for (size_t i = 0; i < countof(health_classes); i++) {
        size_t length = strlen(health_classes[i].arc);
        if (strncmp(rest, health_classes[i].arc, length) == 0) {
            id_bad(out, health_classes[i].reason);
            return;
        }
    }
    id_bad(out, no_unit);
}

/* `node` is what follows the business id and its full stop. A class of five digits is one of two
 * with the number of a system or unit behind it. */
static void check_node(const char *node, struct id_result *out)
{
    size_t digits = id_digit_count(node);
    int class = (node[0] - '0') * (digits > 1 ? 10 : 1) + (digits > 1 ? node[1] - '0' : 0);
    const char *last = strrchr(node, '.');

    if (digits >= 5 && (node[digits] == '\0' || class == 10)) {
        id_warn(out, unusual);
        return;
    }
    if (digits == 2 && class == 10 && last) {
        if (last != node + 2 && strcmp(last, ".0") == 0)
            id_warn(out, unusual);
        return;
    }
    for (size_t i = 0; (digits <= 2 || digits == 5) && i < countof(node_classes); i++) {
        if (class >= node_classes[i].first && class <= node_classes[i].last) {
            id_bad(out, node_classes[i].reason);
            return;
        }
    }
    id_bad(out, no_unit);
}

/* The business id inside an OID: seven or eight digits, the zero in front left out. */
static bool check_arc(const char *arc, size_t length, struct id_result *out)
{
    char written[9], digits[9];

    if (length < 6 || length > 8) {
        id_bad(out, N_("The number after 1.2.246.10 is not a business ID."));
        return false;
    }
    snprintf(written, sizeof written, "%.*s", (int)length, arc);
    id_pad(digits, written, length == 6 ? 7 : 8);
    if (id_is_business_id(digits))
        return true;
    id_refuse_digits(out, digits, "", "", true);
    return false;
}

/* Turns the proposal of a business id into one of the whole OID. */
static void propose_oid(struct id_result *out, const char *oid, const char *rest)
{
    struct buf proposal = BUF_INIT;

    if (out->arg[0][0] == '\0')
        return;
    buf_add(&proposal, out->arg[0] + strspn(out->arg[0], "0"));
    id_remove_all(&proposal, "-");
    buf_splice(&proposal, 0, 0, oid, strlen(Y_ROOT));
    buf_add(&proposal, rest);
    id_propose(out, out->reason, proposal.text, id_wrong_digit);
    buf_free(&proposal);
}

void id_check_unit(struct buf *text, struct id_result *out)
{
    const char *oid, *arc;
    size_t length;

    id_check_oid(text, out);
    oid = text->text;
    if (out->state == ID_BAD)
        return;
    if (strncmp(oid, HEALTH_ROOT, strlen(HEALTH_ROOT)) == 0) {
        check_health_oid(oid + strlen(HEALTH_ROOT), out);
        return;
    }
    if (strncmp(oid, Y_ROOT, strlen(Y_ROOT)) != 0) {
        id_bad(out, N_("The OID of a unit begins with 1.2.246.10 and the business ID."));
        return;
    }
    arc = oid + strlen(Y_ROOT);
    length = id_digit_count(arc);
    if (!check_arc(arc, length, out))
        propose_oid(out, oid, arc + length);
    else if (arc[length] == '\0')
        id_bad(out, N_("The unit's own number is missing, as in .10.1 at the end."));
    else
        check_node(arc + length + 1, out);
}

/* ---- what an OID stands for ---- */

static const char *health_class(const char *rest)
{
    if (strncmp(rest, "10.", 3) == 0)
        return "service";
    for (size_t i = 0; i < countof(health_classes); i++)
        if (strncmp(rest, health_classes[i].arc, strlen(health_classes[i].arc)) == 0)
            return health_classes[i].class;
    return "other";
}

/* `node` is what follows the business id and its full stop. */
static const char *node_class(const char *node)
{
    size_t digits = id_digit_count(node);
    int class = (node[0] - '0') * (digits > 1 ? 10 : 1) + (digits > 1 ? node[1] - '0' : 0);
    const char *last = strrchr(node, '.');

    if ((digits == 2 || digits == 5) && class == 10)
        return last && strcmp(last, ".0") == 0 ? "operating" : "service";
    for (size_t i = 0; (digits <= 2 || digits == 5) && i < countof(node_classes); i++)
        if (class >= node_classes[i].first && class <= node_classes[i].last)
            return node_classes[i].class;
    return "other";
}

const char *id_oid_class(const char *oid)
{
    const char *arc = oid + strlen(Y_ROOT);

    if (oid_fault(oid) || arcs_fault(oid))
        return NULL;
    if (strncmp(oid, HEALTH_ROOT, strlen(HEALTH_ROOT)) == 0)
        return health_class(oid + strlen(HEALTH_ROOT));
    if (strncmp(oid, Y_ROOT, strlen(Y_ROOT)) != 0 || !strchr(arc, '.'))
        return "other";
    return node_class(strchr(arc, '.') + 1);
}

bool id_oid_business_id(const char *oid, char out[10])
{
    const char *arc = oid + strlen(Y_ROOT);
    char written[10], digits[10];
    size_t length;

    if (strncmp(oid, Y_ROOT, strlen(Y_ROOT)) != 0)
        return false;
    length = id_digit_count(arc);
    if (length < 6 || length > 8)
        return false;
    snprintf(written, sizeof written, "%.*s", (int)length, arc);
    id_pad(digits, written, 8);
    snprintf(out, 10, "%.7s-%c", digits, digits[7]);
    return true;
}

bool id_oid_belongs(const char *oid, const char *ytunnus)
{
    char of_oid[10];
    struct id_result result = ID_RESULT_INIT;
    bool same;

    if (!id_oid_business_id(oid, of_oid))
        return false;
    id_check("ytunnus", ytunnus, &result);
    same = strcmp(result.canonical.text, of_oid) == 0;
    id_result_free(&result);
    return same;
}

/* ---- the kinds that ask for one class ---- */

void id_check_operating(struct buf *text, struct id_result *out)
{
    id_check_unit(text, out);
    if (out->state != ID_BAD && strcmp(id_oid_class(out->canonical.text), "service") == 0)
        id_bad(out, N_("This is the OID of a service unit; that of an operating unit usually ends "
                       "in .10.0."));
}

void id_check_service(struct buf *text, struct id_result *out)
{
    id_check_unit(text, out);
    if (out->state != ID_BAD && strcmp(id_oid_class(out->canonical.text), "operating") == 0)
        id_bad(out, N_("This is the OID of an operating unit; that of a service unit usually ends "
                       "in .10.1, .10.2 and so on."));
}

void id_check_controller(struct buf *text, struct id_result *out)
{
    const char *arc;

    id_check_oid(text, out);
    if (out->state == ID_BAD)
        return;
    arc = text->text + strlen(Y_ROOT);
    if (strcmp(id_oid_class(text->text), "controller") != 0)
        id_bad(out, N_("This is not the OID of a controller, which has .19. after the business "
                       "ID."));
    else if (!check_arc(arc, id_digit_count(arc), out))
        propose_oid(out, text->text, arc + id_digit_count(arc));
}

void id_check_self_employed(struct buf *text, struct id_result *out)
{
    static const char root[] = HEALTH_ROOT "28.";

    id_check_oid(text, out);
    if (out->state == ID_BAD)
        return;
    if (strncmp(text->text, root, strlen(root)) != 0)
        id_bad(out, N_("The OID of a self-employed professional begins with 1.2.246.537.28."));
    else if (!id_is_digits(text->text + strlen(root), 11))
        id_warn(out, unusual);
}

void id_oid_from_ytunnus(const char *ytunnus, struct buf *out)
{
    struct id_result result = ID_RESULT_INIT;
    const char *digits;

    id_check("ytunnus", ytunnus, &result);
    if (result.state != ID_BAD) {
        id_remove_all(&result.canonical, "-");
        digits = result.canonical.text + strspn(result.canonical.text, "0");
        buf_addf(out, Y_ROOT "%s.10.0", digits);
    }
    id_result_free(&result);
}
