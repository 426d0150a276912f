import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { startCollector } from '../support/collector.ts';
import { startIdentityEndpoint } from '../support/identity-endpoint.ts';

const id = '6b1f0d5e-2009-4010-8a38-0000000000b0';
const tenantId = '6b1f0d5e-2009-4010-8a38-000000000001';

test('a bot that is a managed identity writes to Teams as that identity, without a secret', async () => {
  const identity = await startIdentityEndpoint();
  const teams = await startCollector({ answer: '{"id":"post-1"}' });
  Object.assign(process.env, identity.environment);
  const adapter = new TeamsAdapter({ id, tenantId, type: 'UserAssignedMSI', password: null });
  const { conversations } = await adapter.connectorFor(`${teams.endpoint}/`);
  expect(await conversations.sendToConversation('19:channel', { type: 'message' })).toMatchObject({
    id: 'post-1',
  });
  await Promise.all([teams.stop(), identity.stop()]);
  expect(teams.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer of-the-identity']);
  expect(identity.asked).toEqual([
    expect.objectContaining({ resource: 'https://api.botframework.com', client_id: id }),
  ]);
});
