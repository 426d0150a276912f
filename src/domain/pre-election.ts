import type { DigestContent, DigestException } from './digest-content.ts';

const unquoted = (exception: DigestException): DigestException => ({
  ...exception,
  commentary: null,
  action: null,
  saidBy: null,
});

/** A digest as it is shown in the pre-election period: figures and ratings, and nothing that a named person wrote. */
export const withoutQuotes = (content: DigestContent): DigestContent => ({
  ...content,
  groups: content.groups.map((group) => ({ ...group, exceptions: group.exceptions.map(unquoted) })),
  preElection: true,
});

/** What a change is told by without the reason that someone gave for it. */
export const withoutReason = (change: string): string => change.replace(/\. Reason: .*$/s, '');
