// SPDX-License-Identifier: Apache-2.0
// The monitoring mixin of Copydesk (https://monitoring.mixins.dev): dashboards, alerts and recording rules.
//   jsonnet -S -e 'std.manifestYamlDoc((import "mixin.libsonnet").prometheusAlerts)'
(import 'config.libsonnet')
+ (import 'rules.libsonnet')
+ (import 'alerts.libsonnet')
+ (import 'dashboards/overview.libsonnet')
+ (import 'dashboards/workers.libsonnet')
