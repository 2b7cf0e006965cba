/*
 * Loaded before libc (LD_PRELOAD) into a program under test. Below one folder it
 *   - keeps, for every file, what has to be undone to get back to the last fsync, and for every folder what was made,
 *     renamed and removed since the folder's last fsync: after SIGKILL the lab throws that away, as a power cut does;
 *   - counts operations per class of file, and at the n-th one kills the program, cuts the write short, answers
 *     "no space left" or lies about an fsync, as the lab's control page says;
 *   - moves the wall clock by an offset.
 * The strict reading of POSIX: data is durable after fsync of its file, a name after fsync of its folder.
 *
 * FAULTS_FOLDER   absolute path of the folder
 * FAULTS_JOURNAL  folder for the journal and for links to the files, on the same file system
 * FAULTS_CONTROL  the control page, see struct control; absent: nothing is injected
 * FAULTS_CLASSES  patterns of paths below the folder, separated by ':', first match wins; no match is the last class
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum op { OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_RENAME, OP_UNLINK, OP_CREATE, OP_DIRSYNC, OPS };
enum { CLASSES = 16, OTHER = CLASSES - 1, MOST_FDS = 65536, MOST_FILES = 65536 };
enum action { KILL_BEFORE = 1, KILL_AFTER = 2, KILL_WITHIN = 3, NO_SPACE = 4, LIE = 5 };

/* Shared with the lab; every field little endian and 8 bytes. */
struct control {
  volatile int64_t armed;         /* 1 armed; the shim makes it 2 when it has fired (NO_SPACE stays 1) */
  volatile int64_t ops;           /* bit per enum op */
  volatile int64_t classes;       /* bit per class */
  volatile int64_t countdown;     /* fires when it gets to 0 */
  volatile int64_t action;
  volatile int64_t share;         /* KILL_WITHIN: parts of 1000 of the write that still happen */
  volatile int64_t clock_ns;      /* added to the wall clock */
  volatile int64_t fired;         /* times it fired */
  volatile int64_t fired_op, fired_class;
  volatile int64_t fill[6];
  volatile int64_t counts[CLASSES][OPS + 1];
};

/* Journal of one file (data-ID): records since its last fsync. Journal of names (names): all of them. */
struct record {
  uint32_t type; /* 1 write, 2 truncate; names: 3 create, 4 rename, 5 unlink, 6 dirsync, 7 mkdir */
  uint32_t bytes; /* that follow */
  int64_t offset, length, size; /* size of the file before; names: length is the number of the kept link or -1 */
};

static char folder[PATH_MAX], journal[PATH_MAX];
static size_t folder_length;
static char *patterns[CLASSES];
static int pattern_count;
static struct control *control;
static int names_fd = -1, ready, next_id, next_kept;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

static struct { dev_t dev; ino_t ino; int fd, class; int64_t bytes; } files[MOST_FILES];
static int fd_file[MOST_FDS]; /* id + 1 */
static char *fd_folder[MOST_FDS];

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_link)(const char *, const char *);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

static void die(const char *what) {
  char text[256];
  int n = snprintf(text, sizeof text, "faults shim: %s: %s\n", what, strerror(errno));
  syscall(SYS_write, 2, text, n);
  _exit(97);
}

/* .NET finds the functions that it imports from "libc" by dlsym in libc itself, past the order of loading: see dlsym below. */
static void *(*real_dlsym)(void *, const char *);
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void resolve_all(void) {
  static const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.2.5", "GLIBC_2.17"};
  for (int i = 0; i < 3 && !real_dlsym; i++) real_dlsym = dlvsym(RTLD_NEXT, "dlsym", versions[i]);
  if (!real_dlsym) die("dlsym");
  real_openat = real_dlsym(RTLD_NEXT, "openat");
  real_close = real_dlsym(RTLD_NEXT, "close");
  real_write = real_dlsym(RTLD_NEXT, "write");
  real_pwrite = real_dlsym(RTLD_NEXT, "pwrite");
  real_writev = real_dlsym(RTLD_NEXT, "writev");
  real_pwritev = real_dlsym(RTLD_NEXT, "pwritev");
  real_ftruncate = real_dlsym(RTLD_NEXT, "ftruncate");
  real_fsync = real_dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = real_dlsym(RTLD_NEXT, "fdatasync");
  real_rename = real_dlsym(RTLD_NEXT, "rename");
  real_unlink = real_dlsym(RTLD_NEXT, "unlink");
  real_mkdir = real_dlsym(RTLD_NEXT, "mkdir");
  real_link = real_dlsym(RTLD_NEXT, "link");
  real_clock_gettime = real_dlsym(RTLD_NEXT, "clock_gettime");
  real_open = real_dlsym(RTLD_NEXT, "open");
}

