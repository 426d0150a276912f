import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { accessTable, actions } from '../../src/domain/access.ts';
import { type Act, acts, actsOf } from '../../src/domain/audit.ts';
import { readSchedule } from '../../src/domain/read-schedule.ts';
import { recordForAll } from '../../src/usecases/after-restore.ts';
import { applyRetention } from '../../src/usecases/apply-retention.ts';
import { hashOfEntry } from '../../src/usecases/audit-trail.ts';
import { connectChannel, forgetChannel } from '../../src/usecases/connect-channel.ts';
import { erasePerson } from '../../src/usecases/erase-person.ts';
import { heldAbout } from '../../src/usecases/held-about.ts';
import { addHold, endHold } from '../../src/usecases/holds.ts';
import { movePeriod } from '../../src/usecases/move-period.ts';
import type { KpiForm, MilestoneForm } from '../../src/usecases/open-form.ts';
import { openForm } from '../../src/usecases/open-form.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { setPreElection } from '../../src/usecases/pre-election.ts';
import { auditIn, readAudit, verifyAudit } from '../../src/usecases/read-audit.ts';
import { sendAgain } from '../../src/usecases/send-again.ts';
import { openYear, type Session } from '../../src/usecases/session.ts';
import { endCover, setCover } from '../../src/usecases/set-cover.ts';
import { setSchedule } from '../../src/usecases/set-schedule.ts';
import { submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import { submitMilestoneUpdate } from '../../src/usecases/submit-milestone-update.ts';
import { openKentCommandLine } from '../cli/command-line.ts';
import { type Kent, kentTenant, openKent } from '../support/kent.ts';

let kent: Kent;
let officer: Session;
let clerk: Session;
beforeEach(async () => {
  kent = await openKent();
  officer = await kent.as('Sam Whitlock');
  clerk = await kent.as('Grace Adeyemi');
});
afterEach(() => kent.close());

const year = { tenant: kentTenant, year: '2009/10' };
const lights = 'kpi/KHS-02@2009/10 M06';
const place = (id: string) => ({ id, serviceUrl: 'http://127.0.0.1/', name: id });
const connect = (session: Session, audience = 'council') =>
  connectChannel(kent.deps, session, place('one'), { audience, cleared: false });
const entries = async () => auditIn(kent.deps, await openYear(kent.deps, kentTenant, 'test'));
const verified = async () => verifyAudit(kent.deps, await openYear(kent.deps, kentTenant, 'test'));
const latest = async (act: Act) => (await entries()).find((entry) => entry.act === act);

async function giveLights(session: Session, result: string): Promise<void> {
  const { form } = (await openForm(kent.deps, session, lights)) as KpiForm;
  const why = { commentary: 'Secret words.', action: 'Repair.', actionBy: '2010-03-01', reason: 'Counted.' };
  expect(await submitKpiUpdate(kent.deps, session, { form, result, ...why })).toMatchObject({
    outcome: 'kept',
  });
}

async function reportMilestone(session: Session): Promise<void> {
  const milestone = (await kent.store.list(year, 'milestone')).find(({ data }) => data.accountableManager)!;
  const { form } = (await openForm(
    kent.deps,
    session,
    `milestone/${milestone.id}@2009/10 Q2`,
  )) as MilestoneForm;
  const said = { form, state: 'at-risk', percentComplete: '40', commentary: 'Late.', reason: 'Asked.' };
  const given = await submitMilestoneUpdate(kent.deps, session, { ...said, forecast: '2010-03-30' });
  expect(given).toMatchObject({ outcome: 'kept' });
}

async function remove(kind: 'kpi-update' | 'milestone-update'): Promise<void> {
  for (const { id, version } of await kent.store.list(year, kind)) {
    await kent.store.write(year, [{ change: 'remove', kind, id, version }]);
  }
  for (const each of await kent.store.list(year, `${kind}-revision`)) {
    const { id, version } = each;
    await kent.store.write(year, [{ change: 'remove', kind: `${kind}-revision`, id, version } as never]);
  }
}

const cover = async () => {
  const [of, deputy] = await Promise.all(
    ['Priya Raman', 'Martin Hollis'].map(async (name) => (await kent.as(name)).actor.person.id),
  );
  return { of, deputy: deputy! };
};

/** How each thing is done that the trail keeps. A new one must be added here, and must make its entry. */
const doing: Record<Act, () => Promise<unknown>> = {
  'channel-connected': () => connect(clerk),
  'channel-forgotten': async () => {
    await connect(clerk);
    await forgetChannel(kent.deps, kentTenant, 'one', officer);
  },
  'schedule-set': async () => {
    await connect(clerk);
    const read = readSchedule('every friday at 9', clerk.today);
    await setSchedule(kent.deps, clerk, 'one', read.ok ? read.rules : []);
  },
  'digest-posted': async () => {
    await connect(clerk);
    await postDigest(kent.deps, clerk, 'one');
  },
  'delivery-sent-again': async () => {
    await connect(clerk);
    await postDigest(kent.deps, clerk, 'one');
    const [delivery] = await kent.store.list(year, 'delivery');
    const { id, version, data } = delivery!;
    const dead = { ...data, state: 'dead' } as const;
    await kent.store.write(year, [{ change: 'replace', kind: 'delivery', id, version, data: dead }]);
    await sendAgain(kent.deps, clerk, id);
  },
  'period-moved': () =>
    movePeriod(kent.deps, officer, { period: '2009/10 Q2', seen: 0, due: '2009-10-28', reason: 'Late.' }),
  'cover-set': async () => {
    const { of, deputy } = await cover();
    await setCover(kent.deps, officer, { of }, { deputy, from: '2009-10-19', to: '2009-10-23' });
  },
  'cover-ended': async () => {
    await doing['cover-set']();
    await endCover(kent.deps, officer, await cover());
  },
  'figure-given': async () => {
    await remove('kpi-update');
    await giveLights(officer, '91');
  },
  'figure-corrected': async () => {
    await doing['figure-given']();
    await giveLights(officer, '92');
  },
  'milestone-given': async () => {
    await remove('milestone-update');
    await reportMilestone(officer);
  },
  'milestone-corrected': async () => {
    await doing['milestone-given']();
    await reportMilestone(officer);
  },
  'import-begun': async () => {},
  'import-done': async () => {},
  'paper-exported': async () => {},
  'person-erased': async () => erasePerson(kent.deps, officer, 'Priya Raman', { reason: 'R1', force: true }),
  'hold-added': async () => addHold(kent.deps, officer, 'everything', '', 'A request.'),
  'hold-ended': async () => {
    const { id } = await addHold(kent.deps, officer, 'everything', '', 'A request.');
    await endHold(kent.deps, officer, id);
  },
  'pre-election-on': () => setPreElection(kent.deps, officer, true),
  'pre-election-off': async () => {
    await setPreElection(kent.deps, officer, true);
    await setPreElection(kent.deps, officer, false);
  },
  'year-removed': async () => {
    const council = { tenant: kentTenant, year: null };
    const { id, version, data } = (await kent.store.read(council, 'council', 'council'))!;
    const withOld = { ...data, years: ['2001/02', ...data.years] };
    await kent.store.write(council, [{ change: 'replace', kind: 'council', id, version, data: withOld }]);
    const open = await atCommandLine();
    await applyRetention(kent.deps, { ...open, settings: { ...open.settings, retention: { years: 3 } } });
  },
  'held-about-exported': async () => heldAbout(kent.deps, await atCommandLine(), 'Priya Raman'),
  'backup-made': () => recordForAll(kent.deps, 'backup-made'),
  'store-restored': () => recordForAll(kent.deps, 'store-restored'),
};
const atCommandLine = () => openYear(kent.deps, kentTenant, 'command-line');
/** Done on the command line alone; see “the command line” below, and `openKent` loads the council so. */
const onCommandLine: Act[] = [
  'import-begun',
  'import-done',
  'paper-exported',
  'channel-forgotten',
  'backup-made',
  'store-restored',
  'year-removed',
  'held-about-exported',
];

describe('whatever a clerk or an officer may do', () => {
  test.each(actions)('%s changes nothing, or the trail keeps what it changes', (action) => {
    const theirs = accessTable[action].clerk ?? accessTable[action]['performance-officer'];
    if (theirs === undefined) return;
    expect(actsOf[action].length > 0).toBe(!action.startsWith('see-'));
  });

  test.each(acts.filter((act) => act !== 'paper-exported'))('%s is in the trail', async (act) => {
    await doing[act]();
    expect(await latest(act)).toMatchObject({ act });
    const said = await latest(act);
    if (!onCommandLine.includes(act)) {
      expect([officer.actor.person.id, clerk.actor.person.id]).toContain(said!.by);
      expect(said).toMatchObject({ via: 'teams', cause: 'test', at: '2009-10-14T09:00:00.000Z' });
    }
    expect((await verified()).breaks).toEqual([]);
    expect(JSON.stringify(await entries())).not.toMatch(/Secret words|Counted|Late\.|Sam Whitlock/);
  });

  test('every act is reached by a right, or is done on the command line or by Planwatch', () => {
    const reached = new Set(actions.flatMap((action) => actsOf[action]));
    expect(acts.filter((act) => !reached.has(act) && !onCommandLine.includes(act))).toEqual([]);
  });
});

test('the command line is in the trail, and loading the same folder again is not', async () => {
  const line = await openKentCommandLine();
  const trail = async () => JSON.parse((await line.run('audit', '--json')).out).entries;
  const before = await trail();
  expect(before.map(({ act }: { act: Act }) => act).sort()).toEqual([
    'import-begun',
    'import-begun',
    'import-done',
  ]);
  expect(before[0]).toMatchObject({ by: null, via: 'command-line', about: { year: '2009/10' } });
  await line.run('import', 'samples/kent-2009-10');
  expect(await trail()).toEqual(before);
  await line.run('export', 'KHS', '--format', 'csv', '--out', line.at('paper.csv'));
  await line.run('calendar', 'move', 'Q2', '--due', '2009-10-28', '--reason', 'The survey is late.');
  expect((await trail()).map(({ act }: { act: Act }) => act)).toEqual(
    expect.arrayContaining(['paper-exported', 'period-moved']),
  );
  expect((await line.run('audit')).out).toMatch(/command-line +period-moved +period 2009\/10 Q2, move 1/);
  expect(await line.run('audit', '--verify')).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/is whole/),
  });
  line.close();
});

