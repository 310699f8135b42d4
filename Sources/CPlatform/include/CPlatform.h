// The libc and kernel calls that Swift's Glibc module lacks.
#ifndef LOCKSTEP_CPLATFORM_H
#define LOCKSTEP_CPLATFORM_H

#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/types.h>

/// The thread ID of the calling thread.
pid_t lks_gettid(void);

/// Sets the name of the calling thread, truncated to 15 bytes.
void lks_set_thread_name(const char *name);

/// The core on which the calling thread runs now, or -1.
int lks_current_core(void);

/// The number of cores that the calling process may use, at least 1.
int lks_available_cores(void);

/// Writes the numbers of the cores that the calling thread may use in ascending order, at most
/// `room` of them. Returns how many it may use, or a negative errno.
int lks_allowed_cores(int32_t *cores, int room);

/// Pins the calling thread to one core. Returns 0 or a positive errno.
int lks_set_affinity(int core);

/// The width of a character in the current locale: 0, 1, 2, or -1 for a control character.
int lks_wcwidth(uint32_t scalar);

/// Waits while `*word == expected`, until a wake or for `timeout_ns` nanoseconds (negative: forever).
/// Works across processes that share the word's memory. Returns 0 or a positive errno.
int lks_futex_wait(void *word, uint32_t expected, int64_t timeout_ns);

/// Wakes up to `count` waiters on the word. Returns how many it woke, or a negative errno.
int lks_futex_wake(void *word, int count);

/// Makes a close-on-exec file in memory. Returns its descriptor, or a negative errno.
int lks_memfd_create(const char *name);

/// Opens a descriptor that becomes readable when the process ends. Returns it, or a negative errno.
int lks_pidfd_open(pid_t pid);

/// Makes a close-on-exec eventfd. Returns its descriptor, or a negative errno.
int lks_eventfd(void);

/// Makes a close-on-exec descriptor that is readable while one of the signals is pending for the
/// calling thread. Returns it, or a negative errno.
int lks_signal_descriptor(const sigset_t *signals);

/// Makes the kernel send `signal` to this process when the thread that spawned it ends.
/// Returns 0 or a positive errno.
int lks_set_parent_death_signal(int signal);

/// Decodes a wait status. Writes the exit code to `*code` and returns 1, or writes the signal and
/// returns 0.
int lks_wait_status(int status, int *code);

/// Writes the name of a signal, such as `SIGKILL`.
void lks_signal_name(int signal, char *name, int room);

/// A thread-local pointer, NULL until it is set.
void *lks_thread_value(void);
void lks_set_thread_value(void *value);

/// Blocks all signals for the calling thread except those of its own faults, and restores the
/// previous mask.
void lks_block_signals(sigset_t *previous);
void lks_restore_signals(const sigset_t *previous);

/// Reports to the thread sanitizer that the calling thread has acquired or releases the lock at an
/// address. Does nothing in a build without the sanitizer.
void lks_lock_acquired(void *address);
void lks_lock_released(void *address);

/// Closes the descriptors from `first` on in a process that is spawned with these actions.
/// Returns 0 or a positive errno.
int lks_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

/// The CPU time of the calling thread in nanoseconds.
uint64_t lks_thread_cpu_time(void);

/// Whether a path is in a file system of the kernel, such as /proc or /sys: 1 or 0, or a negative
/// errno.
int lks_is_kernel_file(const char *path);

/// Opens a file below a folder for reading, without waiting and without following any link. Returns
/// its descriptor, or a negative errno: -ELOOP or -EXDEV if a link is in the path.
int lks_open_beneath(int folder, const char *path);

/// Returns free heap memory to the kernel, so that the resident size is the memory in use.
void lks_trim_memory(void);

/// Prevents a core dump and a crash report when a signal ends the calling process.
void lks_disable_core_dumps(void);

/// The lowest address of the calling thread's stack and its length in bytes, or NULL if the system
/// does not say.
void *lks_thread_stack(size_t *length);

/// Maps an empty page at exactly this address. Returns 0 or a positive errno: EEXIST if the address
/// is in use.
int lks_map_page_at(void *address);

/// Copies bytes from another process's memory. Returns how many, or a negative errno.
ssize_t lks_read_process_memory(pid_t pid, const void *address, void *bytes, size_t count);

/// Makes the heap return large blocks to the system as soon as they are freed, in all threads, so
/// that a long-running program does not keep its peak memory.
void lks_return_memory_early(void);

/// Handles the program's faults (ILL TRAP SEGV BUS FPE ABRT): restores the terminal if the guard is
/// armed, and reports the fault in one line on standard error. If an allocation has probably failed,
/// the line says so, and the program exits with 1; otherwise the previous handler is next. Only the
/// first call has an effect.
///
/// A stack overflow is caught only on the calling thread and in `lks_with_alternate_stack`.
void lks_handle_faults(void);

/// Calls a function with an alternate signal stack for the calling thread.
void lks_with_alternate_stack(void (*body)(void *), void *argument);

#endif
