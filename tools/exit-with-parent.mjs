// Loaded into child processes with --import: ends the child when its parent is gone, however the parent went, so that
// a crashed test run leaves no server behind. The parent holds the other end of this process's standard input.
process.stdin.on('end', () => process.exit()).on('error', () => process.exit());
process.stdin.resume();
