// SPDX-License-Identifier: Apache-2.0
#include "tests/delivery/kafka_client.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <type_traits>

namespace copydesk::delivery {
namespace {

constexpr int kPatienceMs = 30'000;

template <auto Destroy>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Destroy(object);
  }
};
using Handle = std::unique_ptr<rd_kafka_t, Deleter<rd_kafka_destroy>>;
using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t, Deleter<rd_kafka_topic_partition_list_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Deleter<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Deleter<rd_kafka_event_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Deleter<rd_kafka_message_destroy>>;

void require(bool condition, const std::string& message) {
  if (!condition) throw std::runtime_error(message);
}

void require(rd_kafka_resp_err_t error, const std::string& what) {
  require(error == RD_KAFKA_RESP_ERR_NO_ERROR, what + ": " + rd_kafka_err2str(error));
}

/// Brokers learn of a change a little after the one that has made it. What throws does not hold yet.
void await(const std::string& complaint, const std::function<bool()>& condition) {
  std::string last = "it does not hold";
  for (int i = 0; i < 200; ++i) {
    try {
      if (condition()) return;
    } catch (const std::runtime_error& error) {
      last = error.what();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error(complaint + ": " + last);
}

/// What a broker answers to a request of an administrator.
Event answer(const Queue& queue, const std::string& what) {
  Event event(rd_kafka_queue_poll(queue.get(), kPatienceMs));
  require(event != nullptr, "no answer to: " + what);
  require(rd_kafka_event_error(event.get()), what);
  return event;
}

Handle connect(rd_kafka_type_t type, const std::string& bootstrap, std::map<std::string, std::string> properties) {
  properties["bootstrap.servers"] = bootstrap;
  properties["log_level"] = "0";
  std::array<char, 512> message{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [name, value] : properties) {
    require(rd_kafka_conf_set(conf, name.c_str(), value.c_str(), message.data(), message.size()) == RD_KAFKA_CONF_OK,
            message.data());
  }
  Handle handle(rd_kafka_new(type, conf, message.data(), message.size()));
  require(handle != nullptr, message.data());
  return handle;
}

std::vector<std::int32_t> partitions_of(rd_kafka_t* handle, const std::string& topic) {
  const std::unique_ptr<rd_kafka_topic_t, Deleter<rd_kafka_topic_destroy>> object(
      rd_kafka_topic_new(handle, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  require(rd_kafka_metadata(handle, 0, object.get(), &raw, kPatienceMs), "metadata of " + topic);
  const std::unique_ptr<const rd_kafka_metadata_t, Deleter<rd_kafka_metadata_destroy>> metadata(raw);
  require(metadata->topic_cnt == 1, "metadata of " + topic);
  require(metadata->topics[0].err, "metadata of " + topic);
  std::vector<std::int32_t> ids;
  ids.reserve(static_cast<std::size_t>(metadata->topics[0].partition_cnt));
  for (int i = 0; i < metadata->topics[0].partition_cnt; ++i) ids.push_back(metadata->topics[0].partitions[i].id);
  return ids;
}

std::string bytes(const void* data, std::size_t size) {
  return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

Record to_record(const rd_kafka_message_t& message) {
  Record record;
  record.partition = message.partition;
  record.offset = message.offset;
  if (message.key != nullptr) record.key = bytes(message.key, message.key_len);
  if (message.payload != nullptr) record.value = bytes(message.payload, message.len);
  record.timestamp = rd_kafka_message_timestamp(&message, nullptr);
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
      record.headers.emplace_back(name, bytes(value, size));
    }
  }
  return record;
}

struct Deliveries {
  std::size_t done = 0;
  std::string failure;
};

void on_delivery(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message, void* opaque) {
  auto& deliveries = *static_cast<Deliveries*>(opaque);
  ++deliveries.done;
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) deliveries.failure = rd_kafka_err2str(message->err);
}

void send(rd_kafka_t* handle, const std::string& topic, const Record& record) {
  rd_kafka_headers_t* headers = rd_kafka_headers_new(record.headers.size());
  for (const auto& [name, value] : record.headers) {
    rd_kafka_header_add(headers, name.data(), std::ssize(name), value.data(), std::ssize(value));
  }
  const char* key = record.key ? record.key->data() : nullptr;
  const std::size_t key_size = record.key ? record.key->size() : 0;
  char* value = record.value ? const_cast<char*>(record.value->data()) : nullptr;
  const std::size_t value_size = record.value ? record.value->size() : 0;
  for (;;) {
    const auto error = rd_kafka_producev(
        handle, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(record.partition), RD_KAFKA_V_KEY(key, key_size),
        RD_KAFKA_V_VALUE(value, value_size), RD_KAFKA_V_TIMESTAMP(record.timestamp),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      rd_kafka_headers_destroy(headers);
      require(error, "produce to " + topic);
    }
    rd_kafka_poll(handle, 100);
  }
}

}  // namespace

std::optional<std::string> Record::header(std::string_view name) const {
  const auto found =
      std::find_if(headers.rbegin(), headers.rend(), [&](const auto& header) { return header.first == name; });
  return found == headers.rend() ? std::nullopt : std::optional(found->second);
}

void KafkaClient::create_topic(const std::string& name, int partitions,
                               const std::map<std::string, std::string>& config, int replicas) const {
  const Handle handle = connect(RD_KAFKA_PRODUCER, bootstrap_, {});
  std::array<char, 512> message{};
  std::unique_ptr<rd_kafka_NewTopic_t, Deleter<rd_kafka_NewTopic_destroy>> topic(
      rd_kafka_NewTopic_new(name.c_str(), partitions, replicas, message.data(), message.size()));
  require(topic != nullptr, message.data());
  for (const auto& [key, value] : config) rd_kafka_NewTopic_set_config(topic.get(), key.c_str(), value.c_str());
  const Queue queue(rd_kafka_queue_new(handle.get()));
  rd_kafka_NewTopic_t* topics = topic.get();
  rd_kafka_CreateTopics(handle.get(), &topics, 1, nullptr, queue.get());
  const Event event = answer(queue, "create topic " + name);
  std::size_t count = 0;
  const auto* results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  require(count == 1, "create topic " + name);
  require(rd_kafka_topic_result_error(results[0]), "create topic " + name);
  // The controller has it; every broker learns of it a little later.
  await("the new topic " + name + " does not appear", [&] {
    return std::ssize(partitions_of(connect(RD_KAFKA_PRODUCER, bootstrap_, {}).get(), name)) == partitions;
  });
}

void KafkaClient::delete_topic(const std::string& name) const {
  const Handle handle = connect(RD_KAFKA_PRODUCER, bootstrap_, {});
  const std::unique_ptr<rd_kafka_DeleteTopic_t, Deleter<rd_kafka_DeleteTopic_destroy>> topic(
      rd_kafka_DeleteTopic_new(name.c_str()));
  const Queue queue(rd_kafka_queue_new(handle.get()));
  rd_kafka_DeleteTopic_t* topics = topic.get();
  rd_kafka_DeleteTopics(handle.get(), &topics, 1, nullptr, queue.get());
  const Event event = answer(queue, "delete topic " + name);
  std::size_t count = 0;
  const auto* results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event.get()), &count);
  require(count == 1, "delete topic " + name);
  require(rd_kafka_topic_result_error(results[0]), "delete topic " + name);
  await("the topic " + name + " does not go", [&] {
    try {
      partitions_of(connect(RD_KAFKA_PRODUCER, bootstrap_, {}).get(), name);
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  });
}

