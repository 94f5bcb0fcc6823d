// Pages work without JavaScript; this makes them easier.
(() => {
  "use strict";

  // Menus close on Escape and when one goes elsewhere, by a click or by the keyboard.
  const menus = () => document.querySelectorAll(":is(.who, .nav) details[open]");
  ["click", "focusin"].forEach((leave) => document.addEventListener(leave, (event) => {
    menus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // A sign of life tells in which field one writes.
  document.addEventListener("htmx:configRequest", (event) => {
    const told = event.target.hasAttribute("data-present") && document.activeElement;
    if (told) event.detail.parameters.field = told.name || "";
  });

  // Nothing typed is lost: the texts of a form stay in this tab until they are accepted.
  const TYPED = "textarea, input[type=text], input:not([type])";
  const SENT = "explor:sent";
  const typed = new Set();
  const keyOf = (form) => `explor:${location.pathname}:${[...document.forms].indexOf(form)}`;
  const read = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const keep = (form) => {
    const fields = [...form.querySelectorAll(TYPED)].filter((field) => field.name);
    sessionStorage.setItem(keyOf(form), JSON.stringify(fields.map((field) => [field.name, field.value])));
  };

  // Two minutes before a session ends without activity, a dialog offers to extend it. The tabs of a
  // browser share the moment of its end; what a page asks by itself does not count.
  const ending = document.getElementById("session-ending");
  if (ending) {
    const UNTIL = "explor:until";
    const WARNING = 120;
    const ended = document.getElementById("session-ended");
    const now = () => Math.floor(Date.now() / 1000);
    const extend = (seconds) => localStorage.setItem(UNTIL, now() + Number(seconds));
    let reading = false;
    const end = () => {
      if (!document.dispatchEvent(new Event("explor:ended", { cancelable: true }))) return;
      if (ending.open) ending.close();
      // Signing out in another tab emptied the storage of this one.
      typed.forEach((form) => { if (!("undrafted" in form.dataset)) keep(form); });
      const lost = [...typed].some((form) => "undrafted" in form.dataset);
      ended.querySelectorAll("[data-lost]").forEach((part) => { part.hidden = (part.dataset.lost === "yes") !== lost; });
      if (!ended.open && !reading) ended.showModal();
    };
    ended.querySelector("button").addEventListener("click", () => { reading = true; ended.close(); });
    let dismissed = false;
    const look = () => {
      const left = Number(localStorage.getItem(UNTIL)) - now();
      if (left <= 0) return end();
      if (left > WARNING) dismissed = false;
      if (left > WARNING && ending.open) ending.close();
      if (left <= WARNING && !ending.open && !dismissed) ending.showModal();
    };
    ending.addEventListener("cancel", () => { dismissed = true; });
    ended.addEventListener("cancel", (event) => event.preventDefault());
    ending.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      fetch(event.target.action, { method: "POST", body: new FormData(event.target) })
        .then((answer) => (answer.ok && !answer.redirected ? answer.json() : Promise.reject()))
        .then((session) => { extend(session.left); look(); }, end);
    });
    document.addEventListener("htmx:configRequest", (event) => {
      if (!event.detail.triggeringEvent) event.detail.headers["X-Unattended"] = "1";
    });
    document.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.xhr.status === 401) return end();
      const attended = !event.detail.requestConfig.headers["X-Unattended"];
      // The activity is recorded once a minute at most.
      if (attended && event.detail.successful) extend((ending.dataset.minutes - 1) * 60);
    });
    document.addEventListener("visibilitychange", look);
    extend(ending.dataset.left);
    setInterval(look, 1000);
  }

  const offer = (form, draft) => {
    const changed = draft.filter(([name, value]) => form.elements[name] && form.elements[name].value !== value);
    if (!changed.length) return;
    const notice = document.createElement("p");
    const button = document.createElement("button");
    notice.className = "notice info";
    notice.setAttribute("role", "status");
    button.type = "button";
    button.className = "button";
    button.textContent = "Reprendre ma saisie";
    button.addEventListener("click", () => {
      changed.forEach(([name, value]) => { form.elements[name].value = value; });
      notice.remove();
      form.elements[changed[0][0]].focus();
    });
    notice.append("Une saisie non envoyée a été gardée sur cet appareil. ", button);
    form.prepend(notice);
  };

  const written = [...document.querySelectorAll("form.form")].filter((form) => form.querySelector("textarea"));
  const forms = written.filter((form) => !("undrafted" in form.dataset));
  written.forEach((form) => form.addEventListener("input", () => typed.add(form)));
  // The last form sent was accepted unless this page shows its errors.
  const sent = sessionStorage.getItem(SENT);
  if (sent && !document.querySelector("[role=alert]")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);

  // Signing out empties the browser. A page may keep there what is still to send: it says where in
  // « explor:unsent » ({database, store, url}), and signing out asks first.
  const count = ({ database, store }) => new Promise((resolve) => {
    const request = indexedDB.open(database);
    request.onupgradeneeded = () => request.transaction.abort(); // there is none
    request.onerror = () => resolve(0);
    request.onsuccess = () => {
      const rows = request.result.transaction(store).objectStore(store).count();
      rows.onsuccess = () => { request.result.close(); resolve(rows.result); };
    };
  });
  const leave = async (form, { database }) => {
    sessionStorage.clear();
    localStorage.clear();
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
    const gone = indexedDB.deleteDatabase(database);
    gone.onsuccess = gone.onerror = gone.onblocked = () => form.submit();
  };
  const askFirst = (form, kept, unsent) => {
    const dialog = document.createElement("dialog");
    const add = (parent, tag, text, act, main) => {
      const part = parent.appendChild(document.createElement(tag));
      part.textContent = text;
      if (act) part.addEventListener("click", act);
      if (act) part.className = main ? "button main" : "button";
      return part;
    };
    const notes = unsent > 1 ? `${unsent} notes ne sont pas encore envoyées` : "Une note n’est pas encore envoyée";
    dialog.className = "ending";
    dialog.addEventListener("close", () => dialog.remove());
    dialog.ariaLabel = add(dialog, "h2", `${notes}.`).textContent;
    add(dialog, "p", "La déconnexion efface ce que cet appareil garde : ce serait perdu.");
    const acts = add(dialog, "div", "");
    acts.className = "actions";
    add(acts, "button", "Envoyer d’abord", () => location.assign(kept.url), true);
    add(acts, "button", "Rester et garder", () => dialog.close());
    add(acts, "button", "Se déconnecter sans envoyer", () => leave(form, kept));
    document.body.append(dialog);
    dialog.showModal();
  };
  document.querySelectorAll("form[action$='/logout/']").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      const kept = JSON.parse(localStorage.getItem("explor:unsent") || "null");
      if (!kept) return sessionStorage.clear();
      event.preventDefault();
      const unsent = await count(kept);
      return unsent ? askFirst(form, kept, unsent) : leave(form, kept);
    });
  });
  forms.forEach((form) => {
    const draft = read(keyOf(form));
    if (draft && !form.querySelector("[role=alert]")) offer(form, draft);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, keyOf(form)));
  });
})();
