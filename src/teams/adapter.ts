import http from 'node:http';
import https from 'node:https';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import type { Credentials } from '../config.ts';
import { checkSender } from './check-sender.ts';

export type Sender = Awaited<ReturnType<Authentication['authenticateRequest']>>;
export type ConnectorClient = Awaited<
  ReturnType<ReturnType<Authentication['createConnectorFactory']>['create']>
>;

/** Milliseconds after which Teams' silence counts as an ambiguous failure. */
const teamsTimeout = 15_000;

/**
 * Connections are kept for the next message, but none that has been idle for longer than these milliseconds: on one
 * that the other side is just closing, or has closed unheard, an answer would be lost, and it is not sent twice.
 */
const longestIdle = 3_000;
const kept = { keepAlive: true, timeout: longestIdle };
const connections = { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) };

/** Councils are few and each has one address; more than these would be a client making addresses up. */
const mostClients = 200;

export type AdapterOptions = {
  /** Milliseconds that Teams is given to take a message or answer a question. */
  sendTimeout?: number;
  /** Where tokens come from, in the SDK's own words; left out, the public cloud. */
  cloud?: Record<string, string>;
};

/** Makes the client for people's sign-in tokens once; the SDK makes one, unused here, for every turn. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  #userTokens: ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> | null = null;

  override createUserTokenClient(
    ...[identity]: Parameters<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>
  ) {
    this.#userTokens ??= super.createUserTokenClient(identity);
    return this.#userTokens;
  }
}

/**
 * CloudAdapter without its HTTP part, which answers errors with their internal text (PLATFORM "Inbound"), and
 * with one connector client for each address, which never sends a second time by itself (PLATFORM "Outbound").
 */
export class TeamsAdapter extends CloudAdapter {
  readonly mode: 'teams' | 'playground';
  readonly #botId: string;
  readonly #sendTimeout: number;
  readonly #cloud: Record<string, string>;
  readonly #clients = new Map<string, Promise<ConnectorClient>>();

  /** Null credentials switch the token check off: playground mode alone passes them. */
  constructor(
    credentials: Credentials | null,
    { sendTimeout = teamsTimeout, cloud = {} }: AdapterOptions = {},
  ) {
    super(
      new Authentication(
        credentials
          ? {
              MicrosoftAppId: credentials.id,
              MicrosoftAppTenantId: credentials.tenantId,
              MicrosoftAppType: credentials.type,
              MicrosoftAppPassword: credentials.password ?? undefined,
              ...cloud,
            }
          : {},
      ),
    );
    this.mode = credentials ? 'teams' : 'playground';
    this.#botId = credentials?.id ?? '';
    this.#sendTimeout = sendTimeout;
    this.#cloud = cloud;
  }

  /** Who sent the request. Rejects whatever is wrong with the token, or when it can't be checked. */
  async authenticate(authorization: string, activity: Activity): Promise<Sender> {
    const sender = await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    if (this.mode === 'teams') {
      await checkSender(sender.claimsIdentity, authorization, activity, this.#cloud);
    }
    return sender;
  }

  /** Runs a turn of an activity whose sender and address were checked. */
  async run(
    sender: Sender,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const connectorFactory = { create: () => this.connectorFor(activity.serviceUrl) };
    await this.processActivity({ ...sender, connectorFactory }, activity, turn);
  }

  /** The client of one address, for turns and for the worker alike. */
  connectorFor(serviceUrl: string): Promise<ConnectorClient> {
    const known = this.#clients.get(serviceUrl);
    if (known) return known;
    if (this.#clients.size >= mostClients) this.#clients.clear();
    const client = this.#createClient(serviceUrl);
    this.#clients.set(serviceUrl, client);
    client.catch(() => this.#clients.delete(serviceUrl));
    return client;
  }

  async #createClient(serviceUrl: string): Promise<ConnectorClient> {
    const identity = this.createClaimsIdentity(this.#botId);
    const connector = await this.botFrameworkAuthentication
      .createConnectorFactory(identity)
      .create(serviceUrl);
    const { pipeline } = (connector as unknown as { client: { pipeline: Pipeline } }).client;
    pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    const beforeSending = { afterPhase: 'Serialize', afterPolicies: ['proxyPolicy'] };
    const agent = connections[new URL(serviceUrl).protocol as keyof typeof connections];
    pipeline.addPolicy(
      {
        name: 'sendOnce',
        sendRequest: (request, next) => {
          request.timeout = this.#sendTimeout;
          // A proxy of the machine's settings has brought connections of its own.
          request.agent ??= agent;
          // The SDK would turn text into bytes twice: once to count them and once to send them.
          if (typeof request.body === 'string') request.body = Buffer.from(request.body);
          return next(request);
        },
      },
      beforeSending,
    );
    return connector;
  }
}

type Outgoing = { timeout: number; agent?: http.Agent; body?: unknown };

/** The part of the SDK's HTTP pipeline that its types keep to themselves. */
type Pipeline = {
  removePolicy(policy: { name: string }): void;
  addPolicy(
    policy: {
      name: string;
      sendRequest(request: Outgoing, next: (request: Outgoing) => Promise<unknown>): Promise<unknown>;
    },
    place: { afterPhase: string; afterPolicies: string[] },
  ): void;
};
