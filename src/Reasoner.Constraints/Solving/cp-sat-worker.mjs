// A worker process that solves CP-SAT models with OR-Tools compiled to WebAssembly. It speaks the frames of WorkerFrame.cs:
// "RSNW", a kind (one byte), the payload's length (four bytes, little endian), the payload. Standard output carries frames
// alone; whatever else is printed goes to standard error. It ends when its standard input does.
//
// Usage: node cp-sat-worker.mjs MAX_FRAME_BYTES
import { readFile } from 'node:fs/promises';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

const PROTOCOL = 1, HEADER = 9, MAGIC = Buffer.from('RSNW', 'latin1');
const HELLO = 1, SOLVE = 2, SOLVED = 3, FAILED = 4;

if (isMainThread) await attend();
else await solve();

// The main thread reads and writes, and never computes: so the end of standard input is seen in the middle of a solve.
async function attend() {
  let failing = false;
  const fail = error => {
    failing = true;
    process.stderr.write(`${error?.stack ?? error}\n`, () => process.exit(3));
  };
  // An orderly exit would wait for the solver.
  const leave = () => failing || process.kill(process.pid, 'SIGKILL');
  process.stdin.on('end', leave).on('error', leave);
  process.stdout.on('error', leave);
  console.log = console.info = console.debug = console.error;

  // What the solver prints is taken off its standard output; its own threads print through it.
  const solver = new Worker(new URL(import.meta.url), { stdout: true });
  solver.stdout.pipe(process.stderr);
  solver.on('message', ({ kind, payload }) => write(kind, payload));
  solver.on('error', error => fail(error));
  solver.on('exit', () => fail('the thread that solves has ended'));

  try {
    for await (const { kind, payload } of frames(Number(process.argv[2]))) {
      if (kind !== SOLVE) throw new Error(`a frame of kind ${kind} means nothing here`);
      solver.postMessage(payload);
    }
  } catch (error) {
    fail(error);
  }
}

// The thread that solves: the model's bytes and the parameters' come in, the response's go out.
async function solve() {
  // Newer runtimes offer stack switching, for which the package has a second build of the solver. One build serves all here.
  delete WebAssembly.promising;
  const folder = new URL('./or-tools-wasm/', import.meta.url);
  const { CpSat } = await import(new URL('./build/javascript/node/cp-sat.js', folder));
  const { name, version } = JSON.parse(await readFile(new URL('./package.json', folder), 'utf8'));
  await CpSat.loadModule();
  parentPort.on('message', async payload => {
    try {
      const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
      const modelEnd = 4 + bytes.readUInt32LE(0);
      if (modelEnd > bytes.length) throw new Error('the model is longer than its frame');
      parentPort.postMessage({ kind: SOLVED, payload: await CpSat.solveRaw(bytes.subarray(4, modelEnd), bytes.subarray(modelEnd)) });
    } catch (error) {
      parentPort.postMessage({ kind: FAILED, payload: Buffer.from(String(error?.message ?? error)) });
      // WebAssembly that has trapped is in no known state.
      if (error instanceof WebAssembly.RuntimeError) throw error;
    }
  });
  const greeting = Buffer.from(`    ${name} ${version} on Node.js ${process.versions.node}`);
  greeting.writeUInt32LE(PROTOCOL, 0);
  parentPort.postMessage({ kind: HELLO, payload: greeting });
}

async function* frames(limit) {
  let parts = [], have = 0, header = null;
  const take = count => {
    const all = parts.length === 1 ? parts[0] : Buffer.concat(parts, have);
    parts = [all.subarray(count)];
    have -= count;
    return all.subarray(0, count);
  };
  for await (const part of process.stdin) {
    parts.push(part);
    have += part.length;
    for (;;) {
      if (!header) {
        if (have < HEADER) break;
        const bytes = take(HEADER);
        if (!bytes.subarray(0, 4).equals(MAGIC)) throw new Error('the frame does not start as one');
        header = { kind: bytes[4], length: bytes.readUInt32LE(5) };
        if (header.length > limit) throw new Error(`a frame of ${header.length} bytes is above the limit of ${limit}`);
      }
      if (have < header.length) break;
      const { kind, length } = header;
      header = null;
      yield { kind, payload: take(length) };
    }
  }
}

function write(kind, payload) {
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header[4] = kind;
  header.writeUInt32LE(payload.length, 5);
  process.stdout.write(header);
  process.stdout.write(payload);
}
