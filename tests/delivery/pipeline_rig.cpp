// SPDX-License-Identifier: Apache-2.0
#include "tests/delivery/pipeline_rig.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <set>
#include <sstream>
#include <stdexcept>

#include "tests/delivery/shared_broker.h"

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace copydesk::delivery {
namespace {

std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string http_get(int port, const std::string& path) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (socket >= 0 && connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) == std::ssize(request)) {
      std::array<char, 16384> part{};
      for (ssize_t got = 0; (got = recv(socket, part.data(), part.size(), 0)) > 0;) {
        answer.append(part.data(), static_cast<std::size_t>(got));
      }
    }
  }
  close(socket);
  return answer;
}

// The number after the last '-' in "wire-PARTITION-NUMBER", and the partition before it.
struct WireId {
  int partition = -1;
  int number = -1;
};

WireId wire_id(std::string_view record) {
  constexpr std::string_view kBegin = "\"id\":\"wire-";
  WireId id;
  const auto begin = record.find(kBegin);
  if (begin == std::string_view::npos) return id;
  const char* const end = record.data() + record.size();
  const auto partition = std::from_chars(record.data() + begin + kBegin.size(), end, id.partition);
  if (partition.ptr != end && *partition.ptr == '-') std::from_chars(partition.ptr + 1, end, id.number);
  return id;
}

}  // namespace

bool comes_true(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(50ms);
  }
  return true;
}

Ended run_copydesk(std::vector<std::string> arguments, std::chrono::seconds limit) {
  arguments.insert(arguments.begin(), COPYDESK_BINARY);
  const fs::path out = fs::temp_directory_path() / unique_name("copydesk-out");
  const fs::path err = fs::temp_directory_path() / unique_name("copydesk-err");
  Ended result;
  {
    private_broker::ChildProcess process({.argv = std::move(arguments), .out = out, .err = err});
    if (const auto& ended = process.wait(limit)) result.code = ended->code;
  }
  result.out = contents(out);
  result.err = contents(err);
  fs::remove(out);
  fs::remove(err);
  return result;
}

WorkerProcess::WorkerProcess(const fs::path& settings_file, fs::path log,
                             const std::map<std::string, std::string>& environment)
    : log_(std::move(log)),
      process_(std::make_unique<private_broker::ChildProcess>(
          private_broker::ChildCommand{.argv = {COPYDESK_BINARY, "run", "--config", settings_file.string()},
                                       .environment = environment,
                                       .out = log_,
                                       .err = log_})) {}

void WorkerProcess::kill() {
  process_->signal(SIGKILL);
  process_->wait(30s);
}

int WorkerProcess::stop() {
  process_->signal(SIGTERM);
  const auto& ended = process_->wait(30s);
  if (!ended) kill();
  return ended ? ended->code : -1;
}

std::string WorkerProcess::log() const {
  return contents(log_);
}

void WorkerProcess::await_ready() {
  const int port = http_port();
  if (!comes_true([&] { return http_get(port, "/readyz").starts_with("HTTP/1.1 200"); }, 60s)) {
    throw std::runtime_error("the worker did not get ready:\n" + log());
  }
}

int WorkerProcess::readiness() {
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  const std::string answer = http_get(http_port(), "/readyz");
  return answer.starts_with(kVersion) ? std::atoi(answer.c_str() + kVersion.size()) : 0;
}

int WorkerProcess::http_port() {
  constexpr std::string_view kBefore = "listening on port ";
  std::string text;
  const bool told = comes_true(
      [&] {
        text = log();
        return text.find(kBefore) != std::string::npos || process_->poll();
      },
      60s);
  const auto found = text.find(kBefore);
  if (!told || found == std::string::npos) throw std::runtime_error("the worker serves no HTTP:\n" + text);
  return std::atoi(text.c_str() + found + kBefore.size());
}

