import { randomBytes } from 'node:crypto';
import { type SpanContext, TraceFlags } from '@opentelemetry/api';

type SpanIds = { traceId: string; spanId: string };

/**
 * A correlation id as the ids of a trace and of its first span: 32 and 16 hexadecimal digits. So whoever has the
 * reference on an error card has the trace, and a delivery finds the turn that caused it without anything kept.
 * Null for what is no UUID.
 */
export function idsOf(correlationId: string): SpanIds | null {
  const traceId = correlationId.replaceAll('-', '').toLowerCase();
  if (!/^(?!0+$)[0-9a-f]{32}$/.test(traceId)) return null;
  const spanId = traceId.slice(16);
  return /^0+$/.test(spanId) ? null : { traceId, spanId };
}

/** The first span of a correlation id's trace, for what comes of it later or in another process. */
export function firstSpanOf(correlationId: string): SpanContext | null {
  const ids = idsOf(correlationId);
  return ids && { ...ids, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** Random ids, except for a span begun in `beginning`, which gets the given ones. */
export function createTraceIds() {
  let given: SpanIds | null = null;
  return {
    generateTraceId: () => given?.traceId ?? randomBytes(16).toString('hex'),
    generateSpanId: () => given?.spanId ?? randomBytes(8).toString('hex'),
    beginning<T>(ids: SpanIds | null, begin: () => T): T {
      given = ids;
      try {
        return begin();
      } finally {
        given = null;
      }
    },
  };
}
