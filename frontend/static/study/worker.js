// The worker that answers without a network, where the browser and the server have one.

/** Milliseconds after which a worker that is not ready will not be. */
const PATIENCE = 15000;

async function employ() {
  if (!('serviceWorker' in navigator)) return false;
  const worker = document.querySelector('meta[name=worker]');
  if (!worker) {
    // A server that names none wants none.
    for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister();
    return false;
  }
  const hired = navigator.serviceWorker.register(worker.content, { scope: '/' });
  if (navigator.serviceWorker.controller) {
    // The next one may come another day.
    hired.catch(() => {});
    return true;
  }
  await hired;
  const late = new Promise((done) => { setTimeout(done, PATIENCE, false); });
  return Promise.race([navigator.serviceWorker.ready.then(() => true), late]);
}

/** Whether the app itself will open without a network. */
export const employed = employ().catch(() => false).then((is) => is && 'caches' in window);
