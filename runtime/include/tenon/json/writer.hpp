// Writes JSON text straight into one string: no tree in between. Member order is call order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/decimal.hpp>
#include <tenon/core/enum_names.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/core/written.hpp>
#include <tenon/json/reader.hpp>

namespace tenon::json {

/// Usage: `writer w; w.begin_object(); w.member("id", task.id); w.end_object(); std::move(w).take()`.
class writer {
  public:
    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);

    void value(std::string_view text);  ///< Escaped per RFC 8259; invalid UTF-8 becomes U+FFFD.
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(const char* text) { value(std::string_view(text)); }
    void value(bool flag);
    void value(std::int64_t number);
    void value(int number) { value(static_cast<std::int64_t>(number)); }
    void value(double number);  ///< Shortest form that reads back the same; not finite becomes null.
    void value(const uuid& id);
    void value(instant time);
    void value(date day);
    void value(const money& amount);  ///< {"amount": minor units, "currency": "USD"}
    void value(const json_text& json);
    void null();

    template <class Entity>
    void value(const id<Entity>& typed) {
        value(typed.value);
    }
    /// Decimals travel as strings, so that no client rounds them.
    template <int Precision, int Scale>
    void value(decimal<Precision, Scale> number) {
        value(std::string_view(number.to_string()));
    }
    template <written_value T>
    void value(const T& written) {
        value(std::string_view(written.to_string()));
    }
    template <named_enum Enum>
    void value(Enum e) {
        value(to_name(e));
    }
    template <class T>
    void value(const std::optional<T>& maybe) {
        maybe ? value(*maybe) : null();
    }
    template <class T>
    void value(const std::vector<T>& list) {
        begin_array();
        for (const auto& element : list) value(element);
        end_array();
    }

    template <class T>
    void member(std::string_view name, const T& v) {
        key(name);
        value(v);
    }

    const std::string& text() const { return out_; }
    std::string take() && { return std::move(out_); }

  private:
    void separate();
    std::string out_;
    bool first_ = true;
};

}  // namespace tenon::json
