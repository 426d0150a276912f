import { type Kind, SCHEMA_VERSION } from './documents.ts';

/** How a kind's data of one schema version becomes that of the next. */
export type Step = (data: unknown) => unknown;

/**
 * The steps by the version that they lead on from, and by kind. A kind without a step in a version had not changed.
 * When a shape changes so that older documents can't be read as they are, `SCHEMA_VERSION` goes up by one, its step
 * is added here, and a dump of a store of the version before stays in test/fixtures/stores.
 */
export const steps: Readonly<Record<number, Partial<Record<Kind, Step>>>> = {};

/** A document's data as this version shapes it. It is written so with its next change; reading writes nothing. */
export function migrated(
  kind: Kind,
  schema: number,
  data: unknown,
  by = steps,
  to = SCHEMA_VERSION,
): unknown {
  let newer = data;
  for (let version = schema; version < to; version++) newer = by[version]?.[kind]?.(newer) ?? newer;
  return newer;
}
