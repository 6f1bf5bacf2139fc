// Files that are two things at once, and files that are no part of any lesson, sent the way uploads go
// and opened in a browser, by their address and inside a page: nothing in them runs.
import { computer, journey, until } from './browser.mjs';
import { kept, named, NAMES, REFUSED } from './hostile_files.mjs';
import { signIn } from './officer.mjs';

const { BASE } = process.env;

/** In the officer's page: begins an upload, sends all of it, and waits for what is made of it. */
async function uploads([text, size, name]) {
  const bytes = Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
  const tus = { 'tus-resumable': '1.0.0' };
  const first = { ...tus, 'upload-length': `${size}`, 'upload-metadata': `filename ${name}` };
  const begun = await fetch('/api/console/uploads', { method: 'POST', headers: first });
  if (begun.status !== 201) return { state: `not begun: ${begun.status} ${await begun.text()}` };
  const address = begun.headers.get('location');
  const headers = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  const sent = await fetch(address, { method: 'PATCH', headers, body: bytes });
  return sent.status === 204 ? { address } : { state: `not sent: ${sent.status}` };
}

async function settled(officer, name, file) {
  const called = Buffer.from(name).toString('base64');
  const begun = await officer.run(uploads, [file.toString('base64'), file.length, called]);
  if (!begun.address) throw new Error(`${name}: ${begun.state}`);
  const ask = (address) => fetch(`${address}/standing`).then((it) => it.json());
  return until(`${name} is looked into`, async () => {
    const it = await officer.run(ask, begun.address);
    return (it.file || it.trouble) && it;
  }, 60000);
}

/** Shown and run in every way that a page of ours could. */
const embed = (url) => {
  const made = (tag, more) => new Promise((done) => {
    const element = Object.assign(document.createElement(tag), more);
    element.onload = () => done(`${tag} loaded`);
    element.onloadedmetadata = element.onload;
    element.onerror = () => done(`${tag} refused`);
    document.body.append(element);
  });
  return Promise.all([made('script', { src: url }), made('img', { src: url }), made('video', { src: url }), made('link', { rel: 'stylesheet', href: url })]);
};

/** Opens each by its address, and then inside a page of ours. */
async function opens(officer, files) {
  const page = await officer.page.context().newPage();
  const ran = [];
  page.on('dialog', async (dialog) => {
    ran.push(dialog.message());
    await dialog.dismiss();
  });
  // A document is saved instead of shown, which the browser calls an aborted visit.
  const aborted = (error) => /ERR_ABORTED|Download is starting/.test(error.message);
  for (const [name, url] of files) {
    await page.goto(url).catch((error) => {
      if (!aborted(error)) throw error;
    });
    if (ran.length) throw new Error(`${name} ran`);
  }
  await page.goto(`${BASE}/privacy`);
  for (const [name, url] of files) {
    const shown = await page.evaluate(embed, url);
    if (ran.length) throw new Error(`${name} ran`);
    if (shown[0] !== 'script refused') throw new Error(`${name}: ${shown}`);
  }
  await page.close();
}

/** Where it is kept. */
async function keeps(officer, name, file) {
  const { file: whole, trouble } = await settled(officer, name, file);
  if (!whole) throw new Error(`${name} was refused: ${trouble}`);
  return [name, `${BASE}/media/${whole.id}`];
}

await journey(async () => {
  const officer = await computer('hostile-officer');
  await signIn(officer);
  const jpeg = await officer.capture({ type: 'jpeg' });
  const files = [...Object.entries(kept(jpeg)), ...NAMES.map((name) => [name, named(name)])];
  const places = [];
  for (const [name, file] of files) places.push(await keeps(officer, name, file));
  await opens(officer, places);
  const cookies = await officer.page.context().cookies();
  if (cookies.some((it) => it.name === 'a')) throw new Error('a name has set a cookie');
  for (const [name, file] of Object.entries(REFUSED)) {
    const { file: whole, trouble } = await settled(officer, name, file);
    if (whole || !trouble) throw new Error(`${name} was kept`);
  }
});
