// The forms, character by character.
#include "generator/types/value_forms.hpp"

#include <algorithm>
#include <charconv>

#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool digits_at(std::string_view text, std::size_t begin, std::size_t count) {
    const std::string_view part = text.substr(std::min(begin, text.size()), count);
    return part.size() == count && part.find_first_not_of("0123456789") == std::string_view::npos;
}

int number_at(std::string_view text, std::size_t begin, std::size_t count) {
    int value = -1;
    const std::string_view part = text.substr(begin, count);
    std::from_chars(part.data(), part.data() + part.size(), value);
    return value;
}

}  // namespace

bool is_date(std::string_view text) {
    static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (text.size() != 10 || !digits_at(text, 0, 4) || text[4] != '-' || !digits_at(text, 5, 2) || text[7] != '-' ||
        !digits_at(text, 8, 2))
        return false;
    const int year = number_at(text, 0, 4);
    const int month = number_at(text, 5, 2);
    const int day = number_at(text, 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    return day <= days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

bool is_datetime(std::string_view text) {
    if (text.size() < 20 || !is_date(text.substr(0, 10)) || text[10] != 'T' || text.back() != 'Z') return false;
    if (!digits_at(text, 11, 2) || text[13] != ':' || !digits_at(text, 14, 2) || text[16] != ':' ||
        !digits_at(text, 17, 2))
        return false;
    if (number_at(text, 11, 2) > 23 || number_at(text, 14, 2) > 59 || number_at(text, 17, 2) > 59) return false;
    const std::string_view fraction = text.substr(19, text.size() - 20);
    return fraction.empty() || (fraction[0] == '.' && fraction.size() >= 2 && fraction.size() <= 7 &&
                                digits_at(fraction, 1, fraction.size() - 1));
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : std::string_view("0123456789abcdef").find(text[i]) == std::string_view::npos)
            return false;
    }
    return true;
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('@', at + 1) == std::string_view::npos &&
           text.size() <= longest_email && text.find('.', at) != std::string_view::npos && text.back() != '.' &&
           text.find_first_of(" \t") == std::string_view::npos;
}

bool is_url(std::string_view text) {
    const bool scheme = text.starts_with("https://") || text.starts_with("http://");
    return scheme && text.size() > text.find("//") + 2 && text.size() <= longest_url &&
           text.find_first_of(" \t") == std::string_view::npos;
}

}  // namespace tenon::gen
