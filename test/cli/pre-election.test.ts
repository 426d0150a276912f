import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { type KentCommandLine, openKentCommandLine } from './command-line.ts';

let kent: KentCommandLine;
let words: string[];
beforeAll(async () => {
  kent = await openKentCommandLine();
  const said = await kent.run('status', 'KHS', '--json');
  words = JSON.parse(said.out).plans[0].kpis.flatMap(({ commentary }: { commentary: string }) =>
    commentary ? [commentary.slice(0, 40)] : [],
  );
  await kent.run('pre-election', 'on');
});
afterAll(() => kent.close());

const sentence = 'Pre-election period: what people wrote is left out of this paper.';

/** A paper of Kent Highway Services as a reader sees its words, and what the command printed. */
async function paper(format: string, ...more: string[]): Promise<{ text: string; out: string }> {
  const file = kent.at(`${[format, ...more].join('')}.${format}`);
  const { exitCode, out } = await kent.run('export', 'KHS', '--format', format, '--out', file, ...more);
  expect(exitCode).toBe(0);
  const bytes = readFileSync(file);
  const text = format === 'docx' ? Buffer.from(unzipSync(bytes)['word/document.xml']!) : bytes;
  return { text: text.toString('utf8').replaceAll('&#39;', '’'), out };
}

const quotedIn = (text: string) => words.filter((each) => text.includes(each));

test.each(['csv', 'html', 'docx'])('a paper as %s quotes nobody, and says why', async (format) => {
  const { text, out } = await paper(format);
  expect(words.length).toBeGreaterThan(2);
  expect(quotedIn(text)).toEqual([]);
  expect(text).toContain(sentence);
  expect(text).not.toMatch(/None given|Cause, in the manager/);
  expect(out).toContain(`${sentence} Where they are needed, add --with-quotes; that is kept`);
});

test('where quotes are needed they can be put in, and the audit trail says so', async () => {
  const { text, out } = await paper('html', '--with-quotes');
  expect(quotedIn(text).length).toBeGreaterThan(1);
  expect(text).not.toContain(sentence);
  expect(out).not.toContain('Pre-election');
  const { entries } = JSON.parse((await kent.run('audit', '--json')).out);
  const exported = entries.filter(({ act }: { act: string }) => act === 'paper-exported');
  expect(exported.map(({ about }: { about: { quotes: string } }) => about.quotes).sort()).toEqual([
    ...['no', 'no', 'no', 'yes'],
  ]);
});

test('what programs read, and a digest that is printed, quote nobody and say that the period is on', async () => {
  for (const command of [['status', 'KHS'], ['off-target'], ['digest', 'council', '--dry-run']]) {
    const { out } = await kent.run(...command, '--json');
    expect(quotedIn(out)).toEqual([]);
    expect(JSON.parse(out)).toMatchObject({ preElection: true });
  }
  const { out } = await kent.run('digest', 'council', '--dry-run');
  expect(out).toContain('Pre-election period: what managers wrote is not shown.');
});

test('the calendar says that a period was moved and when, and neither why nor by whom', async () => {
  await kent.run('calendar', 'move', 'Q2', '--due', '2009-10-28', '--reason', 'The survey is late.');
  expect((await kent.run('calendar')).out).toMatch(/2009\/10 Q2 .* moved$/m);
  const { out } = await kent.run('calendar', '--json');
  const { preElection, periods, moves } = JSON.parse(out);
  expect({ preElection, moved: periods[1].moved, moves }).toEqual({
    preElection: true,
    moved: expect.objectContaining({ number: 1, due: '2009-10-28' }),
    moves: [expect.objectContaining({ period: '2009/10 Q2', number: 1 })],
  });
  expect(out).not.toMatch(/survey|"reason"|"by"/);
});

test('when it is over, papers quote managers again and the audit trail says nothing of quotes', async () => {
  await kent.run('pre-election', 'off');
  const { text, out } = await paper('html', '--force');
  expect(quotedIn(text).length).toBeGreaterThan(1);
  expect(out).not.toContain('Pre-election');
  const { entries } = JSON.parse((await kent.run('audit', '--json')).out);
  const papers = entries.filter(({ act }: { act: string }) => act === 'paper-exported');
  expect(papers.filter(({ about }: { about: object }) => !('quotes' in about))).toHaveLength(1);
});
