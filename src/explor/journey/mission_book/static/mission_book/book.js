// The pages of a mission book on a device that keeps it: notes written and sent without network.
(async () => {
  "use strict";
  const root = document.getElementById("telephone");
  const able = self.indexedDB && self.isSecureContext && navigator.serviceWorker;
  if (!root || !able) return;
  const { url, page } = root.dataset;
  const mission = Number(root.dataset.mission);
  const ANSWERS = ["done", "learned", "watch"];
  const UNSENT = "explor:unsent"; // read at sign-out, see explor.js
  const outbox = self.missionBook;
  const one = (selector, inside = document) => inside.querySelector(selector);
  const status = one("[data-status]", root);
  const form = one(page === "offline" ? "[data-offline]" : "main form.form");
  let kept = await outbox.book(mission);
  let edited = null; // the note or the entry that the form corrects

  const make = (tag, text = "", ...inside) => {
    const element = document.createElement(tag);
    element.append(text, ...inside);
    return element;
  };
  const button = (label, act) => {
    const element = make("button", label);
    element.type = "button";
    element.className = "button";
    element.addEventListener("click", act);
    return element;
  };
  const french = new Intl.DateTimeFormat("fr", { weekday: "long", day: "numeric", month: "long" });
  const inWords = (day) => {
    const words = french.format(new Date(`${day}T12:00`));
    return words[0].toUpperCase() + words.slice(1);
  };
  const say = (text) => {
    status.textContent = text;
    status.hidden = !text;
    root.hidden = false;
  };
  const warn = (text) => {
    say(text);
    status.scrollIntoView({ block: "center" });
  };
  const labelOf = (name) => form?.elements[name]?.labels[0]?.firstChild.textContent.trim() || "";
  const texts = (answers) => ANSWERS.filter((name) => answers[name]).map((name) => {
    const text = make("p", answers[name]);
    text.className = "typed";
    return make("div", "", make("strong", labelOf(name)), text);
  });

  // The diary as this page shows it, of which the device keeps a copy.
  const shown = () => [...document.querySelectorAll("[data-entry]")].map((entry) => ({
    uuid: entry.dataset.entry,
    base: Number(entry.dataset.version),
    day: entry.dataset.day,
    answers: Object.fromEntries(ANSWERS.map((name) => [name, one(`[data-answer=${name}]`, entry)?.innerText || ""])),
  }));

  const load = (entry) => {
    edited = entry;
    form.elements.day.value = entry.day;
    ANSWERS.forEach((name) => { form.elements[name].value = entry.answers[name]; });
    form.scrollIntoView();
    form.elements.done.focus();
  };
  const empty = () => {
    edited = null;
    ANSWERS.forEach((name) => { form.elements[name].value = ""; });
    form.dispatchEvent(new Event("input", { bubbles: true })); // the draft of this tab too
  };
  // On the page that corrects an entry, the text of the phone is added under what is there.
  const add = (note) => ANSWERS.forEach((name) => {
    const field = form.elements[name];
    const texts = [field.value, note.answers[name]].filter(Boolean);
    field.value = texts[0] === texts[1] ? texts[0] : texts.join("\n");
  });
  const drop = async (note) => {
    if (!confirm("Cette note n’est pas envoyée. La retirer de ce téléphone ?")) return;
    await outbox.removeNote(note.uuid);
    await draw();
  };

  const item = (note) => {
    const line = make("li", "", make("h3", inWords(note.day)), ...texts(note.answers));
    if (note.problem) line.append(make("p", note.problem));
    const acts = make("p");
    acts.className = "actions";
    if (page === "correction") {
      if (note.day === root.dataset.day) acts.append(button("Ajouter au formulaire", () => add(note)));
    } else if (form) acts.append(button("Modifier", () => load(note)));
    const other = one(`[data-entry][data-day="${note.day}"] a`);
    if (note.problem && other) {
      const link = make("a", "Ouvrir la note du carnet");
      link.href = other.href;
      acts.append(link);
    }
    acts.append(button("Retirer", () => drop(note)));
    line.append(acts);
    return line;
  };
  const drawDiary = () => {
    const diary = one("[data-diary]");
    if (!diary) return;
    diary.replaceChildren(...(kept?.diary || []).map((entry) => {
      const part = make("article", "", make("h2", inWords(entry.day)), ...texts(entry.answers));
      part.className = "panel";
      part.append(button("Corriger", () => load(entry)));
      return part;
    }));
  };
  const situation = (waiting) => {
    if (kept?.problem && waiting) return kept.problem;
    if (!navigator.onLine && kept?.key) return "Hors ligne. Vos notes partiront au retour du réseau.";
    if (page !== "offline") return "";
    if (!kept?.key) return "Ce téléphone ne garde plus ce carnet : connectez-vous.";
    return "Ce que ce téléphone garde du carnet. Vos notes partent sans connexion.";
  };
  const draw = async () => {
    const notes = await outbox.notes(mission);
    one("[data-notes]", root).replaceChildren(...notes.map(item));
    one("[data-count]", root).textContent = notes.length;
    one("[data-waiting]", root).hidden = !notes.length;
    const unsent = { database: outbox.DATABASE, store: "notes", url };
    if (kept || notes.length) localStorage.setItem(UNSENT, JSON.stringify(unsent));
    drawDiary();
    say(situation(notes.length));
    root.hidden = status.hidden && !notes.length;
  };

  const send = async (again = false) => {
    const shown = Number(one("[data-count]", root).textContent);
    const own = navigator.onLine ? await outbox.send(mission, again) : 0;
    kept = await outbox.book(mission);
    await draw();
    // The service worker may have sent before the page.
    const sent = Math.max(own, shown - Number(one("[data-count]", root).textContent));
    if (sent > 0 && page === "book") location.reload();
    else if (sent > 0) say(sent > 1 ? `${sent} notes sont envoyées.` : "La note est envoyée.");
  };
  const later = () => navigator.serviceWorker.ready.then((worker) => worker.sync?.register("carnet")).catch(() => {});

  // A note written on a device that keeps the book is first kept there, then sent.
  const write = async (event) => {
    if (!kept?.key || (kept.problem && page === "book")) return; // sent as any form
    event.preventDefault();
    const day = form.elements.day.value;
    const answers = Object.fromEntries(ANSWERS.map((name) => [name, form.elements[name].value.trim()]));
    const { min, max, validity } = form.elements.day;
    const [first, last] = [min, max].map((each) => each.split("-").reverse().join("/"));
    if (!day || !validity.valid) return warn(`Donnez un jour de la mission, du ${first} au ${last}.`);
    if (!ANSWERS.some((name) => answers[name])) return warn("Répondez à une question au moins.");
    const known = [...await outbox.notes(mission), ...kept.diary].find((entry) => entry.day === day);
    if (known && known.uuid !== edited?.uuid) return warn("Ce jour a déjà une note : ouvrez-la pour la corriger.");
    const note = { uuid: crypto.randomUUID(), base: null, ...edited, mission, day, answers, problem: "" };
    delete note.once;
    await outbox.saveNote(note);
    empty();
    await draw(); // a slow network sends much later: the note is seen to wait
    root.scrollIntoView();
    later();
    await send();
  };

  // The page and its files are kept for later; the diary is kept encrypted.
  const keepFiles = async () => {
    const cache = await caches.open(`explor-carnet-${mission}`);
    const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
    const wanted = [root.dataset.shell, ...files.map((file) => file.href || file.src)];
    await cache.addAll(wanted.map((file) => new Request(file, { cache: "reload" })));
  };
  const refresh = async () => {
    if (!root.dataset.devices.split(" ").includes(String(kept.device))) {
      // Withdrawn: the copy goes, what was not sent stays.
      await caches.delete(`explor-carnet-${mission}`);
      kept = { ...kept, key: "", device: 0, diary: [], problem: "Ce téléphone a été retiré du carnet. Gardez-le de nouveau pour envoyer vos notes." };
      return outbox.saveBook(mission, kept);
    }
    kept = { ...kept, diary: shown(), problem: "" };
    await outbox.saveBook(mission, kept);
    return keepFiles().catch(() => {});
  };
  const keep = async (event) => {
    event.preventDefault();
    const asked = { method: "POST", body: new FormData(event.target) };
    const answer = await fetch(event.target.action, asked).catch(() => null);
    const given = answer && !answer.redirected ? await answer.json().catch(() => ({})) : {};
    if (!given.key) return say(given.detail || "Le carnet n’a pas pu être gardé : rechargez la page.");
    await outbox.saveBook(mission, { send: root.dataset.send, ...given, diary: shown(), problem: "" });
    await navigator.serviceWorker.register(root.dataset.worker, { scope: url });
    await keepFiles();
    navigator.storage?.persist?.();
    kept = await outbox.book(mission);
    if (kept) await outbox.send(mission, true);
    return location.reload();
  };

  // The kept page is older than the day on which it opens; that day is the one of the place.
  const openOn = (field) => {
    const today = new Date().toLocaleDateString("sv");
    if (today < field.max) field.max = today;
    field.value = today < field.min ? "" : field.max;
  };
  if (page === "offline") openOn(form.elements.day);
  if (page === "book" && kept?.device) await refresh();
  const keeping = one("[data-keep]");
  if (keeping) {
    one("form", keeping).addEventListener("submit", keep);
    keeping.hidden = Boolean(kept?.key);
    one("[data-kept]").hidden = !kept?.key;
  }
  if (form && page !== "correction") form.addEventListener("submit", write);
  one("[data-now]", root).addEventListener("click", () => send(true));
  // The end of the session does not stop whoever writes here: the key of the device sends.
  document.addEventListener("explor:ended", (event) => { if (kept?.key) event.preventDefault(); });
  addEventListener("online", () => send());
  addEventListener("offline", draw);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(send, 60000);
  await send();
})();
