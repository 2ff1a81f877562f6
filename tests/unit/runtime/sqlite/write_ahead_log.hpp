// How many transactions are in the write-ahead log of a SQLite database (sqlite.org/fileformat2.html, section 4).
#pragma once

#include <array>
#include <cstdint>
#include <fstream>
#include <string>

namespace tenon::db {

/// Since the log was begun anew, which it is after a checkpoint: every 1,000 pages.
inline std::size_t commits_in_log(const std::string& database) {
    constexpr std::size_t header_bytes = 32, frame_header_bytes = 24;
    const auto number_at = [](const auto& bytes, std::size_t at) {
        std::uint32_t out = 0;
        for (std::size_t i = at; i < at + 4; ++i) out = out << 8 | static_cast<std::uint8_t>(bytes[i]);
        return out;
    };
    std::ifstream log(database + "-wal", std::ios::binary);
    std::array<char, header_bytes> header{};
    std::array<char, frame_header_bytes> frame{};
    log.read(header.data(), header.size());
    std::size_t out = 0;
    while (log.read(frame.data(), frame.size())) {
        const bool is_old =
            number_at(frame, 8) != number_at(header, 16) || number_at(frame, 12) != number_at(header, 20);
        if (is_old) break;
        if (number_at(frame, 4) != 0) ++out;  // the size of the database after a commit
        log.seekg(number_at(header, 8), std::ios::cur);
    }
    return out;
}

}  // namespace tenon::db
