#!/usr/bin/env node
// Makes the npm packages of the programs that a folder has as TARGET/resume:
// packaging/npm/pack.cjs VERSION PROGRAMS FOLDER
const { execFileSync } = require("node:child_process");
const { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");

const [version, programs, folder] = process.argv.slice(2);
const root = resolve(__dirname, "../..");
const name = "resume-typst";
const systems = [
  { target: "x86_64-unknown-linux-musl", os: "linux", cpu: "x64" },
  { target: "aarch64-unknown-linux-musl", os: "linux", cpu: "arm64" },
  { target: "x86_64-apple-darwin", os: "darwin", cpu: "x64" },
  { target: "aarch64-apple-darwin", os: "darwin", cpu: "arm64" },
  { target: "x86_64-pc-windows-msvc", os: "win32", cpu: "x64" },
];
const common = {
  version,
  description: "One career in YAML, every PDF it needs",
  license: "MIT OR Apache-2.0",
};
const work = mkdtempSync(join(tmpdir(), "resume-npm-"));
mkdirSync(folder, { recursive: true });

function pack(manifest, files) {
  const home = join(work, manifest.name);
  mkdirSync(home);
  const licences = ["LICENSE-MIT", "LICENSE-APACHE"].map((file) => join(root, file));
  for (const file of [...licences, ...files]) cpSync(file, join(home, file.split(/[\\/]/).pop()));
  writeFileSync(join(home, "package.json"), JSON.stringify({ ...common, ...manifest }, null, 2));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(folder)], { cwd: home });
}

const dependencies = {};
for (const { target, os, cpu } of systems) {
  const file = join(programs, target, os === "win32" ? "resume.exe" : "resume");
  if (!existsSync(file)) continue;
  dependencies[`${name}-${os}-${cpu}`] = version;
  pack({ name: `${name}-${os}-${cpu}`, os: [os], cpu: [cpu], preferUnplugged: true }, [file]);
}
const files = [join(__dirname, "resume.js"), join(root, "README.md")];
pack({ name, bin: { resume: "resume.js" }, engines: { node: ">=18" }, optionalDependencies: dependencies }, files);
rmSync(work, { recursive: true });
