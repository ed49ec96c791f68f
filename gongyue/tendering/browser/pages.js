// 密封投标 on the pages: each part looks for its own place and leaves every other page alone.
import { keyPage } from "./key.js";
import { bidPage } from "./bid.js";
import { hallPage } from "./hall.js";
import { copyPage } from "./copy.js";

for (const [selector, begin] of [
  ["[data-sealing-key]", keyPage], ["[data-sealed-bid]", bidPage], ["[data-hall]", hallPage], ["[data-own-copy]", copyPage],
]) {
  const place = document.querySelector(selector);
  if (place) begin(place);
}
