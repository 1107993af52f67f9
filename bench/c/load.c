/*
 * The load: thousands of clients on one thread, told what to do by lines on standard input, answering with a line of JSON each.
 *
 *   load WAY PORT BODY_BYTES CLIENTS_FILE       lines of the file: room RID  |  client GROUP ROOM_INDEX SENDER(0|1) CREDENTIAL
 *
 *   connect FROM TO WIDTH        connects clients FROM..TO-1, at most WIDTH of them on their way at once
 *   cut FROM TO                  cuts them without a goodbye
 *   group G closed               each sender of the group has one message on its way: the next leaves when the last has come back
 *   group G open RATE            messages leave at this rate, whatever comes back
 *   run WARM_MS MEASURE_MS       talks; prints {"at":"begin"}, {"at":"end"}, and when all has arrived everywhere the result
 *   drain                        waits until every message is everywhere
 */
#include "wire.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>

#define SECOND 1000000000ull
#define STDIN_ID (~0ull)
#define TIMER_ID (~0ull - 1)
#define BUFFER (1 << 20)
#define DRAIN_NS (30 * SECOND)

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
static struct { size_t from, to, next, width, done, wanted; u64 began; Histogram took; int is_on; } joining;
static struct { int phase; u64 warm_ends, ends, began; } running; /* 0 idle, 1 warming, 2 measuring, 3 draining */
static int timer;
static struct rusage usage_then;

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

/* ---- what is to be done when ---- */

static u64 expected_ever(void) {
  u64 sum = 0;
  for (size_t i = 0; i < client_count; i++) sum += (u64)clients[i].sent * rooms[clients[i].room].receivers;
  return sum;
}

static int all_said(void) {
  for (size_t i = 0; i < client_count; i++)
    if (clients[i].is_sender && (clients[i].sent < clients[i].issued || (way == RECREIO && clients[i].answered < clients[i].sent))) return 0;
  return delivered_ever == expected_ever();
}

/* Every receiver against every sender of its room: what was said is what was heard. */
static void compare_all(void) {
  for (size_t i = 0; i < client_count; i++)
    for (size_t j = 0; clients[i].state == READY && j < client_count; j++)
      if (clients[j].is_sender && clients[j].room == clients[i].room && clients[i].next[clients[j].slot] != clients[j].sent)
        violation("did not hear all that was said", (long)i, "", 0);
}

static double cpu_seconds(const struct rusage *u) {
  return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) + (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e6;
}

static struct { u64 measured_ns; double cpu; u64 bytes; } measured;

static void mark_begin(void) {
  for (int g = 0; g < MAX_GROUPS; g++) {
    Group *of = &groups[g];
    memset(&of->delivery, 0, sizeof of->delivery);
    memset(&of->ack, 0, sizeof of->ack);
    of->delivered = of->answered = of->sent = 0;
  }
  bytes_in = 0;
  running.began = now;
  getrusage(RUSAGE_SELF, &usage_then);
  printf("{\"at\":\"begin\"}\n");
  fflush(stdout);
}

/* What is counted ends here; latencies go on until the last message has arrived, so that the slowest are not left out. */
static u64 counted[MAX_GROUPS][2];
static void mark_end(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  measured.measured_ns = now - running.began;
  measured.cpu = cpu_seconds(&usage) - cpu_seconds(&usage_then);
  measured.bytes = bytes_in;
  for (int g = 0; g < MAX_GROUPS; g++) {
    counted[g][0] = groups[g].delivered;
    counted[g][1] = groups[g].answered;
  }
  printf("{\"at\":\"end\"}\n");
  fflush(stdout);
}

static void print_result(u64 drained_ns) {
  printf("{\"at\":\"result\",\"seconds\":%.4f,\"cpuSeconds\":%.4f,\"bytes\":%llu,\"drainedMs\":%.1f,\"refused\":%llu,\"closes\":%llu,\"violations\":%llu,\"violation\":\"%s\",\"groups\":[",
         (double)measured.measured_ns / 1e9, measured.cpu, (unsigned long long)measured.bytes, (double)drained_ns / 1e6,
         (unsigned long long)refused, (unsigned long long)closes, (unsigned long long)violations, first_violation);
  for (int g = 0; g < MAX_GROUPS; g++) {
    Group *of = &groups[g];
    printf("%s{\"deliveries\":%llu,\"answers\":%llu,", g ? "," : "", (unsigned long long)counted[g][0], (unsigned long long)counted[g][1]);
    histogram_print("delivery", &of->delivery);
    printf(",");
    histogram_print("ack", &of->ack);
    printf("}");
  }
  printf("]}\n");
  fflush(stdout);
}

