/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * USB devices that are card readers, by /sys, and whether the installed driver knows them.
 *
 * A device is a reader when one of its interfaces has the class 0B (smart card); one of a maker of
 * readers with a class of its own may be one. The driver lists the ids that it knows in its
 * Info.plist, in three arrays of the same length: vendors, products, names.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "card/files.h"
#include "card/system.h"

enum { DEVICES_MAX = 16, PLIST_MAX = 1 << 20, NAME_ROOM = 256 };

#define DEVICES "/sys/bus/usb/devices"
#define PLIST "/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist"

struct device {
    char place[32];           /* "1-2": of the device, whose interfaces are "1-2:1.0" and so on */
    char vendor[5], product[5];
    bool is_reader;
    char driver[40];
};

struct devices {
    struct device at[DEVICES_MAX];
    size_t count;
};

static bool attribute(const struct config *config, const char *place, const char *name, char *out,
                      size_t size)
{
    char path[128];

    snprintf(path, sizeof path, DEVICES "/%.60s/%s", place, name);
    return files_line(config->root, path, out, size);
}

static void copy_upper(char out[5], const char *text)
{
    for (size_t i = 0; i < 4; i++)
        out[i] = (char)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32 : text[i]);
    out[4] = '\0';
}

static bool read_id(const struct config *config, const char *place, const char *name, char out[5])
{
    char text[8];

    if (!attribute(config, place, name, text, sizeof text) || strlen(text) != 4)
        return false;
    copy_upper(out, text);
    return true;
}

static bool is_maker(const struct config *config, const char *vendor)
{
    for (const struct config_row *row = NULL; (row = config_next(config, "vendor", row));)
        if (strcmp(row->field[1], vendor) == 0)
            return true;
    return false;
}

static struct device *device_at(struct devices *devices, const char *place)
{
    struct device *device;

    for (size_t i = 0; i < devices->count; i++)
        if (strcmp(devices->at[i].place, place) == 0)
            return &devices->at[i];
    if (devices->count >= DEVICES_MAX)
        return NULL;
    device = &devices->at[devices->count++];
    memset(device, 0, sizeof *device);
    snprintf(device->place, sizeof device->place, "%s", place);
    return device;
}

/* Whichever kernel driver holds the interface; the smart card service needs none. */
static void read_driver(const struct config *config, const char *interface, struct device *device)
{
    struct buf path = BUF_INIT;
    char target[256];
    ssize_t length;
    const char *name;

    buf_addf(&path, "%s" DEVICES "/%s/driver", config->root, interface);
    length = readlink(path.text, target, sizeof target - 1);
    buf_free(&path);
    if (length <= 0)
        return;
    target[length] = '\0';
    name = strrchr(target, '/');
    name = name ? name + 1 : target;
    if (strcmp(name, "usbfs") != 0)
        snprintf(device->driver, sizeof device->driver, "%.39s", name);
}

static void take_interface(const struct config *config, struct devices *devices, const char *name)
{
    char place[32] = "", class[8] = "", vendor[5];
    size_t length = strcspn(name, ":");
    struct device *device;

    if (name[length] != ':' || length >= sizeof place || strlen(name) > 60)
        return;
    memcpy(place, name, length);
    attribute(config, name, "bInterfaceClass", class, sizeof class);
    if (!read_id(config, place, "idVendor", vendor)
        || (strcasecmp(class, "0b") != 0
            && !(strcasecmp(class, "ff") == 0 && is_maker(config, vendor))))
        return;
    device = device_at(devices, place);
    if (!device)
        return;
    memcpy(device->vendor, vendor, sizeof vendor);
    device->is_reader |= strcasecmp(class, "0b") == 0;
    if (!read_id(config, place, "idProduct", device->product))
        strcpy(device->product, "0000");
    read_driver(config, name, device);
}

static void find_devices(const struct config *config, struct devices *devices)
{
    struct buf path = BUF_INIT;
    struct dirent **entries = NULL;
    int count;

    buf_addf(&path, "%s" DEVICES, config->root);
    count = scandir(path.text, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        take_interface(config, devices, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    buf_free(&path);
}

/* ---- the driver's list ---- */

/* The next <string>0x072F</string> before `end`: its number; -1 when there is none. */
static long next_number(const char **at, const char *end)
{
    const char *mark = *at ? strstr(*at, "<string>") : NULL;

    if (!mark || mark >= end) {
        *at = NULL;
        return -1;
    }
    *at = mark + strlen("<string>");
    return strtol(*at, NULL, 16);
}

/* The array that follows a key: where it begins, and its end. */
static const char *array_of(const char *plist, const char *key, const char **end)
{
    const char *at = strstr(plist, key);

    *end = at ? strstr(at, "</array>") : NULL;
    return *end ? at : NULL;
}

static bool is_listed(const char *plist, const struct device *device)
{
    const char *vendors_end, *products_end;
    const char *vendors = array_of(plist, "<key>ifdVendorID</key>", &vendors_end);
    const char *products = array_of(plist, "<key>ifdProductID</key>", &products_end);
    long vendor = strtol(device->vendor, NULL, 16), product = strtol(device->product, NULL, 16);

    while (vendors && products) {
        long v = next_number(&vendors, vendors_end), p = next_number(&products, products_end);
        if (v == vendor && p == product && v >= 0)
            return true;
    }
    return false;
}

/* ---- facts ---- */

static void emit_device(const struct config *config, const struct emitter *to, size_t number,
                        const struct device *device, const char *plist)
{
    char key[32], name[NAME_ROOM];

    snprintf(key, sizeof key, "usb%zu.id", number);
    emitf(to, key, "%s:%s", device->vendor, device->product);
    snprintf(key, sizeof key, "usb%zu.class", number);
    emit(to, key, device->is_reader ? "0B" : "FF");
    snprintf(key, sizeof key, "usb%zu.name", number);
    if (attribute(config, device->place, "product", name, sizeof name))
        emit(to, key, name);
    snprintf(key, sizeof key, "usb%zu.listed", number);
    if (*plist)
        emit(to, key, is_listed(plist, device) ? "yes" : "no");
    snprintf(key, sizeof key, "usb%zu.driver", number);
    if (*device->driver)
        emit(to, key, device->driver);
}

void system_emit_usb(const struct config *config, const struct emitter *to)
{
    struct devices devices = { .count = 0 };
    struct buf plist = BUF_INIT;

    find_devices(config, &devices);
    if (devices.count > 0)
        files_read(config->root, PLIST, PLIST_MAX, &plist);
    emitf(to, "usbs", "%zu", devices.count);
    for (size_t i = 0; i < devices.count; i++)
        emit_device(config, to, i + 1, &devices.at[i], plist.text);
    buf_free(&plist);
}
