// The drawings of the demo's courses as pictures that can be uploaded.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { openWindow } from './engines.mjs';

const { COURSES } = process.env;
const directory = mkdtempSync(join(tmpdir(), 'fingertip-pictures-'));
let easel;

/** Paints a drawing of `backend/seed/drawings` and returns the picture's file. */
export async function picture(drawing) {
  easel = easel || (await openWindow({ engine: 'current', width: 640, height: 400 }));
  const file = join(directory, `${basename(drawing, '.svg')}.png`);
  await easel.goto(pathToFileURL(join(COURSES, '../drawings', drawing)).href);
  await easel.page.screenshot({ path: file });
  return file;
}

export async function putAwayTheEasel() {
  if (easel) await easel.close();
}
