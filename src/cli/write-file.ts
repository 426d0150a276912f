import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Ended, exitCodes } from './terminal.ts';

const faults: Record<string, (file: string) => string> = {
  EEXIST: (file) => `${file} is there already. Add --force to replace it, or choose another name.`,
  ENOENT: (file) => `The folder ${dirname(file)} is not there. Make it first, or correct the path.`,
  ENOTDIR: (file) => `${dirname(file)} is not a folder. Correct the path.`,
  DATABASE: (file) => `${file} is a database, which is never replaced by anything else. Choose another name.`,
  EISDIR: (file) => `${file} is a folder. Give the name of a file in it.`,
  EACCES: (file) => `You may not write in ${dirname(file)}. Choose another folder, or ask for the right to.`,
  EROFS: (file) => `${dirname(file)} can only be read. Choose another folder.`,
  ENOSPC: (file) => `There is no room left for ${file}. Make room, or choose another disk.`,
  ENAMETOOLONG: () => 'The name of the file is too long. Choose a shorter one.',
};
faults.EPERM = faults.EACCES!;
faults.EDQUOT = faults.ENOSPC!;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

export type FileChoices = {
  /** Replaces what is there already. */
  force: boolean;
  /** Lets nobody but this user read it. */
  isPrivate?: boolean;
};

/**
 * Writes a file whole or not at all: beside it first, then under its name. What is there already is kept unless
 * `force` is given, and a database even then. Throws `Ended` with a sentence that says what to do when it can't be
 * written.
 */
export async function writeFile(
  file: string,
  content: string | Uint8Array,
  { force, isPrivate = false }: FileChoices,
): Promise<void> {
  const beside = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomUUID()}.part`);
  try {
    if (await isFolder(file)) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (await isDatabase(file)) throw Object.assign(new Error(), { code: 'DATABASE' });
    await writeThrough(beside, content, isPrivate ? 0o600 : 0o666);
    await (force ? rename(beside, file) : putUnder(file, beside));
  } catch (error) {
    const sentence = faults[codeOf(error)]?.(file);
    if (!sentence) throw error;
    throw new Ended(exitCodes.fault, sentence);
  } finally {
    await rm(beside, { force: true }).catch(() => {});
  }
}

const isFolder = (file: string): Promise<boolean> =>
  stat(file).then(
    (there) => there.isDirectory(),
    () => false,
  );

/** What every SQLite file begins with (sqlite.org/fileformat, 1.3.1). */
const firstWords = 'SQLite format 3\0';

async function isDatabase(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  try {
    const read = await handle?.read(Buffer.alloc(firstWords.length), 0, firstWords.length, 0);
    return read?.buffer.toString('latin1') === firstWords;
  } finally {
    await handle?.close();
  }
}

async function writeThrough(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A second name is refused where one is there, which a rename is not; some disks know no second names. */
async function putUnder(file: string, beside: string): Promise<void> {
  try {
    await link(beside, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) throw error;
    if (await stat(file).catch(() => null)) throw Object.assign(new Error(), { code: 'EEXIST' });
    await rename(beside, file);
  }
}
