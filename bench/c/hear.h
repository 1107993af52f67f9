/* What comes in: from the first byte of a connection to the checks on each event. */
#pragma once
#include "wire.h"
#include <arpa/inet.h>

#define SECOND 1000000000ull
#define BUFFER (1 << 20)

typedef struct {
  int is_open;
  double rate;
  u64 begun, issued, turn;
  u32 *senders;
  size_t sender_count;
  Histogram delivery, ack;
  u64 sent, answered, delivered;
} Group;

static Group groups[MAX_GROUPS];
static char *buffer;
static u64 now, bytes_in, delivered_ever, refused, retries, closes;
static size_t on_their_way, ready_count;
static struct { size_t from, to, next, width, done, wanted; u64 began, told; Histogram took; int is_on; } joining;
static struct { int phase; u64 warm_ends, ends, began; } running; /* 0 idle, 1 warming, 2 measuring, 3 draining */

static char last_away[160];

/* Keeps the first line of what somebody was sent away with. */
static void why_away(const char *text, size_t length) {
  size_t n = 0;
  while (n < length && n < sizeof last_away - 1 && text[n] >= ' ') n++;
  memcpy(last_away, text, n);
  last_away[n] = 0;
}

/* What the first reader was sent of its room, frame by frame: when, and how many bytes so far. */
static struct { u64 at, bytes; } *heard_frames;
static size_t heard_count, heard_room;

static void note_frame(const Client *c, size_t length) {
  if (c->id != 0) return;
  if (heard_count == heard_room) heard_frames = must(realloc(heard_frames, (heard_room = heard_room * 2 + 1024) * sizeof *heard_frames));
  heard_frames[heard_count].at = now;
  heard_frames[heard_count].bytes = (heard_count ? heard_frames[heard_count - 1].bytes : 0) + length;
  heard_count++;
}

static void lose(Client *c, int again) {
  if (c->state == AWAY) return;
  if (c->fd >= 0) close(c->fd);
  c->fd = -1;
  c->rest_bytes = c->out_bytes = 0;
  if (c->state == READY) ready_count--;
  if (c->state == CONNECTING || c->state == UPGRADING || c->state == GREETING || c->state == OPENING) on_their_way--;
  c->state = AWAY;
  if (again) {
    retries++;
    c->state = WAITING;
    c->due = now + SECOND / 4 + (u64)(rand() % 1000) * 1000000;
  }
}