test('a manager’s own figures leave the trail alone', async () => {
  const before = await entries();
  await giveLights(await kent.as('Priya Raman'), '91');
  expect(await entries()).toEqual(before);
});

test('after the lock an officer’s correction of any figure says so', async () => {
  kent.setNow('2010-03-15T10:00:00.000Z');
  await giveLights(await kent.as('Sam Whitlock'), '91');
  expect(await latest('figure-corrected').then((it) => it ?? latest('figure-given'))).toMatchObject({
    outcome: 'after-lock',
    about: { kpi: 'KHS-02', period: '2009/10 M06' },
  });
});

test('only performance officers may read it', async () => {
  expect(await readAudit(kent.deps, officer)).not.toEqual([]);
  for (const name of ['Grace Adeyemi', 'Priya Raman', 'Cllr Helen Marsh']) {
    await expect(readAudit(kent.deps, await kent.as(name))).rejects.toMatchObject({ code: 'not-allowed' });
  }
});

test('the hash covers all that an entry says, and of which council’s and year’s trail it is', async () => {
  await doing['period-moved']();
  const { trail: _, ...entry } = (await latest('period-moved'))!;
  expect(hashOfEntry(year, entry)).toBe(entry.hash);
  const { hash: __, ...said } = entry;
  const others: { [Field in keyof typeof said]: (typeof said)[Field] } = {
    number: entry.number + 1,
    at: '2009-10-14T09:00:00.001Z',
    by: clerk.actor.person.id,
    via: 'planwatch',
    act: 'cover-set',
    about: { ...entry.about, period: '2009/10 Q3' },
    outcome: 'undone',
    cause: 'another',
    previous: null,
  };
  expect(Object.keys(others).sort()).toEqual(Object.keys(said).sort());
  for (const [field, value] of Object.entries(others)) {
    expect([field, hashOfEntry(year, { ...entry, [field]: value })]).not.toEqual([field, entry.hash]);
  }
  expect(hashOfEntry({ ...year, year: '2010/11' }, entry)).not.toBe(entry.hash);
  expect(hashOfEntry({ ...year, tenant: 'another' }, entry)).not.toBe(entry.hash);
});

