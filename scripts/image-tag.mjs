// Names the image of a deployment, for the toolkit to keep as NEXT_IMAGE_TAG: this version and the time, so that
// each deployment is a revision of its own. Plain JavaScript: it runs on whatever Node the machine has.
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const time = new Date().toISOString().replace(/\D/g, '').slice(0, 12);
console.log(`::set-teamsfx-env NEXT_IMAGE_TAG=${version}-${time}`);
