import { randomUUID } from 'node:crypto';
import type { DataOf } from '../../src/store/documents.ts';
import type { Change, Partition } from '../../src/store/store.ts';

/** The year of a council that no other test knows. */
export const someYear = (year: string | null = '2009/10'): Partition => ({ tenant: randomUUID(), year });

export const plan = (ref: string, changes: Partial<DataOf<'plan'>> = {}): DataOf<'plan'> => ({
  ref,
  title: 'Kent Highway Services',
  tier: 'division',
  directorate: 'EHW',
  parent: null,
  portfolio: 'EHW',
  headOfService: 'person-1',
  classification: 'unrestricted',
  units: ['Network Management'],
  ...changes,
});

export const createPlan = (ref: string, changes: Partial<DataOf<'plan'>> = {}): Change => ({
  change: 'create',
  kind: 'plan',
  id: ref,
  data: plan(ref, changes),
});

export const page = (digest: string, number: number, content: DataOf<'digest-page'>['content'] = {}) => ({
  digest,
  revision: 1,
  page: number,
  content,
});
