// Memory of coroutine frames: kept by size when given back, for a request makes the same dozen again and again, many of
// them larger than what malloc keeps at hand.
#include <array>
#include <new>

#include <tenon/core/task.hpp>

namespace tenon::detail {
namespace {

constexpr std::size_t step_bytes = 128;
constexpr std::size_t frame_bytes_max = 4096;
constexpr std::size_t kept_bytes_max = 64 * 1024;  // of each size, by each thread

struct kept_frame {
    kept_frame* next;
};
struct shelf {
    kept_frame* first;
    std::size_t count;
};

// Plain, so that it can still be looked at when the thread's other objects are gone.
thread_local std::array<shelf, frame_bytes_max / step_bytes + 1> shelves;
thread_local bool closed = false;

class closer {
  public:
    ~closer() {
        closed = true;
        for (shelf& each : shelves) {
            while (kept_frame* const frame = each.first) {
                each.first = frame->next;
                ::operator delete(frame);
            }
        }
    }
    void touch() const {}
};
thread_local const closer at_end;

#ifdef __SANITIZE_ADDRESS__
constexpr bool keeps = false;  // so that a frame that is used after its end is found out
#else
constexpr bool keeps = true;
#endif

std::size_t steps_of(std::size_t bytes) {
    return (bytes + step_bytes - 1) / step_bytes;
}

}  // namespace

void* take_frame(std::size_t bytes) {
    if (!keeps || bytes > frame_bytes_max) return ::operator new(bytes);
    const std::size_t steps = steps_of(bytes);
    shelf& from = shelves[steps];
    kept_frame* const frame = from.first;
    if (!frame) return ::operator new(steps* step_bytes);
    from.first = frame->next;
    --from.count;
    return frame;
}

void give_frame(void* frame, std::size_t bytes) noexcept {
    const std::size_t steps = steps_of(bytes);
    if (!keeps || bytes > frame_bytes_max || closed || shelves[steps].count * steps * step_bytes >= kept_bytes_max)
        return ::operator delete(frame);
    at_end.touch();
    shelf& to = shelves[steps];
    to.first = new (frame) kept_frame{to.first};
    ++to.count;
}

}  // namespace tenon::detail
