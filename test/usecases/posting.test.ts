import { connectChannel, forgetChannel } from '../../src/usecases/connect-channel.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { readSeen, seenOn } from '../../src/usecases/see-shown.ts';
import { setSchedule } from '../../src/usecases/set-schedule.ts';
import { pageId } from '../../src/usecases/write-digest.ts';
import { openPosting, type Posting } from '../support/posting.ts';

let posting: Posting;
beforeEach(async () => {
  posting = await openPosting();
  await posting.connect('highways');
});
afterEach(() => posting.close());

const roundAndDeliver = async () => {
  const { posted } = await posting.round();
  await posting.deliver();
  return posted;
};
const ops = () => posting.shown.map(({ op, at }) => `${op} ${at.slice(0, 16)}`);

describe('a schedule', () => {
  test('is for clerks and performance officers', async () => {
    const { kent } = posting;
    for (const name of ['Priya Raman', 'Cllr Helen Marsh', 'Cllr David Lin', 'Tom Okafor']) {
      const refused = setSchedule(kent.deps, await kent.as(name), 'highways', []);
      await expect(refused).rejects.toMatchObject({ code: 'not-allowed' });
    }
  });

  test('says the next three times', async () => {
    const { next } = await posting.schedule('highways', 'at due and every friday at 9');
    expect(next.map(({ date, on }) => `${on} ${date}`)).toEqual([
      'weekday 2009-10-16',
      'due 2009-10-22',
      'weekday 2009-10-23',
    ]);
  });

  test('for a time of today that has passed is asked about', async () => {
    await expect(posting.schedule('highways', 'today at 9am')).rejects.toMatchObject({
      sentence: expect.stringContaining('9am on 14 October 2009 has passed'),
    });
  });

  test('stays when the channel is connected anew', async () => {
    await posting.schedule('highways', 'every friday at 9');
    await posting.connect('highways', 'scrutiny');
    posting.go('2009-10-16T08:00:00Z');
    expect(await roundAndDeliver()).toEqual([
      { channel: 'highways', period: '2009/10 Q2', occasion: 'weekday' },
    ]);
  });
});

describe('a scheduled digest', () => {
  test('is posted at its time and not before, each time as a new post', async () => {
    await posting.schedule('highways', 'every friday at 9');
    posting.go('2009-10-16T07:59:59Z');
    expect(await roundAndDeliver()).toEqual([]);
    posting.go('2009-10-16T08:00:00Z');
    expect(await roundAndDeliver()).toHaveLength(1);
    expect(await roundAndDeliver()).toEqual([]);
    posting.go('2009-10-23T08:00:00Z');
    await roundAndDeliver();
    expect(ops()).toEqual(['post 2009-10-16T08:00', 'post 2009-10-23T08:00']);
  });

  test('says when the next is wanted', async () => {
    await posting.schedule('highways', 'every friday at 9');
    expect((await posting.round()).nextAt).toBe('2009-10-16T08:00:00.000Z');
    await posting.schedule('highways', 'off');
    expect((await posting.round()).nextAt).toBeNull();
  });

  test('that was missed while nothing ran is posted once, late, and on a working day', async () => {
    await posting.schedule('highways', 'every friday at 9');
    // Two Fridays passed; it is a Saturday.
    posting.go('2009-10-24T10:00:00Z');
    const { posted, nextAt } = await posting.round();
    expect(posted).toEqual([]);
    expect(nextAt).toBe('2009-10-26T09:00:00.000Z');
    posting.go('2009-10-26T06:00:00Z');
    expect(await roundAndDeliver()).toEqual([]);
    posting.go('2009-10-26T09:00:00Z');
    expect(await roundAndDeliver()).toHaveLength(1);
    posting.go('2009-10-27T09:00:00Z');
    expect(await roundAndDeliver()).toEqual([]);
    expect(ops()).toEqual(['post 2009-10-26T09:00']);
  });

  test('is one post when processes do it at once', async () => {
    await posting.schedule('highways', 'every friday at 9');
    posting.go('2009-10-16T08:00:00Z');
    const rounds = await Promise.all([posting.round(), posting.round(), posting.round()]);
    expect(rounds.flatMap(({ posted }) => posted)).toHaveLength(1);
    await posting.deliver();
    expect(ops()).toHaveLength(1);
  });

  test('is left out where the channel is stopped or forgotten', async () => {
    await posting.schedule('highways', 'every friday at 9');
    const { store } = posting.kent;
    const council = { ...posting.year, year: null };
    const channel = (await store.read(council, 'channel', 'highways'))!;
    const stopped = { why: 'blocked' as const, code: 'BotDisabledByAdmin', at: posting.now() };
    const { id, version, data } = channel;
    await store.write(council, [
      { change: 'replace', kind: 'channel', id, version, data: { ...data, stopped } },
    ]);
    posting.go('2009-10-16T08:00:00Z');
    expect(await roundAndDeliver()).toEqual([]);
  });

  test('that is not out yet when the next is due makes way for it', async () => {
    await posting.schedule('highways', 'every friday at 9 and at due at 9');
    posting.go('2009-10-22T08:00:00Z');
    await posting.round();
    posting.go('2009-10-23T08:00:00Z');
    await posting.round();
    await posting.deliver();
    expect(ops()).toEqual(['post 2009-10-23T08:00']);
    const dead = (await posting.deliveries()).find(({ data }) => data.state === 'dead');
    expect(dead?.data.reason).toContain('took its place');
  });
});