static void resolve(void) { pthread_once(&once, resolve_all); }

__attribute__((constructor)) static void begin(void) {
  resolve();
  const char *given = getenv("FAULTS_FOLDER"), *notes = getenv("FAULTS_JOURNAL"), *page = getenv("FAULTS_CONTROL"), *kinds = getenv("FAULTS_CLASSES");
  /* Programs that this one starts, such as a broker, are not under test. */
  unsetenv("LD_PRELOAD");
  if (page) {
    int fd = real_open(page, O_RDWR | O_CLOEXEC);
    if (fd < 0) die(page);
    control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (control == MAP_FAILED) die("mmap");
    real_close(fd);
  }
  if (!given || !notes) return;
  snprintf(folder, sizeof folder, "%s/", given);
  folder_length = strlen(folder);
  snprintf(journal, sizeof journal, "%s", notes);
  char *copy = kinds ? strdup(kinds) : NULL;
  for (char *p = copy ? strtok(copy, ":") : NULL; p && pattern_count < OTHER; p = strtok(NULL, ":")) patterns[pattern_count++] = p;
  char path[PATH_MAX + 16];
  snprintf(path, sizeof path, "%s/names", journal);
  names_fd = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (names_fd < 0) die(path);
  ready = 1;
}

/* The path below the folder; NULL for any other. */
static const char *below(const char *path, char *buffer) {
  if (!ready || !path) return NULL;
  if (path[0] != '/') {
    if (!getcwd(buffer, PATH_MAX)) return NULL;
    size_t n = strlen(buffer);
    snprintf(buffer + n, PATH_MAX - n, "/%s", path);
    path = buffer;
  } else if (path != buffer) {
    snprintf(buffer, PATH_MAX, "%s", path);
  }
  if (strncmp(buffer, folder, folder_length - 1) != 0) return NULL;
  if (buffer[folder_length - 1] == 0) return buffer + folder_length - 1;
  return buffer[folder_length - 1] == '/' ? buffer + folder_length : NULL;
}

static int class_of(const char *relative) {
  for (int i = 0; i < pattern_count; i++)
    if (fnmatch(patterns[i], relative, 0) == 0) return i;
  return OTHER;
}

static void stop_here(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

/* Counts the operation. Returns the action that is due now, or 0. */
static int due(enum op op, int class) {
  if (!control) return 0;
  __atomic_add_fetch(&control->counts[class][op], 1, __ATOMIC_SEQ_CST);
  if (control->armed != 1 || !(control->ops >> op & 1) || !(control->classes >> class & 1)) return 0;
  if (__atomic_sub_fetch(&control->countdown, 1, __ATOMIC_SEQ_CST) > 0) return 0;
  int action = (int)control->action;
  control->fired_op = op;
  control->fired_class = class;
  control->fired++;
  if (action != NO_SPACE && action != LIE) control->armed = 2;
  __sync_synchronize();
  if (action == KILL_BEFORE) stop_here();
  return action;
}

static void after(int action) {
  if (action == KILL_AFTER || action == KILL_WITHIN) stop_here();
}

static void put(int fd, const struct record *record, const void *a, size_t an, const void *b, size_t bn) {
  struct iovec parts[3] = {{(void *)record, sizeof *record}, {(void *)a, an}, {(void *)b, bn}};
  ssize_t all = sizeof *record + an + bn;
  if (syscall(SYS_writev, fd, parts, 3) != all) die("journal");
}

/* ---- names ---- */

static void note_name(uint32_t type, const char *relative, const char *other, int kept) {
  struct record record = {type, 0, 0, kept, 0};
  size_t a = strlen(relative) + 1, b = other ? strlen(other) + 1 : 0;
  record.bytes = (uint32_t)(a + b);
  put(names_fd, &record, relative, a, other, b);
}

/* Keeps what a name stands for, so that the name can be given back. */
static int keep(const char *path) {
  char kept[PATH_MAX + 32];
  struct stat status;
  if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode)) return -1;
  snprintf(kept, sizeof kept, "%s/kept-%d", journal, next_kept);
  if (real_link(path, kept) != 0) die(kept);
  return next_kept++;
}

