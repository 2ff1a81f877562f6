// Run by builds: writes openapi.json and the page for people beside each other.
//   tenon_describe_api OPENAPI.YAML JSON PAGE
#include <yaml-cpp/yaml.h>

#include <exception>
#include <fstream>
#include <iostream>

#include "document.hpp"

namespace {

bool write(const char* path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    return bool(out.flush());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: tenon_describe_api OPENAPI.YAML JSON PAGE\n";
        return 2;
    }
    try {
        const YAML::Node document = YAML::LoadFile(argv[1]);
        if (!document.IsMap()) throw std::runtime_error("it is no mapping");
        if (write(argv[2], tenon::describe::as_json(document)) && write(argv[3], tenon::describe::as_page(document)))
            return 0;
        std::cerr << argv[2] << " or " << argv[3] << " cannot be written\n";
    } catch (const std::exception& wrong) {
        std::cerr << argv[1] << ": " << wrong.what() << "\n";
    }
    return 1;
}
