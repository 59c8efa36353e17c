// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>

namespace copydesk::encode {

/// What a record says of its article's place among others. It is known only when the record leaves, after those before
/// it, so it is written into the finished record.
struct StoryMarks {
  bool superseded = false;   ///< a newer version has been seen before this one
  std::string duplicate_of;  ///< id of an article that says nearly the same; empty = none

  [[nodiscard]] bool any() const noexcept { return superseded || !duplicate_of.empty(); }
};

/// Writes the marks into a record, at `place`, which is Record::marks_at: their place in the order of fields. A `place`
/// of 0 stands for a format that has no such fields: the record stays as it is.
void insert_marks(std::string& record, std::size_t place, const StoryMarks& marks);

}  // namespace copydesk::encode