/* ---- files ---- */

static int file_of(int fd, const char *path, const char *relative) {
  struct stat status;
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return -1;
  for (int i = 0; i < next_id; i++)
    if (files[i].dev == status.st_dev && files[i].ino == status.st_ino) return i;
  if (next_id == MOST_FILES) die("too many files");
  int id = next_id++;
  char name[PATH_MAX + 32];
  /* The link keeps the inode, so its number stays this file's. */
  snprintf(name, sizeof name, "%s/link-%d", journal, id);
  if (real_link(path, name) != 0) die(name);
  snprintf(name, sizeof name, "%s/data-%d", journal, id);
  files[id].fd = real_open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (files[id].fd < 0) die(name);
  files[id].dev = status.st_dev;
  files[id].ino = status.st_ino;
  files[id].class = class_of(relative);
  return id;
}

static void note_data(int id, int fd, uint32_t type, off_t offset, size_t length) {
  struct stat status;
  if (fstat(fd, &status) != 0) die("fstat");
  off_t from = type == 2 ? (off_t)length : offset, until = type == 2 ? status.st_size : offset + (off_t)length;
  if (until > status.st_size) until = status.st_size;
  size_t old = until > from ? (size_t)(until - from) : 0;
  char *bytes = old ? malloc(old) : NULL;
  if (old) {
    ssize_t got = pread(fd, bytes, old, from);
    if (got < 0 && errno == EBADF) {
      /* The program's own descriptor is for writing only. Not for others: closing any descriptor of a file drops all of the
         process's locks on it, and SQLite's go with them. */
      char name[64 + PATH_MAX];
      snprintf(name, sizeof name, "%s/link-%d", journal, id);
      int own = real_open(name, O_RDONLY | O_CLOEXEC);
      if (own < 0) die("old bytes");
      got = pread(own, bytes, old, from);
      real_close(own);
    }
    if (got != (ssize_t)old) die("old bytes");
  }
  struct record record = {type, (uint32_t)old, offset, (int64_t)length, status.st_size};
  put(files[id].fd, &record, bytes, old, NULL, 0);
  files[id].bytes += sizeof record + old;
  free(bytes);
}

static int tracked(int fd) { return ready && fd >= 0 && fd < MOST_FDS ? fd_file[fd] - 1 : -1; }

static int do_open(int at, const char *path, int flags, mode_t mode, int use_at) {
  char buffer[PATH_MAX];
  const char *relative = at == AT_FDCWD || path[0] == '/' ? below(path, buffer) : NULL;
  if (!relative) return use_at ? real_openat(at, path, flags, mode) : real_open(path, flags, mode);
  pthread_mutex_lock(&one);
  struct stat status;
  int writes = (flags & O_ACCMODE) != O_RDONLY, is_new = 0, action = 0, fd, class = class_of(relative);
  if (writes && (flags & O_CREAT) && lstat(buffer, &status) != 0 && errno == ENOENT) {
    is_new = 1;
    action = due(OP_CREATE, class);
    if (action == NO_SPACE) {
      pthread_mutex_unlock(&one);
      errno = ENOSPC;
      return -1;
    }
    note_name(3, relative, NULL, -1);
  }
  fd = real_open(buffer, flags & ~(writes ? O_TRUNC : 0), mode);
  int failed = errno;
  if (fd >= 0 && fd < MOST_FDS) {
    if (writes) {
      int id = file_of(fd, buffer, relative);
      fd_file[fd] = id + 1;
      if (id >= 0 && (flags & O_TRUNC)) {
        note_data(id, fd, 2, 0, 0);
        real_ftruncate(fd, 0);
      }
    } else if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
      free(fd_folder[fd]);
      fd_folder[fd] = strdup(relative);
    }
  }
  if (is_new) after(action);
  pthread_mutex_unlock(&one);
  errno = failed;
  return fd;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }

