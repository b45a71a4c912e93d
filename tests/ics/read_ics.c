/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An independent reader of calendars: libical reads the file named, and every event is printed as
 * a line "UID SEQUENCE FIRST LAST STATUS ALARMS SUMMARY". Fails on whatever libical finds wrong.
 */
#include <libical/ical.h>
#include <stdio.h>

static char *next_line(char *into, size_t size, void *file)
{
    return fgets(into, (int)size, file);
}

static int status_of(icalcomponent *event)
{
    icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);

    return status ? (int)icalproperty_get_status(status) : 0;
}

/* The part with escapes and folds undone. */
static void print_event(icalcomponent *event)
{
    struct icaltimetype first = icalcomponent_get_dtstart(event);
    struct icaltimetype end = icalcomponent_get_dtend(event);

    icaltime_adjust(&end, -1, 0, 0, 0);
    printf("%s %d %04d-%02d-%02d %04d-%02d-%02d %s %d %s\n", icalcomponent_get_uid(event),
           icalcomponent_get_sequence(event), first.year, first.month, first.day, end.year,
           end.month, end.day,
           status_of(event) == ICAL_STATUS_CANCELLED ? "cancelled" : "confirmed",
           icalcomponent_count_components(event, ICAL_VALARM_COMPONENT),
           icalcomponent_get_summary(event));
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    icalparser *parser = icalparser_new();
    icalcomponent *calendar;
    int errors;

    if (!file) {
        fprintf(stderr, "usage: read_ics FILE\n");
        return 2;
    }
    icalparser_set_gen_data(parser, file);
    calendar = icalparser_parse(parser, next_line);
    if (!calendar)
        return 1;
    errors = icalcomponent_count_errors(calendar) + !icalrestriction_check(calendar);
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        print_event(event);
    if (errors)
        fprintf(stderr, "%s\n", icalcomponent_as_ical_string(calendar));
    icalcomponent_free(calendar);
    icalparser_free(parser);
    fclose(file);
    return errors ? 1 : 0;
}
