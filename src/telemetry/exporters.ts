import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { TelemetryConfig } from '../config.ts';

export type Exporters = { spans: SpanExporter; metrics: PushMetricExporter };

/** Where telemetry goes: every place that the configuration names. Packages are loaded only for those. */
export async function openExporters({ otlp, azureMonitor }: TelemetryConfig): Promise<Exporters[]> {
  return Promise.all([
    ...(otlp ? [toOtlp(otlp)] : []),
    ...(azureMonitor ? [toAzureMonitor(azureMonitor)] : []),
  ]);
}

/** OTLP over HTTP. Headers and time limits are read from the standard variables by the exporters themselves. */
async function toOtlp(endpoint: string): Promise<Exporters> {
  const [{ OTLPTraceExporter }, { OTLPMetricExporter }] = await Promise.all([
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
  ]);
  const at = (path: string) => `${endpoint.replace(/\/+$/, '')}/v1/${path}`;
  return {
    spans: new OTLPTraceExporter({ url: at('traces') }),
    metrics: new OTLPMetricExporter({ url: at('metrics') }),
  };
}

/**
 * Application Insights. Its exporter would also report about itself to Microsoft, which can only be switched off by
 * a variable; and keep on disk what it could not send, which a container hasn't.
 */
async function toAzureMonitor({
  connectionString,
  managedIdentity,
}: NonNullable<TelemetryConfig['azureMonitor']>): Promise<Exporters> {
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT = 'true';
  const { AzureMonitorMetricExporter, AzureMonitorTraceExporter } = await import(
    '@azure/monitor-opentelemetry-exporter'
  );
  const credential = managedIdentity
    ? new (await import('@azure/identity')).ManagedIdentityCredential({ clientId: managedIdentity })
    : undefined;
  const options = { connectionString, credential, disableOfflineStorage: true };
  return {
    spans: new AzureMonitorTraceExporter(options),
    metrics: new AzureMonitorMetricExporter(options),
  };
}
