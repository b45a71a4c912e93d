/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The network and its calendar, without a plan.
 *
 * tests/data/schedule/NAME.test holds a network and what was worked out by hand, a line each:
 *
 *     today DAY                     first day of whatever can begin
 *     pause MM-DD MM-DD             does not count for nodes with `pause`
 *     node NAME MIN TYP MAX [workdays] [pause] [from=DAY] [by=DAY] [start=DAY] [end=DAY]
 *     link FROM TO [GAP]
 *     goal NAME [DAY]               with the wished day
 *     finish MIN TYP MAX            "*" is any day, "-" none
 *     dates|late NAME FIRST LAST    early or late days, typically
 *     slack|free NAME DAYS
 *     critical NAME...              all of them
 *     cycle NAME...
 *     week DAY WEEK YEAR
 *
 * Larger networks are made by chance and held against a second, simpler calculation.
 */
#include "core_help.h"

#include <dirent.h>
#include <time.h>

#include "core/activity.h"
#include "core/holidays.h"
#include "core/schedule_calendar.h"
#include "core/schedule_net.h"
#include "io/file.h"

enum { NODES_MAX = 100 };

struct lab {
    const char *file;
    struct net *net;
    struct net_times times[PACE_COUNT][NODES_MAX];
    char names[NODES_MAX][32];
    int days[NODES_MAX][PACE_COUNT];
    bool workdays[NODES_MAX], paused[NODES_MAX];
    struct calendar_pause pauses[4];
    size_t pause_count;
    struct calendar *calendar;
    int count, today, goal, wished;
    int finish[PACE_COUNT];
    bool ran;
};

static int day_of(const struct lab *lab, const char *text)
{
    int day = date_parse_iso(text);

    if (day == DATE_NONE)
        fail_msg("%s: %s is no day", lab->file, text);
    return day;
}

static int node_of(const struct lab *lab, const char *name)
{
    for (int i = 0; i < lab->count; i++)
        if (strcmp(lab->names[i], name) == 0)
            return i;
    fail_msg("%s: no node %s", lab->file, name);
    return -1;
}

static void read_option(struct lab *lab, struct net_node *node, const char *word)
{
    const char *value = strchr(word, '=');
    int day = value ? day_of(lab, value + 1) : 0;

    if (strcmp(word, "workdays") == 0)
        lab->workdays[lab->count] = true;
    else if (strcmp(word, "pause") == 0)
        lab->paused[lab->count] = true;
    else if (strncmp(word, "from=", 5) == 0)
        node->not_before = day;
    else if (strncmp(word, "by=", 3) == 0)
        node->end_by = day + 1;
    else if (strncmp(word, "start=", 6) == 0)
        node->start = day;
    else if (strncmp(word, "end=", 4) == 0)
        node->end = day + 1;
    else if (strncmp(word, "end_from=", 9) == 0)
        node->end_not_before = day + 1;
    else
        fail_msg("%s: unknown word %s", lab->file, word);
}

static void read_node(struct lab *lab, char **words, int count)
{
    struct net_node node = NET_NODE_INIT;

    assert_true(count >= 5 && lab->count < NODES_MAX);
    node.not_before = lab->today;
    snprintf(lab->names[lab->count], sizeof lab->names[0], "%s", words[1]);
    for (int i = 0; i < PACE_COUNT; i++)
        lab->days[lab->count][i] = atoi(words[2 + i]);
    for (int i = 5; i < count; i++)
        read_option(lab, &node, words[i]);
    net_add(lab->net, &node);
    lab->count++;
}

static void run_pace(struct lab *lab, int pace)
{
    struct net_times *times = lab->times[pace];
    int end;

    for (int i = 0; i < lab->count; i++) {
        net_node(lab->net, i)->duration = lab->days[i][pace];
        net_node(lab->net, i)->clock = calendar_clock(lab->calendar, lab->workdays[i],
                                                      lab->paused[i]);
    }
    end = net_forward(lab->net, times);
    if (lab->goal >= 0)
        end = times[lab->goal].early_end;
    lab->finish[pace] = end - 1;
    net_backward(lab->net, times, lab->goal, lab->wished == DATE_NONE ? end : lab->wished + 1);
}

static void run(struct lab *lab)
{
    if (lab->ran)
        return;
    lab->ran = true;
    lab->calendar = calendar_new(lab->today, lab->pauses, lab->pause_count);
    assert_int_equal(net_sort(lab->net, NULL), 0);
    for (int pace = 0; pace < PACE_COUNT; pace++)
        run_pace(lab, pace);
}

