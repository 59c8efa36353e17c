// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/word_classes.h"

#include <array>

namespace copydesk::syntax {
namespace {

constexpr std::array kClassWords{
    ClassWords{WordClass::kThat, "that"},
    ClassWords{WordClass::kWho, "who whom whose"},
    ClassWords{WordClass::kWhich, "which"},
    ClassWords{WordClass::kWhat, "what whatever"},
    ClassWords{WordClass::kWhether, "whether"},
    ClassWords{WordClass::kIf, "if"},
    ClassWords{WordClass::kWhAdverb, "how why where when"},
    ClassWords{WordClass::kBy, "by"},
    ClassWords{WordClass::kOf, "of"},
    ClassWords{WordClass::kTo, "to"},
    ClassWords{WordClass::kAs, "as"},
    ClassWords{WordClass::kFor, "for"},
    ClassWords{WordClass::kAbout, "about"},
    ClassWords{WordClass::kIn, "in"},
    ClassWords{WordClass::kOn, "on"},
    ClassWords{WordClass::kUpon, "upon"},
    ClassWords{WordClass::kAt, "at"},
    ClassWords{WordClass::kWith, "with"},
    ClassWords{WordClass::kFrom, "from"},
    ClassWords{WordClass::kAgainst, "against"},
    ClassWords{WordClass::kOver, "over"},
    ClassWords{WordClass::kInto, "into"},
    ClassWords{WordClass::kAccording, "according"},
    ClassWords{WordClass::kBut, "but yet"},
    ClassWords{WordClass::kAnd, "and &"},
    ClassWords{WordClass::kOr, "or nor"},
    ClassWords{WordClass::kWhile, "while although though whereas"},
    ClassWords{WordClass::kBecause, "because"},
    ClassWords{WordClass::kSubordinator, "after before since until unless during despite amid following"},
    ClassWords{WordClass::kThan, "than"},
    ClassWords{WordClass::kQuantifier, "many most several some few both all none others each"},
    ClassWords{WordClass::kReflexive, "himself herself itself themselves myself ourselves yourself"},
    ClassWords{WordClass::kThere, "there"},
    ClassWords{WordClass::kNot, "not n't never"},
    ClassWords{WordClass::kBoth, "both either neither"},
    ClassWords{WordClass::kOccasion, "interview interviews statement rally speeches tweet twitter facebook"},
    ClassWords{WordClass::kAnswer, "yes no so same opposite ditto"},
    ClassWords{WordClass::kBe, "be is are was were been being am 's 're 'm"},
    ClassWords{WordClass::kHave, "have has had having 've"},
    ClassWords{WordClass::kDo, "do does did doing done"},
    ClassWords{
        WordClass::kTime,
        "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight week month year "
        "weekend morning afternoon evening night day days weeks months years mon tues wed thurs fri sat sun january "
        "february march april may june july august september october november december jan. feb. aug. sept. oct. "
        "nov. dec. noon midnight hour hours minutes ago spring summer fall autumn winter decade"},
    ClassWords{WordClass::kRecipient,
               "reporters journalists voters supporters viewers lawmakers investigators police them him me us her you "
               "crowd audience"},
};

}  // namespace

std::span<const ClassWords> class_words() {
  return kClassWords;
}

}  // namespace copydesk::syntax
