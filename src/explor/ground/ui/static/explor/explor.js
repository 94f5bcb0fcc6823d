// What pages do a little better with JavaScript; without it, nothing is missing.
(() => {
  "use strict";

  // Menus close on Escape and when one clicks elsewhere.
  const menus = () => document.querySelectorAll(".who details[open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
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
  const keyOf = (form) => `explor:${location.pathname}:${[...document.forms].indexOf(form)}`;
  const read = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const keep = (form) => {
    const fields = [...form.querySelectorAll(TYPED)].filter((field) => field.name);
    sessionStorage.setItem(keyOf(form), JSON.stringify(fields.map((field) => [field.name, field.value])));
  };
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

  const forms = [...document.querySelectorAll("form.form")].filter((form) => form.querySelector("textarea"));
  // The last form sent was accepted unless this page shows its errors.
  const sent = sessionStorage.getItem(SENT);
  if (sent && !document.querySelector("[role=alert]")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
  document.querySelectorAll("form[action$='/logout/']").forEach((form) => {
    form.addEventListener("submit", () => sessionStorage.clear());
  });
  forms.forEach((form) => {
    const draft = read(keyOf(form));
    if (draft && !form.querySelector("[role=alert]")) offer(form, draft);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, keyOf(form)));
  });
})();
