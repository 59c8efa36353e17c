// SPDX-License-Identifier: Apache-2.0
// Panels of Grafana, with what all of Copydesk's have in common. A panel without a description does not compile.
local datasource = { type: 'prometheus', uid: '${datasource}' };

local target(expr, legend='', more={}) = {
  datasource: datasource,
  expr: expr,
  legendFormat: if legend == '' then '__auto' else legend,
  editorMode: 'code',
  range: true,
} + more;

// [[null, 'green'], [0.8, 'orange'], …]
local steps(list) = { mode: 'absolute', steps: [{ value: step[0], color: step[1] } for step in list] };

local panel(type, title, description, unit, targets, thresholds=[[null, 'green']]) = {
  type: type,
  title: title,
  description: description,
  datasource: datasource,
  targets: [targets[i] { refId: std.char(65 + i) } for i in std.range(0, std.length(targets) - 1)],
  fieldConfig: { defaults: { unit: unit, min: 0, thresholds: steps(thresholds) }, overrides: [] },
  options: {},
};

{
  // Labels of the variables, for selectors.
  instances: 'job=~"$job", instance=~"$instance"',
  topics: 'job=~"$job", instance=~"$instance", topic=~"$topic"',

  target:: target,

  stat(title, description, unit, expr, thresholds=[[null, 'text']], decimals=null, more={}):
    panel('stat', title, description, unit, [target(expr)], thresholds) {
      width:: 4,
      height:: 4,
      fieldConfig+: { defaults+: { [if decimals != null then 'decimals']: decimals } },
      options: {
        colorMode: 'value',
        graphMode: 'area',
        justifyMode: 'auto',
        textMode: 'auto',
        wideLayout: true,
        showPercentChange: false,
        percentChangeColorMode: 'standard',
        orientation: 'auto',
        reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      },
    } + more,

  // thresholds, where they are given, are drawn as lines.
  lines(title, description, unit, targets, thresholds=null, stacked=false, width=12, max=null):
    panel('timeseries', title, description, unit, targets, if thresholds == null then [[null, 'green']] else thresholds) {
      width:: width,
      height:: 8,
      fieldConfig+: {
        defaults+: {
          [if max != null then 'max']: max,
          color: { mode: 'palette-classic' },
          custom: {
            drawStyle: 'line',
            lineInterpolation: 'linear',
            lineWidth: 1,
            fillOpacity: if stacked then 40 else 8,
            showPoints: 'never',
            spanNulls: false,
            stacking: { mode: if stacked then 'normal' else 'none', group: 'A' },
            thresholdsStyle: { mode: if thresholds == null then 'off' else 'dashed' },
          },
        },
      },
      options: {
        legend: { displayMode: 'table', placement: 'bottom', calcs: ['mean', 'max', 'lastNotNull'], showLegend: true },
        tooltip: { mode: 'multi', sort: 'desc' },
      },
    },

  heatmap(title, description, expr, width=12):
    panel('heatmap', title, description, 's', [target(expr, '{{le}}', { format: 'heatmap' })]) {
      width:: width,
      height:: 8,
      fieldConfig: { defaults: { custom: { scaleDistribution: { type: 'linear' } } }, overrides: [] },
      options: {
        calculate: false,
        cellGap: 1,
        color: { mode: 'scheme', scheme: 'Oranges', steps: 64, reverse: false, exponent: 0.5, scale: 'exponential', fill: 'dark-orange' },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
        filterValues: { le: 1e-9 },
        legend: { show: true },
        rowsFrame: { layout: 'auto' },
        showValue: 'never',
        tooltip: { mode: 'single', yHistogram: true, showColorScale: true },
        yAxis: { axisPlacement: 'left', unit: 's', reverse: false },
      },
    },

  // columns: [name shown, unit, expression] of one row per instance.
  table(title, description, columns, width=24, by='instance'):
    panel('table', title, description, 'short', [
      target(column[2], '', { format: 'table', instant: true, range: false })
      for column in columns
    ]) {
      width:: width,
      height:: 8,
      fieldConfig+: {
        defaults+: { custom: { align: 'auto', cellOptions: { type: 'auto' }, filterable: true, inspect: false } },
        overrides: [
          {
            matcher: { id: 'byName', options: 'Value #' + std.char(65 + i) },
            properties: [{ id: 'displayName', value: columns[i][0] }, { id: 'unit', value: columns[i][1] }],
          }
          for i in std.range(0, std.length(columns) - 1)
        ],
      },
      options: { showHeader: true, cellHeight: 'sm', frameIndex: 0 },
      transformations: [
        { id: 'merge', options: {} },
        { id: 'organize', options: { excludeByName: { Time: true }, indexByName: { [by]: 0 }, renameByName: {} } },
      ],
    },

  quantiles(series, selector, by='')::
    [
      target('histogram_quantile(%g, sum by (%sle) (rate(%s_bucket{%s}[$__rate_interval])))' % [q, by, series, selector], name)
      for q_name in [[0.5, '50 %'], [0.95, '95 %'], [0.99, '99 %']]
      for q in [q_name[0]]
      for name in [q_name[1]]
    ],

  local variable(name, label, description, query) = {
    name: name,
    label: label,
    description: description,
    type: 'query',
    datasource: datasource,
    query: { query: query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { selected: true, text: ['All'], value: ['$__all'] },
    hide: 0,
  },
  variable:: variable,

  // rows: [[title, [panel, …]], …]; panels flow from left to right on Grafana's grid of 24 columns.
  dashboard(config, uid, title, description, rows, variables=[]):
    local place(state, item) =
      local fits = state.x + item.width <= 24;
      local x = if fits then state.x else 0;
      local y = if fits then state.y else state.y + state.height;
      {
        x: x + item.width,
        y: y,
        height: if fits then std.max(state.height, item.height) else item.height,
        panels: state.panels + [item { id: std.length(state.panels) + 1, gridPos: { x: x, y: y, w: item.width, h: item.height } }],
      };
    local row(title) = { type: 'row', title: title, collapsed: false, panels: [], width:: 24, height:: 1 };
    local items = std.flattenArrays([[row(r[0])] + r[1] for r in rows]);
    {
      uid: uid,
      title: title,
      description: description,
      tags: config.dashboardTags,
      timezone: 'browser',
      editable: true,
      graphTooltip: 1,
      schemaVersion: 39,
      version: 1,
      refresh: config.dashboardRefresh,
      time: { from: 'now-1h', to: 'now' },
      annotations: { list: [] },
      links: [{
        type: 'dashboards',
        title: 'Copydesk',
        tags: config.dashboardTags,
        asDropdown: false,
        includeVars: true,
        keepTime: true,
        targetBlank: false,
        icon: 'external link',
        tooltip: '',
        url: '',
      }],
      templating: {
        list: [
          {
            name: 'datasource',
            label: 'Data source',
            description: 'The Prometheus that scrapes the workers',
            type: 'datasource',
            query: 'prometheus',
            refresh: 1,
            regex: '',
            multi: false,
            includeAll: false,
            hide: 0,
            current: { selected: false, text: 'Prometheus', value: 'prometheus' },
            options: [],
          },
          variable('job', 'Job', 'Scrape job', 'label_values(copydesk_build_info, job)'),
          variable('topic', 'Input topic', 'Topic that the workers read', 'label_values(copydesk_records_consumed_total{job=~"$job"}, topic)'),
          variable('instance', 'Worker', 'Worker, as Prometheus calls its instance', 'label_values(copydesk_records_consumed_total{job=~"$job", topic=~"$topic"}, instance)'),
        ] + variables,
      },
      panels: std.foldl(place, items, { x: 0, y: 0, height: 0, panels: [] }).panels,
    },
}
