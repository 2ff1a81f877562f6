// Random choices that a seed decides, the same on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tenon::gen {

/// splitmix64: the standard library's distributions may differ from one implementation to the next.
class dice {
  public:
    explicit dice(std::uint64_t seed) : state_(seed) {}

    /// 0 … n-1; `n` > 0.
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }

  private:
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }

    std::uint64_t state_;
};

}  // namespace tenon::gen
