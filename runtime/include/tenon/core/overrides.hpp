// Which virtual functions a class overrides, known when it is compiled.
#pragma once

#include <type_traits>

namespace tenon {

/// overrides<&custom::after, &base::after>: false when `custom` only inherits `after`, because then both name the
/// member of `base`. The function must be accessible and not overloaded in either.
template <auto Custom, auto Base>
constexpr bool overrides = !std::is_same_v<decltype(Custom), decltype(Base)>;

}  // namespace tenon