void KafkaClient::configure_topic(const std::string& name, const std::map<std::string, std::string>& config) const {
  const Handle handle = connect(RD_KAFKA_PRODUCER, bootstrap_, {});
  const auto resource = [&] {
    return std::unique_ptr<rd_kafka_ConfigResource_t, Deleter<rd_kafka_ConfigResource_destroy>>(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
  };
  const Queue queue(rd_kafka_queue_new(handle.get()));
  const auto change = resource();
  for (const auto& [key, value] : config) rd_kafka_ConfigResource_set_config(change.get(), key.c_str(), value.c_str());
  rd_kafka_ConfigResource_t* changes = change.get();
  rd_kafka_AlterConfigs(handle.get(), &changes, 1, nullptr, queue.get());
  const Event changed = answer(queue, "configure " + name);
  std::size_t changes_made = 0;
  const auto* outcomes =
      rd_kafka_AlterConfigs_result_resources(rd_kafka_event_AlterConfigs_result(changed.get()), &changes_made);
  require(changes_made == 1, "configure " + name);
  require(rd_kafka_ConfigResource_error(outcomes[0]), "configure " + name);
  await("the settings of " + name + " do not change", [&] {
    const auto question = resource();
    rd_kafka_ConfigResource_t* questions = question.get();
    rd_kafka_DescribeConfigs(handle.get(), &questions, 1, nullptr, queue.get());
    const Event told = answer(queue, "settings of " + name);
    std::size_t count = 0;
    const auto* answers =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(told.get()), &count);
    std::map<std::string, std::string> has;
    std::size_t entries = 0;
    const auto* const* entry = rd_kafka_ConfigResource_configs(answers[0], &entries);
    for (std::size_t i = 0; i < entries; ++i) {
      if (rd_kafka_ConfigEntry_value(entry[i]) != nullptr)
        has[rd_kafka_ConfigEntry_name(entry[i])] = rd_kafka_ConfigEntry_value(entry[i]);
    }
    return std::all_of(config.begin(), config.end(), [&](const auto& one) { return has[one.first] == one.second; });
  });
}

