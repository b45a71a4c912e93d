/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is observed of card readers and cards, as facts: a key and a value.
 *
 * The facts come as lines "key<TAB>value" from a program of its own (see src/card/), while they are
 * found. A view collects them: facts of this computer, and for each reader those of the reader and
 * of the card in it. A line is hostile until it has been taken in: lengths and numbers are bounded,
 * and every value is valid, cleaned UTF-8 of one line.
 *
 * A key is a small letter, then small letters, digits, "_" and ".". "reader3.state" is the fact
 * "state" of the reader with the number 3; "reader3.card.atr" is the fact "atr" of its card;
 * everything else is a fact of the computer. A number belongs to one reader as long as it is
 * plugged in. "reader3.gone" takes the reader away, "reader3.card.begin" all facts of its card.
 *
 * Facts of the computer (those with a choice of values name them all):
 *
 *     system.pcscd, system.ccid       installed missing: the service, the general driver
 *     system.socket                   yes no: the service's socket is there
 *     system.access                   ok denied: we may write to the socket
 *     system.process                  yes no: a process of the service runs
 *     system.init                     systemd none
 *     system.socket_unit, system.service_unit   active inactive failed: what systemd says
 *     system.place                    machine virtual container
 *     system.remote                   yes no: this session came over the network
 *     system.synchronised             yes no: the clock is set from the network
 *     system.programs                 programs that run and use cards, joined by ", "; "–" for none
 *     usbs                            how many USB devices may be readers
 *     usbN.id, usbN.name, usbN.class  "072F:90CC"; what it calls itself; "0B" for a card reader
 *     usbN.listed                     yes no: the installed driver names this very id
 *     usbN.driver                     kernel driver that holds it, if any
 *     software.ID, software.ID.version          yes: found; its version, if known
 *     service                         ok, or the code of PC/SC in hexadecimal ("8010001D")
 *     service.lost                    yes: it answered before and stopped
 *     listed                          number of the list of readers, growing: the list is complete
 *     slow                            yes no: the service does not answer for a while
 *     stopped                         timeout crashed: the watch was ended
 *
 * Facts of a reader: name; state (empty present mute exclusive unavailable unknown); inuse (yes);
 * card (in out).
 *
 * Facts of a card, in the order of reading:
 *
 *     begin              a number, growing: reading begins, older facts are dropped
 *     atr, history       answer to reset and its historical bytes, hexadecimal
 *     before             state of the reader just before connecting, as above or "inuse"
 *     connect            ok, or a code; protocol: T=0 T=1
 *     retried            yes: another program reset the card, and it was read again
 *     application        9000, or the status word of the card
 *     label              what the card calls itself
 *     certN.use          auth sign ca; .unreadable: the status word, when it could not be read
 *     certN.issuer, .issuer_o, .issuer_ou       who issued it
 *     certN.from, .until ISO dates, the certificate is valid on both
 *     certN.policy       policy OIDs, joined by one blank
 *     certN.holder, .title, .organisation       whom it names; .digits: how many digits the
 *                        holder's number has (the number itself is never passed on)
 *     certs              how many certificates of the holder were read
 *     chain              complete names foreign; chain_root: which root; chain_missing: whose
 *                        certificate is missing
 *     gate               open closed: PIN counters are asked for open only
 *     pins               which set of references: an id of the data
 *     pin1, pin2, puk    status word of the empty VERIFY ("63C5"); .changed: 0 or 1, if the card says
 *     error, after       code of PC/SC that ended the reading; the reader's state after it; the
 *                        error "answer" is an answer that no card gives
 *     apdus, ms          commands sent; time it took
 *     done               yes: all that could be read was read
 *     slow               yes: it takes long
 *     stopped            timeout crashed: it was ended
 */
#ifndef CORE_CARD_FACTS_H
#define CORE_CARD_FACTS_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Longest key and line in bytes; most facts of one thing; most readers; highest reader number. */
enum {
    CARD_KEY_MAX = 48, CARD_LINE_MAX = 1024, CARD_FACTS_MAX = 200, CARD_READERS_MAX = 16,
    CARD_NUMBER_MAX = 9999
};

struct card_fact {
    char key[CARD_KEY_MAX];
    char *value;
};

/* A set of facts in the order in which they came. Starts zeroed. */
struct card_facts {
    struct card_fact *at;
    size_t count, room;
};

void card_facts_free(struct card_facts *facts);

/* The value, borrowed until the set changes; NULL when there is no such fact. */
const char *card_fact(const struct card_facts *facts, const char *key);
bool card_fact_is(const struct card_facts *facts, const char *key, const char *value);
/* A whole number, or `otherwise` when there is none. */
int card_fact_number(const struct card_facts *facts, const char *key, int otherwise);

/* Sets or replaces a fact; the value is cleaned. A full set takes no new key. */
void card_fact_set(struct card_facts *facts, const char *key, const char *value);
void card_fact_setf(struct card_facts *facts, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

struct card_reader {
    int number;
    struct card_facts reader, card;
};

/* Where the reading of a card stands. */
enum card_phase { CARD_NONE, CARD_READING, CARD_SLOW, CARD_READ, CARD_STOPPED };

/* All that is known now. Starts zeroed. */
struct card_view {
    struct card_facts system;
    struct card_reader at[CARD_READERS_MAX];
    size_t count;
    int latest;               /* number of the reader whose card came or went last; 0: none yet */
    int bad_lines;            /* that were no facts, and were passed over */
};

void card_view_free(struct card_view *view);

/* Takes in one line without its newline. False when it was no fact. */
bool card_view_line(struct card_view *view, const char *line, size_t length);

/* The reader to speak of: the latest, else one with a card, else the first; NULL: there is none. */
const struct card_reader *card_view_current(const struct card_view *view);
enum card_phase card_reader_phase(const struct card_reader *reader);

/* Lines out of a stream of bytes: calls card_view_line() for each complete one. Zeroed to start.
 * What is longer than a line may be is passed over. */
struct card_lines {
    char line[CARD_LINE_MAX];
    size_t length;
    bool too_long;
};
void card_lines_add(struct card_lines *lines, struct card_view *view, const char *bytes,
                    size_t length);

/* Where facts come from: layers that show them do not start programs. `fd` becomes readable when
 * `take` has something; `take` never waits, and returns 1 when the view may have changed, 0 when
 * there is nothing, and a negative code when the watch has ended for good. `stop` may be called at
 * any time and after it `start` again. */
struct card_source {
    void *data;
    int (*start)(void *data, struct err *err);
    int (*fd)(void *data);
    int (*take)(void *data, struct card_view *view, struct err *err);
    void (*stop)(void *data);
};

#endif
