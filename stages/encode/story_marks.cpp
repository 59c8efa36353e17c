// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/story_marks.h"

#include "stages/encode/json_writer.h"

namespace copydesk::encode {

void insert_marks(std::string& record, std::size_t place, const StoryMarks& marks) {
  if (place == 0 || !marks.any()) return;
  JsonWriter fields;
  fields.start(marks.duplicate_of.size() + 64);
  if (marks.superseded) fields.raw(R"(,"superseded":true)");
  if (!marks.duplicate_of.empty()) {
    fields.raw(R"(,"duplicate_of":)");
    fields.string(marks.duplicate_of);
  }
  record.insert(place, fields.str());
}

}  // namespace copydesk::encode
