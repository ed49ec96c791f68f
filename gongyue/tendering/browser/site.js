// How these pages talk to the site, and to whoever reads them.

export const CHUNK = 1024 * 1024;
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// What a page says in its reader's language stands in the page: data-say-<name>, with {0}, {1}… filled in.
export const say = (place, name, ...values) =>
  values.reduce((text, value, at) => text.replaceAll(`{${at}}`, value), place.dataset[`say${name}`] ?? name);

export const show = (place, text, tone = "indigo") => {
  const status = place.querySelector("[data-status]");
  status.hidden = !text;
  status.className = `note tone-${tone}`;
  status.textContent = text;
};

export const base64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};
export const unbase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

export class Refused extends Error {}

// An answer of the site; a line that breaks is tried again, ever more slowly, for about ten minutes.
export async function ask(url, { body, json, tries = 12, broken = () => {} } = {}) {
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": token() };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  const method = body === undefined && json === undefined ? "GET" : "POST";
  for (let turn = 1; ; turn += 1) {
    let answer;
    try {
      answer = await fetch(url, { method, headers, body: json === undefined ? body : JSON.stringify(json) });
    } catch (cause) {
      if (turn >= tries) throw cause;
    }
    if (answer && answer.status < 500) return answer;
    if (answer && turn >= tries) throw new Refused(String(answer.status));
    broken(turn);
    await wait(Math.min(60000, 1000 * 2 ** (turn - 1)));
  }
}

export async function data(url, options) {
  const answer = await ask(url, options);
  const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (!answer.ok) throw new Refused(said.error ?? String(answer.status));
  return said;
}

// Every file piece by piece, from where the site has it; told(sent, all) after each piece.
export async function upload(url, kind, files, { told, broken }) {
  const all = Object.values(files).reduce((sum, file) => sum + file.length, 0);
  const known = await data(url, { broken });
  const at = Object.fromEntries(Object.keys(files).map((name) => [name, known.files[`${kind}/${name}`]?.received ?? 0]));
  const sent = () => Object.values(at).reduce((sum, size) => sum + size, 0);
  for (const [name, file] of Object.entries(files)) {
    let restarts = 0;
    while (at[name] < file.length) {
      const body = file.subarray(at[name], at[name] + CHUNK);
      const said = await data(`${url}${kind}/${name}/?offset=${at[name]}`, { body, broken });
      if (said.received === 0 && at[name] > 0 && (restarts += 1) > 3) throw new Refused("digest");
      at[name] = said.received;
      told(sent(), all);
    }
  }
}

export const size = (bytes) =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export function save(name, bytes, type = "application/octet-stream") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
