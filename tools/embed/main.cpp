// embed ROOT LIST OUTPUT: packs the files that LIST names (one path below ROOT a line) into the archive OUTPUT.
//
// The archive: "TENONRES", a count, then per file path size, path offset, content size, content offset; every number
// eight bytes, little-endian, offsets from the start of the archive; then paths and contents. Sorted by path.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct packed_file {
    std::string path;
    std::string content;
};

void append_number(std::string& out, std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(number >> shift & 0xff);
}

bool read_file(const std::string& path, std::string& content) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    content = std::move(text).str();
    return file.good() || content.empty();
}

std::string pack(const std::vector<packed_file>& files) {
    std::string index = "TENONRES";
    append_number(index, files.size());
    std::uint64_t offset = index.size() + files.size() * 32;
    for (const packed_file& file : files) {
        append_number(index, file.path.size());
        append_number(index, offset);
        append_number(index, file.content.size());
        append_number(index, offset + file.path.size());
        offset += file.path.size() + file.content.size();
    }
    for (const packed_file& file : files) index.append(file.path).append(file.content);
    return index;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: embed ROOT LIST OUTPUT\n";
        return 1;
    }
    std::ifstream list(argv[2]);
    std::vector<packed_file> files;
    for (std::string path; std::getline(list, path);) {
        if (path.empty()) continue;
        packed_file file{path, {}};
        if (!read_file(std::string(argv[1]) + "/" + path, file.content)) {
            std::cerr << "embed: cannot read " << path << "\n";
            return 1;
        }
        files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    std::ofstream output(argv[3], std::ios::binary | std::ios::trunc);
    const std::string archive = pack(files);
    output.write(archive.data(), static_cast<std::streamsize>(archive.size()));
    return output.flush() ? 0 : 1;
}
