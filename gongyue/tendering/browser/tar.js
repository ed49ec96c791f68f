// The bidder's own copy as one file that any archiver opens: tar, uncompressed, names in ASCII.

const BLOCK = 512;
const encoder = new TextEncoder();

function header(name, size) {
  const bytes = new Uint8Array(BLOCK);
  const put = (text, at) => bytes.set(encoder.encode(text), at);
  put(name, 0);
  put("0000600\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put("0ustar\0" + "00", 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}

export function pack(files) {
  const pieces = [];
  for (const [name, content] of Object.entries(files)) {
    pieces.push(header(name, content.length), content, new Uint8Array(-content.length & (BLOCK - 1)));
  }
  return new Blob([...pieces, new Uint8Array(2 * BLOCK)]);
}

export function unpack(bytes) {
  const files = {}, text = (at, length) => new TextDecoder().decode(bytes.subarray(at, at + length)).replace(/\0.*$/s, "");
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at]; ) {
    const name = text(at, 100), size = parseInt(text(at + 124, 12), 8);
    if (!(size >= 0) || at + BLOCK + size > bytes.length) throw new Error("tar");
    files[name] = bytes.slice(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
