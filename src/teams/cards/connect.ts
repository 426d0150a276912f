import { type Card, type Foot, renderCard } from './render.ts';

export type ConnectView = Foot & {
  channel: string | null;
  /** Opaque values: `portfolio:REF`, `scrutiny`, `council`. */
  audiences: readonly { title: string; value: string }[];
  audience?: string | null;
  cleared?: boolean;
  fault?: string | null;
};

/** In a channel: whose digest it shows, and whether exempt plans may be seen there. */
export function connectCard(view: ConnectView): Card {
  const { channel, audiences, audience, cleared = false, fault } = view;
  return renderCard('connect', { title: channel ? `Connect ${channel}` : 'Connect this channel' }, view, {
    intro:
      'Choose whose digest is posted here. I post a card for each period and keep the newest up to date.',
    fault: fault ? `⚠ ${fault}` : '',
    audiences,
    audience: audience ?? '',
    cleared: String(cleared),
  });
}

export type ConnectedView = Foot & {
  /** `the Environment, Highways and Waste portfolio`. */
  audienceName: string;
  cleared: boolean;
  by: string;
  at: string;
};

export const connectedCard = (view: ConnectedView): Card =>
  renderCard('connected', { title: '✔ This channel is connected' }, view, {
    shows: `It shows the digest of ${view.audienceName}.`,
    clearance: view.cleared
      ? 'Exempt and confidential plans are shown here.'
      : 'Exempt and confidential plans are never shown here.',
    by: `Connected by ${view.by}, ${view.at}`,
  });
