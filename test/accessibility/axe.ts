import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** A fault that is known to be another's, or a rule that can't judge here; always with the reason. */
export type Exception = { rule: string; about: RegExp; because: string };

type Search = { within?: string; rules?: string[]; exceptions?: readonly Exception[] };

export const source = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that may answer otherwise in other colours or at another size; all others look at the markup alone. */
export const looks = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

/**
 * Everything that axe-core finds within a part of the page, whatever its impact: by all its rules, the size of
 * targets (WCAG 2.2) included, or by `rules` alone. What an exception names is left out.
 */
export async function faultsIn(
  page: Page,
  { within = 'html', rules, exceptions = [] }: Search = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const faults = await page.evaluate(findFaults, { within, rules });
  return faults
    .filter(
      (fault) =>
        !exceptions.some(({ rule, about }) => rule === fault.rule && about.test(fault.says + fault.part)),
    )
    .map(({ rule, impact, says, part, card }) => `${card ?? 'page'}: ${rule} (${impact}). ${says} ${part}`);
}

/** Runs in the page, so it knows nothing of this file. */
async function findFaults({ within, rules }: Search) {
  type Element = { closest(css: string): { getAttribute(name: string): string | null } | null };
  const { axe: tool } = globalThis as unknown as { axe: typeof axe };
  const { violations } = await tool.run(within!, {
    elementRef: true,
    preload: false,
    resultTypes: ['violations'],
    ...(rules ? { runOnly: rules } : {}),
    rules: { 'target-size': { enabled: true } },
  });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, element, failureSummary }) => ({
      rule: id,
      impact: String(impact),
      part: html.slice(0, 120),
      says: (failureSummary ?? '').replace(/\s*\n\s*/g, ' '),
      card: (element as unknown as Element).closest('[data-card]')?.getAttribute('data-card') ?? null,
    })),
  );
}
