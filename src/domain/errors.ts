/** Everything that people are refused for, by a code that never changes. */
export type RefusalCode =
  | 'not-allowed'
  | 'not-found'
  | 'no-council'
  | 'form-gone'
  | 'not-yet-open'
  | 'busy'
  | 'not-a-channel'
  | 'channel-not-connected'
  | 'bad-period'
  | 'bad-input';

/**
 * An expected failure. `sentence` is shown to the person as it is, so it is plain English and says what to do
 * next; the log gets the code alone.
 */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly sentence: string;
  /** What the person had typed, to be shown again with the refusal so that it isn't lost. Never logged. */
  readonly typed: readonly string[];

  constructor(code: RefusalCode, sentence: string, typed: readonly string[] = []) {
    super(code);
    this.code = code;
    this.sentence = sentence;
    this.typed = typed;
  }
}
