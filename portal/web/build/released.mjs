// The documents of earlier releases go where the wheel takes them from; a checkout reads them beside the sources.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'released-documents.json';

/** Lay a copy of what `web` keeps into `output`, and none where nothing has been released yet. */
export function layReleased(web, output) {
  const kept = join(web, NAME);
  if (!existsSync(kept)) return rmSync(join(output, NAME), { force: true });
  mkdirSync(output, { recursive: true });
  copyFileSync(kept, join(output, NAME));
}
