import { createLog } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

test('a line is JSON with the event, its facts and the time', () => {
  const line = JSON.parse(logged((log) => log.info({ correlation: 'c1', ms: 3 }, 'turn')));
  expect(line).toMatchObject({ msg: 'turn', correlation: 'c1', ms: 3, time: expect.stringMatching(/Z$/) });
});

test('an error says where it happened and never what was typed', () => {
  const text = logged((log) => {
    try {
      JSON.parse('Priya Raman says 45%');
    } catch (error) {
      log.error(error, { correlation: 'c2' }, 'failed');
    }
  });
  expect(text).not.toContain('Priya');
  const { error } = JSON.parse(text);
  expect(error).toMatchObject({ kind: 'SyntaxError' });
  expect(error.at.join()).toContain('log.test.ts');
});

test('what was typed is not taken for where it happened', () => {
  const text = logged((log) =>
    log.error(new Error('Bad:\n    at Priya’s desk (secret.ts:1:1)\nat 45%'), {}, 'failed'),
  );
  expect(text).not.toMatch(/Priya|45%/);
  expect(JSON.parse(text).error.at[0]).toContain('log.test.ts');
});

test('something thrown that is no error is survived', () => {
  const text = logged((log) => log.error('Priya', {}, 'failed'));
  expect(JSON.parse(text).error).toEqual({ kind: 'string' });
});

test('what is below the level is not written', () => {
  expect(logged((log) => log.debug({}, 'detail'))).toBe('');
});

test('an id that a client made up can neither begin a line nor move a terminal’s cursor', () => {
  const made = 'x\n{"level":30,"msg":"forged"}\r\u001b[2J\u009b31m\u2028\u2029\u202e\u200b\u0000';
  const text = logged((log) => {
    log.info({ type: made }, 'turn');
    log.error(new Error(made), { tenant: made }, 'turn-failed');
  });
  expect(text.trimEnd().split('\n')).toHaveLength(2);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).not.toMatch(/\\u00|\\r/);
  expect(JSON.parse(text.split('\n')[0]!).msg).toBe('turn');
});

test('an id without end is cut', () => {
  expect(logged((log) => log.info({ type: 'x'.repeat(1e6) }, 'turn')).length).toBeLessThan(700);
});
