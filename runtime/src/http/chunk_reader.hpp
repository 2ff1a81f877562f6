// The chunked transfer coding (RFC 9112, section 7.1), byte by byte: where a read ended is never seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tenon::http {

class chunk_reader {
  public:
    enum class progress {
        need_more,
        data,       ///< Some of the body.
        done,       ///< The last chunk and the trailers are behind us.
        malformed,  ///< Not the coding, or more extensions and trailers than `overhead_max` bytes.
        too_large,  ///< A chunk's size exceeds what is left of `body_max`.
    };

    chunk_reader(std::size_t body_max, std::size_t overhead_max) : body_left_(body_max), overhead_left_(overhead_max) {}

    /// Takes bytes from the front of `bytes`: all of them with `need_more`. With `data`, the data is in `data`.
    progress take(std::string_view& bytes, std::string_view& data);

  private:
    enum class state {
        size_first,  // the first digit of a size
        size_more,
        blank_before_extension,
        extension,
        size_newline,
        data,
        data_return,
        data_newline,
        line_first,  // of a trailer, or of the end
        trailer_name,
        trailer_value,
        trailer_newline,
        last_newline,
        done,
    };
    enum class verdict { good, malformed, too_large };

    verdict step(char c);
    verdict add_digit(char c);
    verdict after_size(char c);
    verdict count_overhead();

    state state_ = state::size_first;
    std::uint64_t size_ = 0;  // of the chunk, then what is left of its data
    std::uint64_t body_left_;
    std::size_t overhead_left_;
    unsigned digits_ = 0;
};

}  // namespace tenon::http
