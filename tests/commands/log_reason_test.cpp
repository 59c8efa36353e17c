// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/log_reason.h"

#include <gtest/gtest.h>

namespace copydesk::kafka {
namespace {

// As librdkafka 2.0.2 wrote them while a broker was away.
TEST(LogReason, IsOneForOneFault) {
  const std::string refused =
      log_reason("FAIL",
                 "[thrd:127.0.0.1:40695/bootstrap]: 127.0.0.1:40695/1: Connect to ipv4#127.0.0.1:40695 failed: "
                 "Connection refused (after 0ms in state CONNECT)");
  EXPECT_EQ(log_reason("FAIL",
                       "[thrd:127.0.0.1:40695/bootstrap]: 127.0.0.1:40695/1: Connect to ipv4#127.0.0.1:40695 failed: "
                       "Connection refused (after 12ms in state CONNECT, 30 identical error(s) suppressed)"),
            refused);
  EXPECT_EQ(log_reason("ERROR",
                       "[thrd:app]: copydesk#producer-4: 127.0.0.1:40695/1: Connect to ipv4#127.0.0.1:40695 failed: "
                       "Connection refused (after 0ms in state CONNECT, 1 identical error(s) suppressed)"),
            refused);
  EXPECT_EQ(log_reason("ERROR",
                       "[thrd:app]: copydesk#consumer-5: 127.0.0.1:9093/2: Connect to ipv4#127.0.0.1:9093 failed: "
                       "Connection refused (after 0ms in state CONNECT)"),
            refused);
  EXPECT_EQ(log_reason("ERROR", "[thrd:127.0.0.1:40695/bootstrap]: 2/2 brokers are down"),
            log_reason("ERROR", "[thrd:app]: 1/1 brokers are down"));
}

TEST(LogReason, TellsFaultsApart) {
  const std::string refused = log_reason("FAIL", "[thrd:a]: h:1/1: Connect to ipv4#h:1 failed: Connection refused");
  EXPECT_NE(log_reason("FAIL", "[thrd:a]: h:1/1: Connect to ipv4#h:1 failed: No route to host"), refused);
  EXPECT_NE(log_reason("FAIL", "[thrd:a]: h:1/1: Disconnected (after 5ms in state UP)"), refused);
  EXPECT_NE(log_reason("SESSTMOUT", "[thrd:main]: x"), log_reason("MAXPOLL", "[thrd:main]: x"));
}

TEST(LogReason, TakesAnything) {
  for (const char* text : {"", "[thrd:", "[thrd:a", "#: ", ": ", " (after ", "[thrd:a]: "}) {
    static_cast<void>(log_reason("FAIL", text));
  }
  EXPECT_EQ(log_reason("X", std::string(10'000, 'a')).size(), 301U);
}

TEST(LogReason, KnowsWhatPasses) {
  EXPECT_TRUE(log_may_pass("GETPID",
                           "[thrd:main]: Failed to acquire idempotence PID from broker 127.0.0.1:40695/1: "
                           "Broker: Coordinator load in progress: retrying"));
  EXPECT_FALSE(log_may_pass("GETPID", "[thrd:main]: Failed to acquire idempotence PID: Cluster authorization failed"));
  EXPECT_FALSE(log_may_pass("FAIL", "x: retrying"));
}

}  // namespace
}  // namespace copydesk::kafka
