import type { Stored } from '../src/store/store.ts';
import type { Broken, Ended } from './check.ts';
import { inYear } from './council.ts';

/** Everything that was answered with a receipt is there with its history, once; nothing else is there twice. */
export async function checkUpdates({ store, people }: Ended): Promise<Broken[]> {
  const heads = await store.list(inYear, 'kpi-update');
  const revisions = await store.list(inYear, 'kpi-update-revision');
  const broken: Broken[] = [];
  for (const { token, item, who, form, result, keptAt, refused } of people.submissions) {
    const what = `${token} for ${item} in form ${form}`;
    const found = revisions.filter(({ data }) => data.commentary === token);
    if (found.length > 1) broken.push(`${what} is there ${found.length} times: ${found.map(({ id }) => id)}`);
    if (refused) broken.push(`${what} was refused: ${refused}`);
    else if (keptAt === null) broken.push(`${what} was never answered`);
    else if (found.length === 0) broken.push(`${what} was answered as kept and is not there`);
    for (const { id, data } of found) {
      const isIts = `kpi/${data.kpi}@${data.period}` === item && data.submittedBy === who;
      if (!isIts || Number(data.result) !== Number(result))
        broken.push(`${what} is another’s or another figure in ${id}`);
    }
    const used = (await store.read(inYear, 'form', form))?.data.used;
    if (keptAt !== null && !used) broken.push(`${what} was kept and its form can still be sent`);
  }
  for (const head of heads) broken.push(...historyOf(head, revisions));
  const strays = revisions.filter(({ id }) => !heads.some((head) => id.startsWith(`${head.id}#`)));
  return [...broken, ...strays.map(({ id }) => `${id} is the history of nothing`)];
}

/** The newest revision is what stands, and none is missing before it. */
function historyOf(
  { id, data }: Stored<'kpi-update'>,
  revisions: readonly Stored<'kpi-update-revision'>[],
): Broken[] {
  const own = revisions
    .filter((revision) => revision.id.startsWith(`${id}#`))
    .map((revision) => revision.data);
  const numbers = own.map(({ revision }) => revision).sort((a, b) => a - b);
  if (numbers.some((number, at) => number !== at + 1) || numbers.at(-1) !== data.revision) {
    return [`${id} is at revision ${data.revision} and its history has ${numbers}`];
  }
  const newest = own.find(({ revision }) => revision === data.revision);
  return JSON.stringify(newest) === JSON.stringify(data) ? [] : [`${id} isn’t what its history says`];
}
