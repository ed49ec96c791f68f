// 自存副本: checked against the receipt on record, and handed in where it has to stand in for lost keys.
import { digest, parse } from "./sealing.js";
import { unpack } from "./tar.js";
import { data, save, say, show, size, upload } from "./site.js";

export function copyPage(place) {
  const bar = place.querySelector("progress");
  const broken = () => show(place, say(place, "Broken"), "ochre");

  // The envelopes of the file, each of them what the receipt on record commits to; throws what is wrong.
  async function checked(file) {
    const files = unpack(new Uint8Array(await file.arrayBuffer()));
    const receipt = files["receipt.json"];
    if (!receipt || (await digest(receipt)) !== place.dataset.receipt) throw new Error("Receipt");
    const envelopes = {};
    for (const part of parse(receipt).parts) {
      const inner = files[`envelopes/${part.part}`];
      if (!inner || (await digest(inner)) !== part.envelope) throw new Error("Changed");
      envelopes[part.part] = inner;
    }
    return envelopes;
  }

  async function begin(work) {
    const [file] = place.querySelector("[data-copy]").files;
    if (!file) return show(place, say(place, "Choose"), "ochre");
    show(place, say(place, "Checking"));
    try {
      const envelopes = await checked(file);
      await work(envelopes);
    } catch (error) {
      show(place, say(place, `say${error.message}` in place.dataset ? error.message : "Failed"), "cinnabar");
    }
  }

  place.querySelector("[data-check]").addEventListener("click", () =>
    begin(async (envelopes) => show(place, say(place, "Sound", Object.keys(envelopes).length), "jade")));
  place.querySelector("[data-stand-in]")?.addEventListener("click", () =>
    begin(async (envelopes) => {
      const sizes = Object.fromEntries(Object.entries(envelopes).map(([name, inner]) => [name, inner.length]));
      await data(`${place.dataset.url}copies/`, { json: sizes, broken });
      await upload(place.dataset.url, "copy", envelopes, {
        broken,
        told: (sent, all) => {
          bar.hidden = false;
          bar.max = all;
          bar.value = sent;
          show(place, say(place, "Sending", size(sent), size(all)));
        },
      });
      show(place, say(place, "Sent"), "jade");
      location.href = place.dataset.next;
    }));
}