describe('someone who gets at the file', () => {
  async function tampered(sql: string) {
    const line = await openKentCommandLine();
    for (const due of ['2009-10-28', '2009-10-29', '2009-10-30']) {
      await line.run('calendar', 'move', 'Q2', '--due', due, '--reason', 'The survey is late.');
    }
    expect((await line.run('audit', '--verify')).exitCode).toBe(0);
    const db = new DatabaseSync(line.at('planwatch.db'));
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    db.close();
    const { exitCode, out } = await line.run('audit', '--verify', '--json');
    line.close();
    rmSync(line.folder, { recursive: true, force: true });
    expect(exitCode).toBe(1);
    return JSON.parse(out).breaks;
  }
  const inYear = `kind = 'audit-entry' AND partition LIKE '%2009%10'`;

  test.each([
    [
      'changes an entry',
      `UPDATE document SET data = replace(data, 'Q2', 'Q3') WHERE id = '00000002' AND ${inYear}`,
      2,
    ],
    ['spoils an entry', `UPDATE document SET data = '{' WHERE id = '00000003' AND ${inYear}`, 3],
    [
      'puts one in the place of another',
      `UPDATE document SET data = (SELECT other.data FROM document AS other WHERE other.partition = document.partition AND other.kind = 'audit-entry' AND other.id = '00000003') WHERE id = '00000002' AND ${inYear}`,
      2,
    ],
    [
      'puts an entry of another trail in its place',
      `UPDATE document SET data = (SELECT data FROM document AS other WHERE kind = 'audit-entry' AND id = '00000001' AND partition NOT LIKE '%2009%10') WHERE id = '00000001' AND ${inYear}`,
      1,
    ],
    ['takes one out of the middle', `DELETE FROM document WHERE id = '00000002' AND ${inYear}`, 2],
    ['takes the last', `DELETE FROM document WHERE id = '00000004' AND ${inYear}`, 4],
    ['takes them all', `DELETE FROM document WHERE ${inYear}`, 1],
    [
      'takes the trail with its end',
      `DELETE FROM document WHERE kind LIKE 'audit-%' AND partition LIKE '%2009%10'`,
      1,
    ],
    [
      'moves the end',
      `UPDATE document SET data = replace(data, '"number":4', '"number":3') WHERE kind = 'audit-head' AND partition LIKE '%2009%10'`,
      3,
    ],
    ['takes the end', `DELETE FROM document WHERE kind = 'audit-head' AND partition LIKE '%2009%10'`, 5],
  ])('and %s is found out', async (_what, sql, number) => {
    expect(await tampered(sql)).toMatchObject([{ trail: '2009/10', number }]);
  });

  test('and takes every trail there is, is found out', async () => {
    const breaks = await tampered(`DELETE FROM document WHERE kind LIKE 'audit-%'`);
    expect(breaks).toMatchObject([{ trail: 'council', number: 1 }]);
  });
});
