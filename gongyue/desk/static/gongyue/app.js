// What the pages do in the browser. No library of its own, no inline code, no state: everything works without it
// but for adding rows to a table of inputs.
(() => {
  "use strict";

  const all = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const word = (name) => document.body.dataset[name] ?? "";

  // --- htmx: our token on its requests; a refusal (422) is a page like any other -----------------------------

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const objection = event.detail.elt.querySelector("[data-focus]");
    if (objection) objection.focus();
  });

  // --- one press, one submission -----------------------------------------------------------------------------

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // (`form.method` would be an input of that name, where there is one.)
    if (form.getAttribute("method")?.toLowerCase() !== "post" && !form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    // After this turn, so that the pressed button's own name and value still travel.
    setTimeout(() => all(form, 'button:not([type="button"])').forEach((button) => button.setAttribute("aria-busy", "true")));
  }, true);

  const release = (root) => {
    all(root, "form[data-sent]").forEach((form) => delete form.dataset.sent);
    all(root, "[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  document.addEventListener("htmx:afterRequest", (event) => release(event.detail.elt));
  window.addEventListener("pageshow", (event) => event.persisted && release(document));

  // --- files that were chosen stay chosen when what they came with is refused --------------------------------------

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const chosen = [...form.querySelectorAll('input[type="file"]')].filter((field) => field.name && field.files.length);
    // A field without a name is never sent: what a bid seals leaves the browser sealed, or not at all.
    if (event.defaultPrevented || !form.dataset.draftUrl || !chosen.length) return;
    event.preventDefault();
    const gone = () => HTMLFormElement.prototype.submit.call(form); // the ordinary way; it loses the files, and says so
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
      if (answer.status === 204) return location.assign(answer.headers.get("X-Location"));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("content");
      if (answer.status !== 422 || !page) return gone();
      document.getElementById("content").replaceWith(document.adoptNode(page));
      chosen.forEach((field) => {
        const again = page.querySelector(`input[type="file"][name="${CSS.escape(field.name)}"]`);
        if (again) again.files = field.files;
      });
      (page.querySelector("[data-focus]") ?? page).focus();
    } catch {
      gone();
    }
  });

  // --- the drawer and the menus ------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const opens = event.target.closest("[data-opens]");
    if (opens) document.getElementById(opens.dataset.opens)?.showModal();
    if (event.target.closest("[data-closes]") || event.target.matches("dialog.drawer")) event.target.closest("dialog")?.close();
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // --- a link to what lies folded: unfolded first ---------------------------------------------------------------

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let folded = target?.closest("details:not([open])");
    if (!folded) return;
    for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  // --- a part of the page that watches something: read again until it no longer asks for it --------------------

  const watch = () => {
    const part = document.querySelector("[data-poll]");
    if (!part?.id) return;
    setTimeout(async () => {
      try {
        const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
        if (answer.ok && fresh) part.replaceWith(document.adoptNode(fresh));
      } catch {
        // The next turn tries again.
      }
      watch();
    }, Number(part.dataset.poll));
  };
  watch();

  // --- rows: add and remove ----------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const rows = event.target.closest("[data-rows]");
    if (!rows) return;
    const body = rows.querySelector("tbody");
    if (event.target.closest("[data-row-add]")) {
      const number = Number(rows.dataset.next);
      rows.dataset.next = String(number + 1);
      const made = document.createElement("template");
      made.innerHTML = rows.querySelector("template").innerHTML.replaceAll("__n__", String(number));
      body.append(made.content);
      body.lastElementChild.querySelector("input, select, textarea")?.focus();
    }
    const gone = event.target.closest("[data-row-remove]")?.closest("tr");
    if (gone) {
      gone.remove();
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  // --- drafts: what is typed is kept, two seconds after the last key -----------------------------------------

  const waiting = new WeakMap();

  const keep = async (form) => {
    const status = form.querySelector("[data-draft-status]");
    const data = new FormData(form);
    [...data].forEach(([name, value]) => value instanceof File && data.delete(name));
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: data, headers: { "X-CSRFToken": token() } });
      if (status) status.textContent = answer.ok ? word("draftKept") : word("draftLost");
      const told = document.querySelector("[data-live]");
      if (!told || !form.dataset.checkUrl) return;
      const checked = await fetch(form.dataset.checkUrl, { method: "POST", body: data, headers: { "X-CSRFToken": token() } });
      if (checked.ok) told.innerHTML = await checked.text();
    } catch {
      if (status) status.textContent = word("draftLost");
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft-url]");
    if (!form || event.target.type === "file") return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => form.isConnected && !form.dataset.sent && keep(form), 2000));
  });
})();
