import type { Actor, Place } from '../../src/domain/access.ts';
import type { Audience } from '../../src/domain/digest.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import { connectChannel } from '../../src/usecases/connect-channel.ts';
import { type KpiForm, openForm } from '../../src/usecases/open-form.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { readDigestPage } from '../../src/usecases/read-digest.ts';
import { submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import type { Connector, Sent } from '../../src/worker/connector.ts';
import type { OutboxDeps } from '../../src/worker/outbox.ts';
import { createOutbox, deliverDue } from '../../src/worker/rounds.ts';
import { type Kent, kentTenant, openKent } from '../support/kent.ts';

let kent: Kent;
beforeEach(async () => {
  kent = await openKent();
});
afterEach(() => kent.close());

type Call = { op: 'post' | 'edit'; to: string; activityId: string | null };

/** A channel that records what reaches it and answers as it is told to, then as Teams usually does. */
function recordingConnector(answers: Sent[] = []) {
  const calls: Call[] = [];
  let posts = 0;
  const answer = (call: Call): Sent => {
    calls.push(call);
    return answers.shift() ?? { outcome: 'accepted', activityId: call.activityId ?? `post-${++posts}` };
  };
  const connector: Connector = {
    post: async (to) => answer({ op: 'post', to: to.id, activityId: null }),
    edit: async (to, activityId) => answer({ op: 'edit', to: to.id, activityId }),
  };
  return { connector, calls };
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const worker = (connector: Connector, workerId = 'worker'): OutboxDeps => ({
  ...kent.deps,
  connector,
  workerId,
  digestCard: async (_deps, _tenant, { id, data }) => ({ digest: id, revision: data.revision }),
  noticeCard: () => ({}),
  cycle: { card: () => ({}), anyHour: true },
  random: () => 0,
  elapsed: () => Date.parse(kent.deps.wallNow()),
  log: quiet,
  telemetry: noTelemetry,
});

const channel = 'channel-1';
async function connect(audience = 'portfolio:highways', cleared = false, id = channel) {
  const where = { id, serviceUrl: 'http://127.0.0.1/', name: 'Highways' };
  return connectChannel(kent.deps, await kent.as('Grace Adeyemi'), where, { audience, cleared });
}
const post = async (id = channel) => postDigest(kent.deps, await kent.as('Grace Adeyemi'), id);
async function correct(result: string, reason?: string) {
  const session = await kent.as('Priya Raman');
  const { form } = (await openForm(kent.deps, session, 'kpi/KHS-02@2009/10 M06')) as KpiForm;
  const why = { commentary: 'Cable faults.', action: 'Repair them.', actionBy: '2009-12-01' };
  const submission = await submitKpiUpdate(kent.deps, session, { form, result, ...why, reason });
  expect(submission.outcome).toBe('kept');
}
const digests = async () => kent.store.list({ tenant: kentTenant, year: '2009/10' }, 'digest');
const deliveries = async () => kent.store.list({ tenant: kentTenant, year: '2009/10' }, 'delivery');
const later = (seconds: number) =>
  kent.setNow(new Date(Date.parse('2009-10-14T09:00:00Z') + seconds * 1000).toISOString());

describe('connecting a channel', () => {
  test('is for clerks and performance officers', async () => {
    const where = { id: channel, serviceUrl: 'http://127.0.0.1/', name: null };
    const choice = { audience: 'council', cleared: false };
    for (const name of ['Priya Raman', 'Tom Okafor', 'Cllr Helen Marsh', 'Cllr David Lin']) {
      const refused = connectChannel(kent.deps, await kent.as(name), where, choice);
      await expect(refused).rejects.toMatchObject({ code: 'not-allowed' });
    }
    const bound = await connectChannel(kent.deps, await kent.as('Sam Whitlock'), where, choice);
    expect(bound.audience).toEqual<Audience>({ kind: 'council' });
  });

  test('twice is the same as once, and can be changed', async () => {
    await connect();
    await connect('scrutiny');
    const channels = await kent.store.list({ tenant: kentTenant, year: null }, 'channel');
    expect(channels.map(({ data }) => data.audience)).toEqual([{ kind: 'scrutiny' }]);
  });

  test('to nothing that was offered is asked about', async () => {
    for (const audience of ['portfolio:none', '', null, 7, { kind: 'council' }]) {
      await expect(connect(audience as string)).rejects.toMatchObject({ code: 'bad-input' });
    }
  });
});

describe('a digest', () => {
  test('needs a connected channel', () =>
    expect(post()).rejects.toMatchObject({ code: 'channel-not-connected' }));

  test('is one post, however often it is asked for', async () => {
    const { connector, calls } = recordingConnector();
    await connect();
    expect((await post()).outcome).toBe('posting');
    await deliverDue(worker(connector));
    expect((await post()).outcome).toBe('unchanged');
    await deliverDue(worker(connector));
    expect(calls).toEqual([{ op: 'post', to: channel, activityId: null }]);
  });

  test('is edited after a correction, and says what is true then', async () => {
    const { connector, calls } = recordingConnector();
    await connect();
    await post();
    await deliverDue(worker(connector));
    await correct('91');
    await deliverDue(worker(connector));
    expect(calls.map(({ op, activityId }) => [op, activityId])).toEqual([
      ['post', null],
      ['edit', 'post-1'],
    ]);
    const [digest] = await digests();
    expect(digest!.data).toMatchObject({ revision: 2, sentRevision: 2, activityId: 'post-1' });
    const page = await readDigestPage(kent.deps, await kent.as('Grace Adeyemi'), channel, digest!.id, 1);
    expect(JSON.stringify(page.content)).toContain('Street lights working');
  });

  test('that would say the same is not sent again', async () => {
    const { connector, calls } = recordingConnector();
    await connect('portfolio:health');
    await post();
    await deliverDue(worker(connector));
    await correct('98.5');
    await deliverDue(worker(connector));
    expect(calls).toHaveLength(1);
  });

  test('asked for twice before the first is out is one post', async () => {
    const { connector, calls } = recordingConnector();
    await connect();
    await Promise.all([post(), post()]);
    await Promise.all([deliverDue(worker(connector, 'a')), deliverDue(worker(connector, 'b'))]);
    later(5);
    await deliverDue(worker(connector));
    expect(calls.filter(({ op }) => op === 'post')).toHaveLength(1);
    expect((await deliveries()).map(({ data }) => data.state)).toEqual(['sent', 'sent']);
  });

  test('waits as long as Teams asks, then is posted once', async () => {
    const { connector, calls } = recordingConnector([
      { outcome: 'later', status: 429, retryAfterSeconds: 30 },
    ]);
    await connect();
    await post();
    await deliverDue(worker(connector));
    later(29);
    expect(await deliverDue(worker(connector))).toBe(0);
    later(30);
    await deliverDue(worker(connector));
    expect(calls).toHaveLength(2);
    expect((await digests())[0]!.data.activityId).toBe('post-1');
  });

  test('that may or may not have arrived is not posted again until someone asks', async () => {
    const { connector, calls } = recordingConnector([{ outcome: 'unknown', reason: 'timeout' }]);
    await connect();
    await post();
    await deliverDue(worker(connector));
    await correct('91');
    await deliverDue(worker(connector));
    expect(calls).toHaveLength(1);
    expect((await deliveries()).map(({ data }) => data.state).sort()).toEqual(['unknown', 'unknown']);
    await post();
    await deliverDue(worker(connector));
    expect(calls).toHaveLength(2);
    expect((await digests())[0]!.data.activityId).toBe('post-1');
  });

  test('whose post was deleted is posted anew, once', async () => {
    const { connector, calls } = recordingConnector();
    await connect();
    await post();
    await deliverDue(worker(connector));
    await correct('91');
    const gone = recordingConnector([{ outcome: 'refused', status: 404, code: 'ActivityNotFound' }]);
    await deliverDue(worker(gone.connector));
    expect(calls).toHaveLength(1);
    expect(gone.calls.map(({ op }) => op)).toEqual(['edit', 'post']);
  });

  test('is left for the next start when the worker is told to stop before it', async () => {
    await connect();
    await post();
    const { connector, calls } = recordingConnector();
    const stopping = createOutbox(worker(connector));
    stopping.stop();
    await stopping.round();
    expect(await stopping.settled()).toBe(0);
    expect((await deliveries()).map(({ data }) => data.state)).toEqual(['waiting']);
    await deliverDue(worker(connector));
    expect(calls).toHaveLength(1);
  });

  test('refused for good keeps the reason', async () => {
    const { connector } = recordingConnector([
      { outcome: 'refused', status: 403, code: 'BotDisabledByAdmin' },
    ]);
    await connect();
    await post();
    await deliverDue(worker(connector));
    expect((await deliveries())[0]!.data).toMatchObject({
      state: 'dead',
      code: 'BotDisabledByAdmin',
    });
  });
});

test('a period that nobody has been asked about yet is not posted', async () => {
  const grace = await kent.as('Grace Adeyemi');
  const place = { id: 'channel', serviceUrl: 'http://teams', name: 'Highways' };
  await connectChannel(kent.deps, grace, place, { audience: 'council', cleared: false });
  await expect(postDigest(kent.deps, grace, 'channel', 'Q4')).rejects.toMatchObject({
    sentence: expect.stringContaining('from 1 April 2010'),
  });
  expect((await postDigest(kent.deps, grace, 'channel', 'Q1')).outcome).toBe('posting');
});

test('a channel that Teams knows no more is forgotten', async () => {
  const gone: Sent = { outcome: 'refused', status: 404, code: 'ConversationNotFound' };
  const { connector, calls } = recordingConnector([gone]);
  await connect();
  await post();
  await deliverDue(worker(connector));
  await correct('91');
  await deliverDue(worker(connector));
  expect(calls).toHaveLength(1);
  await expect(post()).rejects.toMatchObject({ code: 'channel-not-connected' });
});

describe('a first post', () => {
  test('that Teams can’t take for hours is given up, with the reason kept', async () => {
    await connect();
    await post();
    const busy: Sent = { outcome: 'later', status: 503, retryAfterSeconds: null };
    const { connector, calls } = recordingConnector(Array(20).fill(busy));
    for (let hour = 1; hour <= 10; hour++) {
      later(hour * 3600);
      await deliverDue(worker(connector));
    }
    expect(calls).toHaveLength(8);
    expect((await deliveries())[0]!.data).toMatchObject({
      state: 'dead',
      reason: expect.stringContaining('Teams answered 503'),
    });
  });

  test('is the only one, though the figures change while it is on its way', async () => {
    await connect();
    await post();
    const { connector, calls } = recordingConnector();
    const slow: Connector = {
      ...connector,
      async post(to, card) {
        await correct('91');
        await deliverDue(worker(connector, 'b'));
        return connector.post(to, card);
      },
    };
    await deliverDue(worker(slow, 'a'));
    later(5);
    await deliverDue(worker(connector, 'a'));
    expect(calls.map(({ op, activityId }) => [op, activityId])).toEqual([
      ['post', null],
      ['edit', 'post-1'],
    ]);
  });

  test('that was cut off in the middle is not made again', async () => {
    await connect();
    await post();
    const { connector, calls } = recordingConnector();
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const hanging: Connector = {
      ...connector,
      async post(to, card) {
        const sent = await connector.post(to, card);
        begun.resolve();
        await end.promise;
        return sent;
      },
    };
    const first = deliverDue(worker(hanging, 'a'));
    await begun.promise;
    // Past the claim and past the lease, by any clock.
    later(200);
    await deliverDue(worker(connector, 'b'));
    expect(calls).toHaveLength(1);
    expect((await deliveries())[0]!.data).toMatchObject({
      state: 'unknown',
      reason: 'the process stopped while it was posting',
    });
    end.resolve();
    await first;
    expect(calls).toHaveLength(1);
  });
});

describe('what is exempt', () => {
  const said = async (id: string) => {
    const [digest] = (await digests()).filter(({ data }) => data.channel === id);
    const pages = await kent.store.list(digest!.partition, 'digest-page', { digest: digest!.id });
    return JSON.stringify(pages);
  };

  test('stays out of a channel that isn’t cleared, and is told to one that is', async () => {
    await connect('council', false, 'open');
    await connect('council', true, 'cleared');
    await post('open');
    await post('cleared');
    expect(await said('open')).not.toContain('Commercial Services');
    expect(await said('cleared')).toContain('Commercial Services');
  });

  test('goes from a post that is there when its channel is cleared no more', async () => {
    await connect('council', true, 'cleared');
    await post('cleared');
    const { connector, calls } = recordingConnector();
    await deliverDue(worker(connector));
    await connect('council', false, 'cleared');
    await deliverDue(worker(connector));
    expect(calls.map(({ op }) => op)).toEqual(['post', 'edit']);
    const read = await readDigestPage(
      kent.deps,
      await kent.as('Grace Adeyemi'),
      'cleared',
      (await digests())[0]!.id,
      1,
    );
    expect(read.digest.revision).toBe(2);
    expect(JSON.stringify(read.content)).not.toContain('Commercial Services');
  });
});

test('a plan that became exempt is left out of a page at once, though its post can’t be brought in line', async () => {
  await connect('council');
  await post();
  const { year } = await kent.as('Grace Adeyemi');
  const { id, version, data } = (await kent.store.read(year, 'plan', 'KHS'))!;
  const exempt = { ...data, classification: 'exempt' } as const;
  await kent.store.write(year, [{ change: 'replace', kind: 'plan', id, version, data: exempt }]);
  const [digest] = await digests();
  const read = async (actor: Actor | null, where: string) => {
    const session = { tenant: kentTenant, actor, quotes: true };
    const all = Array.from({ length: digest!.data.pages }, (_, at) =>
      readDigestPage(kent.deps, session, where, digest!.id, at + 1),
    );
    return JSON.stringify((await Promise.all(all)).map(({ content }) => content));
  };
  const { actor: member } = await kent.as('Cllr David Lin', 'channel');
  for (const actor of [null, member]) expect(await read(actor, channel)).not.toMatch(/Highway Services|KHS/);
  expect(await read((await kent.as('Grace Adeyemi')).actor, 'chat')).toContain('KHS');
});

test('a figure is kept however many digests it changes', async () => {
  for (let at = 0; at < 110; at++) {
    await connect('council', false, `channel-${at}`);
    await post(`channel-${at}`);
  }
  const before = (await deliveries()).length;
  await correct('91');
  expect((await deliveries()).length - before).toBe(110);
});

test('a digest is read in its own channel and by clerks in their own chat, and by nobody elsewhere', async () => {
  await connect();
  await post();
  const [digest] = await digests();
  const read = async (name: string, where: string, place?: Place) =>
    readDigestPage(kent.deps, await kent.as(name, place), where, digest!.id, 1);
  await expect(read('Cllr David Lin', channel, 'channel')).resolves.toMatchObject({ page: 1 });
  await expect(read('Grace Adeyemi', 'chat', 'private')).resolves.toMatchObject({ page: 1 });
  for (const [name, where, place] of [
    ['Cllr David Lin', 'chat', 'private'],
    ['Cllr David Lin', 'another', 'channel'],
    ['Grace Adeyemi', 'another', 'channel'],
    ['Grace Adeyemi', 'another', 'cleared-channel'],
  ] as const) {
    await expect(read(name, where, place)).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('a form that nobody sent is cleared away after its time, and no sooner', async () => {
  const session = await kent.as('Priya Raman');
  await openForm(kent.deps, session, 'kpi/KHS-02@2009/10 M06');
  const forms = async () => (await kent.store.list(session.year, 'form')).length;
  const { connector } = recordingConnector();
  later(29 * 86_400);
  await deliverDue(worker(connector));
  expect(await forms()).toBe(1);
  later(30 * 86_400);
  await deliverDue(worker(connector));
  expect(await forms()).toBe(0);
});

test('a digest of more pages than one batch takes is posted, and every page can be read', async () => {
  await connect('council', true);
  const session = await kent.as('Grace Adeyemi');
  const [plan] = await kent.store.list(session.year, 'plan', { ref: 'KHS' });
  const [kpi] = await kent.store.list(session.year, 'kpi', { ref: 'KHS-03' });
  const [update] = await kent.store.list(session.year, 'kpi-update', { kpi: 'KHS-03', period: '2009/10 Q2' });
  for (let at = 0; at < 1200; at++) {
    const ref = `X${at}`;
    const commentary = `${ref} `.repeat(300);
    const written = await kent.store.write(session.year, [
      { change: 'create', kind: 'plan', id: ref, data: { ...plan!.data, ref, title: `Plan ${ref}` } },
      { change: 'create', kind: 'kpi', id: ref, data: { ...kpi!.data, ref, plan: ref } },
      {
        change: 'create',
        kind: 'kpi-update',
        id: `${ref}@2009/10 Q2`,
        data: { ...update!.data, kpi: ref, plan: ref, commentary },
      },
    ]);
    expect(written.ok).toBe(true);
  }
  expect((await post()).outcome).toBe('posting');
  const [digest] = await digests();
  expect(digest!.data.pages).toBeGreaterThan(100);
  const last = await readDigestPage(kent.deps, session, channel, digest!.id, digest!.data.pages);
  expect(last.page).toBe(digest!.data.pages);
}, 60_000);
