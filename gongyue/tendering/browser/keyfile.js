// A holder's key as a file: the identity as `age-keygen` writes it, encrypted with a passphrase as `age -p` does.
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { SealError } from "./sealing.js";

const WORK = 16; // scrypt: about a second on an office computer

export async function locked(identity, passphrase) {
  const age = new Encrypter();
  age.setScryptWorkFactor(WORK);
  age.setPassphrase(passphrase);
  return age.encrypt(`# public key: ${await identityToRecipient(identity)}\n${identity}\n`);
}

// Identity and public key, from a file with or without a passphrase.
export async function read(bytes, passphrase) {
  let text = new TextDecoder().decode(bytes);
  if (text.startsWith("age-encryption.org/")) {
    try {
      const age = new Decrypter();
      age.addPassphrase(passphrase);
      text = await age.decrypt(bytes, "text");
    } catch (cause) {
      throw new SealError("passphrase", { cause });
    }
  }
  const identity = text.match(/AGE-SECRET-KEY-1[0-9A-Z]+/)?.[0];
  if (!identity) throw new SealError("keyfile");
  try {
    return { identity, recipient: await identityToRecipient(identity) };
  } catch (cause) {
    throw new SealError("keyfile", { cause });
  }
}
