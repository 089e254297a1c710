// Run with Node 22 or newer: node make.mjs <node_modules/openclaw> <an empty state directory>
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , home, state] = process.argv;
process.env.OPENCLAW_STATE_DIR = path.resolve(state);
const dist = path.resolve(home, "dist");

// The bundler shortens the names that modules export, so functions are found by their own.
const store = {};
for (const file of fs.readdirSync(dist).filter((name) => /^pairing-store-.*\.m?js$/.test(name))) {
  const exported = await import(pathToFileURL(path.join(dist, file)));
  for (const value of Object.values(exported)) {
    if (typeof value === "function") store[value.name] = value;
  }
}

async function ask(channel, accountId, id) {
  const { code } = await store.upsertChannelPairingRequest({ channel, accountId, id, meta: { name: "Ana" } });
  if (!code) throw new Error(`no code for ${channel} ${accountId} ${id}`);
  return code;
}
async function approve(channel, accountId, id) {
  const approved = await store.approveChannelPairingCode({ channel, code: await ask(channel, accountId, id), accountId });
  if (!approved) throw new Error(`not approved: ${id}`);
}
const add = (channel, accountId, entry) => store.addChannelAllowFromStoreEntry({ channel, accountId, entry });
const remove = (channel, accountId, entry) => store.removeChannelAllowFromStoreEntry({ channel, accountId, entry });

await approve("telegram", "default", "412345678");
await approve("telegram", "default", "498765432");
await approve("telegram", "helpdesk", "498765432");
await add("telegram", "helpdesk", "@Ana_Maria");
await approve("whatsapp", "default", "+15550001111");
await add("whatsapp", "personal", "15550002222@s.whatsapp.net");
await add("whatsapp", "personal", "120363000000000000@g.us");
await approve("discord", "default", "184200000000000001");
await add("synology-chat", "office-nas", "17");
// Without an account, as before there were any.
await add("whatsapp", undefined, "+15550004444");
// Approved and taken back.
await approve("telegram", "default", "455555555");
await remove("telegram", "default", "455555555");
// Still waiting.
await ask("telegram", "default", "466666666");
await ask("whatsapp", "personal", "+15550003333");
