// Exact decimal numbers and currencies.
#include <algorithm>
#include <array>

#include "generator/read/values.hpp"

namespace tenon::gen {

namespace {

constexpr std::string_view digits = "0123456789";

bool all_digits(std::string_view text) {
    return text.find_first_not_of(digits) == std::string_view::npos;
}

/// Active codes of ISO 4217 with two decimal places.
constexpr std::string_view two_places =
    " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC "
    "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD "
    "KES "
    "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR "
    "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT "
    "TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG ";
constexpr std::string_view no_places = " BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
constexpr std::string_view three_places = " BHD IQD JOD KWD LYD OMR TND ";

}  // namespace

std::optional<decimal_text> split_decimal(std::string_view text) {
    decimal_text out;
    if (text.starts_with('-')) {
        out.negative = true;
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    out.whole = text.substr(0, point);
    if (point != std::string_view::npos) {
        out.fraction = text.substr(point + 1);
        if (out.fraction.empty()) return std::nullopt;
    }
    if (out.whole.empty() || !all_digits(out.whole) || !all_digits(out.fraction)) return std::nullopt;
    return out;
}

std::optional<std::int64_t> scaled(const decimal_text& number, int scale) {
    constexpr std::size_t most_digits = 18;
    std::string_view fraction = number.fraction;
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    const auto places = static_cast<std::size_t>(scale);
    if (fraction.size() > places) return std::nullopt;
    std::string_view whole = number.whole;
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    if (whole.size() + places > most_digits + (whole == "0" ? 1 : 0)) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : whole) value = value * 10 + (c - '0');
    for (std::size_t i = 0; i < places; ++i) value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    return number.negative ? -value : value;
}

std::optional<int> currency_places(std::string_view code) {
    const bool shaped =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!shaped) return std::nullopt;
    const std::string word = " " + std::string(code) + " ";
    if (two_places.find(word) != std::string_view::npos) return 2;
    if (no_places.find(word) != std::string_view::npos) return 0;
    if (three_places.find(word) != std::string_view::npos) return 3;
    return std::nullopt;
}

}  // namespace tenon::gen
