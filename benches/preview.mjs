// The times from a save to the new page in a browser, in milliseconds, as JSON:
// `node preview.mjs MODULES URL FILE EDITS PAUSE` edits the first Korean text of the file.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, url, file, edits, pause] = process.argv.slice(2);
const { chromium } = createRequire(path.resolve(modules) + "/")("playwright-core");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
await page.goto(url);
await page.locator("#pages[data-run]").waitFor();
const text = fs.readFileSync(file, "utf8");
const edit = (number) => fs.writeFileSync(file, text.replace(/ko: (.*)/, `ko: $1 ${number}`));
// Only pages in view are drawn: the first that the edit changes comes into it.
const hashes = () => page.evaluate(() => shown().pages.map((one) => one.hash));
const before = await hashes();
edit(edits);
await page.waitForFunction((before) => shown().pages.some((one, at) => one.hash !== before[at]), before);
const changed = (await hashes()).findIndex((hash, at) => hash !== before[at]);
await page.locator(".page").nth(changed).scrollIntoViewIfNeeded();
await page.locator("#pages[data-run]").waitFor();
// The time of the first change of the drawing of another page after each edit.
await page.evaluate(() => {
  const seen = () => {
    const isNew = shown().pages.some((one, at) => one.hash !== window.before[at]);
    if (isNew) window.changed ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(seen).observe(document.getElementById("pages"), { childList: true, subtree: true });
});
const times = [];
for (let at = 0; at < Number(edits); at += 1) {
  await new Promise((done) => setTimeout(done, Number(pause)));
  await page.evaluate(() => {
    window.before = shown().pages.map((one) => one.hash);
    window.changed = undefined;
  });
  edit(at);
  const written = performance.timeOrigin + performance.now();
  await page.waitForFunction(() => window.changed, null, { polling: 50, timeout: 30_000 });
  times.push((await page.evaluate(() => window.changed)) - written);
}
await browser.close();
console.log(JSON.stringify(times));
