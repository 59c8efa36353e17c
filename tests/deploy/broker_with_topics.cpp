// SPDX-License-Identifier: Apache-2.0
// broker_with_topics: a Kafka with the topics wire.articles, wire.enriched and wire.dead-letters, for tests that start
// workers in other ways than `copydesk run` of this build tree. It ends with its standard input.
//   writes "broker ADDRESS"; to each line "count TOPIC" it answers "count NUMBER"

#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include "pipeline/private_broker/private_broker.h"
#include "tests/delivery/kafka_client.h"

int main() {
  using copydesk::delivery::KafkaClient;
  constexpr int kPartitions = 4;
  constexpr std::string_view kCount = "count ";
  try {
    const copydesk::private_broker::PrivateBroker broker;
    const KafkaClient client(broker.bootstrap_servers());
    client.create_topic("wire.articles", kPartitions);
    client.create_topic("wire.enriched", kPartitions);
    client.create_topic("wire.dead-letters", 1);
    std::cout << "broker " << broker.bootstrap_servers() << '\n' << std::flush;
    for (std::string line; std::getline(std::cin, line);) {
      if (!line.starts_with(kCount)) return 1;
      std::cout << "count " << client.count(line.substr(kCount.size())) << '\n' << std::flush;
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
