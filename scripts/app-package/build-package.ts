import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { type Zippable, zipSync } from 'fflate';
import { brokenRules, type Manifest, type Package } from './store-rules.ts';

export type Values = Readonly<Record<string, string | undefined>>;
export type Built = { ok: true; zip: Uint8Array; manifest: Manifest } | { ok: false; faults: string[] };

/** `${{NAME}}` → its value, as the toolkit does; an empty one counts as missing, as there. */
function fill(template: string, values: Values, missing: Set<string>): string {
  return template.replaceAll(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (!value) missing.add(name);
    return value ? JSON.stringify(value).slice(1, -1) : placeholder;
  });
}

/** The manifest with its values and the files that it names, from the folder `appPackage`. */
export function readPackage(folder: string, values: Values): { given: Package; missing: string[] } {
  const missing = new Set<string>();
  const read = (name: string) => fill(readFileSync(join(folder, name), 'utf8'), values, missing);
  const text = read('manifest.json');
  const manifest: Manifest = JSON.parse(text);
  const files: Record<string, Uint8Array> = { 'manifest.json': Buffer.from(text) };
  for (const icon of [manifest.icons.color, manifest.icons.outline]) {
    files[icon] = readFileSync(join(folder, icon));
  }
  for (const { file } of manifest.localizationInfo?.additionalLanguages ?? []) {
    files[file] = Buffer.from(read(file));
  }
  return { given: { manifest, files }, missing: [...missing] };
}

/** Every fault of a package: what the schema of its version says, then the store's rules. */
export async function faultsOf(given: Package): Promise<string[]> {
  const schema = await AppManifestUtils.validateAgainstSchema(given.manifest as never);
  return [
    ...schema.map((fault) => `schema: ${fault}`),
    ...brokenRules(given).map((rule) => `not so: ${rule}`),
  ];
}

/** The app package as a zip, the same bytes for the same input; or all that is wrong with it. */
export async function buildPackage(folder: string, values: Values): Promise<Built> {
  const { given, missing } = readPackage(folder, values);
  if (missing.length > 0) return { ok: false, faults: missing.map((name) => `${name} has no value`) };
  const faults = await faultsOf(given);
  if (faults.length > 0) return { ok: false, faults };
  // Zip has no earlier day; the day of building would make every package another.
  const mtime = new Date(1980, 0, 1);
  const entries = Object.entries(given.files).map(([name, bytes]) => [name, [bytes, { mtime }]]);
  return { ok: true, zip: zipSync(Object.fromEntries(entries) as Zippable), manifest: given.manifest };
}
