// The chunked transfer coding as a machine of single bytes.
#include "http/chunk_reader.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace tenon::http {
namespace {

constexpr unsigned digits_max = 16;  // leading zeros included

bool is_text(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7F);
}

}  // namespace

chunk_reader::progress chunk_reader::take(std::string_view& bytes, std::string_view& data) {
    while (!bytes.empty()) {
        if (state_ == state::data) {
            data = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(size_, bytes.size())));
            bytes.remove_prefix(data.size());
            size_ -= data.size();
            if (size_ == 0) state_ = state::data_return;
            return progress::data;
        }
        const verdict found = step(bytes.front());
        if (found == verdict::malformed) return progress::malformed;
        if (found == verdict::too_large) return progress::too_large;
        bytes.remove_prefix(1);
        if (state_ == state::done) return progress::done;
    }
    return progress::need_more;
}

chunk_reader::verdict chunk_reader::step(char c) {
    const auto expect = [&](char wanted, state next) {
        state_ = next;
        return c == wanted ? verdict::good : verdict::malformed;
    };
    switch (state_) {
        case state::size_first:
            size_ = 0;
            digits_ = 0;
            return add_digit(c);
        case state::size_more:
            return ascii::hex_value(c) >= 0 ? add_digit(c) : after_size(c);
        case state::blank_before_extension:
            if (c == ';') state_ = state::extension;
            return c == ';' || c == ' ' || c == '\t' ? count_overhead() : verdict::malformed;
        case state::extension:
            if (c == '\r') return expect('\r', state::size_newline);
            return is_text(c) ? count_overhead() : verdict::malformed;
        case state::size_newline:
            return expect('\n', size_ == 0 ? state::line_first : state::data);
        case state::data_return:
            return expect('\r', state::data_newline);
        case state::data_newline:
            return expect('\n', state::size_first);
        case state::line_first:
            if (c == '\r') return expect('\r', state::last_newline);
            state_ = state::trailer_name;
            return ascii::is_token(c) ? count_overhead() : verdict::malformed;
        case state::trailer_name:
            if (c == ':') state_ = state::trailer_value;
            return c == ':' || ascii::is_token(c) ? count_overhead() : verdict::malformed;
        case state::trailer_value:
            if (c == '\r') return expect('\r', state::trailer_newline);
            return is_text(c) ? count_overhead() : verdict::malformed;
        case state::trailer_newline:
            return expect('\n', state::line_first);
        case state::last_newline:
            return expect('\n', state::done);
        case state::data:
        case state::done:
            break;
    }
    return verdict::malformed;
}

// A size that is too large is so at its first digit too many, whatever follows.
chunk_reader::verdict chunk_reader::add_digit(char c) {
    const int value = ascii::hex_value(c);
    if (value < 0 || ++digits_ > digits_max) return verdict::malformed;
    state_ = state::size_more;
    size_ = size_ * 16 + static_cast<std::uint64_t>(value);
    return size_ > body_left_ ? verdict::too_large : verdict::good;
}

chunk_reader::verdict chunk_reader::after_size(char c) {
    body_left_ -= size_;
    if (c == '\r') {
        state_ = state::size_newline;
        return verdict::good;
    }
    state_ = c == ';' ? state::extension : state::blank_before_extension;
    return c == ';' || c == ' ' || c == '\t' ? count_overhead() : verdict::malformed;
}

chunk_reader::verdict chunk_reader::count_overhead() {
    if (overhead_left_ == 0) return verdict::malformed;
    --overhead_left_;
    return verdict::good;
}

}  // namespace tenon::http
