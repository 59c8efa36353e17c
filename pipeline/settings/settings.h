// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/field.h"
#include "config/loader.h"
#include "stages/encode/encode_stage.h"

/// The settings of the worker: what `copydesk run` reads from its file. Each struct is one section of the file; what a
/// key means, its default and bounds stand in settings.cpp, and from there in docs/reference.md and
/// config/copydesk.yaml.
namespace copydesk::settings {

/// Properties of librdkafka by their own names ("security.protocol"), handed to it as they are.
using KafkaProperties = std::map<std::string, std::string>;

enum class GroupProtocol { kClassic, kConsumer };
enum class Assignor { kRange, kRoundRobin, kCooperativeSticky };
enum class OffsetReset { kEarliest, kLatest, kError };

/// `kafka`: where articles come from and where records go.
struct KafkaSettings {
  std::vector<std::string> brokers{"127.0.0.1:9092"};
  std::string group = "copydesk";
  std::string instance_id;  ///< empty: none
  GroupProtocol group_protocol = GroupProtocol::kClassic;
  Assignor assignor = Assignor::kRange;
  std::string client_id = "copydesk";
  std::string input = "wire.articles";
  std::string output = "wire.enriched";
  std::string dead_letters = "wire.dead-letters";
  OffsetReset auto_offset_reset = OffsetReset::kEarliest;
  config::Duration topic_check_interval = std::chrono::seconds(10);
  config::Duration missing_input_timeout = std::chrono::minutes(1);
  KafkaProperties common;    ///< for both clients; then
  KafkaProperties consumer;  ///< these for the consumer and
  KafkaProperties producer;  ///< these for the producer; both win over what Copydesk sets itself

  static void describe(config::Section& section, KafkaSettings& self);
  void check(config::Problems& problems) const;
};

enum class Guarantee { kAtLeastOnce, kExactlyOnce };
enum class Ordering { kPartition, kKey };
enum class Compression { kZstd, kLz4, kGzip, kSnappy, kNone };

/// `delivery`: what is promised of the records that leave, and its cost.
struct DeliverySettings {
  Guarantee guarantee = Guarantee::kAtLeastOnce;
  Ordering ordering = Ordering::kPartition;
  config::Duration commit_interval = std::chrono::seconds(1);
  config::Duration transaction_interval = std::chrono::milliseconds(500);
  config::Duration transaction_timeout = std::chrono::seconds(15);
  config::Duration drain_timeout = std::chrono::seconds(20);
  Compression compression = Compression::kZstd;
  config::Duration linger = std::chrono::milliseconds(10);
  config::Bytes max_record_bytes = config::mebibytes(32);

  static void describe(config::Section& section, DeliverySettings& self);
  void check(config::Problems& problems) const;
};

/// `output`: what a published record holds.
struct OutputSettings {
  encode::OutputFormat format = encode::OutputFormat::kRecord;
  bool tokens = false;
  bool timestamps = true;

  static void describe(config::Section& section, OutputSettings& self);
};

/// `limits`: what one article, and all articles in flight, may cost.
struct LimitSettings {
  config::Bytes max_article_bytes = config::mebibytes(16);
  config::Bytes max_article_memory = config::gibibytes(1);
  config::Duration article_deadline = std::chrono::seconds(10);
  std::uint32_t inflight_records = 2'000;
  config::Bytes inflight_bytes = config::mebibytes(64);

  static void describe(config::Section& section, LimitSettings& self);
  void check(config::Problems& problems) const;
};

/// `pipeline`: how articles are analysed.
struct PipelineSettings {
  std::uint32_t threads = 0;  ///< 0: one per core
  std::string default_language = "en";
  std::filesystem::path models;  ///< empty: the installed ones

  static void describe(config::Section& section, PipelineSettings& self);
};

/// `names`: what the newsroom teaches. Files as stages/entities/desk_names.h describes them.
struct NameSettings {
  std::vector<std::string> add;
  std::vector<std::string> block;
  config::Duration check_interval = std::chrono::seconds(5);

  static void describe(config::Section& section, NameSettings& self);
};

/// `story`: what an article is to those before it.
struct StorySettings {
  bool marks = true;
  std::uint32_t window_articles = 10'000;
  config::Duration window = std::chrono::hours(48);
  std::uint32_t duplicate_similarity = 50;  ///< percent
  config::Duration history_timeout = std::chrono::seconds(30);

  static void describe(config::Section& section, StorySettings& self);
};

/// `http.tls`: both or none.
struct HttpTlsSettings {
  std::filesystem::path certificate;
  std::filesystem::path key;

  static void describe(config::Section& section, HttpTlsSettings& self);
  void check(config::Problems& problems) const;
};

/// `http`: metrics, health and the live page, on one port.
struct HttpSettings {
  std::string listen = "127.0.0.1:9464";  ///< or "off"
  std::vector<std::string> hosts;
  std::string username;
  config::Secret password;
  HttpTlsSettings tls;
  bool page = true;
  std::uint32_t kept_articles = 200;
  config::Duration kept_for = std::chrono::hours(1);
  std::uint32_t max_event_streams = 8;

  [[nodiscard]] bool enabled() const { return listen != "off"; }
  static void describe(config::Section& section, HttpSettings& self);
  void check(config::Problems& problems) const;
};

enum class LogLevel { kTrace, kDebug, kInfo, kWarn, kError, kOff };
enum class LogFormat { kText, kJson };

/// `log`: what is written to stderr.
struct LogSettings {
  LogLevel level = LogLevel::kInfo;
  LogFormat format = LogFormat::kText;

  static void describe(config::Section& section, LogSettings& self);
};

/// All of them: the root of the file.
struct Settings {
  KafkaSettings kafka;
  DeliverySettings delivery;
  OutputSettings output;
  LimitSettings limits;
  PipelineSettings pipeline;
  NameSettings names;
  StorySettings story;
  HttpSettings http;
  LogSettings log;

  static void describe(config::Section& section, Settings& self);
  void check(config::Problems& problems) const;
};

/// Under which of the three keys of `kafka` a property stands.
enum class PropertyMap { kCommon, kConsumer, kProducer };

/// Says what is wrong with a property of librdkafka, if anything, beyond pipeline/settings/reserved_properties.h.
/// pipeline/kafka has the real one: only it knows the library.
using PropertyCheck =
    std::function<std::optional<std::string>(PropertyMap map, const std::string& name, const std::string& value)>;

/// Blames every pass-through property that reserved_property_problem(), or `check` where there is one, refuses, each on
/// its line. Call it before `loader.finish()`.
void check_properties(const KafkaSettings& kafka, const PropertyCheck& check, config::Loader& loader);

}  // namespace copydesk::settings