static void expect_day(const struct lab *lab, const char *what, int got, const char *want)
{
    char iso[11];

    date_iso(got, iso);
    if (strcmp(want, "*") != 0 && strcmp(iso, want) != 0)
        fail_msg("%s: %s is %s, not %s", lab->file, what, iso, want);
}

static void expect_number(const struct lab *lab, const char *what, int got, const char *want)
{
    if (got != atoi(want))
        fail_msg("%s: %s is %d, not %s", lab->file, what, got, want);
}

static void expect_critical(struct lab *lab, char **words, int count)
{
    bool critical[NODES_MAX] = { false };
    int found = 0;

    net_forward(lab->net, lab->times[PACE_TYPICAL]);
    for (int i = 0; i < lab->count; i++)
        net_node(lab->net, i)->duration = lab->days[i][PACE_TYPICAL];
    run_pace(lab, PACE_TYPICAL);
    net_critical(lab->net, lab->times[PACE_TYPICAL], lab->goal, critical);
    for (int i = 0; i < lab->count; i++)
        found += critical[i];
    for (int i = 1; i < count; i++)
        if (!critical[node_of(lab, words[i])])
            fail_msg("%s: %s is not critical", lab->file, words[i]);
    assert_int_equal(found, count - 1);
}

static void expect_cycle(struct lab *lab, char **words, int count)
{
    int *cycle = NULL, length = net_sort(lab->net, &cycle);

    lab->ran = true;
    assert_int_equal(length, count - 1);
    for (int i = 0; i < length; i++)
        assert_string_equal(lab->names[cycle[i]], words[1 + i]);
    free(cycle);
}

static void expect_week(const struct lab *lab, char **words)
{
    int year, week = date_week(day_of(lab, words[1]), &year);

    expect_number(lab, words[1], week, words[2]);
    expect_number(lab, words[1], year, words[3]);
}

static void expect(struct lab *lab, char **words, int count)
{
    const struct net_times *t;

    run(lab);
    if (strcmp(words[0], "finish") == 0) {
        for (int i = 0; i < PACE_COUNT && words[1][0] != '-'; i++)
            expect_day(lab, "finish", lab->finish[i], words[1 + i]);
        assert_true(words[1][0] != '-' || lab->count == 0);
        return;
    }
    if (strcmp(words[0], "critical") == 0) {
        expect_critical(lab, words, count);
        return;
    }
    t = &lab->times[PACE_TYPICAL][node_of(lab, words[1])];
    if (strcmp(words[0], "dates") == 0) {
        expect_day(lab, words[1], t->early_start, words[2]);
        expect_day(lab, words[1], t->early_end - 1, words[3]);
    } else if (strcmp(words[0], "late") == 0) {
        expect_day(lab, words[1], t->late_start, words[2]);
        expect_day(lab, words[1], t->late_end - 1, words[3]);
    } else if (strcmp(words[0], "slack") == 0) {
        expect_number(lab, words[1], t->late_start - t->early_start, words[2]);
    } else if (strcmp(words[0], "free") == 0) {
        expect_number(lab, words[1], t->free, words[2]);
    } else {
        fail_msg("%s: unknown line %s", lab->file, words[0]);
    }
}

static void read_words(struct lab *lab, char **words, int count)
{
    if (strcmp(words[0], "today") == 0) {
        lab->today = day_of(lab, words[1]);
    } else if (strcmp(words[0], "pause") == 0) {
        assert_true(calendar_pause_read(&lab->pauses[lab->pause_count++], words[1], words[2]));
    } else if (strcmp(words[0], "node") == 0) {
        read_node(lab, words, count);
    } else if (strcmp(words[0], "link") == 0) {
        net_link(lab->net, node_of(lab, words[1]), node_of(lab, words[2]),
                 count > 3 ? atoi(words[3]) : 0);
    } else if (strcmp(words[0], "goal") == 0) {
        lab->goal = node_of(lab, words[1]);
        lab->wished = count > 2 ? day_of(lab, words[2]) : DATE_NONE;
    } else if (strcmp(words[0], "cycle") == 0) {
        expect_cycle(lab, words, count);
    } else if (strcmp(words[0], "week") == 0) {
        expect_week(lab, words);
    } else {
        expect(lab, words, count);
    }
}

