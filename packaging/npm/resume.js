#!/usr/bin/env node
// Runs the program of the package for this system, which npm installs beside this one.
const { spawnSync } = require("node:child_process");

const system = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "resume.exe" : "resume";
let program;
try {
  program = require.resolve(`resume-typst-${system}/${file}`);
} catch {
  console.error(`error: there is no package \`resume-typst-${system}\``);
  console.error("  = help: install again without `--omit=optional`; other systems build it from source");
  process.exit(2);
}
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`error: cannot start \`${program}\`: ${error.message}`);
  process.exit(2);
}
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 2);