void KafkaClient::grow_topic(const std::string& name, int partitions) const {
  const Handle handle = connect(RD_KAFKA_PRODUCER, bootstrap_, {});
  std::array<char, 512> message{};
  const std::unique_ptr<rd_kafka_NewPartitions_t, Deleter<rd_kafka_NewPartitions_destroy>> more(
      rd_kafka_NewPartitions_new(name.c_str(), static_cast<std::size_t>(partitions), message.data(), message.size()));
  require(more != nullptr, message.data());
  const Queue queue(rd_kafka_queue_new(handle.get()));
  rd_kafka_NewPartitions_t* all = more.get();
  rd_kafka_CreatePartitions(handle.get(), &all, 1, nullptr, queue.get());
  const Event event = answer(queue, "add partitions to " + name);
  std::size_t count = 0;
  const auto* results =
      rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event.get()), &count);
  require(count == 1, "add partitions to " + name);
  require(rd_kafka_topic_result_error(results[0]), "add partitions to " + name);
  await("the new partitions of " + name + " do not appear", [&] {
    return std::ssize(partitions_of(connect(RD_KAFKA_PRODUCER, bootstrap_, {}).get(), name)) == partitions;
  });
}

void KafkaClient::delete_records(const std::string& topic, std::int32_t partition, std::int64_t before) const {
  const Handle handle = connect(RD_KAFKA_PRODUCER, bootstrap_, {});
  const Partitions list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = before;
  const std::unique_ptr<rd_kafka_DeleteRecords_t, Deleter<rd_kafka_DeleteRecords_destroy>> request(
      rd_kafka_DeleteRecords_new(list.get()));
  const Queue queue(rd_kafka_queue_new(handle.get()));
  rd_kafka_DeleteRecords_t* requests = request.get();
  rd_kafka_DeleteRecords(handle.get(), &requests, 1, nullptr, queue.get());
  answer(queue, "delete records of " + topic);
}

