// 投标: sealed here, sent as ciphertext. The inputs have no name, so that no form and no draft ever carries them.
import { canonical, digest, seal } from "./sealing.js";
import { forget, keep, kept } from "./kept.js";
import { pack } from "./tar.js";
import { Refused, base64, data, ask, save, say, show, size, upload } from "./site.js";

const FILES_MOST = 10;
const FILE_MOST = 50 * 1024 * 1024;
const ALL_MOST = 50 * 1024 * 1024;
const encoder = new TextEncoder();

// Yuan with at most two decimals, as fen; null: no such amount.
export function fen(text) {
  const plain = text.replace(/[,，\s]|元$/g, "").match(/^(\d{1,13})(?:\.(\d{1,2}))?$/);
  const amount = plain && Number(plain[1]) * 100 + Number((plain[2] ?? "").padEnd(2, "0"));
  return amount && Number.isSafeInteger(amount) ? amount : null;
}

export function bidPage(place) {
  const form = place.closest("form");
  const input = place.querySelector("[data-upload]");
  const bar = place.querySelector("progress");
  const typed = (name) => place.querySelector(`[data-part="${name}"]`);
  const local = `tender-${place.dataset.tender}`;
  const broken = () => show(place, say(place, "Broken"), "ochre");
  const told = (sent, all) => {
    bar.hidden = false;
    bar.max = all;
    bar.value = sent;
    show(place, say(place, "Sending", size(sent), size(all)));
  };

  // The site takes one press for one submission; what was pressed here has not been sent yet.
  const again = () => {
    delete form.dataset.sent;
    setTimeout(() => form.querySelectorAll("[aria-busy]").forEach((each) => each.removeAttribute("aria-busy")));
  };

  const texts = ["plan", "fund_rules", "profile"];
  const wrong = () => {
    if (fen(typed("price").value) === null) return ["Price", typed("price")];
    const empty = texts.map(typed).find((each) => !each.value.trim());
    if (empty) return ["Empty", empty];
    const files = [...typed("files").files];
    if (files.length > FILES_MOST) return ["Many", typed("files")];
    const all = files.reduce((sum, file) => sum + file.size, 0);
    return all > ALL_MOST || files.some((file) => file.size > FILE_MOST) ? ["Large", typed("files")] : null;
  };

  async function parts(snapshot) {
    const files = await Promise.all([...typed("files").files].map(async (file, at) => ({
      part: `file_${String(at + 1).padStart(2, "0")}`, name: file.name, content: new Uint8Array(await file.arrayBuffer()),
    })));
    return [
      { part: "price", name: "price.json", content: canonical({ price_fen: fen(typed("price").value) }) },
      ...texts.map((name) => ({ part: name, name: `${name}.txt`, content: encoder.encode(typed(name).value) })),
      { part: "snapshot", name: "snapshot.json", content: snapshot },
      ...files,
    ];
  }

  // A place at the site, everything sealed for it, the bidder's own copy saved; then what is to be sent.
  async function sealed() {
    show(place, say(place, "Sealing"));
    const begun = await data(place.dataset.begin, { json: {}, broken });
    const lock = encoder.encode(begun.lock);
    if ((await digest(lock)) !== place.dataset.lock) throw new Refused("lock");
    const snapshot = new Uint8Array(await (await ask(begun.profile, { broken })).arrayBuffer());
    const made = await seal({
      lock, bid: begun.bid, parts: await parts(snapshot), told: (n, all) => show(place, say(place, "Sealed", n, all)),
    });
    const copy = { "receipt.json": made.receipt };
    for (const [name, inner] of Object.entries(made.envelopes)) copy[`envelopes/${name}`] = inner;
    save(place.dataset.file, pack(copy), "application/x-tar");
    const wraps = Object.fromEntries(Object.entries(made.wraps).map(([name, file]) => [name, base64(file)]));
    const bundle = {
      url: begun.url, token: begun.token, parts: made.parts,
      declared: { receipt: new TextDecoder().decode(made.receipt), wraps, snapshot: await digest(snapshot) },
    };
    await keep(local, bundle);
    return bundle;
  }

  async function send(bundle) {
    await data(bundle.url, { json: bundle.declared, broken });
    await upload(bundle.url, "part", bundle.parts, { told, broken });
    await forget(local);
    input.value = bundle.token;
    show(place, say(place, "Handing"), "jade");
    again();
    form.requestSubmit();
  }

  async function run(bundle) {
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    window.onbeforeunload = () => true;
    try {
      await send(await bundle());
      window.onbeforeunload = null;
    } catch (error) {
      window.onbeforeunload = null;
      const name = error instanceof Refused && `say${error.message[0]?.toUpperCase()}${error.message.slice(1)}` in place.dataset
        ? `${error.message[0].toUpperCase()}${error.message.slice(1)}` : "Failed";
      show(place, say(place, name), "cinnabar");
      if (name === "Gone") await forget(local);
    }
    buttons.forEach((button) => { button.disabled = false; });
  }

  form.addEventListener("submit", (event) => {
    if (input.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    again();
    const objection = wrong();
    if (objection) {
      show(place, say(place, objection[0]), "cinnabar");
      objection[1].focus();
      return;
    }
    const unanswered = [...form.querySelectorAll("input[type=checkbox]")].find((box) => box.name === "truthful" && !box.checked);
    if (unanswered) {
      show(place, say(place, "Truthful"), "cinnabar");
      unanswered.focus();
      return;
    }
    run(sealed);
  }, true);

  kept(local).then((bundle) => {
    if (!bundle || input.value) return;
    const resume = place.querySelector("[data-resume]");
    resume.hidden = false;
    resume.querySelector("button").addEventListener("click", () => {
      resume.hidden = true;
      run(async () => bundle);
    });
  });
}