describe('after a post', () => {
  beforeEach(async () => {
    await posting.schedule('highways', 'every friday at 9 and at lock at 9');
    posting.go('2009-10-16T08:00:00Z');
    await roundAndDeliver();
  });

  test('a correction edits the newest, marks what changed and when, and never posts a second', async () => {
    posting.go('2009-10-23T08:00:00Z');
    await roundAndDeliver();
    posting.go('2009-10-23T09:30:00Z');
    await posting.give('91');
    await posting.deliver();
    expect(ops()).toEqual(['post 2009-10-16T08:00', 'post 2009-10-23T08:00', 'edit 2009-10-23T09:30']);
    const [first, second, edit] = posting.shown;
    expect(edit!.activityId).toBe(second!.activityId);
    expect(first!.content.changes).toEqual([]);
    expect(edit!.content.changes).toEqual([
      {
        text: 'Kent Highway Services: KHS-02 Street lights working: 91% given, was Overdue, now Red. Reason: Counted again.',
        when: '23 October, 10.30am',
      },
    ]);
  });

  test('five changes are marked, the newest first, and the others counted', async () => {
    for (let at = 0; at < 8; at++) {
      posting.go(1);
      await posting.give(String(80 + at));
      await posting.deliver();
    }
    const { changes, earlierChanges } = posting.shown.at(-1)!.content;
    expect(changes).toHaveLength(5);
    expect(changes![0]!.text).toMatch(/86(\.0)?% → 87(\.0)?%/);
    expect(earlierChanges).toBe(3);
  });

  test('the next post starts without marks', async () => {
    await posting.give('91');
    await posting.deliver();
    posting.go('2009-10-23T08:00:00Z');
    await roundAndDeliver();
    expect(posting.shown.at(-1)!.content.changes).toEqual([]);
  });

  test('asking by hand brings the newest up to date and makes no post', async () => {
    const { kent } = posting;
    const asked = await postDigest(kent.deps, await kent.as('Grace Adeyemi'), 'highways');
    expect(asked.outcome).toBe('unchanged');
    await posting.give('91');
    await posting.deliver();
    expect(ops().filter((op) => op.startsWith('post'))).toHaveLength(1);
  });

  test('it is provisional until the lock, then says final, and the digest at lock is a post of its own', async () => {
    expect(posting.shown[0]!.content.finality).toMatchObject({
      final: false,
      text: 'Provisional: figures can change until 29 November 2009.',
    });
    posting.go('2009-11-28T12:00:00Z');
    await roundAndDeliver();
    posting.go('2009-11-30T00:05:00Z');
    await roundAndDeliver();
    await roundAndDeliver();
    const final = posting.shown.at(-1)!;
    expect([final.op, final.content.finality?.final]).toEqual(['edit', true]);
    posting.go('2009-11-30T09:00:00Z');
    await roundAndDeliver();
    const atLock = posting.shown.at(-1)!;
    expect([atLock.op, atLock.content.finality?.text]).toEqual([
      'post',
      'Final: the figures were locked at the end of 29 November 2009.',
    ]);
  });

  test('a correction after the lock edits it and says so, with the reason', async () => {
    posting.go('2009-11-30T09:00:00Z');
    await roundAndDeliver();
    posting.go('2009-12-30T10:00:00Z');
    await posting.give('91', 'Sam Whitlock');
    await posting.deliver();
    const last = posting.shown.at(-1)!;
    expect(last.op).toBe('edit');
    expect(last.content.changes![0]!.text).toMatch(/after the lock\. Reason: Counted again\./);
  });
});

