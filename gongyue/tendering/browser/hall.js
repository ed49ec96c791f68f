// 开标大厅: a holder's layers come off in this browser, then the site decrypts bid by bid. Whatever is done stays done:
// closing the page, a broken line or a second opener only means that the rest is done later, or by somebody else.
import { strip } from "./sealing.js";
import { read } from "./keyfile.js";
import { base64, data, say, show, unbase64 } from "./site.js";

const TURNS = 2000; // milliseconds between two looks while another holder is awaited

export function hallPage(place) {
  const bar = place.querySelector("progress");
  const broken = () => show(place, say(place, "Broken"), "ochre");
  const look = () => data(place.dataset.state, { broken });
  const act = (name, pk, seen, given = {}) =>
    data(place.dataset.act, { json: { name, pk, seen, request_id: crypto.randomUUID(), data: given }, broken });
  const marked = (state) => {
    bar.hidden = !state.bids.length;
    bar.max = state.bids.length;
    bar.value = state.bids.filter((bid) => bid.state !== "sealed").length;
    for (const bid of state.bids) {
      const cell = document.querySelector(`[data-bid="${bid.sealed}"]`);
      if (cell) cell.textContent = bid.label;
    }
  };

  async function unlock(key) {
    for (;;) {
      const state = await look();
      if (!key.recipients.has(state.recipient)) throw new Error("Other");
      if (!state.todo.length) return state;
      const layers = [];
      for (const { sealed, wrap, text } of state.todo) {
        let inner = "";
        try {
          inner = base64(await strip(unbase64(text), key.identity, "wrap"));
        } catch {
          // It is handed over as failed: the record says so, and another subset is tried.
        }
        layers.push({ sealed, wrap, inner });
        show(place, say(place, "Layers", layers.length, state.todo.length));
      }
      await act("opening.unlock", state.opening, state.version, { layers });
    }
  }

  async function decrypt() {
    let failed = 0;
    for (;;) {
      const state = await look();
      marked(state);
      const next = state.bids.find((bid) => bid.state === "sealed" && bid.keyed && !bid.faulty);
      if (!next) return { state, failed };
      show(place, say(place, "Decrypting", next.organisation, bar.value + 1, bar.max));
      const said = await act("sealedbid.open", next.sealed, next.version);
      if (!said.done && !said.stale) {
        failed += 1;
        await act("sealedbid.fault", next.sealed, next.version);
      }
    }
  }

  async function run(key) {
    const buttons = place.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    try {
      if (key) await unlock(key);
      let { state, failed } = await decrypt();
      while (key && state.bids.some((bid) => bid.state === "sealed" && !bid.keyed) && state.awaited) {
        show(place, say(place, "Awaiting", state.awaited), "ochre");
        await new Promise((done) => setTimeout(done, TURNS));
        await unlock(key);
        ({ state, failed } = await decrypt());
      }
      const left = state.bids.filter((bid) => bid.state === "sealed").length;
      const tone = left ? "ochre" : "jade";
      show(place, say(place, left ? "Left" : "Done", left, failed), tone);
      if (!left) setTimeout(() => location.reload(), 1500);
    } catch (error) {
      show(place, say(place, `say${error.message}` in place.dataset ? error.message : "Failed"), "cinnabar");
    }
    buttons.forEach((button) => { button.disabled = false; });
  }

  async function withKey(bytes, passphrase) {
    show(place, say(place, "Reading"));
    try {
      const found = await read(bytes, passphrase);
      await run({ identity: found.identity, recipients: new Set([found.recipient]) });
    } catch (error) {
      show(place, say(place, error.message === "passphrase" ? "Passphrase" : "Unreadable"), "cinnabar");
    }
  }

  place.addEventListener("submit", (event) => {
    event.preventDefault();
    place.querySelector("[data-use]").click();
  });
  place.querySelector("[data-use]")?.addEventListener("click", async () => {
    const [file] = place.querySelector("[data-keyfile]").files;
    if (!file) return show(place, say(place, "Choose"), "ochre");
    await withKey(new Uint8Array(await file.arrayBuffer()), place.querySelector("[data-passphrase]").value);
  });
  place.querySelector("[data-use-demonstration]")?.addEventListener("click", async (event) => {
    await withKey(new TextEncoder().encode(event.target.dataset.useDemonstration), "");
  });
  place.querySelector("[data-decrypt]")?.addEventListener("click", () => run(null));
}
