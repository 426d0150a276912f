import type { Person } from '../domain/people.ts';
import { remember } from '../domain/remember.ts';
import type { Log } from '../log.ts';
import type { Store, Stored } from '../store/store.ts';

export type IdentityDeps = {
  store: Store;
  /** Milliseconds since 1970 by the machine's clock. */
  clock: () => number;
  log: Log;
  /** Playground: the id of the person that this account has chosen to be, or null for itself. */
  actsAs?: (tenant: string, aadObjectId: string) => Promise<string | null>;
};

export type Account = {
  tenant: string;
  /** As Entra writes it: lower case. */
  aadObjectId: string;
  /** Asks Teams for the account's e-mail addresses, the main one first. */
  emails: () => Promise<string[]>;
};

type Where = { id: string; serviceUrl: string };

export type Identity = {
  /** Who of the council's people this is, bound on first contact by e-mail (DESIGN "The people"). */
  personOf(account: Account): Promise<Stored<'person'> | null>;
  /** Keeps where the bot reaches a person, or that it doesn't any more, when that has changed. */
  remember(person: Stored<'person'>, where: Where | null): Promise<Person>;
};

/** Milliseconds for which Teams isn't asked again who a stranger is (its look-ups are limited). */
const strangerFor = 60_000;
const mostStrangers = 1000;

const byEntraId = remember(
  (people: readonly Stored<'person'>[]) =>
    new Map(people.map((person) => [person.data.entraObjectId?.toLowerCase(), person])),
);

export function createIdentity({ store, clock, log, actsAs }: IdentityDeps): Identity {
  const strangers = new Map<string, number>();

  /** Edits the newest version of a person, whoever else is writing it; `edit` gives back what may stay as it is. */
  async function amend(
    person: Stored<'person'>,
    edit: (person: Person) => Person,
  ): Promise<Stored<'person'>> {
    let latest = person;
    for (let tries = 0; tries < 5; tries++) {
      const { partition, id, version } = latest;
      const data = edit(latest.data);
      if (data === latest.data) return latest;
      const written = await store.write(partition, [
        { change: 'replace', kind: 'person', id, version, data },
      ]);
      if (written.ok) return { ...latest, data, version: written.versions[0]! };
      if (written.current === null) break;
      latest = written.current as Stored<'person'>;
    }
    throw new Error(`person ${person.id} could not be written`);
  }

  async function firstContact(
    account: Account,
    people: readonly Stored<'person'>[],
  ): Promise<Stored<'person'> | null> {
    const key = `${account.tenant} ${account.aadObjectId}`;
    if (clock() < (strangers.get(key) ?? 0)) return null;
    const emails = await askTeams(account);
    if (!emails) return null;
    const isCalled = (email: string, { email: own, erased }: Person) =>
      !erased && own.toLowerCase() === email;
    const match = emails
      .map((email) => people.find(({ data }) => isCalled(email, data)))
      .find((found) => found !== undefined);
    // An address that is bound already belongs to another account, whatever this one's directory entry says.
    if (!match || match.data.entraObjectId !== null) {
      if (strangers.size >= mostStrangers) strangers.clear();
      strangers.set(key, clock() + strangerFor);
      log.info({ tenant: account.tenant, bound: match !== undefined }, 'stranger');
      return null;
    }
    const bound = await amend(match, (person) =>
      person.entraObjectId === null && !person.erased
        ? { ...person, entraObjectId: account.aadObjectId }
        : person,
    );
    return bound.data.entraObjectId === account.aadObjectId ? bound : null;
  }

  async function askTeams({ tenant, emails }: Account): Promise<string[] | null> {
    try {
      return (await emails()).map((email) => email.trim().toLowerCase()).filter((email) => email !== '');
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode === 404) return [];
      log.error(error, { tenant }, 'member-lookup-failed');
      return null;
    }
  }

  return {
    async personOf(account) {
      const { tenant, aadObjectId } = account;
      if (!aadObjectId) return null;
      const people = await store.list({ tenant, year: null }, 'person');
      const chosen = actsAs ? await actsAs(tenant, aadObjectId) : null;
      if (chosen) return people.find(({ id }) => id === chosen) ?? null;
      return byEntraId(people).get(aadObjectId) ?? firstContact(account, people);
    },

    async remember(person, where) {
      // Several turns of one person may find this out at once: the first to write has done it for all.
      const amended = await amend(person, (newest) => {
        const kept = newest.conversation;
        const isKept = kept?.id === where?.id && kept?.serviceUrl === where?.serviceUrl && !kept?.stopped;
        // Someone who is erased while they write must not leave their chat behind.
        if (isKept || newest.erased) return newest;
        const { lost: _, ...rest } = newest;
        if (where) return { ...rest, conversation: where };
        const at = new Date(clock()).toISOString();
        return { ...rest, conversation: null, lost: { why: 'uninstalled', at } };
      });
      return amended.data;
    },
  };
}
