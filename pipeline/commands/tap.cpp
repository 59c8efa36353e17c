#include "pipeline/commands/tap.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include "pipeline/commands/exit_codes.h"
#include "pipeline/kafka/preflight.h"
#include "pipeline/kafka/topic_reader.h"
#include "pipeline/terminal/paint.h"
#include "pipeline/terminal/printable.h"
#include "stages/parse/key_text.h"

namespace copydesk::commands {
namespace {

using Range = kafka::TopicReader::Range;

class Tap {
 public:
  Tap(const TapOptions& options, const std::atomic<bool>& stop, std::ostream& out)
      : options_(options), stop_(stop), out_(out), reader_(options.consumer, options.topic) {}

  void run() {
    const std::vector<Range> whole = reader_.whole(kafka::kPreflightTimeout);
    std::vector<Range> ranges = whole;
    if (options_.last > 0) {
      for (const engine::InputRecord& record : latest(whole)) show(record);
      begin_at_end(ranges);
    } else if (options_.since_ms) {
      ranges = reader_.since(std::move(ranges), *options_.since_ms, kafka::kPreflightTimeout);
    } else if (!options_.from_beginning) {
      begin_at_end(ranges);
    }
    if (!options_.end) {
      for (Range& range : ranges) range.end = kafka::TopicReader::kNoEnd;
    }
    reader_.read(ranges, [this](const engine::InputRecord& record) { show(record); }, [this] { return goes_on(); });
  }

 private:
  [[nodiscard]] bool goes_on() const {
    return !stop_ && out_.good() && (options_.count == 0 || shown_ < options_.count);
  }

  static void begin_at_end(std::vector<Range>& ranges) {
    for (Range& range : ranges) range.begin = range.end;
  }

  /// The last records of the topic in the order of their time: of each partition its last ones, of those the latest.
  std::vector<engine::InputRecord> latest(std::vector<Range> ranges) {
    const auto most = static_cast<std::int64_t>(options_.last);
    for (Range& range : ranges) range.begin = std::max(range.begin, range.end - std::min(range.end, most));
    std::vector<engine::InputRecord> records;
    const auto before = [](const engine::InputRecord& a, const engine::InputRecord& b) {
      return std::tie(a.timestamp_ms, a.origin.partition, a.offset) <
             std::tie(b.timestamp_ms, b.origin.partition, b.offset);
    };
    const auto later = [&](const engine::InputRecord& a, const engine::InputRecord& b) { return before(b, a); };
    reader_.read(
        ranges,
        [&](engine::InputRecord record) {  // a heap with the earliest on top
          records.push_back(std::move(record));
          std::push_heap(records.begin(), records.end(), later);
          if (records.size() <= options_.last) return;
          std::pop_heap(records.begin(), records.end(), later);
          records.pop_back();
        },
        [this] { return goes_on(); });
    std::sort(records.begin(), records.end(), before);
    return records;
  }

  void show(const engine::InputRecord& record) {
    if (!goes_on()) return;
    const std::string text = text_of(record);
    if (text.empty()) return;
    out_ << text << std::flush;
    ++shown_;
  }

  /// Empty: not to be shown.
  [[nodiscard]] std::string text_of(const engine::InputRecord& record) const {
    const terminal::RecordFilter& filter = options_.filter;
    if (!record.value) {
      if (options_.show != TapOptions::Show::kCards || !filter.takes_all()) return {};
      return note(record, "deleted (a tombstone)");
    }
    const std::string_view value = record.value->view();
    auto read = terminal::read_enriched(value);
    if (read ? !filter.matches(*read) : !filter.takes_all()) return {};
    if (options_.show == TapOptions::Show::kJson) {
      return (options_.terminal ? terminal::printable(value) : std::string(value)) + '\n';
    }
    if (!read) return note(record, read.error().message + "; --json shows it");
    if (options_.show == TapOptions::Show::kCards) return terminal::article_card(*read, options_.style);
    std::erase_if(read->quotes, [&](const terminal::EnrichedRecord::Quote& quote) { return !filter.matches(quote); });
    return terminal::quote_lines(*read, options_.style);
  }

  [[nodiscard]] std::string note(const engine::InputRecord& record, std::string_view what) const {
    const std::string place = fmt::format("{}/{}:{}", options_.topic, record.origin.partition, record.offset);
    return terminal::painted(terminal::Paint::kDim,
                   fmt::format("{} {}: {}", place, record.key ? terminal::printable(parse::key_text(*record.key)) : "-", what),
                   options_.style.colours) +
           '\n';
  }

  const TapOptions& options_;
  const std::atomic<bool>& stop_;
  std::ostream& out_;
  kafka::TopicReader reader_;
  std::uint64_t shown_ = 0;
};

}  // namespace

int tap(const TapOptions& options, const std::atomic<bool>& stop, std::ostream& out) {
  const std::vector<std::string> problems = kafka::preflight(options.common, {&options.topic, 1});
  if (!problems.empty()) throw std::runtime_error(fmt::format("{}", fmt::join(problems, "\n")));
  Tap(options, stop, out).run();
  return kExitOk;
}

}  // namespace copydesk::commands