namespace {

/// The values of a metric's series.
std::vector<double> values_of(std::string_view name, const std::string& scrape) {
  std::istringstream lines(scrape);
  std::vector<double> values;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(name) || (line[name.size()] != ' ' && line[name.size()] != '{')) continue;
    values.push_back(std::atof(line.c_str() + line.rfind(' ')));
  }
  return values;
}

}  // namespace

double WorkerProcess::metric(std::string_view name) {
  const auto values = values_of(name, http_get(http_port(), "/metrics"));
  return std::accumulate(values.begin(), values.end(), 0.0);
}

int WorkerProcess::series(std::string_view name) {
  return static_cast<int>(values_of(name, http_get(http_port(), "/metrics")).size());
}

bool WorkerProcess::has_metric(std::string_view name) {
  const std::string series = "\n" + std::string(name);
  const std::string answer = http_get(http_port(), "/metrics");
  return answer.find(series + '{') != std::string::npos || answer.find(series + ' ') != std::string::npos;
}

std::int64_t WorkerProcess::resident_kib() const {
  std::ifstream status("/proc/" + std::to_string(process_->pid()) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::atoll(line.c_str() + std::string_view("VmRSS:").size());
  }
  throw std::runtime_error("the worker is not running:\n" + log());
}

PipelineRig::PipelineRig(const Options& options)
    : input(unique_name("wire")),
      output(unique_name("enriched")),
      dead_letters(unique_name("dead")),
      group(unique_name("desk")),
      client_(options.bootstrap.empty() ? shared_broker() : options.bootstrap),
      partitions_(options.partitions) {
  client_.create_topic(input, options.partitions);
  client_.create_topic(output, options.output_partitions, options.output_topic);
  client_.create_topic(dead_letters, 1, options.dead_letter_topic);
  std::string pattern = (fs::temp_directory_path() / "copydesk-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  folder_ = pattern;
  settings_file_ = folder_ / "copydesk.yaml";

  // The shortest session that Kafka allows: a killed worker's partitions go to the other soon.
  std::map<std::string, std::string> consumer{{"session.timeout.ms", "6000"}, {"heartbeat.interval.ms", "500"}};
  for (const auto& [name, value] : options.consumer) consumer[name] = value;
  std::ofstream file(settings_file_);
  file << "kafka:\n  brokers: [" << (options.bootstrap.empty() ? shared_broker() : options.bootstrap) << "]\n"
       << "  group: " << group << "\n  input: " << input << "\n  output: " << output
       << "\n  dead_letters: " << dead_letters << "\n"
       << options.kafka << "  consumer:\n";
  for (const auto& [name, value] : consumer) file << "    " << name << ": \"" << value << "\"\n";
  if (!options.producer.empty()) file << "  producer:\n";
  for (const auto& [name, value] : options.producer) file << "    " << name << ": \"" << value << "\"\n";
  file << "http:\n  listen: 127.0.0.1:0\ndelivery:\n  drain_timeout: " << options.drain_timeout << "\n"
       << options.delivery << options.settings;
}

PipelineRig::~PipelineRig() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::unique_ptr<WorkerProcess> PipelineRig::start_worker(const std::map<std::string, std::string>& environment) {
  return std::make_unique<WorkerProcess>(settings_file_, folder_ / ("worker" + std::to_string(++workers_) + ".log"),
                                         environment);
}

std::unique_ptr<WorkerProcess> PipelineRig::make_zombie_of(WorkerProcess& worker) {
  constexpr std::chrono::seconds kLongerThanAnySession{60};
  worker.signal(SIGSTOP);
  auto heir = start_worker();
  heir->await_ready();
  const bool has_all =
      comes_true([&] { return heir->metric("copydesk_assigned_partitions") == partitions_; }, kLongerThanAnySession);
  worker.signal(SIGCONT);
  if (!has_all) throw std::runtime_error("the group does not go on without the frozen worker:\n" + heir->log());
  return heir;
}

std::map<std::int32_t, std::int64_t> PipelineRig::committed() const {
  return client_.committed(group, input);
}

bool PipelineRig::await_committed(std::int64_t records, std::chrono::seconds limit) const {
  return comes_true(
      [&] {
        std::int64_t done = 0;
        for (const auto& [partition, offset] : committed()) done += offset;
        return done >= records;
      },
      limit);
}

Record numbered_article(std::int32_t partition, int number) {
  static const std::array<std::string, 3> stories{
      "KARSHOLM (Northline) - \\\"The bridge will open in spring,\\\" said Ilse Brandvik, the transport minister. "
      "She told reporters that 4,200 tonnes of steel had arrived from Dravno on Tuesday. ",
      "PORT SELWYN (Northline) - Tomas Kadlec, chief executive of Sulmova Rail, said the company would hire 300 "
      "people by June. \\\"We are ready,\\\" he added, \\\"and we have waited long enough.\\\" ",
      "LINDHAVEN (Northline) - According to the Harrowby Institute, prices rose 2.4 percent last year. \\\"It is too "
      "early to tell,\\\" Mara Venn, its director, said on Friday. "};
  const std::string id = "wire-" + std::to_string(partition) + "-" + std::to_string(number);
  std::string body;
  while (body.size() < 1200) body += stories[(static_cast<std::size_t>(number) + body.size()) % stories.size()];
  Record record;
  record.partition = partition;
  record.key = id;
  record.value =
      R"({"id":")" + id + R"(","headline":"Story )" + std::to_string(number) + R"(","text":")" + body + R"("})";
  return record;
}

std::vector<Record> numbered_articles(int count, int partitions, int first) {
  std::vector<Record> records;
  records.reserve(static_cast<std::size_t>(count));
  for (int i = first; i < first + count; ++i) records.push_back(numbered_article(i % partitions, i / partitions));
  return records;
}

Arrival arrival_of(const std::vector<Record>& output, int count, int partitions) {
  Arrival arrival;
  std::vector<int> seen(static_cast<std::size_t>(count), 0);
  std::map<std::pair<int, int>, std::pair<int, int>> lanes;  // (input, output partition): last number, restarts
  for (const Record& record : output) {
    const WireId id = wire_id(record.value.value_or(""));
    const int index = id.number * partitions + id.partition;
    if (id.partition < 0 || id.partition >= partitions || id.number < 0 || index >= count) {
      if (arrival.unknown.size() < 10) arrival.unknown.push_back(record.key.value_or("(no key)"));
      continue;
    }
    ++seen[static_cast<std::size_t>(index)];
    auto& [last, restarts] = lanes.try_emplace({id.partition, record.partition}, -1, 0).first->second;
    if (id.number <= last) arrival.most_restarts = std::max(arrival.most_restarts, ++restarts);
    last = id.number;
  }
  for (int i = 0; i < count; ++i) {
    const int times = seen[static_cast<std::size_t>(i)];
    if (times > 0) ++arrival.distinct;
    if (times > 1) arrival.duplicates += times - 1;
    if (times == 0 && arrival.lost.size() < 10) {
      arrival.lost.push_back("wire-" + std::to_string(i % partitions) + "-" + std::to_string(i / partitions));
    }
  }
  return arrival;
}

CommitWatch::CommitWatch(const PipelineRig& rig)
    : rig_(rig), thread_([this] {
        std::map<std::int32_t, std::int64_t> highest;
        while (!stop_) {
          try {
            for (const auto& [partition, offset] : rig_.committed()) {
              auto& high = highest.try_emplace(partition, offset).first->second;
              if (offset < high) {
                violations_ += "partition " + std::to_string(partition) + " went back from " + std::to_string(high) +
                               " to " + std::to_string(offset) + "\n";
              }
              high = std::max(high, offset);
            }
            ++looks_;
          } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
            // The group's coordinator is moving; the next look counts.
          }
          std::this_thread::sleep_for(200ms);
        }
      }) {}

CommitWatch::~CommitWatch() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

std::string CommitWatch::violations() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
  return violations_;
}

}  // namespace copydesk::delivery
