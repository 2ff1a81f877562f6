// The currencies that there are, and the decimal places of each. Without sources: the generator reads it, too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenon {

/// Decimal places of an active ISO 4217 code (0, 2, 3 or 4), those of funds and those just withdrawn (ANG, BGN) among
/// them, for there are still sums in them; nothing for anything else.
/// Metals, drawing rights and the codes for tests have no minor unit to count in, and are not here.
inline std::optional<int> currency_places(std::string_view code) {
    struct group {
        int places;
        std::string_view codes;  // between blanks
    };
    static constexpr group groups[] = {
        {2,
         " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE "
         "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
         "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR "
         "MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK "
         "SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD "
         "XCG YER ZAR ZMW ZWG "},
        {0, " BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "},
        {3, " BHD IQD JOD KWD LYD OMR TND "},
        {4, " CLF UYW "}};
    if (code.size() != 3 || code.find(' ') != code.npos) return std::nullopt;
    for (const group& each : groups) {
        for (std::size_t at = 1; at < each.codes.size(); at += 4)
            if (each.codes.substr(at, 3) == code) return each.places;
    }
    return std::nullopt;
}

}  // namespace tenon
