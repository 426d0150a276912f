/** Milliseconds between two signs of life of an instance. */
export const beatEvery = 100;
