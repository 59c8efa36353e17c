// SPDX-License-Identifier: Apache-2.0
#include "pipeline/private_broker/private_broker.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "pipeline/private_broker/child_process.h"
#include "pipeline/private_broker/free_port.h"
#include "pipeline/system/file_descriptor.h"
#include "pipeline/system/loopback.h"

namespace fs = std::filesystem;

namespace copydesk::private_broker {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::string_view kDirectoryPrefix = "copydesk-kafka-";
constexpr auto kStopGrace = 10s;
// Any 16 bytes in base64 will do: clusters are told apart by their ports and directories.
constexpr std::string_view kClusterId = "Q29weWRlc2sgcHJpdmF0ZQ";

// A broker opens its client port only once the controllers have admitted it; an answer to ApiVersions, the request
// every Kafka client begins with, is proof that it serves.
bool answers(std::uint16_t port) {
  const system::FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = system::loopback(port);
  if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return false;
  // Length 10, API key 18, version 0, correlation id 1, no client id.
  constexpr std::array<unsigned char, 14> kRequest{0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff};
  if (send(socket.get(), kRequest.data(), kRequest.size(), MSG_NOSIGNAL) != std::ssize(kRequest)) return false;
  pollfd readable{socket.get(), POLLIN, 0};
  std::array<char, 4> length{};
  return ::poll(&readable, 1, 1000) == 1 && recv(socket.get(), length.data(), length.size(), 0) > 0;
}

int java_version(const fs::path& java, const fs::path& scratch) {
  try {
    ChildProcess child({.argv = {java.string(), "-version"}, .out = scratch, .err = scratch});
    if (!child.wait(30s)) return 0;
  } catch (const std::system_error&) {
    return 0;
  }
  std::ifstream file(scratch);
  for (std::string line; std::getline(file, line);) {
    const auto quote = line.find("version \"");
    if (quote != std::string::npos) return std::atoi(line.c_str() + quote + std::strlen("version \""));
  }
  return 0;
}

std::string tail(const fs::path& file, std::size_t lines) {
  std::ifstream stream(file);
  std::vector<std::string> all;
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  std::string result;
  for (std::size_t i = all.size() > lines ? all.size() - lines : 0; i < all.size(); ++i) result += "\n  " + all[i];
  return result;
}

// -1 where another process holds it, or it cannot be made.
int lock_directory(const fs::path& directory) {
  const int file = open((directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  if (file >= 0) close(file);
  return -1;
}

// What brokers left behind whose process was killed before it could clean up: nobody holds the lock any more.
void delete_leftovers(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    if (!entry.path().filename().string().starts_with(kDirectoryPrefix)) continue;
    if (!fs::exists(entry.path() / "lock", ignored)) continue;
    const system::FileDescriptor lock(lock_directory(entry.path()));
    if (lock.get() >= 0) fs::remove_all(entry.path(), ignored);
  }
}

bool holds_kafka(const fs::path& directory) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("kafka_") && name.ends_with(".jar")) return true;
  }
  return false;
}

}  // namespace

struct PrivateBroker::Node {
  int id = 0;  // from 1, as Kafka wants it
  std::uint16_t client_port = 0;
  std::uint16_t advertised_port = 0;  // where clients connect: a proxy's, or client_port
  std::uint16_t peer_port = 0;        // for the other nodes, where there are proxies; else 0
  std::uint16_t controller_port = 0;
  std::map<std::string, std::uint16_t> listener_ports;
  fs::path home;
  std::unique_ptr<ChildProcess> process;
};