int open(const char *path, int flags, ...) { MODE(flags) resolve(); return do_open(AT_FDCWD, path, flags, mode, 0); }
int open64(const char *path, int flags, ...) { MODE(flags) resolve(); return do_open(AT_FDCWD, path, flags | O_LARGEFILE, mode, 0); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) resolve(); return do_open(at, path, flags, mode, 1); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) resolve(); return do_open(at, path, flags | O_LARGEFILE, mode, 1); }
int creat(const char *path, mode_t mode) { resolve(); return do_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode, 0); }

int close(int fd) {
  resolve();
  if (ready && fd >= 0 && fd < MOST_FDS) {
    fd_file[fd] = 0;
    free(fd_folder[fd]);
    fd_folder[fd] = NULL;
  }
  return real_close(fd);
}

/* One write of whichever kind; offset -1 is the descriptor's own position. */
static ssize_t do_write(int fd, const struct iovec *parts, int count, off_t offset, int id) {
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  pthread_mutex_lock(&one);
  int action = due(OP_WRITE, files[id].class);
  if (action == NO_SPACE) {
    pthread_mutex_unlock(&one);
    errno = ENOSPC;
    return -1;
  }
  struct stat status;
  off_t at = offset;
  if (at < 0) at = (fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &status) == 0 ? status.st_size : lseek(fd, 0, SEEK_CUR);
  ssize_t written;
  if (action == KILL_WITHIN) {
    char *all = malloc(length), *to = all;
    for (int i = 0; i < count; i++) to = mempcpy(to, parts[i].iov_base, parts[i].iov_len);
    length = length * (size_t)control->share / 1000;
    note_data(id, fd, 1, at, length);
    if (length) real_pwrite(fd, all, length, at);
    stop_here();
  }
  note_data(id, fd, 1, at, length);
  written = offset < 0 ? real_writev(fd, parts, count) : real_pwritev(fd, parts, count, offset);
  int failed = errno;
  after(action);
  pthread_mutex_unlock(&one);
  errno = failed;
  return written;
}

ssize_t write(int fd, const void *bytes, size_t n) {
  resolve();
  int id = tracked(fd);
  struct iovec part = {(void *)bytes, n};
  return id < 0 ? real_write(fd, bytes, n) : do_write(fd, &part, 1, -1, id);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t offset) {
  resolve();
  int id = tracked(fd);
  struct iovec part = {(void *)bytes, n};
  return id < 0 ? real_pwrite(fd, bytes, n, offset) : do_write(fd, &part, 1, offset, id);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t offset) { return pwrite(fd, bytes, n, offset); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  resolve();
  int id = tracked(fd);
  return id < 0 ? real_writev(fd, parts, count) : do_write(fd, parts, count, -1, id);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  resolve();
  int id = tracked(fd);
  return id < 0 ? real_pwritev(fd, parts, count, offset) : do_write(fd, parts, count, offset, id);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) { return pwritev(fd, parts, count, offset); }

int ftruncate(int fd, off_t length) {
  resolve();
  int id = tracked(fd);
  if (id < 0) return real_ftruncate(fd, length);
  pthread_mutex_lock(&one);
  int action = due(OP_TRUNCATE, files[id].class);
  note_data(id, fd, 2, 0, (size_t)length);
  int result = real_ftruncate(fd, length), failed = errno;
  after(action);
  pthread_mutex_unlock(&one);
  errno = failed;
  return result;
}

int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

static int do_sync(int fd, int (*real)(int)) {
  if (ready && fd >= 0 && fd < MOST_FDS && fd_folder[fd]) {
    pthread_mutex_lock(&one);
    int action = due(OP_DIRSYNC, class_of(fd_folder[fd])), result = 0;
    if (action != LIE) {
      result = real(fd);
      if (result == 0) note_name(6, fd_folder[fd], NULL, -1);
    }
    after(action);
    pthread_mutex_unlock(&one);
    return result;
  }
  int id = tracked(fd);
  if (id < 0) return real(fd);
  pthread_mutex_lock(&one);
  int action = due(OP_SYNC, files[id].class), result = 0, failed = 0;
  if (action == NO_SPACE) {
    result = -1;
    failed = ENOSPC;
  } else if (action != LIE) {
    result = real(fd);
    failed = errno;
    if (result == 0 && files[id].bytes > 0) {
      real_ftruncate(files[id].fd, 0);
      files[id].bytes = 0;
    }
  }
  after(action);
  pthread_mutex_unlock(&one);
  errno = failed;
  return result;
}

