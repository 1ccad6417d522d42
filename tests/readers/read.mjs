// Prints what pdf.js reads in PDFs: {file: {"pdf.js": text}} as JSON.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// The modules are not beside this file: their folder is the first argument.
const [modules, ...files] = process.argv.slice(2);
const home = dirname(createRequire(resolve(modules, 'x')).resolve('pdfjs-dist/package.json'));
// pdf.js names the classes of a canvas when it loads; to read text it needs none of them.
globalThis.DOMMatrix ??= class {};
globalThis.Path2D ??= class {};
// pdf.js warns on the console; standard output is for the JSON.
console.log = console.warn = () => {};
const pdfjs = await import(pathToFileURL(join(home, 'legacy/build/pdf.mjs')));

const read = {};
for (const file of files) {
    const document = await pdfjs.getDocument({
        data: new Uint8Array(fs.readFileSync(file)),
        cMapUrl: join(home, 'cmaps/'),
        cMapPacked: true,
        standardFontDataUrl: join(home, 'standard_fonts/'),
        verbosity: 0,
    }).promise;
    const pages = [];
    for (let number = 1; number <= document.numPages; number++) {
        const { items } = await (await document.getPage(number)).getTextContent();
        pages.push(items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join(''));
    }
    read[file] = { 'pdf.js': pages.join('\f') };
    await document.destroy();
}
process.stdout.write(JSON.stringify(read));
