import { readConfig } from '../src/config.ts';

const teams = {
  PLANWATCH_MODE: 'teams',
  BOT_ID: '6b1f0d5e-2009-4010-8a38-0000000000b0',
  BOT_TENANT_ID: '6b1f0d5e-2009-4010-8a38-000000000001',
  BOT_PASSWORD: 'secret',
  ALLOWED_TENANTS: '6b1f0d5e-2009-4010-8a38-000000000001, 6B1F0D5E-2009-4010-8A38-000000000002',
};

const messageOf = (env: Record<string, string>) => {
  const read = readConfig(env);
  return read.ok ? '' : read.message;
};

test('an empty environment runs the playground on loopback with the embedded store', () => {
  expect(readConfig({ PORT: '', BOT_ID: ' ' })).toEqual({
    ok: true,
    config: {
      mode: 'playground',
      host: '127.0.0.1',
      port: 3978,
      playgroundPort: 56150,
      logLevel: 'info',
      store: { kind: 'sqlite', file: '.data/planwatch.db' },
      telemetry: null,
    },
  });
});

test('the playground cannot be opened to the network', () => {
  const read = readConfig({ HOST: '0.0.0.0' });
  expect(read.ok && read.config.host).toBe('127.0.0.1');
});

test.each(['BOT_ID', 'BOT_TENANT_ID', 'BOT_PASSWORD', 'ALLOWED_TENANTS'])(
  'teams mode does not start without %s',
  (name) => {
    const lines = messageOf({ ...teams, [name]: '' }).split('\n');
    expect(lines).toEqual(["Planwatch can't start:", expect.stringContaining(`- ${name} is missing: `)]);
  },
);

test('a managed identity needs no secret', () => {
  const read = readConfig({ ...teams, BOT_TYPE: 'UserAssignedMSI', BOT_PASSWORD: '' });
  expect(read.ok && read.config.mode === 'teams' && read.config.credentials).toEqual({
    id: teams.BOT_ID,
    tenantId: teams.BOT_TENANT_ID,
    type: 'UserAssignedMSI',
    password: null,
  });
});

test('tenants are read whatever their case and spacing', () => {
  const read = readConfig(teams);
  expect(read.ok && read.config.mode === 'teams' && read.config.allowedTenants).toEqual([
    '6b1f0d5e-2009-4010-8a38-000000000001',
    '6b1f0d5e-2009-4010-8a38-000000000002',
  ]);
});

test('everything that is wrong is told at once', () => {
  const message = messageOf({
    PLANWATCH_MODE: 'teams',
    PORT: 'eighty',
    BOT_ID: 'planwatch',
    PLANWATCH_STORE: 'cosmos',
    ALLOWED_TENANTS: 'kent',
  });
  for (const name of [
    'PORT',
    'BOT_ID',
    'BOT_TENANT_ID',
    'BOT_PASSWORD',
    'ALLOWED_TENANTS',
    'COSMOS_ENDPOINT',
  ])
    expect(message).toContain(`- ${name}`);
  expect(message.split('\n')).toHaveLength(7);
});

test.each([
  ['in its own place', { BOT_ID: 'x', BOT_PASSWORD: 'hunter2' }],
  ['in the place of the bot’s id', { BOT_ID: 'hunter2' }],
  ['in the place of the kind of bot', { BOT_TYPE: 'hunter2' }],
  ['in a connection string', { COSMOS_ENDPOINT: 'AccountEndpoint=https://x;AccountKey=hunter2' }],
])('a secret is never printed: %s', (_what, given) => {
  const message = messageOf({ ...teams, ...given });
  expect(message).toContain("Planwatch can't start");
  expect(message).not.toContain('hunter2');
});

test('telemetry is off until it has somewhere to go, and never prints its key', () => {
  const key = 'InstrumentationKey=6b1f0d5e-2009-4010-8a38-00000000a111';
  const telemetry = (env: Record<string, string>) => {
    const read = readConfig(env);
    return read.ok ? read.config.telemetry : read.message;
  };
  expect(telemetry({ OTEL_TRACES_SAMPLER_ARG: '0.1' })).toBeNull();
  expect(telemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' })).toEqual({
    otlp: 'http://collector:4318',
    azureMonitor: null,
    traceShare: 1,
  });
  const insights = { APPLICATIONINSIGHTS_CONNECTION_STRING: key, OTEL_TRACES_SAMPLER_ARG: '0.1' };
  expect(telemetry({ ...teams, ...insights })).toEqual({
    otlp: null,
    azureMonitor: { connectionString: key, managedIdentity: null },
    traceShare: 0.1,
  });
  expect(telemetry({ ...teams, ...insights, BOT_TYPE: 'UserAssignedMSI', BOT_PASSWORD: '' })).toMatchObject({
    azureMonitor: { managedIdentity: teams.BOT_ID },
  });
  expect(telemetry({ APPLICATIONINSIGHTS_CONNECTION_STRING: 'Key=hunter2' })).toBe(
    "Planwatch can't start:\n- APPLICATIONINSIGHTS_CONNECTION_STRING: its value has no InstrumentationKey",
  );
  expect(telemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toContain(
    '"collector:4318" is not an http or https address',
  );
});

test.each([
  ['https://kent.documents.azure.com:443/', true],
  ['http://localhost:8081', true],
  ['http://127.0.0.1:8081/', true],
  ['http://kent.documents.azure.com/', false],
  ['http://localhost.attacker.example/', false],
  ['file:///etc/passwd', false],
])('the database at %s: %s', (COSMOS_ENDPOINT, ok) => {
  expect(readConfig({ PLANWATCH_STORE: 'cosmos', COSMOS_ENDPOINT }).ok).toBe(ok);
});
