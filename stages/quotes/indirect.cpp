#include <algorithm>

#include "stages/quotes/finder.h"

namespace copydesk::quotes {

void Finder::find_reported(const Unit&) {}

}  // namespace copydesk::quotes
