// What pages do beyond reading: keys for lists, saving as one types. Everything works without it, with more clicks.
"use strict";

const typing = (element) => element.matches("input, select, textarea");

function keysForLists() {
  const rows = [...document.querySelectorAll("table[data-keys] tbody tr")];
  let at = -1;
  const choose = (next) => {
    if (!rows.length) return;
    rows[at]?.removeAttribute("aria-selected");
    at = Math.max(0, Math.min(rows.length - 1, next));
    rows[at].setAttribute("aria-selected", "true");
    rows[at].querySelector("a")?.focus();
  };
  const keys = document.getElementById("keys");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const acts = {
      j: () => choose(at + 1),
      k: () => choose(at - 1),
      "/": () => document.querySelector("input[type=search]")?.focus(),
      "?": () => keys?.showModal(),
    };
    if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  });
}

function saveAsOneTypes() {
  const form = document.querySelector("form[data-save]");
  if (!form) return;
  const told = document.getElementById("saved");
  const kept = `draft ${form.dataset.save}`;
  const version = form.elements.namedItem("version");
  let waiting = null;
  let sending = false;

  const typed = () => Object.fromEntries([...new FormData(form)].filter(([name]) => name.startsWith("f.")));
  const keep = () => localStorage.setItem(kept, JSON.stringify({ fields: typed(), focus: document.activeElement?.id }));

  async function send() {
    if (sending) return schedule();
    sending = true;
    told.textContent = told.dataset.saving;
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (!answer.ok) throw new Error(String(answer.status || "signed out"));
      const saved = await answer.json();
      version.value = saved.version;
      localStorage.removeItem(kept);
      told.textContent = saved.told;
    } catch (error) {
      told.textContent = told.dataset.failed;
      if (String(error.message) === "409") told.textContent = told.dataset.stale;
    } finally {
      sending = false;
    }
  }
  function schedule() {
    clearTimeout(waiting);
    waiting = setTimeout(send, 700);
  }

  const before = JSON.parse(localStorage.getItem(kept) || "null");
  if (before) {
    for (const [name, value] of Object.entries(before.fields)) {
      const field = form.elements.namedItem(name);
      if (field && field.value !== value) field.value = value;
    }
    document.getElementById(before.focus)?.focus();
    schedule();
  }
  form.addEventListener("input", () => {
    keep();
    schedule();
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep();
  });
}

// Long work: look again every so often how far it is, and show the page anew once it no longer waits.
function lookAgain() {
  const waiting = document.querySelector("progress[data-again]");
  if (!waiting) return;
  const look = async () => {
    try {
      const answer = await fetch(location.href);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("progress[data-again]");
      if (answer.ok && !found) return location.reload();
      if (found) waiting.value = found.value;
    } catch {
      // the network is away for a while: look again
    }
    setTimeout(look, 1000 * Number(waiting.dataset.again));
  };
  setTimeout(look, 1000 * Number(waiting.dataset.again));
}

// Whoever was refused, or was signed out meanwhile and signs in again, finds in the form what was typed; forms that ask for no memory are left alone.
function keepWhatWasTyped() {
  const written = (form) => [...form.querySelectorAll("textarea[name], select[name], input[name]:is(:not([type]), [type=text], [type=date], [type=number])")];
  document.addEventListener("submit", ({ target: form }) => {
    if (form.method !== "post" || form.autocomplete === "off" || form.querySelector("[type=password]")) return;
    const fields = written(form).map((field) => field.value);
    const pages = [location.pathname, new URL(form.getAttribute("action") ?? "", location.href).pathname];
    sessionStorage.setItem("sent", JSON.stringify({ pages, form: [...document.forms].indexOf(form), fields }));
  });
  if (document.querySelector("[type=password]")) return;
  const sent = JSON.parse(sessionStorage.getItem("sent") || "null");
  sessionStorage.removeItem("sent");
  const isRefused = document.querySelector("[role=status].error");
  if (!sent?.pages.includes(location.pathname) || !(isRefused || document.referrer.includes("/account/login/"))) return;
  const form = document.forms[sent.form];
  const fields = form ? written(form) : [];
  if (fields.length !== sent.fields.length) return;
  fields.forEach((field, place) => (field.value = sent.fields[place]));
  form.closest("details")?.setAttribute("open", "");
}

keysForLists();
keepWhatWasTyped();
lookAgain();
saveAsOneTypes();
