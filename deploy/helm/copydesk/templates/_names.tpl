{{- define "copydesk.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "copydesk.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains (include "copydesk.name" .) .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "copydesk.name" .) | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "copydesk.selector" -}}
app.kubernetes.io/name: {{ include "copydesk.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "copydesk.labels" -}}
{{ include "copydesk.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: worker
app.kubernetes.io/part-of: copydesk
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "copydesk.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "copydesk.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "copydesk.kind" -}}
{{ ternary "StatefulSet" "Deployment" .Values.staticMembership }}
{{- end }}

{{/* The settings file: what the values say, and over it what the chart must decide. */}}
{{- define "copydesk.config" -}}
{{- $decided := dict
      "http" (dict "listen" "0.0.0.0:9464")
      "delivery" (dict "drain_timeout" (printf "%ds" (int .Values.drainSeconds)))
      "kafka" (dict "client_id" "${POD_NAME}") }}
{{- if .Values.staticMembership }}
{{- $_ := set $decided.kafka "instance_id" "${POD_NAME}" }}
{{- end }}
{{- toYaml (mustMergeOverwrite (deepCopy .Values.config) $decided) }}
{{- end }}
