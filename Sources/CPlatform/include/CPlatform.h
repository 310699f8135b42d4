// The libc and kernel calls that Swift's Glibc module lacks, each under its own name.
#ifndef LOCKSTEP_CPLATFORM_H
#define LOCKSTEP_CPLATFORM_H

#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/types.h>

/// The kernel's number of the calling thread.
pid_t lks_gettid(void);

/// Names the calling thread for the kernel: at most 15 bytes, the rest is cut.
void lks_set_thread_name(const char *name);

/// The core on which the calling thread runs now, or -1.
int lks_current_core(void);

/// How many cores the calling process may use, at least 1.
int lks_available_cores(void);

/// Writes the numbers of the cores that the calling thread may use, ascending, and not more of them
/// than there is room for. Returns how many it may use, or a negative errno.
int lks_allowed_cores(int32_t *cores, int room);

/// Ties the calling thread to one core. Returns 0 or a positive errno.
int lks_set_affinity(int core);

/// The columns that a character takes in the current locale: 0, 1, 2, or -1 for a control character.
int lks_wcwidth(uint32_t scalar);

/// Waits while `*word == expected`, until a wake or `timeout_ns` nanoseconds (negative: for ever).
/// Works across processes that share the word's memory. Returns 0 or a positive errno.
int lks_futex_wait(void *word, uint32_t expected, int64_t timeout_ns);

/// Wakes up to `count` waiters on the word. Returns how many there were, or a negative errno.
int lks_futex_wake(void *word, int count);

/// A close-on-exec file that lives in memory only. Returns its descriptor, or a negative errno.
int lks_memfd_create(const char *name);

/// A descriptor that becomes readable when the process ends, or a negative errno.
int lks_pidfd_open(pid_t pid);

/// A close-on-exec counter that can be polled, or a negative errno.
int lks_eventfd(void);

/// Has the kernel end this process with `signal` when the thread that spawned it ends.
/// Returns 0 or a positive errno.
int lks_set_parent_death_signal(int signal);

/// Reads a wait status: true and the exit code, or false and the signal in `*code`.
int lks_wait_status(int status, int *code);

/// The calling thread's own pointer, NULL until it is set.
void *lks_thread_value(void);
void lks_set_thread_value(void *value);

/// Blocks every signal for the calling thread but those that a fault of its own raises, and
/// restores what was before.
void lks_block_signals(sigset_t *previous);
void lks_restore_signals(const sigset_t *previous);

/// Tells the thread sanitizer, where the program is built with it, that the calling thread has
/// taken or leaves the lock that an address stands for.
void lks_lock_taken(void *address);
void lks_lock_left(void *address);

/// Has a process that is spawned with these actions begin without the descriptors from `first` on.
/// Returns 0 or a positive errno.
int lks_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

/// Nanoseconds of CPU time that the calling thread has used.
uint64_t lks_thread_cpu_time(void);

/// Whether what a path leads to is made up by the kernel, as all of /proc and /sys is: 1 or 0, or a
/// negative errno.
int lks_is_kernels_own(const char *path);

/// Gives the kernel back what memory is free, so that what is resident is what is in use.
void lks_give_back_memory(void);

/// Has the calling process leave no core dump, and no report of a crash, when a signal ends it.
void lks_disable_core_dumps(void);

/// The lowest address of the calling thread's stack, and its length in bytes; NULL where the system
/// does not tell.
void *lks_thread_stack(size_t *length);

/// An empty page at this very address and nowhere else. Returns 0 or a positive errno: EEXIST where
/// something lies there already.
int lks_map_page_at(void *address);

/// Copies bytes out of another process's memory. Returns how many, or a negative errno.
ssize_t lks_read_process_memory(pid_t pid, const void *address, void *bytes, size_t count);

/// Has large freed memory go back to the system at once, whatever thread had it, so that a program
/// that runs for hours does not keep what its largest moments needed.
void lks_return_memory_early(void);

#endif
