// Specs with and without the features of tests/features/.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"

namespace tenon::gen::sample {

/// A product with tasks, and perhaps another entity; `constructs` stand at the top.
inline std::string spec_with(const std::string& constructs, const std::string& other = "") {
    const std::string fields = ": {fields: {title: \"string(1..9)\"}}\n";
    return "tenon: 1\nservice: {name: shop, title: Shop}\ntenant: {name: workspace}\n" + constructs +
           "access: {read: member, create: member, update: member, delete: member}\nentities:\n  Task" + fields +
           (other.empty() ? "" : "  " + other + fields);
}

inline const std::string notes_on = "notes: {reminders: {sender: Ada}}\n";

/// Every message, a line each.
inline std::string refusals_of(const std::string& text) {
    const auto read = read_spec({"spec.yaml", text});
    std::string out;
    if (read) return out;
    for (const diagnostic& one : read.error().items) out += one.message + "; " + one.hint + "\n";
    return out;
}

inline spec read_or_fail(const std::string& text) {
    auto read = read_spec({"spec.yaml", text});
    EXPECT_TRUE(read) << refusals_of(text);
    return read ? std::move(*read) : spec();
}

inline model model_of(const std::string& text) {
    return resolve(read_or_fail(text));
}

}  // namespace tenon::gen::sample