fs::path find_kafka_jars() {
  if (const char* home = std::getenv("COPYDESK_KAFKA_HOME"); home != nullptr && *home != '\0') {
    if (holds_kafka(home)) return home;
    throw BrokerError(std::string("COPYDESK_KAFKA_HOME names ") + home +
                      ", which holds no kafka_*.jar. Name the folder of Kafka's jars (libs/ in Apache's download)");
  }
  const fs::path program = fs::read_symlink("/proc/self/exe");
  fs::path installed = program.parent_path().parent_path() / "share" / "copydesk" / "kafka";
  if (holds_kafka(installed)) return installed;
  for (fs::path folder = program.parent_path(); folder != folder.root_path(); folder = folder.parent_path()) {
    if (holds_kafka(folder / ".deps" / "kafka")) return folder / ".deps" / "kafka";
  }
  throw BrokerError(
      "Apache Kafka's jars are not here. In the source tree 'make setup' fetches them; else set "
      "COPYDESK_KAFKA_HOME to the folder of Kafka's jars (libs/ in Apache's download)");
}

PrivateBroker::PrivateBroker(PrivateBrokerSettings settings) : settings_(std::move(settings)) {
  if (settings_.jars.empty()) settings_.jars = find_kafka_jars();
  const char* home = std::getenv("JAVA_HOME");
  java_ = home != nullptr && *home != '\0' ? fs::path(home) / "bin" / "java" : fs::path("java");
  try {
    prepare();
    // Ports are free when chosen, not when used: where another process was faster, new ones are tried.
    constexpr int kTries = 3;
    for (int attempt = 1;; ++attempt) {
      try {
        const auto deadline = Clock::now() + settings_.start_limit;
        for (auto& node : nodes_) spawn(*node);
        for (auto& node : nodes_) await(*node, deadline);
        break;
      } catch (const BrokerError& error) {
        const bool port_taken = std::string_view(error.what()).find("in use") != std::string_view::npos;
        if (!port_taken || attempt == kTries) throw;
        discard();
        prepare();
      }
    }
  } catch (...) {
    discard();
    throw;
  }
}

PrivateBroker::~PrivateBroker() {
  for (auto& node : nodes_) {
    if (!node->process) continue;
    node->process->signal(SIGTERM);
    node->process->signal(SIGCONT);
  }
  for (auto& node : nodes_) {
    if (node->process) node->process->stop(kStopGrace);
  }
  discard();
}

// Makes the directory, the ports, each node's settings, and formats the storage.
void PrivateBroker::prepare() {
  const fs::path parent = fs::temp_directory_path();
  delete_leftovers(parent);
  std::string pattern = (parent / (std::string(kDirectoryPrefix) + "XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw BrokerError("no temporary directory in " + parent.string() + ": " + std::strerror(errno) +
                      ". Set TMPDIR to a folder that can be written");
  }
  directory_ = pattern;
  lock_ = lock_directory(directory_);

  constexpr int kOldestJava = 17;
  const int version = java_version(java_, directory_ / "java-version");
  if (version < kOldestJava) {
    throw BrokerError((version == 0 ? "Apache Kafka needs Java 17 or newer, and " + java_.string() + " does not run"
                                    : "Apache Kafka needs Java 17 or newer, and " + java_.string() + " is version " +
                                          std::to_string(version)) +
                      ". 'make setup' installs it, or: apt-get install default-jre-headless");
  }

  nodes_.clear();
  bootstrap_.clear();
  for (int id = 1; id <= settings_.nodes; ++id) {
    auto node = std::make_unique<Node>();
    node->id = id;
    node->client_port = free_port();
    node->controller_port = free_port();
    for (const auto& [name, protocol] : settings_.listeners) node->listener_ports[name] = free_port();
    node->advertised_port = node->client_port;
    if (settings_.advertise) {
      node->peer_port = free_port();
      node->advertised_port = settings_.advertise(id - 1, node->client_port);
    }
    node->home = directory_ / ("node" + std::to_string(id));
    fs::create_directory(node->home);
    bootstrap_ += (id == 1 ? "127.0.0.1:" : ",127.0.0.1:") + std::to_string(node->advertised_port);
    nodes_.push_back(std::move(node));
  }
  std::ofstream(directory_ / "log4j2.properties") << "rootLogger.level = WARN\n"
                                                     "rootLogger.appenderRef.console.ref = console\n"
                                                     "appender.console.type = Console\n"
                                                     "appender.console.name = console\n"
                                                     "appender.console.layout.type = PatternLayout\n"
                                                     "appender.console.layout.pattern = %d %p %c{1} %m%n\n";
  for (const auto& node : nodes_) {
    write_settings(*node);
    format(*node);
  }
}