int fsync(int fd) { resolve(); return do_sync(fd, real_fsync); }
int fdatasync(int fd) { resolve(); return do_sync(fd, real_fdatasync); }

int rename(const char *from, const char *to) {
  resolve();
  char first[PATH_MAX], second[PATH_MAX];
  const char *a = below(from, first), *b = below(to, second);
  if (!a || !b) return real_rename(from, to);
  pthread_mutex_lock(&one);
  int action = due(OP_RENAME, class_of(b)), kept = keep(second);
  int result = real_rename(first, second), failed = errno;
  if (result == 0) note_name(4, a, b, kept);
  after(action);
  pthread_mutex_unlock(&one);
  errno = failed;
  return result;
}

int renameat(int a, const char *from, int b, const char *to) {
  if (a == AT_FDCWD && b == AT_FDCWD) return rename(from, to);
  return (int)syscall(SYS_renameat2, a, from, b, to, 0);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
  if (a == AT_FDCWD && b == AT_FDCWD && flags == 0) return rename(from, to);
  return (int)syscall(SYS_renameat2, a, from, b, to, flags);
}

int unlink(const char *path) {
  resolve();
  char buffer[PATH_MAX];
  const char *relative = below(path, buffer);
  if (!relative) return real_unlink(path);
  pthread_mutex_lock(&one);
  int action = due(OP_UNLINK, class_of(relative)), kept = keep(buffer);
  int result = real_unlink(buffer), failed = errno;
  if (result == 0) note_name(5, relative, NULL, kept);
  after(action);
  pthread_mutex_unlock(&one);
  errno = failed;
  return result;
}

int mkdir(const char *path, mode_t mode) {
  resolve();
  char buffer[PATH_MAX];
  const char *relative = below(path, buffer);
  int result = real_mkdir(path, mode);
  if (relative && result == 0) {
    pthread_mutex_lock(&one);
    note_name(7, relative, NULL, -1);
    pthread_mutex_unlock(&one);
  }
  return result;
}

int link(const char *from, const char *to) {
  resolve();
  char buffer[PATH_MAX];
  const char *relative = below(to, buffer);
  int result = real_link(from, to);
  if (relative && result == 0) {
    pthread_mutex_lock(&one);
    note_name(3, relative, NULL, -1);
    pthread_mutex_unlock(&one);
  }
  return result;
}

/* ---- the wall clock ---- */

int clock_gettime(clockid_t clock, struct timespec *now) {
  resolve();
  int result = real_clock_gettime(clock, now);
  if (result != 0 || !control || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)) return result;
  int64_t moved = control->clock_ns;
  if (!moved) return 0;
  int64_t ns = now->tv_nsec + moved % 1000000000;
  now->tv_sec += moved / 1000000000;
  if (ns < 0) { ns += 1000000000; now->tv_sec--; }
  if (ns >= 1000000000) { ns -= 1000000000; now->tv_sec++; }
  now->tv_nsec = ns;
  return 0;
}

int gettimeofday(struct timeval *now, void *zone) {
  (void)zone;
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *to) {
  struct timespec precise;
  if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
  if (to) *to = precise.tv_sec;
  return precise.tv_sec;
}

/* ---- functions that are looked up by name ---- */

void *dlsym(void *handle, const char *name) {
  static const struct { const char *name; void *own; } ours[] = {
    {"open", open}, {"open64", open64}, {"openat", openat}, {"creat", creat}, {"close", close}, {"write", write}, {"pwrite", pwrite},
    {"pwrite64", pwrite64}, {"writev", writev}, {"pwritev", pwritev}, {"ftruncate", ftruncate}, {"ftruncate64", ftruncate64}, {"fsync", fsync},
    {"fdatasync", fdatasync}, {"rename", rename}, {"renameat", renameat}, {"renameat2", renameat2}, {"unlink", unlink}, {"mkdir", mkdir},
    {"link", link}, {"clock_gettime", clock_gettime}, {"gettimeofday", gettimeofday}, {"time", time},
  };
  resolve();
  if (handle != RTLD_NEXT && handle != RTLD_DEFAULT)
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
      if (strcmp(ours[i].name, name) == 0) return ours[i].own;
  return real_dlsym(handle, name);
}
