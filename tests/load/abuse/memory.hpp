// How much memory a process has and had, from /proc.
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace tenon::load_test {

/// Resident now, in KiB; 0 when there is no such process.
std::size_t resident_kib(pid_t pid);
/// The most that was resident since `forget_peak`, in KiB: the kernel keeps it, so no peak falls between two looks.
std::size_t peak_kib(pid_t pid);
/// Throws when the process is not ours.
void forget_peak(pid_t pid);

}  // namespace tenon::load_test
