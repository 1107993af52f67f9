/*
 * The raw limit of the machine: a WebSocket broadcast in C that does nothing else. Speaks just enough to be compared: GET /ROOM,
 * then every text frame with a message becomes an event for everybody in that room.
 *
 *   broadcast coalesced      what comes in with one turn of the event loop goes out as one write to each member
 *   broadcast each           one write for each delivery
 *
 * Prints its port.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROOMS 4096
#define BUFFER (1 << 20)

typedef struct { int is_open, room; size_t bytes, room_for, late, late_room; char *left, *waiting; } Client;
typedef struct { int *members; size_t count, room_for, bytes, batch_room; char *batch; unsigned long seq; } Room;

static Client *clients;
static Room rooms[ROOMS];
static int client_room, is_coalesced, epoll;
static char *buffer;

static void *more(void *memory, size_t size) {
  memory = realloc(memory, size);
  if (memory == NULL) exit(3);
  return memory;
}

static void add(int fd, int room) {
  Room *r = &rooms[room];
  if (r->count == r->room_for) r->members = more(r->members, (r->room_for = r->room_for * 2 + 64) * sizeof(int));
  r->members[r->count++] = fd;
}

static void drop(int fd) {
  Client *c = &clients[fd];
  if (c->room >= 0) {
    Room *r = &rooms[c->room];
    for (size_t i = 0; i < r->count; i++) if (r->members[i] == fd) { r->members[i] = r->members[--r->count]; break; }
  }
  c->is_open = 0;
  c->bytes = c->late = 0;
  close(fd);
}

static void watch(int fd, uint32_t events) {
  struct epoll_event e = {.events = events, .data.fd = fd};
  epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &e);
}

static void give(int fd, const char *bytes, size_t length) {
  Client *c = &clients[fd];
  ssize_t n = c->late > 0 ? 0 : send(fd, bytes, length, MSG_NOSIGNAL);
  if (n < 0) n = 0;
  if ((size_t)n == length) return;
  size_t left = length - (size_t)n;
  if (c->late + left > c->late_room) c->waiting = more(c->waiting, c->late_room = (c->late + left) * 2);
  if (c->late == 0) watch(fd, EPOLLIN | EPOLLOUT);
  memcpy(c->waiting + c->late, bytes + n, left);
  c->late += left;
}

static void give_on(int fd) {
  Client *c = &clients[fd];
  ssize_t n = send(fd, c->waiting, c->late, MSG_NOSIGNAL);
  if (n <= 0) return;
  c->late -= (size_t)n;
  memmove(c->waiting, c->waiting + n, c->late);
  if (c->late == 0) watch(fd, EPOLLIN);
}

static const char *member(const char *text, const char *name, size_t *length) {
  const char *at = strstr(text, name);
  if (at == NULL) { *length = 0; return ""; }
  at += strlen(name);
  *length = strcspn(at, "\"");
  return at;
}

/* One message in, one event for the room: the same members with the same lengths as ours. */
static void hear(int room, char *text) {
  static char event[40000], frame[40010];
  Room *r = &rooms[room];
  size_t unique, said, where;
  const char *id = member(text, "\"clientId\":\"", &unique), *body = member(text, "\"body\":\"", &said), *to = member(text, "\"room\":\"", &where);
  r->seq++;
  int n = snprintf(event, sizeof event,
                   "{\"t\":\"events\",\"stream\":\"room:%.*s\",\"events\":[{\"seq\":%lu,\"id\":\"%.*s\",\"at\":\"2026-11-22T12:00:00.000Z\",\"actor\":\"%.*s\","
                   "\"type\":\"message.sent\",\"data\":{\"message\":{\"id\":\"%.*s\",\"clientId\":\"%.*s\",\"ordinal\":%lu,\"body\":\"%.*s\",\"editNo\":0}}}]}",
                   (int)where, to, r->seq, (int)unique, id, (int)unique, id, (int)unique, id, (int)unique, id, r->seq, (int)said, body);
  size_t header = n < 126 ? 2 : 4;
  frame[0] = (char)0x81;
  frame[1] = (char)(n < 126 ? n : 126);
  if (header == 4) { frame[2] = (char)(n >> 8); frame[3] = (char)n; }
  memcpy(frame + header, event, (size_t)n);
  size_t whole = header + (size_t)n;
  if (!is_coalesced) {
    for (size_t i = 0; i < r->count; i++) give(r->members[i], frame, whole);
    return;
  }
  if (r->bytes + whole > r->batch_room) r->batch = more(r->batch, r->batch_room = (r->bytes + whole) * 2);
  memcpy(r->batch + r->bytes, frame, whole);
  r->bytes += whole;
}

