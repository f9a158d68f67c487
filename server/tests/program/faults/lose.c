/* Notes what the program that it is loaded into writes to its database and the WAL of it, and when it syncs them, so
 * that a test can take back what a loss of power would have lost.
 *
 * What is written goes to the files as ever. LOSE_JOURNAL names a file that is added to: for each call a head and, for
 * what changes a file, the bytes before and after it. A killed program's journal stays: the kernel has it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct head {
    uint8_t kind;        /* 'w' a write, 't' a new length, 's' a sync */
    uint8_t file;        /* 'd' the database, 'w' the WAL */
    uint8_t unused[6];
    uint64_t at;         /* where the bytes are */
    uint64_t size;       /* the length of the file before */
    uint32_t before;     /* bytes that are replaced */
    uint32_t after;      /* bytes that replace them */
};

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int journal = -1;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("LOSE_JOURNAL");
    if (path)
        journal = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static uint8_t file_of(int fd) {
    static const char *const names[] = {"/assetmon.db", "/assetmon.db-wal"};
    char link[64], path[4096];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = journal < 0 ? -1 : readlink(link, path, sizeof path - 1);
    errno = before;
    for (int name = 0; name < 2; name++) {
        ssize_t tail = (ssize_t)strlen(names[name]);
        if (length >= tail && memcmp(path + length - tail, names[name], (size_t)tail) == 0)
            return (uint8_t)"dw"[name];
    }
    return 0;
}

/* In one write, before what it speaks of. */
static void note(int fd, uint8_t kind, off_t at, const void *with, size_t after) {
    struct head head = {.kind = kind, .file = file_of(fd), .at = (uint64_t)at, .after = (uint32_t)after};
    struct stat about;
    if (!head.file || fstat(fd, &about) != 0)
        return;
    head.size = (uint64_t)about.st_size;
    size_t end = kind == 'w' ? (size_t)at + after : (size_t)about.st_size;
    size_t most = kind == 's' || end < (size_t)at ? 0 : end - (size_t)at;
    char *entry = malloc(sizeof head + most + after);
    if (!entry)
        abort();
    ssize_t kept = most ? pread(fd, entry + sizeof head, most, at) : 0;
    head.before = kept > 0 ? (uint32_t)kept : 0;
    memcpy(entry, &head, sizeof head);
    if (after)
        memcpy(entry + sizeof head + head.before, with, after);
    size_t length = sizeof head + head.before + after;
    if (REAL(write)(journal, entry, length) != (ssize_t)length)
        abort();
    free(entry);
}

static int synced(int fd, int result) {
    if (result == 0)
        note(fd, 's', 0, NULL, 0);
    return result;
}

int fsync(int fd) { return synced(fd, REAL(fsync)(fd)); }

int fdatasync(int fd) { return synced(fd, REAL(fdatasync)(fd)); }

ssize_t write(int fd, const void *from, size_t size) {
    if (file_of(fd))
        note(fd, 'w', lseek(fd, 0, SEEK_CUR), from, size);
    return REAL(write)(fd, from, size);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    note(fd, 'w', at, from, size);
    return REAL(pwrite)(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    note(fd, 'w', at, from, size);
    return REAL(pwrite64)(fd, from, size, at);
}

int ftruncate(int fd, off_t size) {
    note(fd, 't', size, NULL, 0);
    return REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    note(fd, 't', size, NULL, 0);
    return REAL(ftruncate64)(fd, size);
}