describe('what was shown', () => {
  const seen = async (name: string, date: string, where: string | null = null) => {
    const { kent } = posting;
    const session = await kent.as(name, where === null ? 'private' : 'channel');
    const { showings } = await seenOn(kent.deps, session, 'highways', where === 'highways', date);
    return Promise.all(
      showings.map(async ({ id, data, until }) => ({
        from: data.from,
        until,
        ...(await readSeen(kent.deps, session, where, { channel: 'highways', showing: id, page: 1 })),
      })),
    );
  };
  beforeEach(async () => {
    await postDigest(posting.kent.deps, await posting.kent.as('Grace Adeyemi'), 'highways');
    await posting.deliver();
    posting.go('2009-10-15T09:05:00Z');
    await posting.give('91');
    await posting.deliver();
    posting.go('2009-10-20T09:00:00Z');
  });

  test('on a day is exactly what Teams was given, from when until when', async () => {
    const [only, ...others] = await seen('Grace Adeyemi', '2009-10-14');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ from: '2009-10-14T09:00:00.000Z', until: '2009-10-15T09:05:00.000Z' });
    expect(only!.content).toEqual(posting.shown[0]!.content);
  });

  test('on a day on which it changed is all of that day’s', async () => {
    const all = await seen('Grace Adeyemi', '2009-10-15');
    expect(all.map(({ content }) => content)).toEqual(posting.shown.map(({ content }) => content));
    expect(await seen('Grace Adeyemi', '2009-10-13')).toEqual([]);
    expect(await seen('Grace Adeyemi', '2009-10-19')).toHaveLength(1);
  });

  test('is told to members in their own channel, and to nobody else elsewhere', async () => {
    expect(await seen('Cllr David Lin', '2009-10-14', 'highways')).toHaveLength(1);
    for (const [name, where] of [
      ['Cllr David Lin', null],
      ['Cllr David Lin', 'another'],
      ['Priya Raman', null],
      ['Priya Raman', 'highways'],
    ] as const) {
      await expect(seen(name, '2009-10-14', where)).rejects.toMatchObject({ code: 'not-allowed' });
    }
  });

  test('leaves out, in a channel, a plan that became exempt since; a clerk alone sees it as it was', async () => {
    const { store } = posting.kent;
    const plan = (await store.read(posting.year, 'plan', 'KHS'))!;
    const data = { ...plan.data, classification: 'exempt' as const };
    await store.write(posting.year, [
      { change: 'replace', kind: 'plan', id: 'KHS', version: plan.version, data },
    ]);
    const [inChannel] = await seen('Cllr David Lin', '2009-10-15', 'highways');
    expect(inChannel!.withheld).toBe(1);
    expect(JSON.stringify(inChannel!.content)).not.toMatch(/Highway Services|KHS/);
    const [alone] = await seen('Grace Adeyemi', '2009-10-15');
    expect(alone!.content).toEqual(posting.shown[0]!.content);
  });
});

