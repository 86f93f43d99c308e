#include "icalendar/vdir.h"

#include "icalendar/vdir_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define ENDING ".ics"

struct vdir_file {
    size_t name, uid; /* where they begin in vdir.names */
    bool ours_by_name;
    bool put;
};

/* ---- names ---- */

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("-._@", c));
}

void vdir_encode(struct buf *out, struct str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (is_plain(text.p[i]) && (i > 0 || c != '.')) {
            buf_add_char(out, text.p[i]);
        } else {
            buf_add_char(out, '%');
            buf_add_char(out, hex[c >> 4]);
            buf_add_char(out, hex[c & 15]);
        }
    }
}

static int hex_value(char c)
{
    static const char hex[] = "0123456789ABCDEF";
    const char *at = c ? strchr(hex, c) : NULL;
    return at ? (int)(at - hex) : -1;
}

/* The uid that vdir_encode() makes this of; false where it makes it of none. */
static bool decode(struct str name, struct buf *uid)
{
    struct buf again = BUF_INIT;
    buf_reset(uid);
    for (size_t i = 0; i < name.n; i++) {
        bool encoded = name.p[i] == '%' && i + 2 < name.n && hex_value(name.p[i + 1]) >= 0 &&
                       hex_value(name.p[i + 2]) >= 0;
        if (encoded)
            buf_add_char(uid, (char)(hex_value(name.p[i + 1]) * 16 + hex_value(name.p[i + 2])));
        else
            buf_add_char(uid, name.p[i]);
        i += encoded ? 2 : 0;
    }
    vdir_encode(&again, buf_str(uid));
    bool same = !uid->failed && !again.failed && str_eq(buf_str(&again), name);
    buf_release(&again);
    return same;
}

static bool ends_with(struct str text, const char *ending)
{
    struct str end = str_of(ending);
    return text.n > end.n && str_eq(str_from(text, text.n - end.n), end);
}

/* The file of a new item, in v->name; an errno. */
static int name_of(struct vdir *v, struct str uid)
{
    buf_reset(&v->name);
    vdir_encode(&v->name, uid);
    buf_add_z(&v->name, ENDING);
    return v->name.failed ? ENOMEM : v->name.n > NAME_MAX ? ENAMETOOLONG : 0;
}

static void keep_name(struct vdir_names *names, struct str name)
{
    buf_add_str(&names->text, name);
    buf_add_char(&names->text, '\0');
    names->count++;
}

bool vdir_names_next(const struct vdir_names *names, size_t *at, struct str *out)
{
    if (*at >= names->text.n)
        return false;
    *out = str_of(names->text.p + *at);
    *at += out->n + 1;
    return true;
}

static int failed_at(struct vdir *v, const char *name, int error)
{
    if (error) {
        buf_reset(&v->at);
        buf_add_z(&v->at, name);
    }
    return error;
}

/* ---- looking at what is there ---- */

static int compare_files(const void *a, const void *b, void *arg)
{
    const char *names = arg;
    const struct vdir_file *x = a, *y = b;
    int c = strcmp(names + x->uid, names + y->uid);
    if (!c)
        c = y->ours_by_name - x->ours_by_name;
    return c ? c : strcmp(names + x->name, names + y->name);
}

static bool keep_file(struct vdir *v, struct str name, struct str uid, bool ours_by_name)
{
    if (v->count == v->cap) {
        size_t cap = v->cap ? v->cap * 2 : 64;
        struct vdir_file *more = realloc(v->file, cap * sizeof *more);
        if (!more)
            return false;
        v->file = more;
        v->cap = cap;
    }
    struct vdir_file *f = &v->file[v->count];
    *f = (struct vdir_file){.name = v->names.n, .ours_by_name = ours_by_name};
    buf_add_str(&v->names, name);
    buf_add_char(&v->names, '\0');
    f->uid = v->names.n;
    buf_add_str(&v->names, uid);
    buf_add_char(&v->names, '\0');
    v->count += !v->names.failed;
    return !v->names.failed;
}

/* What a crash leaves of a file that was on its way to the disk: nothing, or zeroes. */
static bool is_blank(struct str content)
{
    for (size_t i = 0; i < content.n; i++)
        if (content.p[i])
            return false;
    return true;
}