static void flush_all(void) {
  for (int room = 0; room < ROOMS; room++) {
    Room *r = &rooms[room];
    if (r->bytes == 0) continue;
    for (size_t i = 0; i < r->count; i++) give(r->members[i], r->batch, r->bytes);
    r->bytes = 0;
  }
}

static size_t upgrade(int fd, char *p, size_t length) {
  char *end = memmem(p, length, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  /* The generator always sends the key of RFC 6455 §1.3, whose answer is known */
  static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  clients[fd].room = atoi(p + 5) % ROOMS;
  give(fd, answer, sizeof answer - 1);
  add(fd, clients[fd].room);
  return (size_t)(end - p) + 4;
}

static void read_from(int fd) {
  Client *c = &clients[fd];
  memcpy(buffer, c->left, c->bytes);
  ssize_t n = recv(fd, buffer + c->bytes, BUFFER, 0);
  if (n == 0 || (n < 0 && errno != EAGAIN)) { drop(fd); return; }
  if (n < 0) return;
  size_t length = c->bytes + (size_t)n, at = c->room < 0 ? upgrade(fd, buffer, length) : 0;
  while (c->room >= 0 && length - at >= 2) {
    unsigned char *f = (unsigned char *)buffer + at;
    size_t size = f[1] & 127, header = (size < 126 ? 2 : 4) + 4;
    if (length - at < header) break;
    if (size == 126) size = (size_t)f[2] << 8 | f[3];
    if (length - at - header < size) break;
    char *payload = buffer + at + header;
    for (size_t i = 0; i < size; i++) payload[i] = (char)(payload[i] ^ (char)f[header - 4 + (i & 3)]);
    char after = payload[size];
    payload[size] = 0;
    if ((f[0] & 15) == 8) { drop(fd); return; }
    if ((f[0] & 15) == 1) hear(c->room, payload);
    payload[size] = after;
    at += header + size;
  }
  c->bytes = length - at;
  if (c->bytes > c->room_for) c->left = more(c->left, c->room_for = c->bytes * 2);
  memcpy(c->left, buffer + at, c->bytes);
}

int main(int argc, char **argv) {
  is_coalesced = argc > 1 && strcmp(argv[1], "coalesced") == 0;
  buffer = more(NULL, 3 * BUFFER);
  int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  if (bind(door, (struct sockaddr *)&at, sizeof at) < 0 || listen(door, 4096) < 0 || getsockname(door, (struct sockaddr *)&at, &size) < 0) { perror("broadcast"); return 1; }
  epoll = epoll_create1(0);
  struct epoll_event e = {.events = EPOLLIN, .data.fd = door};
  epoll_ctl(epoll, EPOLL_CTL_ADD, door, &e);
  printf("port %u\n", ntohs(at.sin_port));
  fflush(stdout);
  static struct epoll_event events[1024];
  for (;;) {
    int n = epoll_wait(epoll, events, 1024, -1);
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd;
      if (fd != door) {
        if (clients[fd].is_open && events[i].events & EPOLLOUT) give_on(fd);
        if (clients[fd].is_open && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_from(fd);
        continue;
      }
      for (int got; (got = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        int one = 1;
        setsockopt(got, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (got >= client_room) {
          clients = more(clients, (size_t)(got + 1024) * sizeof(Client));
          memset(clients + client_room, 0, (size_t)(got + 1024 - client_room) * sizeof(Client));
          client_room = got + 1024;
        }
        clients[got].is_open = 1;
        clients[got].room = -1;
        struct epoll_event add_it = {.events = EPOLLIN, .data.fd = got};
        epoll_ctl(epoll, EPOLL_CTL_ADD, got, &add_it);
      }
    }
    flush_all();
  }
}