test('a followed post keeps its figures, and loses only what its channel may not see any more', async () => {
  await posting.connect('all', 'council', true);
  await posting.schedule('all', 'every friday at 9');
  posting.go('2009-10-16T08:00:00Z');
  await roundAndDeliver();
  posting.go('2009-10-23T08:00:00Z');
  await roundAndDeliver();
  expect(await everyPage()).toContain('Commercial Services');
  const { kent } = posting;
  const where = { id: 'all', serviceUrl: 'http://127.0.0.1/', name: 'all' };
  const choice = { audience: 'council', cleared: false };
  posting.go(1);
  await connectChannel(kent.deps, await kent.as('Grace Adeyemi'), where, choice);
  await posting.deliver();
  const edits = posting.shown.filter(({ op }) => op === 'edit');
  expect(new Set(edits.map(({ activityId }) => activityId))).toEqual(new Set(['post-1', 'post-2']));
  expect(await everyPage()).not.toContain('Commercial Services');
  expect(edits[0]!.content.headline).toMatch(/plans that were shown here may not be seen here now/);
});

test('a followed post loses an exempt plan that left the register, once its channel is cleared no more', async () => {
  const { kent, year } = posting;
  await posting.connect('all', 'council', true);
  await posting.schedule('all', 'every friday at 9');
  for (const friday of ['2009-10-16', '2009-10-23']) {
    posting.go(`${friday}T08:00:00Z`);
    await roundAndDeliver();
  }
  const { id, version } = (await kent.store.read(year, 'plan', 'COMSERV'))!;
  await kent.store.write(year, [{ change: 'remove', kind: 'plan', id, version }]);
  await posting.connect('all', 'council', false);
  await posting.deliver();
  const edited = posting.shown.filter(({ op }) => op === 'edit').map(({ activityId }) => activityId);
  expect(edited.sort()).toEqual(['post-1', 'post-2']);
  expect(await everyPage()).not.toContain('Commercial Services');
});

test('what became exempt while its channel was forgotten is taken out when it is connected again', async () => {
  const { kent, year } = posting;
  await postDigest(kent.deps, await kent.as('Grace Adeyemi'), 'highways');
  await posting.deliver();
  await forgetChannel(kent.deps, year.tenant, 'highways', { now: posting.now(), correlationId: 'test' });
  const { id, version, data } = (await kent.store.read(year, 'plan', 'KHS'))!;
  const exempt = { ...data, classification: 'exempt' } as const;
  await kent.store.write(year, [{ change: 'replace', kind: 'plan', id, version, data: exempt }]);
  await posting.connect('highways');
  await posting.deliver();
  expect(posting.shown.map(({ op, activityId }) => [op, activityId])).toEqual([
    ['post', 'post-1'],
    ['edit', 'post-1'],
  ]);
  expect(JSON.stringify(posting.shown.at(-1)!.content)).not.toMatch(/Highway Services|KHS/);
});

/** All pages of all digests as they now are. */
async function everyPage(): Promise<string> {
  const pages = (await posting.digests()).flatMap(({ id, data }) =>
    Array.from({ length: data.pages }, (_, at) => pageId(id, data.fingerprint, at + 1)),
  );
  const read = pages.map((id) => posting.kent.store.read(posting.year, 'digest-page', id));
  return JSON.stringify(await Promise.all(read));
}

test('a channel without clearance is told of no change in an exempt plan', async () => {
  await posting.connect('all', 'council', false);
  await postDigest(posting.kent.deps, await posting.kent.as('Grace Adeyemi'), 'all');
  await posting.deliver();
  const officer = 'Sam Whitlock';
  const [kpi] = await posting.kent.store.list(posting.year, 'kpi', { plan: 'COMSERV' });
  const period = kpi!.data.frequency === 'monthly' ? '2009/10 M06' : '2009/10 Q2';
  await posting.give('1', officer, `kpi/${kpi!.data.ref}@${period}`);
  await posting.deliver();
  for (const { content } of posting.shown) expect(JSON.stringify(content)).not.toMatch(/COMSERV|Commercial/);
});

test('a figure that changed before the post went out is not marked as changed since', async () => {
  const { kent } = posting;
  await posting.give('98.4');
  await postDigest(kent.deps, await kent.as('Grace Adeyemi'), 'highways');
  // Green before and after: the card looks the same.
  await posting.give('98.6');
  await posting.deliver();
  posting.go(1);
  await posting.give('98.9');
  await posting.deliver();
  const [digest] = await posting.digests();
  const marked = digest!.data.said.changes.map(({ text }) => text);
  expect(marked).toHaveLength(1);
  expect(marked[0]).toContain('98.6% → 98.9%');
});
