import Big from 'big.js';
import { z } from 'zod';

/**
 * An exact decimal as text, such as `97.93` or `-3`. Figures are kept and compared as these; a binary
 * floating-point number never decides a rating (RULES "Rating, in this order").
 */
export const decimalText = z.string().regex(/^-?\d{1,20}(\.\d{1,20})?$/, 'is not a plain decimal number');
export type DecimalText = string;

// Quotients (numerator ÷ denominator) keep 40 places: far past any target's, so that a comparison is never
// decided by where the division stopped.
Big.DP = 40;

export { Big };