static void issue_open(Group *g) {
  while (g->is_open && g->sender_count > 0) {
    u64 at = g->begun + (u64)((double)g->issued * 1e9 / g->rate);
    if (at > now || (running.phase == 2 && at > running.ends)) return;
    g->issued++;
    issue(&clients[g->senders[g->turn++ % g->sender_count]], at);
  }
}

/* Arms the one timer for the next message of an open loop, or a hundredth of a second, whichever is earlier. */
static void arm(void) {
  u64 next = now + SECOND / 100;
  if (running.phase == 1 || running.phase == 2)
    for (int g = 0; g < MAX_GROUPS; g++)
      if (groups[g].is_open && groups[g].sender_count > 0) {
        u64 at = groups[g].begun + (u64)((double)groups[g].issued * 1e9 / groups[g].rate);
        if (at < next) next = at;
      }
  if (running.phase == 0 && !joining.is_on) next = now + SECOND / 4;
  struct itimerspec spec = {.it_value = {.tv_sec = (time_t)(next / SECOND), .tv_nsec = (long)(next % SECOND)}};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &spec, NULL);
}

static void tick_joining(void) {
  if (!joining.is_on) return;
  while (joining.next < joining.to && on_their_way < joining.width) begin(&clients[joining.next++]);
  for (size_t i = joining.from; i < joining.next; i++)
    if (clients[i].state == WAITING && clients[i].due <= now && on_their_way < joining.width) begin(&clients[i]);
  if (joining.done < joining.wanted) return;
  joining.is_on = 0;
  printf("{\"at\":\"connected\",\"clients\":%zu,\"seconds\":%.4f,\"retries\":%llu,", ready_count, (double)(now - joining.began) / 1e9, (unsigned long long)retries);
  histogram_print("took", &joining.took);
  printf("}\n");
  fflush(stdout);
}

static void tick_running(void) {
  for (int g = 0; g < MAX_GROUPS; g++)
    if (running.phase == 1 || running.phase == 2) issue_open(&groups[g]);
  if (running.phase == 1 && now >= running.warm_ends) {
    running.phase = 2;
    mark_begin();
  } else if (running.phase == 2 && now >= running.ends) {
    running.phase = 3;
    mark_end();
  } else if (running.phase == 3 && (all_said() || violations > 0 || now > running.ends + DRAIN_NS)) {
    if (violations == 0 && !all_said()) violation("not everything had arrived after 30 s", -1, "", 0);
    if (violations == 0) compare_all();
    running.phase = 0;
    print_result(now - running.ends);
  }
}

/* ---- commands ---- */

