// A record typed where there is no network: kept in this browser until the site has it.
(() => {
  "use strict";

  const form = document.querySelector("form[data-quick]");
  if (!form) return;
  const place = form.dataset.quick;
  const kept = (name) => !["csrfmiddlewaretoken", "seen", "request_id"].includes(name);

  if ("quickSaved" in form.dataset) localStorage.removeItem(place);
  try {
    const draft = JSON.parse(localStorage.getItem(place) || "{}");
    Object.entries(draft).forEach(([name, value]) => {
      const input = form.elements.namedItem(name);
      if (input && "value" in input && input.type !== "file") input.value = value;
    });
  } catch {
    localStorage.removeItem(place);
  }

  form.addEventListener("input", () => {
    const typed = [...new FormData(form)].filter(([name, value]) => kept(name) && typeof value === "string");
    localStorage.setItem(place, JSON.stringify(Object.fromEntries(typed)));
  });

  // Without a network nothing is sent and nothing lost; the status says so.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const status = form.querySelector("[data-quick-status]");
    if (status) status.classList.add("tone-ochre");
  }, true);
})();
