import { remember } from '../../src/domain/remember.ts';

function counted() {
  let made = 0;
  const sum = remember((first: readonly number[], ...more: number[]) => {
    made += 1;
    return { total: [...first, ...more].reduce((total, number) => total + number, 0) };
  });
  return { sum, made: () => made };
}

describe('what was made is given again', () => {
  test('for the same inputs, and it is the very same', () => {
    const { sum, made } = counted();
    const list = [1, 2];
    expect(sum(list, 3)).toBe(sum(list, 3));
    expect(made()).toBe(1);
  });

  test('never for a list that only looks the same', () => {
    const { sum, made } = counted();
    expect(sum([1, 2], 3)).toEqual(sum([1, 2], 3));
    expect(made()).toBe(2);
  });

  test('never for fewer or more inputs that begin the same', () => {
    const { sum } = counted();
    const list = [1];
    expect([sum(list), sum(list, 5), sum(list, 5, 6), sum(list)].map(({ total }) => total)).toEqual([
      1, 6, 12, 1,
    ]);
  });

  test('for several inputs in turn, as periods of one plan are leafed through', () => {
    const { sum, made } = counted();
    const list = [1];
    for (let round = 0; round < 3; round += 1) for (const more of [1, 2, 3, 4]) sum(list, more);
    expect(made()).toBe(4);
  });

  test('anew once many others were made in between, and still right', () => {
    const { sum, made } = counted();
    const list = [1];
    for (let more = 0; more < 100; more += 1) expect(sum(list, more).total).toBe(1 + more);
    expect(sum(list, 0).total).toBe(1);
    expect(made()).toBe(101);
  });
});
