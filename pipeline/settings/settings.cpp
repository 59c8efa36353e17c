// SPDX-License-Identifier: Apache-2.0
#include "pipeline/settings/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "pipeline/settings/reserved_properties.h"

namespace copydesk::settings {
namespace {

using namespace std::chrono_literals;

bool all_of(std::string_view text, std::string_view also_allowed) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           also_allowed.find(c) != std::string_view::npos;
  });
}

bool is_port(std::string_view text) {
  const auto port = config::parse_unsigned(text);
  return port && *port <= 65'535;
}

/// "host:port", "1.2.3.4:port" or "[::1]:port".
bool is_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !is_port(text.substr(colon + 1))) return false;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
    return !host.empty() && all_of(host, ":.%");
  }
  return !host.empty() && all_of(host, ".-_");
}

/// Those that librdkafka knows (rd_kafka_secproto_names).
constexpr std::array<std::string_view, 4> kBrokerProtocols{"PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"};

bool is_broker_protocol(std::string_view text) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  return std::any_of(kBrokerProtocols.begin(), kBrokerProtocols.end(), [&](std::string_view known) {
    return std::equal(text.begin(), text.end(), known.begin(), known.end(),
                      [&](char given, char wanted) { return upper(given) == wanted; });
  });
}

/// As librdkafka takes them: the protocol and the port (9092) may be left out.
bool is_broker(std::string_view text) {
  if (const std::size_t end = text.find("://"); end != std::string_view::npos) {
    if (!is_broker_protocol(text.substr(0, end))) return false;
    text.remove_prefix(end + 3);
  }
  return is_address(text) || (!text.empty() && all_of(text, ".-_"));
}

bool is_listen_address(std::string_view text) {
  return text == "off" || is_address(text);
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 && all_of(text, ".-_");
}

bool is_username(std::string_view text) {
  return text.find(':') == std::string_view::npos && text.size() <= 255;
}

/// Kafka's own rule (org.apache.kafka.common.internals.Topic).
bool is_topic(std::string_view text) {
  return !text.empty() && text.size() <= 249 && text != "." && text != ".." && all_of(text, "._-");
}

bool is_not_empty(std::string_view text) {
  return !text.empty();
}

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 35 && text.front() != '-' && text.back() != '-' && all_of(text, "-");
}

/// librdkafka's defaults since 1.9; the broker's limits are well above.
constexpr std::uint64_t kDefaultSessionTimeoutMs = 45'000;
constexpr std::uint64_t kDefaultMaxPollIntervalMs = 300'000;

/// A number among the consumer's properties, where it is given.
std::uint64_t consumer_number(const KafkaSettings& kafka, const std::string& name, std::uint64_t fallback) {
  for (const KafkaProperties* properties : {&kafka.common, &kafka.consumer}) {
    const auto found = properties->find(name);
    if (found != properties->end()) fallback = config::parse_unsigned(found->second).value_or(fallback);
  }
  return fallback;
}

}  // namespace

