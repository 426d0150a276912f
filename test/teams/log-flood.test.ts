import { createFloodLog } from '../../src/teams/log-flood.ts';

let told: string[];
let happen: (what: string) => void;
beforeEach(() => {
  jest.useFakeTimers();
  told = [];
  happen = createFloodLog({
    most: 3,
    one: (what) => told.push(what),
    rest: (count, last) => told.push(`${count} more, the last ${last}`),
  });
});
afterEach(() => jest.useRealTimers());
const flood = (times: number) => {
  for (let at = 1; at <= times; at++) happen(`${at}`);
};

test('of thousands the first are told at once, and the rest when the minute is over, though nothing follows', () => {
  flood(5000);
  expect(told).toEqual(['1', '2', '3']);
  jest.advanceTimersByTime(59_999);
  expect(told).toHaveLength(3);
  jest.advanceTimersByTime(1);
  expect(told).toEqual(['1', '2', '3', '4997 more, the last 5000']);
});

test('of a few nothing more is told', () => {
  flood(3);
  jest.advanceTimersByTime(600_000);
  expect(told).toEqual(['1', '2', '3']);
});

test('each minute’s flood is told anew, and none is left out', () => {
  flood(4);
  jest.advanceTimersByTime(90_000);
  flood(5);
  jest.advanceTimersByTime(60_000);
  expect(told).toEqual(['1', '2', '3', '1 more, the last 4', '1', '2', '3', '2 more, the last 5']);
});
