/* Makes writing fail in the program that it is loaded into, as a failing disk would.
 *
 * While the file that FAULT_ORDERS names exists and holds "CALL SUFFIX ERRNO", each call of that
 * kind (sync, write) on a file whose path ends so fails with that number. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_ordered(const char *call, int fd) {
    const char *orders = getenv("FAULT_ORDERS");
    char kind[16], suffix[64], link[64], path[4096];
    int number, before = errno;
    FILE *file = orders ? fopen(orders, "r") : NULL;
    if (!file) {
        errno = before;
        return 0;
    }
    int read = fscanf(file, "%15s %63s %d", kind, suffix, &number);
    fclose(file);
    errno = before;
    if (read != 3 || strcmp(kind, call) != 0)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    size_t tail = strlen(suffix);
    if (length < (ssize_t)tail || memcmp(path + length - tail, suffix, tail) != 0)
        return 0;
    errno = number;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int fd) { return is_ordered("sync", fd) ? -1 : REAL(fsync)(fd); }

int fdatasync(int fd) { return is_ordered("sync", fd) ? -1 : REAL(fdatasync)(fd); }

ssize_t write(int fd, const void *from, size_t size) {
    return is_ordered("write", fd) ? -1 : REAL(write)(fd, from, size);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    return is_ordered("write", fd) ? -1 : REAL(pwrite)(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    return is_ordered("write", fd) ? -1 : REAL(pwrite64)(fd, from, size, at);
}
