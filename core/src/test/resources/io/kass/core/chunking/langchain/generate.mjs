// Makes boundaries.txt: where LangChain's own splitter cuts the texts beside it.
//
//   npm install @langchain/textsplitters@1.0.2 @langchain/core && node generate.mjs
//
// One line a chunk, in order: size/overlap, file, length and the first 12 digits of its SHA-256.
// LangChain for JavaScript counts UTF-16 units and finds separators that overlap, so the texts have
// no character beyond the basic plane and no three line breaks in a row: there both editions agree.
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const here = new URL("./", import.meta.url);
const out = [];
for (const file of readdirSync(new URL("texts/", here)).sort()) {
  const text = readFileSync(new URL("texts/" + file, here), "utf8");
  if (/\n\n\n|[\ud800-\udfff]|\ufeff/.test(text)) throw new Error(file + " is not fit");
  for (const [chunkSize, chunkOverlap] of [[1000, 200], [150, 40]]) {
    const splitter = new RecursiveCharacterTextSplitter({ chunkSize, chunkOverlap });
    for (const chunk of await splitter.splitText(text)) {
      const hash = createHash("sha256").update(chunk).digest("hex").slice(0, 12);
      out.push(`${chunkSize}/${chunkOverlap} ${file} ${chunk.length} ${hash}`);
    }
  }
}
writeFileSync(new URL("boundaries.txt", here), out.join("\n") + "\n");
