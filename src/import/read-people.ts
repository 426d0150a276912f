import { roles } from '../domain/people.ts';
import { quoted } from '../domain/typed-text.ts';
import type { GivenPerson } from '../usecases/import-council/council-data.ts';
import { personIdOf } from '../usecases/import-council/person-id.ts';
import { fault, list, required, text, wordIn } from './cells.ts';
import { define, find, noRefs, type Refs } from './refs.ts';
import type { Row } from './table.ts';

const address = /^[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+$/;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads people.csv. Others are named by e-mail address: `people` gives their ids, and gains these. */
export function readPeople(
  rows: readonly Row[],
  tenant: string,
  people: Refs,
  portfolios: Refs,
): GivenPerson[] {
  const entraIds = noRefs(people.file, true);
  return rows.map((row) => {
    const email = required(row, 'email').toLowerCase();
    if (email !== '' && !address.test(email)) {
      fault(
        row,
        'email',
        `${quoted(email)} is not an e-mail address.`,
        'Write one address, such as jo.smith@council.gov.uk.',
      );
    }
    const id = personIdOf(tenant, email);
    define(people, row, 'email', email, id);
    const entraObjectId = text(row, 'entra_object_id').toLowerCase() || null;
    if (entraObjectId && !guid.test(entraObjectId)) {
      const remedy =
        'Copy the object id from Microsoft Entra, such as 6b1f0d5e-2009-4010-8a38-000000000001, or leave it empty.';
      fault(row, 'entra_object_id', `${quoted(entraObjectId)} is not an Entra object id.`, remedy);
    } else if (entraObjectId) {
      define(entraIds, row, 'entra_object_id', entraObjectId, id);
    }
    const given = new Set(list(row, 'roles').map((cell) => wordIn(row, 'roles', cell, roles, 'role')));
    return {
      id,
      email,
      name: required(row, 'name'),
      roles: roles.filter((role) => given.has(role)),
      portfolios: list(row, 'portfolios')
        .map((cell) => find(portfolios, row, 'portfolios', cell))
        .filter((ref) => ref !== null)
        .sort(),
      entraObjectId,
    };
  });
}
