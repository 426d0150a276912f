// Runs before every script, on whatever Node the machine has, so that a fresh clone needs no step of its own.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';

const run = (command, args) =>
  execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });

const installed = 'node_modules/.package-lock.json';
// A link is another checkout's folder, which is that one's to install.
const isLinked = lstatSync('node_modules', { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
const upToDate =
  isLinked || (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs);
if (!upToDate && !process.env.PLANWATCH_SKIP_INSTALL) {
  console.log('Installing packages (once, about a minute) …');
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  try {
    run('npm', ['ci', ...quietly]);
  } catch {
    // A registry that lacks another platform's optional packages makes `npm ci` distrust a good lock file.
    run('npm', ['install', '--no-save', ...quietly]);
  }
}

const browsers = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const needsBrowser = process.argv.includes('--browser') && !browsers.some((path) => path && existsSync(path));
if (needsBrowser) {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall) {
    console.error('The tests drive a real browser. Install Chromium or Google Chrome, or set CHROMIUM_PATH.');
    process.exit(1);
  }
  console.log('Installing Chromium for the browser tests …');
  run('apt-get', ['update', '-qq']);
  run('apt-get', [
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    'chromium',
    'fonts-dejavu-core',
    'fonts-noto-color-emoji',
  ]);
}
