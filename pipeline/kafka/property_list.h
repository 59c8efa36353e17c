// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

namespace copydesk::kafka {

/// What the loaded librdkafka says of one of its properties.
struct PropertyFacts {
  bool consumer = false;  ///< it concerns consumers
  bool producer = false;  ///< it concerns producers
  std::string range;      ///< "0 .. 900000", "none, gzip, …"; empty where any text is allowed
  bool number = false;    ///< the range is one of numbers
};

/// All properties, by name: read once from rd_kafka_conf_properties_show(), so that they are those of the library that
/// is loaded and not of the one that was there at build time. Empty where it prints them in a form that is not known.
[[nodiscard]] const std::map<std::string, PropertyFacts>& property_list();

}  // namespace copydesk::kafka
