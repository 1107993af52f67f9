/*
 * What the load generator checks and counts. Every message carries a stamp in its body,
 *
 *     @@ SSSS NNNNNNNN TTTTTTTTTTTTTTTT        sender (hex), its number from 0, monotonic ns at which it was meant to leave
 *
 * so that a receiver can tell that each message of each sender came once and in order, and how long it took.
 */
#pragma once
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STAMP_BYTES 30
#define MAX_GROUPS 4

typedef uint64_t u64;
typedef uint32_t u32;

static inline u64 now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (u64)t.tv_sec * 1000000000ull + (u64)t.tv_nsec;
}

static void *must(void *memory) {
  if (memory == NULL) { fprintf(stderr, "load: out of memory\n"); exit(3); }
  return memory;
}

/* ---- latencies: buckets of 1/32 of a power of two, from 1.024 us on ---- */

#define SUB 32
typedef struct { u64 count, max, of[60 * SUB]; } Histogram;

static void histogram_add(Histogram *h, u64 ns, u64 times) {
  u64 v = ns >> 10;
  unsigned shift = 0;
  while ((v >> shift) >= 2 * SUB) shift++;
  u64 at = shift * SUB + (v >> shift);
  h->of[at < 60 * SUB ? at : 60 * SUB - 1] += times;
  h->count += times;
  if (ns > h->max) h->max = ns;
}

/* The upper end of the bucket in which this share of the values ends, in ms. */
static double histogram_ms(const Histogram *h, double share) {
  u64 rank = (u64)(share * (double)h->count), seen = 0;
  if (h->count == 0) return 0;
  for (u64 at = 0; at < 60 * SUB; at++) {
    seen += h->of[at];
    if (seen > rank) {
      u64 shift = at < 2 * SUB ? 0 : at / SUB - 1, v = at < 2 * SUB ? at : at - shift * SUB;
      return (double)((v + 1) << shift) * 1024 / 1e6;
    }
  }
  return (double)h->max / 1e6;
}

static void histogram_print(const char *name, const Histogram *h) {
  printf("\"%s\":{\"count\":%llu,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f}", name,
         (unsigned long long)h->count, histogram_ms(h, .5), histogram_ms(h, .9), histogram_ms(h, .99),
         histogram_ms(h, .999), (double)h->max / 1e6);
}

/* ---- violations: how many, and the first one in words ---- */

static u64 violations;
static char first_violation[400];

static void violation(const char *what, long who, const char *text, size_t length) {
  if (violations++ > 0) return;
  char shown[201];
  size_t n = length < 200 ? length : 200;
  for (size_t i = 0; i < n; i++) shown[i] = text[i] >= ' ' && text[i] < 127 && text[i] != '"' && text[i] != '\\' ? text[i] : '\'';
  shown[n] = 0;
  snprintf(first_violation, sizeof first_violation, "client %ld: %s: %s", who, what, shown);
}

/* ---- stamps ---- */

typedef struct { u32 sender, n; u64 at, seq; } Heard;

static const char DIGITS[] = "0123456789abcdef";
static signed char digit_of[256];

static void stamps_init(void) {
  memset(digit_of, -1, sizeof digit_of);
  for (int i = 0; i < 16; i++) digit_of[(unsigned char)DIGITS[i]] = (signed char)i;
}

static void put_hex(char *to, u64 value, int digits) {
  while (digits > 0) { to[--digits] = DIGITS[value & 15]; value >>= 4; }
}

static u64 take_hex(const char *from, int digits) {
  u64 value = 0;
  for (int i = 0; i < digits; i++) value = value << 4 | (u64)(digit_of[(unsigned char)from[i]] & 15);
  return value;
}

static void stamp(char *to, u32 sender, u32 n, u64 at) {
  to[0] = to[1] = '@';
  put_hex(to + 2, sender, 4);
  put_hex(to + 6, n, 8);
  put_hex(to + 14, at, 16);
}

/* ---- frames of events: what is the same bytes for a thousand receivers is read once ---- */

#define CACHED 256
typedef struct { size_t length, room; char *bytes, last_id[37]; u32 heard, room_for; Heard *events; } Parsed;
static Parsed cache[CACHED];

static u64 number_at(const char *p, const char *end) {
  u64 value = 0;
  while (p < end && *p >= '0' && *p <= '9') value = value * 10 + (u64)(*p++ - '0');
  return value;
}

static void parsed_add(Parsed *to, Heard event) {
  if (to->heard == to->room_for) {
    to->room_for = to->room_for ? to->room_for * 2 : 64;
    to->events = must(realloc(to->events, to->room_for * sizeof(Heard)));
  }
  to->events[to->heard++] = event;
}

/* Every `"seq":` of a frame with the stamp behind it; sender 0xffff where an event carries none. */
static const Parsed *parse_events(size_t room, const char *p, size_t length) {
  const char *end = p + length, *at = memmem(p, length, "\"seq\":", 6);
  u64 seq = at ? number_at(at + 6, end) : 0;
  Parsed *into = &cache[(seq * 31 + room) % CACHED];
  if (into->length == length && into->room == room && memcmp(into->bytes, p, length) == 0) return into;
  if (into->length < length) into->bytes = must(realloc(into->bytes, length));
  memcpy(into->bytes, p, length);
  into->length = length;
  into->room = room;
  into->heard = 0;
  while (at != NULL) {
    Heard event = {.sender = 0xffff, .seq = number_at(at + 6, end)};
    const char *next = memmem(at + 6, (size_t)(end - at - 6), "\"seq\":", 6);
    const char *until = next ? next : end, *mark = memmem(at, (size_t)(until - at), "\"@@", 3);
    if (mark != NULL && until - mark > STAMP_BYTES) {
      event.sender = (u32)take_hex(mark + 3, 4);
      event.n = (u32)take_hex(mark + 7, 8);
      event.at = take_hex(mark + 15, 16);
    }
    parsed_add(into, event);
    const char *id = next ? NULL : memmem(at, (size_t)(end - at), "\"id\":\"", 6);
    if (id != NULL && end - id > 42) memcpy(into->last_id, id + 6, 36);
    at = next;
  }
  return into;
}