void KafkaClient::allow_writing(const std::string& topic, bool allowed) const {
  const Handle handle = connect(RD_KAFKA_PRODUCER, bootstrap_, {});
  const Queue queue(rd_kafka_queue_new(handle.get()));
  std::array<char, 512> message{};
  const auto rule = [&](auto make) {
    auto* made = make(RD_KAFKA_RESOURCE_TOPIC, topic.c_str(), RD_KAFKA_RESOURCE_PATTERN_LITERAL, "User:*", "*",
                      RD_KAFKA_ACL_OPERATION_WRITE, RD_KAFKA_ACL_PERMISSION_TYPE_DENY, message.data(), message.size());
    require(made != nullptr, message.data());
    return std::unique_ptr<std::remove_pointer_t<decltype(made)>, Deleter<rd_kafka_AclBinding_destroy>>(made);
  };
  if (allowed) {
    const auto filter = rule(rd_kafka_AclBindingFilter_new);
    rd_kafka_AclBindingFilter_t* filters = filter.get();
    rd_kafka_DeleteAcls(handle.get(), &filters, 1, nullptr, queue.get());
    const Event event = answer(queue, "allow writing to " + topic);
    std::size_t count = 0;
    const auto* results = rd_kafka_DeleteAcls_result_responses(rd_kafka_event_DeleteAcls_result(event.get()), &count);
    require(count == 1 && rd_kafka_DeleteAcls_result_response_error(results[0]) == nullptr,
            "allow writing to " + topic);
  } else {
    const auto binding = rule(rd_kafka_AclBinding_new);
    rd_kafka_AclBinding_t* bindings = binding.get();
    rd_kafka_CreateAcls(handle.get(), &bindings, 1, nullptr, queue.get());
    const Event event = answer(queue, "forbid writing to " + topic);
    std::size_t count = 0;
    const auto* results = rd_kafka_CreateAcls_result_acls(rd_kafka_event_CreateAcls_result(event.get()), &count);
    require(count == 1 && rd_kafka_acl_result_error(results[0]) == nullptr, "forbid writing to " + topic);
  }
  await("the right to write to " + topic + " does not change", [&] {
    try {
      produce(topic, {{.key = "may-i"}});
      return allowed;
    } catch (const std::runtime_error&) {
      return !allowed;
    }
  });
}

namespace {

Handle make_producer(const std::string& bootstrap, std::map<std::string, std::string> more, Deliveries& deliveries) {
  std::array<char, 512> message{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  more.insert({{"bootstrap.servers", bootstrap},
               {"log_level", "0"},
               {"enable.idempotence", "true"},
               {"linger.ms", "5"},
               {"message.max.bytes", "32000000"},
               {"message.timeout.ms", "60000"}});
  for (const auto& [name, value] : more) {
    require(rd_kafka_conf_set(conf, name.c_str(), value.c_str(), message.data(), message.size()) == RD_KAFKA_CONF_OK,
            message.data());
  }
  rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
  rd_kafka_conf_set_opaque(conf, &deliveries);
  Handle handle(rd_kafka_new(RD_KAFKA_PRODUCER, conf, message.data(), message.size()));
  require(handle != nullptr, message.data());
  return handle;
}

void send_all(rd_kafka_t* handle, const std::string& topic, const std::vector<Record>& records,
              const Deliveries& deliveries) {
  for (const Record& record : records) {
    send(handle, topic, record);
    rd_kafka_poll(handle, 0);
  }
  require(rd_kafka_flush(handle, 2 * kPatienceMs), "flush of " + topic);
  require(deliveries.failure.empty(), "delivery to " + topic + ": " + deliveries.failure);
  require(deliveries.done == records.size(), "some deliveries to " + topic + " were not reported");
}

void require(rd_kafka_error_t* error, const std::string& what) {
  const std::unique_ptr<rd_kafka_error_t, Deleter<rd_kafka_error_destroy>> owned(error);
  require(error == nullptr, what + ": " + (error == nullptr ? "" : rd_kafka_error_string(error)));
}

}  // namespace

void KafkaClient::produce(const std::string& topic, const std::vector<Record>& records) const {
  Deliveries deliveries;
  send_all(make_producer(bootstrap_, {}, deliveries).get(), topic, records, deliveries);
}

void KafkaClient::produce_transaction(const std::string& topic, const std::vector<Record>& records,
                                      bool committed) const {
  Deliveries deliveries;
  const Handle handle = make_producer(bootstrap_, {{"transactional.id", "feed-of-" + topic}}, deliveries);
  require(rd_kafka_init_transactions(handle.get(), kPatienceMs), "start transactions");
  require(rd_kafka_begin_transaction(handle.get()), "begin a transaction");
  send_all(handle.get(), topic, records, deliveries);
  if (committed) {
    require(rd_kafka_commit_transaction(handle.get(), kPatienceMs), "commit a transaction");
  } else {
    require(rd_kafka_abort_transaction(handle.get(), kPatienceMs), "abort a transaction");
  }
}

std::vector<Record> KafkaClient::read_all(const std::string& topic) const {
  const Handle handle = connect(RD_KAFKA_CONSUMER, bootstrap_,
                                {{"group.id", "reader-of-everything"},
                                 {"enable.auto.commit", "false"},
                                 {"auto.offset.reset", "error"},
                                 {"fetch.wait.max.ms", "50"},
                                 {"isolation.level", "read_committed"}});
  // Asked by one that reads everything, it is the true end: behind a transaction that is still open.
  const Handle asking = connect(RD_KAFKA_CONSUMER, bootstrap_, {{"isolation.level", "read_uncommitted"}});
  const auto ids = partitions_of(handle.get(), topic);
  const Partitions assignment(rd_kafka_topic_partition_list_new(static_cast<int>(ids.size())));
  std::map<std::int32_t, std::int64_t> ends;
  for (const std::int32_t id : ids) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    require(rd_kafka_query_watermark_offsets(asking.get(), topic.c_str(), id, &low, &high, kPatienceMs),
            "watermarks of " + topic);
    if (low == high) continue;
    ends[id] = high;
    rd_kafka_topic_partition_list_add(assignment.get(), topic.c_str(), id)->offset = low;
  }
  std::vector<Record> records;
  if (ends.empty()) return records;
  require(rd_kafka_assign(handle.get(), assignment.get()), "assign " + topic);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(4 * kPatienceMs);
  while (!ends.empty()) {
    require(std::chrono::steady_clock::now() < deadline, "reading " + topic + " took too long");
    const Message message(rd_kafka_consumer_poll(handle.get(), 100));
    if (message == nullptr) {
      // The last offsets may belong to transaction markers, which are never shown.
      const Partitions position(rd_kafka_topic_partition_list_copy(assignment.get()));
      require(rd_kafka_position(handle.get(), position.get()), "position in " + topic);
      for (int i = 0; i < position->cnt; ++i) {
        const auto& item = position->elems[i];
        if (ends.contains(item.partition) && item.offset >= ends[item.partition]) ends.erase(item.partition);
      }
      continue;
    }
    require(message->err, "reading " + topic);
    const auto end = ends.find(message->partition);
    if (end == ends.end() || message->offset >= end->second) continue;
    records.push_back(to_record(*message));
    if (message->offset + 1 == end->second) ends.erase(end);
  }
  std::stable_sort(records.begin(), records.end(), [](const Record& left, const Record& right) {
    return std::pair(left.partition, left.offset) < std::pair(right.partition, right.offset);
  });
  return records;
}

