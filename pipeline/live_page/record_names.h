#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::live_page {

/// Who is quoted in an enriched record, and which places it names. At most kMost of each, names cut at kMaxName bytes.
struct RecordNames {
  static constexpr std::size_t kMost = 64;
  static constexpr std::size_t kMaxName = 120;

  struct Person {
    std::string name;
    std::string role;  ///< may be empty
    std::uint32_t quotes = 0;
  };
  struct Place {
    std::string name;
    std::string type;                                            ///< GPE, LOC or FAC
    std::uint64_t geonames = 0;                                  ///< 0 = unknown
    double latitude = std::numeric_limits<double>::quiet_NaN();  ///< degrees, WGS 84; NaN = unknown
    double longitude = std::numeric_limits<double>::quiet_NaN();
  };
  std::vector<Person> people;
  std::vector<Place> places;
  bool duplicate = false;  ///< the record says that another article said nearly the same before
};

/// Reads records; reuses its memory. Used by one thread at a time.
class RecordNamesReader {
 public:
  RecordNamesReader();
  ~RecordNamesReader();

  /// Nothing where the record is no JSON object. Unnamed sources ("an official") are left out. The result is valid
  /// until the next call.
  [[nodiscard]] const RecordNames& read(std::string_view record);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  RecordNames names_;
};

}  // namespace copydesk::live_page
