// SPDX-License-Identifier: Apache-2.0
#include "pipeline/private_broker/private_broker.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "pipeline/private_broker/child_process.h"
#include "tests/delivery/kafka_client.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

bool lives(pid_t pid) {
  return ::kill(pid, 0) == 0;
}

template <class Condition>
bool comes_true(Condition condition, std::chrono::seconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < deadline) {
    if (condition()) return true;
    std::this_thread::sleep_for(20ms);
  }
  return condition();
}

TEST(SharedBroker, KeepsKeysHeadersValuesAndTombstonesInOrder) {
  const KafkaClient client(shared_broker());
  const std::string topic = unique_name("round-trip");
  client.create_topic(topic, 3);
  std::vector<Record> sent;
  for (int i = 0; i < 300; ++i) {
    Record record;
    record.partition = i % 3;
    record.key = "key-" + std::to_string(i);
    record.value = "value " + std::to_string(i) + std::string("\0\xff", 2);
    record.headers = {{"number", std::to_string(i)}, {"empty", ""}};
    sent.push_back(record);
  }
  sent[7].key.reset();
  sent[8].value.reset();
  client.produce(topic, sent);

  EXPECT_EQ(client.count(topic), 300);
  const std::vector<Record> got = client.read_all(topic);
  ASSERT_EQ(got.size(), sent.size());
  for (const Record& record : got) {
    const auto& original = sent[static_cast<std::size_t>(record.offset * 3 + record.partition)];
    EXPECT_EQ(record.key, original.key);
    EXPECT_EQ(record.value, original.value);
    EXPECT_EQ(record.headers, original.headers);
  }
  EXPECT_TRUE(client.committed(unique_name("group"), topic).empty());
}

TEST(SharedBroker, DoesNotMakeTopicsByItself) {
  const KafkaClient client(shared_broker());
  EXPECT_THROW(static_cast<void>(client.count(unique_name("absent"))), std::runtime_error);
}

TEST(PrivateBroker, ComesBackWithItsDataAndLeavesNothing) {
  std::filesystem::path directory;
  pid_t pid = 0;
  {
    private_broker::PrivateBroker broker;
    directory = broker.directory();
    const KafkaClient client(broker.bootstrap_servers());
    client.create_topic("kept", 1);
    client.produce("kept", {{.key = "a", .value = "1"}});
    broker.freeze(0);
    broker.thaw(0);
    broker.kill(0);
    broker.restart(0);
    EXPECT_EQ(client.count("kept"), 1);
    pid = broker.pid(0);
    EXPECT_TRUE(lives(pid));
    EXPECT_TRUE(std::filesystem::exists(directory));
  }
  EXPECT_FALSE(lives(pid));
  EXPECT_FALSE(std::filesystem::exists(directory));
}

TEST(PrivateBroker, DiesWithAParentThatIsKilled) {
  std::array<int, 2> channel{};
  ASSERT_EQ(pipe(channel.data()), 0);
  const pid_t parent = fork();
  if (parent == 0) {
    try {
      const private_broker::PrivateBroker broker;
      const pid_t java = broker.pid(0);
      if (write(channel[1], &java, sizeof java) != sizeof java) _exit(1);
      pause();
    } catch (const std::exception&) {
    }
    _exit(1);
  }
  close(channel[1]);
  pid_t java = 0;
  ASSERT_EQ(read(channel[0], &java, sizeof java), static_cast<ssize_t>(sizeof java)) << "the broker did not start";
  close(channel[0]);
  EXPECT_TRUE(lives(java));
  ::kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  EXPECT_TRUE(comes_true([&] { return !lives(java); }, 10s));
}

TEST(PrivateBroker, TellsWhatKafkaSaidWhereItDoesNotStart) {
  try {
    const private_broker::PrivateBroker broker({.properties = {{"num.io.threads", "minus one"}}});
    FAIL() << "it started";
  } catch (const private_broker::BrokerError& error) {
    EXPECT_NE(std::string(error.what()).find("num.io.threads"), std::string::npos) << error.what();
  }
}

TEST(PrivateBroker, TellsWhatToInstall) {
  ::setenv("COPYDESK_KAFKA_HOME", "/nonexistent", 1);
  try {
    const private_broker::PrivateBroker broker;
    FAIL() << "it started";
  } catch (const private_broker::BrokerError& error) {
    EXPECT_NE(std::string(error.what()).find("/nonexistent"), std::string::npos) << error.what();
  }
  ::unsetenv("COPYDESK_KAFKA_HOME");
  ::setenv("JAVA_HOME", "/nonexistent", 1);
  try {
    const private_broker::PrivateBroker broker;
    FAIL() << "it started";
  } catch (const private_broker::BrokerError& error) {
    EXPECT_NE(std::string(error.what()).find("default-jre-headless"), std::string::npos) << error.what();
  }
  ::unsetenv("JAVA_HOME");
}

TEST(ChildProcess, TellsHowItEnded) {
  private_broker::ChildProcess seven({.argv = {"sh", "-c", "exit 7"}});
  ASSERT_TRUE(seven.wait(10s));
  EXPECT_EQ(seven.poll()->words(), "exited with code 7");

  private_broker::ChildProcess sleeper({.argv = {"sleep", "600"}});
  EXPECT_FALSE(sleeper.poll());
  sleeper.signal(SIGSTOP);
  const private_broker::ExitStatus ended = sleeper.stop(5s);
  EXPECT_EQ(ended.signal, SIGTERM);
  EXPECT_FALSE(ended.clean());

  EXPECT_THROW(private_broker::ChildProcess({.argv = {"/nonexistent"}}), std::system_error);
}

}  // namespace
}  // namespace copydesk::delivery
