import type { Activity } from 'botbuilder';
import { AuthenticationConstants } from 'botframework-connector';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';

type Claims = { getClaimValue(type: string): string | null };
type Endorsing = { getKey(keyId: string): Promise<{ endorsements?: unknown } | null> };
type Extractor = { getOrAddOpenIdMetadata(url: string): Endorsing };

/** The parts of `AdapterOptions['cloud']` that say whose tokens are good. */
type Cloud = { ToBotFromChannelOpenIdMetadataUrl?: string; ToBotFromChannelTokenIssuer?: string };

/**
 * Rejects a sender whom the SDK lets through although the Bot Connector's own tokens are never like that: with the
 * issuer of a client for trying bots out, without an end to its time, with no service URL in the body to compare the
 * token's with, with conditions that whoever doesn't know them must refuse (RFC 7515, 4.1.11), or signed by a key that
 * is endorsed for no channel at all. The SDK has checked the token's signature and times before, and its keys are
 * asked for where the SDK keeps them.
 */
export async function checkSender(
  claims: Claims,
  authorization: string,
  { channelId, serviceUrl }: Pick<Activity, 'channelId' | 'serviceUrl'>,
  cloud: Cloud,
): Promise<void> {
  const issuer = cloud.ToBotFromChannelTokenIssuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer;
  if (claims.getClaimValue('iss') !== issuer) throw new Error('wrong issuer');
  if (claims.getClaimValue('exp') === null) throw new Error('good for ever');
  if (!serviceUrl || claims.getClaimValue('serviceurl') !== serviceUrl) throw new Error('wrong service URL');
  const [head] = authorization.split(' ')[1]!.split('.');
  const { kid, crit } = JSON.parse(Buffer.from(head!, 'base64url').toString('utf8'));
  if (crit !== undefined) throw new Error('unknown conditions');
  const url =
    cloud.ToBotFromChannelOpenIdMetadataUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl;
  const key = await (JwtTokenExtractor as unknown as Extractor).getOrAddOpenIdMetadata(url).getKey(kid);
  const endorsements = key?.endorsements;
  if (!Array.isArray(endorsements) || !endorsements.includes(channelId)) throw new Error('not endorsed');
}
