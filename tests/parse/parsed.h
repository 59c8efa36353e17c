// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "stages/parse/parse_stage.h"

namespace copydesk {

/// One run of the parse stage with everything that the result points into.
class Parsed {
 public:
  explicit Parsed(std::string_view bytes, std::string_view name = "", bool plain_text = false,
                  parse::ParseSettings settings = {})
      : padded_(bytes), name_(name), arena_(pool_), result_(Error{}) {
    // What follows the value must not matter: the worst it could be is more JSON.
    padded_.append(parse::Payload::kPadding, '}');
    payload_.bytes = std::string_view(padded_).substr(0, bytes.size());
    payload_.name = name_;
    payload_.plain_text = plain_text;
    const parse::ParseStage stage(std::move(settings));
    const StageContext context(arena_, StageContext::Clock::time_point::max());
    result_ = stage.run(parse::ParseStage::Input{std::tuple<const parse::Payload&>(payload_)}, scratch_, context);
  }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;

  [[nodiscard]] const Result<parse::Article>& result() const { return result_; }
  [[nodiscard]] const parse::Payload& payload() const { return payload_; }

 private:
  std::string padded_;
  std::string name_;
  parse::Payload payload_;
  ChunkPool pool_;
  Arena arena_;
  parse::ParseStage::Scratch scratch_;
  Result<parse::Article> result_;
};

}  // namespace copydesk
