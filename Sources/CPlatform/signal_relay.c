#define _GNU_SOURCE
#include "CTerminalGuard.h"
#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { relayed_count = 7 };

static const int relayed[relayed_count] = {SIGINT,  SIGTERM, SIGHUP, SIGQUIT,
                                           SIGWINCH, SIGTSTP, SIGCONT};

// `timeout` sends a signal to its child and again to the group. The second one is no request to hurry.
static const int64_t repeat_ns = 5000000;
static const struct itimerval time_to_end = {.it_value = {1, 500000}};
static const struct itimerval no_time = {{0, 0}, {0, 0}};

static int relay_pipe[2] = {-1, -1};
static int interrupt_ends;
static struct sigaction previous_relayed[relayed_count];
/// The signal that ends the program, and the time of its arrival.
static atomic_int ending;
static atomic_llong ending_since;
/// Whether the process's timer is the relay's.
static volatile sig_atomic_t has_limit;

static int64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void time_is_over(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  // Only the kernel's timer is ours. Anybody can send SIGALRM.
  if (info->si_code != SI_KERNEL) return;
  lks_guard_restore();
  int reason = atomic_load(&ending);
  lks_die(reason != 0 ? reason : SIGINT);
}

static void limit_time(void) {
  struct itimerval running;
  if (getitimer(ITIMER_REAL, &running) == 0 && timerisset(&running.it_value) && has_limit) return;
  has_limit = 1;
  lks_handle(SIGALRM, time_is_over, 0);
  setitimer(ITIMER_REAL, &time_to_end, NULL);
}

static void end_in_time(int signal) {
  int none = 0;
  if (atomic_compare_exchange_strong(&ending, &none, signal)) {
    atomic_store(&ending_since, now_ns());
    limit_time();
  } else if (signal != SIGHUP && now_ns() - atomic_load(&ending_since) > repeat_ns) {
    // A terminal that closes sends HUP after anything else, and nobody is there to be in a hurry.
    lks_guard_restore();
    lks_die(signal);
  }
}

static void relay(int signal, siginfo_t *info, void *context) {
  (void)info, (void)context;
  int error = errno;
  unsigned char byte = (unsigned char)signal;
  // A full pipe already holds more signals than the reader needs.
  if (write(relay_pipe[1], &byte, 1) < 0) errno = 0;
  int is_ending = signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT;
  if (is_ending || (signal == SIGINT && interrupt_ends)) {
    end_in_time(signal);
  } else if (signal == SIGINT && atomic_load(&ending) == 0) {
    limit_time();
  }
  errno = error;
}

int lks_relay_open(int ends_on_interrupt) {
  if (relay_pipe[0] >= 0) return -EBUSY;
  if (pipe2(relay_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -errno;
  interrupt_ends = ends_on_interrupt;
  for (int index = 0; index < relayed_count; index++) {
    sigaction(relayed[index], NULL, &previous_relayed[index]);
    int needed = relayed[index] == SIGWINCH || relayed[index] == SIGCONT;
    if (previous_relayed[index].sa_handler != SIG_IGN || needed) {
      lks_handle(relayed[index], relay, SA_RESTART);
    }
  }
  return relay_pipe[0];
}

ssize_t lks_relay_read(unsigned char *signals, size_t room) {
  ssize_t count = read(relay_pipe[0], signals, room);
  int has_interrupt = count > 0 && memchr(signals, SIGINT, (size_t)count) != NULL;
  if (has_interrupt && has_limit && atomic_load(&ending) == 0) {
    setitimer(ITIMER_REAL, &no_time, NULL);
  }
  return count;
}

int lks_relay_limits_time(void) { return has_limit; }

int lks_relay_ending(void) { return atomic_load(&ending); }

void lks_relay_close(void) {
  if (relay_pipe[0] < 0) return;
  for (int index = 0; index < relayed_count; index++) {
    sigaction(relayed[index], &previous_relayed[index], NULL);
  }
  close(relay_pipe[0]);
  close(relay_pipe[1]);
  relay_pipe[0] = relay_pipe[1] = -1;
}

void lks_relay_stop_group(void) {
  struct sigaction action, current;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, &current);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &current, NULL);
}
