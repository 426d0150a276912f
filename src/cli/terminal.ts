/** Where a command runs: its environment, its two ways of saying something, and its clock. */
export type Terminal = {
  env: Record<string, string | undefined>;
  /** What was asked for: a table or JSON. */
  out: (text: string) => void;
  /** What went wrong. */
  err: (text: string) => void;
  /** The instant now as ISO text. */
  now: () => string;
};

/** What a command ends with: 0 done, 1 a fault in what it was given, 2 wrong usage. */
export const exitCodes = { done: 0, fault: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command with a code and, where there is more to say, a sentence. */
export class Ended extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, sentence = '') {
    super(sentence);
    this.exitCode = exitCode;
  }
}

const moving = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text without what would move a terminal's cursor, colour it or turn text round: names of channels come from Teams. */
export const printable = (text: string): string => text.replace(moving, '\ufffd');