std::int64_t KafkaClient::count(const std::string& topic) const {
  const Handle handle = connect(RD_KAFKA_PRODUCER, bootstrap_, {});
  std::int64_t total = 0;
  for (const std::int32_t id : partitions_of(handle.get(), topic)) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    require(rd_kafka_query_watermark_offsets(handle.get(), topic.c_str(), id, &low, &high, kPatienceMs),
            "watermarks of " + topic);
    total += high - low;
  }
  return total;
}

namespace {

bool is_electing(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_NOT_COORDINATOR || error == RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE ||
         error == RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS;
}

}  // namespace

std::map<std::int32_t, std::int64_t> KafkaClient::committed(const std::string& group, const std::string& topic) const {
  const Handle handle = connect(RD_KAFKA_CONSUMER, bootstrap_, {{"group.id", group}, {"enable.auto.commit", "false"}});
  const auto ids = partitions_of(handle.get(), topic);
  const Partitions list(rd_kafka_topic_partition_list_new(static_cast<int>(ids.size())));
  for (const std::int32_t id : ids) rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), id);
  // A broker that has just come back needs a while until it is the group's coordinator again.
  rd_kafka_resp_err_t error = rd_kafka_committed(handle.get(), list.get(), kPatienceMs);
  for (int tries = 0; tries < 40 && is_electing(error); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    error = rd_kafka_committed(handle.get(), list.get(), kPatienceMs);
  }
  require(error, "committed offsets of " + group);
  std::map<std::int32_t, std::int64_t> offsets;
  for (int i = 0; i < list->cnt; ++i) {
    require(list->elems[i].err, "committed offsets of " + group);
    if (list->elems[i].offset >= 0) offsets[list->elems[i].partition] = list->elems[i].offset;
  }
  return offsets;
}

}  // namespace copydesk::delivery
