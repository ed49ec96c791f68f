// 密封: the browser's side of docs/sealed-bids.md; sealing.py is the other. tools/static.py bundles it with age-encryption.
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

const LOCK = "gongyue-sealed-lock/2";
const RECEIPT = "gongyue-sealed-receipt/2";
const MAGIC = "GYSEAL1\n";
const BLOCK = 4096;
const HEADER = "bid,name,part,salt,size,tender";
const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const encoder = new TextEncoder();
const strict = () => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class SealError extends Error {}

export function canonical(value) {
  return encoder.encode(JSON.stringify(value, (_, each) =>
    each && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.keys(each).sort().map((key) => [key, each[key]]))
      : each));
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export async function digest(bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

// What stands in a manifest or a header, which is written in one way only.
export function parse(bytes) {
  let document;
  try {
    document = JSON.parse(strict().decode(bytes));
  } catch (cause) {
    throw new SealError("not canonical", { cause });
  }
  if (!document || typeof document !== "object" || Array.isArray(document) || !same(canonical(document), bytes)) {
    throw new SealError("not canonical");
  }
  return document;
}

const names = (list) => {
  if (!list.length || new Set(list).size !== list.length || !list.every((name) => NAME.test(name))) {
    throw new SealError("names");
  }
};

async function encrypt(bytes, recipient) {
  const age = new Encrypter();
  age.addRecipient(recipient);
  return age.encrypt(bytes);
}

// --- Keys, and the lock of a tender

export async function generateKey() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

function subsets(list, size) {
  if (size === 0) return [[]];
  return list.flatMap((first, at) => subsets(list.slice(at + 1), size - 1).map((rest) => [first, ...rest]));
}

const chosen = (lock) => subsets(Object.keys(lock.holders).sort(), lock.threshold);

// Whose keys a bid is sealed for, and how many of them open it. It holds nothing secret: each bid has its own key.
export function makeLock({ tender, holders, threshold }) {
  const order = Object.keys(holders).sort();
  names(order);
  if (!(threshold >= 1 && threshold <= order.length) || new Set(Object.values(holders)).size !== order.length) {
    throw new SealError("threshold or holders");
  }
  return canonical({ format: LOCK, tender, threshold, holders });
}

export async function strip(ciphertext, identity, of) {
  try {
    const age = new Decrypter();
    age.addIdentity(identity);
    return await age.decrypt(ciphertext);
  } catch (cause) {
    throw new SealError(of, { cause });
  }
}

// The secret of a bid, from the first wrap of which every holder's key is here.
export async function unlock(receipt, wraps, keys) {
  const document = parse(receipt);
  const wrap = document.wraps.find((each) => each.holders.every((holder) => Object.hasOwn(keys, holder)));
  if (!wrap) throw new SealError(`keys: ${document.wraps[0].holders.length} holders are needed`);
  const name = wrap.holders.join("+");
  let inner = wraps[name];
  for (const holder of wrap.holders) inner = await strip(inner, keys[holder], `wrap ${name}`);
  return identityOf(inner, document.recipient);
}

// The secret found inside a wrap, if it is this bid's.
export async function identityOf(inner, expected) {
  let identity, recipient;
  try {
    identity = strict().decode(inner);
    recipient = await identityToRecipient(identity);
  } catch (cause) {
    throw new SealError("wrap: no key inside", { cause });
  }
  if (recipient !== expected) throw new SealError("wrap: another bid's key");
  return identity;
}

// --- A bid

function envelope({ tender, bid, part, name, content }) {
  const salt = hex(crypto.getRandomValues(new Uint8Array(32)));
  const header = canonical({ tender, bid, part, name, size: content.length, salt });
  const start = MAGIC.length + 4;
  const length = start + header.length + content.length;
  const bytes = new Uint8Array(Math.ceil(length / BLOCK) * BLOCK);
  bytes.set(encoder.encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length);
  bytes.set(header, start);
  bytes.set(content, start + header.length);
  return bytes;
}

// Every part in its envelope, encrypted to a key made for this bid alone; the secret of that key is in no result but
// wrapped, once for each `threshold` of the holders. The receipt commits to everything.
export async function seal({ lock, bid, parts, told = () => {} }) {
  names(parts.map((each) => each.part));
  const document = parse(lock);
  const { identity, recipient } = await generateKey();
  const wraps = {}, files = {}, envelopes = {}, wrapped = [], listed = [];
  for (const holders of chosen(document)) {
    let inner = encoder.encode(identity);
    for (const holder of [...holders].reverse()) inner = await encrypt(inner, document.holders[holder]);
    wraps[holders.join("+")] = inner;
    wrapped.push({ holders, sha256: await digest(inner), size: inner.length });
  }
  for (const each of [...parts].sort((a, b) => (a.part < b.part ? -1 : 1))) {
    const inner = envelope({ tender: document.tender, bid, ...each });
    const file = await encrypt(inner, recipient);
    envelopes[each.part] = inner;
    files[each.part] = file;
    listed.push({ part: each.part, sha256: await digest(file), size: file.length, envelope: await digest(inner) });
    told(listed.length, parts.length);
  }
  const receipt = canonical({
    format: RECEIPT, tender: document.tender, lock: await digest(lock), bid, recipient, wraps: wrapped, parts: listed,
  });
  return { receipt, wraps, parts: files, envelopes };
}

export async function openPart({ receipt, part, ciphertext, identity }) {
  return openEnvelope({ receipt, part, inner: await strip(ciphertext, identity, `part ${part}`) });
}

export async function openEnvelope({ receipt, part, inner }) {
  const document = parse(receipt);
  const entry = document.parts.find((each) => each.part === part);
  if (!entry || entry.envelope !== (await digest(inner))) {
    throw new SealError(`part ${part}: not the envelope of the receipt`);
  }
  const { header, content } = read(inner, `part ${part}`);
  if (header.tender !== document.tender || header.bid !== document.bid || header.part !== part) {
    throw new SealError(`part ${part}: made for another bid`);
  }
  return { part, name: header.name, content };
}

function read(inner, of) {
  const start = MAGIC.length + 4;
  if (!same(inner.subarray(0, MAGIC.length), encoder.encode(MAGIC)) || inner.length % BLOCK) {
    throw new SealError(`${of}: no envelope`);
  }
  const end = start + new DataView(inner.buffer, inner.byteOffset).getUint32(MAGIC.length);
  let header;
  try {
    header = parse(inner.subarray(start, end));
  } catch (cause) {
    throw new SealError(`${of}: header`, { cause });
  }
  const fits = Number.isInteger(header.size) && header.size >= 0 && header.size <= inner.length - end;
  if (Object.keys(header).sort().join() !== HEADER || !fits) throw new SealError(`${of}: header`);
  const padding = inner.subarray(end + header.size);
  if (padding.length >= BLOCK || padding.some((byte) => byte !== 0)) throw new SealError(`${of}: padding`);
  return { header, content: inner.slice(end, end + header.size) };
}

// --- What has been changed

export async function faults({ receipt, wraps, parts, committed }) {
  if ((await digest(receipt)) !== committed) return [{ kind: "receipt", name: "", trouble: "changed" }];
  const document = parse(receipt);
  const wrapped = new Map(document.wraps.map((each) => [each.holders.join("+"), each.sha256]));
  const listed = new Map(document.parts.map((each) => [each.part, each.sha256]));
  return [...(await against("wrap", wrapped, wraps)), ...(await against("part", listed, parts))];
}

async function against(kind, listed, files) {
  const found = [];
  const say = (name, trouble) => found.push({ kind, name, trouble });
  for (const name of listed.keys()) if (!Object.hasOwn(files, name)) say(name, "missing");
  for (const [name, known] of listed) {
    if (Object.hasOwn(files, name) && (await digest(files[name])) !== known) say(name, "changed");
  }
  for (const name of Object.keys(files).sort()) if (!listed.has(name)) say(name, "unlisted");
  return found;
}
