// What a thread is called in `top -H`, `perf` and a debugger.
#pragma once

#include <pthread.h>

namespace tenon {

/// Names the calling thread; the system keeps at most 15 bytes, and a longer name is not taken at all.
inline void name_thread(const char* name) {
    pthread_setname_np(pthread_self(), name);
}

}  // namespace tenon