static void run_file(const char *name, const char *text)
{
    struct lab lab = { .file = name, .goal = -1, .wished = DATE_NONE };
    char *copy = xstrdup(text), *rest = NULL;

    lab.net = net_new();
    for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *words[40], *more = NULL;
        int count = 0;
        for (char *word = strtok_r(line, " ", &more); word && count < 40;
             word = strtok_r(NULL, " ", &more))
            words[count++] = word;
        if (count > 0 && words[0][0] != '#')
            read_words(&lab, words, count);
    }
    assert_true(lab.ran);
    net_free(lab.net);
    calendar_free(lab.calendar);
    free(copy);
}

static int run_files(void)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    struct dirent *entry;
    struct err err = { 0 };
    int count = 0;

    help_data(&path, "schedule");
    DIR *dir = opendir(path.text);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        struct buf file = BUF_INIT;
        if (!strstr(entry->d_name, ".test"))
            continue;
        buf_addf(&file, "%s/%s", path.text, entry->d_name);
        buf_clear(&text);
        assert_int_equal(file_read(&text, file.text, 1 << 20, &err), 0);
        run_file(entry->d_name, text.text);
        buf_free(&file);
        count++;
    }
    closedir(dir);
    buf_free(&path);
    buf_free(&text);
    return count;
}

static void test_hand_worked(void **state)
{
    (void)state;
    assert_true(run_files() >= 20);
}

/* Nothing here asks the machine for the time. */
static void test_time_zones(void **state)
{
    static const char *const zones[] = {
        "Pacific/Kiritimati", "America/St_Johns", "Europe/Helsinki", "Pacific/Pago_Pago",
    };

    (void)state;
    for (size_t i = 0; i < countof(zones); i++) {
        setenv("TZ", zones[i], 1);
        tzset();
        run_files();
    }
}

/* ---- networks made by chance ---- */

struct chance {
    unsigned state;
};

static int chance(struct chance *c, int below)
{
    c->state = c->state * 1664525u + 1013904223u;
    return (int)((c->state >> 8) % (unsigned)below);
}

/* A network in an order of its own: `at[i]` is the node of the i-th in order. */
struct random_net {
    struct net *net;
    int count;
    int *at, *days, *place;
    bool *workdays;
    struct {
        int from, to, gap;
    } *links;
    int link_count;
};

static void make_order(struct random_net *r, struct chance *c)
{
    for (int i = 0; i < r->count; i++)
        r->at[i] = i;
    for (int i = r->count - 1; i > 0; i--) {
        int other = chance(c, i + 1), node = r->at[i];
        r->at[i] = r->at[other];
        r->at[other] = node;
    }
    for (int i = 0; i < r->count; i++)
        r->place[r->at[i]] = i;
}

static void make_random(struct random_net *r, struct chance *c, int count, int today,
                        struct calendar *calendar)
{
    size_t room = (size_t)count + 1;

    *r = (struct random_net){ .net = net_new(), .count = count,
                              .at = xcalloc(room, sizeof *r->at),
                              .days = xcalloc(room, sizeof *r->days),
                              .place = xcalloc(room, sizeof *r->place),
                              .workdays = xcalloc(room, sizeof *r->workdays),
                              .links = xcalloc(3 * room, sizeof *r->links) };
    make_order(r, c);
    for (int i = 0; i < count; i++) {
        struct net_node node = NET_NODE_INIT;
        r->days[i] = chance(c, 9);
        r->workdays[i] = calendar && chance(c, 3) == 0;
        node.not_before = today;
        node.duration = r->days[i];
        node.clock = r->workdays[i] ? calendar_clock(calendar, true, false) : NULL;
        net_add(r->net, &node);
    }
    for (int i = 1; i < count; i++)
        for (int n = chance(c, 4); n > 0; n--) {
            int from = r->at[i - 1 - chance(c, i < 40 ? i : 40)], to = r->at[i];
            int gap = chance(c, 5) == 0 ? chance(c, 6) : 0;
            r->links[r->link_count].from = from;
            r->links[r->link_count].to = to;
            r->links[r->link_count++].gap = gap;
            net_link(r->net, from, to, gap);
        }
    assert_int_equal(net_sort(r->net, NULL), 0);
}

static void random_free(struct random_net *r)
{
    net_free(r->net);
    free(r->at);
    free(r->days);
    free(r->place);
    free(r->workdays);
    free(r->links);
}

/* Day by day, as one counts on a calendar on the wall. */
static int count_on(bool workdays, int start, int days, int *first)
{
    int day = start;

    while (workdays && !workday_is(day))
        day++;
    *first = day;
    while (days > 0) {
        days -= !workdays || workday_is(day);
        day++;
    }
    return day;
}

