/* A client's connection: bytes in and out, WebSocket frames (RFC 6455), and the four ways of speaking that are compared. */
#pragma once
#include "judge.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* recreio: ours. plain: any server that echoes the same events to everybody. socketio: Engine.IO 4. nats: no WebSocket. */
typedef enum { RECREIO, PLAIN, SOCKETIO, NATS } Way;
typedef enum { AWAY, WAITING, CONNECTING, UPGRADING, GREETING, OPENING, READY } State;

typedef struct {
  int fd, group, is_sender;
  /* never reads until it is woken; the code with which it was closed then */
  int is_deaf, close_code;
  State state;
  size_t room;
  u32 id, slot;
  char *credential;
  u64 due, began, last_at;
  /* what it has heard */
  u64 seq;
  u32 *next;
  char user_cursor[200], epoch[37], last_id[37];
  /* what it says: issued >= sent >= answered; an echo ends a message of a closed loop */
  u32 issued, sent, answered, echoed;
  u64 meant[1024];
  /* bytes left over, and bytes that did not fit */
  char *rest, *out;
  size_t rest_bytes, rest_room, out_bytes, out_room;
} Client;

typedef struct { char id[40]; u32 senders, receivers; } Room;

static Way way;
static Client *clients;
static size_t client_count;
static Room *rooms;
static size_t room_count;
static int epoll;
static unsigned short port;
static size_t body_bytes = 100;
static char filler[16384];

static void watch(Client *c, int op, u32 events) {
  struct epoll_event e = {.events = events, .data.u64 = c->id};
  epoll_ctl(epoll, op, c->fd, &e);
}

static void say(Client *c, const char *bytes, size_t length) {
  if (c->fd < 0) return;
  ssize_t n = c->out_bytes > 0 ? 0 : send(c->fd, bytes, length, MSG_NOSIGNAL);
  if (n < 0) n = 0; /* full, or gone: reading will tell */
  if ((size_t)n == length) return;
  size_t left = length - (size_t)n;
  if (c->out_bytes + left > c->out_room) c->out = must(realloc(c->out, c->out_room = (c->out_bytes + left) * 2));
  if (c->out_bytes == 0) watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  memcpy(c->out + c->out_bytes, bytes + n, left);
  c->out_bytes += left;
}

