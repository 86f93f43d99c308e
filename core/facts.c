#include "core/facts.h"

static const char *const state_names[] = {
    [STATE_PROCESSING] = "processing",
    [STATE_WAITING] = "waiting",
    [STATE_WAITING_PAYMENT] = "waiting_payment",
    [STATE_RESOLVED] = "resolved",
    [STATE_RETURNED] = "returned",
    [STATE_REFUSED] = "refused",
    [STATE_WITHDRAWN] = "withdrawn",
    [STATE_STOPPED] = "stopped",
    [STATE_VOID] = "void",
};

static const char *const ended_names[] = {
    [ENDED_RESOLVED] = "resolved", [ENDED_REFUSED] = "refused", [ENDED_WITHDRAWN] = "withdrawn",
    [ENDED_STOPPED] = "stopped",   [ENDED_VOID] = "void",
};

static const char *const channel_names[] = {
    [CHANNEL_DIRECT] = "direct",
    [CHANNEL_ONLINE] = "online",
    [CHANNEL_POSTAL] = "postal",
};

const char *state_name(enum dossier_state state)
{
    return state_names[state];
}

const char *ended_how_name(enum ended_how how)
{
    return ended_names[how];
}

uint32_t time_pack(civil_minute t)
{
    if (t == NO_TIME || t < PACKED_EPOCH)
        return 0;
    if (t >= PACKED_EPOCH + UINT32_MAX)
        return UINT32_MAX;
    return (uint32_t)(t - PACKED_EPOCH) + 1;
}

civil_minute time_unpack(uint32_t packed)
{
    return packed ? PACKED_EPOCH + (civil_minute)packed - 1 : NO_TIME;
}

enum ended_how ended_how_of(enum dossier_state state)
{
    switch (state) {
    case STATE_RESOLVED:
    case STATE_RETURNED: return ENDED_RESOLVED;
    case STATE_REFUSED: return ENDED_REFUSED;
    case STATE_WITHDRAWN: return ENDED_WITHDRAWN;
    case STATE_STOPPED: return ENDED_STOPPED;
    case STATE_VOID: return ENDED_VOID;
    default: return ENDED_NOT;
    }
}

const char *channel_name(enum channel channel)
{
    return channel_names[channel];
}

bool channel_parse(struct str text, enum channel *out)
{
    for (enum channel c = CHANNEL_DIRECT; c <= CHANNEL_POSTAL; c++)
        if (str_eq(text, str_of(channel_names[c]))) {
            *out = c;
            return true;
        }
    return false;
}
