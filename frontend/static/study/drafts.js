// What was typed on the server's pages and not sent (backend/templates/study_form.js).
import { owner } from './owner.js';

/** Milliseconds for which people may come back to this phone for what they did not send. */
const KEPT = 30 * 24 * 60 * 60 * 1000;

/** Whoever is signed in loses nothing. What another never came back for goes, and what no page reads any more. */
export function forgetOldDrafts() {
  const here = `draft:${owner()}:`;
  for (const key of Object.keys(localStorage)) {
    const others = key.startsWith('draft:') && !key.startsWith(here);
    if (key.startsWith('check:') || (others && isOld(key))) localStorage.removeItem(key);
  }
}

function isOld(key) {
  const kept = JSON.parse(localStorage.getItem(key));
  if (kept.fields) return Date.now() - kept.at > KEPT;
  // An earlier version did not say when.
  localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: kept }));
  return false;
}
