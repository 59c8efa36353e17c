// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <span>

namespace copydesk::entities::training {

/// Gives the finished model at `path` another mixture of sources; see TrainedModel::mix_sources.
void mix_again(const std::filesystem::path& path, std::span<const float> shares);

}  // namespace copydesk::entities::training
