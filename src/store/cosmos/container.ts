import {
  type Container,
  type ContainerRequest,
  CosmosClient,
  type CosmosClientOptions,
  type CosmosHeaders,
  ErrorResponse,
  type PluginConfig,
} from '@azure/cosmos';
import { DefaultAzureCredential } from '@azure/identity';
import { indexes } from '../filter.ts';

export type CosmosSettings = {
  endpoint: string;
  database: string;
  /** Without it the managed identity (or the developer's own sign-in) is used. */
  key: string | null;
  /** Told what each request to the service cost, in request units, and of what kind it was. */
  onCharge?: OnCharge;
};

export type OnCharge = (operation: string, units: number) => void;

/** Longest that throttled requests are repeated, in seconds: Teams waits about 10 for a turn. */
export const throttlePatience = 3;

/** An emulator answers at one address only, so the client must not look for regions there. */
const isLoopback = (endpoint: string) =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(endpoint).hostname);

/** The SDK's own hook around every request: its options have it, their published type has not. */
const chargesTo = (onCharge: OnCharge): { plugins: PluginConfig[] } => ({
  plugins: [
    {
      on: 'request',
      plugin: async (request, _diagnostics, next) => {
        const count = (headers: CosmosHeaders = {}) => {
          const units = Number(headers['x-ms-request-charge']);
          if (units > 0) onCharge(request.operationType ?? 'other', units);
        };
        try {
          const response = await next(request);
          count(response.headers);
          return response;
        } catch (error) {
          // What isn't there, conflicts or comes too often is charged for as well.
          if (error instanceof ErrorResponse) count(error.headers);
          throw error;
        }
      },
    },
  ],
});

export function createClient({ endpoint, key, onCharge }: CosmosSettings): CosmosClient {
  const credentials: Partial<CosmosClientOptions> = key
    ? { key }
    : { aadCredentials: new DefaultAzureCredential() };
  return new CosmosClient({
    endpoint,
    ...credentials,
    ...(onCharge ? chargesTo(onCharge) : {}),
    connectionPolicy: {
      enableEndpointDiscovery: !isLoopback(endpoint),
      retryOptions: { maxRetryAttemptCount: 9, maxWaitTimeInSeconds: throttlePatience },
    },
  });
}

const indexed = ['/pk/?', '/kind/?', '/dueAt/?', ...Object.keys(indexes).map((field) => `/data/${field}/?`)];

/** The one container. infra/modules/cosmos.bicep makes the same; a test holds them together. */
export const containerDefinition = {
  id: 'documents',
  partitionKey: { paths: ['/pk'], version: 2 },
  indexingPolicy: {
    indexingMode: 'consistent',
    includedPaths: indexed.map((path) => ({ path })),
    excludedPaths: [{ path: '/*' }],
  },
} satisfies ContainerRequest;

export const codeOf = (error: unknown): unknown => (error instanceof ErrorResponse ? error.code : undefined);

/**
 * The container of all documents, made when it isn't there. A managed identity may read and write documents but
 * not make containers, so on Azure the infrastructure makes it; the error says so.
 */
export async function openContainer(client: CosmosClient, { database, endpoint }: CosmosSettings) {
  const container: Container = client.database(database).container(containerDefinition.id);
  try {
    await container.read();
    return container;
  } catch (error) {
    if (codeOf(error) !== 404) throw error;
  }
  try {
    const made = await client.databases.createIfNotExists({ id: database });
    await made.database.containers.createIfNotExists(containerDefinition);
    return container;
  } catch (error) {
    if (codeOf(error) !== 403) throw error;
    throw new Error(
      `${endpoint} has no container "${containerDefinition.id}" in the database "${database}", and this identity may not ` +
        'make one. Deploy infra/azure.bicep, or make it with the partition key /pk.',
      { cause: error },
    );
  }
}
