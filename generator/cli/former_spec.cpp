// Reads the spec of the last generation from among the bases.
#include "generator/cli/former_spec.hpp"

#include "generator/plan/manifest.hpp"
#include "generator/read/read.hpp"
#include "generator/render/renamed_words.hpp"
#include "generator/resolve/resolve.hpp"

namespace tenon::gen {
namespace {

std::optional<model> former_model(const base_texts& bases) {
    auto text = bases.find(spec_path);
    if (!text) return std::nullopt;
    read_options options;
    options.earlier = true;
    const auto read = read_spec({std::string(spec_path), std::move(*text)}, options);
    return read ? std::optional(resolve(*read)) : std::nullopt;
}

}  // namespace

void add_renames(tree& files, const model& product, const base_texts& bases) {
    std::optional<model> read;
    const model* before = &product;
    const auto spec = files.files.find(std::string(spec_path));
    if (spec == files.files.end() || !bases.is_just(spec_path, spec->second.content)) {
        read = former_model(bases);
        if (!read) return;
        before = &*read;
    }
    files.renames = renamed_words(before, product);
    files.renamed_subjects = renamed_subjects(*before, product);
    files.tables = renamed_tables(before, product);
}

}  // namespace tenon::gen
