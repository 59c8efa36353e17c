// SPDX-License-Identifier: Apache-2.0
// Any bytes as an article through every stage, as JSON and as a text file, at its worst settings: tokens included. Each
// span of the record must be the slice of the text that it claims to be, by a naive count of code points.
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/engine/stages.h"
#include "tests/fuzz/naive_text.h"
#include "tests/fuzz/require.h"

namespace copydesk::fuzz {
namespace {

using Json = nlohmann::json;

/// The stages' indices in an order in which each comes after those that it reads.
std::vector<std::size_t> order() {
  auto waiting = engine::ArticleGraph::predecessor_counts();
  std::array<bool, engine::ArticleGraph::kSize> done{};
  std::vector<std::size_t> sequence;
  while (sequence.size() < engine::ArticleGraph::kSize) {
    for (std::size_t i = 0; i < engine::ArticleGraph::kSize; ++i) {
      if (done[i] || waiting[i] != 0) continue;
      done[i] = true;
      sequence.push_back(i);
      for (std::size_t j = 0; j < engine::ArticleGraph::kSize; ++j) {
        if ((engine::ArticleGraph::followers()[i] >> j & 1U) != 0) --waiting[j];
      }
    }
  }
  return sequence;
}

void require_slice(const NaiveText& text, const Json& span, std::string_view what) {
  if (!span.contains("start")) return;
  const auto slice = text.slice(span.at("start").get<std::size_t>(), span.at("end").get<std::size_t>());
  require(slice.has_value(), what);
  if (span.contains("text")) require(*slice == span.at("text").get<std::string>(), what);
}

void check_spans(std::string_view record) {
  Json json;
  try {
    json = Json::parse(record);
  } catch (const Json::out_of_range&) {
    return;  // JSON allows numbers beyond what this parser can hold; a record repeats those of its article
  }
  if (!json.contains("text")) return;
  const NaiveText text(json.at("text").get_ref<const std::string&>());
  for (const Json& segment : json.value("segments", Json::array())) require_slice(text, segment, "segment");
  for (const Json& mention : json.value("mentions", Json::array())) require_slice(text, mention, "mention");
  for (const Json& quote : json.value("quotes", Json::array())) {
    require_slice(text, quote, "quote");
    for (const Json& span : quote.value("spans", Json::array())) {
      require(text.slice(span.at(0).get<std::size_t>(), span.at(1).get<std::size_t>()).has_value(), "quote's spans");
    }
    for (const char* part : {"speaker", "cue"}) {
      if (quote.contains(part)) require_slice(text, quote.at(part), part);
    }
  }
  for (const char* list : {"tokens", "sentences"}) {
    for (const Json& span : json.value(list, Json::array())) {
      if (span.is_object()) require_slice(text, span, list);
      if (!span.is_array()) continue;
      require(text.slice(span.at(0).get<std::size_t>(), span.at(1).get<std::size_t>()).has_value(), list);
    }
  }
}

class Enricher {
 public:
  void run(std::string_view bytes, bool plain_text) {
    padded_.assign(bytes);
    padded_.append(parse::Payload::kPadding, '}');
    slot_.external = {.bytes = std::string_view(padded_).substr(0, bytes.size()),
                      .name = "key",
                      .plain_text = plain_text,
                      .received_ms = 0};
    bool complete = true;
    for (const std::size_t stage : sequence_) {
      if (const auto error = engine::ArticleGraph::run(stage, *stages_, slot_, scratch_)) {
        require(error->code != ErrorCode::kInternal && !error->message.empty(), error->message);
        complete = false;
        break;
      }
    }
    if (complete) check_spans(slot_.get<encode::Record>().json);
    slot_.reset();
  }

 private:
  static std::shared_ptr<const engine::ArticleGraph::Stages> build() {
    settings::Settings settings;
    settings.pipeline.models = std::filesystem::path(COPYDESK_SOURCE_DIR) / "models";
    settings.output.tokens = true;
    return engine::build_stages(settings);
  }

  const std::vector<std::size_t> sequence_ = order();
  const std::shared_ptr<const engine::ArticleGraph::Stages> stages_ = build();
  ChunkPool pool_;
  engine::ArticleGraph::Slot slot_{pool_, std::size_t{256} << 20U};
  engine::ArticleGraph::Scratch scratch_;
  std::string padded_;
};

}  // namespace
}  // namespace copydesk::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static copydesk::fuzz::Enricher enricher;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  enricher.run(bytes, false);
  enricher.run(bytes, true);
  return 0;
}
