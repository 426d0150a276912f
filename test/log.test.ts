import { createLog } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

test('a line is JSON with the event, its facts and the time', () => {
  const line = JSON.parse(logged((log) => log.info('turn', { correlation: 'c1', ms: 3 })));
  expect(line).toMatchObject({ msg: 'turn', correlation: 'c1', ms: 3, time: expect.stringMatching(/Z$/) });
});

test('an error says where it happened and never what was typed', () => {
  const text = logged((log) => {
    try {
      JSON.parse('Priya Raman says 45%');
    } catch (error) {
      log.error('failed', error, { correlation: 'c2' });
    }
  });
  expect(text).not.toContain('Priya');
  expect(JSON.parse(text)).toMatchObject({ kind: 'SyntaxError', at: expect.stringContaining('log.test.ts') });
});

test('something thrown that is no error is survived', () => {
  expect(JSON.parse(logged((log) => log.error('failed', 'Priya')))).toMatchObject({ kind: 'string' });
});

test('what is below the level is not written', () => {
  expect(logged((log) => log.debug('detail'))).toBe('');
});