static void say_on(Client *c) {
  ssize_t n = send(c->fd, c->out, c->out_bytes, MSG_NOSIGNAL);
  if (n <= 0) return;
  c->out_bytes -= (size_t)n;
  memmove(c->out, c->out + n, c->out_bytes);
  if (c->out_bytes == 0) watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

/* A masked frame whose mask is zero: a server must take it, and unmasks it like any other. */
static void say_frame(Client *c, int opcode, const char *text, size_t length) {
  char frame[length + 8];
  size_t header = length < 126 ? 2 : 4;
  frame[0] = (char)(0x80 | opcode);
  frame[1] = (char)(0x80 | (length < 126 ? length : 126));
  if (header == 4) { frame[2] = (char)(length >> 8); frame[3] = (char)length; }
  memset(frame + header, 0, 4);
  memcpy(frame + header + 4, text, length);
  say(c, frame, header + 4 + length);
}

static void say_text(Client *c, const char *text) { say_frame(c, 1, text, strlen(text)); }

static void client_id(char *to, u64 random) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  u64 ms = (u64)t.tv_sec * 1000 + (u64)t.tv_nsec / 1000000, mixed = random * 0x9e3779b97f4a7c15ull ^ now_ns() << 20;
  char hex[32];
  put_hex(hex, ms, 12);
  put_hex(hex + 12, 0x7000 | (mixed >> 48 & 0xfff), 4);
  put_hex(hex + 16, 0x8000 | (mixed >> 32 & 0x3fff), 4);
  put_hex(hex + 20, random << 24 ^ mixed, 12);
  snprintf(to, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/* Sends the next message that is issued and not sent yet. */
static void say_message(Client *c) {
  static char text[20000], body[16500], unique[37];
  u32 n = c->sent++;
  stamp(body, c->id, n, c->meant[n % 1024]);
  memcpy(body + STAMP_BYTES, filler, body_bytes - STAMP_BYTES);
  body[body_bytes] = 0;
  client_id(unique, (u64)c->id << 32 | n);
  const Room *room = &rooms[c->room];
  if (way == NATS) {
    /* There is no server that numbers and dates it: the sender says all that the others' servers say */
    char event[18000];
    int length = snprintf(event, sizeof event,
                          "{\"id\":\"%s\",\"at\":\"2026-11-22T12:00:00.000Z\",\"actor\":\"%s\",\"type\":\"message.sent\",\"data\":{\"message\":{\"id\":\"%s\","
                          "\"clientId\":\"%s\",\"ordinal\":%u,\"body\":\"%s\",\"editNo\":0}}}",
                          unique, unique, unique, unique, n, body);
    int whole = snprintf(text, sizeof text, "PUB r.%zu %d\r\n%s\r\n", c->room, length, event);
    return say(c, text, (size_t)whole);
  }
  int length = snprintf(text, sizeof text,
                        "%s{\"t\":\"do\",\"id\":%u,\"command\":\"messages.send\",\"input\":{\"room\":\"%s\",\"clientId\":\"%s\",\"body\":\"%s\"}}%s",
                        way == SOCKETIO ? "42[\"do\"," : "", n, room->id, unique, body, way == SOCKETIO ? "]" : "");
  say_frame(c, 1, text, (size_t)length);
}

/* Most commands that may be without an answer (contract D23). */
#define UNANSWERED 32

/* A message is meant to leave at `at`. It leaves when the limit on unanswered commands lets it; the time counts from `at`. */
static void issue(Client *c, u64 at) {
  c->meant[c->issued++ % 1024] = at;
  if (way != RECREIO || c->sent - c->answered < UNANSWERED) say_message(c);
}

static void say_upgrade(Client *c) {
  char request[1000], signed_in[400] = "";
  if (way == NATS) return; /* it speaks first */
  if (way == RECREIO)
    snprintf(signed_in, sizeof signed_in, "Sec-WebSocket-Protocol: recreio.v1\r\nOrigin: http://localhost:%u\r\nCookie: recreio-dev=%s\r\n", port, c->credential);
  char path[100];
  if (way == RECREIO) snprintf(path, sizeof path, "/socket");
  else if (way == SOCKETIO) snprintf(path, sizeof path, "/socket.io/?EIO=4&transport=websocket&room=%zu", c->room);
  else snprintf(path, sizeof path, "/%zu", c->room);
  int n = snprintf(request, sizeof request,
                   "GET %s HTTP/1.1\r\nHost: localhost:%u\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n", path, port, signed_in);
  say(c, request, (size_t)n);
}

static void say_hello(Client *c) {
  char text[400];
  if (c->user_cursor[0]) snprintf(text, sizeof text, "{\"t\":\"hello\",\"protocol\":1,\"cursor\":%s}", c->user_cursor);
  else snprintf(text, sizeof text, "{\"t\":\"hello\",\"protocol\":1}");
  say_text(c, text);
}

static void say_subscribe(Client *c) {
  char text[400];
  const char *room = rooms[c->room].id;
  if (c->last_id[0])
    snprintf(text, sizeof text, "{\"t\":\"subscribe\",\"id\":4294967296,\"stream\":\"room:%s\",\"cursor\":{\"epoch\":\"%s\",\"seq\":%llu,\"lastId\":\"%s\"}}",
             room, c->epoch, (unsigned long long)c->seq, c->last_id);
  else snprintf(text, sizeof text, "{\"t\":\"subscribe\",\"id\":4294967296,\"stream\":\"room:%s\"}", room);
  say_text(c, text);
}

/* Copies the 36 characters of the id behind `name`. */
static void copy_id(char *to, const char *text, size_t length, const char *name) {
  const char *at = memmem(text, length, name, strlen(name));
  if (at == NULL || (size_t)(at - text) + strlen(name) + 36 > length) return;
  memcpy(to, at + strlen(name), 36);
  to[36] = 0;
}

/* Copies the object behind `name` (no braces within) into `to`. */
static void copy_object(char *to, size_t size, const char *text, size_t length, const char *name) {
  const char *at = memmem(text, length, name, strlen(name));
  if (at == NULL) return;
  at += strlen(name);
  const char *end = memchr(at, '}', length - (size_t)(at - text));
  if (end == NULL || (size_t)(end - at) + 2 > size) return;
  memcpy(to, at, (size_t)(end - at) + 1);
  to[end - at + 1] = 0;
}
