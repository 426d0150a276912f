import type { Store } from '../../src/store/store.ts';
import { askPeople } from '../../src/usecases/ask-people.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

const managers = Array.from({ length: 45 }, (_, at) => `manager-${String(at).padStart(2, '0')}`);
let council: SmallCouncil;
beforeEach(async () => {
  council = await openSmallCouncil(managers);
  council.setNow('2009-05-01T08:00:00Z');
});
afterEach(() => council.close());

const register = { tenant, year: null };
/** Asks through a store whose writes are counted, and before each of which something may happen. */
async function ask(before: (write: number) => Promise<void> = async () => {}) {
  const sizes: number[] = [];
  const { store } = council.deps;
  const write: Store['write'] = async (partition, changes) => {
    sizes.push(changes.length);
    await before(sizes.length);
    return store.write(partition, changes);
  };
  const { written } = await askPeople({ ...council.deps, store: { ...store, write } }, tenant, 'test');
  return { sizes, written: written.map(({ person }) => person) };
}
const messages = async () =>
  (await council.deps.store.list(register, 'cycle-message')).map(({ data }) => data.person);

test('forty-five people are asked in two writes, and not again', async () => {
  const { sizes, written } = await ask();
  expect(sizes).toEqual([99, 36]);
  expect(written).toEqual(managers);
  expect(await messages()).toEqual(managers);
  expect(await council.deliveries()).toHaveLength(45);
  expect(await ask()).toEqual({ sizes: [], written: [] });
});

test('someone whom another process asked meanwhile keeps nobody else from being asked', async () => {
  const { written } = await ask(async (write) => {
    if (write > 1) return;
    const data = {
      person: 'manager-05',
      date: '2009-05-01',
      entries: [],
      writtenAt: council.deps.now(tenant),
    };
    const id = 'manager-05~2009-05-01';
    await council.deps.store.write(register, [{ change: 'create', kind: 'cycle-message', id, data }]);
  });
  expect(written).toEqual(managers.filter((id) => id !== 'manager-05'));
  expect(await messages()).toEqual(managers);
  expect(await council.deliveries()).toHaveLength(44);
});

test('a deputy of many gets one message, which says what each of them was asked for', async () => {
  for (const id of managers.slice(0, 30)) {
    await council.amend(id, { deputy: { person: 'manager-44', from: '2009-04-01', to: '2009-06-30' } });
  }
  const { written } = await ask();
  expect(written.sort()).toEqual(managers.slice(30));
  const asked = await council.deps.store.list(register, 'asked');
  expect(asked.map(({ id }) => id)).toEqual(managers);
});
