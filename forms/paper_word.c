#include "forms/paper_word.h"
#include "core/arena.h"
#include "core/text.h"

#include <pango/pangocairo.h>
#include <stdlib.h>

enum { FACES = 32, FONTS = 128, BUCKETS = 1 << 14 };
/* Enough for every syllable of Vietnamese in several faces. */
enum { MOST_BYTES = 12 << 20 };

struct face {
    double size;
    unsigned cut;
    PangoFontDescription *described;
};

struct typesetter {
    PangoFontMap *map;
    PangoContext *context;
    PangoAttrList *attributes;
    const char *family;
    struct face face[FACES];
    int faces;
    PangoFont *font[FONTS]; /* those in use: held, so that what was shaped stays good */
    size_t fonts;
    struct type_word *bucket[BUCKETS];
    struct arena words;
    size_t bytes; /* in `words` */
    struct type_gathered gathered;
    struct buf safe;
    struct type_word none; /* where memory is out */
    bool failed;
};

/* ---- fonts ---- */

/* The metrics of Times New Roman first; then what other machines have. The last is whatever fontconfig takes
 * for a serif. */
static const char *const families[] = {"Liberation Serif", "Times New Roman", "Tinos",      "FreeSerif",
                                       "Noto Serif",       "DejaVu Serif",    "Charis SIL", "Serif"};
enum { FAMILIES = sizeof families / sizeof *families };

static bool has_vietnamese(PangoFont *font)
{
    /* the letters outside of Latin-1 that no other language has together */
    static const struct str letters = STR("ĂăĐđĨĩŨũƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổ"
                                          "ỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ");
    PangoCoverage *coverage = pango_font_get_coverage(font, pango_language_from_string("vi"));
    bool all = true;
    for (size_t at = 0; all && at < letters.n;)
        all = pango_coverage_get(coverage, text_next(letters, &at)) == PANGO_COVERAGE_EXACT;
    g_object_unref(coverage);
    return all;
}

/* A name that is not installed gives some other font: only the last name may. */
static bool is_usable(struct typesetter *t, size_t i)
{
    PangoFontDescription *asked = pango_font_description_new();
    pango_font_description_set_family_static(asked, families[i]);
    pango_font_description_set_size(asked, 12 * PANGO_SCALE);
    PangoFont *font = pango_font_map_load_font(t->map, t->context, asked);
    bool good = font && has_vietnamese(font);
    if (good && i + 1 < FAMILIES) {
        PangoFontDescription *found = pango_font_describe(font);
        const char *family = pango_font_description_get_family(found);
        good = family && strcmp(family, families[i]) == 0;
        pango_font_description_free(found);
    }
    if (font)
        g_object_unref(font);
    pango_font_description_free(asked);
    return good;
}

static bool find_family(struct typesetter *t)
{
    for (size_t i = 0; i < FAMILIES && !t->family; i++)
        if (is_usable(t, i))
            t->family = families[i];
    return t->family;
}

/* Paper has no pixels: no hinting, no rounding, a point is a unit. */
static void context_for_paper(struct typesetter *t)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(t->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(t->context, 72);
    pango_context_set_round_glyph_positions(t->context, FALSE);
    pango_context_set_base_dir(t->context, PANGO_DIRECTION_LTR);
    pango_context_set_language(t->context, pango_language_from_string("vi"));
    /* a ligature is one glyph: half of "fi" could not be selected */
    t->attributes = pango_attr_list_new();
    pango_attr_list_insert(t->attributes, pango_attr_font_features_new("liga=0"));
}

struct typesetter *type_new(enum form_result *why)
{
    struct typesetter *t = calloc(1, sizeof *t);
    *why = t ? FORM_NO_FONT : FORM_NO_MEMORY;
    if (!t)
        return NULL;
    t->words = ARENA_INIT;
    t->safe = BUF_INIT;
    t->gathered.text = BUF_INIT;
    t->map = pango_cairo_font_map_new(); /* ours alone: nothing stays behind */
    t->context = pango_font_map_create_context(t->map);
    context_for_paper(t);
    if (find_family(t))
        return t;
    type_free(t);
    return NULL;
}

static void forget(struct typesetter *t)
{
    memset(t->bucket, 0, sizeof t->bucket);
    arena_release(&t->words);
    t->bytes = 0;
    for (size_t i = 0; i < t->fonts; i++)
        g_object_unref(t->font[i]);
    t->fonts = 0;
}

