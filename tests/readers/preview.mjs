// The preview in a browser: `node preview.mjs MODULES URL FOLDER edits` edits the record of the folder as
// a person does, and looks at the page; with a file of words in place of `edits` it clicks on them.
// Fails at the first thing that is not as it should be.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, url, folder, mode] = process.argv.slice(2);
const { chromium } = createRequire(path.resolve(modules) + "/")("playwright-core");
const file = (name) => path.join(folder, "data", name);
const read = (name) => fs.readFileSync(file(name), "utf8");
// A save is one step, so that it is one run.
const write = (name, text) => {
  fs.writeFileSync(file(name) + "~", text);
  fs.renameSync(file(name) + "~", file(name));
};

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
page.setDefaultTimeout(30_000);
const asked = [];
page.on("request", (request) => asked.push(request.url()));
const pages = () => asked.filter((url) => url.includes("/page?")).length;
page.on("pageerror", (error) => assert.fail(error));
page.on("console", (message) => assert.notEqual(message.type(), "error", message.text()));

const tab = (name) => page.locator(`[role=tab][title="${name}"]`);
const drawn = () => page.locator("#pages[data-run]").waitFor();
// What is drawn, without the glyphs of earlier drawings.
const drawing = () =>
  page.$$eval(".page svg > :not(defs)", (shapes) => shapes.map((one) => one.outerHTML).join("\n"));
// Writes a file, and waits until the run that it starts is over and its pages are drawn.
const edited = async (name, text) => {
  const run = await page.locator("#pages").getAttribute("data-run");
  write(name, text);
  await page.waitForFunction((run) => document.getElementById("pages").dataset.run > Number(run), run);
};

async function edits() {
  // Tabs, with the mouse and the keyboard.
  await tab("one-page").click();
  await drawn();
  assert.equal(await page.locator(".page").count(), 1);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await tab("cv").getAttribute("aria-selected"), "true");
  assert.ok(page.url().endsWith("#cv"));
  await drawn();

  // An edit replaces pages in place: scroll and zoom are kept.
  await page.keyboard.press("-");
  await page.locator("#pages").evaluate((pages) => (pages.scrollTop = 150));
  const width = await page.locator(".page").first().evaluate((one) => one.offsetWidth);
  const career = read("career.yaml");
  const before = pages();
  await edited("career.yaml", career.replace("first sentence", "much longer sentence"));
  assert.equal(await page.locator("#pages").evaluate((pages) => pages.scrollTop), 150);
  assert.equal(await page.locator(".page").first().evaluate((one) => one.offsetWidth), width);
  assert.ok(await page.locator(".page.new").count(), "the changed page is marked");

  // What is new came with the news, and nothing else was asked for: the page is that which a new browser gets, glyphs and all.
  assert.equal(pages(), before);
  const glyphs = () => page.$$eval(".page defs > *", (all) => all.map((one) => one.outerHTML));
  const [patched, kept] = [await drawing(), new Set(await glyphs())];
  await page.reload();
  await drawn();
  assert.equal(await drawing(), patched);
  assert.ok((await glyphs()).every((one) => kept.has(one)), "every glyph is there");

  // A problem over the last good page, gone when it is mended.
  await tab("one-page").click();
  await drawn();
  const good = await drawing();
  await edited("career.yaml", career.replace("organization", "organisation"));
  const problems = page.locator("#problems");
  assert.ok(await problems.isVisible());
  const text = await page.locator("#text").textContent();
  assert.match(text, /data\/career\.yaml:2:/);
  assert.match(text, /did you mean `organization`/);
  assert.ok(!text.includes("\u001b"));
  assert.equal(await drawing(), good);
  assert.match(await tab("one-page").getAttribute("class"), /old/);
  await page.locator("#text button", { hasText: "career.yaml:2:" }).first().click();
  assert.equal(await page.locator("#line").textContent(), "data/career.yaml:2");
  await edited("career.yaml", career);
  assert.ok(await problems.isHidden());

  // What was left out, and how full the page is, of every new page.
  const full = page.locator("#full");
  await full.waitFor();
  const counts = /^[\d.]+ % full, (\d+) entries shown, \d+ left out/;
  assert.match(await full.textContent(), counts);
  const more = Number((await full.textContent()).match(counts)[1]) + 1;
  write("career.yaml", career + "    - Wrote one more sentence\n");
  await page.locator("#full", { hasText: `full, ${more} entries` }).waitFor();
  await page.keyboard.press("l");
  await page.locator("#left table").waitFor();
  write("career.yaml", career);

  // Dark, when the system is or the button says so.
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await back();
  await page.emulateMedia({ colorScheme: "dark" });
  assert.notEqual(await back(), light);
  await page.locator("#theme").click();
  assert.equal(await back(), light);
  await page.locator("#theme").click();
  assert.notEqual(await back(), light);
}

// A click on a word shows its line; pointing at it, the value.
async function clicks(words) {
  let wrong = 0;
  for (const { document, number, x, y, text, line } of words) {
    await tab(document).click();
    await drawn();
    const slot = page.locator(".page").nth(number - 1);
    await slot.scrollIntoViewIfNeeded();
    await slot.locator("svg").waitFor();
    const place = await slot.evaluate(
      (slot, [x, y]) => {
        const [, , width, height] = slot.firstChild.getAttribute("viewBox").split(" ");
        slot.parentElement.scrollTop += slot.getBoundingClientRect().top + (y / height) * slot.offsetHeight - 400;
        const box = slot.getBoundingClientRect();
        return [box.left + (x / width) * box.width, box.top + (y / height) * box.height];
      },
      [x, y],
    );
    await page.locator("#done").evaluate((done) => (done.textContent = ""));
    await page.mouse.click(...place);
    await page.waitForFunction(() => document.getElementById("done").textContent);
    const found = await page.locator("#line").textContent();
    if (found !== line) {
      wrong += 1;
      console.error(`${document} ${number}: \`${text}\` is at ${line}, not ${found}`);
    }
    await page.mouse.move(...place.map((at) => at + 1));
    await page.locator("#hint").waitFor();
    assert.ok((await page.locator("#hint").textContent()).includes(found));
  }
  assert.equal(wrong, 0);
}

await page.goto(url);
await (mode === "edits" ? edits() : clicks(JSON.parse(fs.readFileSync(mode, "utf8"))));
const origin = new URL(url).origin;
const abroad = asked.filter((one) => !one.startsWith(origin) && !one.startsWith("data:"));
assert.deepEqual(abroad, [], "nothing is asked of the network");
await browser.close();
