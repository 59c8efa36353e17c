// SPDX-License-Identifier: Apache-2.0
// What is said of a bad article quotes nothing of it: it ends up in logs and headers.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "stages/parse/parse_stage.h"

namespace copydesk {
namespace {

constexpr std::string_view kText = "Karsholm";  // it stands in every value of the articles below

class ErrorMessage : public testing::Test {
 protected:
  /// The message, empty where the article is good.
  std::string of(std::string bytes) {
    const std::size_t size = bytes.size();
    bytes.append(parse::Payload::kPadding, 'e');
    arena_.reset();
    const parse::Payload payload{.bytes = std::string_view(bytes).substr(0, size), .name = "Karsholm-key"};
    const auto parsed = stage_.run(Reads<parse::Payload>{std::tuple<const parse::Payload&>(payload)}, scratch_,
                                   StageContext(arena_, StageContext::Clock::time_point::max()));
    return parsed ? "" : parsed.error().message;
  }
  void expect_no_quotation(const std::string& article) {
    const std::string message = of(article);
    EXPECT_EQ(message.find(kText), std::string::npos) << message << "\n" << article;
    errors_ += message.empty() ? 0U : 1U;
  }

  ChunkPool pool_;
  Arena arena_{pool_};
  parse::ParseStage stage_{parse::ParseSettings{}};
  parse::ParseStage::Scratch scratch_;
  std::size_t errors_ = 0;
};

TEST_F(ErrorMessage, QuotesNothingOfTheArticle) {
  const std::vector<std::string> articles{
      R"({"id":"Karsholm","version":"Karsholm","language":"Karsholm","published":"Karsholm","embargoed":"Karsholm",)"
      R"("headline":"Karsholm","text":"Karsholm","people":[{"name":"Karsholm"}],"x":"Karsholm"})",
      R"({"uri":"Karsholm","pubstatus":"Karsholm","standard":{"version":"Karsholm"},)"
      R"("headlines":[{"role":"Karsholm","value":"Karsholm"}],"bodies":[{"role":"Karsholm",)"
      R"("contenttype":"text/html","value":"<p>Karsholm <Karsholm Karsholm='Karsholm'>"}],"people":[{"name":"Karsholm"}]})",
      R"({"uri":"Karsholm","headline":"Karsholm","body_html":"<p>Karsholm","pubStatus":"Karsholm"})"};
  for (const std::string& article : articles) {
    for (std::size_t cut = 0; cut <= article.size(); ++cut) expect_no_quotation(article.substr(0, cut));
    for (std::size_t at = 0; at < article.size(); ++at) {
      for (const char byte : {'\0', '"', '\\', '}', ']', ',', ':', '9', '\xFF', '\x80', '[', '{'}) {
        std::string changed = article;
        changed[at] = byte;
        expect_no_quotation(changed);
      }
    }
    // Every value as one of another type.
    for (std::size_t at = article.find(":\""); at != std::string::npos; at = article.find(":\"", at + 1)) {
      const std::size_t end = article.find('"', at + 2) + 1;
      for (const std::string_view other : {"[\"Karsholm\"]", "{\"Karsholm\":\"Karsholm\"}", "5", "true",
                                           "\"Karsholm!\"", "\"\\uD800Karsholm\"", "\"\\Karsholm\"", "Karsholm"}) {
        expect_no_quotation(article.substr(0, at + 1) + std::string(other) + article.substr(end));
      }
    }
  }
  std::string deep = "<Karsholm>";
  for (int i = 0; i < 10; ++i) deep += deep;
  expect_no_quotation(R"({"id":"1","body_html":")" + deep + "\"}");
  EXPECT_GT(errors_, 1'000U);
}

}  // namespace
}  // namespace copydesk
