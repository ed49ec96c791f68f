// 登记开标钥匙: the key is made here; its secret half leaves this page only as a file that the holder keeps.
import { generateKey } from "./sealing.js";
import { locked, read } from "./keyfile.js";
import { save, say, show } from "./site.js";

const LEAST = 8; // signs of a passphrase

export function keyPage(place) {
  const input = place.querySelector("[data-recipient]");
  const [phrase, again] = place.querySelectorAll("[data-passphrase]");
  const done = (recipient, text) => {
    input.value = recipient;
    place.querySelector("[data-shown]").textContent = recipient;
    show(place, text, "jade");
  };
  place.querySelector("[data-make]").addEventListener("click", async () => {
    if (phrase.value.length < LEAST) return show(place, say(place, "Short", LEAST), "cinnabar");
    if (phrase.value !== again.value) return show(place, say(place, "Differ"), "cinnabar");
    show(place, say(place, "Working"));
    const { identity, recipient } = await generateKey();
    save(place.dataset.file, await locked(identity, phrase.value));
    phrase.value = again.value = "";
    done(recipient, say(place, "Made", place.dataset.file));
  });
  place.querySelector("[data-keyfile]").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    show(place, say(place, "Working"));
    try {
      const { recipient } = await read(new Uint8Array(await file.arrayBuffer()), place.querySelector("[data-known]").value);
      done(recipient, say(place, "Read"));
    } catch (error) {
      show(place, say(place, error.message === "passphrase" ? "Passphrase" : "Unreadable"), "cinnabar");
    }
  });
}