void type_free(struct typesetter *t)
{
    if (!t)
        return;
    forget(t);
    for (int i = 0; i < t->faces; i++)
        pango_font_description_free(t->face[i].described);
    pango_attr_list_unref(t->attributes);
    g_object_unref(t->context);
    g_object_unref(t->map);
    free(t->gathered.glyph);
    free(t->gathered.cluster);
    buf_release(&t->gathered.text);
    buf_release(&t->safe);
    free(t);
}

bool type_failed(const struct typesetter *t)
{
    return t->failed;
}

void type_rest(struct typesetter *t)
{
    if (t->bytes > MOST_BYTES || t->fonts + FONTS / 4 > FONTS)
        forget(t);
}

int type_face(struct typesetter *t, double size, unsigned cut)
{
    size = (double)(int)(size * 10 + 0.5) / 10;
    for (int i = 0; i < t->faces; i++)
        if (t->face[i].size == size && t->face[i].cut == cut)
            return i;
    if (t->faces == FACES) {
        t->failed = true;
        return 0;
    }
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family_static(d, t->family);
    pango_font_description_set_size(d, (gint)(size * PANGO_SCALE + 0.5));
    pango_font_description_set_weight(d, cut & TYPE_BOLD ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(d, cut & TYPE_ITALIC ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    t->face[t->faces] = (struct face){size, cut, d};
    return t->faces++;
}

double type_size(const struct typesetter *t, int face)
{
    return t->face[face].size;
}

/* ---- shaping ---- */

static void *take(struct typesetter *t, size_t n)
{
    void *p = arena_alloc(&t->words, n);
    t->bytes += n;
    if (!p)
        t->failed = true;
    return p;
}

static cairo_scaled_font_t *scaled_font(struct typesetter *t, PangoFont *font)
{
    size_t i = 0;
    while (i < t->fonts && t->font[i] != font)
        i++;
    if (i == t->fonts) {
        if (i == FONTS) {
            t->failed = true;
            return NULL;
        }
        t->font[t->fonts++] = g_object_ref(font);
    }
    return pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
}

/* A letter that no font has: the font's own empty box. */
static double box_width(cairo_scaled_font_t *font)
{
    cairo_text_extents_t extents;
    cairo_scaled_font_glyph_extents(font, &(cairo_glyph_t){0, 0, 0}, 1, &extents);
    return extents.x_advance;
}

static void copy_glyphs(struct type_run *run, const PangoGlyphString *glyphs)
{
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *g = glyphs->glyphs + i;
        double width = (double)g->geometry.width / PANGO_SCALE;
        unsigned long index = g->glyph;
        if (index & PANGO_GLYPH_UNKNOWN_FLAG) {
            index = 0;
            width = box_width(run->font);
        } else if (index == PANGO_GLYPH_EMPTY) {
            continue; /* draws nothing: its letters go with the glyph before or after it */
        }
        run->glyph[run->glyphs++] =
            (cairo_glyph_t){index, run->width + (double)g->geometry.x_offset / PANGO_SCALE,
                            (double)g->geometry.y_offset / PANGO_SCALE};
        run->width += width;
    }
}

/* Which bytes are which glyphs: what makes the text of a PDF one that can be selected. */
static void copy_clusters(struct type_run *run, PangoGlyphItem *item, const char *text)
{
    PangoGlyphItemIter at;
    const PangoGlyphInfo *g = item->glyphs->glyphs;
    for (gboolean more = pango_glyph_item_iter_init_start(&at, item, text); more;
         more = pango_glyph_item_iter_next_cluster(&at)) {
        int from = run->backward ? at.end_glyph + 1 : at.start_glyph;
        int to = run->backward ? at.start_glyph + 1 : at.end_glyph;
        double advance = 0;
        int drawn = 0;
        for (int i = from; i < to; i++) {
            if (g[i].glyph == PANGO_GLYPH_EMPTY)
                continue;
            advance += g[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG ? box_width(run->font)
                                                             : (double)g[i].geometry.width / PANGO_SCALE;
            drawn++;
        }
        run->cluster[run->clusters] = (cairo_text_cluster_t){at.end_index - at.start_index, drawn};
        run->advance[run->clusters++] = advance;
    }
}

static bool shape_run(struct typesetter *t, struct type_run *run, PangoItem *item, struct str text)
{
    PangoGlyphString *glyphs = pango_glyph_string_new();
    pango_shape_full(text.p + item->offset, item->length, text.p, (int)text.n, &item->analysis, glyphs);
    size_t n = (size_t)glyphs->num_glyphs, chars = (size_t)item->num_chars;
    *run = (struct type_run){
        .font = scaled_font(t, item->analysis.font),
        .glyph = take(t, n * sizeof *run->glyph),
        .cluster = take(t, chars * sizeof *run->cluster),
        .advance = take(t, chars * sizeof *run->advance),
        .text = {text.p + item->offset, (size_t)item->length},
        .backward = item->analysis.level & 1,
    };
    bool ok = run->font && run->glyph && run->cluster && run->advance;
    if (ok) {
        copy_glyphs(run, glyphs);
        copy_clusters(run, &(PangoGlyphItem){.item = item, .glyphs = glyphs}, text.p);
    }
    pango_glyph_string_free(glyphs);
    return ok;
}

static bool shape(struct typesetter *t, struct type_word *w)
{
    pango_context_set_font_description(t->context, t->face[w->face].described);
    GList *items = pango_itemize(t->context, w->text.p, 0, (int)w->text.n, t->attributes, NULL);
    w->run = take(t, g_list_length(items) * sizeof *w->run);
    bool ok = w->run;
    for (GList *i = items; ok && i; i = i->next) {
        ok = shape_run(t, w->run + w->runs, i->data, w->text);
        if (ok)
            w->width += w->run[w->runs++].width;
    }
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
    return ok;
}

/* FNV-1a */
static uint64_t hash_of(int face, struct str s)
{
    uint64_t h = 14695981039346656037u ^ (unsigned)face;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h ^ h >> 32;
}

static struct type_word *word_new(struct typesetter *t, int face, struct str raw)
{
    buf_reset(&t->safe);
    text_safe(&t->safe, raw, false);
    struct type_word *w = take(t, sizeof *w);
    struct str text = arena_str(&t->words, buf_str(&t->safe)), asked = arena_str(&t->words, raw);
    t->bytes += text.n + asked.n;
    if (t->safe.failed || t->words.failed || !w) {
        t->failed = true;
        return NULL;
    }
    *w = (struct type_word){.raw = asked, .text = text, .face = face};
    return shape(t, w) ? w : NULL;
}

const struct type_word *type_word(struct typesetter *t, int face, struct str raw)
{
    uint64_t hash = hash_of(face, raw);
    struct type_word **place = t->bucket + hash % BUCKETS;
    for (struct type_word *w = *place; w; w = w->next)
        if (w->hash == hash && w->face == face && str_eq(w->raw, raw))
            return w;
    struct type_word *w = t->failed || !raw.n ? NULL : word_new(t, face, raw);
    if (!w)
        return &t->none;
    w->hash = hash;
    w->next = *place;
    *place = w;
    return w;
}

/* ---- gathering ---- */

void *type_room(struct typesetter *t, void *array, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return array;
    size_t larger = *cap ? *cap * 2 : 64;
    void *p = larger <= SIZE_MAX / 2 / size ? realloc(array, larger * size) : NULL;
    if (p)
        *cap = larger;
    else
        t->failed = true;
    return p;
}

struct type_gathered *type_gathered(struct typesetter *t)
{
    return &t->gathered;
}

static bool gather_room(struct typesetter *t, const struct type_run *run)
{
    struct type_gathered *g = &t->gathered;
    while (g->glyph_cap < g->glyphs + (size_t)run->glyphs) {
        void *p = type_room(t, g->glyph, g->glyph_cap, &g->glyph_cap, sizeof *g->glyph);
        if (!p)
            return false;
        g->glyph = p;
    }
    while (g->cluster_cap < g->clusters + (size_t)run->clusters) {
        void *p = type_room(t, g->cluster, g->cluster_cap, &g->cluster_cap, sizeof *g->cluster);
        if (!p)
            return false;
        g->cluster = p;
    }
    return true;
}

bool type_gather(struct typesetter *t, const struct type_run *run, double x, double y)
{
    struct type_gathered *g = &t->gathered;
    if (!gather_room(t, run))
        return false;
    for (int i = 0; i < run->glyphs; i++)
        g->glyph[g->glyphs++] =
            (cairo_glyph_t){run->glyph[i].index, x + run->glyph[i].x, y + run->glyph[i].y};
    for (int i = 0; i < run->clusters; i++)
        g->cluster[g->clusters++] = run->cluster[i];
    buf_add_str(&g->text, run->text);
    t->failed = t->failed || g->text.failed;
    return !g->text.failed;
}