void PrivateBroker::write_settings(const Node& node) const {
  const std::string replicas = std::to_string(std::min(settings_.nodes, 3));
  const std::string in_sync = settings_.nodes >= 3 ? "2" : "1";
  std::string voters;
  for (const auto& voter : nodes_) {
    voters += (voters.empty() ? "" : ",") + std::to_string(voter->id) +
              "@127.0.0.1:" + std::to_string(voter->controller_port);
  }
  const std::string client = "CLIENT://127.0.0.1:";
  const std::string peer = node.peer_port == 0 ? "" : ",PEER://127.0.0.1:" + std::to_string(node.peer_port);
  std::string listeners = client + std::to_string(node.client_port) + peer;
  std::string advertised = client + std::to_string(node.advertised_port) + peer;
  std::string protocols = "CLIENT:PLAINTEXT,PEER:PLAINTEXT,CONTROLLER:PLAINTEXT";
  for (const auto& [name, protocol] : settings_.listeners) {
    const std::string port = std::to_string(node.listener_ports.at(name));
    listeners += "," + name + "://127.0.0.1:" + port;
    advertised += "," + name + "://localhost:" + port;
    protocols += "," + name + ":" + protocol;
  }
  std::map<std::string, std::string> properties{
      {"process.roles", "broker,controller"},
      {"node.id", std::to_string(node.id)},
      {"controller.quorum.voters", voters},
      {"controller.listener.names", "CONTROLLER"},
      {"inter.broker.listener.name", peer.empty() ? "CLIENT" : "PEER"},
      {"listener.security.protocol.map", protocols},
      {"listeners", listeners + ",CONTROLLER://127.0.0.1:" + std::to_string(node.controller_port)},
      {"advertised.listeners", advertised},
      {"log.dirs", (node.home / "data").string()},
      // Topics are made on purpose, so that a missing one is noticed.
      {"auto.create.topics.enable", "false"},
      {"default.replication.factor", replicas},
      {"min.insync.replicas", in_sync},
      {"offsets.topic.replication.factor", replicas},
      {"offsets.topic.num.partitions", "4"},
      {"share.coordinator.state.topic.replication.factor", replicas},
      {"share.coordinator.state.topic.min.isr", in_sync},
      {"transaction.state.log.replication.factor", replicas},
      {"transaction.state.log.min.isr", in_sync},
      {"transaction.state.log.num.partitions", "4"},
      // A group of one or two members forms at once.
      {"group.initial.rebalance.delay.ms", "0"},
      // Room for articles of more than 10 MB.
      {"message.max.bytes", "33554432"},
      {"replica.fetch.max.bytes", "33554432"},
      // Small indexes and a small deduplication buffer: it lives for minutes.
      {"log.index.size.max.bytes", "1048576"},
      {"log.cleaner.dedupe.buffer.size", "4194304"},
      {"num.network.threads", "2"},
      {"num.io.threads", "4"},
  };
  for (const auto& [key, value] : settings_.properties) properties[key] = value;
  if (settings_.node_properties) {
    for (const auto& [key, value] : settings_.node_properties(node.id - 1)) properties[key] = value;
  }
  std::ofstream file(node.home / "server.properties");
  for (const auto& [key, value] : properties) file << key << '=' << value << '\n';
}

