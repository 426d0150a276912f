import { AsyncLocalStorage } from 'node:async_hooks';
import { hostname } from 'node:os';
import {
  type Context,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TelemetryConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { openExporters } from './exporters.ts';
import { createInstruments } from './instruments.ts';
import type { Telemetry } from './telemetry.ts';
import { createTraceIds, firstSpanOf, idsOf } from './trace-ids.ts';
import { watchStore } from './watch-store.ts';

/** Milliseconds. The alerts look at five minutes. */
const exportEvery = 60_000;
/** Milliseconds that what isn't sent yet is given when the process stops. */
const lastPatience = 2_000;

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/** What went wrong is told by its kind alone: a message may quote what somebody typed. */
function endSpan(span: Span, failure?: unknown): void {
  if (failure !== undefined) {
    span.setStatus({
      code: SpanStatusCode.ERROR,
      message: failure instanceof Error ? failure.name : 'failed',
    });
  }
  span.end();
}

/**
 * OpenTelemetry with the exporters that the configuration names. Nothing of it is global: spans are begun here alone,
 * and which one is under way is kept beside the work, not in the SDK.
 */
export async function openTelemetry(config: TelemetryConfig, log: Log): Promise<Telemetry> {
  const warn = () => log.warn({}, 'telemetry-not-sent');
  const silent = () => {};
  diag.setLogger(
    { error: warn, warn: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const exporters = await openExporters(config);
  const resource = resourceFromAttributes({
    'service.name': 'planwatch',
    // Several processes may work on one machine, and their measures must not be taken for one's.
    'service.instance.id': `${hostname()}-${process.pid}`,
  });
  const traceIds = createTraceIds();
  const share = new TraceIdRatioBasedSampler(config.traceShare);
  const tracers = new TracerProvider({
    resource,
    idGenerator: traceIds,
    // A delivery decides by its trace's id like the turn that caused it, so both are kept or neither.
    sampler: new ParentBasedSampler({ root: share, remoteParentSampled: share }),
    spanProcessors: exporters.map(({ spans }) => new BatchSpanProcessor({ exporter: spans })),
  });
  const meters = new MeterProvider({
    resource,
    readers: exporters.map(
      ({ metrics }) =>
        new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: exportEvery }),
    ),
  });
  const tracer = tracers.getTracer('planwatch');
  const instruments = createInstruments(meters.getMeter('planwatch'));
  const underWay = new AsyncLocalStorage<Context>();

  const begin = (name: string, kind: SpanKind, correlationId: string): Span =>
    traceIds.beginning(idsOf(correlationId), () =>
      tracer.startSpan(name, { kind, root: true }, ROOT_CONTEXT),
    );

  /** Does work as part of a span, and ends the span with it. */
  async function within<T>(span: Span, context: Context, work: () => Promise<T>): Promise<T> {
    try {
      const result = await underWay.run(trace.setSpan(context, span), work);
      endSpan(span);
      return result;
    } catch (error) {
      endSpan(span, error);
      throw error;
    }
  }

  return {
    async turn(correlationId, tenant, route, take) {
      const began = performance.now();
      const span = begin('turn', SpanKind.SERVER, correlationId);
      try {
        return await underWay.run(trace.setSpan(ROOT_CONTEXT, span), take);
      } catch (error) {
        route.outcome = 'failed';
        throw error;
      } finally {
        const { verb, via, outcome } = route;
        instruments.turnDuration.record(secondsSince(began), { verb, via, outcome });
        span.updateName(`turn ${verb}`);
        span.setAttributes({ verb, via, outcome, tenant });
        endSpan(span, outcome === 'failed' ? 'failed' : undefined);
      }
    },

    limited: (via) => instruments.turnDuration.record(0, { verb: 'none', via, outcome: 'limited' }),

    round(correlationId, tenant, run) {
      const span = begin('cycle round', SpanKind.INTERNAL, correlationId).setAttribute('tenant', tenant);
      return within(span, ROOT_CONTEXT, run);
    },

    delivering(cause, message, send) {
      const parent = firstSpanOf(cause);
      const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      return within(
        tracer.startSpan(`deliver ${message}`, { kind: SpanKind.CONSUMER }, context),
        context,
        send,
      );
    },

    delivered: ({ message, state }) => instruments.deliveries.add(1, { message, state }),
    updateGiven: ({ kind, late }) => instruments.updatesGiven.add(1, { kind, late }),
    requestCharged: (operation, units) => instruments.storeRequestCharge.add(units, { operation }),

    watchStore: (store) =>
      watchStore(store, async (operation, call, outcomeOf = () => 'ok') => {
        const began = performance.now();
        // Of what nobody waits for, such as the worker's looks at what is due, there are measures but no spans.
        const context = underWay.getStore();
        const span = context && tracer.startSpan(`store ${operation}`, { kind: SpanKind.CLIENT }, context);
        try {
          const result = await call();
          instruments.storeDuration.record(secondsSince(began), { operation, outcome: outcomeOf(result) });
          if (span) endSpan(span);
          return result;
        } catch (error) {
          instruments.storeDuration.record(secondsSince(began), { operation, outcome: 'failed' });
          if (span) endSpan(span, error);
          throw error;
        }
      }),

    watchWorker(vitals) {
      const { queueAge, heartbeatAge, updatesLate } = instruments;
      meters.getMeter('planwatch').addBatchObservableCallback(
        (result) => {
          const now = vitals();
          result.observe(queueAge, now.queueAge);
          result.observe(heartbeatAge, now.heartbeatAge);
          for (const { tenant, count } of now.updatesLate) result.observe(updatesLate, count, { tenant });
        },
        [queueAge, heartbeatAge, updatesLate],
      );
    },

    async close() {
      const closed = Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
      const over = Promise.withResolvers<void>();
      const timer = setTimeout(over.resolve, lastPatience);
      await Promise.race([closed, over.promise]);
      clearTimeout(timer);
    },
  };
}
