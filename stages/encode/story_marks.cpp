#include "stages/encode/story_marks.h"

#include "stages/encode/json_writer.h"

namespace copydesk::encode {

std::string with_marks(std::string_view record, std::size_t place, const StoryMarks& marks) {
  if (place == 0 || !marks.any()) return std::string(record);
  JsonWriter fields;
  fields.start(marks.duplicate_of.size() + 64);
  if (marks.superseded) fields.raw(R"(,"superseded":true)");
  if (!marks.duplicate_of.empty()) {
    fields.raw(R"(,"duplicate_of":)");
    fields.string(marks.duplicate_of);
  }
  std::string marked;
  marked.reserve(record.size() + fields.str().size());
  marked.append(record.substr(0, place)).append(fields.str()).append(record.substr(place));
  return marked;
}

}  // namespace copydesk::encode
