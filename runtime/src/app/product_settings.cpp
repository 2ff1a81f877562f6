// Calls the product's own function, and notes what it asks for.
#include "app/product_settings.hpp"

#include <algorithm>
#include <exception>

#include "feature/feature.hpp"

namespace tenon::app {
namespace {

bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

product_settings read_product_settings(const product& product, const environment& variables) {
    product_settings out;
    if (product.parts == nullptr) return out;
    const environment noting = [&](std::string_view name) {
        if (!has(out.names, name)) out.names.emplace_back(name);
        return variables(name);
    };
    settings_reader in(noting);
    try {
        out.make_parts = product.parts(in);
        out.errors = in.errors();
    } catch (const std::exception& why) {
        out.errors = in.errors();
        out.errors.add("/settings", "of the product's own code cannot be read: " + std::string(why.what()));
    } catch (...) {
        out.errors.add("/settings", "of the product's own code cannot be read");
    }
    for (const feature::setting& taken : feature::all_settings()) {
        const std::string name(taken.name);
        if (has(out.names, name)) out.errors.add("/" + name, "is the service's own; give yours another name");
    }
    if (!out.errors.empty()) out.make_parts = nullptr;
    return out;
}

}  // namespace tenon::app