void PrivateBroker::format(const Node& node) const {
  const fs::path log = node.home / "format.log";
  std::vector<std::string> argv{java_.string(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dlog4j2.configurationFile=" + (directory_ / "log4j2.properties").string(),
                                "-cp",
                                (settings_.jars / "*").string(),
                                "kafka.tools.StorageTool",
                                "format",
                                "-t",
                                std::string(kClusterId),
                                "-c",
                                (node.home / "server.properties").string()};
  for (const std::string& credential : settings_.scram_credentials) {
    argv.insert(argv.end(), {"--add-scram", credential});
  }
  ChildProcess child({.argv = std::move(argv), .out = log, .err = log});
  const auto& ended = child.wait(settings_.start_limit);
  if (!ended) throw BrokerError("Kafka's storage tool did not end in time:" + tail(log, 20));
  if (!ended->clean()) throw BrokerError("Kafka's storage tool " + ended->words() + ":" + tail(log, 20));
}

void PrivateBroker::spawn(Node& node) {
  const std::string heap = std::to_string(settings_.heap_mib) + "m";
  node.process = std::make_unique<ChildProcess>(ChildCommand{
      .argv = {java_.string(), "-Xmx" + heap, "-Xms" + heap, "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=" + heap,
               "-Djava.awt.headless=true", "-Dlog4j2.configurationFile=" + (directory_ / "log4j2.properties").string(),
               "-cp", (settings_.jars / "*").string(), "kafka.Kafka", (node.home / "server.properties").string()},

      .out = node.home / "kafka.log",
      .err = node.home / "kafka.log"});
}

void PrivateBroker::await(Node& node, Clock::time_point deadline) {
  const fs::path log = node.home / "kafka.log";
  while (!answers(node.client_port)) {
    if (const auto& ended = node.process->poll()) {
      throw BrokerError("Kafka " + ended->words() + " while starting; its last lines:" + tail(log, 20));
    }
    if (Clock::now() > deadline) {
      throw BrokerError("Kafka did not answer within " + std::to_string(settings_.start_limit.count()) +
                        " s; its last lines:" + tail(log, 20));
    }
    std::this_thread::sleep_for(100ms);
  }
}

void PrivateBroker::discard() noexcept {
  for (auto& node : nodes_) node->process.reset();
  std::error_code ignored;
  if (!directory_.empty()) fs::remove_all(directory_, ignored);
  if (lock_ >= 0) close(lock_);
  lock_ = -1;
}

PrivateBroker::Node& PrivateBroker::at(int node) {
  return *nodes_.at(static_cast<std::size_t>(node));
}

std::string PrivateBroker::bootstrap_servers(const std::string& listener) const {
  std::string all;
  for (const auto& node : nodes_) {
    all += (all.empty() ? "localhost:" : ",localhost:") + std::to_string(node->listener_ports.at(listener));
  }
  return all;
}

std::string PrivateBroker::direct_servers() const {
  std::string servers;
  for (const auto& node : nodes_) {
    const std::uint16_t port = node->peer_port == 0 ? node->client_port : node->peer_port;
    servers += (servers.empty() ? "127.0.0.1:" : ",127.0.0.1:") + std::to_string(port);
  }
  return servers;
}

pid_t PrivateBroker::pid(int node) const {
  return nodes_.at(static_cast<std::size_t>(node))->process->pid();
}

fs::path PrivateBroker::log(int node) const {
  return nodes_.at(static_cast<std::size_t>(node))->home / "kafka.log";
}

void PrivateBroker::kill(int node) {
  at(node).process->signal(SIGKILL);
  at(node).process->wait(1min);
}

void PrivateBroker::stop(int node) {
  at(node).process->stop(kStopGrace);
}

void PrivateBroker::restart(int node) {
  stop(node);
  spawn(at(node));
  await(at(node), Clock::now() + settings_.start_limit);
}

void PrivateBroker::freeze(int node) {
  at(node).process->signal(SIGSTOP);
}

void PrivateBroker::thaw(int node) {
  at(node).process->signal(SIGCONT);
}

}  // namespace copydesk::private_broker