/* Is it ours? Then its uid is in *uid, and *by_name tells whether it has the name that we would give it. */
static bool is_ours(struct vdir *v, struct str name, struct buf *uid, bool *by_name)
{
    struct stat st;
    struct buf called = BUF_INIT;
    *by_name = decode(str_first(name, name.n - strlen(ENDING)), &called);
    bool read = vdir_read(v->fd, name.p, &v->content, &st);
    bool has_uid = read && vdir_uid(buf_str(&v->content), uid);
    *by_name = *by_name && (!has_uid || str_eq(buf_str(uid), buf_str(&called)));
    bool torn = read && !has_uid && *by_name && is_blank(buf_str(&v->content));
    if (torn) {
        buf_reset(uid);
        buf_add_str(uid, buf_str(&called));
    }
    buf_release(&called);
    return (has_uid || torn) && !uid->failed && v->how.is_ours(v->how.arg, buf_str(uid));
}

/* What describes the folder, as long as it is a plain file. */
static bool is_description(struct vdir *v, const char *name)
{
    static const char *const known[] = {"displayname", "color", "description", "order"};
    struct stat st;
    size_t i = 0;
    while (i < sizeof known / sizeof *known && strcmp(name, known[i]) != 0)
        i++;
    return i < sizeof known / sizeof *known && fstatat(v->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(st.st_mode);
}

/* An errno. */
static int look_at(struct vdir *v, const char *entry)
{
    struct str name = str_of(entry);
    if (name.p[0] == '.') {
        bool left =
            v->locked && str_starts(name, STR(VDIR_TEMPORARY)) && ends_with(name, VDIR_TEMPORARY_ENDING);
        return left && unlinkat(v->fd, entry, 0) != 0 && errno != ENOENT ? errno : 0;
    }
    if (is_description(v, entry))
        return 0;
    struct buf uid = BUF_INIT;
    bool by_name = false, kept = true;
    if (ends_with(name, ENDING) && is_ours(v, name, &uid, &by_name))
        kept = keep_file(v, name, buf_str(&uid), by_name);
    else
        keep_name(&v->foreign, name);
    bool failed = !kept || uid.failed || v->content.failed || v->foreign.text.failed;
    buf_release(&uid);
    return failed ? ENOMEM : 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of bytes: a folder's own order is none that would stay the same. */
static int sort_names(struct vdir_names *names)
{
    if (names->count < 2)
        return 0;
    const char **each = calloc(names->count, sizeof *each);
    struct buf sorted = BUF_INIT;
    struct str name;
    size_t n = 0;
    for (size_t at = 0; each && vdir_names_next(names, &at, &name);)
        each[n++] = name.p;
    if (each)
        qsort(each, n, sizeof *each, compare_names);
    for (size_t i = 0; i < n; i++)
        buf_add(&sorted, each[i], strlen(each[i]) + 1);
    bool fine = each && !sorted.failed;
    free(each);
    buf_release(fine ? &names->text : &sorted);
    if (fine)
        names->text = sorted;
    return fine ? 0 : ENOMEM;
}

static int look_around(struct vdir *v)
{
    int error = 0, again = openat(v->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again < 0 ? NULL : fdopendir(again);
    if (!dir) {
        error = errno;
        if (again >= 0)
            close(again);
        return error;
    }
    errno = 0;
    for (struct dirent *e; !error && (e = readdir(dir)); errno = 0)
        error = failed_at(v, e->d_name, look_at(v, e->d_name));
    if (!error)
        error = errno;
    closedir(dir);
    if (!error && v->count)
        qsort_r(v->file, v->count, sizeof *v->file, compare_files, v->names.p);
    return error ? error : sort_names(&v->foreign);
}

/* ---- opening ---- */

/* Waits for who has it. Some file systems know no locks: then nobody can be waited for. */
static bool lock(const struct vdir *v)
{
    int rc = flock(v->fd, LOCK_EX | LOCK_NB);
    if (rc == 0 || errno != EWOULDBLOCK)
        return rc == 0;
    if (v->how.waits)
        v->how.waits(v->how.arg);
    do
        rc = flock(v->fd, LOCK_EX);
    while (rc != 0 && errno == EINTR);
    return rc == 0;
}

int vdir_open(struct vdir *v, const char *path, const struct vdir_options *how)
{
    *v = (struct vdir){.how = *how, .fd = -1};
    if (!how->as_is && mkdir(path, how->personal ? 0700 : 0777) != 0 && errno != EEXIST)
        return errno;
    v->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (v->fd < 0)
        return errno;
    v->locked = lock(v);
    v->batch.folder = v->fd;
    v->batch.personal = how->personal;
    return look_around(v);
}

void vdir_close(struct vdir *v)
{
    vdir_batch_release(&v->batch);
    if (v->fd >= 0)
        close(v->fd);
    free(v->file);
    buf_release(&v->names);
    buf_release(&v->name);
    buf_release(&v->content);
    buf_release(&v->foreign.text);
    buf_release(&v->in_way.text);
    buf_release(&v->at);
    *v = (struct vdir){.fd = -1};
}

/* ---- items ---- */

/* The first of this uid; NULL: there is none. */
static struct vdir_file *find(struct vdir *v, struct str uid)
{
    size_t low = 0, high = v->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(str_of(v->names.p + v->file[middle].uid), uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < v->count && str_eq(str_of(v->names.p + v->file[low].uid), uid);
    return found ? &v->file[low] : NULL;
}

/* The i-th of the batch, which is on disk: from here on it counts, or else its place turns out to be taken.
 */
static int place(struct vdir *v, size_t i)
{
    const struct vdir_batched *f = &v->batch.file[i];
    const char *name = vdir_batch_name(&v->batch, i);
    int error = vdir_batch_place(&v->batch, i);
    if (error == EEXIST && f->item && !f->replaces) {
        keep_name(&v->in_way, str_of(name));
        return v->in_way.text.failed ? ENOMEM : 0;
    }
    v->written += !error && f->item;
    v->changed = v->changed || !error;
    return failed_at(v, name, error);
}

/* What was put takes its place. */
static int settle(struct vdir *v)
{
    const char *at;
    int error = vdir_batch_sync(&v->batch, &at);
    if (error)
        return failed_at(v, at, error);
    for (size_t i = 0; !error && i < v->batch.count; i++)
        error = place(v, i);
    vdir_batch_drop(&v->batch);
    return error;
}

/* Adds to the batch; a full one is settled first. */
static int add(struct vdir *v, const char *name, struct str bytes, const struct stat *old, bool item)
{
    int error = v->batch.count == VDIR_BATCH_MOST ? settle(v) : 0;
    return error ? error : failed_at(v, name, vdir_batch_add(&v->batch, name, bytes, old, item));
}

/* In place of the plain file of this name, unless that says the same; *same tells. An errno. */
static int renew(struct vdir *v, const char *name, struct str bytes, bool item, bool *same)
{
    struct stat old;
    *same = vdir_read(v->fd, name, &v->content, &old) && str_eq(buf_str(&v->content), bytes);
    if (*same)
        return 0;
    if (fstatat(v->fd, name, &old, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? add(v, name, bytes, NULL, item) : failed_at(v, name, errno);
    return S_ISREG(old.st_mode) ? add(v, name, bytes, &old, item) : failed_at(v, name, EEXIST);
}

int vdir_put(struct vdir *v, struct str uid, struct str bytes)
{
    struct vdir_file *f = find(v, uid);
    bool same = false;
    if (f) {
        f->put = true;
        int error = renew(v, v->names.p + f->name, bytes, true, &same);
        v->unchanged += same;
        return error;
    }
    int error = name_of(v, uid);
    return error ? failed_at(v, v->name.n ? v->name.p : "", error) : add(v, v->name.p, bytes, NULL, true);
}

int vdir_describe(struct vdir *v, const char *name, struct str text)
{
    struct stat st;
    bool same = false;
    if (fstatat(v->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(st.st_mode))
        return 0; /* foreign, and told so */
    return renew(v, name, text, false, &same);
}

int vdir_sweep(struct vdir *v)
{
    int error = settle(v);
    for (size_t i = 0; !error && i < v->count; i++) {
        const char *name = v->names.p + v->file[i].name;
        if (v->file[i].put)
            continue;
        if (unlinkat(v->fd, name, 0) != 0 && errno != ENOENT)
            return failed_at(v, name, errno);
        v->removed++;
        v->changed = true;
    }
    return error;
}

/* Not every kind of folder can be synced; then there is nothing to wait for. */
int vdir_sync(struct vdir *v)
{
    int error = settle(v);
    if (error)
        return error;
    if (v->changed && fsync(v->fd) != 0 && (errno == EIO || errno == ENOSPC))
        return failed_at(v, "", errno);
    return 0;
}
