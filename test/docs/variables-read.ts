import { readConfig } from '../../src/config.ts';

/** The variables that Planwatch reads, by watching it read them. */
export function variablesRead(): string[] {
  const names = new Set<string>();
  const watch = (values: Record<string, string>) =>
    readConfig(
      new Proxy(values, {
        get: (env, name: string) => {
          names.add(name);
          return env[name];
        },
      }),
    );
  watch({});
  watch({ PLANWATCH_MODE: 'teams', PLANWATCH_STORE: 'cosmos' });
  return [...names].sort();
}
