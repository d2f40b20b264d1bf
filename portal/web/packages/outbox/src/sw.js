/** The app's own files, there without network. It touches nothing else: no question to the server, no photo, no other app. */
const FILES = '%FILES%';
const SCOPE = new URL(self.registration.scope).pathname;
const PREFIX = 'anhuan ' + SCOPE + ' ';
const CACHE = PREFIX + '%REVISION%';
const isLarge = (file) => file.endsWith('.wasm');
const CORE = FILES.filter((file) => !isLarge(file));

/** All of them or none: when one cannot be had, this version is not installed and the old one stays. */
async function load(files) {
  const cache = await caches.open(CACHE);
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload', credentials: 'same-origin' })));
}

async function missing(files) {
  const cache = await caches.open(CACHE);
  const there = await Promise.all(files.map((file) => cache.match(file)));
  return files.filter((_, index) => !there[index]);
}

async function isComplete() {
  const gone = await missing(CORE);
  if (!gone.length) return true;
  // The system took some of them: fetch them again while there is network.
  try {
    await load(gone);
    return true;
  } catch {
    return false;
  }
}

async function forgetOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

async function answer(request, file) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(file);
  if (kept) return kept;
  const response = await fetch(request);
  if (isLarge(file) && response.ok) await cache.put(file, response.clone());
  return response;
}

self.addEventListener('install', (event) => event.waitUntil(load(CORE)));

// The page that asked is reloaded by itself; the first visit is taken over at once.
self.addEventListener('activate', (event) => event.waitUntil(forgetOld().then(() => self.clients.claim())));

self.addEventListener('message', (event) => {
  if (event.data === 'skip') self.skipWaiting();
  if (event.data === 'complete?') event.waitUntil(isComplete().then((yes) => event.ports[0].postMessage(yes)));
  if (event.data === 'more')
    event.waitUntil(
      missing(FILES.filter(isLarge))
        .then(load)
        .catch(() => undefined),
    );
});

self.addEventListener('sync', (event) => {
  if (event.tag !== 'outbox') return;
  event.waitUntil(self.clients.matchAll({ includeUncontrolled: true }).then((pages) => pages.forEach((page) => page.postMessage('drain', []))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(SCOPE)) return;
  if (request.mode === 'navigate') event.respondWith(answer(request, SCOPE));
  else if (FILES.includes(pathname)) event.respondWith(answer(request, pathname));
});
