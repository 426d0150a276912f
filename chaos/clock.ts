import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import type { Machine } from '../src/machine.ts';

/** What the clocks of all processes of one run have in common. */
export type Time = {
  /** Milliseconds of the run that pass in a real one. */
  speed: number;
  /** When the run began, by the real clock, in milliseconds since 1970. */
  began: number;
  /** What time it was then in the run: milliseconds since 1970. */
  startsAt: number;
  /** A file with how far the clocks were moved on since: one number of 8 bytes, in milliseconds. */
  movedFile: string;
};

/** Moves the clocks of all processes on to `by` milliseconds after where they would be, at one stroke. */
export function moveClocks({ movedFile }: Time, by: number): void {
  writeFileSync(movedFile, Buffer.from(Float64Array.of(by).buffer), { flag: existing(movedFile) });
}

/** Written over, never emptied first, so that a reader sees the old number or the new. */
const existing = (file: string): string => {
  try {
    closeSync(openSync(file, 'r'));
    return 'r+';
  } catch {
    return 'w';
  }
};

/**
 * The clocks of one process: fast, moved on for all at once by a night, and set apart by `skew` milliseconds. A
 * night passes by both clocks, as when all machines were asleep.
 */
export function openClock(
  { speed, began, startsAt, movedFile }: Time,
  skew = 0,
): Pick<Machine, 'wallNow' | 'elapsed' | 'speed'> {
  const file = openSync(movedFile, 'r');
  const bytes = new Float64Array(1);
  const moved = () => {
    readSync(file, bytes, 0, 8, 0);
    return bytes[0]!;
  };
  return {
    speed,
    wallNow: () => new Date(startsAt + (Date.now() - began) * speed + moved() + skew).toISOString(),
    elapsed: () => performance.now() * speed + moved(),
  };
}
