#include "core/step.h"

#include "core/codec.h"
#include "core/text.h"

void steps_pack(struct buf *out, const struct step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wire_put_str(out, steps[i].name);
        wire_put_u8(out, (uint8_t)steps[i].role);
        codec_put_limit(out, &steps[i].limit);
    }
}

size_t steps_unpack(struct str packed, struct step out[STEPS_MAX])
{
    struct wire w = wire_of(packed);
    size_t count = 0;
    while (wire_more(&w) && count < STEPS_MAX) {
        struct step *s = &out[count++];
        *s = (struct step){.name = wire_str(&w)};
        s->role = wire_u8(&w);
        s->limit = codec_limit(&w);
        if (!s->name.n || s->role > ROLE_ADMIN)
            w.fault = true;
    }
    return w.fault || wire_more(&w) ? 0 : count;
}

size_t steps_find(const struct step *steps, size_t count, struct str name)
{
    struct buf wanted = BUF_INIT, has = BUF_INIT;
    size_t found = count;
    text_fold(&wanted, name);
    for (size_t i = 0; i < count && found == count; i++) {
        buf_reset(&has);
        text_fold(&has, steps[i].name);
        if (!wanted.failed && !has.failed && str_eq(buf_str(&wanted), buf_str(&has)))
            found = i;
    }
    buf_release(&wanted);
    buf_release(&has);
    return found;
}