/* The early days by going through all links again and again until nothing moves. */
static void check_early(const struct random_net *r, const struct net_times *times, int today)
{
    int *bound = xcalloc((size_t)r->count + 1, sizeof *bound);

    for (int i = 0; i < r->count; i++)
        bound[i] = today;
    for (int i = 0; i < r->count; i++) {
        int node = r->at[i], first, end = count_on(r->workdays[node], bound[node], r->days[node],
                                                   &first);
        assert_int_equal(times[node].early_start, first);
        assert_int_equal(times[node].early_end, end);
        for (int k = 0; k < r->link_count; k++)
            if (r->links[k].from == node && end + r->links[k].gap > bound[r->links[k].to])
                bound[r->links[k].to] = end + r->links[k].gap;
    }
    free(bound);
}

/* A node may be put at its late days, and one day later it would be too late for someone. */
static void check_late(const struct random_net *r, const struct net_times *times, int last)
{
    int *limit = xcalloc((size_t)r->count + 1, sizeof *limit);

    for (int i = 0; i < r->count; i++)
        limit[i] = last;
    for (int i = r->count - 1; i >= 0; i--) {
        int node = r->at[i], first, start = times[node].late_start;
        assert_int_equal(times[node].late_end, limit[node]);
        assert_true(count_on(r->workdays[node], start, r->days[node], &first) <= limit[node]);
        assert_true(count_on(r->workdays[node], start + 1, r->days[node], &first) > limit[node]
                    || (r->days[node] == 0 && start == limit[node]));
        for (int k = 0; k < r->link_count; k++)
            if (r->links[k].to == node && start - r->links[k].gap < limit[r->links[k].from])
                limit[r->links[k].from] = start - r->links[k].gap;
    }
    free(limit);
}

static void check_slack(const struct random_net *r, const struct net_times *times)
{
    for (int i = 0; i < r->count; i++) {
        assert_true(times[i].late_start >= times[i].early_start);
        assert_true(times[i].late_end >= times[i].early_end);
        assert_true(times[i].free >= 0);
        assert_true(times[i].free <= times[i].late_end - times[i].early_end);
    }
    for (int k = 0; k < r->link_count; k++)
        assert_true(times[r->links[k].to].early_start
                    >= times[r->links[k].from].early_end + r->links[k].gap);
}

/* In calendar days: the critical nodes from the first to the last take as long as the whole. */
static void check_critical(const struct random_net *r, const struct net_times *times, int today,
                           int goal)
{
    bool *critical = xcalloc((size_t)r->count + 1, sizeof *critical);
    int *length = xcalloc((size_t)r->count + 1, sizeof *length);

    net_critical(r->net, times, goal, critical);
    for (int i = 0; i < r->count; i++) {
        int node = r->at[i];
        if (!critical[node])
            continue;
        assert_int_equal(times[node].late_start, times[node].early_start);
        for (int k = 0; k < r->link_count; k++)
            if (r->links[k].to == node && critical[r->links[k].from]
                && length[r->links[k].from] + r->links[k].gap > length[node])
                length[node] = length[r->links[k].from] + r->links[k].gap;
        length[node] += r->days[node];
    }
    assert_int_equal(length[goal], times[goal].early_end - today);
    free(critical);
    free(length);
}

/* The node that ends last. */
static int last_node(const struct random_net *r, const struct net_times *times)
{
    int last = 0;

    for (int i = 1; i < r->count; i++)
        if (times[i].early_end > times[last].early_end)
            last = i;
    return last;
}

/* A day more anywhere ends nothing earlier. */
static void check_rising(const struct random_net *r, struct net_times *times, struct chance *c)
{
    struct net_times *before = xcalloc((size_t)r->count + 1, sizeof *before);

    for (int round = 0; round < 10; round++) {
        int node = chance(c, r->count);
        memcpy(before, times, (size_t)r->count * sizeof *times);
        net_node(r->net, node)->duration += 1 + chance(c, 4);
        net_forward(r->net, times);
        for (int i = 0; i < r->count; i++)
            assert_true(times[i].early_end >= before[i].early_end);
    }
    free(before);
}

static void check_random(unsigned seed, int count, bool workdays)
{
    struct chance c = { seed };
    struct random_net r;
    int today = date_make(2026, 1, 1) + chance(&c, 2000);
    struct calendar *calendar = calendar_new(today, NULL, 0);

    make_random(&r, &c, count, today, workdays ? calendar : NULL);
    struct net_times *times = xcalloc((size_t)count + 1, sizeof *times);
    int last = net_forward(r.net, times);
    net_backward(r.net, times, -1, 0);
    check_early(&r, times, today);
    check_late(&r, times, last);
    check_slack(&r, times);
    if (!workdays)
        check_critical(&r, times, today, last_node(&r, times));
    check_rising(&r, times, &c);
    free(times);
    random_free(&r);
    calendar_free(calendar);
}

