// What a device keeps of mission books: the key of each, a copy of its diary, the notes to send.
// Shared by the pages and the service worker. All of it is encrypted by a key that the browser
// keeps and gives to no script; only the numbers of missions and notes are in clear.
self.missionBook = (() => {
  "use strict";
  const DATABASE = "explor-carnet";
  const RETRY = 60000; // milliseconds after which a request without answer is given up

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let opened;
  const open = () => {
    opened = opened || opening();
    return opened;
  };
  const opening = () => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("secrets");
      request.result.createObjectStore("books", { keyPath: "mission" });
      request.result.createObjectStore("notes", { keyPath: "uuid" });
    };
    return done(request).then((base) => {
      base.onversionchange = () => { base.close(); opened = null; }; // somebody signs out
      return base;
    });
  };
  // One request by transaction: nothing is awaited while it is open.
  const ask = async (store, mode, act) =>
    done(act((await open()).transaction(store, mode).objectStore(store)));

  const secret = async () => {
    const read = () => ask("secrets", "readonly", (store) => store.get("key"));
    const known = await read();
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    // Of two tabs that make it, the first wins.
    await ask("secrets", "readwrite", (store) => store.add(made, "key")).catch(() => {});
    return read();
  };
  const seal = async (value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await secret(), text) };
  };
  const unseal = async (row) => {
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, await secret(), row.sealed);
    return JSON.parse(new TextDecoder().decode(text));
  };

  // A book: {send, device, key, diary, problem}; `problem` says why its key was refused.
  const book = async (mission) => {
    const row = await ask("books", "readonly", (store) => store.get(mission));
    return row ? unseal(row) : null;
  };
  const saveBook = async (mission, value) => {
    const row = { mission, ...await seal(value) };
    await ask("books", "readwrite", (store) => store.put(row));
  };

  // A note: {uuid, mission, once, problem, base, day, answers}. `once` changes with its answers.
  const opens = async (row) => ({ ...row, ...await unseal(row) });
  const notes = async (mission) => {
    const rows = await ask("notes", "readonly", (store) => store.getAll());
    const own = await Promise.all(rows.filter((row) => row.mission === mission).map(opens));
    return own.sort((one, other) => (one.day < other.day ? -1 : 1));
  };
  const saveNote = async ({ uuid, mission, base, day, answers, problem = "", once = crypto.randomUUID() }) => {
    const row = { uuid, mission, once, problem, ...await seal({ base, day, answers }) };
    await ask("notes", "readwrite", (store) => store.put(row));
  };
  const removeNote = (uuid) => ask("notes", "readwrite", (store) => store.delete(uuid));
  // Remove a note, or write its problem, unless it was changed while it was sent.
  const settle = async (note, problem) => {
    const store = (await open()).transaction("notes", "readwrite").objectStore("notes");
    const row = await done(store.get(note.uuid));
    if (!row || row.once !== note.once) return false;
    await done(problem ? store.put({ ...row, problem }) : store.delete(note.uuid));
    return !problem;
  };

  const post = (kept, note) => fetch(kept.send, {
    method: "POST",
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(RETRY),
    headers: {
      "Authorization": `Bearer ${kept.key}`,
      "Content-Type": "application/json",
      "Idempotency-Key": note.once,
    },
    body: JSON.stringify({ uuid: note.uuid, base: note.base, day: note.day, ...note.answers }),
  });
  const detail = (answer) => answer.json().then((said) => said.detail || "", () => "");

  // Send what waits; return how many notes went. A note goes from here once the server has it; one
  // that it refused is tried again only when somebody asks.
  const latest = (one, other) => (one.day < other.day ? 1 : -1);
  const sendNow = async (mission, again) => {
    const kept = await book(mission);
    let sent = 0;
    if (!kept?.key || (kept.problem && !again)) return sent;
    for (const note of await notes(mission)) {
      if (note.problem && !again) continue;
      let answer;
      try { answer = await post(kept, note); } catch { break; }
      if (answer.status === 401) {
        await saveBook(mission, { ...kept, problem: await detail(answer) });
        break;
      }
      if (answer.status === 429 || answer.status >= 500) break;
      const problem = answer.ok ? "" : await detail(answer) || "Cette note est refusée.";
      const { version } = answer.ok ? await answer.json() : {};
      if (!await settle(note, problem)) continue;
      const { uuid, day, answers } = note;
      const others = kept.diary.filter((entry) => entry.uuid !== uuid);
      kept.diary = [...others, { uuid, base: version, day, answers }].sort(latest);
      sent += 1;
    }
    if (sent) await saveBook(mission, { ...kept, problem: "" });
    return sent;
  };
  // The page and the service worker send in turn: the second one finds what the first has kept.
  const send = (mission, again = false) =>
    navigator.locks.request(`${DATABASE}-${mission}`, () => sendNow(mission, again));

  return { DATABASE, book, saveBook, notes, saveNote, removeNote, send };
})();
