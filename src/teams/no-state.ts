import { TurnState } from '@microsoft/teams-ai';

/** Turn state that is never read or written: what must last is in the store. */
export class NoState extends TurnState {
  readonly #temp = {} as TurnState['temp'];

  override get temp(): TurnState['temp'] {
    return this.#temp;
  }
  override get user(): TurnState['user'] {
    return {};
  }
  override load(): Promise<boolean> {
    return Promise.resolve(false);
  }
  override save(): Promise<void> {
    return Promise.resolve();
  }
}
