// The service worker of one mission book: it opens without network, and sends when it is back.
(() => {
  "use strict";
  const scope = new URL(self.registration.scope).pathname;
  const mission = Number(scope.match(/\/missions\/(\d+)\//)[1]);
  const shell = `${scope}hors-ligne/`;
  const cache = `explor-carnet-${mission}`;
  const PATIENCE = 8000; // milliseconds that a page is awaited before the kept one is shown

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

  const kept = async (request) => (await caches.open(cache)).match(request, { ignoreVary: true });
  const late = () => new Promise((resolve) => { setTimeout(resolve, PATIENCE); });

  // The kept page replaces one that does not come, and the one that asks to sign in again: what was
  // written is sent with the key of the device, and that page says how to sign in.
  const page = async (request) => {
    const asked = fetch(request).catch(() => null);
    const answer = await Promise.race([asked, late()]);
    const usable = answer && answer.type !== "opaqueredirect" && answer.status < 500;
    return usable ? answer : (await kept(shell)) || asked.then((came) => came || Response.error());
  };
  const file = async (request) => (await kept(request)) || fetch(request);

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(page(request));
    else if (["style", "script", "image"].includes(request.destination)) event.respondWith(file(request));
  });
  self.addEventListener("sync", (event) => {
    if (event.tag === "carnet") event.waitUntil(self.missionBook.send(mission));
  });
})();
