// Preloaded into the program by tests. It makes one fault happen inside it, at a place that the
// environment names:
//
//   LOCKSTEP_FAULT      what happens: overflow, trap, abort, segv, bus, fpe, exit, thread-exit,
//                       fork-exit, alarm, or curses to check that only the first thread draws
//   LOCKSTEP_FAULT_AT   where: "main" for the first thread when it waits for keys, or the name of
//                       a thread when that thread starts
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static int is_first_thread(void) { return (pid_t)syscall(SYS_gettid) == getpid(); }

static int is(const char *variable, const char *value) {
  const char *is = getenv(variable);
  return is != NULL && strcmp(is, value) == 0;
}

static int overflow(volatile int depth) {
  volatile char page[2048];
  page[0] = (char)depth;
  return depth < 0 ? 0 : overflow(depth + 1) + page[0];
}

static void touch_past_the_end(void) {
  int file = memfd_create("empty", 0);
  volatile char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
  (void)page[0];
}

static void *exit_now(void *unused) {
  (void)unused;
  exit(7);
}

static void fault(void) {
  static atomic_int has_happened;
  if (atomic_exchange(&has_happened, 1)) return;
  if (is("LOCKSTEP_FAULT", "overflow")) overflow(0);
  if (is("LOCKSTEP_FAULT", "trap")) __builtin_trap();
  if (is("LOCKSTEP_FAULT", "abort")) abort();
  if (is("LOCKSTEP_FAULT", "segv")) *(volatile int *)8 = 1;
  if (is("LOCKSTEP_FAULT", "bus")) touch_past_the_end();
  if (is("LOCKSTEP_FAULT", "fpe")) raise(SIGFPE);
  if (is("LOCKSTEP_FAULT", "exit")) exit(7);
  if (is("LOCKSTEP_FAULT", "alarm")) {
    const struct itimerval soon = {.it_value = {0, 1000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    usleep(20000);
  }
  if (is("LOCKSTEP_FAULT", "thread-exit")) {
    pthread_t thread;
    pthread_create(&thread, NULL, exit_now, NULL);
  }
  if (is("LOCKSTEP_FAULT", "fork-exit")) {
    pid_t child = fork();
    if (child == 0) exit(0);
    waitpid(child, NULL, 0);
  }
}

int poll(struct pollfd *polled, nfds_t count, int timeout) {
  static int (*real)(struct pollfd *, nfds_t, int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "poll");
  // The tutor's loop waits for several things at once.
  if (count >= 4 && is("LOCKSTEP_FAULT_AT", "main") && is_first_thread()) fault();
  return real(polled, count, timeout);
}

int pthread_setname_np(pthread_t thread, const char *name) {
  static int (*real)(pthread_t, const char *);
  if (real == NULL) real = dlsym(RTLD_NEXT, "pthread_setname_np");
  int status = real(thread, name);
  if (!is_first_thread() && is("LOCKSTEP_FAULT_AT", name)) fault();
  return status;
}

// A thread other than the first that calls ncurses ends the program.
#define CHECKED(result, name, parameters, arguments)                                               \
  result name parameters {                                                                         \
    static result(*real) parameters;                                                               \
    if (real == NULL) real = dlsym(RTLD_NEXT, #name);                                              \
    if (is("LOCKSTEP_FAULT", "curses") && !is_first_thread()) abort();                             \
    return real arguments;                                                                         \
  }

CHECKED(int, doupdate, (void), ())
CHECKED(int, wnoutrefresh, (void *window), (window))
CHECKED(int, resizeterm, (int rows, int columns), (rows, columns))
CHECKED(int, mvwadd_wchnstr, (void *window, int y, int x, const void *cell, int count),
        (window, y, x, cell, count))