void KafkaSettings::describe(config::Section& section, KafkaSettings& self) {
  const std::string topic_form = "letters, digits, “.”, “_” and “-”, at most 249";
  section.field("brokers", self.brokers,
                {.doc = "Brokers to connect to first; they name the rest of the cluster.",
                 .min = 1,
                 .example = "[kafka-1:9092, kafka-2:9092]",
                 .form = "host:port, also after PLAINTEXT://, SSL://, SASL_PLAINTEXT:// or SASL_SSL://",
                 .accepts = is_broker});
  section.field("group", self.group,
                {.doc = "Consumer group. Workers of one group share the partitions of the input topic.",
                 .form = "any text but none",
                 .accepts = is_not_empty});
  section.field("instance_id", self.instance_id,
                {.doc = "Name of this worker that no other of the group has and that stays the same when it starts "
                        "again (group.instance.id): a worker that is back within the session timeout gets its "
                        "partitions back, and nothing moves. Empty: workers have no names.",
                 .example = "${HOSTNAME}"});
  section.choice("group_protocol", self.group_protocol,
                 {{"classic", GroupProtocol::kClassic}, {"consumer", GroupProtocol::kConsumer}},
                 {.doc = "How the group shares partitions: classic, or consumer, where the brokers decide (KIP-848: "
                         "Kafka 4.0 and librdkafka 2.12 at least; a worker with an older one does not start)."});
  section.choice("assignor", self.assignor,
                 {{"range", Assignor::kRange},
                  {"roundrobin", Assignor::kRoundRobin},
                  {"cooperative-sticky", Assignor::kCooperativeSticky}},
                 {.doc = "How the classic protocol shares partitions. With cooperative-sticky, workers go on with the "
                         "partitions that they keep; librdkafka before 2.6.1 can loop in it. All workers of a group "
                         "need the same kind: range and roundrobin, or cooperative-sticky."});
  section.field("client_id", self.client_id,
                {.doc = "How this worker calls itself in the broker's logs, metrics and quotas.",
                 .form = "any text but none",
                 .accepts = is_not_empty});
  section.field(
      "input", self.input,
      {.doc = "Topic of the wire's articles (ninjs, or plain JSON).", .form = topic_form, .accepts = is_topic});
  section.field("output", self.output, {.doc = "Topic for enriched records.", .form = topic_form, .accepts = is_topic});
  section.field("dead_letters", self.dead_letters,
                {.doc = "Topic for input that cannot be enriched, byte for byte, with the reason in its headers.",
                 .form = topic_form,
                 .accepts = is_topic});
  section.choice(
      "auto_offset_reset", self.auto_offset_reset,
      {{"earliest", OffsetReset::kEarliest}, {"latest", OffsetReset::kLatest}, {"error", OffsetReset::kError}},
      {.doc = "Where a group that has committed nothing starts: with the oldest article, with the next to come, or "
              "not at all. With latest, partitions that are added later are read from their beginning. Where a "
              "committed offset is no longer in the topic, earliest and latest go on with the oldest article that "
              "is; with error the worker stops."});
  section.field("topic_check_interval", self.topic_check_interval,
                {.doc = "How often a worker looks at its topics: for new partitions, for what the output and the "
                        "dead-letter topic take (max.message.bytes and others), and whether the input was deleted or "
                        "made anew.",
                 .min = 1s,
                 .max = 5min});
  section.field("missing_input_timeout", self.missing_input_timeout,
                {.doc = "How long the input topic may be missing while the worker runs. It is not ready meanwhile, and "
                        "stops then; a topic that is made anew in time is read from its beginning.",
                 .min = 0ms,
                 .max = 1h});
  section.field("common", self.common,
                {.doc = "Any property of librdkafka by its own name, for consumer and producer: security, timeouts, "
                        "socket options. Values of names such as sasl.password are never shown.",
                 .example = "{security.protocol: SASL_SSL, sasl.password: \"${KAFKA_PASSWORD}\"}"});
  section.field("consumer", self.consumer,
                {.doc = "The same for the consumer alone. Wins over common and over what Copydesk sets itself.",
                 .example = "{session.timeout.ms: 45000}"});
  section.field("producer", self.producer,
                {.doc = "The same for the producer alone. Wins over common and over what Copydesk sets itself.",
                 .example = "{queue.buffering.max.kbytes: 65536}"});
}

void KafkaSettings::check(config::Problems& problems) const {
  if (output == input) problems.add("output", "is the input topic; records would be read as articles again");
  if (dead_letters == input) problems.add("dead_letters", "is the input topic; bad articles would come in again");
  if (dead_letters == output)
    problems.add("dead_letters", "is the output topic; readers of records would meet bad input");
}

