#include "cli/spool.h"

#include "cli/nameless.h"
#include <errno.h>

static bool fail(struct spool *s, int error)
{
    if (!s->error)
        s->error = error;
    return false;
}

static bool check(struct spool *s, bool fine)
{
    return fine || fail(s, errno ? errno : EIO);
}

void spool_begin(struct spool *s)
{
    *s = (struct spool){.file = nameless_stream()};
    check(s, s->file != NULL);
}

static bool write_part(struct spool *s, struct str part)
{
    return fwrite(&part.n, sizeof part.n, 1, s->file) == 1 &&
           (part.n == 0 || fwrite(part.p, part.n, 1, s->file) == 1);
}

bool spool_add(struct spool *s, struct str name, struct str bytes)
{
    return !s->error && check(s, write_part(s, name) && write_part(s, bytes));
}

bool spool_rewind(struct spool *s)
{
    return !s->error && check(s, fflush(s->file) == 0 && fseek(s->file, 0, SEEK_SET) == 0);
}

static bool read_part(struct spool *s, struct buf *part)
{
    size_t n;
    buf_reset(part);
    if (fread(&n, sizeof n, 1, s->file) != 1)
        return ferror(s->file) ? fail(s, EIO) : false;
    char *room = (char *)buf_more(part, n);
    if (!room)
        return fail(s, ENOMEM);
    return n == 0 || fread(room, n, 1, s->file) == 1 || fail(s, EIO);
}

bool spool_next(struct spool *s, struct str *name, struct str *bytes)
{
    if (s->error || !read_part(s, &s->name))
        return false;
    if (!read_part(s, &s->bytes)) /* nobody puts down half a piece */
        return fail(s, EIO);
    *name = buf_str(&s->name);
    *bytes = buf_str(&s->bytes);
    return true;
}

void spool_release(struct spool *s)
{
    if (s->file)
        fclose(s->file);
    buf_release(&s->name);
    buf_release(&s->bytes);
    *s = (struct spool){.file = NULL};
}