static void test_random(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 60; seed++)
        check_random(seed, 1 + (int)(seed * seed) % 300, seed % 2);
    check_random(1000, 2000, false);
    check_random(1001, 2000, true);
}

/* 5,000 in a row, each a day: the last ends after 5,000 days. */
static void test_many(void **state)
{
    struct net *net = net_new();
    struct net_times *times = xcalloc(5000, sizeof *times);
    int today = date_make(2026, 1, 1);

    (void)state;
    for (int i = 0; i < 5000; i++) {
        struct net_node node = NET_NODE_INIT;
        node.not_before = today;
        node.duration = 1;
        net_add(net, &node);
        if (i > 0)
            net_link(net, i, i - 1, 0);
    }
    assert_int_equal(net_sort(net, NULL), 0);
    assert_int_equal(net_forward(net, times), today + 5000);
    assert_int_equal(times[0].early_start, today + 4999);
    free(times);
    net_free(net);
}

/* ---- clocks ---- */

/* Beyond its years a clock counts every day, so order is kept. */
static void test_edges(void **state)
{
    int today = date_make(2026, 7, 1);
    struct calendar *calendar = calendar_new(today, NULL, 0);
    const struct net_clock *clock = calendar_clock(calendar, true, false);
    int far = date_make(2026 + CALENDAR_YEARS_AHEAD, 1, 1);

    (void)state;
    assert_null(calendar_clock(calendar, false, true));
    for (int day = today - 2000; day < far + 400; day += 7) {
        int end = net_clock_add(clock, net_clock_start(clock, day), 3);
        assert_true(end >= day + 3);
        assert_true(net_clock_back(clock, end, 3) >= day);
        assert_true(net_clock_add(clock, day + 1, 3) >= net_clock_add(clock, day, 3));
    }
    assert_int_equal(net_clock_add(clock, far + 10, 5), far + 15);
    calendar_free(calendar);
}

static void test_pauses(void **state)
{
    struct calendar_pause pause;

    (void)state;
    assert_false(calendar_pause_read(&pause, "13-01", "07-31"));
    assert_false(calendar_pause_read(&pause, "07-01", "7-31"));
    assert_false(calendar_pause_read(&pause, NULL, "07-31"));
    assert_true(calendar_pause_read(&pause, "02-29", "02-29"));
    assert_true(calendar_pause_read(&pause, "12-20", "01-06"));
    assert_int_equal(calendar_workday_before(date_make(2027, 3, 28)), date_make(2027, 3, 25));
}

/* The pauses of two years, one of them over New Year, and one that only leap years have. */
static void test_pauses_between(void **state)
{
    static const struct span expected[] = {
        { 20261220, 20270106 }, { 20270701, 20270731 }, { 20271220, 20280106 },
        { 20280229, 20280229 },
    };
    struct calendar_pause pauses[3];
    size_t count;

    (void)state;
    assert_true(calendar_pause_read(&pauses[0], "07-01", "07-31"));
    assert_true(calendar_pause_read(&pauses[1], "12-20", "01-06"));
    assert_true(calendar_pause_read(&pauses[2], "02-29", "02-29"));
    struct calendar *calendar = calendar_new(date_make(2026, 11, 25), pauses, 3);
    struct span *spans = calendar_pauses(calendar, date_make(2027, 1, 6), date_make(2028, 3, 1),
                                         &count);
    assert_int_equal(count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < count; i++) {
        struct civil first = date_civil(spans[i].first), last = date_civil(spans[i].last);
        assert_int_equal(first.year * 10000 + first.month * 100 + first.day, expected[i].first);
        assert_int_equal(last.year * 10000 + last.month * 100 + last.day, expected[i].last);
    }
    free(spans);
    spans = calendar_pauses(calendar, date_make(2027, 8, 1), date_make(2027, 12, 19), &count);
    assert_int_equal(count, 0);
    free(spans);
    calendar_free(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hand_worked), cmocka_unit_test(test_time_zones),
        cmocka_unit_test(test_random),      cmocka_unit_test(test_many),
        cmocka_unit_test(test_edges),       cmocka_unit_test(test_pauses),
        cmocka_unit_test(test_pauses_between),
    };

    return cmocka_run_group_tests_name("schedule_net", tests, NULL, NULL);
}
