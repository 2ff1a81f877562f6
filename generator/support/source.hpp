// A text being read and places in it: byte ranges are kept everywhere, line and column are worked out when printing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::gen {

/// A half-open range of bytes in one source text. The default is the empty range at the start of the text.
struct source_range {
    std::size_t offset = 0;
    std::size_t length = 0;

    friend bool operator==(const source_range&, const source_range&) = default;
};

/// A value together with the place it was written at.
template <class T>
struct located {
    T value{};
    source_range at{};
};

/// A name as written in the spec, with its place.
using name = located<std::string>;

/// One text with the name it is shown under in messages. Owns both.
struct source_text {
    std::string name;
    std::string text;
};

/// Line and column, both from 1. Columns count Unicode code points; a tab counts as one.
struct line_column {
    std::size_t line = 1;
    std::size_t column = 1;

    friend bool operator==(const line_column&, const line_column&) = default;
};

/// Finds lines of a text. Keeps a reference to `text`, which has to live longer. A line ends at '\n'; a '\r' before it
/// and a byte order mark at the start of the text belong to no line.
class line_index {
  public:
    explicit line_index(std::string_view text);

    /// The place of a byte. An offset past the end is taken for the end.
    line_column place(std::size_t offset) const;
    /// The text of a line (from 1), without its line end. A line that is not there is empty.
    std::string_view line(std::size_t number) const;

  private:
    std::size_t line_number(std::size_t offset) const;

    std::string_view text_;
    std::vector<std::size_t> starts_;
};

}  // namespace tenon::gen
