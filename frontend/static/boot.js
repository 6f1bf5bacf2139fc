// Starts the app, and says so in words when that does not work. The page names the app's two files
// in its head; the sections of the page hold the words.

const address = (selector) => document.querySelector(selector).href;
const isMounted = () => !document.getElementById('shell');

/** An error together with the section of the page that tells what to do about it. */
class Trouble {
  constructor(kind, cause) {
    this.kind = kind;
    this.cause = cause;
  }
}

/** Shows the section in place of the skeleton, unless the app is up and can speak for itself. */
function show({ kind, cause }) {
  if (isMounted()) return;
  const shell = document.getElementById('shell');
  if (shell.hasAttribute('data-trouble')) return;
  shell.setAttribute('data-trouble', kind);
  const section = shell.querySelector(`.trouble-${kind}`);
  section.hidden = false;
  section.querySelector('.detail').textContent = `${cause} (${address('link[as=fetch]').split('/').pop()})`;
  section.querySelector('h1').focus();
}

/**
 * A mini-program hands its sign-in over by a ticket in the fragment. It is spent before anything else
 * is asked, and leaves the address at once; where that fails, the app asks to sign in as ever.
 */
async function takeOver() {
  const ticket = /^#t=(.+)/.exec(location.hash);
  if (!ticket) return;
  const path = location.pathname + location.search;
  history.replaceState(history.state, '', path);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 10000);
  try {
    await fetch('/api/sign-ins/web-ticket', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: ticket[1], path }),
      signal: patience.signal,
    });
  } catch (error) {
    // As if there had been no ticket.
  }
  clearTimeout(timer);
}

/** Loads what draws and reads QR codes: most phones never need it. */
window.loadQr = async () => {
  const [module, wasm] = document.querySelector('meta[name=qr]').content.split(' ');
  const qr = await import(module);
  await qr.default({ module_or_path: wasm });
  return qr;
};

/** The address that the app was entered by. */
const entered = location.href.split('#')[0];

/** What only WeChat can do: loaded when it is wanted. */
const wechat = () => import(document.querySelector('meta[name=wechat]').content);
window.scanInWechat = async () => (await wechat()).scan(entered);
window.signInByMiniProgram = async (to) => (await wechat()).signIn(to);

async function download() {
  const module = address('link[rel=modulepreload]');
  const wasm = address('link[as=fetch]');
  try {
    const [glue, response] = await Promise.all([import(module), fetch(wasm)]);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return [glue, response];
  } catch (error) {
    // A script that this browser cannot read is not a matter of the network.
    throw new Trouble(error instanceof SyntaxError ? 'old' : 'network', error);
  }
}

/** The app, compiled as it arrives; where the browser cannot, the glue does it in its own way. */
const compiled = (response) =>
  WebAssembly.compileStreaming && response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : response;

/** Milliseconds that are waited for a picture, most of which pass while the app arrives. */
const PATIENCE = 250;

/** A starting app keeps the browser too busy to paint: what arrives before it is on the screen first. */
async function seenAhead() {
  await window.drawnAhead;
  const picture = document.querySelector('#shell [elementtiming]');
  const { supportedEntryTypes = [] } = window.PerformanceObserver || {};
  if (!picture || picture.getBoundingClientRect().top >= innerHeight || !supportedEntryTypes.includes('element')) return;
  await new Promise((seen) => new PerformanceObserver(seen).observe({ type: 'element', buffered: true }));
}

async function start() {
  if (typeof WebAssembly !== 'object') throw new Trouble('old', 'no WebAssembly');
  const [[glue, response]] = await Promise.all([download(), tookOver]);
  const seen = Promise.race([seenAhead().catch(() => {}), new Promise((over) => setTimeout(over, PATIENCE))]);
  try {
    const app = await compiled(response);
    await seen;
    await glue.default({ module_or_path: app });
  } catch (error) {
    const { CompileError, LinkError } = WebAssembly;
    if (error instanceof CompileError || error instanceof LinkError) throw new Trouble('old', error);
    // The download broke off in the middle.
    if (error instanceof TypeError) throw new Trouble('network', error);
    throw new Trouble('broken', error);
  }
}

/** The app is up, and dead: what it did not send yet is kept on the phone. */
function offerToOpenAgain() {
  if (document.querySelector('.broken')) return;
  const link = document.createElement('a');
  link.className = 'broken';
  link.href = '';
  link.setAttribute('role', 'alert');
  link.textContent = '页面出了问题，点这里重新打开';
  document.body.appendChild(link);
}

// A panic in a task of the app reaches nobody but the window.
for (const event of ['error', 'unhandledrejection']) {
  addEventListener(event, ({ error, reason }) => {
    const cause = error || reason;
    if (typeof WebAssembly === 'object' && cause instanceof WebAssembly.RuntimeError) {
      if (isMounted()) offerToOpenAgain();
      else show(new Trouble('broken', cause));
    }
  });
}

for (const retry of document.querySelectorAll('#shell .retry')) {
  retry.addEventListener('click', (event) => {
    event.preventDefault();
    location.reload();
  });
}

const tookOver = takeOver();
// A question that `ahead.js` left for after the sign-in.
if (window.askAhead) tookOver.then(window.askAhead);
start().then(
  () => {
    // The app removes the shell while it starts. If it has not, it hangs.
    setTimeout(() => show(new Trouble('broken', 'not mounted')), 10000);
    // What nobody waits for, on pages that have it.
    const script = document.querySelector('meta[name=study]');
    if (!script) return;
    // What it does not bring needs no room.
    const study = () => import(script.content).catch(() => document.documentElement.classList.remove('speaks'));
    // The first answer and its pictures have the line to themselves.
    setTimeout(study, 1500);
  },
  (trouble) => show(trouble instanceof Trouble ? trouble : new Trouble('broken', trouble)),
);
