/*
 * The load: thousands of clients on one thread, told what to do by lines on standard input, answering with a line of JSON each.
 *
 *   load WAY PORT BODY_BYTES CLIENTS_FILE       lines of the file: room RID  |  client GROUP ROOM_INDEX KIND CREDENTIAL
 *                                              KIND: 0 hears, 1 speaks as well, 2 never reads once it is connected
 *
 *   connect FROM TO WIDTH        connects clients FROM..TO-1, at most WIDTH of them on their way at once
 *   cut FROM TO                  cuts them without a goodbye
 *   group G closed               each sender of the group has one message on its way: the next leaves when the last has come back
 *   group G open RATE            messages leave at this rate, whatever comes back
 *   run WARM_MS MEASURE_MS       talks; prints {"at":"begin"}, {"at":"end"}, and when all has arrived everywhere the result
 *   wake FROM TO FRAMES BYTES SINCE_MS AFTER_MS
 *                              those who never read read what there is for them, AFTER_MS after a queue of FRAMES or BYTES that began to
 *                              fill SINCE_MS ago is full (AFTER_MS 0: at once); prints {"at":"woken"} when all were closed, or after 5 s
 */
#include "hear.h"
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>

#define STDIN_ID (~0ull)
#define TIMER_ID (~0ull - 1)
#define DRAIN_NS (30 * SECOND)

static int timer;
static struct rusage usage_then;

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
    for (size_t j = 0; clients[i].state == READY && !clients[i].is_deaf && j < client_count; j++)
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
  if (joining.done < joining.wanted) {
    if (now < joining.told + 10 * SECOND) return;
    joining.told = now;
    fprintf(stderr, "load: %zu of %zu connected after %.0f s; sent away %llu times, last with: %s\n", joining.done, joining.wanted,
            (double)(now - joining.began) / 1e9, (unsigned long long)retries, last_away);
    return;
  }
  joining.is_on = 0;
  printf("{\"at\":\"connected\",\"clients\":%zu,\"seconds\":%.4f,\"retries\":%llu,", ready_count, (double)(now - joining.began) / 1e9, (unsigned long long)retries);
  histogram_print("took", &joining.took);
  printf("}\n");
  fflush(stdout);
}

/* Those who never read are woken so long after what waits for each of them in the server must be full. */
static struct { size_t from, to, frames, bytes; u64 since, full, after, at, late; int is_on; } waking;

/* When a queue that takes what comes from a moment on is full: what the first reader has been sent is what others miss. 0: not yet. */
static u64 full_since(u64 from_ns) {
  size_t first = 0;
  while (first < heard_count && heard_frames[first].at < from_ns) first++;
  for (size_t k = first; k < heard_count; k++)
    if (k + 1 - first >= waking.frames || heard_frames[k].bytes - (first ? heard_frames[first - 1].bytes : 0) >= waking.bytes) return heard_frames[k].at;
  return 0;
}

static void wake_all(void) {
  waking.at = now;
  waking.late = now + 5 * SECOND;
  for (size_t i = waking.from; i < waking.to; i++)
    if (clients[i].fd >= 0) watch(&clients[i], EPOLL_CTL_MOD, EPOLLIN);
}

/* How those ended who were woken: by close code, and for how long, when they were woken, what waited for them had been full. */
static void tick_waking(void) {
  if (!waking.is_on) return;
  if (waking.at == 0) {
    if (waking.full == 0) waking.full = full_since(waking.since);
    if (waking.after == 0 || (waking.full > 0 && now >= waking.full + waking.after)) wake_all();
    return;
  }
  size_t open = 0, slow = 0, other = 0;
  u64 most = 0;
  for (size_t i = waking.from; i < waking.to; i++) {
    const Client *c = &clients[i];
    if (c->fd >= 0) { open++; continue; }
    if (c->close_code != 4008) { other++; continue; }
    slow++;
    u64 full = full_since(c->last_at);
    if (full > 0 && waking.at > full && waking.at - full > most) most = waking.at - full;
  }
  if (open > 0 && now < waking.late) return;
  waking.is_on = 0;
  printf("{\"at\":\"woken\",\"open\":%zu,\"slow\":%zu,\"other\":%zu,\"mostMs\":%.1f}\n", open, slow, other, (double)most / 1e6);
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
  size_t a, b, width, frames, bytes;
  int g;
  double rate, warm, measure;
  if (sscanf(line, "connect %zu %zu %zu", &a, &b, &width) == 3) {
    memset(&joining, 0, sizeof joining);
    joining.from = joining.next = a;
    joining.to = b;
    joining.width = width;
    joining.wanted = b - a;
    joining.began = joining.told = now;
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
  } else if (sscanf(line, "wake %zu %zu %zu %zu %lf %lf", &a, &b, &frames, &bytes, &warm, &measure) == 6) {
    memset(&waking, 0, sizeof waking);
    waking.from = a;
    waking.to = b;
    waking.frames = frames;
    waking.bytes = bytes;
    waking.since = now - (u64)(warm * 1e6);
    waking.after = (u64)(measure * 1e6);
    waking.is_on = 1;
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
      *c = (Client){.fd = -1, .group = group, .room = room, .is_sender = sender == 1, .is_deaf = sender == 2, .id = (u32)client_count++, .credential = strdup(credential)};
      if (!c->is_deaf) rooms[room].receivers++;
      if (c->is_sender) {
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
    tick_waking();
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
