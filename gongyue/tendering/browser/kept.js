// What is sealed and not yet sent, so that a page closed in between can go on: ciphertexts only, in this browser.

const open = () => new Promise((done, failed) => {
  const request = indexedDB.open("gongyue-sealed", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("bids");
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function act(mode, what) {
  try {
    const database = await open();
    return await new Promise((done, failed) => {
      const request = what(database.transaction("bids", mode).objectStore("bids"));
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  } catch {
    return undefined; // a private window keeps nothing: the page must then stay open
  }
}

export const keep = (name, value) => act("readwrite", (store) => store.put(value, name));
export const kept = (name) => act("readonly", (store) => store.get(name));
export const forget = (name) => act("readwrite", (store) => store.delete(name));
