/** How often a KPI is reported. */
export const frequencies = ['monthly', 'quarterly', 'termly', 'half-yearly', 'annual'] as const;
export type Frequency = (typeof frequencies)[number];