static void begin(Client *c) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  if (c->state != WAITING) c->began = now;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) { perror("load: socket"); exit(3); }
  int one = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (c->is_deaf) {
    /* As over a network: on loopback one segment has 64 KiB, and the kernels would hold megabytes for who does not read */
    int segment = 1460, window = 16 << 10;
    setsockopt(c->fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
    setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
  }
  c->state = CONNECTING;
  on_their_way++;
  if (connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) { lose(c, 1); return; }
  watch(c, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void ready(Client *c) {
  c->state = READY;
  on_their_way--;
  ready_count++;
  joining.done++;
  histogram_add(&joining.took, now_ns() - c->began, 1);
  if (c->is_deaf) watch(c, EPOLL_CTL_MOD, 0);
}

/* ---- what comes in ---- */

static void hear_event(Client *c, Group *g, const Heard *e) {
  if (way != NATS) {
    if (c->seq != 0 && e->seq != c->seq + 1) violation("a seq that does not follow", c->id, "", 0);
    c->seq = e->seq;
  }
  if (e->sender >= client_count) return;
  Client *from = &clients[e->sender];
  if (from->room != c->room) { violation("a message of another room", c->id, "", 0); return; }
  if (c->next[from->slot] != e->n) violation("a message lost, doubled or out of order", c->id, "", 0);
  c->next[from->slot] = e->n + 1;
  c->last_at = e->at;
  if (c->is_deaf) return; /* what is late here is late on purpose */
  delivered_ever++;
  g->delivered++;
  histogram_add(&g->delivery, now > e->at ? now - e->at : 0, 1);
  if (from != c) return;
  c->echoed++;
  if (!g->is_open && (running.phase == 1 || running.phase == 2)) issue(c, now_ns());
}

static void hear_events(Client *c, const char *text, size_t length) {
  const Parsed *parsed = parse_events(c->room, text, length);
  Group *g = &groups[c->group];
  for (u32 i = 0; i < parsed->heard; i++) hear_event(c, g, &parsed->events[i]);
  if (way == RECREIO) memcpy(c->last_id, parsed->last_id, sizeof c->last_id);
}

static int starts(const char *text, size_t length, const char *with) {
  size_t n = strlen(with);
  return length >= n && memcmp(text, with, n) == 0;
}

/* The number of the request that is answered: the one "id" that is a number, wherever it stands. */
static u64 request_of(const char *text, size_t length) {
  const char *end = text + length, *at = text;
  while ((at = memmem(at, (size_t)(end - at), "\"id\":", 5)) != NULL) {
    at += 5;
    if (at < end && *at >= '0' && *at <= '9') return number_at(at, end);
  }
  return ~0ull;
}

static void hear_text(Client *c, const char *text, size_t length) {
  if (starts(text, length, "{\"t\":\"events\",\"stream\":\"room:") || starts(text, length, "42[\"events\"")) {
    if (way == RECREIO && (length < 65 || memcmp(text + 29, rooms[c->room].id, 36) != 0)) violation("another room's stream", c->id, text, length);
    note_frame(c, length);
    hear_events(c, text, length);
  } else if (starts(text, length, "{\"t\":\"done\"")) {
    u64 n = request_of(text, length);
    Group *g = &groups[c->group];
    if (n >= c->sent || c->meant[n % 1024] == 0) { violation("an answer to nothing that waits", c->id, text, length); return; }
    c->answered++;
    g->answered++;
    histogram_add(&g->ack, now - c->meant[n % 1024], 1);
    c->meant[n % 1024] = 0;
    if (c->sent < c->issued) say_message(c);
  } else if (starts(text, length, "{\"t\":\"welcome\"")) {
    copy_object(c->user_cursor, sizeof c->user_cursor, text, length, "\"user\":");
    c->state = OPENING;
    say_subscribe(c);
  } else if (starts(text, length, "{\"t\":\"subscribed\"")) {
    copy_id(c->epoch, text, length, "\"epoch\":\"");
    const char *seq = memmem(text, length, "\"seq\":", 6);
    if (seq != NULL && c->seq == 0) {
      c->seq = number_at(seq + 6, text + length);
      copy_id(c->last_id, text, length, "\"lastId\":\"");
    }
    ready(c);
  } else if (c->state < READY && (starts(text, length, "{\"t\":\"refused\"") || starts(text, length, "{\"t\":\"problem\""))) {
    /* Under strain a server sends arrivals away before it gives up what is said: come back */
    why_away(text, length);
    lose(c, 1);
  } else if (starts(text, length, "{\"t\":\"refused\"") || starts(text, length, "{\"t\":\"problem\"")) {
    refused++;
    violation("refused", c->id, text, length);
  } else if (starts(text, length, "{\"t\":\"gap\"") || starts(text, length, "{\"t\":\"reset\"") || starts(text, length, "{\"t\":\"unsubscribed\"")) {
    violation("not a contiguous stream", c->id, text, length);
  } else if (way == SOCKETIO && length == 1 && text[0] == '2') {
    say_text(c, "3");
  } else if (way == SOCKETIO && starts(text, length, "0{")) {
    say_text(c, "40");
  } else if (way == SOCKETIO && starts(text, length, "40")) {
    ready(c);
  }
}

/* WebSocket frames; returns how many bytes were whole ones. */
static size_t hear_frames(Client *c, const char *p, size_t length) {
  size_t at = 0;
  while (length - at >= 2 && c->fd >= 0) {
    const unsigned char *f = (const unsigned char *)p + at;
    size_t n = f[1] & 127, header = n < 126 ? 2 : n == 126 ? 4 : 10;
    if (length - at < header) break;
    if (n == 126) n = (size_t)f[2] << 8 | f[3];
    else if (n == 127) { n = 0; for (int i = 2; i < 10; i++) n = n << 8 | f[i]; }
    if (length - at - header < n) break;
    const char *payload = p + at + header;
    if (f[0] == 0x81) hear_text(c, payload, n);
    else if ((f[0] & 15) == 9) say_frame(c, 10, payload, n);
    else if ((f[0] & 15) == 8) {
      closes++;
      if (c->is_deaf) {
        c->close_code = n < 2 ? 1005 : (unsigned char)payload[0] << 8 | (unsigned char)payload[1];
        lose(c, 0);
        return 0;
      }
      if (c->state == READY) violation("closed", c->id, payload + (n < 2 ? n : 2), n < 2 ? 0 : n - 2);
      lose(c, 1);
      return 0;
    }
    at += header + n;
  }
  return at;
}

static size_t hear_nats(Client *c, const char *p, size_t length) {
  size_t at = 0;
  while (at < length) {
    const char *line = p + at, *end = memmem(line, length - at, "\r\n", 2);
    if (end == NULL) break;
    size_t whole = (size_t)(end - line) + 2;
    if (starts(line, whole, "MSG ")) {
      const char *last = end;
      while (last[-1] != ' ') last--;
      size_t n = number_at(last, end);
      if (length - at < whole + n + 2) break;
      const char *mark = memmem(line + whole, n, "\"@@", 3);
      if (mark == NULL) violation("no stamp", c->id, line, n);
      else {
        Heard e = {.sender = (u32)take_hex(mark + 3, 4), .n = (u32)take_hex(mark + 7, 8), .at = take_hex(mark + 15, 16)};
        hear_event(c, &groups[c->group], &e);
      }
      whole += n + 2;
    } else if (starts(line, whole, "INFO")) {
      char text[200];
      int n = snprintf(text, sizeof text, "CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB r.%zu 1\r\nPING\r\n", c->room);
      c->state = OPENING;
      say(c, text, (size_t)n);
    } else if (starts(line, whole, "PING")) say(c, "PONG\r\n", 6);
    else if (starts(line, whole, "PONG") && c->state == OPENING) ready(c);
    else if (starts(line, whole, "-ERR")) violation("refused", c->id, line, whole);
    at += whole;
  }
  return at;
}

static size_t hear_http(Client *c, const char *p, size_t length) {
  const char *end = memmem(p, length, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  if (!starts(p, length, "HTTP/1.1 101")) {
    /* Sent away for now: it comes back when it was told to */
    const char *wait = memmem(p, (size_t)(end - p), "etry-after: ", 12);
    why_away(p, length);
    lose(c, 1);
    if (wait != NULL) c->due = now + number_at(wait + 12, end) * SECOND + (u64)(rand() % 500) * 1000000;
    return 0;
  }
  c->state = GREETING;
  if (way == RECREIO) say_hello(c);
  else if (way == PLAIN) ready(c);
  return (size_t)(end - p) + 4;
}

static void hear(Client *c) {
  if (c->rest_bytes > 0) memcpy(buffer, c->rest, c->rest_bytes);
  ssize_t n = recv(c->fd, buffer + c->rest_bytes, BUFFER - c->rest_bytes, 0);
  now = now_ns();
  if (n == 0 || (n < 0 && errno != EAGAIN)) {
    if (c->is_deaf && c->state == READY) {
      c->close_code = 1006;
      lose(c, 0);
      return;
    }
    if (c->state == READY) violation("cut", c->id, "", 0);
    lose(c, 1);
    return;
  }
  if (n < 0) return;
  bytes_in += (u64)n;
  size_t length = c->rest_bytes + (size_t)n, at = 0;
  c->rest_bytes = 0;
  if (c->state == UPGRADING && way != NATS) at = hear_http(c, buffer, length);
  if (way == NATS) at = hear_nats(c, buffer, length);
  else if (c->fd >= 0 && c->state > UPGRADING) at += hear_frames(c, buffer + at, length - at);
  if (c->fd < 0 || at == length) return;
  c->rest_bytes = length - at;
  if (c->rest_bytes > c->rest_room) c->rest = must(realloc(c->rest, c->rest_room = c->rest_bytes * 2));
  memcpy(c->rest, buffer + at, c->rest_bytes);
}