void DeliverySettings::describe(config::Section& section, DeliverySettings& self) {
  section.choice(
      "guarantee", self.guarantee,
      {{"at_least_once", Guarantee::kAtLeastOnce}, {"exactly_once", Guarantee::kExactlyOnce}},
      {.doc = "at_least_once: an article's offset is committed only when its record, or its dead letter, and "
              "those of all earlier articles of its partition are acknowledged by the broker. exactly_once: "
              "records, dead letters and offsets are committed together, in transactions; readers of the "
              "output need isolation.level=read_committed."});
  section.choice(
      "ordering", self.ordering, {{"partition", Ordering::kPartition}, {"key", Ordering::kKey}},
      {.doc = "What keeps its order. partition: the records of one input partition leave in the order of its "
              "articles. key: those of one key do, and articles of other keys overtake one that takes long; "
              "articles without a key keep their order among themselves. Not with exactly_once, whose "
              "transactions end at one offset."});
  section.field("commit_interval", self.commit_interval,
                {.doc = "How often finished offsets are committed. Longer means fewer requests, and more articles done "
                        "twice after a crash. For at_least_once.",
                 .min = 10ms,
                 .max = 5min});
  section.field(
      "transaction_interval", self.transaction_interval,
      {.doc = "How long a transaction of exactly_once collects records before it is committed; it is committed "
              "earlier when it holds half of limits.inflight_records or limits.inflight_bytes. Longer costs "
              "less, and readers wait longer.",
       .min = 10ms,
       .max = 5min});
  section.field("transaction_timeout", self.transaction_timeout,
                {.doc = "When the broker aborts a transaction of exactly_once that does not end. Until then readers of "
                        "the output, and the next owner of its partitions, wait for a worker that was killed. At most "
                        "the brokers' transaction.max.timeout.ms.",
                 .min = 1s,
                 .max = 15min});
  section.field(
      "drain_timeout", self.drain_timeout,
      {.doc = "How long articles in flight may take to finish when the worker stops or loses partitions. Keep "
              "it below the broker's session timeout and the time your orchestrator gives to stop.",
       .min = 100ms,
       .max = 10min});
  section.choice("compression", self.compression,
                 {{"zstd", Compression::kZstd},
                  {"lz4", Compression::kLz4},
                  {"gzip", Compression::kGzip},
                  {"snappy", Compression::kSnappy},
                  {"none", Compression::kNone}},
                 {.doc = "Compression of what is published. zstd is the smallest, lz4 the cheapest."});
  section.field("linger", self.linger,
                {.doc = "How long a record may wait for others to share a batch. Longer batches compress better; "
                        "0s publishes at once.",
                 .min = 0ms,
                 .max = 15min});
  section.field("max_record_bytes", self.max_record_bytes,
                {.doc = "Largest record to publish, before compression. The topics must allow it too "
                        "(max.message.bytes). At least limits.max_article_bytes, so that a bad article of any allowed "
                        "size fits into a dead letter.",
                 .min = config::kibibytes(1),
                 .max = config::Bytes{1'000'000'000}});
}

void DeliverySettings::check(config::Problems& problems) const {
  if (guarantee == Guarantee::kExactlyOnce && ordering == Ordering::kKey) {
    problems.add("ordering",
                 "must be partition with delivery.guarantee: exactly_once: a transaction is committed up to one "
                 "offset, which what has overtaken it is beyond");
  }
  if (transaction_interval * 2 > transaction_timeout) {
    problems.add("transaction_interval", "is more than half of delivery.transaction_timeout (" +
                                             config::format_duration(transaction_timeout) +
                                             "): transactions would time out before they are committed");
  }
}

void OutputSettings::describe(config::Section& section, OutputSettings& self) {
  section.choice("format", self.format,
                 {{"record", encode::OutputFormat::kRecord}, {"ninjs", encode::OutputFormat::kNinjs}},
                 {.doc = "What is published: the enriched record, or the ninjs object that came in with people, "
                         "organisations and places added."});
  section.field("tokens", self.tokens,
                {.doc = "Whether records hold tokens and sentences. They make records much larger."});
  section.field("timestamps", self.timestamps,
                {.doc = "Whether records say when the article was received and enriched. Without, the same article "
                        "always gives the same bytes."});
}

void LimitSettings::describe(config::Section& section, LimitSettings& self) {
  section.field("max_article_bytes", self.max_article_bytes,
                {.doc = "Largest input record; a larger one is a dead letter (too_large).",
                 .min = config::kibibytes(1),
                 .max = config::mebibytes(512)});
  section.field("max_article_memory", self.max_article_memory,
                {.doc = "Most memory for the analysis of one article; one that needs more is a dead letter "
                        "(memory_limit).",
                 .min = config::mebibytes(1)});
  section.field("article_deadline", self.article_deadline,
                {.doc = "Longest analysis of one article; one that takes longer is a dead letter (deadline).",
                 .min = 10ms,
                 .max = 10min});
  section.field(
      "inflight_records", self.inflight_records,
      {.doc = "Most articles between input and acknowledgement; the input pauses at it.", .min = 1, .max = 1'000'000});
  section.field("inflight_bytes", self.inflight_bytes,
                {.doc = "Most bytes of input between input and acknowledgement; the input pauses at it. One article is "
                        "always let in, whatever its size.",
                 .min = config::kibibytes(64)});
}

void LimitSettings::check(config::Problems& problems) const {
  if (max_article_memory < max_article_bytes) {
    problems.add("max_article_memory", "is less than limits.max_article_bytes (" +
                                           config::format_bytes(max_article_bytes) +
                                           "); make it several times as much");
  }
}

void PipelineSettings::describe(config::Section& section, PipelineSettings& self) {
  section.field("threads", self.threads,
                {.doc = "Threads that analyse articles; 0 is one per core.", .min = 0, .max = 1024});
  section.field("default_language", self.default_language,
                {.doc = "Language of articles that do not say theirs. Only English is analysed in full.",
                 .form = "a language tag such as en or en-GB",
                 .accepts = is_language});
  section.field("models", self.models, {.doc = "Folder of the models; empty is the installed ones."});
}

void NameSettings::describe(config::Section& section, NameSettings& self) {
  section.field("add", self.add,
                {.doc = "Files of names to find, one a line: TYPE, tab, name and, if wanted, tab and a link. They win "
                        "over what the model finds.",
                 .example = "[/etc/copydesk/names.tsv]"});
  section.field(
      "block", self.block,
      {.doc = "Files of names not to find, one a line: a name and, if wanted, tab and the one type that it is "
              "not.",
       .example = "[/etc/copydesk/blocked.tsv]"});
  section.field("check_interval", self.check_interval,
                {.doc = "How often a worker looks whether these files have changed, and reads them again if so.",
                 .min = 1s,
                 .max = 1h});
}

void StorySettings::describe(config::Section& section, StorySettings& self) {
  section.field(
      "marks", self.marks,
      {.doc = "Whether records say `superseded` (a newer version was there before) and `duplicate_of` (another "
              "article says nearly the same). Without, each record depends on its article alone."});
  section.field("window_articles", self.window_articles,
                {.doc = "Latest articles, of all partitions of a worker, that a new one is compared with. Each costs "
                        "about 700 bytes of memory.",
                 .min = 1,
                 .max = 1'000'000});
  section.field("window", self.window,
                {.doc = "How far back that goes at most, by the timestamps of the input records.",
                 .min = 1s,
                 .max = std::chrono::days(31)});
  section.field("duplicate_similarity", self.duplicate_similarity,
                {.doc = "Least similarity of a duplicate, in percent: what both texts have of the sequences of three "
                        "words that either has.",
                 .min = 40,
                 .max = 100});
  section.field(
      "history_timeout", self.history_timeout,
      {.doc = "How long a partition that a worker takes over may wait until what it held before is read back; "
              "then it goes on without. 0s reads nothing back.",
       .min = 0ms,
       .max = 10min});
}

void HttpSettings::describe(config::Section& section, HttpSettings& self) {
  section.field("listen", self.listen,
                {.doc = "Where /metrics, /healthz, /readyz and the live page are served. Whoever reaches it may read "
                        "them unless username is set. Port 0 takes a free one; off serves nothing.",
                 .example = "0.0.0.0:9464",
                 .form = "host:port or off",
                 .accepts = is_listen_address});
  section.field("hosts", self.hosts,
                {.doc = "Names, beside localhost and the address itself, under which it may be asked (the Host of the "
                        "request), for instance behind a proxy. Where listen is an address of this machine alone, or "
                        "names are given here, other names are refused.",
                 .example = "[desk.example.com]",
                 .form = "a host name without a port",
                 .accepts = is_host});
  section.field("username", self.username,
                {.doc = "Who may read the live page and /metrics (HTTP basic authentication); empty asks nobody. "
                        "/healthz and /readyz stay open. Use it with tls, or behind a proxy that has TLS.",
                 .form = "any text without a colon",
                 .accepts = is_username});
  section.field("password", self.password,
                {.doc = "That user's password.", .example = "${file:/run/secrets/copydesk-http}"});
  section.field("page", self.page, {.doc = "Whether the live page, with the text of articles, is served."});
  section.field("kept_articles", self.kept_articles,
                {.doc = "Latest articles kept for the live page.", .min = 0, .max = 10'000});
  section.field("kept_for", self.kept_for,
                {.doc = "How long they are kept at most.", .min = 1s, .max = std::chrono::days(7)});
  section.field("max_event_streams", self.max_event_streams,
                {.doc = "Most browsers that get live updates at once; each holds a thread.", .min = 0, .max = 256});
  section.section("tls", self.tls, "HTTPS instead of HTTP, from TLS 1.2 on.");
}

void HttpSettings::check(config::Problems& problems) const {
  if (!username.empty() && password.empty()) problems.add("password", "is empty; http.username needs one");
  if (username.empty() && !password.empty()) problems.add("username", "is empty; http.password needs one");
}

void HttpTlsSettings::describe(config::Section& section, HttpTlsSettings& self) {
  section.field("certificate", self.certificate,
                {.doc = "PEM file: the server's certificate, then those that lead to its authority. Empty is plain "
                        "HTTP. Read at the start.",
                 .example = "/etc/copydesk/tls.crt"});
  section.field(
      "key", self.key,
      {.doc = "PEM file: the certificate's private key, without a password.", .example = "/etc/copydesk/tls.key"});
}

void HttpTlsSettings::check(config::Problems& problems) const {
  if (certificate.empty() != key.empty()) {
    problems.add(certificate.empty() ? "certificate" : "key", "is empty; TLS needs the certificate and its key");
  }
}

void LogSettings::describe(config::Section& section, LogSettings& self) {
  section.choice("level", self.level,
                 {{"trace", LogLevel::kTrace},
                  {"debug", LogLevel::kDebug},
                  {"info", LogLevel::kInfo},
                  {"warn", LogLevel::kWarn},
                  {"error", LogLevel::kError},
                  {"off", LogLevel::kOff}},
                 {.doc = "Least severity that is written to stderr. No level writes the text of articles."});
  section.choice("format", self.format, {{"text", LogFormat::kText}, {"json", LogFormat::kJson}},
                 {.doc = "Lines for people, or one JSON object a line."});
}

void Settings::describe(config::Section& section, Settings& self) {
  section.section("kafka", self.kafka, "Where articles come from and where records go.");
  section.section("delivery", self.delivery, "What is promised of the records that leave, and what it costs.");
  section.section("output", self.output, "What a published record holds.");
  section.section("limits", self.limits, "What one article, and all articles in flight, may cost.");
  section.section("pipeline", self.pipeline, "How articles are analysed.");
  section.section("names", self.names, "The newsroom's own names: to add and to block.");
  section.section("story", self.story, "What an article is to those before it: older versions, duplicates.");
  section.section("http", self.http, "Metrics, health and the live page, on one port.");
  section.section("log", self.log, "What is written to stderr.");
}

void Settings::check(config::Problems& problems) const {
  if (delivery.max_record_bytes < limits.max_article_bytes) {
    problems.add("delivery.max_record_bytes", "is less than limits.max_article_bytes (" +
                                                  config::format_bytes(limits.max_article_bytes) +
                                                  "): a bad article of that size would fit into no dead letter");
  }
  const auto drain_ms = static_cast<std::uint64_t>(delivery.drain_timeout.count());
  const std::uint64_t session_ms = consumer_number(kafka, "session.timeout.ms", kDefaultSessionTimeoutMs);
  if (drain_ms >= session_ms) {
    problems.add("delivery.drain_timeout", "must be below the session timeout of the consumer (session.timeout.ms: " +
                                               std::to_string(session_ms) +
                                               "), or the group takes partitions away while they drain");
  }
  const std::uint64_t poll_ms = consumer_number(kafka, "max.poll.interval.ms", kDefaultMaxPollIntervalMs);
  if (drain_ms >= poll_ms) {
    problems.add("delivery.drain_timeout", "must be below max.poll.interval.ms of the consumer (" +
                                               std::to_string(poll_ms) +
                                               "): a worker that drains does not poll, and would be thrown out");
  }
  if (delivery.guarantee == Guarantee::kExactlyOnce) {
    for (const auto& [map_name, properties] : {std::pair("common", &kafka.common), {"consumer", &kafka.consumer}}) {
      const auto level = properties->find("isolation.level");
      if (level != properties->end() && level->second != "read_committed") {
        problems.add("kafka." + std::string(map_name) + ".isolation.level",
                     "must be read_committed with delivery.guarantee: exactly_once: a worker would start before the "
                     "last owner's transaction has ended");
      }
    }
  }
  if (kafka.group_protocol == GroupProtocol::kConsumer && kafka.assignor != Assignor::kRange) {
    problems.add("kafka.assignor",
                 "is for the classic protocol; with kafka.group_protocol: consumer the brokers assign");
  }
}

void check_properties(const KafkaSettings& kafka, const PropertyCheck& check, config::Loader& loader) {
  const auto check_map = [&](PropertyMap map, const std::string& map_name, const KafkaProperties& properties) {
    for (const auto& [name, value] : properties) {
      auto problem = reserved_property_problem(name, value);
      if (!problem && check) problem = check(map, name, value);
      if (problem) loader.blame("kafka." + map_name + "." + name, std::move(*problem));
    }
  };
  check_map(PropertyMap::kCommon, "common", kafka.common);
  check_map(PropertyMap::kConsumer, "consumer", kafka.consumer);
  check_map(PropertyMap::kProducer, "producer", kafka.producer);
}

}  // namespace copydesk::settings
