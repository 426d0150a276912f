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

test('something thrown that is no error is survived', () => {
  const text = logged((log) => log.error('Priya', {}, 'failed'));
  expect(JSON.parse(text).error).toEqual({ kind: 'string' });
});

test('what is below the level is not written', () => {
  expect(logged((log) => log.debug({}, 'detail'))).toBe('');
});
