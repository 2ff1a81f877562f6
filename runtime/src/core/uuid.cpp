// Ids: version 7 generation (RFC 9562, section 5.7), exact parsing and printing.
#include <sys/random.h>

#include <cstring>
#include <stdexcept>

#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon {
namespace {

// Random bytes from the kernel, fetched a page at a time: one system call serves some 400 ids.
class random_pool {
  public:
    void take(std::uint8_t* out, std::size_t count) {
        if (position_ + count > sizeof bytes_) refill();
        std::memcpy(out, bytes_ + position_, count);
        // What has been given out is not kept in memory.
        std::memset(bytes_ + position_, 0, count);
        position_ += count;
    }

  private:
    void refill() {
        std::size_t filled = 0;
        while (filled < sizeof bytes_) {
            const ssize_t got = getrandom(bytes_ + filled, sizeof bytes_ - filled, 0);
            if (got < 0 && errno != EINTR) throw std::runtime_error("the kernel gives no random bytes");
            if (got > 0) filled += static_cast<std::size_t>(got);
        }
        position_ = 0;
    }
    std::uint8_t bytes_[4096];
    std::size_t position_ = sizeof bytes_;
};

struct generator_state {
    random_pool pool;
    std::uint64_t last_ms = 0;
    std::uint16_t counter = 0;  // rand_a: 12 bits that grow within one millisecond (RFC 9562, section 6.2, method 1)
};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr bool is_dash_position(std::size_t i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
}

}  // namespace

uuid uuid::generate() {
    thread_local generator_state state;
    uuid out;
    state.pool.take(out.bytes.data() + 6, 10);

    const auto now = static_cast<std::uint64_t>(instant::now().micros / 1000);
    if (now > state.last_ms) {
        state.last_ms = now;
        // The top bit starts clear, so that at least 2,048 ids fit into a millisecond before the clock is borrowed
        // from.
        state.counter = static_cast<std::uint16_t>(((out.bytes[6] & 0x07U) << 8U) | out.bytes[7]);
    } else if (++state.counter > 0x0FFFU) {
        ++state.last_ms;
        state.counter = 0;
    }
    for (int i = 0; i < 6; ++i) {
        out.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(state.last_ms >> (40 - 8 * i));
    }
    out.bytes[6] = static_cast<std::uint8_t>(0x70U | (state.counter >> 8U));
    out.bytes[7] = static_cast<std::uint8_t>(state.counter & 0xFFU);
    out.bytes[8] = static_cast<std::uint8_t>(0x80U | (out.bytes[8] & 0x3FU));
    return out;
}

std::optional<uuid> uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    uuid out;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_dash_position(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int digit = hex_digit(text[i]);
        if (digit < 0) return std::nullopt;
        auto& byte = out.bytes[nibble / 2];
        byte = static_cast<std::uint8_t>((byte << 4U) | static_cast<unsigned>(digit));
        ++nibble;
    }
    return out;
}

std::string uuid::to_string() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out(36, '-');
    std::size_t position = 0;
    for (const std::uint8_t byte : bytes) {
        if (is_dash_position(position)) ++position;
        out[position++] = digits[byte >> 4U];
        out[position++] = digits[byte & 0x0FU];
    }
    return out;
}

}  // namespace tenon