static void command(char *line) {
  size_t a, b, width;
  int g;
  double rate, warm, measure;
  if (sscanf(line, "connect %zu %zu %zu", &a, &b, &width) == 3) {
    memset(&joining, 0, sizeof joining);
    joining.from = joining.next = a;
    joining.to = b;
    joining.width = width;
    joining.wanted = b - a;
    joining.began = now;
    joining.is_on = 1;
    retries = 0;
  } else if (sscanf(line, "cut %zu %zu", &a, &b) == 2) {
    struct linger hard = {.l_onoff = 1};
    for (size_t i = a; i < b; i++) {
      if (clients[i].fd >= 0) setsockopt(clients[i].fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
      lose(&clients[i], 0);
    }
    printf("{\"at\":\"cut\"}\n");
    fflush(stdout);
  } else if (sscanf(line, "group %d open %lf", &g, &rate) == 2) {
    groups[g].is_open = 1;
    groups[g].rate = rate;
  } else if (sscanf(line, "group %d", &g) == 1) {
    groups[g].is_open = 0;
  } else if (sscanf(line, "run %lf %lf", &warm, &measure) == 2) {
    running.phase = 1;
    running.warm_ends = now + (u64)(warm * 1e6);
    running.ends = running.warm_ends + (u64)(measure * 1e6);
    for (g = 0; g < MAX_GROUPS; g++) {
      groups[g].begun = now;
      groups[g].issued = 0;
      for (size_t i = 0; !groups[g].is_open && i < groups[g].sender_count; i++) issue(&clients[groups[g].senders[i]], now);
    }
  } else {
    fprintf(stderr, "load: no such command: %s\n", line);
    exit(2);
  }
}

static void hear_commands(void) {
  static char line[4096];
  static size_t length;
  ssize_t n = read(0, line + length, sizeof line - 1 - length);
  if (n == 0) exit(0);
  if (n < 0) return;
  length += (size_t)n;
  char *end;
  while ((end = memchr(line, '\n', length)) != NULL) {
    *end = 0;
    command(line);
    length -= (size_t)(end + 1 - line);
    memmove(line, end + 1, length);
  }
}

static void read_clients(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) { perror(path); exit(2); }
  static char line[600], credential[400], id[100];
  while (fgets(line, sizeof line, file) != NULL) {
    int group, sender;
    size_t room;
    if (sscanf(line, "room %39s", id) == 1) {
      rooms = must(realloc(rooms, (room_count + 1) * sizeof(Room)));
      memset(&rooms[room_count], 0, sizeof(Room));
      strcpy(rooms[room_count++].id, id);
    } else if (sscanf(line, "client %d %zu %d %399s", &group, &room, &sender, credential) == 4) {
      clients = must(realloc(clients, (client_count + 1) * sizeof(Client)));
      Client *c = &clients[client_count];
      memset(c, 0, sizeof *c);
      *c = (Client){.fd = -1, .group = group, .room = room, .is_sender = sender, .id = (u32)client_count++, .credential = strdup(credential)};
      rooms[room].receivers++;
      if (sender) {
        Group *g = &groups[group];
        c->slot = rooms[room].senders++;
        g->senders = must(realloc(g->senders, (g->sender_count + 1) * sizeof(u32)));
        g->senders[g->sender_count++] = c->id;
      }
    }
  }
  fclose(file);
  for (size_t i = 0; i < client_count; i++) clients[i].next = must(calloc(rooms[clients[i].room].senders + 1, sizeof(u32)));
}

int main(int argc, char **argv) {
  if (argc != 5) { fprintf(stderr, "load WAY PORT BODY_BYTES CLIENTS_FILE\n"); return 2; }
  way = strcmp(argv[1], "recreio") == 0 ? RECREIO : strcmp(argv[1], "plain") == 0 ? PLAIN : strcmp(argv[1], "socketio") == 0 ? SOCKETIO : NATS;
  port = (unsigned short)atoi(argv[2]);
  body_bytes = (size_t)atoi(argv[3]);
  if (body_bytes < STAMP_BYTES || body_bytes > 16000) { fprintf(stderr, "load: a body has %d to 16000 bytes\n", STAMP_BYTES); return 2; }
  memset(filler, 'a', sizeof filler);
  for (size_t i = 7; i < sizeof filler; i += 8) filler[i] = ' ';
  stamps_init();
  read_clients(argv[4]);
  buffer = must(malloc(2 * BUFFER));
  epoll = epoll_create1(0);
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  fcntl(0, F_SETFL, O_NONBLOCK);
  struct epoll_event of_stdin = {.events = EPOLLIN, .data.u64 = STDIN_ID}, of_timer = {.events = EPOLLIN, .data.u64 = TIMER_ID};
  epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &of_stdin);
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &of_timer);
  static struct epoll_event events[1024];
  for (;;) {
    now = now_ns();
    tick_joining();
    tick_running();
    arm();
    int n = epoll_wait(epoll, events, 1024, -1);
    now = now_ns();
    for (int i = 0; i < n; i++) {
      u64 id = events[i].data.u64;
      if (id == STDIN_ID) hear_commands();
      else if (id == TIMER_ID) { u64 expirations; if (read(timer, &expirations, 8) < 0) continue; }
      else {
        Client *c = &clients[id];
        if (c->fd < 0) continue;
        if (c->state == CONNECTING && events[i].events & EPOLLOUT) {
          c->state = UPGRADING;
          watch(c, EPOLL_CTL_MOD, EPOLLIN);
          say_upgrade(c);
        } else if (events[i].events & EPOLLOUT && c->out_bytes > 0) say_on(c);
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) hear(c);
      }
    }
  }
}
